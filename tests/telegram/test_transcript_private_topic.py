"""A topic of somebody's own chat with the bot is kept like one of a group."""

from pathlib import Path

import pytest

from tests.fakes.on_air import Scene, play

pytestmark = pytest.mark.slow


def test_an_answer_stays_in_the_topic_of_a_private_chat(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        chat = stage.api.private("Anna", topics=True)
        trade = chat.topic("Trade")

        digest = await stage.hears(chat, None, "/brief", topic=trade)
        assert digest.topic == trade.id
        assert "Four countries agreed" in digest.text

        before = len(chat.messages)
        chat.presses(digest, "1")
        story = await stage.next_of(chat, before)
        assert story.topic == trade.id

        before = len(chat.messages)
        chat.says(None, "/brief 1", topic=trade, reply_to=digest)
        assert (await stage.next_of(chat, before)).topic == trade.id

        outside = await stage.hears(chat, None, "/status")
        assert outside.topic is None

    play(tmp_path, scene)


def test_a_topic_of_a_private_chat_gets_its_digest_where_it_asked_for_it(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        chat = stage.api.private("Anna", topics=True)
        trade = chat.topic("Trade")

        said = await stage.hears(chat, None, "/schedule 08:00", topic=trade)
        assert said.topic == trade.id
        await stage.presses(chat, said, "Change time")
        assert said.text.startswith("At what time?")
        elsewhere = await stage.hears(chat, None, "/schedule")
        assert (elsewhere.topic, "08:00" in elsewhere.text) == (None, False)

        before = len(chat.messages)
        await stage.comes_due(stage.place(chat, trade))
        digest = await stage.next_of(chat, before)
        assert digest.topic == trade.id
        assert "Four countries agreed" in digest.text

    play(tmp_path, scene)


def test_the_digest_of_a_deleted_topic_goes_to_the_private_chat(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        chat = stage.api.private("Anna", topics=True)
        trade = chat.topic("Trade")
        await stage.hears(chat, None, "/schedule 08:00", topic=trade)
        chat.deletes_topic(trade)
        before = len(chat.messages)

        await stage.comes_due(stage.place(chat, trade))
        await stage.api.until(lambda: len(chat.messages) > before + 1, seconds=10)

        note, digest = chat.messages[before:]
        assert note.text.startswith("The topic that got the digest was deleted.")
        assert (note.topic, digest.topic) == (None, None)
        assert "Four countries agreed" in digest.text

    play(tmp_path, scene)


def test_a_chat_that_is_started_in_a_topic_is_greeted_there(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        chat = stage.api.private("Anna", topics=True)
        trade = chat.topic("Trade")

        assert (await stage.hears(chat, None, "/start", topic=trade)).topic == trade.id

    play(tmp_path, scene)
