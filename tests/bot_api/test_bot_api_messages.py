"""The real client writes, edits and deletes messages on the fake server."""

import asyncio

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest

from tests.fakes.bot_api.clients import run, talking
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api


def buttons(*rows: list[str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=f"/{label}") for label in row] for row in rows]
    )


def test_a_chat_shows_what_was_sent() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")

        sent = await bot.send_message(
            chat.id,
            "<b>SCO</b> &lt;1&gt;",
            parse_mode=ParseMode.HTML,
            disable_notification=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=buttons(["1", "2"], ["Sources"]),
        )

        assert (sent.text, sent.parse_entities()) == ("SCO <1>", {sent.entities[0]: "SCO"})
        assert chat.texts == ["SCO <1>"]
        assert chat.last.shown("bold") == ["SCO"]
        assert chat.last.labels == [["1", "2"], ["Sources"]]
        assert chat.last.button("2")["callback_data"] == "/2"
        assert chat.last.silent
        assert chat.last.asked["link_preview_options"] == {"is_disabled": True}

    run(scene)


def test_a_reply_answers_a_message_of_the_chat() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        asked = chat.says(None, "/brief")

        sent = await bot.send_message(
            chat.id, "here", reply_parameters=ReplyParameters(message_id=asked.id)
        )

        assert sent.reply_to_message is not None
        assert sent.reply_to_message.text == "/brief"
        with pytest.raises(BadRequest, match="Message to be replied not found"):
            await bot.send_message(chat.id, "x", reply_parameters=ReplyParameters(message_id=99))

    run(scene)


def test_a_message_is_edited_in_place_and_loses_buttons_not_given() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        sent = await bot.send_message(chat.id, "old", reply_markup=buttons(["a"]))

        await sent.edit_text("new")

        assert (chat.last.former, chat.texts, chat.last.labels) == (["old"], ["new"], [])
        await sent.edit_reply_markup(buttons(["b"]))
        assert chat.last.labels == [["b"]]

    run(scene)


def test_the_same_again_is_no_edit() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        sent = await bot.send_message(api.private("Anna").id, "same")

        with pytest.raises(BadRequest, match="Message is not modified: specified new message"):
            await sent.edit_text(" same ")

    run(scene)


def test_only_what_is_there_and_ours_can_be_edited() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        theirs = chat.says(None, "hello")

        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("x", chat.id, 99)
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await bot.edit_message_text("x", chat.id, theirs.id)

    run(scene)


def test_a_message_is_deleted_once() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        sent = await bot.send_message(chat.id, "a")

        await sent.delete()

        assert chat.messages == []
        with pytest.raises(BadRequest, match="Message to delete not found"):
            await sent.delete()

    run(scene)


def test_what_is_older_than_two_days_stays() -> None:
    now = [1_756_789_200.0]

    async def scene(api: FakeBotApi, bot: Bot) -> None:
        sent = await bot.send_message(api.group("Team").id, "a")
        now[0] += 48 * 3600

        with pytest.raises(BadRequest, match="Message can't be deleted"):
            await sent.delete()

    run(scene, clock=lambda: now[0])


def test_a_file_is_sent_kept_and_fetched() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")

        sent = await bot.send_document(
            chat.id,
            InputFile(b"BEGIN:VCALENDAR", "ahead.ics"),
            caption="<i>Ahead</i>",
            parse_mode=ParseMode.HTML,
        )

        assert chat.last.document is not None
        assert (chat.last.document.name, chat.last.document.content) == (
            "ahead.ics",
            b"BEGIN:VCALENDAR",
        )
        assert (chat.last.text, chat.last.shown("italic")) == ("Ahead", ["Ahead"])
        assert sent.document is not None
        again = await bot.send_document(chat.id, sent.document.file_id)
        assert again.document == sent.document
        kept = await bot.get_file(sent.document.file_id)
        assert bytes(await kept.download_as_bytearray()) == b"BEGIN:VCALENDAR"

    run(scene)


def test_a_file_may_come_attached_and_not_empty() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")

        await bot.send_document(chat.id, InputFile(b"a", "a.ics", attach=True))

        assert chat.last.document is not None
        assert chat.last.document.name == "a.ics"
        with pytest.raises(BadRequest, match="File must be non-empty"):
            await bot.send_document(chat.id, InputFile(b"", "a.ics"))
        with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily"):
            await bot.get_file("nothing")
        with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
            await bot.send_document(chat.id, "nothing")

    run(scene)


def test_what_the_bot_does_is_seen_in_a_chat() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")

        await bot.send_chat_action(chat.id, ChatAction.TYPING)

        assert chat.actions == ["typing"]

    run(scene)


#: What is wrong with a keyboard, and what the server says.
KEYBOARDS = [
    ([[("a", "é" * 33)]], "Button_data_invalid"),
    ([[("a", "")]], "Button_data_invalid"),
    ([[(str(number), "x") for number in range(9)]], "Reply markup is too long"),
    ([[("a", "x")]] * 101, "Reply markup is too long"),
]


@pytest.mark.parametrize(("rows", "complaint"), KEYBOARDS)
def test_a_keyboard_has_limits(rows: list[list[tuple[str, str]]], complaint: str) -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        markup = InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(label, callback_data=data) for label, data in row]
                for row in rows
            ]
        )

        with pytest.raises(BadRequest, match=complaint):
            await bot.send_message(api.private("Anna").id, "a", reply_markup=markup)

    run(scene)


def test_a_button_leads_somewhere_and_says_something() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")

        async def offer(button: InlineKeyboardButton) -> None:
            await bot.send_message(chat.id, "a", reply_markup=InlineKeyboardMarkup([[button]]))

        await offer(InlineKeyboardButton("a", url="https://example.org"))
        await offer(InlineKeyboardButton("a", callback_data="é" * 32))
        with pytest.raises(BadRequest, match="is invalid: wrong http url"):
            await offer(InlineKeyboardButton("a", url="http://localhost"))
        with pytest.raises(BadRequest, match="text buttons are unallowed"):
            await offer(InlineKeyboardButton("a"))
        with pytest.raises(BadRequest, match="button text is invalid"):
            await offer(InlineKeyboardButton(" ", callback_data="x"))

    run(scene)


def test_a_press_is_answered_once_and_in_time() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        await bot.send_message(chat.id, "a", reply_markup=buttons(["1"]))
        press, late = chat.presses(chat.last, "1"), chat.presses(chat.last, data="forged")
        late.expired = True

        await bot.answer_callback_query(press.id, "here", show_alert=True)

        assert (press.data, press.answered, press.answer, press.alert) == ("/1", True, "here", True)
        assert api.unanswered == [late]
        for one in (press, late):
            with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
                await bot.answer_callback_query(one.id)

    run(scene)


@pytest.mark.parametrize("text", ["\u200b\u2060", "<b> </b>"])
def test_a_text_shows_something(text: str) -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        with pytest.raises(BadRequest, match="Text must be non-empty"):
            await bot.send_message(api.private("Anna").id, text, parse_mode=ParseMode.HTML)

    run(scene)


def test_two_servers_know_nothing_of_each_other() -> None:
    async def play() -> None:
        async with fake_bot_api() as one, fake_bot_api("7:other") as other, talking(other) as bot:
            chat = other.private("Anna")
            await bot.send_message(chat.id, "a")
            assert (len(other.called("sendMessage")), one.calls) == (1, [])
            assert bot.id == 7

    asyncio.run(play())
