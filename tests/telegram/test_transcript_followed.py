"""What a chat follows holds for all it is shown, and a named chat is served wherever it moves."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.core.subscription import destination_of
from bot.store.chats import Chats
from tests.fakes.bot_api.server import fake_bot_api
from tests.fakes.on_air import Scene, eventually, on_air, play

pytestmark = pytest.mark.slow


def headlines(text: str) -> list[str]:
    return re.findall(r"^\d+\. .*$", text, re.MULTILINE)


def test_a_brief_shows_the_stories_of_the_scheduled_digest(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna)
        await stage.hears(team, anna, "/schedule 08:00 Tashkent")
        await stage.hears(team, anna, "/follow irrigation")
        await stage.hears(team, anna, "/settings length short")

        asked = await stage.hears(team, anna, "/brief")
        before = len(team.messages)
        await stage.comes_due(stage.place(team))
        posted = await stage.next_of(team, before)
        again = await stage.hears(team, anna, "/brief")

        assert headlines(asked.text) == headlines(posted.text) == headlines(again.text)
        assert [line.startswith("1. Engineers") for line in headlines(asked.text)] == [True]
        assert "Topics: irrigation." in asked.text

    play(tmp_path, scene)


def test_a_declared_group_that_moves_is_served_and_never_left(tmp_path: Path) -> None:
    async def run() -> None:
        async with fake_bot_api() as api:
            anna = api.person("Anna")
            group = api.group("SCO news", owner=anna)
            declared = f'[[subscriptions]]\nto = "telegram:{group.id}"\nwhen = "8am"\n'
            async with on_air(tmp_path, access="listed", more=declared, api=api) as stage:
                await served(stage, group.id)

    async def served(stage: Scene, old: int) -> None:
        subscriptions = stage.bot.parts.delivery.subscriptions
        await eventually(subscriptions.all)
        new = stage.api.chat(stage.api.chat(old).migrates().id)
        place = destination_of(stage.place(new))

        async def moved() -> bool:
            return [one.destination for one in await subscriptions.all()] == [place]

        await eventually(moved)
        shown = await stage.hears(new, stage.api.person("Bob"), "/schedule")
        assert shown.text.startswith("Digest: every day at 08:00")
        known = await Chats(stage.bot.parts.database).of(place)
        assert known is None or known.allowed is None

    asyncio.run(run())
