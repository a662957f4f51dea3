"""A series is brought to its end, whatever the channel says."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.app.counts import Counts
from bot.app.deliver import Deliver
from bot.app.outbox import Channel, Closed
from bot.app.queue import Again, Done
from bot.core.delivery import (
    Deferred,
    Delivered,
    Fate,
    Kind,
    Moved,
    Pace,
    Refused,
    Scope,
    State,
    Unsure,
)
from bot.core.subscription import Destination, Subscription
from tests.fakes.delivery import (
    HERE,
    NOW,
    Loop,
    MemoryDelivery,
    Preparing,
    SetClock,
    Told,
    filled,
)

ACCOUNT = Pace("loop", interval=1.0)
HOUR = timedelta(hours=1)


class Delivery:
    """Deliver with all its ports in memory."""

    def __init__(self, channel: Channel | None = None) -> None:
        self.clock = SetClock()
        self.rows = MemoryDelivery()
        self.channel = Loop()
        self.prepare = Preparing()
        self.told = Told()
        self.counts = Counts()
        self.deliver = Deliver(
            desk=self.rows,
            outbox=self.rows,
            prepare=self.prepare,
            channels={"loop": channel or self.channel},
            clock=self.clock,
            tell=self.told,
            counts=self.counts,
        )

    def step(self, series: int) -> Done | Again:
        return asyncio.run(self.deliver((str(series),)))

    def steps(self, *series: int, most: int = 50) -> list[float]:
        """Go on with each in turn until all are done; return the waits in seconds."""
        waits, open_ones = [], dict.fromkeys(series, self.clock.now())
        for _ in range(most):
            if not open_ones:
                break
            one = min(open_ones, key=lambda each: open_ones[each])
            waits.append((open_ones[one] - self.clock.now()).total_seconds())
            self.clock.moment = max(self.clock.moment, open_ones[one])
            answer = self.step(one)
            if isinstance(answer, Again):
                open_ones[one] = answer.at
            else:
                del open_ones[one]
        return waits[1:]

    def state(self, series: int) -> State:
        return self.rows.rows[series].state

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.channel.sent]


def test_a_due_series_is_prepared_and_sent_one_part_a_call() -> None:
    delivery = Delivery()
    series = delivery.rows.add()

    first, second = delivery.step(series), delivery.step(series)

    assert (first, second) == (Again(NOW), Done())
    assert delivery.texts == ["one", "two"]
    assert delivery.state(series) is State.POSTED
    assert delivery.counts.parts == {"delivered": 2}
    assert delivery.counts.late == 0


def test_a_series_that_is_over_is_left_alone() -> None:
    delivery = Delivery()
    series = delivery.rows.add()
    asyncio.run(delivery.rows.close(series, State.CANCELLED, why="", now=NOW))

    assert delivery.step(series) == Done()
    assert delivery.texts == []


def test_a_series_that_is_cancelled_between_its_parts_ends_there() -> None:
    delivery = Delivery()
    series = delivery.rows.add()
    delivery.step(series)
    asyncio.run(delivery.rows.close(series, State.CANCELLED, why="", now=NOW))

    assert delivery.step(series) == Done()
    assert delivery.texts == ["one"]


def test_what_is_not_to_be_posted_is_closed_with_its_reason() -> None:
    delivery = Delivery()
    delivery.prepare.result = Closed(State.QUIET, "Nothing new, and the chat wants no post then.")
    series = delivery.rows.add()

    assert delivery.step(series) == Done()
    assert delivery.state(series) is State.QUIET
    assert delivery.rows.rows[series].why == "Nothing new, and the chat wants no post then."


def test_a_page_that_was_written_is_not_prepared_again_after_a_restart() -> None:
    delivery = Delivery()
    series = asyncio.run(delivery.rows.open(HERE, Kind.AGAIN, filled("one"), now=NOW))

    delivery.steps(series)

    assert delivery.prepare.jobs == []
    assert delivery.texts == ["one"]


def test_a_late_digest_is_counted_and_one_that_was_asked_for_is_never_late() -> None:
    delivery = Delivery()
    ones = [
        delivery.rows.add(due=NOW - timedelta(minutes=15)),
        delivery.rows.add(due=NOW - timedelta(minutes=14)),
        delivery.rows.add(due=NOW - HOUR, kind=Kind.AGAIN),
    ]

    delivery.steps(*ones)

    assert delivery.counts.late == 1


def test_a_slot_older_than_its_grace_is_missed_and_one_that_was_asked_for_is_sent() -> None:
    delivery = Delivery()
    delivery.rows.subscriptions[HERE] = Subscription(destination=HERE, grace=HOUR)
    old = delivery.rows.add(due=NOW - HOUR - timedelta(seconds=1))
    young = delivery.rows.add(due=NOW - HOUR)
    asked_for = delivery.rows.add(due=NOW - 9 * HOUR, kind=Kind.NOTICE)

    delivery.steps(old, young, asked_for)

    states = [delivery.state(series) for series in (old, young, asked_for)]
    assert states == [State.MISSED, State.POSTED, State.POSTED]
    assert delivery.rows.rows[old].why.startswith("The bot was not running, or could not work")


def test_a_channel_that_is_not_set_up_refuses_and_the_operator_is_told() -> None:
    delivery = Delivery()
    series = delivery.rows.add(Destination("slack", "T1/C2"))

    assert delivery.step(series) == Done()
    assert delivery.state(series) is State.REFUSED
    assert delivery.told.sentences == [
        "Nothing here can post to slack:T1/C2: 'slack' is not set up."
    ]


def test_a_channel_that_asks_to_wait_is_waited_for_however_long() -> None:
    delivery = Delivery()
    delivery.channel.answers = {
        "one": [Deferred(40.0), Deferred(90_000.0, Scope.ACCOUNT)],
        "two": [Deferred(0.0)],
    }
    series = delivery.rows.add()

    waits = delivery.steps(series)

    assert waits == [40.0, 90_000.0, 0.0, 0.05]
    assert delivery.texts == ["one", "two"]
    assert delivery.counts.parts == {"deferred": 3, "delivered": 2}


def test_a_chat_that_moves_is_followed() -> None:
    delivery = Delivery()
    there = Destination("loop", "there")
    delivery.channel.answers = {"one": [Moved(there)]}
    series = delivery.rows.add()

    delivery.steps(series)

    assert delivery.channel.sent == [("loop:there", "one"), ("loop:there", "two")]


def test_a_chat_that_moves_in_circles_is_given_up() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Moved(Destination("loop", str(n))) for n in range(9)]}
    series = delivery.rows.add()

    delivery.steps(series)

    assert delivery.state(series) is State.REFUSED
    assert len(delivery.channel.answers["one"]) == 5
    (sentence,) = delivery.told.sentences
    assert sentence.startswith("loop:2 gets no digest any more: it refuses posts. The chat moves")


def test_a_part_that_is_refused_is_skipped_and_said(caplog: pytest.LogCaptureFixture) -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Refused("It is too long.", Scope.PART)]}
    series = delivery.rows.add()

    with caplog.at_level(logging.ERROR):
        delivery.steps(series)

    assert delivery.texts == ["two"]
    assert delivery.state(series) is State.POSTED
    assert caplog.messages == ["A part was refused by loop:here: It is too long."]


def test_a_chat_that_refuses_ends_the_series_and_the_operator_is_told() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Refused("The bot was removed.", Scope.DESTINATION)]}
    series = delivery.rows.add()

    assert delivery.step(series) == Done()
    assert delivery.state(series) is State.REFUSED
    assert delivery.told.sentences == [
        "loop:here gets no digest any more: it refuses posts. The bot was removed."
    ]


def test_an_account_that_is_refused_holds_all_and_is_said_once_and_when_it_is_over() -> None:
    delivery = Delivery()
    refusal = Refused("The token is not valid.", Scope.ACCOUNT)
    delivery.channel.answers = {"one": [refusal, refusal]}
    delivery.channel.limits = (ACCOUNT,)
    ones = [delivery.rows.add(Destination("loop", name)) for name in "ab"]

    delivery.steps(*ones)

    assert delivery.clock.now() >= NOW + timedelta(minutes=2)
    assert sorted(delivery.texts) == ["one", "one", "two", "two"]
    first, second = delivery.told.sentences
    assert first.startswith("loop refuses this bot: The token is not valid. Nothing goes out")
    assert second == "Posts to loop go out again."


def test_what_may_have_arrived_is_sent_again_after_waits_that_double() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Unsure("The line broke.")] * 3}
    series = delivery.rows.add()

    waits = delivery.steps(series)

    assert waits == [1.0, 2.0, 4.0, 0.0]
    assert delivery.texts == ["one", "one", "one", "one", "two"]
    assert delivery.rows.receipts[series][0].interrupted == 3
    assert delivery.counts.interrupted == 3


def test_what_may_have_arrived_is_not_sent_again_for_ever() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Unsure("The line broke.")] * 99}
    series = delivery.rows.add()

    delivery.steps(series, most=99)

    receipt = delivery.rows.receipts[series][0]
    assert (receipt.fate, receipt.why) == (
        Fate.REFUSED,
        "Nobody knows whether it arrived, and it is too late to try again. The line broke.",
    )
    assert delivery.state(series) is State.POSTED
    assert timedelta() < delivery.clock.now() - NOW - 6 * HOUR < timedelta(minutes=11)


def test_an_interrupted_part_that_is_found_is_not_sent_again() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Unsure("The line broke.")]}
    delivery.channel.finds = {"one": [Delivered("7")]}
    series = delivery.rows.add()

    delivery.steps(series)

    assert delivery.texts == ["one", "two"]
    assert delivery.channel.looked == ["one"]
    assert delivery.rows.receipts[series][0].reference == "7"
    assert delivery.counts.interrupted == 0


def test_an_interrupted_part_that_is_not_there_is_sent() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Unsure("The line broke.")]}
    delivery.channel.finds = {"one": [Deferred(0)]}
    series = delivery.rows.add()

    delivery.steps(series)

    assert delivery.texts == ["one", "one", "two"]


def test_a_search_for_an_interrupted_part_that_has_to_wait_leaves_it_interrupted() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Unsure("The line broke.")]}
    delivery.channel.finds = {"one": [Deferred(30.0), Delivered("7")]}
    series = delivery.rows.add()

    waits = delivery.steps(series)

    assert waits == [1.0, 30.0, 0.0]
    assert delivery.texts == ["one", "two"]


def test_a_channel_that_fails_is_logged_and_the_part_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [ZeroDivisionError("oh")]}
    series = delivery.rows.add()

    with caplog.at_level(logging.ERROR):
        waits = delivery.steps(series)

    assert waits == [1.0, 0.0]
    assert delivery.texts == ["one", "two"]
    assert "The channel failed at part 0 for loop:here." in caplog.messages


def test_a_pace_without_room_is_waited_for() -> None:
    delivery = Delivery()
    delivery.channel.limits = (ACCOUNT, Pace("loop:here", interval=5.0))
    series = delivery.rows.add()

    waits = delivery.steps(series)

    assert waits == [0.0, 5.0]
    assert delivery.rows.begun == [series, series, series]


def test_many_series_ask_for_room_no_more_often_than_they_need() -> None:
    delivery = Delivery()
    delivery.channel.limits = (ACCOUNT,)
    ones = [delivery.rows.add(Destination("loop", str(number))) for number in range(100)]

    delivery.steps(*ones, most=10_000)

    assert len(delivery.texts) == 200
    # Each part goes when its second has come, and no series asks for it in vain but once or so.
    assert delivery.clock.now() - NOW <= timedelta(seconds=201)
    assert len(delivery.rows.begun) <= 2 * len(delivery.texts)


@dataclass
class Ticking(SetClock):
    """Moves on whenever somebody looks at it, as clocks do."""

    def now(self) -> datetime:
        self.forward(timedelta(milliseconds=1))
        return self.moment


def test_a_clock_that_moves_on_meanwhile_makes_nobody_wait() -> None:
    delivery = Delivery()
    delivery.deliver = replace(delivery.deliver, clock=Ticking())
    series = delivery.rows.add()

    first, second = delivery.step(series), delivery.step(series)

    assert isinstance(first, Again)
    assert second == Done()
    assert len(delivery.prepare.jobs) == 1


def test_a_message_of_the_bot_itself_waits_for_no_turn() -> None:
    delivery = Delivery()
    delivery.channel.limits = (ACCOUNT,)
    digests = [delivery.rows.add(Destination("loop", str(number))) for number in range(9)]
    for series in digests:
        delivery.step(series)
    notice = delivery.rows.add(Destination("loop", "operator"), kind=Kind.NOTICE)

    delivery.steps(notice)

    assert delivery.clock.now() - NOW <= timedelta(seconds=4)
