# SPDX-License-Identifier: MIT
"""What each work looks like in each wiki, written out."""

# ruff: noqa: E501

EXPECTED: dict[tuple[str, str], str] = {
    (
        "journal",
        "en",
    ): '<ref name="Sweetser 2012">{{cite journal |last1=Sweetser |first1=Seth |date=June 2012 |title=Evaluating the Patient With Diarrhea: A Case-Based Approach |journal=Mayo Clinic Proceedings |volume=87 |issue=6 |pages=596–602 |doi=10.1016/j.mayocp.2012.02.015 |pmid=22677080 |pmc=3538472 |issn=0025-6196}}</ref>',
    (
        "journal",
        "es",
    ): '<ref name="Sweetser 2012">{{Cita publicación |apellidos1=Sweetser |nombre1=Seth |fecha=junio de 2012 |título=Evaluating the Patient With Diarrhea: A Case-Based Approach |publicación=Mayo Clinic Proceedings |volumen=87 |número=6 |páginas=596-602 |doi=10.1016/j.mayocp.2012.02.015 |pmid=22677080 |pmc=3538472 |issn=0025-6196 |idioma=en}}</ref>',
    (
        "journal",
        "fr",
    ): '<ref name="Sweetser 2012">{{Article |langue=en |nom1=Sweetser |prénom1=Seth |titre=Evaluating the Patient With Diarrhea: A Case-Based Approach |périodique=Mayo Clinic Proceedings |volume=87 |numéro=6 |date=juin 2012 |pages=596-602 |issn=0025-6196 |pmid=22677080 |pmcid=3538472 |doi=10.1016/j.mayocp.2012.02.015}}.</ref>',
    (
        "journal",
        "de",
    ): '<ref name="Sweetser 2012">{{Literatur |Autor=Seth Sweetser |Titel=Evaluating the Patient With Diarrhea: A Case-Based Approach |Sammelwerk=Mayo Clinic Proceedings |Band=87 |Nummer=6 |Datum=2012-06 |Sprache=en |ISSN=0025-6196 |DOI=10.1016/j.mayocp.2012.02.015 |PMC=3538472 |PMID=22677080 |Seiten=596–602}}</ref>',
    (
        "journal",
        "ca",
    ): '<ref name="Sweetser 2012">{{Ref-publicació |cognom1=Sweetser |nom1=Seth |article=Evaluating the Patient With Diarrhea: A Case-Based Approach |publicació=Mayo Clinic Proceedings |volum=87 |exemplar=6 |data=juny 2012 |pàgines=596-602 |doi=10.1016/j.mayocp.2012.02.015 |issn=0025-6196 |pmid=22677080 |pmc=3538472 |llengua=anglès}}</ref>',
    (
        "journal with article number",
        "en",
    ): '<ref name="Piwowar 2018">{{cite journal |last1=Piwowar |first1=Heather |last2=Priem |first2=Jason |date=13 February 2018 |title=The state of OA |journal=PeerJ |volume=6 |article-number=e4375 |doi=10.7717/peerj.4375 |url=https://peerj.com/articles/4375/ |access-date=1 February 2027}}</ref>',
    (
        "journal with article number",
        "es",
    ): '<ref name="Piwowar 2018">{{Cita publicación |apellidos1=Piwowar |nombre1=Heather |apellidos2=Priem |nombre2=Jason |fecha=13 de febrero de 2018 |título=The state of OA |publicación=PeerJ |volumen=6 |página=e4375 |doi=10.7717/peerj.4375 |url=https://peerj.com/articles/4375/ |fechaacceso=1 de febrero de 2027 |idioma=en}}</ref>',
    (
        "journal with article number",
        "fr",
    ): '<ref name="Piwowar 2018">{{Article |langue=en |nom1=Piwowar |prénom1=Heather |nom2=Priem |prénom2=Jason |titre=The state of OA |périodique=PeerJ |volume=6 |date=13 février 2018 |numéro article=e4375 |doi=10.7717/peerj.4375 |lire en ligne=https://peerj.com/articles/4375/ |consulté le=1er février 2027}}.</ref>',
    (
        "journal with article number",
        "de",
    ): '<ref name="Piwowar 2018">{{Literatur |Autor=Heather Piwowar, Jason Priem |Titel=The state of OA |Sammelwerk=PeerJ |Band=6 |Datum=2018-02-13 |Sprache=en |DOI=10.7717/peerj.4375 |Seiten=e4375 |Online=https://peerj.com/articles/4375/ |Abruf=2027-02-01}}</ref>',
    (
        "journal with article number",
        "ca",
    ): '<ref name="Piwowar 2018">{{Ref-publicació |cognom1=Piwowar |nom1=Heather |cognom2=Priem |nom2=Jason |article=The state of OA |publicació=PeerJ |volum=6 |data=13 febrer 2018 |doi=10.7717/peerj.4375 |url=https://peerj.com/articles/4375/ |consulta=1 febrer 2027 |llengua=anglès}}</ref>',
    (
        "book",
        "en",
    ): '<ref name="Damasio 2015">{{cite book |last1=Damasio |first1=Alain |date=2015 |title=La Horde du Contrevent |location=Paris |publisher=Gallimard |isbn=9782070464234 |language=fr}}</ref>',
    (
        "book",
        "es",
    ): '<ref name="Damasio 2015">{{Cita libro |apellidos1=Damasio |nombre1=Alain |fecha=2015 |título=La Horde du Contrevent |ubicación=Paris |editorial=Gallimard |isbn=9782070464234 |idioma=fr}}</ref>',
    (
        "book",
        "fr",
    ): '<ref name="Damasio 2015">{{Ouvrage |nom1=Damasio |prénom1=Alain |titre=La Horde du Contrevent |lieu=Paris |éditeur=Gallimard |date=2015 |isbn=9782070464234}}.</ref>',
    (
        "book",
        "de",
    ): '<ref name="Damasio 2015">{{Literatur |Autor=Alain Damasio |Titel=La Horde du Contrevent |Verlag=Gallimard |Ort=Paris |Datum=2015 |Sprache=fr |ISBN=9782070464234}}</ref>',
    (
        "book",
        "ca",
    ): '<ref name="Damasio 2015">{{Ref-llibre |cognom1=Damasio |nom1=Alain |títol=La Horde du Contrevent |lloc=Paris |editorial=Gallimard |data=2015 |isbn=9782070464234 |llengua=francès}}</ref>',
    (
        "edited book",
        "en",
    ): '<ref name="Roca i Puig 1998">{{cite book |date=1998–1999 |title=Reference Sources |editor-last1=Roca i Puig |editor-first1=Núria |series=Eines |edition=2nd |location=Barcelona |publisher=Ariel |oclc=766011585 |language=ca}}</ref>',
    (
        "edited book",
        "es",
    ): '<ref name="Roca i Puig 1998">{{Cita libro |fecha=1998–1999 |título=Reference Sources |apellidos-editor1=Roca i Puig |nombre-editor1=Núria |serie=Eines |edición=2.ª |ubicación=Barcelona |editorial=Ariel |oclc=766011585 |idioma=ca}}</ref>',
    (
        "edited book",
        "fr",
    ): '<ref name="Roca i Puig 1998">{{Ouvrage |langue=ca |nom1=Roca i Puig |prénom1=Núria |directeur1=oui |titre=Reference Sources |lieu=Barcelona |éditeur=Ariel |collection=Eines |date=1998–1999 |numéro d\'édition=2 |oclc=766011585}}.</ref>',
    (
        "edited book",
        "de",
    ): '<ref name="Roca i Puig 1998">{{Literatur |Hrsg=Núria Roca i Puig |Titel=Reference Sources |Reihe=Eines |Auflage=2. |Verlag=Ariel |Ort=Barcelona |Datum=1998 |Sprache=ca |OCLC=766011585}}</ref>',
    (
        "edited book",
        "ca",
    ): '<ref name="Roca i Puig 1998">{{Ref-llibre |editor=Núria Roca i Puig |títol=Reference Sources |col·lecció=Eines |edició=2a |lloc=Barcelona |editorial=Ariel |data=1998–1999 |oclc=766011585}}</ref>',
    (
        "chapter",
        "en",
    ): '<ref name="Ross 2011">{{cite book |last1=Ross |first1=Catherine Sheldrick |last2=Dewdney |first2=Patricia |date=2011 |chapter=The Reference Interview |editor-last1=Bopp |editor-first1=Richard E. |editor-last2=Smith |editor-first2=Linda C. |title=Reference and Information Services |edition=4th |location=Santa Barbara |publisher=Libraries Unlimited |pages=57–94 |isbn=9780306406157}}</ref>',
    (
        "chapter",
        "es",
    ): '<ref name="Ross 2011">{{Cita libro |apellidos1=Ross |nombre1=Catherine Sheldrick |apellidos2=Dewdney |nombre2=Patricia |fecha=2011 |capítulo=The Reference Interview |apellidos-editor1=Bopp |nombre-editor1=Richard E. |apellidos-editor2=Smith |nombre-editor2=Linda C. |título=Reference and Information Services |edición=4.ª |ubicación=Santa Barbara |editorial=Libraries Unlimited |páginas=57-94 |isbn=9780306406157}}</ref>',
    (
        "chapter",
        "fr",
    ): '<ref name="Ross 2011">{{Chapitre |nom1=Ross |prénom1=Catherine Sheldrick |nom2=Dewdney |prénom2=Patricia |titre chapitre=The Reference Interview |auteurs ouvrage=Richard E. Bopp, Linda C. Smith |titre ouvrage=Reference and Information Services |lieu=Santa Barbara |éditeur=Libraries Unlimited |date=2011 |numéro d\'édition=4 |passage=57-94 |isbn=9780306406157}}.</ref>',
    (
        "chapter",
        "de",
    ): '<ref name="Ross 2011">{{Literatur |Autor=Catherine Sheldrick Ross, Patricia Dewdney |Hrsg=Richard E. Bopp, Linda C. Smith |Titel=The Reference Interview |Sammelwerk=Reference and Information Services |Auflage=4. |Verlag=Libraries Unlimited |Ort=Santa Barbara |Datum=2011 |ISBN=9780306406157 |Seiten=57–94}}</ref>',
    (
        "chapter",
        "ca",
    ): '<ref name="Ross 2011">{{Ref-llibre |cognom1=Ross |nom1=Catherine Sheldrick |cognom2=Dewdney |nom2=Patricia |capítol=The Reference Interview |editor=Richard E. Bopp, Linda C. Smith |títol=Reference and Information Services |edició=4a |lloc=Santa Barbara |editorial=Libraries Unlimited |data=2011 |pàgines=57-94 |isbn=9780306406157}}</ref>',
    (
        "news",
        "en",
    ): '<ref name="Doe 2019">{{cite news |last1=Doe |first1=Jane |date=3 January 2019 |title=Libraries open their archives |newspaper=The Guardian |url=https://www.theguardian.com/a?b=1 |archive-url=https://web.archive.org/web/20190103000000/https://www.theguardian.com/a?b=1 |archive-date=3 January 2019 |access-date=1 January 2027}}</ref>',
    (
        "news",
        "es",
    ): '<ref name="Doe 2019">{{Cita noticia |apellidos1=Doe |nombre1=Jane |fecha=3 de enero de 2019 |título=Libraries open their archives |periódico=The Guardian |url=https://www.theguardian.com/a?b=1 |fechaacceso=1 de enero de 2027 |urlarchivo=https://web.archive.org/web/20190103000000/https://www.theguardian.com/a?b=1 |fechaarchivo=3 de enero de 2019 |idioma=en}}</ref>',
    (
        "news",
        "fr",
    ): '<ref name="Doe 2019">{{Article |langue=en |nom1=Doe |prénom1=Jane |titre=Libraries open their archives |périodique=The Guardian |date=3 janvier 2019 |lire en ligne=https://www.theguardian.com/a?b=1 |consulté le=1er janvier 2027 |archiveurl=https://web.archive.org/web/20190103000000/https://www.theguardian.com/a?b=1 |archivedate=3 janvier 2019}}.</ref>',
    (
        "news",
        "de",
    ): '<ref name="Doe 2019">{{Internetquelle |autor=Jane Doe |url=https://www.theguardian.com/a?b=1 |titel=Libraries open their archives |werk=The Guardian |datum=2019-01-03 |sprache=en |archiv-url=https://web.archive.org/web/20190103000000/https://www.theguardian.com/a?b=1 |archiv-datum=2019-01-03 |abruf=2027-01-01}}</ref>',
    (
        "news",
        "ca",
    ): '<ref name="Doe 2019">{{Ref-notícia |cognom1=Doe |nom1=Jane |títol=Libraries open their archives |obra=The Guardian |data=3 gener 2019 |url=https://www.theguardian.com/a?b=1 |consulta=1 gener 2027 |arxiuurl=https://web.archive.org/web/20190103000000/https://www.theguardian.com/a?b=1 |arxiudata=3 gener 2019 |llengua=anglès}}</ref>',
    (
        "printed news",
        "en",
    ): '<ref name="Zagrebački zbor 1921">{{cite news |date=20 August 1921 |title=Zagrebački zbor |newspaper=Jutarnji list |issue=3412 |page=3 |language=hr}}</ref>',
    (
        "printed news",
        "es",
    ): '<ref name="Zagrebački zbor 1921">{{Cita noticia |fecha=20 de agosto de 1921 |título=Zagrebački zbor |periódico=Jutarnji list |número=3412 |página=3 |idioma=hr}}</ref>',
    (
        "printed news",
        "fr",
    ): '<ref name="Zagrebački zbor 1921">{{Article |langue=hr |titre=Zagrebački zbor |périodique=Jutarnji list |numéro=3412 |date=20 août 1921 |pages=3}}.</ref>',
    (
        "printed news",
        "de",
    ): '<ref name="Zagrebački zbor 1921">{{Literatur |Titel=Zagrebački zbor |Sammelwerk=Jutarnji list |Nummer=3412 |Datum=1921-08-20 |Sprache=hr |Seiten=3}}</ref>',
    (
        "printed news",
        "ca",
    ): '<ref name="Zagrebački zbor 1921">{{Ref-notícia |títol=Zagrebački zbor |obra=Jutarnji list |data=20 agost 1921 |pàgina=3 |llengua=croat}}</ref>',
    (
        "web",
        "en",
    ): '<ref name="International Federation of Library">{{cite web |author1=International Federation of Library Associations |title=About us |website=IFLA |url=https://www.ifla.org/about/ |access-date=15 January 2027}}</ref>',
    (
        "web",
        "es",
    ): '<ref name="International Federation of Library">{{Cita web |autor1=International Federation of Library Associations |título=About us |sitioweb=IFLA |url=https://www.ifla.org/about/ |fechaacceso=15 de enero de 2027 |idioma=en}}</ref>',
    (
        "web",
        "fr",
    ): '<ref name="International Federation of Library">{{Lien web |langue=en |auteur1=International Federation of Library Associations |titre=About us |url=https://www.ifla.org/about/ |site=IFLA |consulté le=15 janvier 2027}}.</ref>',
    (
        "web",
        "de",
    ): '<ref name="International Federation of Library">{{Internetquelle |url=https://www.ifla.org/about/ |titel=About us |werk=IFLA |hrsg=International Federation of Library Associations |sprache=en |abruf=2027-01-15}}</ref>',
    (
        "web",
        "ca",
    ): '<ref name="International Federation of Library">{{Ref-web |autor1=International Federation of Library Associations |títol=About us |obra=IFLA |url=https://www.ifla.org/about/ |consulta=15 gener 2027 |llengua=anglès}}</ref>',
    (
        "thesis",
        "en",
    ): '<ref name="Martin 1975">{{cite thesis |last1=Martin |first1=Léa |date=Fall 1975 |title=Une étude |degree=PhD |publisher=Université de Paris |url=https://theses.example/1 |language=fr}}</ref>',
    (
        "thesis",
        "es",
    ): '<ref name="Martin 1975">{{Cita tesis |apellidos1=Martin |nombre1=Léa |fecha=otoño de 1975 |título=Une étude |grado=PhD |editorial=Université de Paris |url=https://theses.example/1 |idioma=fr}}</ref>',
    (
        "thesis",
        "fr",
    ): '<ref name="Martin 1975">{{Ouvrage |nom1=Martin |prénom1=Léa |titre=Une étude |nature ouvrage=PhD |éditeur=Université de Paris |date=automne 1975 |lire en ligne=https://theses.example/1}}.</ref>',
    (
        "thesis",
        "de",
    ): '<ref name="Martin 1975">{{Literatur |Autor=Léa Martin |Titel=Une étude |TitelErg=PhD |Verlag=Université de Paris |Datum=1975 |Sprache=fr |Online=https://theses.example/1}}</ref>',
    (
        "thesis",
        "ca",
    ): '<ref name="Martin 1975">{{Ref-llibre |cognom1=Martin |nom1=Léa |títol=Une étude |editorial=Université de Paris |data=tardor 1975 |url=https://theses.example/1 |llengua=francès}}</ref>',
    (
        "conference",
        "en",
    ): '<ref name="Kleinberg 1998">{{cite conference |last1=Kleinberg |first1=Jon M. |date=25 January 1998 |title=Authoritative sources |book-title=Proc. SODA |conference=ACM-SIAM Symposium |publisher=ACM |pages=668–677 |doi=10.1145/1117278}}</ref>',
    (
        "conference",
        "es",
    ): '<ref name="Kleinberg 1998">{{Cita conferencia |apellidos1=Kleinberg |nombre1=Jon M. |fecha=25 de enero de 1998 |título=Authoritative sources |títulolibro=Proc. SODA |conferencia=ACM-SIAM Symposium |editorial=ACM |páginas=668-677 |doi=10.1145/1117278}}</ref>',
    (
        "conference",
        "fr",
    ): '<ref name="Kleinberg 1998">{{Chapitre |nom1=Kleinberg |prénom1=Jon M. |titre chapitre=Authoritative sources |titre ouvrage=Proc. SODA |éditeur=ACM |date=25 janvier 1998 |passage=668-677 |doi=10.1145/1117278}}.</ref>',
    (
        "conference",
        "de",
    ): '<ref name="Kleinberg 1998">{{Literatur |Autor=Jon M. Kleinberg |Titel=Authoritative sources |Sammelwerk=Proc. SODA |Verlag=ACM |Datum=1998-01-25 |DOI=10.1145/1117278 |Seiten=668–677}}</ref>',
    (
        "conference",
        "ca",
    ): '<ref name="Kleinberg 1998">{{Ref-llibre |cognom1=Kleinberg |nom1=Jon M. |capítol=Authoritative sources |títol=Proc. SODA |editorial=ACM |data=25 gener 1998 |pàgines=668-677 |doi=10.1145/1117278}}</ref>',
    (
        "arxiv",
        "en",
    ): '<ref name="Vaswani 2017">{{cite arXiv |last1=Vaswani |first1=Ashish |author2=Google Brain |date=12 June 2017 |title=Attention Is All You Need |eprint=1706.03762v5}}</ref>',
    (
        "arxiv",
        "es",
    ): '<ref name="Vaswani 2017">{{Cita arXiv |apellidos1=Vaswani |nombre1=Ashish |autor2=Google Brain |fecha=12 de junio de 2017 |título=Attention Is All You Need |eprint=1706.03762v5}}</ref>',
    (
        "arxiv",
        "fr",
    ): '<ref name="Vaswani 2017">{{Lien web |langue=en |nom1=Vaswani |prénom1=Ashish |auteur2=Google Brain |titre=Attention Is All You Need |url=https://arxiv.org/abs/1706.03762v5 |site=arXiv |date=12 juin 2017 |arxiv=1706.03762v5 |consulté le=15 janvier 2027}}.</ref>',
    (
        "arxiv",
        "de",
    ): '<ref name="Vaswani 2017">{{Internetquelle |autor=Ashish Vaswani |url=https://arxiv.org/abs/1706.03762v5 |titel=Attention Is All You Need |werk=arXiv |hrsg=Google Brain |datum=2017-06-12 |sprache=en |abruf=2027-01-15}}</ref>',
    (
        "arxiv",
        "ca",
    ): '<ref name="Vaswani 2017">{{Ref-web |cognom1=Vaswani |nom1=Ashish |autor2=Google Brain |títol=Attention Is All You Need |obra=arXiv |data=12 juny 2017 |url=https://arxiv.org/abs/1706.03762v5 |consulta=15 gener 2027 |llengua=anglès}}</ref>',
    (
        "encyclopedia",
        "en",
    ): '<ref name="Library 1911">{{cite encyclopedia |date=1911 |title=Library |encyclopedia=Encyclopædia Britannica |edition=11th |volume=16 |location=Cambridge |publisher=Cambridge University Press |page=545}}</ref>',
    (
        "encyclopedia",
        "es",
    ): '<ref name="Library 1911">{{Cita enciclopedia |fecha=1911 |título=Library |enciclopedia=Encyclopædia Britannica |edición=11.ª |volumen=16 |ubicación=Cambridge |editorial=Cambridge University Press |página=545}}</ref>',
    (
        "encyclopedia",
        "fr",
    ): '<ref name="Library 1911">{{Chapitre |titre chapitre=Library |titre ouvrage=Encyclopædia Britannica |volume=16 |lieu=Cambridge |éditeur=Cambridge University Press |date=1911 |numéro d\'édition=11 |passage=545}}.</ref>',
    (
        "encyclopedia",
        "de",
    ): '<ref name="Library 1911">{{Literatur |Titel=Library |Sammelwerk=Encyclopædia Britannica |Band=16 |Auflage=11. |Verlag=Cambridge University Press |Ort=Cambridge |Datum=1911 |Seiten=545}}</ref>',
    (
        "encyclopedia",
        "ca",
    ): '<ref name="Library 1911">{{Ref-llibre |capítol=Library |títol=Encyclopædia Britannica |volum=16 |edició=11a |lloc=Cambridge |editorial=Cambridge University Press |data=1911 |pàgina=545}}</ref>',
    (
        "hostile",
        "en",
    ): '<ref name="O Brien ref">{{cite journal |last1=O"Brien&lt;/ref&gt; |first1=J{{!}}x= |title=A {{!}} B &#125;&#125; &#123;&#123;evil {{!}}author=z &lt;ref&gt;x&lt;/ref&gt; &#91;&#91;File:X&#93;&#93; &#126;&#126;&#126;&#126; &#39;&#39;i&#39;&#39; &lt;!-- c --&gt; &#95;&#95;NOTOC&#95;&#95; |journal=Nature == H == |doi=10.1002/(sici)1097-4571(199806)49:8%3C693::aid-asi4%3E3.0.co;2-o |url=https://example.org/a%7Cb%5D%5D%7B%7Bc%7D%7D?q=%27%27%27x}}</ref>',
    (
        "hostile",
        "es",
    ): '<ref name="O Brien ref">{{Cita publicación |apellidos1=O"Brien&lt;/ref&gt; |nombre1=J{{!}}x= |título=A {{!}} B &#125;&#125; &#123;&#123;evil {{!}}author=z &lt;ref&gt;x&lt;/ref&gt; &#91;&#91;File:X&#93;&#93; &#126;&#126;&#126;&#126; &#39;&#39;i&#39;&#39; &lt;!-- c --&gt; &#95;&#95;NOTOC&#95;&#95; |publicación=Nature == H == |doi=10.1002/(sici)1097-4571(199806)49:8%3C693::aid-asi4%3E3.0.co;2-o |url=https://example.org/a%7Cb%5D%5D%7B%7Bc%7D%7D?q=%27%27%27x}}</ref>',
    (
        "hostile",
        "fr",
    ): '<ref name="O Brien ref">{{Article |nom1=O"Brien&lt;/ref&gt; |prénom1=J{{!}}x= |titre=A {{!}} B &#125;&#125; &#123;&#123;evil {{!}}author=z &lt;ref&gt;x&lt;/ref&gt; &#91;&#91;File:X&#93;&#93; &#126;&#126;&#126;&#126; &#39;&#39;i&#39;&#39; &lt;!-- c --&gt; &#95;&#95;NOTOC&#95;&#95; |périodique=Nature == H == |doi=10.1002/(sici)1097-4571(199806)49:8%3C693::aid-asi4%3E3.0.co;2-o |lire en ligne=https://example.org/a%7Cb%5D%5D%7B%7Bc%7D%7D?q=%27%27%27x}}.</ref>',
    (
        "hostile",
        "de",
    ): '<ref name="O Brien ref">{{Literatur |Autor=J{{!}}x= O"Brien&lt;/ref&gt; |Titel=A {{!}} B &#125;&#125; &#123;&#123;evil {{!}}author=z &lt;ref&gt;x&lt;/ref&gt; &#91;&#91;File:X&#93;&#93; &#126;&#126;&#126;&#126; &#39;&#39;i&#39;&#39; &lt;!-- c --&gt; &#95;&#95;NOTOC&#95;&#95; |Sammelwerk=Nature == H == |DOI=10.1002/(sici)1097-4571(199806)49:8%3C693::aid-asi4%3E3.0.co;2-o |Online=https://example.org/a%7Cb%5D%5D%7B%7Bc%7D%7D?q=%27%27%27x}}</ref>',
    (
        "hostile",
        "ca",
    ): '<ref name="O Brien ref">{{Ref-publicació |cognom1=O"Brien&lt;/ref&gt; |nom1=J{{!}}x= |article=A {{!}} B &#125;&#125; &#123;&#123;evil {{!}}author=z &lt;ref&gt;x&lt;/ref&gt; &#91;&#91;File:X&#93;&#93; &#126;&#126;&#126;&#126; &#39;&#39;i&#39;&#39; &lt;!-- c --&gt; &#95;&#95;NOTOC&#95;&#95; |publicació=Nature == H == |doi=10.1002/(sici)1097-4571(199806)49:8%3C693::aid-asi4%3E3.0.co;2-o |url=https://example.org/a%7Cb%5D%5D%7B%7Bc%7D%7D?q=%27%27%27x}}</ref>',
}
