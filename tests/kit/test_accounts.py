# SPDX-License-Identifier: MIT
"""What names somebody's account is taken out of a text, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import without_accounts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ask @ana:example.org about it", "ask … about it"),
        ("ask <@123456> or <@!7> in <#89>", "ask … or … in …"),
        ("ask @ana.lib, please", "ask …, please"),
        ("see User:Zdenka_K, and Benutzerin_Diskussion:Ana", "see …, and …"),
        ("see [[Usuari:Ana Lib|Ana]] and [[:ca:User talk:Ana]]", "see … and …"),
        ("write to desk@example.org", "write to desk@example.org"),
        ("which user: any of us? At 5 @ noon", "which user: any of us? At 5 @ noon"),
    ],
)
def test_accounts_are_taken_out(text, kept):
    assert without_accounts(text) == kept


def test_what_stands_for_an_account_can_be_chosen():
    assert without_accounts("ask @ana", "somebody") == "ask somebody"


@given(st.text(max_size=200))
def test_taking_accounts_out_never_fails_and_adds_nothing(text):
    assert len(without_accounts(text)) <= len(text)
