# SPDX-License-Identifier: MIT
"""The starter FAQ's data is complete, unambiguous and cleanly written, in every language that it ships in."""

import json
import re
import unicodedata
from collections import Counter
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

TRANSLATIONS = ("es", "fr", "de", "ca")
LANGUAGES = ("en", *TRANSLATIONS)
AUDIENCES = {"librarians", "wikimedians", "both"}
KEYS = {"slug", "question", "aliases", "answer", "source_title", "source_url"}
KEYS |= {"tags", "audience", "as_of", "translation_of", "reviewed"}
TAGS = {"accounts", "articles", "campaigns", "citations", "community", "copyright", "disputes", "drafts", "editing"}
TAGS |= {"events", "help", "images", "library-access", "policies", "safety", "sister-projects", "sources", "teaching"}
TAGS |= {"tools", "wikidata"}

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
URL = re.compile(r"https://[a-z0-9.-]+/(?:[A-Za-z0-9._~!$*+,;=:@/-]|%[0-9A-F]{2})*")
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\[[^][\n]+\]\(([^()\s]+)\)")
BOLD = re.compile(r"\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*")
EMPHASIS = re.compile(r"\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*")
NUMBERED = re.compile(r"^(\d+)\. ", re.MULTILINE)

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_translation = pytest.mark.parametrize("language", TRANSLATIONS)


def raw(language: str) -> str:
    return files("cogs.faq").joinpath("starter", f"{language}.json").read_text("utf-8")


def entries(language: str) -> list[dict[str, Any]]:
    return json.loads(raw(language))["entries"]


def slugs(language: str) -> list[str]:
    return [entry["slug"] for entry in entries(language)]


def wordings(entry: dict[str, Any]) -> list[str]:
    return [entry["question"], *entry["aliases"]]


def is_balanced(answer: str) -> bool:
    """Tell whether code, links and emphasis all close: nothing of their signs may be left without its partner."""
    rest = EMPHASIS.sub("", BOLD.sub("", LINK.sub("", CODE.sub("", answer))))
    return not set(rest) & set("`[]*")


@each_language
def test_a_file_names_its_language_and_month(language):
    found = json.loads(raw(language))
    assert set(found) == {"language", "as_of", "entries"}
    assert found["language"] == language
    assert MONTH.fullmatch(found["as_of"])


@each_language
def test_a_file_is_written_in_the_one_form_that_gives_small_diffs(language):
    text = raw(language)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
    assert text == unicodedata.normalize("NFC", text)


def test_english_covers_every_topic():
    assert len(slugs("en")) >= 106


@each_language
def test_slugs_are_unique_and_well_formed(language):
    assert [slug for slug, count in Counter(slugs(language)).items() if count > 1] == []
    assert [slug for slug in slugs(language) if not SLUG.fullmatch(slug)] == []


@each_translation
def test_every_entry_is_translated_in_the_order_of_the_english_ones(language):
    assert slugs(language) == slugs("en")


@each_translation
def test_translations_share_with_their_original_all_that_is_not_words(language):
    originals = {entry["slug"]: entry for entry in entries("en")}
    for entry in entries(language):
        original = originals[entry["slug"]]
        assert (entry["tags"], entry["audience"]) == (original["tags"], original["audience"])
        assert not set(wordings(entry)) & set(wordings(original))


@each_translation
def test_translations_lead_to_the_pages_that_their_original_leads_to(language):
    originals = {entry["slug"]: entry for entry in entries("en")}
    for entry in entries(language):
        assert LINK.findall(entry["answer"]) == LINK.findall(originals[entry["slug"]]["answer"]), entry["slug"]


@each_language
def test_an_entry_has_every_field(language):
    for entry in entries(language):
        assert set(entry) == KEYS, entry["slug"]
        assert MONTH.fullmatch(entry["as_of"])
        assert entry["translation_of"] == (None if language == "en" else "en")
        assert entry["reviewed"] is False
        assert entry["source_title"].strip()


@each_language
def test_an_entry_has_the_length_of_a_chat_message(language):
    for entry in entries(language):
        assert 10 <= len(entry["question"]) <= 200, entry["slug"]
        assert 20 <= len(entry["answer"]) <= 1800, entry["slug"]
        assert 3 <= len(entry["aliases"]) <= 12, entry["slug"]
        assert [alias for alias in entry["aliases"] if not 3 <= len(alias) <= 200] == []


@each_language
def test_an_entry_is_typographically_clean(language):
    for entry in entries(language):
        lines = [*wordings(entry), entry["source_title"], *entry["answer"].split("\n")]
        assert [line for line in lines if line != line.strip() or "  " in line or re.search(r"\s[,.]", line)] == []
        assert "\n\n\n" not in entry["answer"], entry["slug"]
        assert entry["question"].endswith("?")


def test_french_answers_keep_their_punctuation_on_the_line():
    """A plain space there would let a chat break the line before the sign."""
    loose = re.compile(r" [?!;:»]|« ")
    assert [entry["slug"] for entry in entries("fr") if loose.search(entry["answer"])] == []


@each_language
def test_an_entry_is_filed_under_known_words(language):
    for entry in entries(language):
        assert entry["audience"] in AUDIENCES, entry["slug"]
        assert 1 <= len(entry["tags"]) <= 3, entry["slug"]
        assert len(set(entry["tags"]) & TAGS) == len(entry["tags"]), entry["slug"]


def test_every_word_of_the_vocabulary_is_used():
    assert {tag for entry in entries("en") for tag in entry["tags"]} == TAGS


@each_language
def test_addresses_are_https_and_percent_encoded(language):
    for entry in entries(language):
        for url in (entry["source_url"], *LINK.findall(entry["answer"])):
            assert URL.fullmatch(url), url
            assert urlsplit(url).hostname
            assert "%25" not in url, f"{url} is encoded twice"
            assert " " not in unquote(url), f"{url} has a blank where wikis write an underscore"


@each_language
def test_the_markdown_of_answers_is_balanced(language):
    assert [entry["slug"] for entry in entries(language) if not is_balanced(entry["answer"])] == []


@pytest.mark.parametrize("broken", ["**bold", "an *emphasis", "`code", "[text](https://example.org", "text] only"])
def test_unbalanced_markdown_would_be_noticed(broken):
    assert not is_balanced(f"Some {broken} here.")


@each_language
def test_numbered_lists_count_from_one(language):
    for entry in entries(language):
        numbers = [int(number) for number in NUMBERED.findall(entry["answer"])]
        assert numbers == list(range(1, len(numbers) + 1)), entry["slug"]


@each_language
def test_no_wording_leads_to_two_entries(language):
    found = Counter(wording.casefold() for entry in entries(language) for wording in wordings(entry))
    assert [wording for wording, count in found.items() if count > 1] == []


@each_language
def test_no_alias_repeats_its_question_or_another_alias(language):
    for entry in entries(language):
        plain = [re.sub(r"\W+", " ", wording.casefold()).strip() for wording in wordings(entry)]
        assert len(set(plain)) == len(plain), entry["slug"]
