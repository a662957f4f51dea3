"""A bot that is killed in the midst of its feeds has lost nothing and says nothing twice."""

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.fakes.fed import fed, feed
from tests.fakes.feed_server import Answer, Site, feed_server, page
from tests.fakes.feed_texts import entries, rss

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FEEDS, ITEMS = 40, 5
#: It is killed when so many feeds were asked since its start.
KILLS = (1, 12, 25, 38)


def test_gathering_that_is_killed_again_and_again_brings_each_item_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with feed_server() as server:
            places = [await server.site({"/feed.xml": news(number)}) for number in range(FEEDS)]
            addresses = [place.url() for place in places]
            for kill in KILLS:
                await killed(tmp_path, addresses, places, after=kill)
            settings = [feed(f"feed {number}", one) for number, one in enumerate(addresses)]
            await asyncio.sleep(1.1)
            async with fed(tmp_path, settings) as it:
                before = len(await it.archive.articles())
                readings = await it.round()
                stored = await it.archive.articles()
                healths = await it.healths()

        assert len(stored) == len({one.article.id for one in stored}) == FEEDS * ITEMS
        assert before + sum(one.new for one in readings.values()) == FEEDS * ITEMS
        assert {one.articles for one in healths.values()} == {ITEMS}
        assert not any(one.failing or one.faults for one in healths.values())

    asyncio.run(run())
    with sqlite3.connect(tmp_path / "briefbot.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def news(number: int) -> Answer:
    content = rss(entries(ITEMS, words=100, host=f"https://site{number}.example"))
    return page(content, headers={"ETag": f'"{number}"'})


async def killed(folder: Path, addresses: list[str], places: list[Site], *, after: int) -> None:
    """Start a process and kill it when so many of its requests have come in."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.sources.gathering_child", str(folder), *addresses),
        cwd=ROOT,
    )
    begin = sum(place.count() for place in places)
    while sum(place.count() for place in places) - begin < after:
        assert process.returncode is None
        await asyncio.sleep(0.001)
    process.kill()
    await process.wait()
