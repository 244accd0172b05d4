# SPDX-License-Identifier: MIT
"""What the document on Discord says is tested is."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_every_test_that_the_table_of_faults_names_exists():
    told = (ROOT / "docs" / "discord.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", told))
    written = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert len(named) > 25
    assert {name for name in named if f"def {name}(" not in written} == set()
    assert [path for path in re.findall(r"`(tests/[\w/.]+)`", told) if not (ROOT / path).exists()] == []
