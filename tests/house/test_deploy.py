# SPDX-License-Identifier: MIT
"""What is needed to deploy says what the code says."""

import re
from pathlib import Path

from bot.cli.exits import Exit
from bot.cli.run import STOP_SECONDS
from bot.config import Config, variable

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy" / "refdesk.service").read_text()
DOCKER = (ROOT / "Dockerfile").read_text()
LITESTREAM = (ROOT / "deploy" / "litestream.yml").read_text()
GUIDE = (ROOT / "docs" / "deploy.md").read_text()


def test_the_unit_does_not_restart_what_a_restart_does_not_mend():
    (listed,) = re.findall(r"^RestartPreventExitStatus=(.+)$", UNIT, re.MULTILINE)
    assert {int(each) for each in listed.split()} == {Exit.USAGE, Exit.CONFIG, Exit.DATABASE}


def test_the_unit_waits_for_longer_than_stopping_may_take():
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)
    assert int(seconds) > STOP_SECONDS


def test_the_image_runs_as_nobody_special_and_holds_every_package():
    assert re.search(r"^USER (?!root)\w+$", DOCKER, re.MULTILINE)
    assert not re.search(r"_TOKEN|PASSWORD", DOCKER)
    for package in ("bot", "cogs", "migrations"):
        assert f"COPY {package} {package}" in DOCKER
        assert f"!{package}" in (ROOT / ".dockerignore").read_text().splitlines()


def test_every_setting_that_is_named_exists():
    known = {variable(name) for name in Config.model_fields}
    for text in (UNIT, DOCKER, LITESTREAM, GUIDE):
        assert set(re.findall(r"\b(?:REFDESK|DISCORD|MATRIX)_[A-Z_]+", text)) <= known


def test_replicas_are_kept_for_as_long_as_people_are_told():
    (hours,) = re.findall(r"retention: (\d+)h", LITESTREAM)
    assert int(hours) == Config.model_fields["backup_days"].default * 24


def test_one_port_is_named_everywhere():
    assert set(re.findall(r"(?:127\.0\.0\.1:|METRICS_PORT=)(\d+)", UNIT + DOCKER + GUIDE)) == {"9469"}
