"""Things are done in order within a line, many lines at once, and never too many waiting."""

import asyncio

import pytest

from bot.telegram.lines import open_lines
from bot.telegram.throttle import Throttle, Verdict


def test_a_line_is_worked_off_in_order_while_others_go_on() -> None:
    async def scene() -> list[str]:
        done: list[str] = []
        held = asyncio.Event()

        async def work(thing: str) -> None:
            if thing == "a1":
                await held.wait()
            done.append(thing)
            if thing == "b2":
                held.set()

        async with open_lines(work) as lines:
            for thing in ("a1", "a2", "b1", "b2"):
                await lines.put(thing[0], thing)
        return done

    assert asyncio.run(scene()) == ["b1", "b2", "a1", "a2"]


def test_who_brings_more_than_there_is_room_for_waits() -> None:
    async def scene() -> bool:
        held = asyncio.Event()

        async def work(_: int) -> None:
            await held.wait()

        async with open_lines(work, most=2) as lines:
            await lines.put("a", 1)
            await lines.put("a", 2)
            third = asyncio.create_task(lines.put("a", 3))
            await asyncio.sleep(0)
            waited = not third.done()
            held.set()
            await third
        return waited

    assert asyncio.run(scene())


def test_what_is_not_done_in_time_is_let_go(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async def work(_: int) -> None:
            await asyncio.Event().wait()

        async with open_lines(work, last_words=0.01) as lines:
            await lines.put("a", 1)
            await lines.put("a", 2)

    asyncio.run(scene())

    assert "before it had answered in 1 chats" in caplog.text


def test_a_person_has_so_many_a_minute() -> None:
    now = [0.0]
    throttle = Throttle(seconds=lambda: now[0], most=2)

    first = [throttle.judge("anna") for _ in range(4)]
    other = throttle.judge("bob")
    now[0] = 60.0

    assert first == [Verdict.ANSWER, Verdict.ANSWER, Verdict.SAY, Verdict.IGNORE]
    assert other is Verdict.ANSWER
    assert throttle.judge("anna") is Verdict.ANSWER
