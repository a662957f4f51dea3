"""What the bot hears on Slack, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.core.subscription import Destination
from bot.slack.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acts."""

    #: The workspace that the person belongs to, which is another one for a guest of Slack Connect.
    workspace: str
    id: str

    @property
    def name(self) -> str:
        """Return the id by which the bot remembers them: "T0123/U0456"."""
        return f"{self.workspace}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happens."""

    workspace: str
    conversation: str
    #: The thread, if it happens in one.
    thread: str | None = None
    #: A channel's name; empty where it is not told.
    title: str = ""

    @property
    def is_direct(self) -> bool:
        """Say whether it is a message to one person, who need not be alone with the bot there."""
        return self.whole_address.is_direct

    @property
    def whole_address(self) -> Address:
        """Return the conversation's address, without the thread."""
        return Address(self.workspace, self.conversation)

    @property
    def whole(self) -> Destination:
        """Return the conversation, which settings and digests belong to."""
        return self.whole_address.destination

    @property
    def destination(self) -> Destination:
        """Return where a public answer goes: into the thread, if it was asked there."""
        return Address(self.workspace, self.conversation, self.thread).destination


class Manner(Enum):
    """How something was said to the bot, which decides who sees the answer."""

    #: By the slash command: who asked sees it alone.
    COMMAND = "command"
    #: "@briefbot ..." in a channel: all see it, in the thread of what was said.
    MENTION = "mention"
    #: In a direct message with the bot.
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Somebody typed something that is meant for the bot."""

    place: Place
    person: Person
    #: In plain characters, without the bot's own name; a command begins with "/" and its verb.
    text: str
    manner: Manner
    #: The reference of the message that began the thread it stands in; empty for none.
    under: str = ""
    #: Where answers for the person alone are posted to; empty for none.
    url: str = field(default="", repr=False)
    #: Lets the bot open a window for 3 seconds, once; empty for none.
    trigger: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Somebody pressed a button of a message."""

    place: Place
    person: Person
    #: What the button carries (``bot.slack.press``).
    value: str
    #: The reference of the message with the button; empty where it is not told.
    message: str = ""
    #: Whether only who pressed sees that message.
    private: bool = False
    #: What the buttons of that message carry; nothing where that is not told.
    buttons: tuple[str, ...] = ()
    url: str = field(default="", repr=False)
    trigger: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Somebody wants the links of a message briefed (the message shortcut)."""

    place: Place
    person: Person
    #: In the order in which they stand there; may be empty.
    links: tuple[str, ...]
    url: str = field(default="", repr=False)
    trigger: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody opened the app's Home tab."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Clicked:
    """Somebody pressed a button of the Home tab or of a window."""

    person: Person
    action: str
    value: str
    #: The view with the button, and what Slack calls its present state.
    view: str = ""
    hash: str = ""
    trigger: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """Somebody sent a window's form off."""

    person: Person
    #: Which form it is.
    callback: str
    #: What the bot wrote into the window for itself (``private_metadata``).
    kept: str
    #: What was entered, by the id of its block: a text, or the values of what was chosen.
    values: Mapping[str, str | tuple[str, ...]]
    view: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """The bot was added to a channel."""

    place: Place
    #: Who added it; None where that is not told.
    person: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """The bot was removed from a channel, or the channel was deleted."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A channel was archived, or taken out of the archive again."""

    place: Place
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A channel has another id from now on."""

    place: Place
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninstalled:
    """The app was taken out of the workspace, or its token was revoked."""

    workspace: str


Heard = (
    Typed
    | Pressed
    | Linked
    | Opened
    | Clicked
    | Submitted
    | Came
    | Went
    | Archived
    | Moved
    | Uninstalled
)
