"""The channel posts to every kind of place in Slack, and folds a digest into a thread."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.delivery import Deferred, Delivered, Refused, Scope
from bot.core.errors import StoreError
from bot.core.page import (
    Button,
    Buttons,
    Document,
    Heading,
    Item,
    Link,
    Note,
    Page,
    Paragraph,
    Plain,
)
from bot.core.subscription import Destination
from bot.slack.channel import SlackChannel
from bot.slack.client import Me
from bot.slack.history import Looking
from bot.slack.outcomes import RETRY
from bot.slack.payload import File, Message, write
from tests.fakes.press import NOW
from tests.fakes.slack.channels import HELLO, play, post, to
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.settings import Settings
from tests.fakes.slack.values import TEAM_ID

PAGE = Page(
    (
        Heading((Plain("SCO"),)),
        Item((Link("Rain", "https://example.org/"),)),
        Buttons(((Button("1", "/brief 1"),),)),
    ),
    "SCO, Tue",
)
DIGEST = Page(
    (
        Heading((Plain("SCO"),)),
        Heading((Plain("1. Rain"),), level=2),
        Item((Plain("It rained."),)),
        Item((Plain("It was wet."),)),
        Note((Plain("Trend"),)),
        Heading((Plain("2. Snow"),), level=2),
        Item((Plain("It snowed."),)),
        Item((Plain("It was cold."),)),
        Note((Plain("Trend"),)),
        Note((Plain("Sources: 1 ok."),)),
        Buttons(((Button("1", "/brief 1"),),), NOW),
    ),
    "SCO, Tue",
)
ICS = File("ahead.ics", b"BEGIN:VCALENDAR", "Type <it> in: /upcoming")


def scoped(*more: str) -> Settings:
    """Return the usual settings with more scopes."""
    settings = Settings()
    settings.scopes |= set(more)
    return settings


def test_a_page_arrives_in_every_kind_of_place() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        anna = slack.user("Anna")
        news, closed = slack.channel("news"), slack.channel("closed", private=True)
        (payload,) = channel.render(PAGE)

        for destination in (to(news), to(closed), to(anna)):
            sent = await channel.send(post(destination, payload))

            place = slack.direct(anna.id) if destination == to(anna) else news
            place = closed if destination == to(closed) else place
            assert sent == Delivered(place.last.ts)
            assert "Rain" in place.last.shown
            assert place.last.links == [("https://example.org/", "Rain")]
            assert place.last.buttons == ["1"]
            assert place.last.notification.startswith("SCO, Tue")
            assert (place.last.unfurl_links, place.last.unfurl_media) == (False, False)

    play(scene)


def test_the_stories_of_a_digest_stand_in_its_thread() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")

        under = None
        for part, payload in enumerate(channel.render(DIGEST)):
            sent = await channel.send(post(to(news), payload, part=part, under=under))
            assert isinstance(sent, Delivered)
            under = under or sent.reference

        assert [message.shown for message in news.messages] == [news.last.shown]
        assert [("wet" in one.shown, "cold" in one.shown) for one in news.last.thread] == [
            (True, False),
            (False, True),
        ]

    play(scene)


def test_a_flat_digest_stands_in_the_channel_alone() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")

        for payload in channel.render(DIGEST, flat=True):
            assert isinstance(
                await channel.send(post(to(news), payload, under="1.000000")), Delivered
            )

        assert (len(news.messages), news.last.thread) == (1, [])
        assert "wet" in news.last.shown

    play(scene)


def test_what_is_sent_to_a_thread_stays_in_it() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        root = await channel.send(post(to(news)))
        assert isinstance(root, Delivered)

        under = None
        for part, payload in enumerate(channel.render(DIGEST)):
            there = post(to(news, root.reference), payload, part=part, under=under)
            sent = await channel.send(there)
            assert isinstance(sent, Delivered)
            under = under or sent.reference

        assert len(news.messages) == 1
        assert len(news.last.thread) == 3

    play(scene)


def test_parts_carry_their_series_and_answers_nothing() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")

        await channel.send(post(to(news), series=7, part=2))
        await channel.send(post(to(news), series=0))

        marked, answer = news.messages
        assert answer.metadata is None
        assert marked.metadata is not None
        assert marked.metadata["event_type"] == "briefbot_part"
        carried = marked.metadata["event_payload"]
        assert (carried["series"], carried["part"]) == (7, 2)

    play(scene)


def test_an_address_that_is_none_is_refused_and_draws_on_nothing() -> None:
    async def scene(_: FakeSlack, channel: SlackChannel) -> None:
        sent = await channel.send(post(to("news")))

        assert sent == Refused(
            "'slack:T0000TEAM/news' is no place in Slack: write slack:T0123/C0456, the ids of the "
            "workspace and the channel.",
            Scope.DESTINATION,
        )
        assert channel.paces(to("news")) == ()
        assert [pace.name for pace in channel.paces(to("C1"))] == [
            "slack:T0000TEAM",
            "slack:T0000TEAM/C1",
        ]

    play(scene)


@pytest.mark.parametrize("payload", [{}, {"file": "a", "content": "?", "instead": ""}])
def test_a_message_of_another_version_is_refused(payload: dict[str, object]) -> None:
    async def scene(_: FakeSlack, channel: SlackChannel) -> None:
        sent = await channel.send(post(to("C1"), payload))

        assert isinstance(sent, Refused)
        assert sent.scope is Scope.PART

    play(scene)


def test_a_public_channel_is_joined_where_the_app_may() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news", members=[])

        sent = await channel.send(post(to(news)))

        assert sent == Delivered(news.last.ts)
        assert news.has_bot

    play(scene, settings=scoped("channels:join"))


@pytest.mark.parametrize("scopes", [(), ("channels:join",)])
def test_what_cannot_be_joined_is_told_with_how_to_invite(scopes: tuple[str, ...]) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news", members=[])
        slack.refuses("conversations.join", "method_not_supported_for_channel_type", times=99)

        sent = await channel.send(post(to(news)))

        assert sent == Refused(
            f"The app is not in the channel {news.id} (https://app.slack.com/client/{TEAM_ID}/"
            f"{news.id}). Typing “/invite @briefbot” there mends that.",
            Scope.DESTINATION,
            mendable=True,
        )
        assert len(slack.called("conversations.join")) == 1

    play(scene, settings=scoped(*scopes))


def test_a_channel_that_the_bot_was_removed_from_is_not_joined_again() -> None:
    asked: list[Destination] = []

    async def been(channel: Destination) -> bool:
        asked.append(channel)
        return True

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news", members=[])

        sent = await channel.send(post(to(news, "1700000000.000001")))

        assert isinstance(sent, Refused)
        assert sent.scope is Scope.DESTINATION
        assert sent.why.endswith("Typing “/invite @briefbot” there mends that.")
        assert asked == [to(news)]
        assert (news.has_bot, slack.called("conversations.join")) == (False, [])

    play(scene, settings=scoped("channels:join"), been=been)


def test_where_nobody_knows_whether_the_bot_was_there_it_waits() -> None:
    async def been(channel: Destination) -> bool:
        raise StoreError(f"Nothing is known of {channel}.")

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news", members=[])

        assert await channel.send(post(to(news))) == Deferred(
            RETRY, Scope.DESTINATION, f"Nothing is known of {to(news)}."
        )
        assert slack.called("conversations.join") == []

    play(scene, settings=scoped("channels:join"), been=been)


def test_a_wait_for_joining_refuses_nothing() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news", members=[])
        slack.refuses("conversations.join", SlackError("ratelimited", status=429, retry_after=7))

        assert await channel.send(post(to(news))) == Deferred(
            7, Scope.DESTINATION, "Slack lets the app join no channel for now."
        )

    play(scene, settings=scoped("channels:join"))


def test_a_wait_for_joining_holds_up_no_channel_that_the_bot_is_in() -> None:
    now = [NOW]

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news, other = slack.channel("news", members=[]), slack.channel("other")
        slack.refuses("conversations.join", SlackError("ratelimited", status=429, retry_after=7))

        await channel.send(post(to(news)))
        there = await channel.send(post(to(other)))
        waits = await channel.send(post(to(news)))
        now[0] += timedelta(seconds=7)
        joined = await channel.send(post(to(news)))

        assert there == Delivered(other.last.ts)
        assert isinstance(waits, Deferred)
        assert (waits.seconds, waits.scope) == (7.0, Scope.DESTINATION)
        assert joined == Delivered(news.last.ts)
        assert len(slack.called("conversations.join")) == 2

    play(scene, settings=scoped("channels:join"), looking=Looking(now=lambda: now[0]))


def test_channels_are_joined_no_faster_than_slack_allows() -> None:
    now = [NOW]

    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        channels = [slack.channel(f"news-{number}", members=[]) for number in range(60)]

        sent = [await channel.send(post(to(one))) for one in channels]

        joined = [one for one in sent if isinstance(one, Delivered)]
        waits = [one for one in sent if isinstance(one, Deferred)]
        assert len(joined) == len(slack.called("conversations.join")) == 10
        assert len(waits) == 50
        assert all(0 < one.seconds <= 60 and one.scope is Scope.DESTINATION for one in waits)

    play(scene, settings=scoped("channels:join"), looking=Looking(now=lambda: now[0]))


@pytest.mark.parametrize(("series", "part"), [(0, 0), (1, 1)])
def test_no_channel_is_joined_for_an_answer_or_in_the_middle_of_a_digest(
    series: int, part: int
) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news", members=[])

        for payload in (HELLO, write(ICS)):
            sent = await channel.send(post(to(news), payload, series=series, part=part))
            assert isinstance(sent, Refused)

        assert (news.has_bot, slack.called("conversations.join")) == (False, [])

    play(scene, settings=scoped("channels:join"))


def test_an_answer_to_joining_that_is_lost_refuses_nothing() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news", members=[])
        slack.loses_answer("conversations.join")

        first = await channel.send(post(to(news)))
        again = await channel.send(post(to(news)))

        assert isinstance(first, Deferred)
        assert again == Delivered(news.last.ts)
        assert len(news.messages) == 1

    play(scene, settings=scoped("channels:join"))


def test_a_channel_that_is_left_while_it_is_joined_is_refused() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses("chat.postMessage", "not_in_channel", times=99)

        assert isinstance(await channel.send(post(to(news))), Refused)
        assert len(slack.called("chat.postMessage")) == 2

    play(scene, settings=scoped("channels:join"))


def test_a_file_arrives_in_channels_threads_and_with_people() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        anna, news = slack.user("Anna"), slack.channel("news")
        root = await channel.send(post(to(news)))
        assert isinstance(root, Delivered)

        for destination in (to(news), to(news, root.reference), to(anna)):
            assert isinstance(await channel.send(post(destination, write(ICS))), Delivered)

        shown = [news.last, news.messages[0].thread[0], slack.direct(anna.id).last]
        assert [[one.name for one in message.files] for message in shown] == [["ahead.ics"]] * 3
        assert shown[0].files[0].content == b"BEGIN:VCALENDAR"

    play(scene)


def test_a_public_channel_is_joined_for_a_file() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news", members=[])

        assert isinstance(await channel.send(post(to(news), write(ICS))), Delivered)
        assert len(news.last.files) == 1

    play(scene, settings=scoped("channels:join"))


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("files.getUploadURLExternal", "file_uploads_disabled"),
        ("files.getUploadURLExternal", "missing_scope"),
        ("files.completeUploadExternal", "posting_to_channel_denied"),
    ],
)
def test_where_files_are_not_taken_the_words_for_it_are_said(method: str, error: str) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses(method, error, times=2)
        mute = write(File("a.ics", b"x"))

        said = await channel.send(post(to(news), write(ICS), series=0))
        nothing = await channel.send(post(to(news), mute, series=0))

        assert said == Delivered(news.last.ts)
        assert news.texts == ["Type &lt;it&gt; in: /upcoming"]
        assert isinstance(nothing, Refused)
        assert nothing.scope is Scope.PART

    play(scene)


def test_a_file_that_is_lost_on_its_way_is_sent_again_later() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.loses_answer("files.getUploadURLExternal")

        first = await channel.send(post(to(news), write(ICS)))
        again = await channel.send(post(to(news), write(ICS)))

        assert isinstance(first, Deferred)
        assert first.scope is Scope.PART
        assert isinstance(again, Delivered)
        assert len(news.messages) == 1

    play(scene)


def test_a_file_for_a_channel_that_is_gone_is_refused() -> None:
    async def scene(_: FakeSlack, channel: SlackChannel) -> None:
        sent = await channel.send(post(to("C404"), write(ICS)))

        assert isinstance(sent, Refused)
        assert sent.scope is Scope.DESTINATION

    play(scene)


def test_blocks_that_slack_cannot_read_come_as_bare_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses(
            "chat.postMessage", SlackError("invalid_blocks", messages=["no more than 50"])
        )
        (payload,) = channel.render(PAGE)

        sent = await channel.send(post(to(news), payload))

        assert sent == Delivered(news.last.ts)
        assert news.last.blocks == []
        assert "Rain (https://example.org/)" in news.last.text
        assert news.last.metadata is not None

    with caplog.at_level(logging.ERROR):
        play(scene)

    (record,) = caplog.records
    assert record.getMessage() == (
        "Slack cannot read our blocks, which is a bug of ours: invalid_blocks; no more than 50"
    )


def test_metadata_that_slack_does_not_take_is_left_out() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses("chat.postMessage", "metadata_too_large")

        assert await channel.send(post(to(news))) == Delivered(news.last.ts)
        assert news.last.metadata is None

    play(scene)


def test_what_cannot_be_read_even_as_words_is_refused() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        slack.refuses("chat.postMessage", "invalid_blocks", times=99)
        (payload,) = channel.render(PAGE)

        sent = await channel.send(post(to(news), payload))

        assert isinstance(sent, Refused)
        assert sent.scope is Scope.PART
        assert len(slack.called("chat.postMessage")) == 2

    play(scene)


@pytest.mark.parametrize("error", ["restricted_action_thread_locked", "cannot_reply_to_message"])
def test_stories_below_a_digest_that_was_deleted_stop_no_subscription(error: str) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        reply = write(Message("Rain", (), reply=True))
        gone = await channel.send(post(to(news), reply, under="1700000000.000100"))
        slack.refuses("chat.postMessage", error)
        closed = await channel.send(post(to(news), reply, under="1700000000.000100"))

        why = f"What it belongs to in {to(news)} was deleted, or is closed."
        assert gone == closed == Refused(why, Scope.PART)

    play(scene)


def test_a_thread_that_was_asked_for_and_is_gone_is_refused() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")

        sent = await channel.send(post(to(news, "1700000000.000100")))

        assert isinstance(sent, Refused)
        assert sent.scope is Scope.DESTINATION
        assert "below a message that is gone" in sent.why

    play(scene)


def test_a_channel_of_another_workspace_is_told_from_one_that_is_gone() -> None:
    async def scene(_: FakeSlack, channel: SlackChannel) -> None:
        channel.meet(Me("T0000TEAM", "U0000BOT", "B0000BOT", "scobot"))
        gone = await channel.send(post(to("C404")))
        away = replace(to("C404"), address="T0999/C404")
        other = await channel.send(post(away))

        assert isinstance(gone, Refused)
        assert "“/invite @scobot”" in gone.why
        assert other == Refused(
            "The app is installed in the workspace T0000TEAM, and slack:T0999/C404 is in another "
            "one.",
            Scope.DESTINATION,
        )

    play(scene)


def test_who_could_not_ask_for_its_name_is_invited_by_the_usual_one() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        slack.refuses("auth.test", "internal_error", times=9)

        gone = await channel.send(post(to("C404")))

        assert isinstance(gone, Refused)
        assert "“/invite @briefbot”" in gone.why

    play(scene)


def test_a_message_is_edited_in_place() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        anna, news = slack.user("Anna"), slack.channel("news")
        for destination, place in ((to(news), news), (to(anna), slack.direct(anna.id))):
            sent = await channel.send(post(destination))
            assert isinstance(sent, Delivered)

            edited = await channel.edit(destination, sent.reference, PAGE)

            assert edited == sent
            assert "Rain" in place.last.shown
            assert (place.last.edits, len(place.messages)) == (1, 1)
            assert place.last.metadata is not None
        await channel.edit(to(anna), slack.direct(anna.id).last.ts, PAGE)
        # A direct message is opened once.
        assert len(slack.called("conversations.open")) == 1

    play(scene)


def test_an_edit_that_slack_cannot_read_comes_as_bare_words() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        (payload,) = channel.render(PAGE)
        sent = await channel.send(post(to(news), payload))
        assert isinstance(sent, Delivered)
        slack.refuses("chat.update", "invalid_blocks")

        assert await channel.edit(to(news), sent.reference, PAGE) == sent
        assert news.last.blocks == []
        assert "Rain" in news.last.text

    play(scene)


def test_what_cannot_be_edited_is_refused_and_has_to_come_anew() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        long = Page(tuple(Paragraph((Plain(f"{number} " * 2900),)) for number in range(9)))
        filed = Page(PAGE.blocks, document=Document("a.ics", b"x"))
        refused = Refused("It does not fit in place of one message.", Scope.PART)

        assert await channel.edit(to(news), "1.000000", long) == refused
        assert await channel.edit(to(news), "1.000000", filed) == refused
        assert await channel.edit(to("news"), "1.000000", PAGE) == refused
        assert await channel.edit(to(news), "1.000000", PAGE) == Refused(
            "Slack does not edit it.", Scope.PART
        )

    play(scene)


def test_edits_wait_for_themselves_and_hold_up_no_message() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        sent = await channel.send(post(to(news)))
        assert isinstance(sent, Delivered)
        slack.floods("chat.update", 20)

        first = await channel.edit(to(news), sent.reference, PAGE)
        second = await channel.edit(to(news), sent.reference, PAGE)

        assert (first, len(slack.called("chat.update"))) == (
            Deferred(20, Scope.PART, "Slack asks the app to slow down."),
            1,
        )
        assert isinstance(second, Deferred)
        assert second.scope is Scope.PART
        assert isinstance(await channel.send(post(to(news))), Delivered)

    play(scene)


def test_nothing_of_a_channel_shows_its_token() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        token = slack.settings.bot_token
        posting = channel._posting  # noqa: SLF001 - what must not be shown

        assert token not in repr(channel)
        assert token not in repr(posting)

    play(scene)
