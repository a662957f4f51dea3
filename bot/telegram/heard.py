"""What the bot hears on Telegram, as values."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.subscription import Destination
from bot.telegram.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acts: a person, or a chat in whose name somebody acts."""

    #: 0 for a chat: who acts is not told.
    id: int
    #: The chat in whose name somebody acts, if it is another one.
    chat: int = 0
    #: Whether only an admin can act so: without a name in a group, or in a channel.
    surely_admin: bool = False
    #: An IETF tag; empty when not told.
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happens."""

    chat: int
    #: The topic, if any.
    thread: int | None = None
    #: A chat's title; empty for a chat of one person with the bot.
    title: str = ""
    #: Whether one person is alone with the bot there.
    alone: bool = False
    channel: bool = False
    #: The number of the message that asks, or whose button does; 0 where none does.
    asked: int = field(default=0, compare=False)

    @property
    def whole(self) -> Destination:
        """Return the chat, without the topic."""
        return Address(self.chat).destination

    @property
    def destination(self) -> Destination:
        """Return where an answer goes."""
        return Address(self.chat, self.thread).destination

    @property
    def answers(self) -> str | None:
        """Return what an answer is a reply to: among many it has to be seen to whom it goes.

        Below a post of a channel, only that keeps it among the comments.
        """
        return str(self.asked) if self.asked and not (self.alone or self.channel) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Somebody typed something that is meant for the bot."""

    place: Place
    person: Person
    text: str
    #: The number of the bot's message that it answers; 0 for none.
    under: int = 0
    #: The channel that this message stands in, if what was answered is its copy for comments.
    channel: int = 0
    #: The digest whose buttons that message has.
    made: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Somebody pressed a button."""

    place: Place
    person: Person
    #: The platform's id of the press, for its answer.
    query: str
    data: str
    #: The number of the message with the button; 0 when it is not told.
    message: int
    #: What that message says, in a channel.
    text: str = ""
    #: What the buttons of that message carry; nothing where that is not told. What is pressed need
    #: not be one of them: nobody but us looks whether it is.
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the bot is in a chat has changed."""

    place: Place
    person: Person
    before: bool
    after: bool
    #: Whether it may write now and could not before, though it was there.
    freed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A group has become a supergroup, with another number."""

    place: Place
    new: int


Heard = Typed | Pressed | Standing | Migrated
