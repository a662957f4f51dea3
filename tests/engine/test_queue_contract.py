"""What every engine promises, whichever keeps the works."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.queue import Again, Done
from bot.core.delivery import Work
from tests.engine.engines import ENGINES, SOON, Start, soon

pytestmark = pytest.mark.slow

SHORT = timedelta(milliseconds=80)


@pytest.fixture(params=ENGINES)
def opened(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[Callable[[Start], Awaitable[None]]], None]:
    """Run a scenario on each engine."""

    def run(scenario: Callable[[Start], Awaitable[None]]) -> None:
        async def main() -> None:
            async with ENGINES[request.param](tmp_path) as start:
                await scenario(start)

        asyncio.run(main())

    return run


Opened = Callable[[Callable[[Start], Awaitable[None]]], None]


def work(name: str, *, line: str = "", priority: int = 0, at: datetime | None = None) -> Work:
    return Work(
        kind="note",
        args=(name,),
        line=line or name,
        key=f"note:{name}",
        not_before=at,
        priority=priority,
    )


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Notes:
    """A handler that writes down what it does, and can wait until all has come."""

    expected: int
    done: list[str] = field(default_factory=list)
    #: What it answers first to works of that name, or raises.
    first: dict[str, list[timedelta | Exception]] = field(default_factory=dict)
    #: Works of that name wait for their event.
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    began: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, args: tuple[str, ...]) -> Done | Again:
        (name,) = args
        self.began.put_nowait(name)
        if name in self.gates:
            await self.gates[name].wait()
        if self.first.get(name):
            answer = self.first[name].pop(0)
            if isinstance(answer, Exception):
                raise answer
            return Again(now() + answer)
        self.done.append(name)
        if len(self.done) == self.expected:
            self.complete.set()
        return Done()


def test_works_of_one_line_are_done_in_order_and_alone(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(3, gates={"1": asyncio.Event()})
        async with start({"note": notes}, 8) as engine:
            await engine.put([work(name, line="a") for name in "123"])
            await soon(notes.began.get())

            assert notes.began.empty()

            notes.gates["1"].set()
            await soon(notes.complete.wait())

        assert notes.done == ["1", "2", "3"]

    opened(scenario)


def test_lines_do_not_wait_for_each_other(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(2, gates={"a": asyncio.Event()})
        async with start({"note": notes}, 8) as engine:
            await engine.put([work("a"), work("b"), work("c")])
            await soon(notes.complete.wait())

            assert sorted(notes.done) == ["b", "c"]
            notes.gates["a"].set()

    opened(scenario)


def test_a_key_that_waits_is_not_put_twice(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(3, gates={"1": asyncio.Event()})
        async with start({"note": notes}, 8) as engine:
            await engine.put([work("1", line="a"), work("2", line="a"), work("2", line="a")])
            await engine.put([work("2", line="a"), work("3", line="a")])
            notes.gates["1"].set()
            await soon(notes.complete.wait())

        assert notes.done == ["1", "2", "3"]

    opened(scenario)


def test_a_key_may_be_put_again_once_its_work_is_done(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(3)
        async with start({"note": notes}, 8) as engine:
            await engine.put([work("1", line="a"), work("2", line="a")])
            while notes.done != ["1", "2"]:
                await soon(notes.began.get())
            # The line is in order, so the first is crossed out by now.
            await engine.put([work("1", line="a")])
            await soon(notes.complete.wait())

        assert notes.done == ["1", "2", "1"]

    opened(scenario)


def test_a_work_that_is_put_off_holds_its_line_and_no_other(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(3, first={"1": [SHORT]})
        async with start({"note": notes}, 8) as engine:
            await engine.put([work("1", line="a"), work("2", line="a"), work("3", line="b")])
            await soon(notes.complete.wait())

        assert notes.done == ["3", "1", "2"]

    opened(scenario)


def test_a_work_is_not_begun_before_its_moment_and_holds_its_line_until_then(
    opened: Opened,
) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(3)
        moment = now() + SHORT
        async with start({"note": notes}, 8) as engine:
            await engine.put(
                [work("1", line="a", at=moment), work("2", line="a"), work("3", line="b")]
            )
            await soon(notes.complete.wait())

        assert notes.done == ["3", "1", "2"]
        assert now() >= moment

    opened(scenario)


def test_nothing_holds_a_worker_while_it_waits(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        late = now() + timedelta(hours=1)
        notes = Notes(1, first={str(number): [timedelta(hours=1)] for number in range(20)})
        async with start({"note": notes}, 1) as engine:
            await engine.put([work(str(number)) for number in range(20)])
            await engine.put([work("later", at=late), work("now")])
            await soon(notes.complete.wait())

        assert notes.done == ["now"]

    opened(scenario)


def test_the_higher_priority_goes_first_between_lines(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(4, gates={"first": asyncio.Event()})
        async with start({"note": notes}, 1) as engine:
            await engine.put([work("first")])
            await soon(notes.began.get())
            await engine.put([work("low"), work("high", priority=2), work("middle", priority=1)])
            notes.gates["first"].set()
            await soon(notes.complete.wait())

        assert notes.done == ["first", "high", "middle", "low"]

    opened(scenario)


def test_within_a_line_the_higher_priority_goes_first_then_what_was_put_first(
    opened: Opened,
) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(4, gates={"1": asyncio.Event()})
        async with start({"note": notes}, 8) as engine:
            await engine.put([work("1", line="a")])
            await soon(notes.began.get())
            await engine.put([work("2", line="a"), work("3", line="a", priority=1)])
            await engine.put([work("4", line="a", priority=1)])
            notes.gates["1"].set()
            await soon(notes.complete.wait())

        assert notes.done == ["1", "3", "4", "2"]

    opened(scenario)


def test_a_work_that_has_begun_is_overtaken_by_none_of_its_line(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        gate = asyncio.Event()
        notes = Notes(2, first={"1": [SHORT, OSError("dead")]}, gates={"1": gate})
        async with start({"note": notes}, 8) as engine:
            await engine.put([work("1", line="a")])
            await soon(notes.began.get())
            await engine.put([work("2", line="a", priority=1)])
            gate.set()
            await soon(notes.complete.wait())

        assert notes.done == ["1", "2"]

    opened(scenario)


def test_a_line_that_gets_another_name_goes_on_in_the_line_of_that_name(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        gate, notes = asyncio.Event(), Notes(4, gates={"there": asyncio.Event()})
        moved = asyncio.Event()

        async def move(args: tuple[str, ...]) -> Done | Again:
            await gate.wait()
            if not moved.is_set():
                moved.set()
                return Again(now(), "new")
            return await notes(args)

        async with start({"note": notes, "move": move}, 8) as engine:
            first = replace(work("1", line="old"), kind="move")
            await engine.put([first, work("2", line="old"), work("there", line="new")])
            await soon(notes.began.get())
            gate.set()
            # A line of that name that is put later is another one.
            await soon(moved.wait())
            await engine.put([work("alone", line="old")])
            assert await asyncio.wait_for(notes.began.get(), SOON) == "alone"
            assert notes.began.empty()

            notes.gates["there"].set()
            await soon(notes.complete.wait())

        assert notes.done == ["alone", "there", "1", "2"]

    opened(scenario)


def test_a_handler_that_raises_is_logged_and_its_work_tried_again(
    opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(2, first={"1": [OSError("the line is dead")]})
        async with start({"note": notes}, 8) as engine:
            await engine.put([work("1", line="a"), work("2", line="b")])
            await soon(notes.complete.wait())

        assert notes.done == ["2", "1"]

    with caplog.at_level(logging.ERROR):
        opened(scenario)

    assert "the line is dead" in caplog.text


def test_a_new_engine_on_the_same_store_goes_on_with_what_is_left(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        before = Notes(1, first={"off": [timedelta(hours=1)]})
        async with start({"note": before}, 8) as engine:
            await engine.put([work("off", line="a"), work("held", line="a")])
            await engine.put([work("soon", at=now() + 3 * SHORT), work("done")])
            await soon(before.complete.wait())
        after = Notes(2)

        async with start({"note": after}, 8) as engine:
            await engine.put([work("held too", line="a"), work("soon"), work("new")])
            await soon(after.complete.wait())

        assert before.done == ["done"]
        assert after.done == ["new", "soon"]

    opened(scenario)


def test_a_stopping_engine_lets_what_is_in_hand_end_and_begins_nothing(opened: Opened) -> None:
    async def scenario(start: Start) -> None:
        notes = Notes(2, gates={"1": asyncio.Event()})
        async with start({"note": notes}, 8) as engine:
            await engine.put([work("1", line="a"), work("2", line="a")])
            await soon(notes.began.get())
            asyncio.get_running_loop().call_later(0.05, notes.gates["1"].set)

        assert notes.done == ["1"]

        async with start({"note": notes}, 8):
            await soon(notes.complete.wait())

        assert notes.done == ["1", "2"]

    opened(scenario)
