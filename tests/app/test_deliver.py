"""A series is brought to its end, whatever the channel says."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import pytest

from bot.app.counts import Counts
from bot.app.deliver import Deliver
from bot.app.outbox import Channel, Closed
from bot.app.queue import Again, Done
from bot.core.delivery import (
    Deferred,
    Delivered,
    Elsewhere,
    Fate,
    Kind,
    Moved,
    Outcome,
    Pace,
    Post,
    Refused,
    Scope,
    State,
    Unsure,
)
from bot.core.errors import StoreError
from bot.core.slots import COVERED
from bot.core.subscription import Destination, Schedule, Standing, Subscription, Timing
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
SERVED = Subscription(destination=HERE, schedule=Schedule((Timing(time(8)),), "UTC"))


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
    assert delivery.counts.slots == {State.QUIET: 1}


def test_what_somebody_asked_for_is_no_slot_when_it_is_not_posted() -> None:
    delivery = Delivery()
    delivery.prepare.result = Closed(State.REFUSED, "Nothing here can post to it.")
    series = delivery.rows.add(kind=Kind.AGAIN)

    delivery.steps(series)

    assert delivery.state(series) is State.REFUSED
    assert delivery.counts.slots == {}


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
        delivery.rows.add(Destination("loop", "there"), due=NOW - timedelta(minutes=14)),
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
    assert delivery.counts.slots == {State.MISSED: 1}


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
    series = delivery.rows.add(kind=Kind.AGAIN)

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


@pytest.mark.parametrize(
    ("kind", "chat", "expected"),
    [
        (Kind.DIGEST, SERVED, Elsewhere.ALWAYS),
        (Kind.AGAIN, SERVED, Elsewhere.ALWAYS),
        (Kind.NOTICE, SERVED, Elsewhere.ALWAYS),
        # Nothing comes there by itself, so nothing comes elsewhere from now on.
        (Kind.DIGEST, replace(SERVED, schedule=None), Elsewhere.NEVER),
        (Kind.DIGEST, replace(SERVED, standing=Standing.PAUSED), Elsewhere.NEVER),
        (Kind.DIGEST, None, Elsewhere.NEVER),
        (Kind.AGAIN, None, Elsewhere.NEVER),
        (Kind.NOTICE, None, Elsewhere.ONCE),
    ],
)
def test_only_a_digest_that_comes_by_itself_follows_its_chat_out_of_a_topic(
    kind: Kind, chat: Subscription | None, expected: Elsewhere
) -> None:
    delivery = Delivery()
    if chat is not None:
        delivery.rows.subscriptions[HERE] = chat

    delivery.steps(delivery.rows.add(kind=kind))

    assert delivery.channel.elsewhere == [expected] * 2


def test_the_line_of_a_chat_that_moves_goes_along() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Moved(Destination("loop", "there"))]}

    assert delivery.step(delivery.rows.add()) == Again(NOW, "loop:there")


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


def test_a_refused_post_that_belongs_to_no_subscription_speaks_of_no_digest() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Refused("There is no such chat.", Scope.DESTINATION)]}

    delivery.step(delivery.rows.add(kind=Kind.AGAIN))

    assert delivery.told.sentences == ["loop:here took nothing. There is no such chat."]


def test_the_log_names_the_place_where_a_moved_post_went(caplog: pytest.LogCaptureFixture) -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Moved(Destination("loop", "there"))]}

    with caplog.at_level(logging.INFO):
        delivery.steps(delivery.rows.add())

    assert "Posted to loop:there, parts: 2." in caplog.messages


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
    delivery.channel.finds = {"one": [Deferred(30.0), Deferred(1200.0), Delivered("7")]}
    series = delivery.rows.add()

    waits = delivery.steps(series)

    assert waits == [1.0, 30.0, 1200.0, 0.0]
    assert delivery.texts == ["one", "two"]
    receipt = delivery.rows.receipts[series][0]
    assert (receipt.attempts, receipt.interrupted) == (2, 1)


def test_a_part_that_is_not_found_at_last_is_sent() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Unsure("The line broke.")]}
    delivery.channel.finds = {"one": [Deferred(30.0), Deferred(0)]}
    series = delivery.rows.add()

    delivery.steps(series)

    assert delivery.texts == ["one", "one", "two"]
    assert delivery.counts.interrupted == 1


def test_a_series_that_is_cancelled_while_a_part_is_looked_for_ends_there() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Unsure("The line broke.")]}
    delivery.channel.finds = {"one": [Deferred(30.0)]}
    series = delivery.rows.add()
    delivery.step(series)
    delivery.step(series)
    asyncio.run(delivery.rows.close(series, State.CANCELLED, why="", now=NOW))

    assert delivery.step(series) == Done()
    assert delivery.channel.looked == ["one"]


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


class Chats(Loop):
    """Has a limit for each chat besides the account's."""

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        del answer
        return (ACCOUNT, Pace(str(destination), interval=30.0))


def test_a_chat_that_asks_for_a_wait_delays_no_other() -> None:
    chats = Chats(answers={"one": [Deferred(8 * 3600.0)]})
    delivery = Delivery(chats)
    flooded, *others = (delivery.rows.add(Destination("loop", name)) for name in "abc")
    assert delivery.step(flooded) == Again(NOW + 8 * HOUR)

    delivery.steps(*others)

    assert delivery.clock.now() - NOW < timedelta(minutes=1)
    assert [delivery.state(series) for series in others] == [State.POSTED] * 2


def test_a_chat_that_waits_for_its_own_pace_delays_no_other() -> None:
    delivery = Delivery(Chats())
    asyncio.run(delivery.rows.hold("loop:a", until=NOW + HOUR))
    waiting, *others = (delivery.rows.add(Destination("loop", name)) for name in "abc")
    assert delivery.step(waiting) == Again(NOW + HOUR)

    delivery.steps(*others)

    assert delivery.clock.now() - NOW < timedelta(minutes=1)


def test_an_account_that_asks_for_a_wait_is_asked_nothing_until_then() -> None:
    delivery = Delivery()
    delivery.channel.limits = (ACCOUNT,)
    delivery.channel.answers = {"one": [Deferred(60.0, Scope.ACCOUNT)]}
    first, second = (delivery.rows.add(Destination("loop", name)) for name in "ab")
    delivery.step(first)
    delivery.clock.forward(timedelta(seconds=5))

    assert delivery.step(second) == Again(NOW + timedelta(seconds=60))
    assert delivery.rows.begun == [first]
    assert [job.series.id for job in delivery.prepare.jobs] == [first]


def test_a_long_wait_is_logged_each_time_and_the_operator_told_once_until_a_post_is_there(
    caplog: pytest.LogCaptureFixture,
) -> None:
    delivery = Delivery()
    wait = Deferred(901.0)
    delivery.channel.answers = {"one": [wait, Deferred(900.0), wait], "two": [wait]}

    with caplog.at_level(logging.WARNING):
        delivery.steps(delivery.rows.add(kind=Kind.AGAIN))

    assert caplog.messages == ["loop:here asks for a wait of 901 seconds."] * 3
    assert delivery.told.sentences == [
        f"loop:here takes no posts until 2025-09-02 {until} UTC: it asked the bot to wait. "
        "What is due there waits too; what is too old by then is not sent, and /missed says so."
        for until in ("03:15", "04:00")
    ]


def test_a_wait_of_the_whole_account_is_told_by_its_channel() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Deferred(3600.0, Scope.ACCOUNT)]}

    delivery.step(delivery.rows.add())

    (sentence,) = delivery.told.sentences
    assert sentence.startswith("loop takes no posts until 2025-09-02 04:00 UTC")


def test_a_wait_without_end_is_taken_for_a_year() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Deferred(1e300)]}

    assert delivery.step(delivery.rows.add()) == Again(NOW + timedelta(days=366))


class Forgetful(MemoryDelivery):
    """Cannot write what became of a part, so many times."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures

    async def record(
        self, post: Post, outcome: Outcome, paces: Sequence[Pace], *, now: datetime
    ) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreError("The disk is full.")
        await super().record(post, outcome, paces, now=now)


def test_an_outcome_that_cannot_be_written_is_written_later_and_nothing_is_sent_twice() -> None:
    delivery = Delivery()
    rows = Forgetful(failures=2)
    delivery.rows = rows
    delivery.deliver = replace(delivery.deliver, desk=rows, outbox=rows)
    series = rows.add()
    for _ in range(2):
        with pytest.raises(StoreError, match="full"):
            delivery.step(series)
        delivery.clock.forward(HOUR)

    assert delivery.step(series) == Again(NOW + 2 * HOUR)
    assert delivery.step(series) == Done()
    assert delivery.texts == ["one", "two"]
    assert delivery.counts.parts == {"delivered": 2}
    assert [receipt.attempts for receipt in rows.receipts[series]] == [1, 1]


def restarted(delivery: Delivery) -> None:
    delivery.deliver = replace(delivery.deliver)


def written(delivery: Delivery) -> int:
    """Return a slot whose parts were written right before a crash."""
    series = delivery.rows.add()
    asyncio.run(delivery.rows.fill(series, filled("old", "older"), now=NOW))
    return series


def test_a_page_that_was_written_on_time_is_written_anew_when_it_is_late() -> None:
    delivery = Delivery()
    series = written(delivery)
    delivery.clock.forward(2 * HOUR)

    delivery.steps(series)

    assert delivery.texts == ["one", "two"]
    assert [job.series.state for job in delivery.prepare.jobs] == [State.DUE]
    assert delivery.counts.late == 1


def test_a_page_that_was_written_is_sent_as_it_is_while_it_is_not_late() -> None:
    delivery = Delivery()
    series = written(delivery)
    delivery.clock.forward(timedelta(minutes=14))

    delivery.steps(series)

    assert delivery.texts == ["old", "older"]


def test_a_page_that_was_written_and_is_too_old_now_is_missed() -> None:
    delivery = Delivery()
    series = written(delivery)
    delivery.clock.forward(timedelta(days=3))

    assert delivery.step(series) == Done()
    assert delivery.texts == []
    assert delivery.state(series) is State.MISSED


@pytest.mark.parametrize("outcome", [Delivered("1"), Unsure("The line broke.")])
def test_a_half_sent_page_is_sent_to_its_end_however_late(outcome: Outcome) -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [outcome]}
    delivery.channel.finds = {"one": [Delivered("1")]}
    series = delivery.rows.add()
    delivery.step(series)
    restarted(delivery)
    delivery.clock.forward(5 * HOUR)

    delivery.steps(series)

    assert delivery.texts == ["one", "two"]
    assert len(delivery.prepare.jobs) == 1


@pytest.mark.parametrize("again", [1, 2])
def test_a_page_that_waits_long_is_written_anew_each_time_it_has_become_late(again: int) -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Deferred(1800.0)] * again}
    series = delivery.rows.add()

    delivery.steps(series)

    assert len(delivery.prepare.jobs) == 1 + again
    assert delivery.texts == ["one", "two"]
    assert delivery.counts.late == again


def test_a_part_that_waits_long_after_the_first_one_is_sent_as_it_is() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"two": [Deferred(1800.0)]}
    series = delivery.rows.add()

    delivery.steps(series)

    assert len(delivery.prepare.jobs) == 1
    assert delivery.texts == ["one", "two"]


def test_slots_that_became_due_behind_another_are_one_digest_that_says_how_many() -> None:
    delivery = Delivery()
    delivery.channel.answers = {"one": [Deferred(4 * 3600.0)]}
    first = delivery.rows.add()
    delivery.step(first)
    second, third = (delivery.rows.add(due=NOW + hours * HOUR) for hours in (1, 2))
    delivery.clock.forward(4 * HOUR)

    assert [delivery.step(series) for series in (first, second)] == [Done(), Done()]
    delivery.steps(third)

    assert [delivery.state(series) for series in (first, second)] == [State.COVERED] * 2
    assert delivery.rows.rows[first].why == COVERED
    assert delivery.prepare.jobs[-1].series.covers == 2
    assert delivery.texts == ["one", "two"]
    assert delivery.counts.slots == {State.COVERED: 2}
