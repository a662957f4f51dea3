"""A chat as the server keeps it: who is in it, what the bot may do there, what was said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from tests.fakes.bot_api.errors import ApiError, bad_request, forbidden
from tests.fakes.bot_api.text import Formatted
from tests.fakes.bot_api.values import Json, Message, Person, Press, Topic

ADMINISTRATORS = frozenset({"creator", "administrator"})


class Home(Protocol):
    """The server that a chat lives on."""

    me: Person
    #: Whether the bot sees only what is meant for it in groups.
    privacy: bool
    #: Every press of a button, by its id.
    presses: dict[str, Press]
    clock: Callable[[], float]

    def tell(self, kind: str, content: Json) -> bool:
        """Queue an update; tell whether the bot wants that kind."""
        ...

    def changed(self) -> None:
        """Wake whoever waits for something to happen."""
        ...

    def new_chat_id(self, kind: str) -> int:
        """Return a number that no chat has."""
        ...

    def adopt(self, place: "Place") -> None:
        """Keep one more chat."""
        ...


@dataclass(eq=False)
class Place:
    """A private chat, a group, a supergroup or a channel."""

    home: Home
    id: int
    kind: str
    title: str
    username: str = ""
    forum: bool = False
    #: The person of a private chat.
    person: Person | None = None
    people: dict[int, Person] = field(default_factory=dict)
    #: What each person and the bot is here, by number.
    statuses: dict[int, str] = field(default_factory=dict)
    #: The administrators who stay anonymous, by number.
    anonymous: set[int] = field(default_factory=set)
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False
    history: list[Message] = field(default_factory=list)
    #: Whether the bot may post in this channel; it must be an administrator besides.
    may_post: bool = True
    #: The rights that a link has asked for here, by which somebody has added the bot.
    rights: frozenset[str] = frozenset()
    #: Whether it may delete what others wrote.
    may_delete: bool = False
    #: Why the bot may not write, in the server's words; empty when it may.
    muted: str = ""
    migrated_to: int | None = None
    gone: bool = False
    #: Whether another bot spoke last.
    rival_spoke: bool = False
    #: What the bot said it was doing, one entry for each time: "typing" ...
    actions: list[str] = field(default_factory=list)
    last_id: int = 0

    @property
    def status(self) -> str:
        """What the bot is here."""
        return self.statuses.get(self.home.me.id, "left")

    @property
    def messages(self) -> list[Message]:
        """What the bot has written and not deleted, oldest first."""
        return [one for one in self.history if one.ours and not one.deleted]

    @property
    def texts(self) -> list[str]:
        """The same as words."""
        return [one.text for one in self.messages]

    @property
    def last(self) -> Message:
        """The newest message of the bot; LookupError when there is none."""
        if not self.messages:
            raise LookupError(f"the bot has written nothing in {self.title}")
        return self.messages[-1]

    def json(self) -> Json:
        """Return the Chat."""
        chat: Json = {"id": self.id, "type": self.kind}
        if self.person is not None:
            chat["first_name"] = self.person.name
            username = self.person.username
        else:
            chat["title"] = self.title
            username = self.username
        if username:
            chat["username"] = username
        if self.forum and self.person is None:
            chat["is_forum"] = True
        return chat

    def keep(self, message: Message) -> Message:
        """Put a message at the end of the chat."""
        self.history.append(message)
        if message.ours:
            self.rival_spoke = False
        self.home.changed()
        return message

    def new(self, formatted: Formatted) -> Message:
        """Return a new message of this chat, that is not in it yet."""
        self.last_id += 1
        return Message(self.last_id, self.json(), int(self.home.clock()), formatted)

    def found(self, number: int) -> Message | None:
        """Return the message of this number, unless it is not there or deleted."""
        for one in self.history:
            if one.id == number and not one.deleted:
                return one
        return None

    def enter(self) -> None:
        """Raise ApiError where the bot cannot reach the chat."""
        if self.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated_to
            )
        if self.gone:
            raise forbidden("the group chat was deleted")
        if self.person is not None:
            refusal = self._unreachable(self.person)
            if refusal is not None:
                raise refusal
        elif self.status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        elif self.status == "left":
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    def _unreachable(self, person: Person) -> ApiError | None:
        if person.deactivated:
            return forbidden("user is deactivated")
        if self.status == "kicked":
            return forbidden("bot was blocked by the user")
        if self.status == "left":
            return forbidden("bot can't initiate conversation with a user")
        return None

    def write(self, topic: int | None) -> None:
        """Raise ApiError where the bot cannot write in that topic."""
        self.enter()
        if self.kind == "channel" and not (self.status == "administrator" and self.may_post):
            raise bad_request("need administrator rights in the channel chat")
        if self.muted and self.status not in ADMINISTRATORS:
            raise bad_request(self.muted)
        if topic is not None and topic not in self.topics:
            raise bad_request("message thread not found")
        closed = self.general_closed if topic is None else self.topics[topic].closed
        if closed and self.status not in ADMINISTRATORS:
            raise bad_request("TOPIC_CLOSED")
