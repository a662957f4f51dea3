"""A person alone with the bot: who is served, who becomes the operator, and what is answered."""

from pathlib import Path

import pytest

from bot.store.marks import Marks
from tests.fakes.on_air import Scene, eventually, play

pytestmark = pytest.mark.slow


def test_who_uses_the_code_is_served_and_nobody_else(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        stranger, owner = stage.api.private("Bo"), stage.api.private("Anna")
        code = await _code(stage)

        refusal = await stage.hears(stranger, None, "/brief")
        assert refusal.text.startswith("This bot serves only chats that its operator has listed.")

        claimed = await stage.hears(owner, None, f"/start {code}")
        assert claimed.text.startswith("You are the operator of this bot now.")
        digest = await stage.hears(owner, None, "/brief")
        assert "Four countries agreed on one track gauge" in digest.text

        spent = await stage.hears(stranger, None, f"/start {code}")
        assert spent.text == (
            "That link makes nobody the operator: it was used already, or is not whole. The bot"
            " shows its link when it starts, until somebody has used it."
        )
        # Neither is said again and again.
        stranger.says(None, f"/start {code}")
        stranger.says(None, "/brief")
        await stage.hears(owner, None, "/status")
        assert stranger.texts == [refusal.text, spent.text]

    play(tmp_path, scene, access="listed")


def test_what_is_ahead_comes_as_a_calendar_file(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.private("Anna")
        page = await stage.hears(anna, None, "/upcoming")

        await stage.presses(anna, page, "Calendar file")

        sent = anna.last
        assert sent.document is not None
        assert sent.document.name == "ahead.ics"
        assert sent.document.content.startswith(b"BEGIN:VCALENDAR")
        assert sent.text == "A calendar file with 1 event."

    play(tmp_path, scene)


def test_the_start_of_a_chat_is_a_greeting_with_choices(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.private("Anna")

        greeting = await stage.hears(anna, None, "/start")
        assert greeting.text.startswith("Hello. I read news on Steppe")
        await stage.presses(anna, greeting, "Change city")
        assert greeting.text.startswith("By the time of which city?")
        await stage.presses(anna, greeting, "Tashkent")

        assert greeting.text.startswith("Set: weekdays at 08:00, Tashkent time")
        brief = await stage.hears(anna, None, "/start brief")
        assert "Four countries agreed" in brief.text

    play(tmp_path, scene)


async def _code(stage: Scene) -> str:
    """Return the code that the bot shows whoever runs it."""
    marks = Marks(stage.bot.parts.database)
    return str(await eventually(lambda: marks.of("access.telegram.code")))
