"""The tables of the configuration file; each field's description says what is right there."""

import zoneinfo
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.config.addresses import ADDRESS, Address, Person, SlackPerson
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


Zone = Annotated[str, AfterValidator(_known_zone)]
When = Annotated[str, AfterValidator(_timed)]
# As Slack takes it (manifest schema, slash_commands.command): 32 characters, none of them large.
Command = Annotated[str, Field(pattern=r"^/[\p{Ll}\p{Lo}0-9][\p{Ll}\p{Lo}0-9_-]{0,30}$")]

_WHEN = 'a time and days as /schedule takes them, in quotes: "8am weekdays Astana"'


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

    to: Address = Field(description=ADDRESS)
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
    #: Whether the stories of its digests stand without a thread, where there are any.
    flat: bool = Field(default=False, description="true or false")
    grace_hours: int = Field(default=6, ge=1, le=168, description="a whole number from 1 to 168")


class Operator(Table):
    """Who runs the bot: where it tells them what they should mend, and how chats reach them."""

    destination: Address | None = Field(default=None, description=ADDRESS)
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
        description=(
            "a list of people by the ids that the bot tells them, in quotes:"
            ' ["telegram:12345678", "slack:T0123/U0456"]'
        ),
    )


class Telegram(Table):
    """What is Telegram's alone."""

    #: Where the digests of a topic go once somebody has deleted it.
    deleted_topic: Literal["general", "stop"] = Field(
        default="general", description='"general" or "stop"'
    )


class Slack(Table):
    """What is Slack's alone."""

    #: What people type before a verb; the app's manifest says so, too.
    command: Command = Field(
        default="/brief",
        description='a slash and 1 to 31 small letters, digits or dashes, in quotes: "/brief"',
    )
    #: Who may change the settings of every channel, besides its creator and the workspace's admins.
    admins: tuple[SlackPerson, ...] = Field(
        default=(),
        strict=False,
        max_length=1000,
        description='a list of people by their ids, in quotes: ["slack:T0123/U0456"]',
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
    slack: Slack = Field(default=Slack(), description="a table that begins with [slack]")
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
    "slack": Slack,
    "logs": Logs,
    "retention": Retention,
    "subscriptions": Subscription,
    "feeds": Feeds,
    "fetch": Fetch,
    "sources": FolderSource,
}
