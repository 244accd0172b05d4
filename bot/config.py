# SPDX-License-Identifier: MIT
"""The operator's settings: read from the environment and from `.env`, checked at start.

`.env.example` is generated from this class (`python scripts/env_example.py`), so it cannot drift.
"""

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.kit.errors import RefdeskError

PREFIX = "REFDESK_"
ENV_FILE = Path(".env")

_TO_WRITE = {"bool_parsing": "write yes or no", "int_parsing": "write a number", "float_parsing": "write a number"}
_OWNER = re.compile(r"[a-z]+:\S+")
_SERVICE = re.compile(r"[a-z]+=https?://[^\s/]+\S*")
_CONTACT = re.compile(r"https?://[^\s/]+\S*|[^\s@]+@[^\s@]+\.[^\s@]+")


class ConfigError(RefdeskError):
    """A setting of the operator's cannot be used; the message says which and what to do."""


def _either(name: str) -> AliasChoices:
    """Let a setting be given by its common name or by one with our prefix."""
    return AliasChoices(name, f"{PREFIX}{name}")


Names = Annotated[tuple[str, ...], NoDecode]
"""Several words, written with commas between them or as a JSON list."""


class Config(BaseSettings):
    """What the volunteer who runs the bot decides; communities decide the rest in the chat."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",  # a byte order mark from a Windows editor is no part of the first name
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    database: Path = Field(
        Path("data/refdesk.db"),
        description="Where everything is kept. One file on a local disk; backed up before upgrades.",
    )
    cache: Path | None = Field(
        None,
        description="A folder for what can be made again, some 65 MB. Empty: `cache`, beside the database.",
    )
    discord_token: SecretStr | None = Field(
        None,
        validation_alias=_either("DISCORD_TOKEN"),
        description="The token of the bot's Discord application. Set it to run the bot on Discord.",
    )
    discord_sharded: bool = Field(
        False,
        validation_alias=_either("DISCORD_SHARDED"),
        description="Whether to keep several connections to Discord, as it advises; from some 2,000 servers on.",
    )
    discord_api_url: str = Field(
        "",
        validation_alias=_either("DISCORD_API_URL"),
        description="A proxy of Discord's API, such as https://proxy.example.org/api/v10. Empty: Discord itself.",
    )
    discord_gateway_url: str = Field(
        "",
        validation_alias=_either("DISCORD_GATEWAY_URL"),
        description="A proxy of Discord's gateway, such as wss://proxy.example.org. Empty: Discord itself.",
    )
    matrix_homeserver: str = Field(
        "",
        validation_alias=_either("MATRIX_HOMESERVER"),
        description="The homeserver of the bot's Matrix account: https://matrix.example.org",
    )
    matrix_user: str = Field(
        "", validation_alias=_either("MATRIX_USER"), description="The bot's Matrix account: @refdesk:example.org"
    )
    matrix_password: SecretStr | None = Field(
        None, validation_alias=_either("MATRIX_PASSWORD"), description="The password of that account."
    )
    matrix_access_token: SecretStr | None = Field(
        None,
        validation_alias=_either("MATRIX_ACCESS_TOKEN"),
        description="Instead of the password: a token of a device that no other program uses.",
    )
    matrix_device_id: str = Field(
        "", validation_alias=_either("MATRIX_DEVICE_ID"), description="The device that the token is of."
    )
    matrix_store: Path = Field(
        Path("data/matrix"),
        validation_alias=_either("MATRIX_STORE"),
        description="The folder of the bot's Matrix keys. Keep it private; `refdesk backup` copies the identity in it.",
    )
    matrix_invites: Names = Field(
        (),
        validation_alias=_either("MATRIX_INVITES"),
        description="Who may invite the bot, with commas between: example.org, @ana:example.com. Empty: everybody.",
    )
    matrix_pace: float = Field(
        1.0,
        gt=0,
        le=50,
        validation_alias=_either("MATRIX_PACE"),
        description="How many posts a second the homeserver takes from the bot; more where it is exempt from limits.",
    )
    owners: Names = Field(
        (), description="Who owns the bot, with commas between: discord:123456789, matrix:@ana:example.org"
    )
    cogs: Names = Field((), description="The features to load, with commas between: faq, help. Empty: all.")
    contact: str = Field(
        "", description="A web page or an e-mail address, told to the services that the bot asks (they insist on one)."
    )
    unpaywall_email: str = Field(
        "", description="Your e-mail address for Unpaywall, which finds free copies. Empty: it is not asked."
    )
    openalex_key: SecretStr | None = Field(
        None, description="Your key for OpenAlex, which finds free copies and retractions. Empty: it is not asked."
    )
    services: Names = Field(
        (),
        description="Other addresses of services, with commas between: citoid=https://mirror.example.org/citation",
    )
    models: bool = Field(
        True,
        description="Whether the FAQ understands sentences by a model (some 130 MB of memory); else words decide.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="console writes lines for people, json writes JSON lines for machines."
    )

    metrics_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="A port on 127.0.0.1 for /health and Prometheus /metrics, such as 9469. 0: none.",
    )
    calendar_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="A port for communities' calendars, which programs subscribe to, such as 9470. 0: none.",
    )
    calendar_host: str = Field(
        "127.0.0.1",
        description="Where that port listens. Leave it on this machine, behind a web server that speaks HTTPS.",
    )
    calendar_url: str = Field(
        "", description="How that port is reached from outside, as people are told it: https://bot.example.org"
    )
    backup_days: int = Field(
        30, ge=1, le=3650, description="For how many days you keep backups and replicas; /privacy tells people."
    )
    log_days: int = Field(7, ge=1, le=365, description="For how many days you keep logs; /privacy tells people.")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed or logged."""
        found = (getattr(self, name) for name in type(self).model_fields)
        return tuple(value.get_secret_value() for value in found if isinstance(value, SecretStr))

    @property
    def calendar_address(self) -> str:
        """How calendars are reached; empty where none are served."""
        if not self.calendar_port:
            return ""
        return self.calendar_url or f"http://{self.calendar_host}:{self.calendar_port}"

    @field_validator("owners", "cogs", "services", "matrix_invites", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not value.strip().startswith("["):
            return tuple(part for part in re.split(r"[,\s]+", value) if part)
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError("write the words with commas between them, without brackets") from None

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _fold(cls, value: Any) -> Any:
        known = {word.casefold(): word for word in ("DEBUG", "INFO", "WARNING", "ERROR", "console", "json")}
        return known.get(value.strip().casefold(), value) if isinstance(value, str) else value

    @property
    def cache_folder(self) -> Path:
        """Where what can be made again lies."""
        return self.cache or self.database.parent / "cache"

    @field_validator("database", "matrix_store", "cache")
    @classmethod
    def _place(cls, folder: Path | None) -> Path | None:
        try:
            return folder.expanduser() if folder is not None else None
        except RuntimeError:
            raise ValueError("there is no such home folder; write the whole path") from None

    @field_validator("owners")
    @classmethod
    def _check_owners(cls, owners: tuple[str, ...]) -> tuple[str, ...]:
        for owner in owners:
            if not _OWNER.fullmatch(owner):
                raise ValueError(f'"{owner}" must look like discord:123456789 or matrix:@ana:example.org')
        return owners

    @field_validator("services")
    @classmethod
    def _check_services(cls, services: tuple[str, ...]) -> tuple[str, ...]:
        for service in services:
            if not _SERVICE.fullmatch(service):
                raise ValueError(f'"{service}" must look like citoid=https://mirror.example.org/citation')
        return services

    @field_validator("unpaywall_email")
    @classmethod
    def _check_email(cls, address: str) -> str:
        if address and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", address.strip()):
            raise ValueError("this must be an e-mail address, such as me@example.org")
        return address.strip()

    @field_validator("contact")
    @classmethod
    def _check_contact(cls, contact: str) -> str:
        if contact and not _CONTACT.fullmatch(contact.strip()):
            raise ValueError("this must be a web page or an e-mail address, such as https://example.org/refdesk")
        return contact.strip()

    @field_validator("discord_api_url", "discord_gateway_url")
    @classmethod
    def _check_proxy(cls, address: str, info: ValidationInfo) -> str:
        schemes = ("ws", "wss") if info.field_name == "discord_gateway_url" else ("http", "https")
        if address and not re.fullmatch(rf"({'|'.join(schemes)})://[^\s/]+\S*", address):
            raise ValueError(f"this must be an address that begins with {schemes[1]}://")
        return address.rstrip("/")

    @field_validator("calendar_url")
    @classmethod
    def _check_calendar_url(cls, address: str) -> str:
        if address and not re.fullmatch(r"https?://[^\s/]+\S*", address):
            raise ValueError("this must be an address such as https://bot.example.org")
        return address.rstrip("/")

    @field_validator("matrix_homeserver")
    @classmethod
    def _check_homeserver(cls, address: str) -> str:
        if address and not re.fullmatch(r"https?://[^\s/]+/?", address):
            raise ValueError("this must be an address such as https://matrix.example.org")
        return address.rstrip("/")

    @field_validator("matrix_user")
    @classmethod
    def _check_user(cls, user: str) -> str:
        if user and not re.fullmatch(r"@[^\s:]+:\S+", user):
            raise ValueError("this must be a whole account name such as @refdesk:example.org")
        return user


def read_config(**overrides: object) -> Config:
    """Read the operator's settings; raises ConfigError in plain words, without any value that may be secret."""
    try:
        return Config(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        found = "\n".join(f"  {_where(each)}: {_what(each)}" for each in error.errors(include_input=False))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise ConfigError(f"The file {ENV_FILE} cannot be read: {reason}.") from None
    # Raised here, outside of the handler: a traceback must not lead to what was typed.
    raise ConfigError(f"These settings cannot be used:\n{found}")


def read_what_is_well(**overrides: object) -> Config:
    """Read the operator's settings with the default in place of each that cannot be used."""
    try:
        return Config(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        bad = {str(each["loc"][0]) for each in error.errors(include_input=False) if each["loc"]}
    except (OSError, ValueError):
        return Config(_env_file=None, **overrides)  # type: ignore[arg-type, call-arg]
    fields = Config.model_fields.items()
    defaults = {name: field.default for name, field in fields if bad & {name, *variables(name)}}
    return Config(**(overrides | defaults))  # type: ignore[arg-type]


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return variables(name)[0]


def variables(name: str) -> tuple[str, ...]:
    """Return every environment variable by which a setting may be given, the usual one first."""
    alias = Config.model_fields[name.lower()].validation_alias
    if isinstance(alias, AliasChoices):
        return tuple(str(choice) for choice in alias.choices)
    return (f"{PREFIX}{name.upper()}",)


def example() -> str:
    """Return the text of `.env.example`: every setting with what it is for and its default."""
    lines = ["# Copy this file to .env and change what you need. Generated from bot/config.py.", ""]
    for name, field in Config.model_fields.items():
        lines += [f"# {field.description}", f"#{variable(name)}={_shown(field.default)}", ""]
    return "\n".join(lines)


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "" if default is None or default == () else str(default)


def _where(error: Any) -> str:
    if not error["loc"]:
        return "The settings"
    name = str(error["loc"][0])
    return variable(name) if name in Config.model_fields else name.upper()


def _what(error: Any) -> str:
    said = str(error["msg"]).removeprefix("Value error, ")
    return _TO_WRITE.get(error["type"]) or said[:1].lower() + said[1:]
