"""The log says once a series what became of it, with the ids by which it is found."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.about import ids
from bot.app.counts import Counts
from bot.app.deliver import Deliver
from bot.app.outbox import Closed
from bot.app.queue import Again
from bot.core.delivery import Kind, Outcome, Refused, Scope, State
from tests.fakes.delivery import HERE, NOW, Loop, MemoryDelivery, Preparing, SetClock, Told, filled

SLOT = "2025-09-02T03:00Z"
REFUSED = Refused("It is too long.", Scope.PART)


class Journal(logging.Handler):
    """Keeps each line with its level and what it is about."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str, dict[str, object]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelname, record.getMessage(), dict(ids())))


@contextmanager
def journal(level: int = logging.INFO) -> Iterator[Journal]:
    """Keep what is logged inside."""
    kept, logger = Journal(), logging.getLogger("bot")
    before = logger.level
    logger.addHandler(kept)
    logger.setLevel(level)
    try:
        yield kept
    finally:
        logger.removeHandler(kept)
        logger.setLevel(before)


class House:
    """Deliver with all its ports in memory, and one series."""

    def __init__(self, *, kind: Kind = Kind.DIGEST, subscription: int | None = 7) -> None:
        self.rows, self.clock, self.loop = MemoryDelivery(), SetClock(), Loop()
        self.prepare = Preparing(filled("one"))
        self.series = self.rows.add(kind=kind)
        row = self.rows.rows[self.series]
        self.rows.rows[self.series] = replace(row, subscription=subscription)
        self.deliver = Deliver(
            desk=self.rows,
            outbox=self.rows,
            prepare=self.prepare,
            channels={"loop": self.loop},
            clock=self.clock,
            tell=Told(),
            counts=Counts(),
        )

    def go(self) -> None:
        async def steps() -> None:
            while isinstance(await self.deliver((str(self.series),)), Again):
                pass

        asyncio.run(steps())

    def logged(self, level: int = logging.INFO) -> list[tuple[str, str, dict[str, object]]]:
        with journal(level) as kept:
            self.go()
        return kept.lines


NAMED = {"series": 1, "subscription": 7, "slot": SLOT, "destination": str(HERE)}


def test_what_was_posted_is_said_once_and_its_parts_to_who_looks_closely() -> None:
    house = House()
    house.prepare.result = filled("one", "two")

    assert house.logged(logging.DEBUG) == [
        ("DEBUG", "Part 1 of 2: delivered.", {**NAMED, "part": 0}),
        ("DEBUG", "Part 2 of 2: delivered.", {**NAMED, "part": 1}),
        ("INFO", "Posted to loop:here, parts: 2.", {**NAMED, "part": 1}),
    ]


def test_what_is_posted_late_says_so() -> None:
    house = House()
    house.clock.forward(timedelta(hours=1))

    said = "Posted to loop:here, parts: 1, late by 60 min."
    assert house.logged() == [("INFO", said, {**NAMED, "part": 0})]


def test_what_has_no_slot_is_never_late() -> None:
    house = House(kind=Kind.AGAIN, subscription=None)
    house.clock.forward(timedelta(hours=1))

    named = {"series": 1, "destination": str(HERE), "part": 0}
    assert house.logged() == [("INFO", "Posted to loop:here, parts: 1.", named)]


def test_a_last_part_that_was_refused_ends_its_series() -> None:
    house = House()
    refusals: list[Outcome | Exception] = [REFUSED]
    house.loop.answers["one"] = refusals

    said = "Ended: the last part was refused by loop:here."
    assert house.logged()[-1] == ("INFO", said, {**NAMED, "part": 0})


@pytest.mark.parametrize(
    ("closed", "level"),
    [
        (Closed(State.QUIET, "No news."), "INFO"),
        (Closed(State.REFUSED, "It cannot be."), "WARNING"),
    ],
)
def test_what_is_not_posted_is_said_with_its_reason(closed: Closed, level: str) -> None:
    house = House()
    house.prepare.result = closed

    said = f"loop:here, {SLOT}: {closed.state.value}. {closed.why}"
    assert house.logged() == [(level, said, NAMED)]


def test_what_was_asked_for_and_is_not_posted_is_said_without_a_slot() -> None:
    house = House(kind=Kind.AGAIN, subscription=None)
    house.prepare.result = Closed(State.REFUSED, "It cannot be.")

    named = {"series": 1, "destination": str(HERE)}
    assert house.logged() == [("WARNING", "loop:here: refused. It cannot be.", named)]


def test_what_was_cancelled_elsewhere_is_said() -> None:
    house = House()
    asyncio.run(house.rows.close(house.series, State.CANCELLED, why="", now=NOW))

    said = "Nothing is left to send: it was cancelled, or was at its end already."
    assert house.logged() == [("INFO", said, {"series": 1})]
