"""What was left undone is done after the next start, and no question oftener than once."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.app.undone import WAITED, Undone
from bot.store.heard import Left

FRESH = timedelta(0)


class Before:
    """What was heard before, in memory."""

    def __init__(self, **left: Left) -> None:
        self.kept = left

    async def load(self) -> None:
        """Know it already."""

    @property
    def left(self) -> Mapping[str, Left]:
        return dict(self.kept)

    def first(self, key: str, body: str = "") -> bool:
        return key not in self.kept and not body

    def done(self, key: str) -> None:
        del self.kept[key]

    async def stored(self) -> None:
        """Have it stored."""


def resumed(before: Before) -> list[tuple[str, list[str]]]:
    """Resume all; return what was handed over, with what was still left at that time."""
    handed: list[tuple[str, list[str]]] = []

    async def hand(said: str, done: Callable[[], None]) -> None:
        handed.append((said, list(before.kept)))
        done()

    undone = Undone(
        before=before,
        read=lambda body: body or None,
        hand=hand,
        asks=lambda said: said.startswith("ask"),
    )
    asyncio.run(undone.resume())
    return handed


def test_a_change_is_left_until_it_is_done_and_a_question_let_go_before() -> None:
    before = Before(a=Left("change", WAITED), b=Left("ask", FRESH))

    assert resumed(before) == [("change", ["a", "b"]), ("ask", [])]
    assert before.kept == {}


def test_what_says_nothing_any_more_and_old_questions_are_let_go() -> None:
    before = Before(a=Left("", FRESH), b=Left("ask", WAITED))

    assert resumed(before) == []
    assert before.kept == {}
