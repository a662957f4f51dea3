"""Answers go out at once, and are given up in time."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.counts import Counts
from bot.app.reply import Replies
from bot.core.delivery import (
    Deferred,
    Moved,
    Outcome,
    Pace,
    Refused,
    Scope,
    Unsure,
)
from bot.core.subscription import Destination
from tests.fakes.delivery import HERE, NOW, Loop, MemoryPaces, SetClock, page

ACCOUNT = Pace("loop", interval=2.0)


class Replying:
    """Replies with all its ports in memory; sleeping moves the clock."""

    def __init__(self) -> None:
        self.clock = SetClock()
        self.channel = Loop()
        self.paces = MemoryPaces()
        self.counts = Counts()
        self.slept: list[float] = []
        self.replies = Replies(
            channels={"loop": self.channel},
            paces=self.paces,
            clock=self.clock,
            counts=self.counts,
            sleep=self.sleep,
        )

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.forward(timedelta(seconds=seconds))

    def send(self, *texts: str, to: Destination = HERE) -> bool:
        return asyncio.run(self.replies.send(to, page(*texts)))


def test_an_answer_is_sent_message_by_message_under_the_first() -> None:
    replying = Replying()

    assert replying.send("one", "two", "three")
    assert [text for _, text in replying.channel.sent] == ["one", "two", "three"]
    assert replying.channel.unders == [None, "id of one", "id of one"]
    assert replying.counts.answers == {"delivered": 3}


def test_an_answer_draws_on_its_own_share_and_waits_for_room_there() -> None:
    replying = Replying()
    replying.channel.limits = (ACCOUNT,)
    replying.paces.held["loop"] = NOW + timedelta(hours=1)

    assert replying.send("one", "two")
    assert replying.slept == [2.0]


def test_an_answer_without_a_reservation_is_better_than_none(
    caplog: pytest.LogCaptureFixture,
) -> None:
    replying = Replying()
    replying.channel.limits = (ACCOUNT,)
    replying.paces.broken = "The archive is busy."

    with caplog.at_level(logging.WARNING):
        assert replying.send("one")

    assert caplog.messages == ["No room was reserved for an answer. The archive is busy."]


def test_a_channel_that_asks_to_wait_is_asked_a_few_times() -> None:
    replying = Replying()
    replying.channel.answers = {"one": [Deferred(3.0), Deferred(0)]}

    assert replying.send("one")
    assert replying.slept == [3.0, 0.05]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([Deferred(1.0, why="Flood.")] * 9, "Flood."),
        ([Deferred(3600.0)], "The channel asks to wait for too long."),
        ([Refused("The bot was removed.", Scope.DESTINATION)], "The bot was removed."),
        ([Unsure("The line broke.")], "The line broke."),
        ([Moved(Destination("loop", "x"))] * 9, "The chat moves from one address to the next."),
        ([ValueError("oh")], "The attempt failed in a way that nobody foresaw; the log says how."),
    ],
)
def test_an_answer_that_cannot_be_sent_is_given_up_and_logged(
    answers: list[Outcome | Exception], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    replying = Replying()
    replying.channel.answers = {"one": answers}

    with caplog.at_level(logging.WARNING):
        assert not replying.send("one", "two")

    assert caplog.messages[-1] == f"An answer to loop:here was given up. {said}"
    assert "two" not in [text for _, text in replying.channel.sent]
    assert replying.counts.unanswered == 1
    assert sum(replying.slept) <= replying.replies.patience


def test_a_chat_that_has_moved_gets_its_answer_there() -> None:
    replying = Replying()
    replying.channel.answers = {"one": [Moved(Destination("loop", "there"))]}

    assert replying.send("one")
    assert replying.channel.sent == [("loop:there", "one")]


def test_an_answer_to_a_channel_that_is_not_set_up_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    replying = Replying()

    assert not replying.send("one", to=Destination("slack", "T1/C2"))
    assert caplog.messages == ["No answer to slack:T1/C2: 'slack' is not set up."]
    assert replying.counts.unanswered == 1


def test_an_answer_that_takes_too_long_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    replying = Replying()
    replying.channel.limits = (ACCOUNT,)
    replying.paces.held["loop, answers"] = NOW + timedelta(hours=1)
    replies = replace(replying.replies, sleep=asyncio.sleep, patience=0.01)

    assert not asyncio.run(replies.send(HERE, page("one")))
    assert caplog.messages == [
        "An answer to loop:here was given up. It took longer than 0 seconds."
    ]
