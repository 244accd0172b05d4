# SPDX-License-Identifier: MIT
"""The operator's settings: read from the environment and from `.env`, checked at start.

`.env.example` is generated from this class (`python scripts/env_example.py`), so it cannot drift.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.kit.errors import RefdeskError


class ConfigError(RefdeskError):
    """A setting of the operator's cannot be used; the message says which and what to do."""


class Config(BaseSettings):
    """What the volunteer who runs the bot decides; communities decide the rest in the chat."""

    model_config = SettingsConfigDict(env_prefix="REFDESK_", env_file=".env", extra="ignore", frozen=True)

    database: Path = Field(
        Path("data/refdesk.db"),
        description="Where everything is kept. One file on a local disk; backed up before upgrades.",
    )
    owners: tuple[str, ...] = Field(
        (),
        description='Who owns the bot: a JSON list of "platform:id": ["discord:123456789", "matrix:@ana:example.org"].',
    )
    cogs: tuple[str, ...] = Field((), description='The features to load, as a JSON list: ["faq", "help"]. Empty: all.')
    contact: str = Field(
        "", description="A web page or an e-mail address, told to the services that the bot asks (they insist on one)."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")
    log_format: Literal["console", "json"] = Field(
        "console", description="Lines for people, or JSON lines for machines."
    )
    models: bool = Field(
        True,
        description="Whether the FAQ understands sentences by a model (some 130 MB of memory); else words decide.",
    )
    handler_seconds: float = Field(60.0, gt=0, le=600, description="Seconds that a command may take at most.")

    @field_validator("owners")
    @classmethod
    def _check_owners(cls, owners: tuple[str, ...]) -> tuple[str, ...]:
        for owner in owners:
            if not all(owner.partition(":")[::2]):
                raise ValueError(f'"{owner}" must look like "discord:123456789" or "matrix:@ana:example.org"')
        return owners


def read_config(**overrides: object) -> Config:
    """Read the operator's settings; raises ConfigError in plain words."""
    try:
        return Config(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"REFDESK_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise ConfigError("These settings cannot be used:\n  " + "\n  ".join(lines)) from error
    except ValueError as error:
        raise ConfigError(f"A setting cannot be read: {error}. Lists are written as JSON.") from error


def example() -> str:
    """Return the text of `.env.example`: every setting with what it is for and its default."""
    lines = ["# Copy this file to .env and change what you need. Generated from bot/config.py.", ""]
    for name, field in Config.model_fields.items():
        lines += [f"# {field.description}", f"#{_variable(name)}={_shown(field.default)}", ""]
    return "\n".join(lines)


def _variable(name: str) -> str:
    field = Config.model_fields[name]
    return str(field.validation_alias) if field.validation_alias else f"REFDESK_{name.upper()}"


def _shown(default: object) -> str:
    if default is None:
        return ""
    return "[]" if default == () else str(default)
