"""A conversation as Slack keeps it: who is in it, what was said, and what its keepers do to it."""

from dataclasses import dataclass, field
from typing import Final, Protocol

from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.user import User
from tests.fakes.slack.values import BOT_USER, TEAM_ID, Json, Message

#: The word of a scope for each kind of conversation: ``groups:history`` reads a private channel.
SCOPE: Final = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
#: And that of the kind, in the argument ``types``.
TYPE: Final = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


class Home(Protocol):
    """The workspace that a conversation is part of."""

    def happens(self, name: str, event: Json) -> object:
        """Tell the app of an event, where it is subscribed to it."""
        ...

    def new_ts(self) -> str:
        """Return a moment that no message has."""
        ...

    def changed(self) -> None:
        """Wake whoever waits for something to happen."""
        ...


@dataclass(eq=False)
class Channel:
    """A channel, public or private, or a direct message."""

    home: Home
    id: str
    name: str
    kind: str
    #: The numbers of those who are in it.
    members: list[str]
    creator: str
    archived: bool = False
    deleted: bool = False
    #: The error that whoever posts here is met with; empty when posting is allowed.
    restricted: str = ""
    #: Whether another organisation shares it (Slack Connect).
    shared: bool = False
    #: All messages, also those in threads, oldest first.
    history: list[Message] = field(default_factory=list)
    #: What the bot showed to one person alone, oldest first.
    whispers: list[Message] = field(default_factory=list)
    #: What the bot said that it was doing.
    statuses: list[str] = field(default_factory=list)

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in it."""
        return BOT_USER in self.members

    @property
    def messages(self) -> list[Message]:
        """What the bot has written outside of threads and not deleted, oldest first."""
        return [one for one in self.history if one.ours and not one.deleted and not one.thread_ts]

    @property
    def texts(self) -> list[str]:
        """The same as words."""
        return [one.text for one in self.messages]

    @property
    def last(self) -> Message:
        """The newest of them; LookupError when there is none."""
        if not self.messages:
            raise LookupError(f"the bot has written nothing in {self.name}")
        return self.messages[-1]

    def ephemeral_to(self, user: User) -> list[Message]:
        """Return what only this person sees, oldest first."""
        return [one for one in self.whispers if one.only_for == user.id and not one.deleted]

    def found(self, ts: str) -> Message | None:
        """Return the message of this moment, unless it is not there or deleted."""
        for one in self.history:
            if one.ts == ts and not one.deleted:
                return one
        return None

    def keep(self, message: Message) -> Message:
        """Put a message at the end, or under its parent."""
        self.history.append(message)
        if message.thread_ts:
            for one in self.history:
                if one.ts == message.thread_ts:
                    one.replies.append(message)
        self.home.changed()
        return message

    def enter(self) -> None:
        """Raise SlackError where the bot cannot see the conversation."""
        if self.deleted or (self.kind != "public" and not self.has_bot):
            raise SlackError("channel_not_found")

    def json(self) -> Json:
        """Return the conversation as the API tells it."""
        told: Json = {
            "id": self.id,
            "created": 1_700_000_000,
            "creator": self.creator,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public",
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "is_org_shared": False,
            "is_general": False,
            "context_team_id": TEAM_ID,
        }
        if self.kind == "im":
            return told | {"user": next(one for one in self.members if one != BOT_USER)}
        return told | {"name": self.name, "is_member": self.has_bot, "topic": {"value": ""}}

    def adds(self, user: User, *, by: User | None = None) -> None:
        """Let somebody in, or the bot."""
        if user.id in self.members:
            return
        self.members.append(user.id)
        event = self._of("member_joined_channel", user=user.id, team=TEAM_ID)
        if by is not None:
            event["inviter"] = by.id
        self._told("member_joined_channel", event)

    def removes(self, user: User) -> None:
        """Put somebody out, or the bot."""
        was_told = self.has_bot
        self.members.remove(user.id)
        self.home.changed()
        if was_told:
            event = self._of("member_left_channel", user=user.id, team=TEAM_ID)
            self.home.happens("member_left_channel", event)
        if user.id == BOT_USER:
            left = "group_left" if self.kind == "private" else "channel_left"
            self.home.happens(left, {"type": left, "channel": self.id})

    def archives(self, *, by: User) -> None:
        """Archive the channel."""
        self.archived = True
        self._kept("archive", user=by.id)

    def unarchives(self, *, by: User) -> None:
        """Bring an archived channel back."""
        self.archived = False
        self._kept("unarchive", user=by.id)

    def dies(self) -> None:
        """Delete the channel and all that was said in it."""
        self._kept("deleted")
        self.deleted = True

    def renames(self, name: str) -> None:
        """Give the channel another name."""
        self.name = name
        told = {"id": self.id, "name": name, "created": 1_700_000_000}
        kind = self._prefix + "_rename"
        self._told(kind, {"type": kind, "channel": told})

    def changes_id(self, new: str) -> None:
        """Give the channel another number, as when it becomes shared."""
        event = {"type": "channel_id_changed", "old_channel_id": self.id, "new_channel_id": new}
        self.id = new
        self._told("channel_id_changed", event)

    @property
    def _prefix(self) -> str:
        return "group" if self.kind == "private" else "channel"

    def _kept(self, verb: str, **more: str) -> None:
        kind = f"{self._prefix}_{verb}"
        self._told(kind, {"type": kind, "channel": self.id, **more})

    def _of(self, kind: str, **more: str) -> Json:
        letter = "G" if self.kind == "private" else "C"
        return {"type": kind, "channel": self.id, "channel_type": letter, **more}

    def _told(self, name: str, event: Json) -> None:
        """Tell the bot while it is in the channel."""
        self.home.changed()
        if self.has_bot:
            self.home.happens(name, event)
