"""What the server keeps: messages, views and files, and what people did."""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.reading import Read, read_blocks, read_text

#: An object of the API, as it is written in JSON.
Json = dict[str, Any]


@dataclass(eq=False)
class Message:
    """One message, as Slack keeps it."""

    #: Seconds since 1970, with six digits; unique in its channel.
    ts: str
    channel: str
    #: Who wrote it: a person's number, or the bot's.
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    #: Whether the bot wrote it.
    ours: bool = False
    #: The parent's ``ts``; empty outside a thread.
    thread_ts: str = ""
    broadcast: bool = False
    metadata: Json | None = None
    #: The number of the only person who sees it; empty for all.
    only_for: str = ""
    unfurl_links: bool = True
    unfurl_media: bool = True
    files: list["File"] = field(default_factory=list)
    reactions: list[str] = field(default_factory=list)
    #: How often it was changed.
    edits: int = 0
    deleted: bool = False
    #: The answers under it, oldest first.
    replies: list["Message"] = field(default_factory=list)

    @property
    def thread(self) -> list["Message"]:
        """The answers under it that are still there, oldest first."""
        return [one for one in self.replies if not one.deleted]

    @property
    def read(self) -> Read:
        """What people see: the blocks if there are any, else the text."""
        return read_blocks(self.blocks) if self.blocks else read_text(self.text)

    @property
    def shown(self) -> str:
        """The words that people see, without their markup."""
        return self.read.words

    @property
    def links(self) -> list[tuple[str, str]]:
        """The links that people see: address and words."""
        return self.read.links

    @property
    def pings(self) -> list[str]:
        """Whom it calls, in the blocks or in the text: "!channel", "@U123", "#C123" ..."""
        return [*read_blocks(self.blocks).pings, *read_text(self.text).pings]

    @property
    def notification(self) -> str:
        """The words of the notification, and what a screen reader says."""
        return read_text(self.text).words

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in reading order."""
        return [one["text"]["text"] for one in elements(self.blocks) if one["type"] == "button"]

    def json(self, *, metadata: bool = False) -> Json:
        """Return the message as the API tells it."""
        told: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        if self.ours:
            told |= {"bot_id": BOT_ID, "app_id": APP_ID, "team": TEAM_ID}
        if self.blocks:
            told["blocks"] = self.blocks
        if self.attachments:
            told["attachments"] = self.attachments
        if self.thread_ts or self.thread:
            told["thread_ts"] = self.thread_ts or self.ts
        if self.thread and not self.thread_ts:
            told |= {"reply_count": len(self.thread), "latest_reply": self.thread[-1].ts}
        if self.broadcast:
            told["subtype"] = "thread_broadcast"
        if self.edits:
            told["edited"] = {"user": self.user, "ts": self.ts}
        if self.files:
            told["files"] = [one.json() for one in self.files]
        if metadata and self.metadata is not None:
            told["metadata"] = self.metadata
        return told


@dataclass(eq=False)
class File:
    """A file on its way, or there."""

    id: str
    name: str
    #: Bytes that were announced.
    length: int
    content: bytes | None = None
    title: str = ""

    def json(self) -> Json:
        """Return the file as the API tells it."""
        return {"id": self.id, "name": self.name, "title": self.title, "size": self.length}


@dataclass(eq=False)
class View:
    """A modal that somebody sees, or the Home tab of somebody."""

    id: str
    user: str
    content: Json
    #: Changes with each update.
    hash: str
    root: str = ""
    previous: str | None = None

    @property
    def read(self) -> Read:
        """What the person sees."""
        return read_blocks(self.content["blocks"])

    @property
    def shown(self) -> str:
        """The words that the person sees, without their markup."""
        return self.read.words

    @property
    def title(self) -> str:
        """The words at the top of a modal."""
        return str(self.content.get("title", {}).get("text", ""))

    def json(self) -> Json:
        """Return the view as the API tells it."""
        return {
            "title": None,
            "submit": None,
            "close": None,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            **self.content,
            "id": self.id,
            "team_id": TEAM_ID,
            "app_id": APP_ID,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
            "hash": self.hash,
            "root_view_id": self.root or self.id,
            "previous_view_id": self.previous,
        }


def elements(blocks: list[Json]) -> list[Json]:
    """Return the interactive elements of blocks, in reading order."""
    found: list[Json] = []
    for block in blocks:
        if block["type"] == "actions":
            found += block["elements"]
        elif "accessory" in block:
            found.append(block["accessory"])
        elif block["type"] == "input":
            found.append(block["element"])
        elif block["type"] == "container":
            found += elements(block["child_blocks"])
    return found


TEAM_ID = "T0000TEAM"
APP_ID = "A0000APP"
BOT_ID = "B0000BOT"
BOT_USER = "U0000BOT"
