"""What people do to a chat and to the bot in it: add, remove, promote, mute, move, delete."""

from tests.fakes.bot_api.place import ADMINISTRATORS, Place
from tests.fakes.bot_api.text import Formatted
from tests.fakes.bot_api.values import Json, Message, Person, Topic

#: What a link may ask to be allowed in a channel (core.telegram.org/api/links, chatAdminRights).
ASKED = frozenset(
    "change_info post_messages edit_messages delete_messages invite_users manage_video_chats "
    "post_stories edit_stories delete_stories promote_members manage_direct_messages".split()
)
#: Every right of an administrator, each granted unless said otherwise.
RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories"
).split()
_PERMISSIONS = (
    "can_change_info can_invite_users can_pin_messages can_send_messages can_send_polls "
    "can_send_other_messages can_add_web_page_previews can_manage_topics can_send_audios "
    "can_send_documents can_send_photos can_send_videos can_send_video_notes "
    "can_send_voice_notes can_edit_tag can_react_to_messages"
).split()


def member_json(place: Place, person: Person, status: str | None = None) -> Json:
    """Return the ChatMember of a person, as if of that status when one is given."""
    status = place.statuses.get(person.id, "left") if status is None else status
    member: Json = {"user": person.json(), "status": status}
    if status == "creator":
        member["is_anonymous"] = person.id in place.anonymous
    elif status == "administrator":
        member |= {"can_be_edited": False} | dict.fromkeys(RIGHTS, True)
        if place.rights and person is place.home.me:
            # Whoever has any right may see what concerns the whole chat.
            given = {"can_manage_chat", *place.rights}
            member |= dict.fromkeys(RIGHTS, False) | dict.fromkeys(given, True)
        member["is_anonymous"] = person.id in place.anonymous
        member["can_delete_messages"] = place.may_delete
        if place.kind == "channel":
            member["can_post_messages"] = place.may_post
    elif status == "restricted":
        member |= {"is_member": True, "until_date": 0} | dict.fromkeys(_PERMISSIONS, False)
    elif status == "kicked":
        member["until_date"] = 0
    return member


class Membership(Place):
    """A chat with the verbs of those who keep it."""

    def joins(self, *people: Person, status: str = "member") -> None:
        """Let people in; the bot is told when it is an administrator here and asked for it."""
        for person in people:
            self.people[person.id] = person
            self._becomes(person, status, by=person)

    def promotes(self, person: Person) -> None:
        """Make somebody an administrator."""
        self.joins(person, status="administrator")

    def demotes(self, person: Person) -> None:
        """Make an administrator a member again."""
        self.joins(person)

    def leaves(self, person: Person) -> None:
        """Let somebody go."""
        self._becomes(person, "left", by=person)

    def adds_bot(self, *, by: Person, admin: bool | None = None) -> None:
        """Put the bot in; as an administrator where asked, and always in a channel."""
        self.people.setdefault(by.id, by)
        self.statuses.setdefault(by.id, "administrator")
        as_admin = self.kind == "channel" if admin is None else admin
        self._becomes(self.home.me, "administrator" if as_admin else "member", by=by)
        if self.kind != "channel":
            self.serves({"new_chat_members": [self.home.me.json()]}, by)

    def promotes_bot(self, *, by: Person) -> None:
        """Make the bot an administrator."""
        self._becomes(self.home.me, "administrator", by=by)

    def demotes_bot(self, *, by: Person) -> None:
        """Make the bot a plain member."""
        self._becomes(self.home.me, "member", by=by)

    def kicks_bot(self, *, by: Person | None = None) -> None:
        """Throw the bot out."""
        self._becomes(self.home.me, "kicked", by=by or self._keeper())

    def blocks_bot(self) -> None:
        """Block the bot in a private chat."""
        self._becomes(self.home.me, "kicked", by=self._keeper())

    def unblocks_bot(self) -> None:
        """Take the bot back in a private chat."""
        self._becomes(self.home.me, "member", by=self._keeper())

    def mutes_bot(self, why: str = "not enough rights to send text messages to the chat") -> None:
        """Forbid the bot to write; also ``CHAT_WRITE_FORBIDDEN`` and other words of the server."""
        self.muted = why

    def unmutes_bot(self) -> None:
        """Let the bot write again."""
        self.muted = ""

    def dies(self) -> None:
        """Delete the group; in a private chat, the person's account."""
        self.gone = self.person is None
        if self.person is not None:
            self.person.deactivated = True

    def topic(self, name: str, *, by: Person | None = None) -> Topic:
        """Open a topic of a forum."""
        assert self.forum, f"{self.title} has no topics"
        # Its number is that of the message which says so.
        made = Topic(self.last_id + 1, name)
        self.topics[made.id] = made
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        self.serves(created, by or self._keeper(), topic=made.id)
        return made

    def deletes_topic(self, topic: Topic | int) -> None:
        """Delete a topic and all that was said in it."""
        number = topic.id if isinstance(topic, Topic) else topic
        del self.topics[number]
        for one in self.history:
            one.deleted = one.deleted or one.topic == number

    def closes_topic(self, topic: Topic | None = None) -> None:
        """Close a topic, or the general one, to all but administrators."""
        if topic is None:
            self.general_closed = True
        else:
            topic.closed = True

    def migrates(self) -> "Membership":
        """Make a supergroup of a group: return it, under its new number."""
        assert self.kind == "group", f"a {self.kind} cannot migrate"
        number = self.home.new_chat_id("supergroup")
        new = type(self)(
            self.home, number, "supergroup", self.title, people=self.people, statuses=self.statuses
        )
        self.home.adopt(new)
        keeper = self._keeper()
        self.serves({"migrate_to_chat_id": number}, keeper)
        self.migrated_to = number
        new.serves({"migrate_from_chat_id": self.id}, keeper)
        return new

    def serves(self, service: Json, by: Person, topic: int | None = None) -> Message:
        """Put a service message in the chat; the bot is told while it is in it."""
        told = self.new(Formatted(""))
        told.sender, told.service, told.topic = by, service, topic
        if self.status not in {"left", "kicked"}:
            told.heard = self.home.tell("message", told.json())
        return self.keep(told)

    def _keeper(self) -> Person:
        """Return somebody who may change the chat."""
        if self.person is not None:
            return self.person
        for number, status in self.statuses.items():
            if status in ADMINISTRATORS and number in self.people:
                return self.people[number]
        raise LookupError(f"{self.title} has no administrator")

    def _becomes(self, person: Person, status: str, *, by: Person) -> None:
        before = self.statuses.get(person.id, "left")
        if before == status:
            return
        old = member_json(self, person)
        self.statuses[person.id] = status
        change = {
            "chat": self.json(),
            "from": by.json(),
            "date": int(self.home.clock()),
            "old_chat_member": old,
            "new_chat_member": member_json(self, person),
        }
        if person is self.home.me:
            self.home.tell("my_chat_member", change)
        elif self.status == "administrator":
            self.home.tell("chat_member", change)
        self.home.changed()
