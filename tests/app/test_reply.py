"""Answers go out at once, and are given up in time."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.app.counts import Counts
from bot.app.insistence import AGAIN
from bot.app.reply import Arrival, Question, Replies
from bot.core.delivery import (
    Deferred,
    Delivered,
    Moved,
    Outcome,
    Pace,
    Payload,
    Post,
    Refused,
    Scope,
    Unsure,
)
from bot.core.errors import StoreError
from bot.core.page import Document, Page, Prose
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


def test_an_answer_waits_for_no_archive_that_something_else_holds(
    caplog: pytest.LogCaptureFixture,
) -> None:
    replying = Replying()

    class HeldPaces(MemoryPaces):
        async def reserve(self, paces: Sequence[Pace], *, now: datetime) -> datetime | None:
            del paces, now
            await asyncio.Event().wait()
            raise AssertionError

    replying.channel.limits = (ACCOUNT,)
    replies = replace(replying.replies, paces=HeldPaces(), counting=0.01)

    with caplog.at_level(logging.WARNING):
        assert asyncio.run(replies.send(HERE, page("one", "two")))

    said = "No room was reserved for an answer. The archive is held by something else."
    assert caplog.messages == [said, said]


def test_where_messages_are_few_each_answer_asks_the_rows_first() -> None:
    replying, counted = Replying(), []
    minute = Pace("loop:here:minute", interval=4.0, burst=5)

    class Watched(Loop):
        async def send(self, post: Post) -> Outcome:
            counted.append(len(replying.paces.asked))
            return await super().send(post)

    replies = replace(replying.replies, channels={"loop": Watched(limits=(minute,))})
    assert asyncio.run(replies.send(HERE, page("one", "two", "three")))

    assert counted == [1, 2, 3]


def test_digests_and_answers_of_one_group_stay_within_its_minute_together() -> None:
    replying, sent = Replying(), list[datetime]()
    minute = Pace("loop:here:minute", interval=4.0, burst=5)

    class Timed(Loop):
        def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
            del destination, answer
            return self.limits

        async def send(self, post: Post) -> Outcome:
            sent.append(replying.clock.now())
            return await super().send(post)

    async def scene() -> None:
        channel = Timed(limits=(minute,))
        replies = replace(replying.replies, channels={"loop": channel})
        for _ in range(10):
            await replies.send(HERE, page("one", "two"))
            # A part of a digest, which draws at the rows alone.
            while until := await replying.paces.reserve((minute,), now=replying.clock.now()):
                await replying.sleep((until - replying.clock.now()).total_seconds())
            sent.append(replying.clock.now())

    asyncio.run(scene())

    within = [sum(one <= other < one + timedelta(minutes=1) for other in sent) for one in sent]
    assert max(within) <= 20


def test_an_answer_is_counted_for_all_senders_once_it_is_on_its_way() -> None:
    replying, counted = Replying(), []

    class Watched(Loop):
        async def send(self, post: Post) -> Outcome:
            counted.append(len(replying.paces.asked))
            return await super().send(post)

    replies = replace(replying.replies, channels={"loop": Watched(limits=(ACCOUNT,))})
    assert asyncio.run(replies.send(HERE, page("one", "two", "three")))

    # The first asks the rows for what the last run left there; the others ask nothing before.
    assert counted == [1, 1, 2]
    assert replying.paces.asked == [["loop, answers"]] * 3


def test_where_the_rows_had_no_room_the_next_answer_asks_them_first() -> None:
    replying = Replying()
    replying.channel.limits = (Pace("loop", interval=0.001),)
    assert replying.send("one")
    replying.paces.held["loop, answers"] = NOW + timedelta(seconds=9)
    replying.clock.forward(timedelta(seconds=1))

    assert replying.send("two")
    assert replying.slept == []

    assert replying.send("three")
    assert replying.slept == [8.0]


@pytest.mark.parametrize(
    ("scope", "held"),
    [(Scope.ACCOUNT, ["loop"]), (Scope.DESTINATION, ["loop:here"]), (Scope.PART, [])],
)
def test_what_a_channel_says_to_an_answer_holds_up_every_sender(
    scope: Scope, held: list[str]
) -> None:
    replying = Replying()
    replying.channel.limits = (ACCOUNT, Pace("loop:here", interval=1.0))
    replying.channel.answers = {"one": [Deferred(30.0, scope)]}

    assert replying.send("one")

    assert replying.paces.held == {name: NOW + timedelta(seconds=30) for name in held}
    assert replying.slept == [30.0]


def test_a_wait_that_cannot_be_noted_is_kept_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    replying = Replying()
    replying.channel.limits = (ACCOUNT,)
    replying.paces.broken = "The archive is busy."
    replying.channel.answers = {"one": [Deferred(30.0, Scope.ACCOUNT)]}

    with caplog.at_level(logging.WARNING):
        assert replying.send("one")

    assert "That loop has to wait was not noted. The archive is busy." in caplog.messages
    assert replying.slept == [30.0]


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
        ([Unsure("The line broke.")] * 2, "The line broke."),
        ([Unsure("The line broke."), Refused("Closed.", Scope.PART)], "The line broke."),
        ([Moved(Destination("loop", "x"))] * 9, "The chat moves from one address to the next."),
        (
            [ValueError("oh")] * 2,
            "The attempt failed in a way that nobody foresaw; the log says how.",
        ),
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


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Refused("It was blocked.", Scope.DESTINATION), []),
        (Refused("Too long.", Scope.PART), ["An answer to loop:here was given up. Too long."]),
        (Unsure("No line."), ["An answer to loop:here was given up. No line."]),
    ],
)
def test_a_chat_that_need_not_take_what_it_is_offered_is_no_fault(
    answer: Outcome, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    replying = Replying()
    replying.channel.answers = {"one": [answer] * 2}

    with caplog.at_level(logging.WARNING):
        assert not asyncio.run(replying.replies.send(HERE, page("one"), offered=True))

    assert caplog.messages == said
    assert replying.counts.unanswered == len(said)


def test_an_answer_that_may_be_there_is_sent_once_more() -> None:
    replying = Replying()
    replying.channel.answers = {"one": [Unsure("The line broke.")]}

    assert replying.send("one", "two")
    assert [text for _, text in replying.channel.sent] == ["one", "one", "two"]
    assert replying.slept == [AGAIN]
    assert replying.counts.unanswered == 0


@pytest.mark.parametrize(
    ("found", "sent"), [(Delivered("7"), ["one", "two"]), (Deferred(0), ["one", "one", "two"])]
)
def test_an_answer_that_can_be_looked_for_is_sent_again_only_where_it_is_not(
    found: Outcome, sent: list[str]
) -> None:
    replying = Replying()
    replying.channel.answers = {"one": [Unsure("The line broke.")]}
    replying.channel.finds = {"one": [found]}

    assert replying.send("one", "two")
    assert [text for _, text in replying.channel.sent] == sent
    assert replying.channel.looked == ["one"]


class Files(Loop):
    """Sends a file as a message of its name, behind the texts or with the only one."""

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        texts = super().render(page, flat=flat)
        if page.document is None:
            return texts
        below = [str(each["text"]) for each in texts] if len(texts) == 1 else []
        file: Payload = {"text": " ".join([*below, page.document.name])}
        return (file,) if below else (*texts, file)


@pytest.mark.parametrize(
    ("texts", "told", "sent"),
    [
        (["one"], page("it holds").prose, ["one it holds"]),
        (["one", "two"], page("it holds").prose, ["one", "two", "it holds"]),
        (["one"], (), None),
        (["one", "two"], (), None),
    ],
)
def test_where_a_chat_takes_no_file_what_it_holds_is_told(
    texts: list[str],
    told: tuple[Prose, ...],
    sent: list[str] | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    replying = Replying()
    refused = Refused("No files here.", Scope.PART)
    files = Files(answers={"f.ics": [refused], "one f.ics": [refused]})
    replies = replace(replying.replies, channels={"loop": files})
    filed = replace(page(*texts), document=Document("f.ics", b"", told=told))

    assert asyncio.run(replies.send(HERE, filed)) is (sent is not None)
    if sent is not None:
        assert [text for _, text in files.sent] == sent
        assert caplog.messages == ["loop:here took no file. No files here."]


@pytest.mark.parametrize(
    "refused", [Refused("Too long.", Scope.PART), Refused("Kicked.", Scope.DESTINATION)]
)
def test_words_that_are_refused_are_no_file(refused: Refused) -> None:
    replying = Replying()
    files = Files(answers={"one": [refused], "two": [refused]})
    replies = replace(replying.replies, channels={"loop": files})
    filed = replace(page("one", "two"), document=Document("f.ics", b"", told=page("x").prose))

    assert not asyncio.run(replies.send(HERE, filed))
    assert files.sent == []


def test_a_chat_that_takes_nothing_is_told_no_words_of_a_file() -> None:
    replying = Replying()
    files = Files(answers={"one f.ics": [Refused("Kicked.", Scope.DESTINATION)]})
    replies = replace(replying.replies, channels={"loop": files})
    filed = replace(page("one"), document=Document("f.ics", b"", told=page("x").prose))

    assert not asyncio.run(replies.send(HERE, filed))
    assert files.sent == []


def test_each_message_of_an_answer_is_attached_to_the_question() -> None:
    replying = Replying()

    assert asyncio.run(replying.replies.send(HERE, page("one", "two"), question=Question("7")))
    assert replying.channel.attached == ["7", "7"]


def test_an_answer_that_is_sent_elsewhere_is_attached_to_nothing() -> None:
    replying = Replying()
    replying.channel.answers = {"one": [Moved(Destination("loop", "there"))]}

    assert asyncio.run(replying.replies.send(HERE, page("one"), question=Question("7")))
    assert replying.channel.sent == [("loop:there", "one")]
    assert replying.channel.attached == [None]


def test_what_cannot_be_looked_up_is_not_said_in_place_of_a_refused_answer() -> None:
    replying = Replying()
    replying.channel.answers = {"one": [Refused("Malformed.", Scope.PART)]}

    async def unshown() -> Page:
        raise StoreError("The archive is busy.")

    assert not asyncio.run(
        replying.replies.send(HERE, page("one"), question=Question(unshown=unshown))
    )
    assert replying.channel.sent == []


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


def test_an_edit_draws_on_the_same_pace_as_an_answer() -> None:
    replying, edited = Replying(), list[float]()
    replying.channel.limits = (ACCOUNT,)

    async def edit() -> Outcome:
        edited.append((replying.clock.now() - NOW).total_seconds())
        return Delivered("7")

    async def scene() -> list[bool]:
        return [await replying.replies.edit(HERE, edit) for _ in range(3)]

    assert asyncio.run(scene()) == [True] * 3
    assert edited == [0.0, 2.0, 4.0]


def test_an_edit_uses_up_nothing_of_what_a_chat_may_get_in_a_minute() -> None:
    replying = Replying()
    replying.channel.limits = (ACCOUNT, Pace("loop:here:minute", interval=4.0, burst=1))

    async def edit() -> Outcome:
        return Delivered("1")

    async def scene() -> list[bool]:
        return [await replying.replies.edit(HERE, edit) for _ in range(3)]

    assert asyncio.run(scene()) == [True] * 3
    assert replying.slept == [2.0, 2.0]
    assert replying.paces.asked == [["loop, answers"]] * 3


def test_an_edit_that_has_to_wait_holds_up_every_sender_and_is_made_then() -> None:
    replying = Replying()
    outcomes: list[Outcome] = [Deferred(30.0, Scope.ACCOUNT), Delivered("7")]
    replying.channel.limits = (ACCOUNT,)

    async def edit() -> Outcome:
        return outcomes.pop(0)

    assert asyncio.run(replying.replies.edit(HERE, edit))
    assert replying.paces.held == {"loop": NOW + timedelta(seconds=30)}
    assert (replying.slept, outcomes) == ([30.0], [])


@pytest.mark.parametrize(
    ("outcome", "settled", "unanswered"),
    [
        (Refused("It is too old.", Scope.PART), False, 0),
        (Deferred(3600.0, why="Flood."), True, 1),
        (Unsure("The line broke."), True, 1),
    ],
)
def test_only_an_edit_that_is_refused_comes_as_a_message_of_its_own(
    outcome: Outcome,
    settled: bool,  # noqa: FBT001 - what is expected
    unanswered: int,
) -> None:
    replying = Replying()

    async def edit() -> Outcome:
        return outcome

    assert asyncio.run(replying.replies.edit(HERE, edit)) is settled
    assert replying.counts.unanswered == unanswered


def test_an_edit_that_takes_too_long_is_given_up() -> None:
    replying = Replying()
    replies = replace(replying.replies, patience=0.01)

    async def edit() -> Outcome:
        await asyncio.Event().wait()
        return Delivered("7")

    assert asyncio.run(replies.edit(HERE, edit))
    assert replying.counts.unanswered == 1


def test_where_nothing_is_set_up_nothing_is_edited() -> None:
    replying = Replying()

    async def edit() -> Outcome:
        return Delivered("7")

    assert not asyncio.run(replying.replies.edit(Destination("slack", "T1/C2"), edit))


def test_an_answer_that_takes_too_long_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    replying = Replying()
    replying.channel.limits = (ACCOUNT,)
    replying.paces.held["loop, answers"] = NOW + timedelta(hours=1)
    replies = replace(replying.replies, sleep=asyncio.sleep, patience=0.01)

    assert not asyncio.run(replies.send(HERE, page("one")))
    assert caplog.messages == [
        "An answer to loop:here was given up. It took longer than 0 seconds."
    ]


def test_what_one_person_alone_sees_is_counted_and_waits_for_no_pace() -> None:
    replying = Replying()
    replying.channel.limits = (ACCOUNT,)
    outcomes: list[Outcome] = [
        Deferred(3.0, Scope.ACCOUNT, "slower"),
        Delivered(""),
        *[Deferred(3.0, Scope.ACCOUNT, "slower")] * 4,
    ]

    async def act() -> Outcome:
        return outcomes.pop(0)

    first = asyncio.run(replying.replies.attempt(act))
    given_up = asyncio.run(replying.replies.attempt(act))

    assert (first, given_up) == (Delivered(""), Deferred(3.0, Scope.ACCOUNT, "slower"))
    assert replying.slept == [3.0] * 4
    assert replying.counts.answers == {"deferred": 5, "delivered": 1}


def test_what_one_person_alone_sees_is_given_up_in_time() -> None:
    async def act() -> Outcome:
        await asyncio.Event().wait()
        return Delivered("")

    replies = replace(Replying().replies, patience=0.01)

    assert asyncio.run(replies.attempt(act)) == Unsure("It took longer than 0 seconds.")


@pytest.mark.parametrize("asked", [3600.0, 1.0])
def test_what_surely_is_not_there_when_nobody_waits_any_more_is_known(asked: float) -> None:
    slower = Deferred(asked, Scope.ACCOUNT, "slower")

    async def act() -> Outcome:
        return slower

    async def sleep(_: float) -> None:
        await asyncio.Event().wait()

    replies = replace(Replying().replies, sleep=sleep, patience=0.01 if asked < 60 else 60.0)

    assert asyncio.run(replies.attempt(act)) == slower


def test_a_page_without_a_thread_is_rendered_flat() -> None:
    rendered: list[bool] = []

    class Threads(Loop):
        def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
            rendered.append(flat)
            return super().render(page)

    replying = Replying()
    replies = replace(replying.replies, channels={"loop": Threads()})

    async def send() -> None:
        await replies.send(HERE, page("one"))
        await replies.send(HERE, page("one"), flat=True)

    asyncio.run(send())
    assert rendered == [False, True]


@pytest.mark.parametrize(
    ("outcomes", "arrival"),
    [
        ([], Arrival.WHOLE),
        ([Refused("The chat is closed.", Scope.DESTINATION)], Arrival.NOTHING),
        # It is sent again only by who cannot say that it is unclear.
        ([Unsure("The line broke.")], Arrival.UNCLEAR),
        ([Delivered("1"), Refused("The chat is closed.", Scope.DESTINATION)], Arrival.UNCLEAR),
    ],
)
def test_it_is_known_how_much_of_an_answer_is_there(
    outcomes: list[Outcome], arrival: Arrival
) -> None:
    replying = Replying()
    replying.channel.answers = {"one": list(outcomes), "two": [*outcomes[1:]]}

    assert asyncio.run(replying.replies.bring(HERE, page("one", "two"))) is arrival
    assert asyncio.run(replying.replies.bring(Destination("fax", "1"), page("one"))) is (
        Arrival.NOTHING
    )


def test_of_an_answer_that_was_begun_elsewhere_only_the_rest_is_sent() -> None:
    replying = Replying()

    told = replying.replies.bring(HERE, page("one", "two", "three"), beyond=1)

    assert asyncio.run(told) is Arrival.WHOLE
    assert [text for _, text in replying.channel.sent] == ["two", "three"]
