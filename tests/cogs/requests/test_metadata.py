# SPDX-License-Identifier: MIT
"""Reading what the services answer: their documented shapes, their traps, and any junk."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.requests.metadata import (
    FreeCopy,
    Snapshot,
    Unreadable,
    free_copies_of,
    from_cdx,
    from_citoid,
    from_crossref,
    from_openalex,
    from_openlibrary,
    from_unpaywall,
)
from cogs.requests.work import Kind, Name, PartialDate, Season

CITOID = {
    "key": "KPG9X2NL",
    "version": 0,
    "itemType": "journalArticle",
    "tags": [],
    "publicationTitle": "Mayo Clinic Proceedings",
    "ISSN": ["0025-6196"],
    "DOI": "10.1016/j.mayocp.2012.02.015",
    "title": "Evaluating the Patient With Diarrhea: …",
    "volume": "87",
    "issue": "6",
    "pages": "596–602",
    "date": "2012-6",
    "url": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3538472/",
    "accessDate": "2023-12-04",
    "author": [["Seth", "Sweetser"]],
    "PMID": "22677080",
    "PMCID": "3538472",
    "source": ["PubMed", "Zotero"],
}


def test_citoid_journal_article():
    work = from_citoid([CITOID])
    assert (work.kind, work.title) == (Kind.JOURNAL, "Evaluating the Patient With Diarrhea: …")
    assert work.authors == (Name("Sweetser", "Seth"),)
    assert (work.container, work.volume, work.issue, work.pages) == ("Mayo Clinic Proceedings", "87", "6", "596–602")
    assert (work.doi, work.pmid, work.pmcid) == ("10.1016/j.mayocp.2012.02.015", "22677080", "PMC3538472")
    assert (work.issn, work.date, work.access_date) == ("0025-6196", PartialDate(2012, 6), dt.date(2023, 12, 4))


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"author": [["", "World Health Organization"]]}, "authors", (Name("World Health Organization", "", True),)),
        ({"author": [["World Health Organization"]]}, "authors", (Name("World Health Organization", "", True),)),
        ({"author": [["", "Plato"], [], ["", ""], None, 3]}, "authors", (Name("Plato"), Name("3"))),
        ({"author": [{"firstName": "A", "lastName": "B"}]}, "authors", (Name("B", "A"),)),
        ({"editor": [["Ed", "Itor"]]}, "editors", (Name("Itor", "Ed"),)),
        ({"title": "[No title found]"}, "title", ""),
        ({"title": "A &amp; B <i>C</i>"}, "title", "A & B C"),
        ({"date": "Fall 1975"}, "date", PartialDate(1975, season=Season.FALL)),
        ({"date": "[2010]"}, "date", PartialDate(2010)),
        ({"date": None}, "date", None),
        ({"ISBN": ["0-306-40615-2", "x"]}, "isbn", "9780306406157"),
        ({"ISBN": "bad 9782070464234"}, "isbn", "9782070464234"),
        ({"ISSN": ["badissn", "1477-8939"]}, "issn", "1477-8939"),
        ({"DOI": None, "extra": "PMID: 1\nDOI: 10.1000/EXTRA"}, "doi", "10.1000/extra"),
        ({"DOI": "https://doi.org/10.1000/1"}, "doi", "10.1000/1"),
        ({"PMCID": "PMC3538472"}, "pmcid", "PMC3538472"),
        ({"itemType": "thesis", "university": "UB", "thesisType": "PhD"}, "publisher", "UB"),
        ({"itemType": "thesis", "thesisType": "PhD"}, "degree", "PhD"),
        ({"itemType": "webpage"}, "kind", Kind.WEB),
        ({"itemType": "preprint", "archiveID": "arXiv:1706.03762"}, "arxiv", "1706.03762"),
        ({"itemType": "preprint", "archiveID": "arXiv:1706.03762"}, "kind", Kind.ARXIV),
        ({"itemType": "preprint"}, "kind", Kind.WEB),
        ({"itemType": "bookSection", "publicationTitle": "", "bookTitle": "B"}, "container", "B"),
        ({"url": "javascript:alert(1)"}, "url", ""),
        ({"accessDate": "yesterday"}, "access_date", None),
        ({"title": "half \ud83d a pair"}, "title", "half a pair"),
    ],
)
def test_citoid_traps(change, field, expected):
    assert getattr(from_citoid([CITOID | change]), field) == expected


def test_citoid_takes_the_first_with_a_title_and_refuses_errors():
    assert from_citoid([CITOID | {"title": "[No title found]"}, CITOID | {"title": "B"}]).title == "B"
    for answer in (
        [],
        {"error": "Unable to resolve DOI"},
        [{"error": 1}],
        None,
        "x",
        {"type": "problem", "title": "x"},
    ):
        with pytest.raises(Unreadable):
            from_citoid(answer)


CROSSREF = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "DOI": "10.7717/PEERJ.4375",
        "type": "journal-article",
        "title": ["The state of <i>OA</i>: a &lt;b&gt;large&lt;/b&gt;-scale analysis"],
        "subtitle": ["Prevalence"],
        "container-title": ["PeerJ"],
        "author": [
            {"given": "Heather", "family": "Piwowar"},
            {"family": "Priem"},
            {"name": "OA Group"},
            {"given": "X"},
        ],
        "issued": {"date-parts": [[2018, 2, 13]]},
        "volume": "6",
        "article-number": "e4375",
        "ISSN": ["    0091-7613 ", "badissn"],
        "publisher": "PeerJ",
        "URL": "https://doi.org/10.7717/peerj.4375",
    },
}


def crossref(**change):
    return from_crossref(CROSSREF | {"message": CROSSREF["message"] | change})


def test_crossref_article():
    work = crossref()
    assert work.title == "The state of OA: a large-scale analysis: Prevalence"
    assert work.authors == (Name("Piwowar", "Heather"), Name("Priem"), Name("OA Group", corporate=True), Name("X"))
    assert (work.doi, work.issn, work.article_number) == ("10.7717/peerj.4375", "0091-7613", "e4375")
    assert (work.date, work.retracted, work.retracts) == (PartialDate(2018, 2, 13), None, "")


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"title": []}, "title", ""),
        ({"title": ["<mml:math><mml:mi>x</mml:mi></mml:math>-rays"], "subtitle": []}, "title", "x-rays"),
        ({"title": ["a < b and c > d"], "subtitle": []}, "title", "a < b and c > d"),
        ({"issued": {"date-parts": [[None]]}}, "date", None),
        ({"issued": {"date-parts": [[None]]}, "created": {"date-parts": [[2017]]}}, "date", PartialDate(2017)),
        ({"published-print": {"date-parts": [[2019, 1]]}}, "date", PartialDate(2019, 1)),
        ({"type": "book-chapter"}, "kind", Kind.CHAPTER),
        (
            {"type": "posted-content", "container-title": [], "institution": [{"name": "bioRxiv"}]},
            "container",
            "bioRxiv",
        ),
        ({"ISBN": ["http://x", "9780306406157"]}, "isbn", "9780306406157"),
        ({"updated-by": [{"type": "retraction", "DOI": "10.1/n"}]}, "retracted", True),
        ({"updated-by": [{"type": "correction", "DOI": "10.1/n"}]}, "retracted", None),
        ({"update-to": [{"type": "retraction", "DOI": "10.7717/peerj.4375"}]}, "retracted", True),
        ({"update-to": [{"type": "retraction", "DOI": "10.1000/OTHER"}]}, "retracted", None),
        ({"update-to": [{"type": "retraction", "DOI": "10.1000/OTHER"}]}, "retracts", "10.1000/other"),
        ({"title": ["RETRACTED: Something"], "subtitle": []}, "retracted", True),
    ],
)
def test_crossref_traps(change, field, expected):
    assert getattr(crossref(**change), field) == expected


def test_crossref_failures_are_no_works():
    failed = {"status": "failed", "message-type": "validation-failure", "message": [{"type": "parameter-not-allowed"}]}
    for answer in (failed, {"status": "ok"}, None, [], "Resource not found."):
        with pytest.raises(Unreadable):
            from_crossref(answer)


def test_openlibrary_book():
    work = from_openlibrary(
        {
            "ISBN:2070464237": {
                "url": "https://openlibrary.org/books/OL26210208M/La_Horde_du_Contrevent",
                "title": "La Horde du Contrevent",
                "authors": [{"name": "Alain Damasio", "url": "…"}],
                "identifiers": {"isbn_10": ["2070464237"], "isbn_13": ["9782070464234"], "oclc": ["766011585"]},
                "publishers": [{"name": "Gallimard"}],
                "publish_places": [{"name": "Paris"}],
                "publish_date": "2015",
            }
        }
    )
    assert (work.kind, work.title, work.authors) == (Kind.BOOK, "La Horde du Contrevent", (Name("Alain Damasio"),))
    assert (work.publisher, work.place, work.date) == ("Gallimard", "Paris", PartialDate(2015))
    assert (work.isbn, work.oclc) == ("9782070464234", "766011585")
    assert from_openlibrary({"ISBN:2070464237": {"title": "X"}}).isbn == "9782070464234"
    for answer in ({}, {"ISBN:1": {}}, [], {"status": 429, "message": "Too Many Requests"}):
        with pytest.raises(Unreadable):
            from_openlibrary(answer)


OPEN = {
    "is_oa": True,
    "host_type": "publisher",
    "url": "https://a.org/x",
    "url_for_pdf": None,
    "version": "publishedVersion",
}
REPOSITORY = {
    "host_type": "repository",
    "url": "https://b.org/x",
    "url_for_pdf": "https://b.org/x.pdf",
    "license": "cc-by",
}


def test_unpaywall_copies_the_best_first_and_each_once():
    copies = from_unpaywall(
        {"is_oa": True, "best_oa_location": OPEN, "oa_locations": [OPEN, REPOSITORY, None, {"url": "x"}]}
    )
    assert copies == (
        FreeCopy("https://a.org/x", "Unpaywall", "publisher", "publishedVersion"),
        FreeCopy("https://b.org/x.pdf", "Unpaywall", "repository", "", "cc-by"),
    )
    assert from_unpaywall({"is_oa": False, "oa_status": "closed", "best_oa_location": None}) == ()
    for answer in ({"error": True, "message": "unknown"}, {}, None, []):
        with pytest.raises(Unreadable):
            from_unpaywall(answer)


OPENALEX = {
    "id": "https://openalex.org/W2741809807",
    "doi": "https://doi.org/10.7717/peerj.4375",
    "display_name": "The state of OA",
    "publication_year": 2018,
    "type": "article",
    "language": "en",
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/29456894"},
    "is_retracted": False,
    "open_access": {"is_oa": True, "oa_url": "https://peerj.com/x"},
    "best_oa_location": {
        "is_oa": True,
        "landing_page_url": "https://peerj.com/4375",
        "pdf_url": None,
        "license": "cc-by",
        "version": "publishedVersion",
        "source": {"display_name": "PeerJ"},
    },
    "authorships": [{"author_position": "first", "author": {"display_name": "Heather Piwowar", "orcid": None}}],
}


def test_openalex_work_and_copy():
    work = from_openalex(OPENALEX)
    assert (work.title, work.doi, work.pmid) == ("The state of OA", "10.7717/peerj.4375", "29456894")
    assert (work.authors, work.date, work.retracted) == ((Name("Heather Piwowar"),), PartialDate(2018), False)
    assert from_openalex(OPENALEX | {"is_retracted": True}).retracted is True
    assert free_copies_of(OPENALEX) == (
        FreeCopy("https://peerj.com/4375", "OpenAlex", "PeerJ", "publishedVersion", "cc-by"),
    )
    assert free_copies_of(OPENALEX | {"best_oa_location": None})[0].url == "https://peerj.com/x"
    assert free_copies_of(OPENALEX | {"best_oa_location": None, "open_access": {"is_oa": False, "oa_url": "x"}}) == ()
    for answer in ({}, {"error": "not found"}, None):
        with pytest.raises(Unreadable):
            from_openalex(answer)


def test_cdx_snapshots():
    found = from_cdx([["timestamp", "original"], ["20190103040506", "http://example.org/a"], ["2019", "x"], None, []])
    assert found == (
        Snapshot(
            "https://web.archive.org/web/20190103040506/http://example.org/a",
            dt.datetime(2019, 1, 3, 4, 5, 6, tzinfo=dt.UTC),
            "http://example.org/a",
        ),
    )
    assert from_cdx([]) == ()
    assert from_cdx([["original", "timestamp"], ["http://example.org/a", "20190103040506"]]) == found
    for answer in ({}, [["urlkey"]], ["timestamp", "original"], None, "<html>"):
        with pytest.raises(Unreadable):
            from_cdx(answer)


READERS = (from_citoid, from_crossref, from_openlibrary, from_unpaywall, from_openalex, free_copies_of, from_cdx)
KEYS = sorted(
    {*CITOID, *CROSSREF["message"], *OPENALEX, "message", "status", "is_oa", "url", "date-parts", "name", "given"}
)
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["10.1/1", "2012-6"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(junk, st.sampled_from(READERS))
def test_any_json_is_read_or_refused_with_one_error(data, reader):
    with contextlib.suppress(Unreadable):
        assert reader(data) is not None


@given(st.dictionaries(st.sampled_from(KEYS), junk, max_size=6), st.integers(0, 3))
def test_nearly_right_answers_are_read_or_refused(change, which):
    answer, reader = (
        ([CITOID | change | {"itemType": "book"}], from_citoid),
        ({"status": "ok", "message": CROSSREF["message"] | change}, from_crossref),
        (OPENALEX | change, from_openalex),
        ({"is_oa": True, "best_oa_location": OPEN | change, "oa_locations": [change]}, from_unpaywall),
    )[which]
    with contextlib.suppress(Unreadable):
        assert reader(answer) is not None


def test_numbers_too_long_to_print_are_ignored():
    assert from_citoid([CITOID | {"volume": 10**5000}]).volume == ""
