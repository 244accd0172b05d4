# SPDX-License-Identifier: MIT
"""Citations: the right template and parameters in each wiki, and nothing that can break out of them."""

import re
from dataclasses import replace

import mwparserfromhell
import pytest
from citation_table import EXPECTED
from citation_works import WORKS
from hypothesis import example, given
from hypothesis import strategies as st

from cogs.requests.cite import WIKIS, UnknownWiki, cite, ref_name
from cogs.requests.cite.escape import plain, url, value
from cogs.requests.work import Kind, Name, PartialDate, Work


@pytest.mark.parametrize(("name", "wiki"), list(EXPECTED))
def test_a_citation_reads_as_expected(name, wiki):
    assert cite(WORKS[name], wiki).footnote == EXPECTED[name, wiki]


@pytest.mark.parametrize(("name", "wiki"), list(EXPECTED))
def test_a_citation_parses_as_one_footnote_with_one_template(name, wiki):
    parsed = mwparserfromhell.parse(cite(WORKS[name], wiki).footnote)
    assert [str(tag.tag) for tag in parsed.filter_tags(recursive=False)] == ["ref"]
    inside = parsed.filter_tags(recursive=False)[0].contents
    (template,) = [each for each in inside.filter_templates(recursive=False) if "!" not in str(each.name)]
    names = [str(param.name).strip() for param in template.params]
    assert len(set(names)) == len(names) >= 2
    assert not any(each.isdecimal() for each in names)


@pytest.mark.parametrize(
    ("wiki", "says"),
    [
        ("en", "|last10=F9 |first10=G9 |title=T |display-authors=etal}}"),
        ("es", "|display-authors=etal}}"),
        ("fr", "|et al.=oui}}"),
        ("de", "G9 F9 u. a. |"),
        ("ca", "|autor11=et al.}}"),
    ],
)
def test_thousands_of_authors_are_the_first_ten_and_others(wiki, says):
    several = Work(Kind.JOURNAL, "T", authors=tuple(Name(f"F{number}", f"G{number}") for number in range(5154)))
    footnote = cite(several, wiki).footnote
    assert says in footnote
    assert "F10" not in footnote
    thirty = cite(replace(several, authors=several.authors[:30]), wiki).footnote
    assert "F29" in thirty
    assert says.strip("}") not in thirty


def test_every_kind_is_cited_in_every_wiki():
    assert {work.kind for work in WORKS.values()} == set(Kind)
    assert set(WIKIS) == {"en", "es", "fr", "de", "ca"}
    assert len(EXPECTED) == len(WORKS) * len(WIKIS) >= 30


def test_an_unknown_wiki_is_refused():
    with pytest.raises(UnknownWiki):
        cite(WORKS["book"], "tlh")


# Every name that the five wikis' templates were seen to accept; a new one has to be looked up first.
KNOWN = {
    "en": "last# first# author# date title journal volume issue pages page article-number doi pmid pmc arxiv jstor "
    "isbn issn oclc url archive-url archive-date access-date language chapter editor-last# editor-first# editor# "
    "edition location publisher newspaper website degree book-title conference eprint encyclopedia series",
    "es": "apellidos# nombre# autor# fecha título publicación volumen número páginas página doi pmid pmc arxiv jstor "
    "isbn issn oclc url fechaacceso urlarchivo fechaarchivo idioma capítulo apellidos-editor# nombre-editor# editor# "
    "edición ubicación editorial periódico sitioweb grado títulolibro conferencia eprint enciclopedia serie",
    "fr": "langue nom# prénom# auteur# directeur# titre périodique série volume numéro date pages numéro_article "
    "issn pmid pmcid doi jstor arxiv lire_en_ligne consulté_le archiveurl archivedate lieu éditeur collection "
    "numéro_d'édition passage isbn oclc nature_ouvrage titre_chapitre auteurs_ouvrage titre_ouvrage url site "
    "archive-url archive-date",
    "de": "Autor Hrsg Titel TitelErg Sammelwerk Reihe Band Nummer Auflage Verlag Ort Datum Sprache ISBN ISSN OCLC "
    "DOI arXiv JSTOR PMC PMID Seiten Online Abruf autor url titel werk hrsg datum sprache archiv-url archiv-datum "
    "abruf",
    "ca": "cognom# nom# autor# article títol publicació volum exemplar data pàgines pàgina doi pmid pmc arxiv jstor "
    "isbn issn oclc url consulta arxiuurl arxiudata llengua obra editor editorial lloc capítol edició col·lecció",
}

LIVE = [
    "|",
    "}}",
    "{{",
    "[[",
    "]]",
    "<ref>",
    "</ref>",
    "<nowiki>",
    "</nowiki>",
    "<!--",
    "-->",
    "~~~~",
    "''",
    "=",
    "{{{1|",
    "}}}",
    "__TOC__",
    "&lt;",
    "&#124;",
    "{|",
    "-{",
    "\x7f'\"`UNIQ",
    "#",
    "*",
    "a",
]
FIELDS = [
    "title",
    "container",
    "conference",
    "series",
    "volume",
    "issue",
    "pages",
    "article_number",
    "edition",
    "publisher",
    "place",
    "degree",
    "isbn",
    "issn",
    "doi",
    "pmid",
    "pmcid",
    "arxiv",
    "oclc",
    "jstor",
    "language",
    "url",
    "archive_url",
]
texts = st.text(max_size=30) | st.lists(st.sampled_from([*LIVE, " ", "\n", "https://x.org/"]), max_size=6).map("".join)
names = st.builds(Name, texts, texts, st.booleans())
dates = st.builds(PartialDate, st.integers(1000, 2999), st.integers(1, 12), st.integers(1, 28))


@st.composite
def made_works(draw):
    filled = draw(st.dictionaries(st.sampled_from(FIELDS), texts, max_size=6))
    people = {key: draw(st.lists(names, max_size=2).map(tuple)) for key in ("authors", "editors")}
    days = {key: draw(st.none() | st.dates()) for key in ("access_date", "archive_date")}
    base = Work(draw(st.sampled_from(Kind)), "T", url="https://x.org/", archive_url="https://web.archive.org/web/1/x")
    return replace(base, date=draw(st.none() | dates), **filled, **people, **days)


works = made_works()


@given(works, st.sampled_from(WIKIS))
def test_no_text_breaks_out_of_its_parameter(work, wiki):
    citation = cite(work, wiki)
    parsed = mwparserfromhell.parse(citation.footnote)
    assert [str(tag.tag) for tag in parsed.filter_tags()] == ["ref"]
    outer, *inner = parsed.filter_templates()
    assert all(str(each) == "{{!}}" for each in inner)
    assert not parsed.filter_wikilinks()
    assert not parsed.filter_comments()
    assert not parsed.filter_arguments()
    assert not parsed.filter_headings()
    assert "\n" not in citation.footnote
    assert str(outer) == citation.template
    known = {each.replace("_", " ") for each in KNOWN[wiki].split()}
    names = [re.sub(r"[0-9]+", "#", str(param.name).strip()) for param in outer.params]
    assert set(names) <= known
    exact = [str(param.name) for param in outer.params]
    assert len(exact) == len(set(exact))
    assert all(str(param.value).strip() for param in outer.params)
    links = [str(link.url) for link in parsed.filter_external_links()]
    assert all(link.startswith(("http://", "https://")) for link in links)


def unescaped(escaped: str) -> str:
    text = escaped.replace("{{!}}", "|")
    text = re.sub(r"&#([0-9]+);", lambda found: chr(int(found[1])), text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(texts)
@example("&lt;b&gt; AT&T &amp;amp; R&D; &#65;")
def test_escaping_loses_nothing_that_can_be_seen(text):
    assert unescaped(value(text)) == plain(text)


@given(texts)
def test_only_web_addresses_come_out_as_addresses(text):
    escaped = url(text)
    assert escaped == "" or re.fullmatch(r"(?i)https?://[^\s|{}\[\]<>\"']+", escaped)


@pytest.mark.parametrize(
    "text", ["javascript://x.org/%0aalert(1)", "ftp://x.org/", "//x.org/", "x", "", "https://[::1"]
)
def test_other_addresses_are_left_out(text):
    assert url(text) == ""


@given(works, st.lists(texts, max_size=3))
def test_ref_names_are_safe_stable_and_free(work, taken):
    name = ref_name(work, taken)
    assert name not in taken
    assert name == ref_name(work, taken)
    assert not name.isdigit()
    assert any(char.isalpha() for char in name)
    assert re.fullmatch(r"[^\"'<>=/\\&|{}\[\]#\n]+", name)
    assert name == " ".join(name.split())
    assert ref_name(work, [*taken, name]) != name


@pytest.mark.parametrize(
    ("work", "taken", "name"),
    [
        (WORKS["journal"], (), "Sweetser 2012"),
        (WORKS["journal"], ("Sweetser 2012",), "Sweetser 2012a"),
        (WORKS["journal"], ("Sweetser 2012", "Sweetser 2012a"), "Sweetser 2012b"),
        (WORKS["edited book"], (), "Roca i Puig 1998"),
        (Work(Kind.BOOK, "1984"), (), "ref 1984"),
        (Work(Kind.BOOK, "日本の図書館", date=PartialDate(2001)), (), "日本の図書館 2001"),
        (Work(Kind.WEB, "", container="IFLA"), (), "IFLA"),
        (Work(Kind.WEB, "???"), (), "ref"),
        (Work(Kind.BOOK, "x", authors=(Name("O’Hara-Smith", "J."),), date=PartialDate(2001)), (), "OHara-Smith 2001"),
    ],
)
def test_ref_names(work, taken, name):
    assert ref_name(work, taken) == name


@pytest.mark.parametrize(
    ("edition", "written"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("11", "11th"), ("22", "22nd"), ("112", "112th"), ("Rev.", "Rev.")],
)
def test_english_editions_are_ordinals(edition, written):
    assert f"|edition={written} " in cite(replace(WORKS["book"], edition=edition), "en").template


def test_an_address_that_an_identifier_gives_is_not_repeated():
    work = Work(Kind.JOURNAL, "T", doi="10.1000/1", url="https://doi.org/10.1000/1")
    assert "url=" not in cite(work, "en").template
    assert "url=" in cite(replace(work, doi=""), "en").template
