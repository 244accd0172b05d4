# SPDX-License-Identifier: MIT
"""Function words of five languages (folded): they carry no topic, but they betray the language."""

_WORDS = {
    "en": """
        a about above after again all also am an and any anyone anybody are aren as at be because been
        before being below between both but by can cannot could couldn d did didn do does doesn doing don
        done down during each either else ever every few for from further get give go got had has hasn have
        haven having he hello help her here hers hey hi him his how however i if in into is isn it its just
        know let like ll m make many may me might mine more most much must my need no nor not now of off on
        once one only or other our ours out over own please re s same shall she should shouldn so some
        somebody someone such t take tell than thanks that the their theirs them then there these they thing
        things this those though through to too under until up us use used ve very want was wasn way we were
        weren what when where whether which while who whom whose why will with within without won would
        wouldn yes yet you your yours yourself""",
    "es": """
        a acerca al algo alguien algun alguna algunas algunos ante antes aqui asi aun aunque bien buenas
        buenos cada casi como con contra cosa cual cuales cualquier cuando cuanta cuantas cuanto cuantos da
        dan dar de debe debo del desde despues dia dias donde dos e el ella ellas ellos en entonces entre
        era es esa esas ese eso esos esta estan estar estas este esto estos estoy fue gracias ha haber hace
        hacen hacer hago han hasta hay he hola la las le les lo los mas me mi mis mucha muchas mucho muchos
        muy nada ni no nos nosotros nuestra nuestras nuestro nuestros o otra otras otro otros para pero poco
        por porque puede pueden puedo que quien quienes quiero saber se sea ser si sido sin sobre son soy su
        sus tal tambien tan tanto te tener tengo ti tiene tienen todas todo todos tu tus un una unas uno
        unos usar ustedes va vez y ya yo""",
    "fr": """
        a afin ai aller alors apres as au aucun aucune aussi autre autres aux avant avec avez avoir avons
        bien bonjour bonsoir c ca ce cela celle celui ces cet cette ceux chaque chez combien comme comment d
        dans de depuis des dois doit donc dont du elle elles en encore entre es est et etait etant ete etes
        etre eu eux faire fais fait faut font il ils j je jusqu l la le les leur leurs lors lui m ma mais me
        meme memes merci mes mien moi moins mon n ne ni non nos notre nous on ont ou par parce pas pendant
        peu peut peuvent peux plus plusieurs pour pourquoi pouvez pouvoir puis puisque quand que quel quelle
        quelles quelqu quelque quelques quels qu qui quoi s sa sans se sera ses si sien son sont sous suis
        sur t ta te tes toi ton tous tout toute toutes tres tu un une va vais vers veut veux voici voir vos
        votre vous y""",
    "de": """
        aber alle allem allen aller alles als also am an ander andere anderen anderer anderes auch auf aus
        bei beim bekomme bekommen bin bis bist bitte da dabei dafur damit danach danke dann daran darf das
        dass dazu dein deine dem den denn der des deshalb dich die dies diese diesem diesen dieser dieses
        dir doch dort du durch durfen ein eine einem einen einer eines einige er es etwas euch euer eure fur
        gegen geht gibt guten haben habe hallo hat hatte hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren
        ihrer im immer in ins ist ja jede jedem jeden jeder jedes jemand jetzt kann kannst kein keine keinem
        keinen konnen konnte lange machen mache man mehr mein meine meinem meinen meiner mich mir mit mochte
        muss mussen nach nein nicht nichts noch nun nur ob oder ohne schon sehr sein seine selbst sich sie
        sind so soll sollen sollte sowie tun uber um und uns unser unsere unserem unseren unserer unter viel
        viele vom von vor wann war waren warum was wegen weil welche welchem welchen welcher welches wenn
        wer werden werde wie wieder will wir wird wo wofur woher wohin wozu wurde zu zum zur zwischen""",
    "ca": """
        a abans aco aixi aixo al algu algun alguna algunes alguns als altra altre altres amb aquell aquella
        aquelles aquells aquest aquesta aquestes aquests aqui bon bona bones cada cal com contra d de del
        dels des despres dia doncs dos dues e el ell ella elles ells els em en encara ens entre era eren es
        esta estan estic et fa faig fan fer fins fos gaire gracies ha haig han hauria he hem hi ho hola i ja
        jo l la les li lo m ma mai me mes meu meus meva meves mi mica molt molta moltes molts n ni nil no
        nos nosaltres nostra nostre nostres o on pel pels per pero perque poc pot poden podem puc qual quals
        qualsevol quan quant quanta quantes quants que quelcom qui quin quina quines quins res s sense ser
        seu seus seva seves si sigui sobre soc som son sota t tal tambe tampoc tan te tenen tenir teu teus
        teva tinc tot tota totes tots tu un una unes uns us va vaig van vol vols vosaltres vull""",
}

STOPWORDS: dict[str, frozenset[str]] = {language: frozenset(text.split()) for language, text in _WORDS.items()}
EVERY_STOPWORD: frozenset[str] = frozenset().union(*STOPWORDS.values())


def is_stopword(folded: str, language: str | None) -> bool:
    """Tell whether a folded word is a function word of the language (of any of the five, if it is unknown)."""
    return folded in STOPWORDS.get(language or "", EVERY_STOPWORD)
