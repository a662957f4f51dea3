"""A topic of a forum has settings and digests of its own, and answers stay in it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.delivery import Kind, Series, State
from bot.core.subscription import Standing, destination_of
from tests.fakes.on_air import Scene, eventually, play

pytestmark = pytest.mark.slow


def test_a_topic_gets_its_digest_where_it_asked_for_it(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna, forum=True)
        trade = team.topic("Trade")

        said = await stage.hears(team, anna, "/schedule 08:00", topic=trade)
        assert said.topic == trade.id
        await stage.presses(team, said, "Change time", by=anna)
        assert said.text.startswith("At what time?")

        before = len(team.messages)
        await stage.comes_due(stage.place(team, trade))
        digest = await stage.next_of(team, before)
        assert digest.topic == trade.id
        assert "Four countries agreed" in digest.text

    play(tmp_path, scene)


def test_the_digest_of_a_deleted_topic_goes_to_the_chat_and_says_so(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna, forum=True)
        trade = team.topic("Trade")
        await stage.hears(team, anna, "/schedule 08:00", topic=trade)
        team.deletes_topic(trade)
        before = len(team.messages)

        await stage.comes_due(stage.place(team, trade))
        await stage.api.until(lambda: len(team.messages) > before + 1, seconds=10)

        note, digest = team.messages[before:]
        assert note.text.startswith("The topic that got the digest was deleted.")
        assert (note.topic, digest.topic) == (None, None)
        assert "Four countries agreed" in digest.text
        assert (await stage.of(stage.place(team))).schedule is not None

    play(tmp_path, scene)


def test_the_digest_of_a_deleted_topic_ends_where_the_operator_wants_it_so(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna, forum=True)
        trade = team.topic("Trade")
        await stage.hears(team, anna, "/schedule 08:00", topic=trade)
        team.deletes_topic(trade)
        place, before = stage.place(team, trade), len(team.messages)

        async def stopped() -> bool:
            return (await stage.of(place)).standing is Standing.STOPPED

        await stage.comes_due(place)
        await eventually(stopped)

        assert len(team.messages) == before
        assert "topic was deleted" in (await stage.of(place)).reason

    play(tmp_path, scene, more='[telegram]\ndeleted_topic = "stop"')


def test_an_answer_to_a_deleted_topic_speaks_of_no_digest_and_moves_none(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna, forum=True)
        trade = team.topic("Trade")
        await stage.hears(team, anna, "/schedule 08:00", topic=trade)
        team.says(anna, "/status", topic=trade)
        team.deletes_topic(trade)
        before = len(team.messages)

        answer = await stage.next_of(team, before)

        assert answer.topic is None
        assert "topic that got the digest" not in answer.text
        assert len(team.messages) == before + 1
        assert (await stage.of(stage.place(team, trade))).standing is Standing.ACTIVE

    play(tmp_path, scene)


def test_what_the_operator_posts_to_a_topic_that_is_not_there_goes_nowhere(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        team = stage.api.supergroup("SCO news", owner=stage.api.person("Anna"))
        delivery, place = stage.bot.parts.delivery, f"{stage.place(team)}/99"
        await delivery.desk.open(destination_of(place), Kind.DIGEST, None, now=datetime.now(UTC))
        await delivery.publish.sweep()

        async def ended() -> Sequence[Series]:
            return await delivery.history.series(states=frozenset({State.REFUSED}), limit=9)

        (series,) = await eventually(ended)

        assert str(series.destination) == place
        assert series.why.startswith("There is no such topic in the chat.")
        assert team.texts == []

    play(tmp_path, scene)
