"""A configuration made into a running bot: the only file that knows every room."""

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.answer import Answer
from bot.app.digest import Beat, Digests
from bot.app.facts import FactAnswers, Renewal
from bot.app.gather import Gather
from bot.app.healths import LatestHealths
from bot.app.search import Searches
from bot.catalogue import words as words_of
from bot.config.environment import Environment
from bot.config.load import Config, load
from bot.config.tables import Digest, FolderSource
from bot.console.checks import Check
from bot.console.look import described
from bot.console.once import MakeCalendar, Once
from bot.console.session import Session
from bot.core.errors import ConfigError, SourceError, StoreError
from bot.core.faults import fault_words
from bot.core.gazetteer import Gazetteer
from bot.core.languages import language as language_of
from bot.core.origin import Traced
from bot.core.values import Event, Fault
from bot.core.wording import Words
from bot.gazetteer import load as load_gazetteer
from bot.sources.folder import Folder
from bot.store.archive import Archive
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.extracts import Extracts
from bot.store.factbook import FactBook
from bot.store.healths import Healths
from bot.store.inspection import inspect
from bot.store.intake import Intake
from bot.store.search import Search

#: The archive's file, in the data folder.
ARCHIVE = "briefbot.db"

#: What was typed at the prompt, there too.
HISTORY = "history"

_MEGABYTE = 1_000_000


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return this moment, aware and in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """The use cases with all they need."""

    session: Session
    once: Once
    #: Where the archive is, or None when it is in memory only.
    archive: Path | None
    #: Whether the archive was made just now.
    new: bool
    #: Why the archive is in memory only: a sentence, or nothing.
    trouble: str


@asynccontextmanager
async def built(config: Config, *, version: str) -> AsyncIterator[Bot]:
    """Open what the bot needs and close it at the end.

    An archive that cannot be opened is replaced by one in memory, and the bot's trouble says why.
    """
    async with AsyncExitStack() as stack:
        trouble = ""
        try:
            path = config.data_dir / ARCHIVE
            database = await stack.enter_async_context(open_database(path))
        except StoreError as error:
            trouble = str(error)
            database = await stack.enter_async_context(open_database(None))
        words = words_of(config.digest.language)
        gather, answer = _use_cases(config, database, words=words, version=version)
        yield Bot(
            session=Session(
                gather=gather,
                answer=answer,
                words=words,
                keep_days=config.retention.articles_days,
                history=config.data_dir / HISTORY,
                typed=sys.stdin,
                out=sys.stdout,
                screen=sys.stderr,
            ),
            once=Once(
                gather=gather, answer=answer, words=words, calendar=_calendar(config.digest.title)
            ),
            archive=database.path,
            new=database.new,
            trouble=trouble,
        )


async def examine(path: Path | None = None) -> tuple[Check, ...]:
    """Look at every part of the bot, whatever state the configuration is in."""
    environment = Environment()
    config = None
    try:
        config = load(path, environment=environment)
        known(config)
        configuration = Check(part="configuration", found=str(config.path))
    except ConfigError as error:
        broken = tuple(str(error).splitlines())
        configuration = Check(part="configuration", found="", broken=broken)
    sources = [await _source(each, config.digest) for each in config.sources] if config else []
    return (
        configuration,
        await _archive(environment.data_dir / ARCHIVE),
        *sources,
        _zone(config.digest.zone if config else None),
        Check(part="terminal", found=described(sys.stdout)),
    )


async def _archive(path: Path) -> Check:
    try:
        found = await inspect(path)
    except StoreError as error:
        return Check(part="archive", found=str(path), broken=(str(error),))
    if not found.writable:
        mend = f"{path.parent} cannot be written. Mend that, or name another folder in DATA_DIR."
        return Check(part="archive", found=str(path), broken=(mend,))
    if not found.exists:
        return Check(part="archive", found=f"{path}, made at the first start")
    size = max(1, round(found.size / 1000))
    later = ", brought up to date at the next start" if found.older else ""
    holds = f"schema {found.schema}, {found.articles} articles, {size} kB{later}"
    return Check(part="archive", found=f"{path}, {holds}")


async def _source(source: FolderSource, digest: Digest) -> Check:
    words = words_of(digest.language)
    count = 0
    faults: list[Fault] = []
    try:
        async for piece in folder(source, digest).read({}):
            if isinstance(piece, Fault):
                faults.append(piece)
            else:
                count += 1
    except SourceError as error:
        faults.append(error.fault)
    broken = tuple(fault_words(fault, words) for fault in faults)
    found = f"{source.folder}, {count} {'article' if count == 1 else 'articles'}"
    return Check(part=f"source {source.name}", found=found, broken=broken)


def _zone(name: str | None) -> Check:
    data = f"zone data {metadata.version('tzdata')}"
    if name is None:
        return Check(part="time zone", found=data)
    now = datetime.now(ZoneInfo(name))
    return Check(part="time zone", found=f"{name}, now {now:%H:%M} (UTC{now:%z}), {data}")


def _use_cases(
    config: Config, database: Database, *, words: Words, version: str
) -> tuple[Gather, Answer]:
    sources = [folder(source, config.digest) for source in config.sources]
    clock, healths = SystemClock(), LatestHealths(Healths(database))
    digests = Digests(
        archive=Archive(database),
        healths=healths,
        clock=clock,
        beat=_beat(config, tuple(source.name for source in sources)),
    )
    editions, renewal = Editions(database), Renewal(extracts=Extracts(database))
    answer = Answer(
        digests=digests,
        editions=editions,
        facts=FactAnswers(
            book=FactBook(database),
            renewal=renewal,
            editions=editions,
            clock=clock,
            words=words,
            zone=ZoneInfo(config.digest.zone),
            aliases=_aliases(config),
        ),
        searches=Searches(
            search=Search(database),
            archive=digests.archive,
            clock=clock,
            gazetteer=digests.beat.gazetteer,
        ),
        words=words,
        version=version,
        archive_file=str(database.path) if database.path else None,
    )
    gather = Gather(
        sources=sources,
        intake=Intake(database),
        healths=healths,
        clock=clock,
        renewal=renewal,
    )
    return gather, answer


def _aliases(config: Config) -> Callable[[str], Sequence[str]]:
    """Return what gives the other names of somebody by one of them."""
    gazetteer, language = known(config), language_of(config.digest.language)
    return lambda name: gazetteer.names(name, language)


def _calendar(title: str) -> MakeCalendar:
    def made(events: Sequence[Traced[Event]]) -> tuple[bytes, int]:
        from bot.calendar import calendar_file  # noqa: PLC0415 - loads icalendar, seldom needed

        return calendar_file(events, title=title)

    return made


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


def _beat(config: Config, sources: tuple[str, ...]) -> Beat:
    digest = config.digest
    return Beat(
        title=digest.title,
        lines=digest.lines,
        stories=digest.stories,
        max_age_days=digest.max_age_days,
        zone=ZoneInfo(digest.zone),
        sources=sources,
        gazetteer=known(config),
    )
