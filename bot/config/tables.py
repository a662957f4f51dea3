"""The tables of the configuration file; each field's description says what is right there."""

import zoneinfo
from collections.abc import Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from bot.config.source_tables import (
    TABLES_OF_SOURCES,
    Feeds,
    Fetch,
    Folder,
    FolderSource,
    Source,
    Table,
    Title,
)
from bot.core.timing import Timed, read_timing


@cache
def zones() -> frozenset[str]:
    """Return the names of all time zones, which are looked for in many folders."""
    return frozenset(zoneinfo.available_timezones())


def _known_zone(name: str) -> str:
    if name not in zones():
        raise ValueError(name)
    return name


def _timed(typed: str) -> str:
    if not isinstance(read_timing(typed, zones()), Timed):
        raise ValueError(typed)  # noqa: TRY004 - the type of what was read, not of what was given
    return typed


def _below(address: str) -> str:
    if not address.startswith("file:"):
        return address
    path = PurePosixPath(address.removeprefix("file:"))
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(address)
    return address


Zone = Annotated[str, AfterValidator(_known_zone)]
When = Annotated[str, AfterValidator(_timed)]
# A chat's number on Telegram, and a topic in it. What happens there bears the number, and a public
# name can pass to somebody else.
_TELEGRAM = r"telegram:-?[1-9][0-9]{0,15}(/[1-9][0-9]{0,9})?"
Address = Annotated[
    str,
    Field(pattern=rf"^(terminal|{_TELEGRAM}|file:\PC{{1,200}})$"),
    AfterValidator(_below),
]
_ADDRESSES: TypeAdapter[str] = TypeAdapter(Address)
Person = Annotated[str, Field(pattern=r"^telegram:[1-9][0-9]{0,15}$")]

_WHEN = 'a time and days as /schedule takes them, in quotes: "8am weekdays Astana"'
_ADDRESS = (
    'a destination in quotes: "terminal", "telegram:-1001234567890" (the number that the bot says'
    ' when it is added to the chat, no @name), or "file:" and a file below DATA_DIR/posts'
)


def is_address(text: str) -> bool:
    """Say whether a text names a destination that the bot may post to."""
    try:
        _ADDRESSES.validate_python(text)
    except ValidationError:
        return False
    return True


class Digest(Table):
    """What a digest covers and how long it is."""

    title: Title = Field(default="SCO", description="a name of 1 to 60 characters, in quotes")
    lines: int = Field(default=3, ge=1, le=7, description="a whole number from 1 to 7")
    stories: int = Field(default=10, ge=1, le=50, description="a whole number from 1 to 50")
    zone: Zone = Field(default="Asia/Almaty", description='a time zone such as "Asia/Almaty"')
    language: Literal["en"] = Field(
        default="en", description='"en", the only language there is yet'
    )
    max_age_days: int = Field(default=3, ge=1, le=365, description="a whole number from 1 to 365")
    gazetteer: Folder | None = Field(
        default=None, description='the path of a gazetteer, in quotes: "sco.toml"'
    )


class Retention(Table):
    """How long things are kept, in days."""

    articles_days: int = Field(
        default=365, ge=1, le=36500, description="a whole number from 1 to 36500"
    )
    #: What was posted, and what became of it.
    delivery_days: int = Field(
        default=90, ge=7, le=36500, description="a whole number from 7 to 36500"
    )
    #: All that is kept of a chat, once the bot was removed from it.
    removed_days: int = Field(
        default=30, ge=0, le=3650, description="a whole number from 0 to 3650"
    )


class Proposal(Table):
    """The time that a chat is offered which has not chosen one."""

    when: When = Field(default="8am weekdays", description=_WHEN)


class Subscription(Table):
    """A chat that the operator subscribes."""

    to: Address = Field(description=_ADDRESS)
    when: When = Field(description=_WHEN)
    topics: tuple[Title, ...] = Field(
        default=(), strict=False, max_length=20, description="a list of at most 20 words or names"
    )
    length: Literal["short", "standard", "long"] = Field(
        default="standard", description='"short", "standard" or "long"'
    )
    language: Literal["en"] | None = Field(None, description='"en", the only language there is yet')
    silent: bool = Field(default=False, description="true or false")
    quiet: Literal["post", "skip"] = Field(default="post", description='"post" or "skip"')
    grace_hours: int = Field(default=6, ge=1, le=168, description="a whole number from 1 to 168")


class Operator(Table):
    """Who runs the bot: where it tells them what they should mend, and how chats reach them."""

    destination: Address | None = Field(default=None, description=_ADDRESS)
    contact: Title | None = Field(
        default=None, description='a name that people can write to, in quotes: "@anna"'
    )


class Access(Table):
    """Which chats are served."""

    mode: Literal["listed", "open"] = Field(default="listed", description='"listed" or "open"')
    #: Who is served alone with the bot, whatever the mode.
    people: tuple[Person, ...] = Field(
        default=(),
        strict=False,
        max_length=1000,
        description='a list of people by their numbers, in quotes: ["telegram:12345678"]',
    )


class Telegram(Table):
    """What is Telegram's alone."""

    #: Where the digests of a topic go once somebody has deleted it.
    deleted_topic: Literal["general", "stop"] = Field(
        default="general", description='"general" or "stop"'
    )


class Logs(Table):
    """How the log is written, to the standard error."""

    form: Literal["human", "json"] = Field(default="human", description='"human" or "json"')
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description='"debug", "info", "warning" or "error"'
    )


class Document(Table):
    """The file as a whole."""

    digest: Digest = Field(default=Digest(), description="a table that begins with [digest]")
    schedule: Proposal = Field(
        default=Proposal(), description="a table that begins with [schedule]"
    )
    operator: Operator = Field(
        default=Operator(), description="a table that begins with [operator]"
    )
    access: Access = Field(default=Access(), description="a table that begins with [access]")
    telegram: Telegram = Field(
        default=Telegram(), description="a table that begins with [telegram]"
    )
    logs: Logs = Field(default=Logs(), description="a table that begins with [logs]")
    retention: Retention = Field(
        default=Retention(), description="a table that begins with [retention]"
    )
    subscriptions: tuple[Subscription, ...] = Field(
        default=(), strict=False, description="tables, each beginning with [[subscriptions]]"
    )
    feeds: Feeds = Field(default=Feeds(), description="a table that begins with [feeds]")
    fetch: Fetch = Field(default=Fetch(), description="a table that begins with [fetch]")
    #: None of them need stand here where a pack brings some.
    sources: tuple[Source, ...] = Field(default=(), strict=False, description=TABLES_OF_SOURCES)


#: The tables of the file by their names.
TABLES: Mapping[str, type[Table]] = {
    "digest": Digest,
    "schedule": Proposal,
    "operator": Operator,
    "access": Access,
    "telegram": Telegram,
    "logs": Logs,
    "retention": Retention,
    "subscriptions": Subscription,
    "feeds": Feeds,
    "fetch": Fetch,
    "sources": FolderSource,
}
