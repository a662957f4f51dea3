"""What somebody asks of the bot, and who asks."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.page import Inline
from bot.core.subscription import Destination


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks: an id that the platform gave, never a name."""

    id: str = ""
    #: Whether this person may change the settings of the chat.
    admin: bool = False
    #: How people of the chat are told who may, for example "@anna or @li"; empty when not known.
    #: Names are for that answer alone: nothing keeps them.
    admins: str | tuple[Inline, ...] = ""
    #: Whether this person may change no settings anywhere, not even alone with the bot.
    visitor: bool = False
    #: The person's own time zone, an IANA name; empty where the platform does not tell it.
    zone: str = ""
    #: Whether this person runs the bot and reads the answer alone: at its machine, or as who has
    #: claimed it, in their own chat with it.
    operator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A text that somebody sent the bot in a chat."""

    destination: Destination
    text: str
    asker: Asker
    #: When the digest was made that the numbers in it mean, at least the second of it; None for the
    #: last one. Who asks so for a digest wants to show to all what one person alone was shown.
    made: datetime | None = None
    #: The platform's reference of the message that it answers; empty when it answers none.
    under: str = ""
    #: Where that message stands, if elsewhere: posts of a channel are copied to its comments.
    posted: Destination | None = None
    #: The language of who asks alone with the bot, as an IETF tag; empty in other chats, and where
    #: it is not told.
    language: str = ""
    #: How the bot is called where others may hear a command as well, "@Brief_Bot"; empty elsewhere.
    me: str = ""
    #: Whether a button said it, so that a setting is answered with the choices that are left.
    pressed: bool = False
    #: Whether only who asks sees the answer, in a chat that others read as well: its digest is
    #: meant by its own buttons, and is never the chat's last one.
    private: bool = False
