"""What the engine of one process promises besides: clocks, faults, a stop in time, its figures."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.ports import Clock
from bot.app.queue import Again, Done, Handler, Kept
from bot.core.delivery import Work
from bot.core.errors import StoreError
from bot.engine.local import Engine
from tests.engine.engines import soon
from tests.fakes.delivery import NOW, MemoryWorks, SetClock

DAY = timedelta(days=1)


def work(name: str, *, line: str = "", priority: int = 0) -> Work:
    return Work(kind="note", args=(name,), line=line or name, key=f"note:{name}", priority=priority)


@dataclass
class Running:
    """The machine's clock, which can be set."""

    set_by: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.set_by


@asynccontextmanager
async def running(
    works: MemoryWorks,
    handlers: Mapping[str, Handler],
    *,
    clock: Clock | None = None,
    patience: float = 5.0,
) -> AsyncIterator[Engine]:
    engine = Engine(works, handlers, clock=clock or SetClock(), patience=patience)
    task = asyncio.create_task(engine.run())
    try:
        yield engine
    finally:
        task.cancel()
        await soon(asyncio.wait({task}))


def test_it_says_when_it_is_still_and_when_it_goes_on() -> None:
    clock, tried = SetClock(), list[str]()

    async def later(args: tuple[str, ...]) -> Done | Again:
        tried.extend(args)
        return Done() if len(tried) > 1 else Again(clock.now() + DAY)

    async def main() -> None:
        async with running(MemoryWorks(), {"note": later}, clock=clock) as engine:
            await engine.put([work("1")])
            assert await engine.still() == NOW + DAY
            assert (engine.depth, engine.in_hand, engine.age) == (1, 0, 0.0)

            clock.forward(DAY)
            engine.stir()

            assert await engine.still() is None
            assert (engine.depth, tried) == (0, ["1", "1"])

    asyncio.run(main())


def test_its_age_is_how_long_the_oldest_could_have_been_done() -> None:
    async def main() -> None:
        clock, gate = SetClock(), asyncio.Event()

        async def wait(_: tuple[str, ...]) -> Done:
            await gate.wait()
            return Done()

        async with running(MemoryWorks(), {"note": wait}, clock=clock) as engine:
            await engine.put([work("1", line="a"), work("2", line="a")])
            clock.forward(timedelta(minutes=2))

            assert (engine.depth, engine.age) == (2, 120.0)

            gate.set()
            await engine.still()
            assert (engine.depth, engine.age) == (0, 0.0)

    asyncio.run(main())


def test_a_clock_that_is_set_back_a_day_strands_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        clock, done = Running(), asyncio.Event()

        async def once_more(args: tuple[str, ...]) -> Done | Again:
            if args == ("back",):
                clock.set_by = -DAY
            elif not clock.set_by:
                return Again(clock.now() + timedelta(seconds=0.1))
            else:
                done.set()
            return Done()

        async with running(MemoryWorks(), {"note": once_more}, clock=clock) as engine:
            await engine.put([work("1"), work("2", line="1"), work("back")])
            await soon(done.wait())

    with caplog.at_level(logging.WARNING):
        asyncio.run(main())

    assert caplog.messages == ["The clock was set back by 86400 seconds."]


def test_a_short_wait_is_not_written_down_and_a_long_one_is() -> None:
    waits = {"short": timedelta(seconds=59), "long": timedelta(minutes=1)}

    async def put_off(args: tuple[str, ...]) -> Done | Again:
        return Again(NOW + waits[args[0]])

    async def main() -> None:
        works = MemoryWorks()
        async with running(works, {"note": put_off}) as engine:
            await engine.put([work("short"), work("long")])
            await engine.still()

        assert [kept.work.not_before for kept in works.kept.values()] == [
            None,
            NOW + timedelta(minutes=1),
        ]

    asyncio.run(main())


def test_failures_are_tried_again_after_a_wait_that_doubles_up_to_five_minutes() -> None:
    clock, failing = SetClock(), [True]

    async def fail(_: tuple[str, ...]) -> Done | Again:
        if failing[0]:
            raise StoreError("The disk is full.")
        return Again(clock.now() + timedelta(seconds=7))

    async def main() -> list[float]:
        waits = []
        async with running(MemoryWorks(), {"note": fail}, clock=clock) as engine:
            await engine.put([work("1")])
            for attempt in range(12):
                failing[0] = attempt != 10
                moment = await engine.still()
                assert moment is not None
                waits.append((moment - clock.now()).total_seconds())
                clock.moment = moment
                engine.stir()
        return waits

    waits = asyncio.run(main())

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 7, 1]


def test_a_work_that_cannot_be_crossed_out_is_done_again_and_nothing_is_lost() -> None:
    works, clock, done = MemoryWorks(), SetClock(), list[str]()

    async def note(args: tuple[str, ...]) -> Done:
        done.extend(args)
        works.broken = "" if len(done) > 1 else "The disk is full."
        return Done()

    async def main() -> None:
        async with running(works, {"note": note}, clock=clock) as engine:
            await engine.put([work("1")])
            moment = await engine.still()
            assert moment is not None
            clock.moment = moment
            engine.stir()

            assert await engine.still() is None

    asyncio.run(main())

    assert (done, works.kept) == (["1", "1"], {})


def test_a_work_that_no_handler_is_for_harms_no_other(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        done = asyncio.Event()

        async def note(_: tuple[str, ...]) -> Done:
            done.set()
            return Done()

        async with running(MemoryWorks(), {"note": note}) as engine:
            await engine.put([Work(kind="unknown", line="a", key="unknown:1"), work("1")])
            await soon(done.wait())
            await engine.still()

            assert engine.depth == 1

    asyncio.run(main())

    assert "unknown:1 failed; it is tried again in 1 seconds." in caplog.messages


def test_a_store_that_cannot_be_read_at_the_start_stops_it() -> None:
    engine = Engine(MemoryWorks(broken="The archive is damaged."), {}, clock=SetClock())

    with pytest.raises(StoreError, match="damaged"):
        asyncio.run(engine.run())


def test_what_takes_longer_than_the_patience_is_cancelled_and_kept() -> None:
    works, ended = MemoryWorks(), list[str]()
    begun = asyncio.Event()

    async def stuck(args: tuple[str, ...]) -> Done:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.extend(args)
        return Done()

    async def main() -> None:
        async with running(works, {"note": stuck}, patience=0.01) as engine:
            await engine.put([work("1")])
            await soon(begun.wait())

    asyncio.run(main())

    assert ended == ["1"]
    assert [kept.work.args for kept in works.kept.values()] == [("1",)]


def test_a_put_whose_caller_is_cancelled_is_whole() -> None:
    done, finished = list[str](), asyncio.Event()

    async def note(args: tuple[str, ...]) -> Done:
        done.extend(args)
        finished.set()
        return Done()

    async def main() -> None:
        async with running(MemoryWorks(), {"note": note}) as engine:
            await engine.still()
            putting = asyncio.create_task(engine.put([work("1")]))
            await asyncio.sleep(0)
            putting.cancel()
            await asyncio.wait({putting})
            await soon(finished.wait())

    asyncio.run(main())

    assert done == ["1"]


@dataclass
class SlowWorks(MemoryWorks):
    """Has kept a work for a while before it says so."""

    kept_it: asyncio.Event = field(default_factory=asyncio.Event)
    may_say: asyncio.Event = field(default_factory=asyncio.Event)
    said: bool = False

    async def put(self, works: Sequence[Work]) -> Sequence[Kept]:
        new = await super().put(works)
        self.kept_it.set()
        await self.may_say.wait()
        self.said = True
        return new


def test_a_put_whose_caller_is_cancelled_midway_is_done_all_the_same() -> None:
    finished = asyncio.Event()

    async def note(_: tuple[str, ...]) -> Done:
        finished.set()
        return Done()

    async def main() -> None:
        works = SlowWorks()
        async with running(works, {"note": note}) as engine:
            await engine.still()
            putting = asyncio.create_task(engine.put([work("1")]))
            await soon(works.kept_it.wait())
            putting.cancel()
            await asyncio.wait({putting})
            works.may_say.set()

            await soon(finished.wait())

    asyncio.run(main())


def test_an_engine_that_stops_waits_for_what_is_being_put() -> None:
    async def main() -> None:
        works = SlowWorks()
        async with running(works, {}) as engine:
            putting = asyncio.create_task(engine.put([work("1")]))
            await soon(works.kept_it.wait())
            asyncio.get_running_loop().call_later(0.05, works.may_say.set)

        assert works.said
        await soon(putting)

    asyncio.run(main())


def test_a_put_that_takes_longer_than_the_patience_is_cancelled() -> None:
    async def main() -> None:
        works = SlowWorks()
        async with running(works, {}, patience=0.01) as engine:
            putting = asyncio.create_task(engine.put([work("1")]))
            await soon(works.kept_it.wait())

        await soon(asyncio.wait({putting}))
        assert putting.cancelled()
        assert not works.said

    asyncio.run(main())


def test_a_put_that_fails_says_so_even_to_a_caller_that_has_left() -> None:
    async def main() -> None:
        engine = Engine(MemoryWorks(broken="The disk is full."), {}, clock=SetClock())
        with pytest.raises(StoreError, match="full"):
            await engine.put([work("1")])

        left = asyncio.create_task(engine.put([work("1")]))
        await asyncio.sleep(0)
        left.cancel()
        await asyncio.wait({left})

        assert engine.depth == 0

    asyncio.run(main())


def test_what_was_put_before_the_start_is_done_once() -> None:
    done = list[str]()

    async def note(args: tuple[str, ...]) -> Done:
        done.extend(args)
        return Done()

    async def main() -> None:
        works = MemoryWorks()
        engine = Engine(works, {"note": note}, clock=SetClock())
        await engine.put([work("1"), work("2", line="1"), work("3", line="1", priority=1)])
        task = asyncio.create_task(engine.run())
        await engine.still()
        task.cancel()
        await asyncio.wait({task})

    asyncio.run(main())

    assert done == ["3", "1", "2"]
