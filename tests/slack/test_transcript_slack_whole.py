"""The whole bot on Slack, from the greeting to the digest, its thread and what people ask."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.slack.press import Press, write_press
from bot.store.marks import Marks
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack_on_air import Scene, on_air, play

pytestmark = pytest.mark.slow


def test_a_channel_is_greeted_sets_its_digest_and_gets_it(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna, li = stage.slack.user("Anna"), stage.slack.user("Li")
        news = stage.slack.channel("news", members=[anna, li], creator=anna)

        news.adds(stage.slack.bot, by=anna)
        await stage.slack.until(lambda: news.messages)
        greeting = news.last
        assert greeting.shown.startswith("Hello, “#news”. I read news on Steppe and post")

        li.presses(greeting, "weekdays at 08:00")
        await stage.slack.until(lambda: news.ephemeral_to(li))
        refused = news.ephemeral_to(li)[0].shown
        assert refused.startswith("Only admins of this chat change its settings. Ask Anna, who")
        assert greeting.edits == 0

        anna.presses(greeting, "weekdays at 08:00")
        await stage.slack.until(lambda: greeting.edits)
        assert greeting.shown.startswith("Set: weekdays at 08:00, UTC.")

        await stage.comes_due(news)
        await stage.slack.until(lambda: len(news.messages) == 2)
        digest = news.last
        await stage.posted(news)
        assert "1. Four countries agreed on one track gauge for freight" in digest.shown
        assert "/brief" not in digest.notification
        assert len(digest.thread) >= 1

        label = next(one for one in digest.buttons if one == "1")
        li.presses(digest, label)
        await stage.slack.until(lambda: len(news.ephemeral_to(li)) == 2)
        story = news.ephemeral_to(li)[1]
        assert "about 12 million tonnes of grain a year" in story.shown
        assert story.buttons[-1] == "Show to channel"

        anna.says("@Briefbot brief 2", in_=news, thread=digest)
        before = len(digest.thread)
        await stage.slack.until(lambda: len(digest.thread) > before)
        assert "irrigation canal" in digest.thread[-1].shown

    play(tmp_path, scene)


def test_a_private_digest_moves_no_number_until_it_is_shown_to_all(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna, li = stage.slack.user("Anna"), stage.slack.user("Li")
        news = stage.slack.channel("news", members=[anna, li, stage.slack.bot])

        said = anna.says("@Briefbot brief freight", in_=news).said
        await stage.slack.until(lambda: said.thread)
        anna.says("/brief irrigation", in_=news)
        await stage.slack.until(lambda: news.ephemeral_to(anna))
        (alone,) = news.ephemeral_to(anna)
        li.says("/brief 1", in_=news)
        await stage.slack.until(lambda: news.ephemeral_to(li))
        assert "track gauge" in news.ephemeral_to(li)[0].shown

        anna.presses(alone, "1")
        await stage.slack.until(lambda: len(news.ephemeral_to(anna)) == 2)
        assert "irrigation canal" in news.ephemeral_to(anna)[1].shown

        anna.presses(alone, "Show to channel")
        await stage.slack.until(lambda: alone.deleted)
        assert "irrigation canal" in news.last.shown
        li.says("/brief 1", in_=news)
        await stage.slack.until(lambda: len(news.ephemeral_to(li)) == 2)
        assert "irrigation canal" in news.ephemeral_to(li)[1].shown

    play(tmp_path, scene)


def test_buttons_of_answers_work_after_a_restart(tmp_path: Path) -> None:
    async def whole() -> None:
        async with fake_slack() as slack:
            anna = slack.user("Anna")
            news = slack.channel("news", members=[anna, slack.bot])
            async with on_air(tmp_path, slack=slack):
                anna.says("/brief irrigation", in_=news)
                await slack.until(lambda: news.ephemeral_to(anna))
            (alone,) = news.ephemeral_to(anna)
            async with on_air(tmp_path, slack=slack):
                anna.presses(alone, "1")
                await slack.until(lambda: len(news.ephemeral_to(anna)) == 2)
                assert "irrigation canal" in news.ephemeral_to(anna)[1].shown
                anna.presses(alone, "Show to channel")
                await slack.until(lambda: alone.deleted)
                assert "irrigation canal" in news.last.shown

                old = write_press(Press("/brief 1", datetime(2025, 1, 1, tzinfo=UTC)))
                anna.forges(news.last, {"type": "button", "action_id": "press:0", "value": old})
                await slack.until(lambda: len(news.ephemeral_to(anna)) == 2)
                assert news.ephemeral_to(anna)[1].shown.startswith("I no longer keep the digest")

    asyncio.run(whole())


def test_settings_open_a_window(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.slack.user("Anna")
        news = stage.slack.channel("news", members=[anna, stage.slack.bot])

        anna.says("/brief settings", in_=news)
        await stage.slack.until(lambda: anna.sees_modal)

        assert news.ephemeral_to(anna) == []

    play(tmp_path, scene)


def test_whoever_claims_the_bot_is_served(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.slack.user("Anna")
        chat = stage.slack.direct(anna.id)

        anna.says("/brief")
        await stage.slack.until(lambda: chat.messages)
        assert f"briefbot allow {stage.at(chat)}" in chat.last.shown

        code = await Marks(stage.bot.parts.delivery.database).of("access.slack.code")
        anna.says(f"/brief claim {code}")
        await stage.slack.until(lambda: len(chat.messages) == 2)
        assert chat.last.shown.startswith("You are the operator of this bot now.")
        anna.says("/brief")
        await stage.slack.until(lambda: len(chat.messages) == 3)
        assert "track gauge" in chat.last.shown

    play(tmp_path, scene, access="listed")
