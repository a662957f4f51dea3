"""All that can be read is stored, and what cannot be is noted while the rest goes on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.app.gather import BATCH, Gather
from bot.app.ports import Found, Present
from bot.core.faults import Reading
from bot.core.health import Fault, Health, Reason
from bot.core.values import Published
from tests.fakes.memory import MemoryArchive, MemoryHealths
from tests.fakes.press import NOW, ScriptedSource, StandingClock, article

BAD = Fault(name="wire/b.bin", reason=Reason.BINARY)
DOWN = Fault(name="wire/", reason=Reason.UNREADABLE)


def gathering(*sources: ScriptedSource) -> tuple[Gather, MemoryArchive, MemoryHealths]:
    archive, healths = MemoryArchive(), MemoryHealths()
    gather = Gather(
        sources=sources, intake=archive, healths=healths, clock=StandingClock(), again=0
    )
    return gather, archive, healths


def once(gather: Gather) -> Reading:
    return asyncio.run(gather.once())[0]


def stored(archive: MemoryArchive) -> list[str]:
    return sorted(one.article.id for one in asyncio.run(archive.articles()))


def test_a_first_reading_is_an_import_and_what_comes_later_is_not() -> None:
    source = ScriptedSource()
    gather, archive, _ = gathering(source)
    source.hold(article(0))

    first = once(gather)
    source.hold(article(0), article(1))
    second = once(gather)

    assert first == Reading(source="wire", new=1, articles=1)
    assert second == Reading(source="wire", new=1, articles=2)
    assert archive.rows["wire/0.txt"].stored.imported
    assert not archive.rows["wire/1.txt"].stored.imported


def test_news_of_a_source_that_began_empty_is_no_import() -> None:
    source = ScriptedSource()
    gather, archive, _ = gathering(source)

    once(gather)
    source.hold(article(0))
    once(gather)

    assert not archive.rows["wire/0.txt"].stored.imported


def test_the_first_reading_after_a_source_was_down_from_the_start_is_an_import() -> None:
    source = ScriptedSource(failing=DOWN)
    gather, archive, _ = gathering(source)

    once(gather)
    source.failing = None
    source.hold(article(0))
    once(gather)

    assert archive.rows["wire/0.txt"].stored.imported


def test_a_source_that_was_down_for_a_while_brings_news() -> None:
    source = ScriptedSource()
    source.hold(article(0))
    gather, archive, _ = gathering(source)
    once(gather)
    source.failing = DOWN
    once(gather)

    source.failing = None
    source.hold(article(0), article(1))
    once(gather)

    assert not archive.rows["wire/1.txt"].stored.imported


def test_what_changed_is_stored_anew_and_what_went_is_withdrawn() -> None:
    source = ScriptedSource()
    source.hold(article(0), article(1))
    gather, archive, _ = gathering(source)
    once(gather)

    source.hold(article(0, text="It was not so."))
    reading = once(gather)

    assert reading == Reading(source="wire", changed=1, withdrawn=1, articles=1)
    assert stored(archive) == ["wire/0.txt"]
    assert archive.rows["wire/0.txt"].stored.article.text == "It was not so."


def test_nothing_is_withdrawn_when_a_listing_breaks_off() -> None:
    source = ScriptedSource()
    source.hold(article(0), article(1))
    gather, archive, healths = gathering(source)
    once(gather)

    source.hold(article(2))
    source.failing = DOWN
    reading = once(gather)

    assert reading == Reading(source="wire", new=1, articles=3, failing=DOWN)
    assert stored(archive) == ["wire/0.txt", "wire/1.txt", "wire/2.txt"]
    assert healths.known["wire"].failing == DOWN
    assert healths.known["wire"].newest == Published(day=date(2025, 9, 1))


def test_a_source_keeps_since_when_it_is_failing_until_it_is_read_again() -> None:
    source, clock = ScriptedSource(failing=DOWN), StandingClock()
    healths = MemoryHealths()
    gather = Gather(sources=[source], intake=MemoryArchive(), healths=healths, clock=clock)
    told = []

    for failing in (DOWN, DOWN, None, DOWN):
        source.failing = failing
        once(gather)
        told.append(healths.known["wire"].since)
        clock.moment += timedelta(hours=1)

    assert told == [NOW, NOW, None, NOW + timedelta(hours=3)]


def test_a_source_of_which_it_was_not_kept_is_failing_since_it_was_last_seen_to() -> None:
    gather, _, healths = gathering(ScriptedSource(failing=DOWN))
    before = NOW - timedelta(hours=1)
    healths.known["wire"] = Health(source="wire", failing=DOWN, checked=before)

    once(gather)

    assert healths.known["wire"].since == before


def test_an_article_is_first_seen_when_it_is_stored_however_long_the_reading_takes() -> None:
    @dataclass
    class Slow(ScriptedSource):
        async def read(self, known: Mapping[str, str]) -> AsyncIterator[Found | Present | Fault]:
            async for piece in super().read(known):
                clock.moment += timedelta(minutes=5)
                yield piece

    source, clock, archive = Slow(), StandingClock(), MemoryArchive()
    source.hold(article(0))
    gather = Gather(sources=[source], intake=archive, healths=MemoryHealths(), clock=clock)

    once(gather)

    assert archive.rows["wire/0.txt"].stored.seen == NOW + timedelta(minutes=5)


def test_one_source_that_fails_does_not_stop_another() -> None:
    bad, good = ScriptedSource(name="bad", failing=DOWN), ScriptedSource()
    good.hold(article(0))
    gather, archive, _ = gathering(bad, good)

    readings = asyncio.run(gather.once())

    assert [reading.failing for reading in readings] == [DOWN, None]
    assert stored(archive) == ["wire/0.txt"]


def test_a_file_that_cannot_be_read_is_noted_and_the_rest_is_stored() -> None:
    source = ScriptedSource(faults=[BAD])
    source.hold(article(0))
    gather, _, healths = gathering(source)

    reading = once(gather)

    assert reading == Reading(source="wire", new=1, articles=1, faults=(BAD,))
    assert healths.known["wire"].faults == (BAD,)


def test_more_articles_than_a_batch_are_all_stored() -> None:
    source = ScriptedSource()
    source.hold(*(article(number) for number in range(2 * BATCH + 1)))
    gather, archive, _ = gathering(source)

    reading = once(gather)

    assert reading.new == len(stored(archive)) == 2 * BATCH + 1


def test_an_article_that_cannot_be_stored_does_not_take_others_with_it() -> None:
    source = ScriptedSource()
    source.hold(*(article(number) for number in range(5)))
    gather, archive, healths = gathering(source)
    archive.unstorable = frozenset({"wire/1.txt", "wire/3.txt"})

    reading = once(gather)

    assert stored(archive) == ["wire/0.txt", "wire/2.txt", "wire/4.txt"]
    assert (reading.new, reading.unstored, reading.articles) == (3, 2, 3)
    assert reading.trouble == "The archive cannot take this. Free some room."
    assert [(fault.name, fault.reason) for fault in healths.known["wire"].faults] == [
        ("wire/1.txt", Reason.NOT_STORED),
        ("wire/3.txt", Reason.NOT_STORED),
    ]


def test_what_could_not_be_stored_is_tried_again_and_stays_until_then() -> None:
    source = ScriptedSource()
    source.hold(article(0))
    gather, archive, _ = gathering(source)
    once(gather)
    source.hold(article(0, text="It was not so."))
    archive.unstorable = frozenset({"wire/0.txt"})

    failed = once(gather)
    kept = stored(archive)
    archive.unstorable = frozenset()
    again = once(gather)

    assert (failed.changed, failed.withdrawn, failed.unstored) == (0, 0, 1)
    assert failed.articles == 1
    assert kept == ["wire/0.txt"]
    assert (again.changed, again.faults) == (1, ())


def test_an_archive_that_takes_nothing_is_not_asked_for_every_article() -> None:
    source = ScriptedSource()
    source.hold(*(article(number) for number in range(BATCH)))
    gather, archive, _ = gathering(source)
    archive.unstorable = frozenset(source.articles)

    reading = once(gather)

    assert len(reading.faults) == BATCH
    assert stored(archive) == []


def test_an_archive_that_is_down_is_told_and_nothing_is_noted() -> None:
    source = ScriptedSource()
    source.hold(article(0))
    gather, archive, healths = gathering(source)
    archive.broken = "The archive is damaged. Restore a backup."

    reading = once(gather)

    assert reading == Reading(source="wire", trouble="The archive is damaged. Restore a backup.")
    assert healths.known == {}


def test_a_health_that_cannot_be_noted_is_told() -> None:
    source = ScriptedSource()
    source.hold(article(0))
    gather, archive, healths = gathering(source)
    healths.broken = "The disk is full. Free some room."

    reading = once(gather)

    assert reading.trouble == "The disk is full. Free some room."
    assert stored(archive) == ["wire/0.txt"]


def test_the_newest_day_of_a_source_is_never_one_to_come() -> None:
    source = ScriptedSource()
    source.hold(article(0, day=date(2099, 1, 1)), article(1), article(2, day=None))
    gather, _, healths = gathering(source)

    once(gather)

    assert healths.known["wire"].newest == Published(day=date(2025, 9, 1))


def test_what_no_source_has_held_for_long_is_deleted() -> None:
    gather, archive, _ = gathering()
    archive.add([article(0)], seen=NOW - timedelta(days=366))
    archive.add([article(1)], seen=NOW - timedelta(days=364))

    assert asyncio.run(gather.prune(days=365)) == 1
    assert stored(archive) == ["wire/1.txt"]


def watched(
    gather: Gather, source: ScriptedSource, *steps: Callable[[], Fault | None]
) -> list[Reading]:
    """Return what is told while each step makes something happen, until the watch is cancelled."""

    async def watch() -> list[Reading]:
        told: list[Reading] = []

        async def tell(reading: Reading) -> None:
            told.append(reading)

        async with asyncio.TaskGroup() as group:
            watching = group.create_task(gather.watch(tell))
            for step in steps:
                source.happenings.put_nowait(step())
                await asyncio.wait_for(source.happenings.join(), 5)
            watching.cancel()
        return told

    return asyncio.run(watch())


def test_a_change_is_read_and_told() -> None:
    source = ScriptedSource()
    gather, archive, _ = gathering(source)

    def comes() -> None:
        source.hold(article(0))

    told = watched(gather, source, comes)

    assert told == [Reading(source="wire", new=1, articles=1)]
    assert stored(archive) == ["wire/0.txt"]


def test_a_change_that_brings_nothing_is_not_told_and_a_fault_is_told_once() -> None:
    source = ScriptedSource()
    gather, _, _ = gathering(source)

    def nothing() -> None:
        pass

    def breaks() -> None:
        source.faults = [BAD]

    told = watched(gather, source, nothing, breaks, nothing)

    assert told == [Reading(source="wire", faults=(BAD,))]


def test_what_a_first_reading_told_is_not_told_again() -> None:
    source = ScriptedSource(faults=[BAD], ends=True)
    gather, _, _ = gathering(source)
    source.happenings.put_nowait(None)
    told: list[Reading] = []

    async def tell(reading: Reading) -> None:
        told.append(reading)

    async def read_and_watch() -> None:
        readings = await gather.once()
        await gather.watch(tell, told=readings)

    asyncio.run(read_and_watch())

    assert told == []


def test_the_watch_goes_on_after_the_source_or_the_archive_failed() -> None:
    source = ScriptedSource()
    gather, archive, healths = gathering(source)

    def fails() -> Fault:
        return DOWN

    def archive_breaks() -> None:
        archive.broken = "The archive is damaged. Restore a backup."

    def all_is_well() -> None:
        archive.broken = ""
        source.hold(article(0))

    told = watched(gather, source, fails, fails, archive_breaks, all_is_well)

    assert [(one.failing, bool(one.trouble), one.new) for one in told] == [
        (DOWN, False, 0),
        (None, True, 0),
        (None, False, 1),
    ]
    assert healths.known["wire"].failing is None


def test_a_watch_that_cannot_be_noted_is_told() -> None:
    source = ScriptedSource()
    gather, _, healths = gathering(source)
    healths.broken = "The disk is full. Free some room."

    told = watched(gather, source, lambda: DOWN)

    assert told == [
        Reading(source="wire", failing=DOWN, trouble="The disk is full. Free some room.")
    ]


def test_a_source_that_says_it_will_not_change_is_watched_no_more() -> None:
    source = ScriptedSource(ends=True)
    gather, _, _ = gathering(source)

    async def tell(reading: Reading) -> None:
        raise AssertionError(reading)

    asyncio.run(asyncio.wait_for(gather.watch(tell), 5))


def test_a_source_that_shrinks_to_nothing_and_grows_again_brings_news() -> None:
    source = ScriptedSource()
    source.hold(article(0))
    gather, archive, _ = gathering(source)
    once(gather)
    source.hold()
    once(gather)

    source.hold(replace(article(1), title="A title"))
    once(gather)

    assert not archive.rows["wire/1.txt"].stored.imported
