"""What of the things that were heard is done after the next start, where a stop left it undone."""

from typing import assert_never

from bot.core.repeatable import is_repeatable
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Heard,
    Linked,
    Moved,
    Opened,
    Pressed,
    Submitted,
    Typed,
    Uninstalled,
    Went,
)
from bot.slack.press import read_press


def lasts(heard: Heard) -> bool:
    """Say whether it is done for sure: Slack tells it only once.

    Of what would do harm when it is done twice, as it may be when the bot is killed behind it,
    that is not so; nor of tab and windows, which show that nothing was done.
    """
    match heard:
        case Typed():
            return is_repeatable(heard.text)
        case Pressed():
            press = read_press(heard.value)
            return press is not None and is_repeatable(press.says)
        case Opened() | Clicked():
            return False
        case Linked() | Came() | Went() | Archived() | Moved() | Uninstalled() | Submitted():
            return True
        case _:
            assert_never(heard)
