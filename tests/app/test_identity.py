"""A database belongs to one bot of a platform, until another one is adopted."""

import asyncio

import pytest

from bot.app.identity import StrangerError, recognise


class Memory:
    """Marks in memory."""

    def __init__(self, **marks: str) -> None:
        self.marks = marks

    async def of(self, key: str) -> str | None:
        return self.marks.get(key)

    async def put(self, key: str, value: str) -> None:
        self.marks[key] = value


def recognised(marks: Memory, bot: str, *, adopt: bool = False) -> dict[str, str]:
    asyncio.run(recognise(marks, "telegram", bot, adopt=adopt))
    return marks.marks


def test_the_first_bot_is_remembered_and_known_again() -> None:
    marks = Memory()

    assert recognised(marks, "111") == {"bot.telegram": "111"}
    assert recognised(marks, "111") == {"bot.telegram": "111"}


def test_another_bot_is_refused_with_both_ways_out() -> None:
    marks = Memory(**{"bot.telegram": "111"})

    with pytest.raises(StrangerError) as raised:
        recognised(marks, "222")

    assert str(raised.value) == (
        "This database belongs to the telegram bot 111, and the token is that of 222: its chats "
        "would hear from a stranger. Give the right token or another DATA_DIR; or, if the new bot "
        "takes over for good, start once with --adopt."
    )
    assert marks.marks == {"bot.telegram": "111"}


def test_another_bot_can_be_adopted_for_good() -> None:
    marks = Memory(**{"bot.telegram": "111"})

    recognised(marks, "222", adopt=True)

    assert recognised(marks, "222") == {"bot.telegram": "222"}


def test_each_platform_has_a_bot_of_its_own() -> None:
    marks = Memory(**{"bot.slack": "A1"})

    assert recognised(marks, "111") == {"bot.slack": "A1", "bot.telegram": "111"}
