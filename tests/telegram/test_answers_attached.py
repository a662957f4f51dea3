"""An answer among many is attached to what was asked."""

import asyncio
from datetime import UTC, datetime

from bot.core.ask import Ask
from bot.core.page import Button, Buttons, Document, Page, Paragraph, Plain
from tests.fakes.bot_api.chat import Chat
from tests.fakes.ears import Scene, play

MADE = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)


async def answer(ask: Ask) -> Page:
    """Answer with a digest and its buttons; a story has more words than one message takes."""
    said = ask.text.removeprefix("/")
    long = tuple(Paragraph((Plain(f"{said} {number} " * 300),)) for number in range(2))
    told = long if said == "brief 1" else (Paragraph((Plain(f"Said: {said}"),)),)
    buttons = Buttons(((Button("1", "/brief 1"), Button("2", "/brief 2")),), MADE)
    return Page((*told, buttons), said)


def attached(chat: Chat) -> list[str | None]:
    """Return what each message of the bot is a reply to, in words."""
    replied = (message.reply_to for message in chat.messages)
    return [None if message is None else message.text for message in replied]


def test_in_a_group_an_answer_is_a_reply_to_the_question() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.api.person("Anna"), here.api.person("Ben")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/status")
        group.says(ben, "/sources")
        await here.api.until(lambda: len(group.texts) == 2)

        assert group.texts == ["Said: status", "Said: sources"]
        assert attached(group) == ["/status", "/sources"]

    play(scene, answer=answer)


def test_what_a_button_brings_is_a_reply_to_its_message_each_part_of_it() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/brief")
        await here.api.until(lambda: group.texts)
        group.presses(group.last, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 3)

        assert attached(group) == ["/brief", "Said: brief", "Said: brief"]

    play(scene, answer=answer)


def test_an_answer_in_a_topic_stays_there_and_is_a_reply() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna, forum=True)
        trade = group.topic("Trade")
        group.says(anna, "/status", topic=trade)
        await here.api.until(lambda: group.texts)

        assert group.last.topic == trade.id
        assert attached(group) == ["/status"]

    play(scene, answer=answer)


def test_an_answer_to_a_question_that_was_deleted_comes_all_the_same() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.deletes(group.says(anna, "/status"))
        await here.api.until(lambda: group.texts)

        assert group.texts == ["Said: status"]
        assert attached(group) == [None]

    play(scene, answer=answer)


def test_alone_with_the_bot_and_in_a_channel_nothing_is_attached() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        alone, channel = here.api.private("Anna"), here.api.channel("News", owner=anna)
        alone.says(None, "/status")
        channel.posts("/status")
        await here.api.until(lambda: alone.texts and channel.texts)

        assert (attached(alone), attached(channel)) == ([None], [None])

    play(scene, answer=answer)


def test_a_file_is_attached_as_the_words_before_it_are() -> None:
    async def filed(ask: Ask) -> Page:
        del ask
        return Page((Paragraph((Plain("1 event."),)),), "", Document("ahead.ics", b"BEGIN"))

    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/upcoming")
        await here.api.until(lambda: here.api.called("sendDocument") and group.messages)

        assert set(attached(group)) == {"/upcoming"}

    play(scene, answer=filed)


def test_an_answer_that_follows_a_group_is_attached_to_no_message_of_the_new_one() -> None:
    late = asyncio.Event()

    async def slow(ask: Ask) -> Page:
        if ask.text == "/status":
            await late.wait()
        return await answer(ask)

    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.group("Team", owner=anna)
        group.says(anna, "/status")
        await here.asked(1)
        group.says(anna, "/sources")
        await here.settle()
        moved = group.migrates()
        assert isinstance(moved, Chat)
        # The numbers of the old group's messages are others' here.
        for _ in range(9):
            moved.says(anna, "Hello")
        await here.settle()
        late.set()
        await here.api.until(lambda: len(moved.texts) == 2)

        assert attached(moved) == [None, None]

    play(scene, answer=slow)


def test_what_a_button_of_an_old_message_brings_is_attached_to_nothing() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        asked = group.says(anna, "Hello")
        message = {"message_id": asked.id, "date": 0, "chat": group.json()}
        query = {"id": "77", "from": anna.json(), "chat_instance": "1", "data": "/brief 2"}
        here.api.sends_raw(callback_query={**query, "message": message})
        await here.api.until(lambda: group.texts)

        assert attached(group) == [None]

    play(scene, answer=answer)
