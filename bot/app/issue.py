"""A digest as it is made once for all the chats that get the same."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.core.delivery import Payload
from bot.core.late import Lateness
from bot.core.page import Page
from bot.core.subscription import Length
from bot.core.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a digest is to be made from, and how: chats that want the same get the same."""

    #: The articles to be told, the newest first.
    ids: tuple[str, ...]
    #: How many articles came in.
    read: int
    #: How many of those on the topics only repeat what the chat was shown.
    repeated: int
    #: Since when there is no news; None where there is some, and in a chat's first digest.
    since: datetime | None
    #: What it is narrowed to, in an order that is the same for all.
    topics: tuple[str, ...]
    length: Length
    language: str
    #: The name of the time zone its days are said in; empty for the one that is configured.
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A digest as a page, before it is late for anybody."""

    page: Page
    #: The ids of its articles by story.
    stories: tuple[tuple[str, ...], ...] = ()
    #: How far its window reaches; None when nothing could be read, so that nothing is passed over.
    until: datetime | None
    #: That there is no news, in a sentence; empty where there is some, or nobody can be certain.
    quiet: str = ""
    words: Words
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What distinguishes the copies of an issue that go to different chats."""

    wanted: Wanted
    late: Lateness | None
    channel: str
    #: Whether its stories stand in the chat itself, not in a thread.
    flat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A copy of an issue as its channel's messages."""

    page: Page
    payloads: tuple[Payload, ...]
    #: Why it is late, or what it covers; empty when there is nothing to say.
    why: str
