# SPDX-License-Identifier: MIT
"""Reads OpenAlex's works (developers.openalex.org)."""

from typing import Any

from cogs.requests.dates import of_parts, parse_date
from cogs.requests.identifiers import Scheme
from cogs.requests.metadata import junk
from cogs.requests.metadata.model import FreeCopy, Unreadable
from cogs.requests.work import Kind, Name, Work

_KINDS = {
    "book": Kind.BOOK,
    "book-chapter": Kind.CHAPTER,
    "dissertation": Kind.THESIS,
    "reference-entry": Kind.ENCYCLOPEDIA,
    "preprint": Kind.WEB,
}


def from_openalex(data: Any) -> Work:
    """Read one work, with whether it was retracted. Raises Unreadable."""
    answer = _checked(data)
    biblio, ids = junk.sub(answer, "biblio"), junk.sub(answer, "ids")
    source = junk.sub(junk.sub(answer, "primary_location"), "source")
    year = answer.get("publication_year")
    pages = [junk.text(biblio.get(key)) for key in ("first_page", "last_page")]
    retracted = answer.get("is_retracted")
    return Work(
        kind=_KINDS.get(junk.text(answer.get("type")), Kind.JOURNAL),
        title=junk.title(answer.get("display_name") or answer.get("title")),
        authors=tuple(
            Name(name)
            for each in junk.objects(junk.items(answer, "authorships"))
            if (name := junk.text(junk.sub(each, "author").get("display_name")))
        ),
        container=junk.text(source.get("display_name")),
        volume=junk.text(biblio.get("volume")),
        issue=junk.text(biblio.get("issue")),
        pages="-".join(dict.fromkeys(filter(None, pages))),
        date=parse_date(junk.text(answer.get("publication_date"))) or of_parts(year if type(year) is int else None),
        issn=junk.identifier(Scheme.ISSN, [source.get("issn_l"), *junk.items(source, "issn")]),
        doi=junk.identifier(Scheme.DOI, [answer.get("doi"), ids.get("doi")]),
        pmid=junk.identifier(Scheme.PMID, [junk.text(ids.get("pmid")).rstrip("/").rpartition("/")[2]]),
        pmcid=junk.identifier(Scheme.PMCID, [junk.text(ids.get("pmcid")).rstrip("/").rpartition("/")[2]]),
        language=junk.text(answer.get("language")),
        retracted=retracted if isinstance(retracted, bool) else None,
    )


def free_copies_of(data: Any) -> tuple[FreeCopy, ...]:
    """Read the best free copy that OpenAlex knows of a work. Raises Unreadable."""
    answer = _checked(data)
    best = junk.sub(answer, "best_oa_location")
    access = junk.sub(answer, "open_access")
    url = junk.address(best.get("pdf_url")) or junk.address(best.get("landing_page_url"))
    url = url or (junk.address(access.get("oa_url")) if access.get("is_oa") is True else "")
    if not url or best.get("is_oa") is False:
        return ()
    host = junk.text(junk.sub(best, "source").get("display_name"))
    return (FreeCopy(url, "OpenAlex", host, junk.text(best.get("version")), junk.text(best.get("license"))),)


def _checked(data: Any) -> dict[str, Any]:
    answer = junk.mapping(data)
    if not junk.text(answer.get("id")) or "error" in answer:
        raise Unreadable("OpenAlex sent no work")
    return answer
