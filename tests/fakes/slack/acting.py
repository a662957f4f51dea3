"""What people do in the workspace: they speak, press, choose, open the Home tab, type commands."""

import re
from dataclasses import dataclass
from typing import Final

from tests.fakes.slack.acts import Act, Delivery
from tests.fakes.slack.answering import hear_answer
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.forms import Forms
from tests.fakes.slack.payloads import channel_of, press_payload, user_of
from tests.fakes.slack.reading import escape
from tests.fakes.slack.values import APP_ID, BOT_USER, TEAM_ID, Json, Message, elements

#: A name that was chosen from the list, and an address: Slack marks both up.
_MENTION: Final = re.compile(r"@([\w.-]+)")
_ADDRESS: Final = re.compile(r"https?://[^\s<>|]+")


@dataclass(eq=False, kw_only=True)
class Person(Forms):
    """Somebody who does things."""

    def says(self, text: str, *, in_: Channel | None = None, thread: Message | None = None) -> Act:
        """Write something, in a direct message to the bot unless said otherwise.

        What begins with a command of the app is one; Slack knows no commands in threads.
        """
        place = in_ or self.world.direct(self.id)
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        if command:
            assert thread is None, "Slack does not offer an app's commands in threads"
            return self._commands(command, text.removeprefix(command).strip(), place)
        assert self.id in place.members, f"{self.name} is not in {place.name}"
        marked = self._marked_up(text)
        message = Message(self.world.new_ts(), place.id, self.id, marked)
        if thread is not None:
            message.thread_ts = thread.thread_ts or thread.ts
        place.keep(message)
        return Act(self._told(place, message), message)

    def _told(self, place: Channel, message: Message) -> Delivery | None:
        """Tell the app of what was said, where it listens."""
        event = message.json() | {"channel": place.id, "client_msg_id": f"fake-{message.ts}"}
        event["team"] = self.team
        told: list[Act | None] = []
        if place.kind == "im":
            told = [self.world.happens("message.im", event | {"channel_type": "im"})]
        elif place.has_bot:
            if f"<@{BOT_USER}>" in message.text:
                told = [self.world.happens("app_mention", event | {"type": "app_mention"})]
            kind = "groups" if place.kind == "private" else "channels"
            told.append(self.world.happens(f"message.{kind}", event | {"channel_type": kind[:-1]}))
        return next((one.delivery for one in told if one is not None), None)

    def edits(self, message: Message, text: str) -> Act:
        """Change what one has written; no new mention comes of it."""
        before = message.json()
        message.text = self._marked_up(text)
        message.edits += 1
        more = {"message": message.json(), "previous_message": before}
        return self._changed(message, "message_changed", more)

    def deletes(self, message: Message) -> Act:
        """Delete what one has written."""
        message.deleted = True
        more: Json = {"deleted_ts": message.ts, "previous_message": message.json()}
        return self._changed(message, "message_deleted", more)

    def _changed(self, message: Message, subtype: str, more: Json) -> Act:
        place = self.world.where(message)
        if place.kind != "im":
            return Act(None, message)
        event = {"type": "message", "subtype": subtype, "channel": place.id, "channel_type": "im"}
        told = self.world.happens("message.im", event | {"ts": self.world.new_ts()} | more)
        return Act(None if told is None else told.delivery, message)

    def _marked_up(self, text: str) -> str:
        """Return what Slack makes of typed words: names, addresses and three signs marked up."""
        names = {one.name.lower(): one.id for one in self.world.users.values()}

        def named(found: re.Match[str]) -> str:
            number = names.get(found[1].lower())
            return f"<@{number}>" if number else found[0]

        linked = _ADDRESS.sub(lambda found: f"<{found[0]}>", escape(text))
        return _MENTION.sub(named, linked)

    def _commands(self, command: str, text: str, place: Channel) -> Act:
        settings = self.world.settings
        offered = command in settings.commands and "commands" in settings.scopes
        if not offered or settings.token_error:
            return Act()
        names = {"im": "directmessage", "private": "privategroup", "mpim": "mpdm"}
        escaped = settings.commands[command]
        url = self.world.new_hook(place, self.id)
        payload = {
            "token": "deprecated",
            "team_id": TEAM_ID,
            "team_domain": "fake",
            "channel_id": place.id,
            "channel_name": names.get(place.kind, place.name),
            "user_id": self.id,
            "user_name": self.name.lower(),
            "command": command,
            "text": self._marked_up(text) if escaped else text,
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": url,
            "trigger_id": self.world.new_trigger(self.id),
        }
        hook = self.world.hooks[url.removeprefix(f"{self.world.url}/actions/")]
        delivery = Delivery("slash_commands", payload)
        delivery.heard = lambda ack: hear_answer(self.world, hook, ack)
        return self.world.sends(Act(delivery))

    def presses(self, message: Message, label: str = "", *, action_id: str = "") -> Act:
        """Press the button with this label, or with this name; LookupError if there is none."""
        for one in elements(message.blocks):
            if one["type"] == "button" and (
                one["action_id"] == action_id or one["text"]["text"] == label
            ):
                return self._acts_on(message, one, _of_button(one))
        raise LookupError(f"no button {label or action_id} under {message.shown!r}")

    def chooses(self, message: Message, label: str) -> Act:
        """Choose the option with this label in a menu under a message."""
        for one in elements(message.blocks):
            for option in one.get("options", ()):
                if option["text"]["text"] == label:
                    return self._acts_on(message, one, {"selected_option": option})
        raise LookupError(f"no option {label} under {message.shown!r}")

    def forges(self, message: Message, action: Json) -> Act:
        """Do what no button says: an action exactly as it is given."""
        return self._acts_on(message, action, {})

    def _acts_on(self, message: Message, element: Json, more: Json) -> Act:
        if not self.world.settings.interactive:
            return Act()
        place = self.world.where(message)
        action: Json = {
            name: element[name] for name in ("type", "action_id", "value") if name in element
        }
        action |= more | {"block_id": _block_of(message, element), "action_ts": message.ts}
        url = self.world.new_hook(place, self.id, message)
        payload = press_payload(self.world, self, place, message, url)
        return self.world.sends(Act(Delivery("interactive", payload | {"actions": [action]})))

    def uses(self, shortcut: str, message: Message) -> Act:
        """Use a message shortcut by its name; KeyError where the app has none of that name."""
        place = self.world.where(message)
        payload = {
            "type": "message_action",
            "token": "deprecated",
            "callback_id": self.world.settings.shortcuts[shortcut],
            "trigger_id": self.world.new_trigger(self.id),
            "response_url": self.world.new_hook(place, self.id),
            "team": {"id": TEAM_ID, "domain": "fake"},
            "user": user_of(self),
            "channel": channel_of(place),
            "message_ts": message.ts,
            "message": message.json(),
            "action_ts": message.ts,
            "is_enterprise_install": False,
            "enterprise": None,
        }
        return self.world.sends(Act(Delivery("interactive", payload)))


def _of_button(one: Json) -> Json:
    return {"text": one["text"]} | ({"url": one["url"]} if "url" in one else {})


def _block_of(message: Message, element: Json) -> str:
    """Return the name of the block that an element is in."""
    for block in message.blocks:
        if element in elements([block]):
            return str(block["block_id"])
    return str(element.get("block_id", "forged"))
