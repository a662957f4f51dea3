"""What Telegram sends, made into updates and understood; what is malformed is left out."""

import logging

import telegram
from telegram import Update, User

from bot.telegram.heard import Heard
from bot.telegram.hearing import heard

#: What reading an update that is not as documented may raise.
MALFORMED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)

log = logging.getLogger(__name__)


def read_update(raw: object, bot: telegram.Bot) -> Update | None:
    """Return the update, or None for one that is not as the Bot API documents it."""
    try:
        return Update.de_json(raw, bot) if isinstance(raw, dict) else None
    except MALFORMED as error:
        # Not what it says, nor what was wrong with which word: that may be what somebody typed.
        log.warning("Update %s is malformed: %s.", update_id(raw), type(error).__name__)
        return None


def understood(update: Update, me: User) -> Heard | None:
    """Return what the update says to the bot; None for what is not meant for it, or malformed.

    The library makes an object of incomplete JSON, too, with nothing where something should be.
    """
    try:
        return heard(update, me)
    except MALFORMED as error:
        log.warning("Update %s is malformed: %s.", update.update_id, type(error).__name__)
        return None


def update_id(raw: object) -> int | None:
    """Return the number of an update that is as it came; None where it has none."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None
