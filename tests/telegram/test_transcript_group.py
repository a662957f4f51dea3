"""A group, from the greeting to the digest, a kick, a return and a move."""

from pathlib import Path

import pytest

from bot.core.subscription import Standing
from tests.fakes.on_air import Scene, eventually, play

pytestmark = pytest.mark.slow


def test_a_group_is_greeted_sets_its_digest_and_gets_it(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna, li = stage.api.person("Anna", username="anna"), stage.api.person("Li")
        team = stage.api.group("SCO news", owner=anna, bot="left")
        team.joins(li)

        team.adds_bot(by=anna)
        greeting = await stage.next_of(team, 0)
        assert greeting.text.startswith("Hello, “SCO news”. I read news on Steppe and post")
        assert greeting.labels == [
            ["weekdays at 08:00"],
            ["every day at 08:00"],
            ["Other time", "Change city"],
        ]

        refused = await stage.presses(team, greeting, "weekdays at 08:00", by=li)
        assert refused.startswith("Only admins of this chat change its settings. Ask @anna.")
        assert greeting.former == []

        await stage.presses(team, greeting, "weekdays at 08:00", by=anna)
        assert greeting.text.startswith("Set: weekdays at 08:00, UTC.")
        assert ["Undo"] in greeting.labels

        await stage.comes_due(stage.place(team))
        digest = await stage.next_of(team, 1)
        assert "1. Four countries agreed on one track gauge for freight" in digest.text
        assert digest.labels == [["1", "2"], ["Sources", "Settings"]]

        await stage.posted(stage.place(team))
        await stage.presses(team, digest, "1", by=li)
        story = team.last
        assert "about 12 million tonnes of grain a year" in story.text
        assert digest.former == []

    play(tmp_path, scene)


def test_who_mentions_the_bot_is_answered(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna)
        told = await stage.hears(team, anna, "@Brief_Bot, brief")
        assert "1. Four countries agreed on one track gauge for freight" in told.text

        helped = await stage.hears(team, anna, "@Brief_Bot")
        assert "/brief" in helped.text

    play(tmp_path, scene)


def test_settings_are_edited_in_place(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna)
        await stage.hears(team, anna, "/schedule 08:00 weekdays")
        panel = await stage.hears(team, anna, "/settings")

        await stage.presses(team, panel, "Days", by=anna)
        await stage.presses(team, panel, "Sat", by=anna)
        await stage.presses(team, panel, "← Back", by=anna)
        await stage.presses(team, panel, "Length", by=anna)
        await stage.presses(team, panel, "short", by=anna)

        assert panel.text.startswith("Length of the digest from now on: short.")
        chat = await stage.of(stage.place(team))
        assert chat.length.value == "short"
        assert chat.schedule is not None
        assert chat.schedule.timings[0].days == (0, 1, 2, 3, 4, 5)
        await stage.presses(team, panel, "Undo", by=anna)
        assert (await stage.of(stage.place(team))).length.value == "standard"
        assert len(team.messages) == 2

    play(tmp_path, scene)


def test_a_kick_stops_the_digests_and_a_return_resumes_them(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna)
        await stage.hears(team, anna, "/schedule 08:00")
        place = stage.place(team)

        async def stopped() -> bool:
            return (await stage.of(place)).standing is Standing.STOPPED

        team.kicks_bot(by=anna)
        await eventually(stopped)

        team.adds_bot(by=anna)
        back = await stage.next_of(team, 1)
        assert back.text.startswith("I am back. The digest comes as before: every day at 08:00")
        assert (await stage.of(place)).standing is Standing.ACTIVE

    play(tmp_path, scene)


def test_a_kick_is_told_to_the_operator_and_to_who_set_the_digest(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        # The first person is the operator.
        operator = stage.api.private("Olga")
        anna, ben = stage.api.private("Anna"), stage.api.person("Ben")
        team = stage.api.supergroup("SCO news", owner=anna.person)
        later = stage.api.supergroup("SCO later", owner=ben)
        await stage.hears(team, anna.person, "/schedule 08:00")
        await stage.hears(later, ben, "/schedule 08:00")
        before = len(anna.messages)

        team.kicks_bot(by=ben)
        said = await stage.next_of(anna, before)
        told = await stage.next_of(operator, 0)
        # Ben has never talked to the bot, which is no fault of anybody.
        later.kicks_bot(by=ben)
        again = await stage.next_of(operator, 1)

        assert said.text.startswith("I was removed from “SCO news”, so its digest comes no more.")
        assert told.text.startswith(f"{stage.place(team)} gets no digest any more")
        assert again.text.startswith(f"{stage.place(later)} gets no digest any more")
        assert stage.bot.parts.delivery.counts.unanswered == 0

    play(tmp_path, scene, more='[operator]\ndestination = "telegram:1001"\n')


def test_a_group_that_moves_takes_its_digest_along(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        old = stage.api.group("SCO news", owner=anna)
        await stage.hears(old, anna, "/schedule 08:00")

        new = stage.api.chat(old.migrates().id)

        async def moved() -> bool:
            found = await stage.bot.parts.delivery.subscriptions.all()
            return [str(one.destination) for one in found] == [stage.place(new)]

        await eventually(moved)
        before = len(new.messages)
        await stage.comes_due(stage.place(new))

        digest = await stage.next_of(new, before)
        assert "Four countries agreed" in digest.text

    play(tmp_path, scene)
