"""Why a chat takes no posts, where whoever keeps it can mend that."""

from bot.core.wording import Words, later

REMOVED = later("The bot was removed from the chat. Adding it again mends that.")
BLOCKED = later("The person has blocked the bot. Unblocking it and /start mend that.")
NOT_STARTED = later("The person has never pressed Start in the chat with the bot.")
NO_MEMBER = later("The bot is no member of the chat. Adding it again mends that.")
NOT_JOINED = later("The bot has to join the chat before it may write there.")
NO_WRITING = later("The bot may not write in the chat. An admin can let it.")
NO_POSTING = later("The bot may not post in the channel. An admin of it can let it.")
NO_SUCH_KIND = later("The bot may not send this kind of message in the chat. An admin can let it.")
NO_FILES = later("The bot may not send files in the chat. An admin can let it.")
TOPIC_CLOSED = later("The topic is closed. An admin can open it, or let the bot manage topics.")

#: That the bot is not there any more.
_REMOVALS = frozenset({REMOVED, BLOCKED, NO_MEMBER})
#: How the person hears it who is alone with the bot: only there can it be so.
_ALONE = {
    BLOCKED: later("You had blocked me. Unblocking me and /start mend that."),
    NOT_STARTED: later("You had never pressed Start in this chat."),
}
_MENDABLE = frozenset(
    {
        *_REMOVALS,
        NOT_STARTED,
        NOT_JOINED,
        NO_WRITING,
        NO_POSTING,
        NO_SUCH_KIND,
        NO_FILES,
        TOPIC_CLOSED,
    }
)


def mendable(why: str, words: Words) -> str:
    """Return the reason in the reader's words; empty for any other, such as a platform's own."""
    return words.gettext(_ALONE.get(why, why)) if why in _MENDABLE else ""


def is_removal(why: str) -> bool:
    """Say whether the reason is that the bot is not in the chat any more."""
    return why in _REMOVALS
