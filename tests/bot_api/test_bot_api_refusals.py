"""The fake server refuses what the real one refuses, in the same words."""

import asyncio
from collections.abc import Callable

import aiohttp
import pytest
from telegram import (
    Bot,
)
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, TelegramError

from tests.fakes.bot_api.arguments import METHODS
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.server import SERVED, FakeBotApi, fake_bot_api


def blocked(chat: Chat) -> None:
    chat.blocks_bot()


#: What happens to a chat of some kind, and what the client is told.
REFUSALS: list[tuple[str, Callable[[Chat], object], type[TelegramError], str]] = [
    ("private", blocked, Forbidden, "Forbidden: bot was blocked by the user"),
    ("private", Chat.dies, Forbidden, "Forbidden: user is deactivated"),
    ("group", Chat.dies, Forbidden, "Forbidden: the group chat was deleted"),
    ("group", Chat.kicks_bot, Forbidden, "Forbidden: bot was kicked from the group chat"),
    ("supergroup", Chat.kicks_bot, Forbidden, "Forbidden: bot was kicked from the supergroup chat"),
    ("channel", Chat.kicks_bot, Forbidden, "Forbidden: bot was kicked from the channel chat"),
    (
        "supergroup",
        lambda chat: chat.leaves(chat.home.me),
        Forbidden,
        "Forbidden: bot is not a member of the supergroup chat",
    ),
    (
        "supergroup",
        Chat.mutes_bot,
        BadRequest,
        "Not enough rights to send text messages to the chat",
    ),
    (
        "supergroup",
        lambda chat: chat.mutes_bot("CHAT_WRITE_FORBIDDEN"),
        BadRequest,
        "Chat_write_forbidden",
    ),
    (
        "channel",
        lambda chat: setattr(chat, "may_post", False),
        BadRequest,
        "Need administrator rights in the channel chat",
    ),
    ("group", Chat.migrates, ChatMigrated, "Group migrated to supergroup. New chat id: -1002"),
    ("forum", lambda chat: chat.deletes_topic(2), BadRequest, "Message thread not found"),
    ("forum", lambda chat: chat.closes_topic(chat.topics[2]), BadRequest, "Topic_closed"),
]


@pytest.mark.parametrize(("kind", "happens", "error", "words"), REFUSALS)
def test_a_refusal_is_worded_as_the_server_words_it(
    kind: str, happens: Callable[[Chat], object], error: type[TelegramError], words: str
) -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = place(api, kind)
        thread = 2 if kind == "forum" else None
        await bot.send_message(chat.id, "before", message_thread_id=thread)
        happens(chat)

        with pytest.raises(error, match=words):
            await bot.send_message(chat.id, "after", message_thread_id=thread)

    run(scene)


def place(api: FakeBotApi, kind: str) -> Chat:
    if kind == "private":
        return api.private("Anna")
    if kind == "forum":
        chat = api.supergroup("Team", forum=True)
        chat.topic("First")
        chat.topic("Second")
        return chat
    return {"group": api.group, "supergroup": api.supergroup, "channel": api.channel}[kind]("Team")


def test_a_stranger_has_to_speak_first() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna", started=False)

        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bot.send_message(chat.id, "a")
        chat.says(None, "/start")
        await bot.send_message(chat.id, "a")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(99, "a")

    run(scene)


def test_a_migrated_group_goes_on_under_its_new_number() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        group = api.group("Team")
        new = group.migrates()

        with pytest.raises(ChatMigrated) as error:
            await bot.send_message(group.id, "a")
        await bot.send_message(error.value.new_chat_id, "a")

        assert (error.value.new_chat_id, new.texts) == (new.id, ["a"])

    run(scene)


def test_topics_keep_what_is_said_in_them() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        forum = api.supergroup("Team", forum=True)
        trade = forum.topic("Trade")

        inside = await bot.send_message(forum.id, "in", message_thread_id=trade.id)
        outside = await bot.send_message(forum.id, "out")

        assert (inside.is_topic_message, inside.message_thread_id) == (True, trade.id)
        assert (outside.is_topic_message, outside.message_thread_id) == (None, None)
        assert [one.topic for one in forum.messages] == [trade.id, None]
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(forum.id, "general", message_thread_id=1)
        forum.closes_topic()
        with pytest.raises(BadRequest, match="Topic_closed"):
            await bot.send_message(forum.id, "out")

    run(scene)


def test_a_channel_speaks_for_itself() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        channel = api.channel("News", username="sco_news")

        sent = await bot.send_message("@SCO_News", "a")

        assert sent.from_user is None
        assert sent.sender_chat is not None
        assert (sent.sender_chat.id, sent.chat.type) == (channel.id, "channel")

    run(scene)


def test_a_method_that_is_not_served_fails_the_test() -> None:
    async def scene(_: FakeBotApi, bot: Bot) -> None:
        with pytest.raises(EndPointNotFound):
            await bot.do_api_request("sendRichMessage", api_kwargs={"chat_id": 1})

    with pytest.raises(AssertionError, match="sendRichMessage: Not Found: method not found"):
        run(scene)


#: What a request should not say, and what the server answers.
MISTAKES = [
    ({"chat_id": 1001, "text": "a", "colour": "red"}, 'sendMessage has no parameter "colour"'),
    ({"chat_id": 1001}, "text is empty"),
    ({"chat_id": 1001, "text": "a", "message_thread_id": "x"}, "must be of type Integer"),
    ({"chat_id": 1001, "text": "a", "message_thread_id": True}, "must be of type Integer"),
    ({"chat_id": 1001, "text": "a", "link_preview_options": []}, "must be of type LinkPreview"),
    ({"chat_id": 1001, "text": "a", "disable_notification": "maybe"}, "must be of type Boolean"),
    ({"chat_id": 1001, "text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    (
        {"chat_id": 1001, "text": "a", "link_preview_options": {"off": True}},
        "must be of type LinkPreviewOptions",
    ),
    ({"chat_id": 1001, "text": "a", "reply_markup": "{"}, "must be of type InlineKeyboardMarkup"),
    (
        {"chat_id": 1001, "text": "a", "reply_markup": {"inline_keyboard": [["a"]]}},
        "must be of type InlineKeyboardMarkup",
    ),
    (
        {"chat_id": 1001, "text": "a", "entities": [{"type": "shout", "offset": 0, "length": 1}]},
        "must be of type Array of MessageEntity",
    ),
]


@pytest.mark.parametrize(("request_", "complaint"), MISTAKES)
def test_a_request_against_the_tables_is_refused_and_remembered(
    request_: dict[str, object], complaint: str
) -> None:
    async def play() -> None:
        async with fake_bot_api() as api, aiohttp.ClientSession() as session:
            api.private("Anna")
            address = f"{api.url}/bot{api.token}/sendMessage"

            async with session.post(address, json=request_) as answer:
                said = await answer.json()

            assert (answer.status, said["ok"], said["error_code"]) == (400, False, 400)
            assert complaint in said["description"]
            assert api.faults == [f"sendMessage: {said['description']}"]
            api.faults.clear()

    asyncio.run(play())


def test_every_method_of_the_tables_is_served() -> None:
    assert set(SERVED) == set(METHODS)


def test_an_action_is_one_of_those_that_are_known() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        with pytest.raises(BadRequest, match='"action" must be one of'):
            await bot.send_chat_action(api.private("Anna").id, "yawning")
        api.faults.clear()

    run(scene)


def test_a_file_is_taken_only_where_one_belongs() -> None:
    async def play() -> None:
        async with fake_bot_api() as api, aiohttp.ClientSession() as session:
            form = aiohttp.FormData({"chat_id": "1001"})
            form.add_field("text", b"a", filename="a.txt")

            answer = await session.post(f"{api.url}/bot{api.token}/sendMessage", data=form)

            assert (await answer.json())["description"] == 'Bad Request: "text" is no file'
            api.faults.clear()

    asyncio.run(play())


def test_an_edit_leaves_words() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        sent = await bot.send_message(chat.id, "a")
        document = await bot.send_document(chat.id, b"a")

        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(chat.id, "")
        with pytest.raises(BadRequest, match="Message text is empty"):
            await sent.edit_text("")
        with pytest.raises(BadRequest, match="Text must be non-empty"):
            await sent.edit_text(" ")
        with pytest.raises(BadRequest, match="There is no text in the message to edit"):
            await document.edit_text("b")
        with pytest.raises(BadRequest, match="Message identifier is not specified"):
            await bot.edit_message_text("b", chat.id)
        assert chat.texts == ["a", ""]

    run(scene)


def test_a_bot_is_brief_when_a_button_is_pressed() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        press = chat.presses(chat.says(None, "a"), data="x")

        with pytest.raises(BadRequest, match="Message_too_long"):
            await bot.answer_callback_query(press.id, "a" * 201)

        assert api.unanswered == [press]

    run(scene)


def test_nobody_sees_what_the_bot_does_in_a_channel() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        channel = api.channel("News")

        assert await bot.send_chat_action(channel.id, "typing")
        assert channel.actions == []

    run(scene)
