"""What somebody asks of the bot, and who asks."""

from dataclasses import dataclass

from bot.core.subscription import Destination


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks: an id that the platform gave, never a name."""

    id: str = ""
    #: Whether this person may change the settings of the chat.
    admin: bool = False
    #: How people of the chat are told who may, for example "@anna or @li"; empty when not known.
    admins: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A text that somebody sent the bot in a chat."""

    destination: Destination
    text: str
    asker: Asker
