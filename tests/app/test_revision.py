"""Every change of the archive is counted, and no sighting falls behind a digest."""

import asyncio
from datetime import timedelta

from bot.app.ports import Found
from bot.app.revision import CountedIntake
from tests.fakes.memory import MemoryArchive
from tests.fakes.press import NOW, article

HOUR = timedelta(hours=1)
ONE = Found(article=article(0), version="1")


def test_what_changes_the_archive_is_counted_and_what_does_not_is_not() -> None:
    archive = MemoryArchive()
    intake = CountedIntake(archive)

    async def scenario() -> list[int]:
        counted = []
        await intake.save([ONE], now=NOW, imported=False)
        counted.append(intake.revision.number)
        assert await intake.known("wire") == {"wire/0.txt": "1"}
        assert await intake.seen("wire", frozenset({"wire/0.txt"}), now=NOW) == 0
        assert await intake.prune(NOW) == 0
        counted.append(intake.revision.number)
        assert await intake.seen("wire", frozenset(), now=NOW) == 1
        counted.append(intake.revision.number)
        assert await intake.prune(NOW + HOUR) == 1
        counted.append(intake.revision.number)
        return counted

    assert asyncio.run(scenario()) == [1, 1, 2, 3]


def test_an_article_is_not_first_seen_before_a_digest_that_had_it_not() -> None:
    intake = CountedIntake(MemoryArchive())

    assert intake.revision.sighting(NOW) == NOW
    intake.revision.look(NOW + 24 * HOUR)
    # The clock was set back by a day.
    intake.revision.look(NOW)
    assert intake.revision.sighting(NOW) == NOW + 24 * HOUR
    assert intake.revision.sighting(NOW + 25 * HOUR) == NOW + 25 * HOUR
    # It was years ahead: nothing is first seen then.
    intake.revision.look(NOW.replace(year=2125))
    assert intake.revision.sighting(NOW) == NOW


def test_a_sighting_reaches_the_archive_as_it_is_told() -> None:
    archive = MemoryArchive()
    intake = CountedIntake(archive)
    intake.revision.look(NOW + HOUR)

    asyncio.run(intake.save([ONE], now=NOW, imported=True))

    assert archive.rows["wire/0.txt"].stored.seen == NOW + HOUR
    assert archive.rows["wire/0.txt"].stored.imported
