"""A part that may have arrived is looked for, and is sent again only when it surely has not."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.delivery import Deferred, Delivered, Outcome, Post, Tried, Unsure
from bot.slack.channel import SlackChannel
from bot.slack.history import Looking
from bot.slack.payload import File, Message, write
from tests.fakes.slack.channels import HELLO, play, post, posting, to
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.settings import Settings
from tests.fakes.slack.values import Message as Said

REPLY = write(Message("Rain", (), reply=True))


@dataclass
class Clock:
    """Shows the time that a test lets pass, and the waits that it was asked for."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += timedelta(seconds=seconds)

    def passes(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)

    @property
    def looking(self) -> Looking:
        return Looking(settled=35.0, now=self.now, sleep=self.sleep)


def tried(part: Post, clock: Clock, *, ago: float = 60.0) -> Post:
    """Return the part as one that was begun now, and let so many seconds pass."""
    last = clock.now()
    clock.passes(ago)
    return replace(part, tried=Tried(last - timedelta(minutes=5), last))


def scoped(scopes: Sequence[str] = (), *, without: Sequence[str] = ()) -> Settings:
    settings = Settings()
    settings.scopes = settings.scopes | set(scopes) - set(without)
    settings.scopes -= set(without)
    return settings


@pytest.mark.parametrize("kind", ["public", "private", "person"])
def test_what_is_there_is_found_in_every_kind_of_place(kind: str) -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        place = slack.channel("news", private=kind == "private")
        destination = to(slack.user("Anna") if kind == "person" else place)
        part = post(destination, series=7, part=1)
        slack.loses_answer("chat.postMessage")
        assert isinstance(await channel.send(part), Unsure)
        for other in (post(destination, series=7), post(destination, series=8, part=1)):
            await channel.send(other)

        found = await channel.find(tried(part, clock, ago=0))

        shown = (
            slack.direct(slack.users[destination.address[-9:]].id) if kind == "person" else place
        )
        assert found == Delivered(shown.messages[0].ts)

    play(scene, looking=clock.looking)


def test_a_story_is_found_in_the_thread_of_its_digest() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        first = await channel.send(post(to(news)))
        assert isinstance(first, Delivered)
        story = post(to(news), REPLY, part=1, under=first.reference)
        await channel.send(story)
        # What stands in the thread counts, not what stands in the channel.
        below = post(to(news, first.reference), part=2)
        await channel.send(below)

        assert await channel.find(tried(story, clock)) == Delivered(news.last.thread[0].ts)
        assert await channel.find(tried(below, clock)) == Delivered(news.last.thread[1].ts)
        assert await channel.find(tried(replace(story, part=3), clock)) == Deferred(0)

    play(scene, looking=clock.looking)


def test_what_may_still_come_is_waited_for() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        part = tried(post(to(slack.channel("news"))), clock, ago=5)

        assert await channel.find(part) == Deferred(30)
        clock.passes(29)
        assert await channel.find(part) == Deferred(1)
        clock.passes(1)
        assert await channel.find(part) == Deferred(0)

    play(scene, looking=clock.looking)


def test_what_a_process_sent_before_it_died_is_waited_for_from_the_next_ones_start() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        # It had looked for the part for long, and nobody knows when it sent it again.
        begun = clock.now() - timedelta(hours=1)
        part = replace(post(to(slack.channel("news"))), tried=Tried(begun, begun))

        assert await channel.find(part) == Deferred(35)
        clock.passes(35)
        assert await channel.find(part) == Deferred(0)

    play(scene, looking=clock.looking)


def test_a_clock_that_was_set_back_makes_no_longer_wait() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        part = tried(post(to(slack.channel("news"))), clock, ago=-3600)

        assert await channel.find(part) == Deferred(35)

    play(scene, looking=clock.looking)


@pytest.mark.parametrize(
    ("place", "missing"),
    [("public", "channels:history"), ("private", "groups:history"), ("person", "im:history")],
)
def test_without_the_scope_nobody_knows(place: str, missing: str) -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        there = slack.channel("news", private=place == "private")
        destination = to(slack.user("Anna") if place == "person" else there)
        await channel.send(post(destination))

        found = await channel.find(tried(post(destination), clock))

        assert found == Unsure(f"{destination} cannot be looked through (missing_scope).")

    play(scene, settings=scoped(without=[missing]), looking=clock.looking)


def test_what_was_never_tried_or_carries_no_mark_is_not_looked_for() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        parts = (
            post(to(news)),
            tried(post(to("news")), clock),
            tried(post(to(news), series=0), clock),
            tried(post(to(news), write(File("a.ics", b"x"))), clock),
        )

        assert [await channel.find(part) for part in parts] == 4 * [Unsure("Part 0 may be there.")]
        assert slack.calls == []

    play(scene, looking=clock.looking)


def test_the_mark_of_somebody_else_counts_for_nothing() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        await channel.send(post(to(news)))
        (ours,) = news.history
        # Another app has posted it, with metadata that looks like ours.
        theirs = Said(ts=ours.ts, channel=news.id, user="U0EVIL", text="", metadata=ours.metadata)
        news.history[:] = [theirs]

        assert await channel.find(tried(post(to(news)), clock)) == Deferred(0)

    play(scene, looking=clock.looking)


def test_another_message_of_that_number_counts_for_nothing() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        # A database that was begun anew counts its series anew.
        await channel.send(post(to(news), write(Message("An old digest", ()))))

        assert await channel.find(tried(post(to(news)), clock)) == Deferred(0)

    play(scene, looking=clock.looking)


def test_it_is_found_behind_much_talk_at_the_pace_of_the_method() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news, anna = slack.channel("news"), slack.user("Anna")
        await channel.send(post(to(news)))
        sent = news.last.ts
        news.history += [
            Said(ts=slack.new_ts(), channel=news.id, user=anna.id, text="hm") for _ in range(1800)
        ]
        part = tried(post(to(news)), clock)

        assert await channel.find(part) == Delivered(sent)
        assert len(slack.called("conversations.history")) == 10
        # What can be asked at once is used up: whoever looks next comes later.
        later = await channel.find(part)
        assert isinstance(later, Deferred)
        assert 0 < later.seconds <= 1.5
        assert len(slack.called("conversations.history")) == 10

    play(scene, looking=clock.looking)


def test_pages_wait_for_the_pace_and_too_many_are_not_looked_through() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news, anna = slack.channel("news"), slack.user("Anna")
        await channel.send(post(to(news)))
        news.history += [
            Said(ts=slack.new_ts(), channel=news.id, user=anna.id, text="hm") for _ in range(2100)
        ]
        part = tried(post(to(news)), clock)
        await channel.find(tried(post(to(slack.channel("other"))), clock))

        found = await channel.find(part)

        assert found == Unsure(f"Too much was said in {to(news)} since then.")
        assert len(clock.waits) == 1

    play(scene, looking=clock.looking)


def test_what_was_said_long_before_is_not_looked_through() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news, anna = slack.channel("news"), slack.user("Anna")
        long_ago = clock.now().timestamp() - 2 * 3600
        news.history += [
            Said(ts=f"{long_ago + number:.6f}", channel=news.id, user=anna.id, text="hm")
            for number in range(1000)
        ]

        assert await channel.find(tried(post(to(news)), clock)) == Deferred(0)
        assert len(slack.called("conversations.history")) == 1

    play(scene, looking=clock.looking)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (SlackError("ratelimited", status=429, retry_after=20), Deferred(20)),
        (SlackError("ratelimited"), Deferred(30)),
        (SlackError("internal_error", status=500), Deferred(5)),
        (SlackError("token_revoked"), Deferred(60)),
        (
            SlackError("not_in_channel"),
            Unsure("slack:T0000TEAM/C00000001 cannot be looked through (not_in_channel)."),
        ),
    ],
)
def test_a_history_that_cannot_be_read_now_is_read_later(
    error: SlackError, outcome: Outcome
) -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses("conversations.history", error)

        assert await channel.find(tried(post(to(news)), clock)) == outcome

    play(scene, looking=clock.looking)


def test_a_history_that_stays_unreadable_is_not_waited_for_for_ever() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        part = tried(post(to(news)), clock, ago=0)
        slack.refuses("conversations.history", "internal_error", times=2)

        assert await channel.find(part) == Deferred(5)
        clock.passes(601)
        assert isinstance(await channel.find(part), Unsure)

    play(scene, looking=clock.looking)


def test_who_cannot_say_who_it_is_looks_later() -> None:
    clock = Clock()

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        part = tried(post(to(slack.channel("news"))), clock)
        slack.goes_down(502)
        assert await channel.find(part) == Deferred(5)
        slack.comes_back()
        slack.settings.token_error = "token_revoked"  # noqa: S105 - an error's name
        assert await channel.find(part) == Deferred(60)
        slack.settings.token_error = ""
        assert await channel.find(part) == Deferred(0)

    play(scene, looking=clock.looking)


def test_a_message_that_was_lost_while_the_net_was_down_is_looked_for_when_it_is_back() -> None:
    clock = Clock()

    async def whole() -> None:
        async with fake_slack() as slack, posting(slack, looking=clock.looking) as channel:
            news = slack.channel("news")
            await channel.send(post(to(news), HELLO))
            await channel.find(tried(post(to(news)), clock))
            slack.drops("conversations.history", times=9)
            clock.passes(1)

            assert await channel.find(tried(post(to(news)), clock)) == Deferred(5)
            slack.is_well()
            assert await channel.find(tried(post(to(news)), clock)) == Delivered(news.last.ts)

    asyncio.run(whole())
