"""Works are taken line by line, in their order, and at their moments."""

import random
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

import pytest

from bot.app.queue import Kept
from bot.core.delivery import Work
from bot.engine.lines import Held, Lines
from tests.fakes.delivery import NOW

SECOND = timedelta(seconds=1)


def kept(number: int, line: str, *, priority: int = 0, at: datetime | None = None) -> Kept:
    work = Work(kind="note", line=line, key=str(number), priority=priority, not_before=at)
    return Kept(id=number, work=work)


def lines_of(*works: Kept) -> Lines:
    lines = Lines()
    for work in works:
        lines.add(work, now=NOW)
    return lines


def take(lines: Lines, now: datetime = NOW) -> Held:
    held = lines.take(now)
    assert held is not None
    return held


def test_a_work_that_was_ready_waits_when_another_goes_before_it() -> None:
    lines = lines_of(kept(1, "a"), kept(2, "b"))
    take(lines)
    lines.add(kept(3, "b", priority=1), now=NOW)

    first = take(lines)

    assert first.kept.id == 3
    assert lines.take(NOW) is None

    lines.done(first)

    assert take(lines).kept.id == 2


def test_a_work_that_has_begun_is_overtaken_by_none_of_its_line() -> None:
    lines = lines_of(kept(1, "a"), kept(2, "a"))
    held = take(lines)
    lines.add(kept(3, "a", priority=1), now=NOW)
    lines.again(held, NOW + SECOND)

    assert lines.take(NOW) is None
    assert lines.moment() == NOW + SECOND

    order = []
    while next_one := lines.take(NOW + SECOND):
        order.append(next_one.kept.id)
        lines.done(next_one)
    assert order == [1, 3, 2]


def test_a_work_that_has_begun_gives_way_to_a_higher_one_of_another_line() -> None:
    lines = lines_of(kept(1, "a"))
    lines.again(take(lines), NOW)
    lines.add(kept(2, "b", priority=1), now=NOW)

    assert [take(lines).kept.id, take(lines).kept.id] == [2, 1]


def test_a_line_that_gets_another_name_waits_where_that_one_stands() -> None:
    lines = lines_of(kept(1, "old"), kept(2, "old"), kept(3, "new"), kept(4, "other"))
    moved, there = take(lines), take(lines)
    lines.done(take(lines))
    lines.again(moved, NOW, "new")

    assert lines.take(NOW) is None

    lines.done(there)
    lines.add(kept(5, "old"), now=NOW)
    first, beside = take(lines), take(lines)

    assert (first.kept.id, beside.kept.id) == (1, 5)
    lines.done(first)
    assert take(lines).kept.id == 2
    assert len(lines) == 2


def test_the_next_moment_is_that_of_the_first_of_a_line() -> None:
    lines = lines_of(kept(1, "a", at=NOW + SECOND))
    lines.add(kept(2, "a", priority=1, at=NOW + 9 * SECOND), now=NOW)

    assert lines.moment() == NOW + 9 * SECOND


def test_a_work_is_added_once() -> None:
    lines = lines_of(kept(1, "a"), kept(1, "a"))
    lines.done(take(lines))

    assert lines.take(NOW) is None
    assert len(lines) == 0


def test_what_is_put_off_moves_with_a_clock_that_was_set() -> None:
    later = NOW + 10 * SECOND
    lines = lines_of(kept(1, "a", at=later), kept(2, "a", at=later), kept(3, "b"))
    lines.shift(-4 * SECOND, now=NOW)

    assert take(lines).kept.id == 3
    assert lines.moment() == NOW + 6 * SECOND
    lines.done(take(lines, NOW + 6 * SECOND))
    assert take(lines, NOW + 6 * SECOND).kept.id == 2


def test_the_oldest_is_the_one_that_could_have_begun_first() -> None:
    lines = lines_of(kept(1, "a"), kept(2, "b", at=NOW + 5 * SECOND))

    assert lines.oldest(NOW + 7 * SECOND) == 7 * SECOND
    lines.done(take(lines))
    assert lines.oldest(NOW + 7 * SECOND) == 2 * SECOND
    assert Lines().oldest(NOW) == timedelta()


@pytest.mark.parametrize("seed", range(10))
def test_whatever_happens_the_one_that_comes_first_is_taken(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test keeps no secret
    lines, now, number = Lines(), NOW, 0
    waiting: dict[int, tuple[str, int, datetime]] = {}
    begun: set[int] = set()
    in_hand: list[tuple[Held, tuple[str, int, datetime]]] = []
    for _ in range(500):
        at = now + chance.randrange(4) * SECOND
        match chance.choice(["add", "take", "take", "end", "end", "wait"]):
            case "add":
                number += 1
                waiting[number] = (chance.choice("abc"), chance.randrange(3), at)
                line, priority, _ = waiting[number]
                lines.add(kept(number, line, priority=priority, at=at), now=now)
            case "take":
                first = first_of(waiting, begun, {each[0] for _, each in in_hand}, now)
                held = lines.take(now)
                assert (held.kept.id if held else None) == first
                if held:
                    begun.add(held.kept.id)
                    in_hand.append((held, waiting.pop(held.kept.id)))
            case "end" if in_hand:
                held, (line, priority, _) = in_hand.pop(chance.randrange(len(in_hand)))
                if chance.random() < 0.5:
                    lines.done(held)
                else:
                    lines.again(held, at)
                    waiting[held.kept.id] = (line, priority, at)
            case _:
                now += SECOND
    assert len(lines) == len(waiting) + len(in_hand)


def first_of(
    waiting: Mapping[int, tuple[str, int, datetime]],
    begun: AbstractSet[int],
    busy: AbstractSet[str],
    now: datetime,
) -> int | None:
    """Return who may be taken, looked for one by one."""
    firsts: dict[str, tuple[bool, int, int]] = {}
    for number, (line, priority, _) in waiting.items():
        place = (number not in begun, -priority, number)
        firsts[line] = min(firsts.get(line, place), place)
    able = [
        (priority, number)
        for line, (_, priority, number) in firsts.items()
        if line not in busy and waiting[number][2] <= now
    ]
    return min(able)[1] if able else None
