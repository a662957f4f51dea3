"""The real client hears what people do on the fake server."""

import asyncio
from typing import Any

from telegram import Bot, CallbackQuery, Chat, Message, Update
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, TypeHandler

from tests.fakes.bot_api.clients import polling, run
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api


async def echo(update: Update, context: Any) -> None:  # noqa: ANN401 # any application's
    """Answer a command with its words."""
    assert isinstance(update.effective_message, Message)
    await update.effective_message.reply_text(" ".join(context.args) or "nothing")


async def confirm(update: Update, _: Any) -> None:  # noqa: ANN401 # any application's
    """Answer a button with what it carries."""
    assert isinstance(update.callback_query, CallbackQuery)
    await update.callback_query.answer(update.callback_query.data)


async def greet(update: Update, context: Any) -> None:  # noqa: ANN401 # any application's
    """Greet a chat that the bot was added to."""
    assert isinstance(update.effective_chat, Chat)
    await context.bot.send_message(update.effective_chat.id, "Hello")


def test_a_polling_application_answers_commands_in_their_topic() -> None:
    async def play() -> None:
        async with fake_bot_api() as api, polling(api, CommandHandler("brief", echo)):
            chat = api.private("Anna")
            forum = api.supergroup("Team", forum=True)
            trade = forum.topic("Trade")

            chat.says(None, "/brief one")
            forum.says(api.person("Bob"), "/BRIEF@brief_bot two", topic=trade)
            await api.until(lambda: chat.messages and forum.messages)

            assert (chat.texts, forum.texts, forum.last.topic) == (["one"], ["two"], trade.id)

    asyncio.run(play())


def test_a_polling_application_hears_buttons_and_being_added() -> None:
    async def play() -> None:
        buttons, added = CallbackQueryHandler(confirm), ChatMemberHandler(greet)
        async with fake_bot_api() as api, polling(api, buttons, added):
            anna = api.person("Anna")
            team = api.supergroup("Team", owner=anna, bot="left")

            team.adds_bot(by=anna)
            await api.until(lambda: team.messages)
            press = team.presses(team.last, data="/brief 1", by=anna)
            await api.until(lambda: press.answered)

            assert (team.texts, press.answer) == (["Hello"], "/brief 1")

    asyncio.run(play())


def test_who_comes_and_goes_is_told_to_those_who_ask() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        team = api.supergroup("Team", bot="administrator")
        team.joins(api.person("Anna"))
        assert await bot.get_updates(allowed_updates=["chat_member", "message"]) == ()
        bob = api.person("Bob")

        team.joins(bob)
        team.promotes(bob)
        team.leaves(bob)

        changes = [one.chat_member for one in await bot.get_updates()]
        assert [one and one.new_chat_member.status for one in changes] == [
            "member",
            "administrator",
            "left",
        ]

    run(scene)


def test_what_becomes_of_the_bot_is_told() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        anna = api.person("Anna")
        team = api.supergroup("Team", owner=anna)
        team.promotes_bot(by=anna)
        team.demotes_bot(by=anna)
        team.kicks_bot()
        chat = api.private("Bob")
        chat.blocks_bot()
        chat.unblocks_bot()

        changes = [one.my_chat_member for one in await bot.get_updates()]

        assert [one and one.new_chat_member.status for one in changes] == [
            "administrator",
            "member",
            "kicked",
            "kicked",
            "member",
        ]
        assert team.status == "kicked"

    run(scene)


def test_privacy_mode_hides_what_is_not_meant_for_the_bot() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        team, anna = api.supergroup("Team"), api.person("Anna")
        await bot.send_message(team.id, "hello")
        ours = team.last

        heard = {
            text: team.says(anna, text).heard
            for text in ("hello", "/brief", "/brief@Brief_Bot", "/brief@other_bot", "see /brief")
        }
        replied = team.says(anna, "thanks", reply_to=ours).heard
        team.hears_other_bot()
        plain = team.says(anna, "/brief").heard
        team.promotes_bot(by=anna)
        as_admin = team.says(anna, "hello").heard

        assert heard == {
            "hello": False,
            "/brief": True,
            "/brief@Brief_Bot": True,
            "/brief@other_bot": False,
            "see /brief": False,
        }
        assert (replied, plain, as_admin) == (True, False, True)

    run(scene)


def test_without_privacy_mode_all_is_heard() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        api.privacy = False
        team = api.group("Team")

        assert team.says(api.person("Anna"), "hello").heard
        assert (await bot.get_me()).can_read_all_group_messages

    run(scene)


def test_an_anonymous_administrator_speaks_as_the_group() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        team = api.supergroup("Team")

        team.says(api.person("Anna"), "/brief", anonymously=True)

        (update,) = await bot.get_updates()
        message = update.message
        assert message is not None
        assert message.sender_chat is not None
        assert message.from_user is not None
        assert (message.sender_chat.id, message.from_user.id) == (team.id, 1087968824)

    run(scene)


def test_an_edit_is_told_as_one() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat, channel = api.private("Anna"), api.channel("News")
        chat.edits(chat.says(None, "/brif"), "/brief")
        channel.edits(channel.posts("/brif"), "/brief")

        updates = await bot.get_updates()

        edited = updates[1].edited_message, updates[3].edited_channel_post
        assert [one and one.text for one in edited] == ["/brief", "/brief"]

    run(scene)


def test_a_migration_is_told_in_both_chats() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        group = api.group("Team")
        new = group.migrates()

        told = [one.message for one in await bot.get_updates()]

        assert [one and (one.chat.id, one.migrate_to_chat_id) for one in told] == [
            (group.id, new.id),
            (new.id, None),
        ]
        assert told[1] is not None
        assert told[1].migrate_from_chat_id == group.id

    run(scene)


def test_any_handler_sees_a_forged_button() -> None:
    async def play() -> None:
        seen: list[Update] = []

        async def keep(update: Update, _: object) -> None:
            seen.append(update)

        async with fake_bot_api() as api, polling(api, TypeHandler(Update, keep)):
            chat = api.private("Anna")
            message = chat.says(None, "one")
            chat.presses(message, data="forged")
            await api.until(lambda: not api.feed.pending)

        assert seen[-1].callback_query is not None
        assert seen[-1].callback_query.data == "forged"

    asyncio.run(play())


def test_a_button_of_a_deleted_message_says_only_where_it_was() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat = api.private("Anna")
        sent = await bot.send_message(chat.id, "a")
        message = chat.last
        chat.deletes(message)

        chat.presses(message, data="/brief 1")

        (update,) = await bot.get_updates()
        assert update.callback_query is not None
        told = update.callback_query.message
        assert told is not None
        assert (told.message_id, told.is_accessible) == (sent.message_id, False)

    run(scene)
