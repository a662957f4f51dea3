"""Every part of the bot looked at, whatever state the others are in."""

import asyncio
import sys
from datetime import datetime
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.catalogue import words as words_of
from bot.config.environment import environment as read_environment
from bot.config.load import load
from bot.config.source_tables import FolderSource
from bot.config.tables import Digest
from bot.console.checks import Check
from bot.console.look import described
from bot.core.errors import ConfigError, SourceError, StoreError
from bot.core.faults import fault_words
from bot.core.health import Fault
from bot.store.inspection import inspect
from bot.wiring import feed_checks, slack_checks, telegram_checks, way_checks
from bot.wiring.parts import ARCHIVE, folder, known
from bot.wiring.refusals import PATIENCE


async def examine(path: Path | None = None, *, patience: float = PATIENCE) -> tuple[Check, ...]:
    """Look at every part of the bot, whatever state the configuration is in.

    The platforms are asked at once; so long, in seconds, is an answer of theirs waited for.
    """
    try:
        environment = read_environment()
    except ConfigError as error:
        return (Check(part="environment", found="", broken=tuple(str(error).splitlines())),)
    config = None
    try:
        config = load(path, environment=environment)
        known(config)
        configuration = Check(part="configuration", found=str(config.path))
    except ConfigError as error:
        broken = tuple(str(error).splitlines())
        configuration = Check(part="configuration", found="", broken=broken)
    sources = (
        [await _source(e, config.digest) for e in config.sources if isinstance(e, FolderSource)]
        if config
        else []
    )
    platforms = await asyncio.gather(
        telegram_checks.telegram(environment, patience),
        slack_checks.slack(environment, config, patience),
    )
    return (
        configuration,
        await _archive(environment.data_dir / ARCHIVE),
        *sources,
        *(await feed_checks.feeds(config) if config else ()),
        *(await way_checks.chats(config) if config else ()),
        *(check for checks in platforms for check in checks),
        await way_checks.address(environment),
        *way_checks.settings(environment),
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
    broken = tuple(fault_words(fault, words, operator=True) for fault in faults)
    found = f"{source.folder}, {count} {'article' if count == 1 else 'articles'}"
    return Check(part=f"source {source.name}", found=found, broken=broken)


def _zone(name: str | None) -> Check:
    data = f"zone data {metadata.version('tzdata')}"
    if name is None:
        return Check(part="time zone", found=data)
    now = datetime.now(ZoneInfo(name))
    return Check(part="time zone", found=f"{name}, now {now:%H:%M} (UTC{now:%z}), {data}")
