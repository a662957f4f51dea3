"""People, messages and presses of buttons, as the server keeps them and as it writes them."""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.bot_api.entities import Entity
from tests.fakes.bot_api.text import Formatted

#: A value of the API, as JSON.
Json = dict[str, Any]


@dataclass(eq=False)
class Person:
    """Somebody with an account, or a bot."""

    id: int
    name: str
    username: str = ""
    language: str = "en"
    is_bot: bool = False
    #: Whether the account is gone.
    deactivated: bool = False

    def json(self) -> Json:
        """Return the User."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        if self.language:
            user["language_code"] = self.language
        return user


#: Who sends what an administrator says in the name of the group.
ANONYMOUS = Person(1087968824, "Group", "GroupAnonymousBot", language="", is_bot=True)


@dataclass
class Topic:
    """A topic of a forum; its id is the id of the message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file that the server keeps."""

    id: str
    name: str
    content: bytes

    def json(self) -> Json:
        """Return the Document."""
        return {
            "file_id": self.id,
            "file_unique_id": f"u{self.id}",
            "file_name": self.name,
            "file_size": len(self.content),
        }


@dataclass(eq=False)
class Message:
    """A message of the bot or of a person; the fields are what the chat shows now."""

    id: int
    chat: Json
    date: int
    formatted: Formatted
    #: None for a channel, and for the bot in one.
    sender: Person | None = None
    sender_chat: Json | None = None
    topic: int | None = None
    keyboard: list[list[Json]] = field(default_factory=list)
    reply_to: "Message | None" = None
    document: File | None = None
    #: What the request said beside the text, as it was read: parse_mode, link_preview_options ...
    asked: Json = field(default_factory=dict)
    #: Whether it is one of the bot.
    ours: bool = False
    deleted: bool = False
    #: Whether the bot was told of it; a group's privacy mode hides much.
    heard: bool = False
    #: The texts that it had before it was edited.
    former: list[str] = field(default_factory=list)
    #: What a service message says.
    service: Json = field(default_factory=dict)
    edited: int | None = None

    @property
    def text(self) -> str:
        """The words of it, or of its caption."""
        return self.formatted.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self.formatted.entities

    @property
    def silent(self) -> bool:
        """Whether it made no sound."""
        return bool(self.asked.get("disable_notification"))

    @property
    def labels(self) -> list[list[str]]:
        """What the buttons say, row by row."""
        return [[str(button["text"]) for button in row] for row in self.keyboard]

    def button(self, label: str) -> Json:
        """Return the button with this label; raise LookupError when there is none."""
        for row in self.keyboard:
            for button in row:
                if button["text"] == label:
                    return button
        raise LookupError(f"no button {label!r} among {self.labels}")

    def shown(self, kind: str) -> list[str]:
        """Return the words under each entity of this kind, in order."""
        return [one.of(self.text) for one in self.entities if one.type == kind]

    def json(self, *, whole: bool = True) -> Json:
        """Return the Message; without what it answers unless whole."""
        result: Json = {"message_id": self.id, "date": self.date, "chat": self.chat}
        if self.sender is not None:
            result["from"] = self.sender.json()
        if self.sender_chat is not None:
            result["sender_chat"] = self.sender_chat
        if self.topic is not None:
            result |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.reply_to is not None and whole:
            result["reply_to_message"] = self.reply_to.json(whole=False)
        if self.edited is not None:
            result["edit_date"] = self.edited
        if self.keyboard:
            result["reply_markup"] = {"inline_keyboard": self.keyboard}
        return result | self._content() | self.service

    def _content(self) -> Json:
        words, marks = "text", "entities"
        content: Json = {}
        if self.document is not None:
            content["document"] = self.document.json()
            words, marks = "caption", "caption_entities"
        if self.text:
            content[words] = self.text
        if self.entities:
            content[marks] = [one.json() for one in self.entities]
        return content


@dataclass(eq=False)
class Press:
    """A press of a button, and what the bot answered to it."""

    id: str
    message: Message
    data: str
    by: Person
    answered: bool = False
    #: What the person saw; empty when nothing was shown.
    answer: str = ""
    alert: bool = False
    #: Whether it is too late to answer.
    expired: bool = False
    #: The update that tells of it, to tell of it again.
    update: Json = field(default_factory=dict)


@dataclass
class Webhook:
    """Where updates are sent; nowhere while the address is empty."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    error: str = ""
    error_date: int = 0
