"""What the operator is told of channels and chats that take no posts: once, until one is there."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.subscription import Destination


@dataclass(slots=True)
class Trouble:
    """Remembers what was said; each method returns the sentence to say, or None."""

    #: The channels whose account refuses us.
    _refusing: set[str] = field(default_factory=set)
    #: The channels and chats that asked for a long wait.
    _waiting: set[str] = field(default_factory=set)

    def refused(self, channel: str, why: str) -> str | None:
        """A channel's account refuses us."""
        if channel in self._refusing:
            return None
        self._refusing.add(channel)
        mend = "Nothing goes out there until that is mended; what is due waits."
        return f"{channel} refuses this bot: {why} {mend}"

    def waits(self, place: str, until: datetime) -> str | None:
        """A channel, or a chat, has asked for a long wait."""
        if place in self._waiting:
            return None
        self._waiting.add(place)
        return (
            f"{place} takes no posts until {until:%Y-%m-%d %H:%M} UTC: it asked the bot to wait. "
            "What is due there waits too; what is too old by then is not sent, and /missed says so."
        )

    def over(self, destination: Destination) -> str | None:
        """A post has arrived there."""
        self._waiting -= {destination.channel, str(destination)}
        if destination.channel not in self._refusing:
            return None
        self._refusing.discard(destination.channel)
        return f"Posts to {destination.channel} go out again."
