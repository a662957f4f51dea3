"""A button "Undo" takes back what it stands under, once, and nothing else."""

from datetime import timedelta

import pytest

from bot.core.page import Button, Buttons, Heading, Page, Plain
from bot.core.settings_commands import Undo
from bot.core.subscription import Length, Standing, Subscription
from bot.core.undoing import bound, mark_of
from bot.core.verbs import parse
from tests.fakes.chats import HERE, Chat
from tests.fakes.press import NOW

TAKEN_BACK = "That was taken back already: /settings shows what holds."
OVERTAKEN = (
    "Something was changed since then, so nothing is taken back: /settings shows what holds, "
    "/settings undo takes back the last change."
)


def undo_of(chat: Chat, typed: str) -> str:
    """Change something a minute later, and return what the button "Undo" below it says."""
    chat.clock.moment += timedelta(minutes=1)
    (said,) = [
        button.says
        for block in chat.shows(typed).blocks
        if isinstance(block, Buttons)
        for row in block.rows
        for button in row
        if button.label == "Undo"
    ]
    return said


def test_an_undo_below_an_earlier_change_takes_nothing_back() -> None:
    chat = Chat()
    first = undo_of(chat, "/schedule 8am weekdays Astana")
    last = undo_of(chat, "/settings length short")

    assert chat.says(first) == OVERTAKEN
    assert chat.of().length is Length.SHORT
    assert chat.says(last).startswith("What stood before the last change holds again")
    assert chat.of().length is Length.STANDARD
    assert chat.of().schedule is not None


def test_a_second_tap_of_an_undo_changes_nothing_back() -> None:
    chat = Chat()
    chat.says("/settings quiet skip")
    undo = undo_of(chat, "/settings length short")

    taps = []
    for _ in range(2):
        chat.clock.moment += timedelta(seconds=1)
        taps.append(chat.says(undo))

    assert taps[1] == TAKEN_BACK
    assert chat.of().length is Length.STANDARD


@pytest.mark.parametrize("first", ["/schedule 8am weekdays Astana", "/settings pause"])
def test_a_change_that_is_tapped_twice_keeps_its_undo(first: str) -> None:
    chat = Chat()
    chat.says(first)
    undo = undo_of(chat, "/settings length short")

    assert undo_of(chat, "/settings length short") == undo
    assert chat.says(undo).startswith("What stood before the last change holds again")
    assert chat.of().length is Length.STANDARD


def test_the_very_first_change_that_is_tapped_twice_keeps_its_undo() -> None:
    chat = Chat()
    undo = undo_of(chat, "/settings pause")

    assert undo_of(chat, "/settings pause") == undo


@pytest.mark.parametrize("last", ["/settings length short", "/settings undo"])
def test_what_is_so_by_an_earlier_change_offers_no_undo_of_the_last_one(last: str) -> None:
    chat = Chat()
    for typed in ("/settings pause", "/settings length long", last):
        chat.clock.moment += timedelta(minutes=1)
        chat.says(typed)

    assert chat.says("/settings pause") == "It is so already: /settings"


def test_what_the_configuration_says_was_no_change_of_anybody() -> None:
    chat = Chat()
    declared = Subscription(
        destination=HERE, declared=True, standing=Standing.PAUSED, language="en", changed=NOW
    )
    chat.subscriptions.rows[HERE] = declared

    assert chat.says("/settings pause") == "It is so already: /settings"


def test_an_undo_of_the_very_first_change_works_once_too() -> None:
    chat = Chat()
    undo = undo_of(chat, "/follow trade")

    chat.clock.moment += timedelta(seconds=1)
    chat.says(undo)
    assert chat.of().topics == ()
    assert chat.says(undo) == TAKEN_BACK


def test_the_undo_below_an_undo_makes_the_change_again() -> None:
    chat = Chat()
    chat.says("/settings quiet skip")
    undo = undo_of(chat, "/settings length short")

    again = undo_of(chat, undo)
    chat.clock.moment += timedelta(seconds=1)

    assert chat.says(again).startswith("The change that was taken back is made again")
    assert chat.of().length is Length.SHORT
    assert chat.says(undo) == OVERTAKEN


def test_the_undo_of_a_panel_means_the_change_it_was_pressed_for() -> None:
    chat = Chat()
    chat.clock.moment += timedelta(minutes=1)
    chat.presses("/settings length short")
    overtaken = f"/settings undo {mark_of(chat.clock.moment - timedelta(seconds=1))}"

    assert chat.presses(overtaken).startswith(OVERTAKEN)
    chat.presses(f"/settings undo {mark_of(chat.clock.moment)}")

    assert chat.of().length is Length.STANDARD


def test_what_is_typed_takes_back_the_last_change_as_before() -> None:
    chat = Chat()
    chat.says("/settings length short")

    chat.says("/settings undo")

    assert chat.of().length is Length.STANDARD


def test_a_mark_is_read_and_what_is_none_is_no_undo() -> None:
    mark = mark_of(NOW)

    assert parse(f"/settings undo {mark}") == Undo(mark)
    for wrong in ("now", "-1", "1 2", "1" * 18, "١٢"):
        assert not isinstance(parse(f"/settings undo {wrong}"), Undo)


@pytest.mark.parametrize("typed", ["/settings undo 0", f"/settings undo {'9' * 17}"])
def test_a_forged_mark_takes_nothing_back(typed: str) -> None:
    chat = Chat()
    assert chat.says(typed) == "There is no change to take back."
    chat.says("/settings length short")

    assert chat.says(typed) == OVERTAKEN
    assert chat.subscriptions.rows[HERE].length is Length.SHORT


def test_a_page_of_a_chat_without_changes_keeps_its_buttons() -> None:
    page = Page((Heading((Plain("News"),)), Buttons(((Button("Undo", "/settings undo"),),))))

    assert bound(page, None) is page
    assert bound(page, NOW).blocks[1] == Buttons(
        ((Button("Undo", f"/settings undo {mark_of(NOW)}"),),)
    )
