# SPDX-License-Identifier: MIT
"""The languages that are said to be complete are: nothing is missing, unsure, wrong or of texts that are gone."""

from scripts import messages

COMPLETE: tuple[str, ...] = ("ca", "de", "es", "fr")
"""The languages in which every text must be translated; a text that another one lacks is shown in English."""


def test_every_complete_language_has_every_text():
    template = messages.collect()
    faults = {
        language: list(messages.complaints_of(messages.LOCALES / f"{language}.po", template)) for language in COMPLETE
    }
    assert faults == {language: [] for language in COMPLETE}
