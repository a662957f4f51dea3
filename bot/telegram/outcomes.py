"""What each refusal of Telegram means for a message."""

from collections.abc import Mapping
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.core.delivery import Deferred, Moved, Outcome, Refused, Scope, Unsure
from bot.core.mendable import (
    BLOCKED,
    NO_FILES,
    NO_MEMBER,
    NO_POSTING,
    NO_SUCH_KIND,
    NO_WRITING,
    NOT_JOINED,
    NOT_STARTED,
    REMOVED,
    TOPIC_CLOSED,
)
from bot.telegram.address import Address
from bot.telegram.request import UnsentError

#: A connection that could not be made is tried again after so many seconds.
_RETRY = 5.0

#: The HTML cannot be read: the text is sent again without it.
UNREADABLE = "can't parse entities"
#: The topic is gone.
_TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")

# Why a chat takes nothing, by what the server says; for who reads the reason of a stopped digest.
_CLOSED: Mapping[str, str] = {
    "bot was blocked by the user": BLOCKED,
    "user_is_blocked": BLOCKED,
    "bot was kicked": REMOVED,
    "bot is not a member": NO_MEMBER,
    "user is deactivated": "The person's account is deleted.",
    "input_user_deactivated": "The person's account is deleted.",
    "chat was deleted": "The chat was deleted.",
    "can't initiate conversation": NOT_STARTED,
    "peer_id_invalid": NOT_STARTED,
    "can't send messages to bots": "It is a bot, and bots cannot write to each other.",
    "chat not found": "There is no such chat, or the bot was never in it. Check its number.",
    "group chat was upgraded": "The group has become another one, with another number. Adding the "
    "bot there mends that.",
    "topic_closed": TOPIC_CLOSED,
    "need administrator rights in the channel": NO_POSTING,
    "chat_admin_required": NO_POSTING,
    "channel_private": NO_MEMBER,
    "not enough rights": NO_WRITING,
    "have no rights": NO_WRITING,
    "chat_write_forbidden": NO_WRITING,
    "chat_restricted": NO_WRITING,
    "chat_send_": NO_SUCH_KIND,
    "user_banned_in_channel": NO_WRITING,
    "chat_guest_send_forbidden": NOT_JOINED,
}
#: Messages may be written in the chat, but no files sent.
_NO_FILES = ("not enough rights to send documents", "chat_send_docs_forbidden")
#: What the server says of a file (Bot API, sendDocument), and what it or a proxy says of anything.
_BIG_FILE, _LARGE = "file is too big", "too large"
_FILE_TOO_LARGE = "It is too large for Telegram, which takes files of at most 50 MB from a bot."
_TOO_LARGE = "It is too large for Telegram, or for the proxy before it."
_NOT_ACCEPTED = (
    "Telegram does not accept the bot's token. Set TELEGRAM_BOT_TOKEN to the one that @BotFather "
    "shows, and start the bot again."
)


def is_topic_gone(error: TelegramError) -> bool:
    """Say whether the topic of a message does not exist (any more)."""
    return isinstance(error, BadRequest) and _says(error, *_TOPIC_GONE)


def is_unreadable(error: TelegramError) -> bool:
    """Say whether the server could not read our HTML."""
    return isinstance(error, BadRequest) and _says(error, UNREADABLE)


def is_unchanged(error: TelegramError) -> bool:
    """Say whether an edit would have changed nothing: the message is as it should be."""
    return isinstance(error, BadRequest) and _says(error, "message is not modified")


def outcome(error: TelegramError, address: Address) -> Outcome:
    """Return what an error of a send means.

    ==================================  =========================================================
    too many requests                   put off for the time it names: it holds up the whole bot
    the group became a supergroup       moved
    blocked, kicked, left, deleted ...  refused by the chat, and what mends it
    no right to write, topic closed     the same
    no right to send files              refused for this message
    a file of more than 50 MB, 413      the same: what it holds can be told in words
    400 of another kind                 refused for this message: our bug
    401, 404                            refused for the account: the token
    no connection could be made         put off, for nothing was sent
    no answer, 5xx, anything else       nobody knows whether it is there
    ==================================  =========================================================
    """
    match error:
        case RetryAfter():
            return Deferred(_seconds(error), Scope.ACCOUNT, "Telegram asks the bot to slow down.")
        case ChatMigrated():
            return Moved(Address(error.new_chat_id).destination)
        case InvalidToken():
            return Refused(_NOT_ACCEPTED, Scope.ACCOUNT)
        # A BadRequest is a NetworkError, too: the order matters.
        case Forbidden() | BadRequest():
            return _refused(error, address)
        case NetworkError():
            return _unanswered(error)
        case _:
            return Unsure("Telegram gave an answer that cannot be read.")


def _refused(error: Forbidden | BadRequest, address: Address) -> Refused:
    if _says(error, *_NO_FILES):
        return Refused(NO_FILES, Scope.PART)
    if _says(error, _BIG_FILE):
        return Refused(_FILE_TOO_LARGE, Scope.PART)
    said = error.message.lower()
    why = next((why for words, why in _CLOSED.items() if words in said), "")
    if why:
        return Refused(why, Scope.DESTINATION)
    if isinstance(error, Forbidden):
        return Refused(f"Telegram lets nothing in: {error.message}.", Scope.DESTINATION)
    why = f"Telegram did not take a message to {address.destination}: {error.message}."
    return Refused(why, Scope.PART)


def _unanswered(error: NetworkError) -> Outcome:
    if isinstance(error.__cause__, UnsentError):
        return Deferred(_RETRY, Scope.ACCOUNT, "Telegram cannot be reached.")
    if _says(error, _LARGE):
        return Refused(_TOO_LARGE, Scope.PART)
    if isinstance(error, TimedOut):
        return Unsure("Telegram did not answer in time.")
    return Unsure("The connection to Telegram broke, or it answered with an error of its own.")


def _seconds(error: RetryAfter) -> float:
    """Return how long to wait: a number of seconds today, a timedelta in time to come."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def _says(error: TelegramError, *words: str) -> bool:
    said = error.message.lower()
    return any(each in said for each in words)
