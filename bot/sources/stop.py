"""Why a request ends without an answer: raised inside the room, told outside as a fault."""

from bot.core.health import Reason


class StopError(Exception):
    """A request that goes no further; the client makes it a ``FeedError`` with its address."""

    def __init__(self, reason: Reason, detail: str = "", *, hint: str = "") -> None:
        """Keep why, what that leaves open, in words, and what the bot's operator can change."""
        super().__init__(f"{reason.value} {detail}".rstrip())
        self.reason = reason
        self.detail = detail
        self.hint = hint
