# SPDX-License-Identifier: MIT
"""What is said about entries: answers, lists of titles, and how a question that has no answer is met."""

from urllib.parse import urlsplit

from bot.kit import Button, Code, Field, Link, Markdown, Reply, Text, Tone, t

from .model import Entry

GREETING = t("I am glad to help. Ask me about Wikipedia and libraries, in your own words.")
NO_WORDS = t("I can only read words. Ask me a question, such as “How do I cite a book?”")
SUGGEST = t("I am not sure. Is it one of these?")
HANDOFF = t("That is something for a person with a library at hand. I can pass it on to the librarians here.")
HANDOFF_SEE = t("That is something for a person with a library at hand. I can pass it on, or you look at these first.")
UNKNOWN = t("I do not know that: it is not in the FAQ. A person may know.")
EMPTY_FAQ = t("The FAQ of this community is empty. A person may know.")

DECLINED = {
    "professional-advice": t(
        "I cannot advise on health, law or money. A librarian can help you to find good sources about it."
    ),
    "account-specific": t(
        "I cannot see or change anybody's account, and nobody here will ask for your password. "
        "The help pages of the wiki know what to do with accounts and passwords."
    ),
    "abuse": t("Let us keep it friendly. I am glad to help with a question about Wikipedia and libraries."),
}
ELSEWHERE = {
    "errand": t("I only answer questions, and cannot write or change anything for you. A person may help."),
    "contact-details": t("I keep no phone numbers or addresses. The organisation's own site has them."),
    "giving": t(
        "I cannot take gifts. For money to Wikipedia see donate.wikimedia.org; whether a library takes books, "
        "its desk knows."
    ),
    "live-data": t("I do not know what is going on right now. The wiki's own pages do."),
    "local-library": t("I do not know your library's hours, catalogue or rules. Ask its desk; it will be glad."),
    "general-knowledge": t(
        "I only know about Wikipedia and libraries. Volunteers at the reference desk answer other questions."
    ),
}
HELP_FOR = {
    "professional-advice": ("reference-desk", "reliable-source"),
    "account-specific": ("get-help",),
    "errand": ("get-help",),
    "giving": ("who-runs-wikipedia",),
    "live-data": ("get-help",),
    "local-library": ("get-help",),
    "general-knowledge": ("reference-desk", "get-help"),
    "reference-request": ("resource-exchange", "twl-eligibility"),
}
"""Entries that tell where people help, by kind of question."""

PEOPLE = (
    Link(t("Teahouse"), "https://en.wikipedia.org/wiki/Wikipedia:Teahouse"),
    Link(t("Help desk"), "https://en.wikipedia.org/wiki/Wikipedia:Help_desk"),
    Link(t("Reference desk"), "https://en.wikipedia.org/wiki/Wikipedia:Reference_desk"),
)


def answer(
    entry: Entry,
    note: Text,
    buttons: tuple[Button, ...] = (),
    *,
    fields: tuple[Field, ...] = (),
    tone: Tone = Tone.PLAIN,
) -> Reply:
    """Show an entry with the page that it rests on."""
    link, source = source_of(entry)
    return Reply(
        title=entry.content.question,
        text=Markdown(entry.content.answer),
        fields=(*source, *fields),
        link=link,
        note=note,
        tone=tone,
        buttons=buttons,
    )


def source_of(entry: Entry) -> tuple[Link | None, tuple[Field, ...]]:
    """Return the source as a link, or as a fact where it has no address."""
    content = entry.content
    if content.source_url:
        return Link(content.source_title or urlsplit(content.source_url).netloc, content.source_url), ()
    return None, ((Field(t("Source"), content.source_title),) if content.source_title else ())


def nobody_there(command: str) -> Reply:
    """Say honestly that a question reached nobody, and where people help."""
    return Reply(
        t(
            "Nobody has said where questions to librarians should go in this community, so I could not pass yours on. "
            "A moderator can name a place with {command}. Meanwhile volunteers help at the Teahouse and the Help desk "
            "of Wikipedia, and look things up at the Reference desk.",
            command=Code(command),
        ),
        fields=tuple(Field(t("Help"), link) for link in PEOPLE),
        tone=Tone.WARNING,
    )
