"""What people say in a chat, and which buttons they press."""

import re
from urllib.parse import parse_qs, urlsplit

from tests.fakes.bot_api.membership import ASKED, Membership
from tests.fakes.bot_api.place import ADMINISTRATORS
from tests.fakes.bot_api.text import typed
from tests.fakes.bot_api.values import ANONYMOUS, Json, Message, Person, Press, Topic

_COMMAND = re.compile(r"/\w+(?:@(?P<bot>\w+))?")
# BotFather says of privacy mode: messages that start with "/" or mention the bot by username.
_MENTION = re.compile(r"(?<!\w)@([a-zA-Z0-9_]{2,32})(?!\w)")


class Chat(Membership):
    """A chat with all its verbs."""

    def says(
        self,
        person: Person | None,
        text: str,
        *,
        topic: Topic | None = None,
        reply_to: Message | None = None,
        anonymously: bool = False,
    ) -> Message:
        """Write something; None is the person of a private chat.

        ``heard`` of the message tells whether the bot was told: in a group, its privacy mode
        hides what is not meant for it.
        """
        sender = person or self.person
        assert sender is not None, "only a private chat knows who speaks"
        assert self.kind != "channel", "a channel posts"
        if self.person is None and sender.id not in self.statuses:
            self.joins(sender)
        if self.person is not None and self.status == "left":
            self.statuses[self.home.me.id] = "member"
        said = self.new(typed(text))
        said.sender = ANONYMOUS if anonymously else sender
        said.sender_chat = self.json() if anonymously else None
        said.topic = None if topic is None else topic.id
        said.reply_to = reply_to
        if self._hears(said):
            said.heard = self.home.tell("message", said.json())
        return self.keep(said)

    def follows(self, link: str, *, by: Person) -> None:
        """Let somebody choose this chat who has followed a link that adds the bot.

        To a group it comes as a member and is started; in a channel it becomes an administrator
        with the rights that the link asks for.
        """
        asked = parse_qs(urlsplit(link).query, keep_blank_values=True)
        assert urlsplit(link)._replace(query="").geturl() == f"https://t.me/{self.home.me.username}"
        if self.kind == "channel":
            # A plus is a space in what follows a question mark.
            rights = frozenset(asked["admin"][0].split(" "))
            assert "startchannel" in asked, "this link adds to no channel"
            assert rights <= ASKED, f"no such rights: {rights - ASKED}"
            self.rights = frozenset(f"can_{right}" for right in rights)
            self.may_post = "post_messages" in rights
            self.adds_bot(by=by)
            return
        (payload,) = asked["startgroup"]
        self.adds_bot(by=by)
        self.says(by, f"/start@{self.home.me.username} {payload}".strip())

    def posts(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Post something in a channel."""
        assert self.kind == "channel", "people say things elsewhere"
        said = self.new(typed(text))
        said.sender_chat, said.reply_to = self.json(), reply_to
        if self.status == "administrator":
            said.heard = self.home.tell("channel_post", said.json())
        return self.keep(said)

    def edits(self, message: Message, text: str) -> None:
        """Change what somebody wrote."""
        message.former.append(message.text)
        message.formatted = typed(text)
        message.edited = int(self.home.clock())
        if message.heard:
            kind = "edited_channel_post" if self.kind == "channel" else "edited_message"
            self.home.tell(kind, message.json())

    def presses(
        self,
        message: Message,
        label: str = "",
        *,
        by: Person | None = None,
        data: str | None = None,
    ) -> Press:
        """Press the button with this label; or forge a press with any data."""
        person = by or self.person
        assert person is not None, "somebody has to press"
        said = str(message.button(label)["callback_data"]) if data is None else data
        press = Press(
            id=str(7_000_000_000 + len(self.home.presses)), message=message, data=said, by=person
        )
        press.update = {
            "id": press.id,
            "from": person.json(),
            "message": _told(message),
            "chat_instance": str(abs(self.id)),
            "data": said,
        }
        self.home.presses[press.id] = press
        self.home.tell("callback_query", press.update)
        return press

    def deletes(self, message: Message) -> None:
        """Delete a message; the bot is not told."""
        message.deleted = True

    def hears_other_bot(self) -> None:
        """Let another bot speak: plain commands are meant for it from now on."""
        self.rival_spoke = True

    def _hears(self, said: Message) -> bool:
        """Tell whether the server shows the bot this message."""
        if self.status in {"left", "kicked"}:
            return False
        if self.kind == "private" or self.status in ADMINISTRATORS or not self.home.privacy:
            return True
        if said.reply_to is not None and said.reply_to.ours:
            return True
        return self._addressed(said)

    def _addressed(self, said: Message) -> bool:
        """Tell whether it begins with a command of this bot, or of any, or mentions the bot."""
        name = self.home.me.username.lower()
        if any(found[1].lower() == name for found in _MENTION.finditer(said.text)):
            return True
        found = _COMMAND.match(said.text)
        if found is None:
            return False
        if found["bot"] is None:
            return not self.rival_spoke
        return found["bot"].lower() == name


def _told(message: Message) -> Json:
    """Return what a press says of its message; of one that is gone, only where it was."""
    if message.deleted:
        return {"chat": message.chat, "message_id": message.id, "date": 0}
    return message.json()
