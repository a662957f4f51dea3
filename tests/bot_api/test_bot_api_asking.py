"""The real client asks the fake server about chats, and sets its menus."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    ChatAdministratorRights,
    ChatMemberAdministrator,
)
from telegram.error import (
    BadRequest,
    Forbidden,
)

from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.server import FakeBotApi


def test_a_chat_can_be_asked_about() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        anna = api.person("Anna")
        team = api.supergroup("Team", owner=anna, bot="administrator", forum=True)
        bob = api.person("Bob")
        team.joins(bob, status="restricted")

        chat = await bot.get_chat(team.id)
        admins = await bot.get_chat_administrators(team.id)
        statuses = [
            (await bot.get_chat_member(team.id, number)).status
            for number in (anna.id, bob.id, api.person("Cy").id, bot.id)
        ]

        assert (chat.title, chat.is_forum) == ("Team", True)
        assert {one.user.id for one in admins} == {anna.id, bot.id}
        assert statuses == ["creator", "restricted", "left", "administrator"]
        assert await bot.get_chat_member_count(team.id) == 3
        with pytest.raises(BadRequest, match="Invalid user_id specified"):
            await bot.get_chat_member(team.id, 5)

    run(scene)


def test_a_private_chat_has_no_administrators_and_a_channel_hides_its_people() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        anna = api.person("Anna")
        chat = api.private(anna)
        channel = api.channel("News", owner=anna, bot="member")

        with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
            await bot.get_chat_administrators(chat.id)
        with pytest.raises(BadRequest, match="can't be changed in private chats"):
            await bot.leave_chat(chat.id)
        with pytest.raises(BadRequest, match="Member list is inaccessible"):
            await bot.get_chat_member(channel.id, anna.id)
        channel.promotes_bot(by=anna)
        ours = await bot.get_chat_member(channel.id, bot.id)
        assert isinstance(ours, ChatMemberAdministrator)
        assert ours.can_post_messages

    run(scene)


def test_a_chat_that_was_left_is_out_of_reach() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        team = api.group("Team")

        await bot.leave_chat(team.id)

        assert team.status == "left"
        with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
            await bot.get_chat(team.id)

    run(scene)


def test_menus_are_kept_by_scope_and_language() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        team = api.group("Team")
        groups = BotCommandScopeAllGroupChats()

        await bot.set_my_commands([BotCommand("brief", "News")])
        await bot.set_my_commands([BotCommand("brief", "Новости")], groups, language_code="ru")
        await bot.set_my_commands([("help", "Help")], BotCommandScopeChat(team.id))

        assert api.menus == {
            ("default", 0, 0, ""): [{"command": "brief", "description": "News"}],
            ("all_group_chats", 0, 0, "ru"): [{"command": "brief", "description": "Новости"}],
            ("chat", team.id, 0, ""): [{"command": "help", "description": "Help"}],
        }
        assert (await bot.get_my_commands(groups, "ru"))[0].description == "Новости"
        assert await bot.get_my_commands(groups) == ()
        await bot.delete_my_commands()
        assert await bot.get_my_commands() == ()

    run(scene)


#: What no menu may hold, and what the server says.
MENUS = [
    ([("Brief", "a")], "Bot_command_invalid"),
    ([("b" * 33, "a")], "Bot_command_invalid"),
    ([("brief", "")], "Bot_command_description_invalid"),
    ([("brief", "a" * 257)], "Bot_command_description_invalid"),
    ([(f"a{number}", "a") for number in range(101)], "Bot_commands_too_much"),
]


@pytest.mark.parametrize(("commands", "complaint"), MENUS)
def test_menus_have_limits(commands: list[tuple[str, str]], complaint: str) -> None:
    async def scene(_: FakeBotApi, bot: Bot) -> None:
        with pytest.raises(BadRequest, match=complaint):
            await bot.set_my_commands(commands)

    run(scene)


def test_a_menu_belongs_to_a_language_and_a_place_that_there_are() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        chat, channel = api.private("Anna"), api.channel("News")

        with pytest.raises(BadRequest, match="Invalid language code specified"):
            await bot.set_my_commands([], language_code="ru-RU")
        with pytest.raises(BadRequest, match="Can't set commands in channels"):
            await bot.set_my_commands([], BotCommandScopeChat(channel.id))
        with pytest.raises(BadRequest, match="Can't set chat member commands in private chats"):
            await bot.set_my_commands([], BotCommandScopeChatMember(chat.id, chat.id))

    run(scene)


def test_names_and_descriptions_are_kept_by_language() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        await bot.set_my_description("All of it", "en")
        await bot.set_my_short_description("Some")
        await bot.set_my_name("Brief")

        assert (await bot.get_my_description("en")).description == "All of it"
        assert (await bot.get_my_description("ru")).description == ""
        assert (await bot.get_my_short_description("ru")).short_description == "Some"
        assert (await bot.get_my_name()).name == "Brief"
        await bot.set_my_name("")
        assert (await bot.get_my_name()).name == api.me.name
        with pytest.raises(BadRequest, match="Short description is too long"):
            await bot.set_my_short_description("a" * 121)

    run(scene)


def test_the_rights_that_the_bot_asks_for_are_kept() -> None:
    async def scene(_: FakeBotApi, bot: Bot) -> None:
        rights = ChatAdministratorRights.no_rights()

        await bot.set_my_default_administrator_rights(rights, for_channels=True)

        assert await bot.get_my_default_administrator_rights(for_channels=True) == rights

    run(scene)
