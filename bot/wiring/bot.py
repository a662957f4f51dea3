"""A configuration made into a running bot."""

import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.answer import Answer
from bot.app.digest import Digests
from bot.app.facts import FactAnswers, Renewal
from bot.app.feeds import Feeding
from bot.app.feeds_beside import FeedsIfFree
from bot.app.gather import Gather
from bot.app.healths import LatestHealths
from bot.app.linked import LinkedBriefs
from bot.app.look import Looks
from bot.app.numbers import Timings
from bot.app.outages import ToldHealths
from bot.app.revision import CountedIntake, Revision
from bot.app.roll import Roll
from bot.app.search import Searches
from bot.app.spoken import Spoken
from bot.app.timed import Timed
from bot.app.tongues import Tongues
from bot.app.why import Whys
from bot.catalogue import languages
from bot.catalogue import words as words_of
from bot.config.feed_settings import feed_settings
from bot.config.load import Config
from bot.config.source_tables import FolderSource
from bot.console.notes import LoggedNotes
from bot.console.once import Once
from bot.console.session import Session
from bot.core.errors import StoreError
from bot.store.added import Added
from bot.store.alone import alone
from bot.store.archive import Archive
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.extracts import Extracts
from bot.store.factbook import FactBook
from bot.store.healths import Healths
from bot.store.intake import Intake
from bot.store.search import Search
from bot.wiring.channels import Ways, ways
from bot.wiring.delivery import Delivery, delivery
from bot.wiring.feeds import Outside, feeding
from bot.wiring.parts import (
    ARCHIVE,
    HISTORY,
    SystemClock,
    aliases,
    beat,
    calendar,
    folder,
    free,
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
    feeds: Feeding
    renewal: Renewal
    #: Notes how sources are and, in the process that posts, tells of it.
    told: ToldHealths | LatestHealths
    answer: Answer
    #: The same, in each chat's language.
    spoken: Spoken
    delivery: Delivery
    timings: Timings
    ways: Ways


@asynccontextmanager
async def built(config: Config, *, version: str, posts: bool = False) -> AsyncIterator[Bot]:
    """Open what the bot needs and close it at the end.

    One that ``posts`` holds the data folder meanwhile; only it may go on duty, and only it speaks
    to platforms. An archive that
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
        opened = await stack.enter_async_context(ways(config, database, far=posts and not trouble))
        outside = await stack.enter_async_context(Outside(config, version=version))
        made = parts(config, database, opened, outside, version=version, posts=posts)
        session = Session(
            gather=made.gather,
            answer=Timed(made.spoken, made.timings),
            words=words,
            keep_days=config.retention.articles_days,
            history=config.data_dir / HISTORY,
            typed=sys.stdin,
            out=sys.stdout,
            screen=sys.stderr,
            posts=made.ways.terminal,
            record=LoggedNotes() if config.logs.form == "json" else None,
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


def parts(  # noqa: PLR0913 - what a bot is put together from
    config: Config,
    database: Database,
    opened: Ways,
    outside: Outside,
    *,
    version: str,
    posts: bool,
) -> Parts:
    """Return the bot put together over that database, with those ways to chats and the net."""
    words = words_of(config.digest.language)
    sources = [
        folder(source, config.digest)
        for source in config.sources
        if isinstance(source, FolderSource)
    ]
    clock, revision = SystemClock(), Revision()
    healths = LatestHealths(Healths(database), revision)
    names = [source.name for source in sources]
    roll = Roll(names, feed_settings(config), Added(database))
    digests = Digests(
        archive=Archive(database),
        healths=healths,
        clock=clock,
        beat=beat(config, roll),
        revision=revision,
    )
    editions, renewal = Editions(database), Renewal(extracts=Extracts(database))
    looks = Looks(digests=digests, revision=revision)
    delivering = delivery(config, database, looks=looks, channels=opened.channels, posts=posts)
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
            calendar=calendar(config.digest.title),
            aliases=aliases(config),
        ),
        searches=Searches(
            search=Search(database),
            archive=digests.archive,
            clock=clock,
            gazetteer=digests.beat.gazetteer,
        ),
        whys=Whys(
            looks=looks,
            search=Search(database),
            editions=editions,
            subscriptions=delivering.subscriptions,
            desk=delivering.desk,
            language=config.digest.language,
        ),
        linked=LinkedBriefs(pages=outside.pages, archive=digests.archive, clock=clock, roll=roll),
        settings=delivering.settings,
        words=words,
        version=version,
        archive_file=str(database.path) if database.path else None,
    )
    tongues = Tongues(
        chats=delivering.subscriptions,
        codes=frozenset(languages()),
        words=cache(words_of),
        otherwise=config.digest.language,
    )
    # Only one process tells: the one that posts.
    told = ToldHealths(healths, delivering.outages, roll) if posts else healths
    feeds = feeding(
        config, database, outside, roll=roll, healths=told, revision=revision, clock=clock
    )
    gather = Gather(
        sources=sources,
        intake=CountedIntake(Intake(database), revision),
        healths=told,
        clock=clock,
        renewal=renewal,
        feeds=feeds if posts else FeedsIfFree(feeds, lambda: free(config, clock)),
    )
    return Parts(
        config=config,
        version=version,
        database=database,
        gather=gather,
        feeds=feeds,
        renewal=renewal,
        told=told,
        answer=answer,
        spoken=Spoken(answer=answer, tongues=tongues),
        delivery=delivering,
        timings=Timings(time.monotonic),
        ways=opened,
    )
