"""Buttons: those of all are answered to who presses, panels change in place."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.app.ports import Edition
from bot.core.ask import Ask
from bot.core.delivery import Post
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.slack.press import Press, write_press
from tests.fakes.asks import ask
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack.values import Message
from tests.fakes.slack_answers import MADE, answer, told_answer
from tests.fakes.slack_ears import Scene, listening, play


async def posted(here: Scene, channel: Channel, text: str = "/brief") -> Message:
    """Let the bot post the page that answers a text, as it does with a digest."""
    (payload,) = here.ear.line.channel.render(await answer(ask(text)))
    post = Post(series=0, part=0, destination=here.at(channel), payload=payload)
    await here.ear.line.channel.send(post)
    return channel.last


async def kept(here: Scene, channel: Channel) -> None:
    """Remember the digest as one that was posted in the channel."""
    shown = Edition(destination=str(here.at(channel)), made=MADE, stories=(("a",),))
    await here.access.editions.publish(shown)


def test_a_button_of_a_digest_answers_who_presses_and_means_that_digest() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot])
        shown = await posted(here, news)

        ben.presses(shown, "1")
        await here.slack.until(lambda: news.ephemeral_to(ben))

        (seen,) = news.ephemeral_to(ben)
        assert seen.shown == "Said: brief 1"
        assert seen.buttons == ["1", "Settings", "Show to channel"]
        (asked,) = here.asks
        assert (asked.made, asked.private, asked.pressed) == (MADE, True, True)
        assert (shown.edits, len(news.messages)) == (0, 1)

    play(scene, answer=answer)


def test_settings_below_a_digest_open_a_window_or_come_as_a_panel() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        shown = await posted(here, news)

        anna.presses(shown, "Settings")
        await here.slack.until(lambda: news.ephemeral_to(anna))
        here.windows.opens = True
        anna.presses(shown, "Settings")
        await here.slack.until(lambda: len(here.windows.heard) == 2)
        await here.settles()

        assert [one.shown for one in news.ephemeral_to(anna)] == ["Said: settings"]
        assert shown.edits == 0

    play(scene, answer=answer)


def test_a_panel_that_all_see_changes_in_place_for_those_who_may() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot], creator=anna)
        panel = await posted(here, news, "/settings")

        ben.presses(panel, "Short")
        await here.slack.until(lambda: news.ephemeral_to(ben))
        ben.presses(panel, "← Back")
        await here.slack.until(lambda: len(news.ephemeral_to(ben)) == 2)
        before = panel.edits
        anna.presses(panel, "Short")
        await here.slack.until(lambda: panel.edits)

        refused, closed = [one.shown for one in news.ephemeral_to(ben)]
        assert (before, panel.shown) == (0, "Said: settings length short")
        assert refused == "Said: settings length short"
        assert closed.startswith("Only admins of this chat change its settings. Ask Anna, who")
        assert [one.asker.admin for one in here.asks] == [False, True]

    play(scene, answer=answer)


def test_a_panel_that_cannot_be_changed_is_answered_to_who_pressed() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        panel = await posted(here, news, "/settings")
        here.slack.refuses("chat.update", "edit_window_closed")

        anna.presses(panel, "Short")
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert (panel.edits, news.ephemeral_to(anna)[0].shown) == (0, "Said: settings length short")

    play(scene, answer=answer)


def test_a_panel_of_one_person_changes_in_place() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot], creator=anna)
        for person in (anna, ben):
            person.says("/brief settings", in_=news)
            await here.slack.until(partial(news.ephemeral_to, person))
        (panel,), (other,) = news.ephemeral_to(anna), news.ephemeral_to(ben)

        anna.presses(panel, "Short")
        await here.slack.until(lambda: panel.edits)
        ben.presses(other, "← Back")
        await here.slack.until(lambda: other.edits)
        ben.presses(other, "Short")
        await here.slack.until(lambda: len(news.ephemeral_to(ben)) == 2)

        assert panel.shown == "Said: settings length short"
        assert (other.shown, other.edits) == ("Said: settings", 1)

    play(scene, answer=answer)


def test_an_answer_is_shown_to_all_once_and_is_gone_where_one_saw_it() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        anna.says("/brief Tokayev AI", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        (seen,) = news.ephemeral_to(anna)

        for _ in range(3):
            anna.presses(seen, "Show to channel")
        await here.slack.until(lambda: seen.deleted)
        await here.settles()

        assert [one.shown for one in news.messages] == ["Said: brief Tokayev AI"]
        assert news.ephemeral_to(anna) == []
        private, public = here.asks
        assert (private.private, private.made) == (True, None)
        assert (public.private, public.made, public.text) == (False, MADE, "/brief Tokayev AI")

    play(scene, answer=answer)


def test_where_an_answer_cannot_be_shown_to_all_it_says_why_and_can_be_tried_again() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna])
        anna.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        (seen,) = news.ephemeral_to(anna)
        here.slack.settings.scopes.discard("channels:join")
        here.slack.refuses("conversations.join", "missing_scope", times=9)

        anna.presses(seen, "Show to channel")
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 2)
        news.adds(here.slack.bot)
        news.restricted = "restricted_action"
        anna.presses(seen, "Show to channel")
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 3)
        news.restricted = ""
        anna.presses(seen, "Show to channel")
        await here.slack.until(lambda: seen.deleted)

        absent, refused = [one.shown for one in news.ephemeral_to(anna)]
        assert absent.startswith("I am not in this channel")
        assert refused == "I could not post that to the channel just now. Try again in a minute."
        assert news.messages[-1].shown == "Said: brief"

    play(scene, answer=answer)


def test_an_answer_that_may_be_shown_to_all_already_is_not_shown_again() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        anna.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        (seen,) = news.ephemeral_to(anna)
        here.slack.loses_answer("chat.postMessage")

        anna.presses(seen, "Show to channel")
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 2)
        anna.presses(seen, "Show to channel")
        await here.settles()

        assert [one.shown for one in news.messages] == ["Said: brief"]
        told = news.ephemeral_to(anna)[1].shown
        assert told.startswith("I could not see whether all of that is in the channel now.")

    play(scene, answer=answer)


def test_nobody_lets_the_bot_into_a_channel_by_showing_something_there() -> None:
    async def scene(here: Scene) -> None:
        here.slack.settings.scopes.add("channels:join")
        gus = here.slack.user("Gus", role="guest")
        news = here.slack.channel("news", members=[gus])
        gus.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(gus))

        gus.presses(news.ephemeral_to(gus)[0], "Show to channel")
        await here.slack.until(lambda: len(news.ephemeral_to(gus)) == 2)
        await here.settles()

        assert news.ephemeral_to(gus)[1].shown.startswith("I am not in this channel")
        assert (news.has_bot, news.messages, here.texts) == (False, [], ["/brief"])
        assert here.slack.called("chat.postMessage") == []

    play(scene, answer=answer)


@pytest.mark.parametrize("value", ["x", "/", "1\n/brief", "/show /nonsense"])
def test_a_forged_button_means_nothing(value: str) -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        shown = await posted(here, news)

        press = anna.forges(shown, {"type": "button", "action_id": "press:0", "value": value})
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert press.acked
        words = "I do not know this button (any more). /brief help shows the rest."
        assert news.ephemeral_to(anna)[0].shown == words
        assert (here.texts, len(news.messages)) == ([], 1)

    play(scene, answer=answer)


def test_a_forged_button_does_no_more_than_its_presser_may() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot], creator=anna)
        shown = await posted(here, news)

        for says in ("/schedule off", "/show /schedule off"):
            value = write_press(Press(says))
            ben.forges(shown, {"type": "button", "action_id": "press:0", "value": value})
            await here.settles()

        assert [one.asker.admin for one in here.asks] == [False]
        assert (shown.edits, len(news.messages)) == (0, 1)
        assert len(news.ephemeral_to(ben)) == 2

    play(scene, answer=answer)


def test_a_press_that_a_panel_has_no_button_for_leaves_it_as_it_is() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        panel = await posted(here, news, "/settings")

        anna.forges(
            panel, {"type": "button", "action_id": "press:0", "value": "/settings length long"}
        )
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert (panel.edits, news.ephemeral_to(anna)[0].shown) == (0, "Said: settings length long")

    play(scene, answer=answer)


def test_buttons_work_after_a_restart(tmp_path: Path) -> None:
    async def whole() -> None:
        path = tmp_path / "bot.db"
        async with fake_slack() as slack:
            anna = slack.user("Anna")
            news = slack.channel("news", members=[anna, slack.bot])
            async with listening(slack=slack, path=path, answer=answer) as here:
                shown = await posted(here, news)
                anna.says("/brief", in_=news)
                await slack.until(lambda: news.ephemeral_to(anna))
            async with listening(slack=slack, path=path, answer=answer) as here:
                anna.presses(shown, "1")
                await slack.until(lambda: len(news.ephemeral_to(anna)) == 2)
                (seen, _) = news.ephemeral_to(anna)
                anna.presses(seen, "Show to channel")
                await slack.until(lambda: seen.deleted)

                assert [one.made for one in here.asks] == [MADE, MADE]
                assert news.messages[-1].shown == "Said: brief"

    asyncio.run(whole())


def test_a_digest_that_was_posted_by_hand_is_read_where_nobody_is_served() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna", role="admin")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        shown = await posted(here, news)
        await kept(here, news)

        anna.presses(shown, "1")
        await here.slack.until(lambda: news.ephemeral_to(anna))
        anna.presses(shown, "Settings")
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 2)

        read, refused = news.ephemeral_to(anna)
        assert (read.shown, "Show to channel" in read.buttons) == ("Said: brief 1", False)
        assert f"briefbot allow {here.at(news)}" in refused.shown
        assert [(one.text, one.made) for one in here.asks] == [("/brief 1", MADE)]
        assert here.windows.heard == []

    play(scene, everybody=False, answer=answer)


def test_nothing_is_read_where_no_such_digest_was_posted() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        other = here.slack.channel("other", members=[anna, here.slack.bot])
        shown = await posted(here, news)
        await kept(here, other)

        anna.presses(shown, "1")
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert f"briefbot allow {here.at(news)}" in news.ephemeral_to(anna)[0].shown
        assert here.asks == []

    play(scene, everybody=False)


def test_nothing_is_read_where_the_channel_was_taken_off_the_list() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        shown = await posted(here, news)
        await kept(here, news)
        await here.access.chats.allow(here.at(news), allowed=False)

        anna.presses(shown, "1")
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert f"briefbot allow {here.at(news)}" in news.ephemeral_to(anna)[0].shown
        assert here.asks == []

    play(scene)


def test_nobody_changes_a_panel_where_slack_does_not_say_who_they_are() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        panel = await posted(here, news, "/settings")
        here.slack.refuses("users.info", "internal_error", times=9)

        anna.presses(panel, "Short")
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert news.ephemeral_to(anna)[0].shown.startswith("I cannot find out just now")
        assert (here.asks, panel.edits) == ([], 0)

    play(scene, answer=answer)


def test_a_panel_where_the_bot_is_no_more_says_so() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna])
        press = Press("/settings length short")
        anna.says("/brief sources", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        (seen,) = news.ephemeral_to(anna)

        anna.forges(seen, {"type": "button", "action_id": "press:0", "value": write_press(press)})
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 2)

        assert news.ephemeral_to(anna)[1].shown.startswith("I am not in this channel")
        assert here.texts == ["/sources"]

    play(scene, answer=answer)


def test_a_press_in_a_thread_is_answered_there() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        said = anna.says("@Briefbot brief", in_=news).said
        await here.slack.until(lambda: said.thread)

        anna.presses(said.thread[0], "1")
        await here.slack.until(lambda: news.ephemeral_to(anna))
        (seen,) = news.ephemeral_to(anna)
        anna.presses(seen, "Show to channel")
        await here.slack.until(lambda: seen.deleted)

        assert seen.thread_ts == said.ts
        assert [one.shown for one in said.thread] == ["Said: brief", "Said: brief 1"]

    play(scene, answer=answer)


def test_a_digest_for_all_has_its_stories_in_a_thread_unless_they_are_wanted_flat() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        for flat, times in ((False, 1), (True, 2)):
            saving = here.welcome.saving
            wanted = replace(await saving.of(here.at(news)), flat=flat)
            await saving.subscriptions.save(wanted, now=here.clock.now())
            anna.says("/brief", in_=news)
            await here.slack.until(lambda: news.ephemeral_to(anna))
            anna.presses(news.ephemeral_to(anna)[-1], "Show to channel")
            await here.slack.until(partial(_stands, news, times))
            await here.settles()

        folded, whole = news.messages
        assert (folded.shown, folded.thread[0].shown) == ("1. Gauge\nLead", "1.\nMore")
        assert (whole.shown, whole.thread) == ("1. Gauge\nLead\nMore", [])

    play(scene, answer=told_answer)


def _stands(channel: Channel, messages: int) -> bool:
    return len(channel.messages) == messages and all(one.deleted for one in channel.whispers)


async def offering(ask: Ask) -> Page:
    """Answer with something to press for all, and something for admins."""
    row = Button("1", "/brief 1"), Button("weekdays at 08:00", "/schedule 08:00 weekdays")
    return Page((Paragraph((Plain(f"Said: {ask.text}"),)), Buttons((row,))), "Said")


def test_who_only_reads_is_offered_nothing_that_only_admins_may_press() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        gus = here.slack.user("Gus", role="guest")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot], creator=anna)

        for person in (anna, ben):
            person.says("/brief schedule", in_=news)
        gus.says("schedule")
        alone = here.slack.direct(gus.id)
        await here.slack.until(
            lambda: news.ephemeral_to(anna) and news.ephemeral_to(ben) and alone.messages
        )

        (for_anna,), (for_ben,) = news.ephemeral_to(anna), news.ephemeral_to(ben)
        assert for_anna.buttons == ["1", "weekdays at 08:00"]
        assert (for_ben.buttons, alone.last.buttons) == (["1"], ["1"])

    play(scene, answer=offering)
