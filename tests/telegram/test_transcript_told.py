"""A digest that its chat refuses is told of to the operator and to whoever set it."""

from pathlib import Path

import pytest

from bot.store.marks import Marks
from tests.fakes.on_air import Scene, eventually, play

pytestmark = pytest.mark.slow


async def claimed(stage: Scene) -> str:
    """Return the code that makes its first user the operator."""
    return (
        await eventually(lambda: Marks(stage.bot.parts.database).of("access.telegram.code")) or ""
    )


def test_who_claimed_the_bot_is_told_what_to_mend_where_nobody_is_configured(
    tmp_path: Path,
) -> None:
    async def scene(stage: Scene) -> None:
        owner, anna = stage.api.private("Olga"), stage.api.person("Anna")
        await stage.hears(owner, None, f"/start {await claimed(stage)}")
        team = stage.api.supergroup("SCO news", owner=anna)
        await stage.hears(team, anna, "/schedule 08:00")
        before = len(owner.messages)

        team.mutes_bot()
        await stage.comes_due(stage.place(team))
        told = await stage.next_of(owner, before)

        assert told.text == (
            f"{stage.place(team)} gets no digest any more: it refuses posts. The bot may not write"
            " in the chat. An admin can let it."
        )

    play(tmp_path, scene)


def test_who_set_a_digest_is_told_why_the_chat_refuses_it_and_what_starts_it_again(
    tmp_path: Path,
) -> None:
    async def scene(stage: Scene) -> None:
        alone = stage.api.private("Anna")
        team = stage.api.supergroup("SCO news", owner=alone.person)
        await stage.hears(team, alone.person, "/schedule 08:00")

        team.mutes_bot()
        await stage.comes_due(stage.place(team))
        told = await stage.next_of(alone, 0)
        assert told.text == (
            "“SCO news” gets no digest any more. The bot may not write in the chat. An admin can"
            " let it. Once that is mended, /settings resume there starts it again."
        )

        team.unmutes_bot()
        assert alone.person is not None
        resumed = await stage.hears(team, alone.person, "/settings resume")
        assert "08:00" in resumed.text
        assert alone.texts == [told.text]

    play(tmp_path, scene)


def test_a_person_who_had_blocked_the_bot_reads_that_they_had(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.private("Anna")
        await stage.hears(anna, None, "/schedule 08:00")
        # The removal is not heard before the digest meets it.
        anna.statuses[stage.api.me.id] = "kicked"
        await stage.comes_due(stage.place(anna))
        await eventually(lambda: _is_stopped(stage, stage.place(anna)))

        before = len(anna.messages)
        anna.unblocks_bot()
        await stage.next_of(anna, before)
        missed = await stage.hears(anna, None, "/missed")

        assert "refused by the platform · You had blocked me." in missed.text
        assert "The person" not in missed.text

    play(tmp_path, scene)


async def _is_stopped(stage: Scene, place: str) -> bool:
    return bool((await stage.of(place)).reason)
