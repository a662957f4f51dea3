"""A configuration made into a running bot."""

import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.answer import Answer
from bot.app.digest import Digests
from bot.app.duty import RHYTHMS, Duty
from bot.app.facts import FactAnswers, Renewal
from bot.app.gather import Gather
from bot.app.healths import LatestHealths
from bot.app.look import Looks
from bot.app.numbers import Numbers, Timings, source_numbers
from bot.app.outbox import Channel
from bot.app.readiness import Readiness, answers
from bot.app.revision import CountedIntake, Revision
from bot.app.search import Searches
from bot.app.timed import Timed
from bot.catalogue import words as words_of
from bot.config.load import Config
from bot.console.file_channel import FileChannel
from bot.console.once import Once
from bot.console.session import Ready, Session
from bot.console.signals import Work
from bot.console.terminal import Terminal
from bot.console.terminal_channel import TerminalChannel
from bot.core.errors import StoreError
from bot.store.alone import alone
from bot.store.archive import Archive
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.extracts import Extracts
from bot.store.factbook import FactBook
from bot.store.healths import Healths
from bot.store.intake import Intake
from bot.store.search import Search
from bot.wiring.delivery import Delivery, delivery
from bot.wiring.parts import (
    ARCHIVE,
    HISTORY,
    POSTS,
    SystemClock,
    aliases,
    beat,
    calendar,
    folder,
)


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
    parts: "Parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the bot is put together from."""

    config: Config
    version: str
    database: Database
    gather: Gather
    answer: Answer
    delivery: Delivery
    timings: Timings
    #: Where the channel of that name prints.
    terminal: Terminal


@asynccontextmanager
async def built(config: Config, *, version: str, posts: bool = False) -> AsyncIterator[Bot]:
    """Open what the bot needs and close it at the end.

    One that ``posts`` holds the data folder meanwhile; only it may go on duty. An archive that
    cannot be opened is replaced by one in memory, and the bot's trouble says why. Raises
    ``BriefbotError`` when another process holds the folder.
    """
    async with AsyncExitStack() as stack:
        trouble = ""
        try:
            if posts:
                now = SystemClock().now()
                await stack.enter_async_context(alone(config.data_dir, pid=os.getpid(), now=now))
            path = config.data_dir / ARCHIVE
            database = await stack.enter_async_context(open_database(path))
        except StoreError as error:
            trouble = str(error)
            database = await stack.enter_async_context(open_database(None))
        words = words_of(config.digest.language)
        made = parts(config, database, version=version, posts=posts)
        session = Session(
            gather=made.gather,
            answer=Timed(made.answer, made.timings),
            words=words,
            keep_days=config.retention.articles_days,
            history=config.data_dir / HISTORY,
            typed=sys.stdin,
            out=sys.stdout,
            screen=sys.stderr,
            posts=made.terminal,
        )
        once = Once(
            gather=made.gather,
            answer=made.answer,
            words=words,
            calendar=calendar(config.digest.title),
        )
        yield Bot(
            session=session,
            once=once,
            archive=database.path,
            new=database.new,
            trouble=trouble,
            parts=made,
        )


@asynccontextmanager
async def on_duty(bot: Bot, *, serve: bool) -> AsyncIterator[Callable[[Ready], Work]]:
    """Give what the bot does beside the talk.

    With ``serve`` its health and its numbers are served over HTTP meanwhile. Raises
    ``ConfigError`` when nothing can be served there.
    """
    from bot.timetable.bell import open_bell  # noqa: PLC0415 - loads APScheduler, only to run

    made, clock = bot.parts, SystemClock()
    delivering, url = made.delivery, made.config.environment.heartbeat_url
    ready = Readiness(
        {
            "archive": answers(made.answer.digests.archive.count),
            "delivery": delivering.pulse,
        }
    )
    async with AsyncExitStack() as stack:
        bell = await stack.enter_async_context(open_bell(RHYTHMS))
        heartbeat = None
        if serve and url is not None:
            heartbeat = await _heartbeat(stack, url.get_secret_value(), ready)
        if serve:
            await _serve(stack, made, ready)
        duty = Duty(
            engine=delivering.engine.run,
            publish=delivering.publish,
            lives=delivering.lives,
            declare=delivering.declare,
            clean=lambda: delivering.clean(clock.now()),
            heartbeat=heartbeat,
            clock=clock,
            pulse=delivering.pulse,
        )
        yield lambda waits: duty.keep(bell.rings, ready=waits)


async def _heartbeat(
    stack: AsyncExitStack, url: str, ready: Readiness
) -> Callable[[], Awaitable[None]]:
    from bot.app.heartbeat import Heartbeat  # noqa: PLC0415 - only where somebody listens
    from bot.web.heartbeat import open_call  # noqa: PLC0415 - loads httpx

    call = await stack.enter_async_context(open_call(url))
    return Heartbeat(call, ready=ready).beat


async def _serve(stack: AsyncExitStack, made: Parts, ready: Readiness) -> None:
    from bot.web.health import health_routes  # noqa: PLC0415 - loads aiohttp, only to stay
    from bot.web.metrics import metrics_routes  # noqa: PLC0415 - see above
    from bot.web.server import Server  # noqa: PLC0415 - see above

    async def numbers() -> Numbers:
        engine = made.delivery.engine
        healths = await made.answer.digests.checked()
        return Numbers(
            version=made.version,
            counts=made.delivery.counts,
            queue=engine.depth,
            queue_age=engine.age,
            sources=source_numbers(healths, SystemClock().now()),
            answers=made.timings.spreads(),
        )

    environment = made.config.environment
    server = Server(host=environment.http_host, port=environment.http_port)
    server.add_routes((*health_routes(ready), *metrics_routes(numbers)))
    await stack.enter_async_context(server.open())


def parts(config: Config, database: Database, *, version: str, posts: bool) -> Parts:
    """Return the bot put together over that database."""
    words = words_of(config.digest.language)
    sources = [folder(source, config.digest) for source in config.sources]
    clock, healths, revision = SystemClock(), LatestHealths(Healths(database)), Revision()
    digests = Digests(
        archive=Archive(database),
        healths=healths,
        clock=clock,
        beat=beat(config, tuple(source.name for source in sources)),
    )
    editions, renewal = Editions(database), Renewal(extracts=Extracts(database))
    terminal = Terminal(sys.stdout)
    channels = _channels(config, terminal)
    looks = Looks(digests=digests, revision=revision)
    delivering = delivery(config, database, looks=looks, channels=channels, posts=posts)
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
            aliases=aliases(config),
        ),
        searches=Searches(
            search=Search(database),
            archive=digests.archive,
            clock=clock,
            gazetteer=digests.beat.gazetteer,
        ),
        settings=delivering.settings,
        words=words,
        version=version,
        archive_file=str(database.path) if database.path else None,
    )
    gather = Gather(
        sources=sources,
        intake=CountedIntake(Intake(database), revision),
        healths=healths,
        clock=clock,
        renewal=renewal,
    )
    return Parts(
        config=config,
        version=version,
        database=database,
        gather=gather,
        answer=answer,
        delivery=delivering,
        timings=Timings(time.monotonic),
        terminal=terminal,
    )


def _channels(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """Return the ways to chats, by the names that destinations give."""
    return {
        "terminal": TerminalChannel(terminal),
        "file": FileChannel(config.data_dir / POSTS),
    }
