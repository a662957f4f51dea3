"""A process that may write only small files: it meets the end of a disk in earnest."""

import asyncio
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.app.ports import Found
from bot.core.errors import StoreError
from bot.core.values import Article
from bot.store.archive import Archive
from bot.store.database import open_database
from bot.store.intake import Intake

NOW = datetime(2025, 9, 2, 8, tzinfo=UTC)


def allow(size: int) -> None:
    """Let this process write files up to that many bytes, -1 for any.

    Python's own cached modules would be cut at the limit, and be found damaged by the next process.
    """
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def save(intake: Intake, *articles: tuple[str, int]) -> None:
    """Save articles of those names and lengths together."""
    found = [
        Found(article=Article(id=name, source="wire", text="x" * size), version="1")
        for name, size in articles
    ]
    await intake.save(found, now=NOW, imported=False)


def say(what: object) -> None:
    """Tell the parent."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


async def main(path: Path) -> None:
    """Fail to make an archive, make it, fail to save into it, go on."""
    allow(5_000)
    try:
        async with open_database(path):
            say("opened all the same")
    except StoreError as error:
        say(error)
    allow(resource.RLIM_INFINITY)
    async with open_database(path) as database:
        await save(Intake(database), ("before", 1))
        allow(300_000)
        try:
            await save(Intake(database), ("small", 1), ("large", 1_000_000))
        except StoreError as error:
            say(error)
        say(sorted(each.article.id for each in await Archive(database).articles()))
        allow(resource.RLIM_INFINITY)
        await save(Intake(database), ("after", 1_000_000))
        say(sorted(each.article.id for each in await Archive(database).articles()))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
