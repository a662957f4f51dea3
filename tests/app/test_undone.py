"""What was left undone is done after the next start, and nothing ends the bot at each."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.crowd import Steps
from bot.app.hands import Hands
from bot.app.lines import open_lines
from bot.app.undone import WAITED, Undone
from bot.store.heard import Left

FRESH = timedelta(0)


class Before:
    """What was heard before, in memory."""

    def __init__(self, **left: Left) -> None:
        self.kept = left
        #: Whether anything can be stored.
        self.writes = True

    async def load(self) -> None:
        """Know it already."""

    @property
    def left(self) -> Mapping[str, Left]:
        return dict(self.kept)

    def first(self, key: str, body: str = "") -> bool:
        return key not in self.kept and not body

    async def stored(self, key: str, *, patience: float) -> bool:
        return self.writes and bool(key) and patience > 0

    async def tried(self, key: str) -> bool:
        left = self.kept[key]
        if self.writes:
            self.kept[key] = replace(left, tries=left.tries + 1)
        return self.writes

    def done(self, key: str) -> None:
        del self.kept[key]


def read(body: str) -> str | None:
    if body == "bad":
        raise ValueError(body)
    return body or None


def asks(said: str) -> bool:
    return said.startswith("ask")


def resumed(before: Before, *, begins: bool = True, ends: bool = True) -> list[str]:
    """Resume all; return what was handed over and, as is said, begun and done."""
    handed: list[tuple[str, Steps]] = []

    async def hand(said: str, steps: Steps) -> None:
        if said == "odd":
            raise LookupError(said)
        handed.append((said, steps))

    async def whole() -> list[str]:
        undone = Undone(before=before, read=read, hand=hand, asks=asks, hands=Hands())
        await undone.resume()
        for _, steps in handed if begins else ():
            async with steps.turn() as its_turn:
                if its_turn and ends:
                    steps.done()
        return [said for said, _ in handed]

    return asyncio.run(whole())


def test_what_was_left_is_left_until_it_is_done() -> None:
    before = Before(a=Left("change", WAITED), b=Left("ask", FRESH))

    assert resumed(before, ends=False) == ["change", "ask"]
    assert [left.tries for left in before.kept.values()] == [1, 1]
    assert resumed(before) == ["change", "ask"]
    assert before.kept == {}


def test_what_ends_the_bot_does_so_only_so_often(caplog: pytest.LogCaptureFixture) -> None:
    before = Before(a=Left("ask", FRESH))

    assert [resumed(before, ends=False) for _ in range(5)] == [*[["ask"]] * 3, [], []]
    assert before.kept == {}
    assert caplog.messages == ["What was heard as a was begun often enough; it is let go."]


def test_what_was_not_begun_is_not_let_go_however_often_the_bot_ends() -> None:
    before = Before(a=Left("ask", FRESH))

    assert [resumed(before, begins=False) for _ in range(4)] == [["ask"]] * 4
    assert resumed(before) == ["ask"]


def test_what_cannot_be_counted_is_left_to_the_next_start() -> None:
    before = Before(a=Left("change", FRESH))
    before.writes = False

    assert resumed(before) == ["change"]
    assert list(before.kept) == ["a"]


def test_old_questions_are_let_go_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    before = Before(a=Left("ask", WAITED), b=Left("ask", WAITED), c=Left("change", WAITED))

    assert resumed(before) == ["change"]
    assert before.kept == {}
    assert caplog.messages == ["Of what was asked more than half an hour ago, 2 are let go."]


@pytest.mark.parametrize(
    ("body", "why"), [("", "says nothing any more"), ("bad", "cannot be read")]
)
def test_a_row_that_says_nothing_is_let_go_and_keeps_nothing_from_being_heard(
    body: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = Before(a=Left(body, FRESH), b=Left("ask", FRESH))

    assert resumed(before) == ["ask"]
    assert before.kept == {}
    assert caplog.messages == [f"What was heard as a {why}; it is let go."]


def test_a_row_that_cannot_be_handed_over_keeps_nothing_from_being_heard(
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = Before(a=Left("odd", FRESH), b=Left("ask", FRESH))

    assert resumed(before) == ["ask"]
    assert list(before.kept) == ["a"]
    assert caplog.messages == ["What was heard as a could not be handed over."]


class Working:
    """Works on what was left, each thing in a line of its own, and never comes to an end."""

    def __init__(self, before: Before) -> None:
        self.before = before
        self.begun: list[str] = []
        self.ended = asyncio.Event()

    async def until(self, texts: list[str], *, fresh: str = "", alone: float = 30) -> None:
        """Work until these are under way; all of them then end at once, as at a kill."""

        async def work(job: tuple[str, Steps]) -> None:
            said, steps = job
            async with steps.turn() as its_turn:
                assert its_turn
                self.begun.append(said)
                if said != fresh:
                    await self.ended.wait()

        hands = Hands(2)
        async with open_lines(work, hands=hands, last_words=0) as lines:

            async def hand(said: str, steps: Steps) -> None:
                assert await lines.put(said, (said, steps))

            undone = Undone(
                before=self.before, read=read, hand=hand, asks=asks, hands=hands, alone=alone
            )
            await undone.resume()
            if fresh:
                await hand(fresh, Steps())
            for _ in range(100):
                await asyncio.sleep(alone / 1e5)
            assert sorted(self.begun) == texts

    @property
    def tries(self) -> list[int]:
        return [left.tries for left in self.before.kept.values()]


def test_what_was_never_tried_is_worked_on_side_by_side() -> None:
    before = Before(a=Left("ask a", FRESH), b=Left("ask b", FRESH))
    working = Working(before)

    asyncio.run(working.until(["ask a", "ask b"]))

    assert working.tries == [1, 1]


def test_what_may_have_ended_the_bot_is_worked_on_alone_and_nobody_waits_behind_it() -> None:
    before = Before(**{name: Left(f"ask {name}", FRESH, tries=1) for name in "abcd"})
    working = Working(before)

    asyncio.run(working.until(["ask a", "new"], fresh="new"))

    assert working.tries == [2, 1, 1, 1]


def test_what_may_have_ended_the_bot_has_its_turn_when_the_one_before_it_ends() -> None:
    before = Before(**{name: Left(f"ask {name}", FRESH, tries=1) for name in "abc"})
    working = Working(before)
    working.ended.set()

    asyncio.run(working.until(["ask a", "ask b", "ask c"]))

    assert working.begun == ["ask a", "ask b", "ask c"]
    assert working.tries == [2, 2, 2]


def test_what_may_have_ended_the_bot_waits_but_some_seconds_for_the_one_before_it() -> None:
    before = Before(**{name: Left(f"ask {name}", FRESH, tries=1) for name in "ab"})
    working = Working(before)

    asyncio.run(working.until(["ask a", "ask b"], alone=0))

    assert working.tries == [2, 2]
