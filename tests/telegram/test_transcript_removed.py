"""A group that has removed the bot: who set its digest hears of it once, however it is found."""

from pathlib import Path

import pytest

from bot.core.subscription import Standing
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.membership import member_json
from tests.fakes.on_air import Scene, eventually, play

pytestmark = pytest.mark.slow

SAID = (
    "I was removed from “SCO news”, so its digest comes no more. Whoever adds me there again"
    " brings it back."
)


async def set_up(stage: Scene) -> tuple[Chat, Chat]:
    """Return Anna's own chat, and the group whose digest she has set."""
    alone = stage.api.private("Anna")
    assert alone.person is not None
    team = stage.api.supergroup("SCO news", owner=alone.person)
    await stage.hears(team, alone.person, "/schedule 08:00")
    return alone, team


async def stops(stage: Scene, team: Chat) -> None:
    async def look() -> bool:
        return (await stage.of(stage.place(team))).standing is Standing.STOPPED

    await eventually(look)


def unheard(stage: Scene, team: Chat) -> None:
    """Remove the bot without its hearing of that."""
    team.statuses[stage.api.me.id] = "kicked"


def news_of_it(stage: Scene, team: Chat) -> None:
    """Let the bot hear that it was removed."""
    assert team.status == "kicked"
    team.home.tell(
        "my_chat_member",
        {
            "chat": team.json(),
            "from": stage.api.me.json(),
            "date": 1,
            "old_chat_member": member_json(team, stage.api.me, "member"),
            "new_chat_member": member_json(team, stage.api.me),
        },
    )


async def settles(stage: Scene) -> None:
    await stage.api.until(lambda: stage.api.feed.polled and not stage.api.feed.pending)


def test_a_removal_that_a_digest_finds_is_told_to_who_set_it_and_not_again_when_heard(
    tmp_path: Path,
) -> None:
    async def scene(stage: Scene) -> None:
        alone, team = await set_up(stage)
        unheard(stage, team)
        await stage.comes_due(stage.place(team))
        await stage.api.until(lambda: alone.texts)
        await stops(stage, team)

        news_of_it(stage, team)
        await settles(stage)
        # What is asked afterwards is answered afterwards.
        await stage.hears(alone, None, "/help")
        assert alone.texts.count(SAID) == 1
        assert alone.texts[0] == SAID

    play(tmp_path, scene)


def test_a_removal_that_is_heard_while_a_digest_is_due_is_told_once(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        alone, team = await set_up(stage)
        unheard(stage, team)
        await stage.comes_due(stage.place(team))
        news_of_it(stage, team)
        await stops(stage, team)
        await settles(stage)
        await stage.api.until(lambda: alone.texts)

        await stage.hears(alone, None, "/help")
        assert alone.texts.count(SAID) == 1

    play(tmp_path, scene)
