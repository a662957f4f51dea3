"""The parts of the bot that stand for themselves: clock, sources, names, calendars."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.digest import Beat
from bot.app.roll import Roll, Tiers
from bot.config.load import Config
from bot.config.source_tables import FolderSource
from bot.config.tables import Digest
from bot.console.once import MakeCalendar
from bot.core.gazetteer import Gazetteer
from bot.core.languages import language as language_of
from bot.core.origin import Traced
from bot.core.page import Inline, Plain
from bot.core.values import Event
from bot.gazetteer import load as load_gazetteer
from bot.sources.folder import Folder
from bot.store.holding import held_if_free
from bot.telegram.address import contact_of

#: The archive's file, in the data folder.
ARCHIVE = "briefbot.db"

#: What was typed at the prompt, there too.
HISTORY = "history"

#: The folder of the files that digests are posted to, there too.
POSTS = "posts"

_MEGABYTE = 1_000_000


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return this moment, aware and in UTC."""
        return datetime.now(UTC)


def aliases(config: Config) -> Callable[[str], Sequence[str]]:
    """Return what gives the other names of somebody by one of them."""
    gazetteer, language = known(config), language_of(config.digest.language)
    return lambda name: gazetteer.names(name, language)


def calendar(title: str) -> MakeCalendar:
    """Return what makes calendar files of that title."""

    def made(events: Sequence[Traced[Event]]) -> tuple[bytes, int]:
        from bot.calendar import calendar_file  # noqa: PLC0415 - loads icalendar, seldom needed

        return calendar_file(events, title=title)

    return made


def contact(config: Config) -> Inline | None:
    """Return whom people turn to: an @name leads to Telegram, unless the bot is on Slack alone."""
    name, environment = config.operator.contact, config.environment
    if name and environment.telegram_bot_token is None and environment.slack_bot_token is not None:
        return Plain(name)
    return contact_of(name)


def folder(source: FolderSource, digest: Digest) -> Folder:
    """Return the watched folder that the configuration describes."""
    return Folder(
        source.name,
        Path(source.folder),
        publisher=source.publisher,
        language=source.language or digest.language,
        max_bytes=source.max_megabytes * _MEGABYTE,
        today=lambda: SystemClock().now().date(),
    )


def known(config: Config) -> Gazetteer:
    """Return who is who on the beat, or nobody where no gazetteer is named.

    Raises ``ConfigError`` when the file cannot be used.
    """
    name = config.digest.gazetteer
    return load_gazetteer(config.path.parent / name) if name else Gazetteer()


def free(config: Config, clock: SystemClock) -> AbstractAsyncContextManager[bool]:
    """Hold the data folder for a while if no other process does; say whether it is held."""
    return held_if_free(config.data_dir, pid=os.getpid(), now=clock.now())


def beat(config: Config, roll: Roll) -> Beat:
    """Return what is followed, from the sources of the roll as they are at any time."""
    digest = config.digest
    return Beat(
        title=digest.title,
        lines=digest.lines,
        stories=digest.stories,
        max_age_days=digest.max_age_days,
        zone=ZoneInfo(digest.zone),
        sources=roll,
        tiers=Tiers(roll),
        gazetteer=known(config),
    )
