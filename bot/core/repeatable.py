"""Whether what somebody asks comes to the same, done once or twice."""

from bot.core.alone_pages import shown_text
from bot.core.settings_commands import Resend, Undo
from bot.core.verbs import parse


def is_repeatable(text: str) -> bool:
    """Say whether a text may be answered again when nobody knows whether it was answered.

    So it is with all that is read, and with settings that say what is to be; not with what posts,
    nor with an undo that means whatever came last.
    """
    if shown_text(text) is not None:
        return False
    match parse(text):
        case Resend() | Undo(mark=""):
            return False
        case _:
            return True
