"""Of many who ask, each has a turn; what is too much is told once, and nobody waits for ever."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from bot.app.crowd import PATIENCE, Crowd, Job, Steps, Turn
from bot.app.lines import EACH, open_lines
from bot.app.throttle import PANELS, Throttle, Verdict

ANNA = Turn(line="team", asker="anna", chat="team")


def brought(
    turns: Sequence[Turn], *, most: int, panels: int = PANELS, late: float = 0.0
) -> tuple[list[tuple[str, Verdict]], list[str]]:
    """Return what becomes of what is asked in turn, all at once, and what was done with."""
    now, left, done = [0.0], list[str](), list[tuple[str, Verdict]]()

    async def scene() -> None:
        held = asyncio.Event()
        crowd = Crowd(Throttle(seconds=lambda: now[0], most=most, panels=panels))

        async def work(job: Job[str]) -> None:
            await held.wait()
            turn = turns[int(job.heard)]
            done.append((job.heard, crowd.judged(job, turn)))

        async with open_lines(work) as lines:
            for number, turn in enumerate(turns):
                heard = str(number)
                job = crowd.job(heard, Steps(done=partial(left.append, heard)))
                await crowd.bring(job, lines, turn)
            now[0] += late
            held.set()

    asyncio.run(scene())
    return sorted(done, key=lambda each: int(each[0])), left


def test_who_asks_more_than_there_is_time_for_is_told_once() -> None:
    done, left = brought([ANNA] * 4, most=2)

    assert [verdict for _, verdict in done] == [Verdict.ANSWER, Verdict.ANSWER, Verdict.SAY]
    assert left == ["3"]


def test_who_is_told_apart_is_told_each_time_and_the_chat_is_told_once_all_the_same() -> None:
    apart = replace(ANNA, apart=True)

    done, left = brought([ANNA, apart, apart, apart, ANNA, ANNA], most=2)

    answer, ignore = Verdict.ANSWER, Verdict.IGNORE
    assert [verdict for _, verdict in done] == [answer, answer, ignore, ignore, Verdict.SAY]
    assert left == ["5"]


def test_presses_of_panels_are_counted_apart_and_may_be_more() -> None:
    panel = replace(ANNA, line="panels", apart=True, panel=True)

    done, left = brought([panel] * 4 + [ANNA] * 2, most=1, panels=3)

    answer, ignore = Verdict.ANSWER, Verdict.IGNORE
    assert [verdict for _, verdict in done] == [*[answer] * 3, ignore, answer, Verdict.SAY]
    assert left == []


def test_a_chat_in_which_more_is_asked_than_can_be_answered_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    turns = [replace(ANNA, asker=str(number)) for number in range(EACH + 2)]

    done, left = brought(turns, most=20)

    assert [verdict for _, verdict in done] == [*[Verdict.ANSWER] * EACH, Verdict.SAY]
    assert left == [str(EACH + 1)]
    assert caplog.messages == ["More is asked in team than can be answered."]


def test_where_there_is_no_room_whoever_is_told_apart_is_told_alone() -> None:
    turns = [replace(ANNA, asker=str(number), apart=True) for number in range(EACH + 1)]

    done, left = brought(turns, most=20)

    assert (done[-1], left) == ((str(EACH), Verdict.IGNORE), [])


def test_a_question_that_has_waited_too_long_is_not_answered_any_more() -> None:
    done, _ = brought([ANNA, ANNA], most=1, late=PATIENCE)

    # The second was judged when it came.
    assert [verdict for _, verdict in done] == [Verdict.SAY, Verdict.SAY]


async def begun_and_done(steps: Steps) -> bool:
    async with steps.turn() as its_turn:
        steps.done()
    return its_turn


def test_a_job_of_which_nobody_wants_to_know_is_done_in_silence() -> None:
    job = Crowd(Throttle(seconds=lambda: 7.0)).job("hello")

    assert asyncio.run(begun_and_done(job.steps))

    assert (job.heard, job.since, job.verdict) == ("hello", 7.0, Verdict.ANSWER)
