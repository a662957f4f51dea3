"""What was left undone is done after the next start, and nothing ends the bot at each."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.crowd import Steps
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


def resumed(before: Before, *, begins: bool = True, ends: bool = True) -> list[str]:
    """Resume all; return what was handed over and, as is said, begun and done."""
    handed: list[tuple[str, Steps]] = []

    async def hand(said: str, steps: Steps) -> None:
        if said == "odd":
            raise LookupError(said)
        handed.append((said, steps))

    async def whole() -> list[str]:
        undone = Undone(
            before=before, read=read, hand=hand, asks=lambda said: said.startswith("ask")
        )
        await undone.resume()
        begun = [said for said, steps in handed if begins and await steps.begun()]
        for said, steps in handed:
            if said in begun and ends:
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
