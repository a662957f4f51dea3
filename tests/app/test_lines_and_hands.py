"""Things are done in order within a line, many lines at once, and never too many waiting."""

import asyncio
import gc
import weakref

import pytest

from bot.app.hands import ASIDE, Hands
from bot.app.lately import Lately
from bot.app.lines import EACH, open_lines
from bot.app.throttle import Throttle, Verdict


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

    assert "The bot stopped before it had answered everybody. Chats that wait: 1." in caplog.text


def test_a_full_line_takes_only_what_is_sure() -> None:
    async def scene() -> tuple[list[bool], list[int]]:
        held, done = asyncio.Event(), list[int]()

        async def work(thing: int) -> None:
            await held.wait()
            done.append(thing)

        async with open_lines(work) as lines:
            taken = [await lines.put("a", number) for number in range(EACH + 2)]
            taken += [await lines.put("b", 100), await lines.put("a", 101, sure=True)]
            held.set()
        return taken, done

    taken, done = asyncio.run(scene())

    assert taken == [*[True] * EACH, False, False, True, True]
    assert sorted(done) == [*range(EACH), 100, 101]


def test_that_there_is_no_room_at_all_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        held = [asyncio.Event(), asyncio.Event()]

        async def work(thing: int) -> None:
            await held[thing].wait()

        async with open_lines(work, most=1) as lines:
            await lines.put("a", 0)
            late = [asyncio.create_task(lines.put("b", 0)) for _ in range(3)]
            await asyncio.sleep(0)
            assert len(caplog.messages) == 1
            held[0].set()
            await asyncio.gather(*late)
            for _ in range(9):
                await asyncio.sleep(0)
            await lines.put("c", 1)
            again = asyncio.create_task(lines.put("d", 1))
            await asyncio.sleep(0)
            held[1].set()
            await again

    asyncio.run(scene())

    said = "Too much waits to be answered (chats: 1): nothing more is heard until some of it is"
    assert [message.startswith(said) for message in caplog.messages] == [True]


def test_who_waits_for_room_lets_others_work() -> None:
    async def scene() -> list[str]:
        done, held = list[str](), asyncio.Event()

        async def sleep(_: float) -> None:
            await held.wait()

        hands = Hands(1, sleep=sleep)

        async def work(thing: str) -> None:
            if thing == "a":
                await hands.sleep(60)
            done.append(thing)
            held.set()

        async with open_lines(work, hands=hands) as lines:
            await lines.put("a", "a")
            await lines.put("b", "b")
        return done

    assert asyncio.run(scene()) == ["b", "a"]


def test_what_waits_aside_is_done_one_by_one_and_never_too_much(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene() -> tuple[int, list[int]]:
        held = asyncio.Event()
        at_once, most = 0, list[int]()

        async def sleep(_: float) -> None:
            await held.wait()

        hands = Hands(1, sleep=sleep)

        async def act() -> None:
            nonlocal at_once
            at_once += 1
            most.append(at_once)
            await hands.sleep(1)
            at_once -= 1

        async def work(_: int) -> None:
            await hands.aside(act)

        async with open_lines(work, hands=hands) as lines:
            for number in range(ASIDE + 5):
                await lines.put(str(number), number)
            for _ in range(9 * ASIDE):
                await asyncio.sleep(0)
            held.set()
        return max(most), most

    with caplog.at_level("INFO"):
        most, done = asyncio.run(scene())

    assert (most, len(done)) == (1, ASIDE)
    assert sum("one is not told" in message for message in caplog.messages) == 5


def test_who_gives_up_waiting_aside_takes_nobody_s_turn() -> None:
    async def scene() -> list[str]:
        hands, first, done = Hands(2), asyncio.Event(), list[str]()

        async def act(name: str) -> None:
            if name == "first":
                await first.wait()
            done.append(name)

        async def one(name: str) -> None:
            async with hands.held():
                await hands.aside(lambda: act(name))

        tasks = [asyncio.create_task(one(name)) for name in ("first", "second", "third")]
        for _ in range(9):
            await asyncio.sleep(0)
        tasks[1].cancel()
        first.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        return done

    assert asyncio.run(scene()) == ["first", "third"]


def test_who_asks_for_how_long_is_not_remembered_without_end() -> None:
    throttle = Throttle(seconds=lambda: 0.0, most=1)

    judged = [throttle.judge("anna") for _ in range(2)]
    for number in range(10_000):
        throttle.judge(str(number))

    assert judged == [Verdict.ANSWER, Verdict.SAY]
    assert throttle.judge("anna") is Verdict.ANSWER


def test_what_was_found_out_is_not_remembered_without_end() -> None:
    lately: Lately[int, bool] = Lately(lambda: 0.0)

    lately.keep(0, found=True)
    for number in range(1, 10_000):
        lately.keep(number, found=True)
    kept = lately.of(0)
    lately.keep(10_000, found=True)

    assert (kept, lately.of(0)) == (True, None)


def test_what_is_not_so_any_more_is_forgotten() -> None:
    lately: Lately[str, bool] = Lately(lambda: 0.0)
    lately.keep("there", found=True)

    for gone in ("there", "elsewhere"):
        lately.drop(gone)

    assert lately.of("there") is None


def test_what_is_too_old_to_hold_is_let_go() -> None:
    class List(list[int]):
        """A list that can be watched."""

    now = [0.0]
    lately: Lately[str, List] = Lately(lambda: now[0], 15.0)
    old, again = List(), List()

    lately.keep("old", old)
    lately.keep("again", List())
    now[0] = 10.0
    lately.keep("again", again)
    watched, fresh = weakref.ref(old), weakref.ref(again)
    del old, again
    now[0] = 15.0
    lately.keep("other", List())
    gc.collect()

    assert (watched(), lately.of("again")) == (None, fresh())


def test_a_crowded_chat_is_told_once_a_minute() -> None:
    now = [0.0]
    throttle = Throttle(seconds=lambda: now[0])

    first = [throttle.crowd("team") for _ in range(2)]
    other = throttle.crowd("news")
    now[0] = 60.0

    assert first == [Verdict.SAY, Verdict.IGNORE]
    assert other is Verdict.SAY
    assert throttle.crowd("team") is Verdict.SAY


def test_a_person_has_so_many_a_minute() -> None:
    now = [0.0]
    throttle = Throttle(seconds=lambda: now[0], most=2)

    first = [throttle.judge("anna") for _ in range(4)]
    other = throttle.judge("bob")
    now[0] = 60.0

    assert first == [Verdict.ANSWER, Verdict.ANSWER, Verdict.SAY, Verdict.IGNORE]
    assert other is Verdict.ANSWER
    assert throttle.judge("anna") is Verdict.ANSWER
