"""What was posted before the bot was stopped can be pressed and answered after it is back."""

import asyncio
from pathlib import Path

import pytest

from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.server import fake_bot_api
from tests.fakes.bot_api.values import Message, Person
from tests.fakes.on_air import Scene, on_air, play

pytestmark = pytest.mark.slow


async def _posted(stage: Scene, chat: Chat, by: Person | None = None) -> Message:
    """Let the digest of the chat come, and return it."""
    await stage.hears(chat, by, "/schedule 08:00")
    await stage.comes_due(stage.place(chat))
    return await stage.next_of(chat, 1)


async def _answered(stage: Scene, chat: Chat, pressed: Message, label: str) -> str:
    """Press a button that brings a new message, and return its text."""
    before = len(chat.messages)
    await stage.presses(chat, pressed, label)
    return (await stage.next_of(chat, before)).text


def test_the_buttons_of_an_old_digest_work_after_a_restart(tmp_path: Path) -> None:
    async def scene() -> None:
        async with fake_bot_api() as api:
            anna = api.private("Anna")
            async with on_air(tmp_path, api=api) as stage:
                digest = await _posted(stage, anna)
                await stage.posted(stage.place(anna))
                # A newer one, of one story: the number there means something else.
                newer = await stage.hears(anna, None, "/brief canal")
            (tmp_path / "news" / "water.txt").unlink()

            async with on_air(tmp_path, api=api) as stage:
                assert "million tonnes of grain" in await _answered(stage, anna, digest, "1")
                assert "hectares of cotton" in await _answered(stage, anna, newer, "1")
                assert "Settings of this chat" in await _answered(stage, anna, digest, "Settings")
                panel = anna.last
                await stage.presses(anna, panel, "Length")
                await stage.presses(anna, panel, "short")

                assert (await stage.of(stage.place(anna))).length.value == "short"
                assert (digest.former, newer.former) == ([], [])

    asyncio.run(scene())


def test_a_panel_from_before_a_restart_is_edited_in_place(tmp_path: Path) -> None:
    async def scene() -> None:
        async with fake_bot_api() as api:
            anna = api.private("Anna")
            async with on_air(tmp_path, api=api) as stage:
                panel = await stage.hears(anna, None, "/settings")

            async with on_air(tmp_path, api=api) as stage:
                await stage.presses(anna, panel, "Length")

            assert panel.text.startswith("How long is the digest?")
            assert len(anna.messages) == 1

    asyncio.run(scene())


def test_a_digest_may_be_pressed_and_answered_before_its_receipt_is_there(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna)
        await stage.hears(team, anna, "/schedule 08:00")
        # The message is there, and the bot does not hear that it is: no receipt can be written.
        stage.api.hangs("sendMessage")
        await stage.comes_due(stage.place(team))
        digest = await stage.next_of(team, 1)

        await stage.presses(team, digest, "1", by=anna)
        assert "about 12 million tonnes of grain" in team.last.text
        team.says(anna, "/brief 2", reply_to=digest)
        await stage.api.until(lambda: "hectares of cotton" in team.last.text)
        stage.api.released.set()

    play(tmp_path, scene)
