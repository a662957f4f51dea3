"""One of many processes that open the same archive and write and read in turns."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.app.ports import Edition, Found
from bot.core.values import Article
from bot.store.archive import Archive
from bot.store.database import open_database
from bot.store.editions import Editions
from bot.store.intake import Intake

NOW = datetime(2025, 9, 2, 8, tzinfo=UTC)


def say(what: object) -> None:
    """Tell the parent."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


async def main(path: Path, name: str, rounds: int) -> None:
    """Save an article, read it back and note an edition, so many rounds; say each to the parent."""
    async with open_database(path) as database:
        say("made" if database.new else "found")
        editions = Editions(database)
        for turn in range(rounds):
            article = Article(id=f"{name}/{turn}", source=name, text="It rained.")
            found = Found(article=article, version="1")
            await Intake(database).save([found], now=NOW, imported=False)
            edition = Edition(destination=name, made=NOW, stories=((article.id,),))
            await editions.publish(edition)
            if await editions.last(name) != edition:
                sys.exit("another edition was the last")
            if article not in [each.article for each in await Archive(database).articles()]:
                sys.exit("the article is missing")
            say(turn)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
