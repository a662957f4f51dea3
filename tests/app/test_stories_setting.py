"""Whether a digest is folded into a thread is set where there are threads, and only there."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.abilities import Ability
from bot.core.settings_commands import SettingsCommand
from bot.core.verbs import parse
from tests.fakes.asks import ask
from tests.fakes.chats import HERE, Chat
from tests.fakes.pages import text


def says(chat: Chat, typed: str) -> str:
    """Return what is said in a chat with threads, whose posts make the sound of each reader."""
    settings = replace(chat.settings(), abilities={"loop": frozenset({Ability.THREADS})})
    command = parse(typed)
    assert isinstance(command, SettingsCommand), command
    return text(asyncio.run(settings(ask(typed, of=str(HERE)), command)))


@pytest.mark.parametrize(
    ("typed", "place", "flat"),
    [
        ("/settings stories flat", "below their headlines, without a thread", True),
        ("/settings stories thread", "in a thread below the headlines", False),
        ("/settings stories to threads", "in a thread below the headlines", False),
    ],
)
def test_where_the_stories_stand_is_set(typed: str, place: str, *, flat: bool) -> None:
    chat = Chat()
    says(chat, f"/settings stories {'thread' if flat else 'flat'}")

    said = says(chat, typed)

    assert said.startswith(f"The stories of a digest from now on: {place}.\n")
    assert chat.of().flat is flat


def test_it_is_shown_and_changed_back_where_there_are_threads() -> None:
    chat = Chat()
    says(chat, "/settings stories flat")

    panel = says(chat, "/settings").split("\n")
    assert "Stories = below their headlines, without a thread" in panel
    assert not any(line.startswith("Sound") for line in panel)
    assert panel[-1] == (
        "_Change it: /settings length short, /settings quiet skip, /settings stories flat, "
        "/settings pause, /settings undo, all: /help settings_"
    )
    assert says(chat, "/settings undo").endswith("\nStories = in a thread below the headlines")
    assert says(chat, "/settings stories").split("\n")[:2] == [
        "# Where do the stories of a digest stand?",
        "Now = in a thread below the headlines",
    ]


def test_where_there_are_no_threads_it_changes_nothing() -> None:
    chat = Chat()

    for typed in ("/settings stories flat", "/settings stories"):
        assert chat.says(typed) == "Messages have no threads here: a digest comes whole."
    assert chat.subscriptions.rows == {}
    assert "Stories" not in chat.says("/settings")


def test_where_each_reader_sets_the_sound_it_is_not_set_for_all() -> None:
    chat = Chat()

    assert says(chat, "/settings silent on") == (
        "Here each reader sets whether my posts make a sound."
    )
    assert chat.subscriptions.rows == {}
