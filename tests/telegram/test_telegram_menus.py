"""The menus of commands come from the table of verbs, and are set when they changed."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest
from telegram import Bot

from bot.core.errors import StoreError
from bot.core.verb import Who
from bot.core.verbs import VERBS
from bot.core.wording import English
from bot.telegram.menus import (
    CHANNEL_RIGHTS,
    LONGEST_DESCRIPTION,
    LONGEST_LINE,
    MARK,
    Menus,
)
from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.server import FakeBotApi
from tests.fakes.strange import WORDS


@dataclass
class MemoryMarks:
    """Short texts by name."""

    kept: dict[str, str] = field(default_factory=dict)
    broken: str = ""

    async def of(self, key: str) -> str | None:
        if self.broken:
            raise StoreError(self.broken)
        return self.kept.get(key)

    async def put(self, key: str, value: str) -> None:
        self.kept[key] = value


def menus(bot: Bot, marks: MemoryMarks) -> Menus:
    async def sleep(seconds: float) -> None:
        assert seconds > 0
        await asyncio.sleep(0)

    return Menus(
        bot=bot, marks=marks, beat="SCO", words={"en": English()}, otherwise="en", sleep=sleep
    )


def names(api: FakeBotApi, scope: str, language: str = "") -> list[str]:
    return [one["command"] for one in api.menus[scope, 0, 0, language]]


def test_who_cannot_change_settings_is_not_shown_how() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        assert await menus(bot, MemoryMarks()).set()

        everything = [verb.name for verb in VERBS]
        reading = [verb.name for verb in VERBS if verb.who is Who.ALL]
        assert names(api, "default") == names(api, "all_group_chats") == reading
        assert names(api, "all_private_chats") == everything
        assert names(api, "all_chat_administrators") == everything
        assert api.words["MyShortDescription", ""] == "News on SCO, in the sources' own sentences."
        assert api.words["MyDescription", ""].startswith("I read news on SCO and post a brief")

    run(scene)


def test_of_a_channel_it_asks_to_post_and_of_a_group_nothing() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        await menus(bot, MemoryMarks()).set()

        (channels,) = api.rights
        assert channels
        granted = {right for right, given in api.rights[channels].items() if given}
        # Its own messages it may edit without the right to edit those of others.
        assert granted == {"can_post_messages"}
        assert {f"can_{right}" for right in CHANNEL_RIGHTS} == granted

    run(scene)


def test_rights_that_are_asked_for_anew_are_set_anew() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        marks = MemoryMarks()
        await menus(bot, marks).set()
        assert not await menus(bot, marks).set()

        assert await replace(menus(bot, marks), rights=("post_messages", "pin_messages")).set()
        assert api.rights[True]["can_pin_messages"]

    run(scene)


def test_each_language_has_menus_of_its_own() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        spoken = replace(menus(bot, MemoryMarks()), words={"en": English(), "ru": WORDS})

        await spoken.set()

        assert names(api, "default", "ru") == names(api, "default")
        assert api.menus["default", 0, 0, "ru"][0]["description"].startswith("жжж")
        assert len(api.called("setMyCommands")) == 8

    run(scene)


def test_what_did_not_change_is_not_set_again() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        marks = MemoryMarks()
        await menus(bot, marks).set()
        asked = len(api.calls)

        assert not await menus(bot, marks).set()
        assert len(api.calls) == asked

        assert await replace(menus(bot, marks), beat="Rail").set()
        assert api.words["MyShortDescription", ""].startswith("News on Rail")

    run(scene)


def test_a_long_name_of_the_beat_is_cut_where_telegram_would_refuse_it() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        await replace(menus(bot, MemoryMarks()), beat="字" * 600).set()

        assert len(api.words["MyDescription", ""]) == LONGEST_DESCRIPTION
        assert len(api.words["MyShortDescription", ""]) == LONGEST_LINE

    run(scene)


def test_what_telegram_refuses_is_tried_again_and_remembered_only_then() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        marks = MemoryMarks()
        api.refuses("setMyDescription", 500, "Internal Server Error")

        await menus(bot, marks).keep()

        assert MARK in marks.kept
        assert len(api.called("setMyDescription")) == 2

    run(scene)


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_a_flood_is_waited_out() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        api.refuses("setMyCommands", 429, "Too Many Requests: retry after 3", retry_after=3)

        await menus(bot, MemoryMarks()).keep()

        assert names(api, "default")

    run(scene)


def test_an_archive_that_fails_leaves_the_menus_as_they_are() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        await menus(bot, MemoryMarks(broken="The disk is full.")).keep()

        assert api.menus == {}

    run(scene)
