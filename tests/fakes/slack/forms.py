"""What people do with views: the Home tab and modals, which they fill in, submit and close."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.fakes.slack.acts import Act, Delivery
from tests.fakes.slack.errors import MalformedError
from tests.fakes.slack.payloads import user_of, view_payload
from tests.fakes.slack.user import User
from tests.fakes.slack.values import APP_ID, TEAM_ID, Json, View, elements
from tests.fakes.slack.views import check_view, push
from tests.fakes.slack.world import World

#: Where the state of a view keeps what was entered, by the kind of its element.
_KEPT: Final = {
    "plain_text_input": "value",
    "number_input": "value",
    "url_text_input": "value",
    "email_text_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "timepicker": "selected_time",
    "datepicker": "selected_date",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
}
#: What people enter: words, or the words of several options.
Entry = str | list[str]


@dataclass(eq=False, kw_only=True)
class Forms(User):
    """A person before a view."""

    world: World
    #: What the person was told is wrong with the topmost modal, by block.
    complaints: dict[str, str] = field(default_factory=dict)

    @property
    def modal(self) -> View:
        """The topmost modal; LookupError when none is open."""
        stack = self.world.modals.get(self.id)
        if not stack:
            raise LookupError(f"{self.name} sees no modal")
        return stack[-1]

    @property
    def sees_modal(self) -> bool:
        """Whether a modal is open."""
        return bool(self.world.modals.get(self.id))

    @property
    def home(self) -> View:
        """The Home tab; LookupError while the bot has shown nothing there."""
        if self.id not in self.world.homes:
            raise LookupError(f"the Home tab of {self.name} is empty")
        return self.world.homes[self.id]

    def opens_home(self, tab: str = "home") -> Act:
        """Open the app's Home tab, or its "messages" tab."""
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.world.direct(self.id).id,
            "tab": tab,
        }
        if self.id in self.world.homes:
            event["view"] = self.home.json()
        return self.world.happens("app_home_opened", event) or Act()

    def clicks(self, label: str, *, view: View | None = None) -> Act:
        """Press a button in a view: the topmost modal if one is open, else the Home tab."""
        return self._acts_in(view, label, lambda one: one.get("text", {}).get("text") == label)

    def picks(self, action_id: str, entry: Entry, *, view: View | None = None) -> Act:
        """Choose something in a menu of a view that tells the app at once."""
        return self._acts_in(view, action_id, lambda one: one["action_id"] == action_id, entry)

    def submits(self, entries: Mapping[str, Entry] | None = None) -> Act:
        """Send the topmost modal off, with what was entered, by the names of its elements."""
        view = self.modal
        values = _state(view, entries or {})
        _check_required(view, values)
        payload = self._payload("view_submission", view, values) | {"response_urls": []}
        payload["trigger_id"] = self.world.new_trigger(self.id)
        delivery = Delivery("interactive", payload)
        delivery.heard = lambda ack: self._hear(view, ack)
        self.complaints = {}
        return self.world.sends(Act(delivery))

    def closes(self) -> Act:
        """Close all modals; the app is told where the topmost asks for it."""
        view = self.modal
        self.world.modals[self.id] = []
        if not view.content.get("notify_on_close"):
            return Act()
        payload = self._payload("view_closed", view, {}) | {"is_cleared": True}
        return self.world.sends(Act(Delivery("interactive", payload)))

    def _acts_in(self, view: View | None, name: str, is_it: object, entry: Entry = "") -> Act:
        assert callable(is_it)
        shown = view or (self.modal if self.sees_modal else self.home)
        for block in shown.content["blocks"]:
            for one in elements([block]):
                if is_it(one):
                    kept = ("type", "action_id", "value", "text")
                    action = {key: one[key] for key in kept if key in one}
                    action |= {"block_id": block["block_id"], "action_ts": self.world.new_ts()}
                    if one["type"] in _KEPT:
                        action[_KEPT[one["type"]]] = _entered(one, entry)
                    payload = view_payload(self.world, self, shown, _state(shown, {}))
                    payload |= {"actions": [action]}
                    return self.world.sends(Act(Delivery("interactive", payload)))
        raise LookupError(f"nothing called {name} in {shown.shown!r}")

    def _payload(self, kind: str, view: View, values: Json) -> Json:
        return {
            "type": kind,
            "team": {"id": TEAM_ID, "domain": "fake"},
            "user": user_of(self),
            "api_app_id": APP_ID,
            "token": "deprecated",
            "view": view.json() | {"state": {"values": values}},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _hear(self, view: View, ack: object) -> None:
        """Do with a modal what the app answered to its submission."""
        stack = self.world.modals[self.id]
        said = ack if isinstance(ack, dict) else {}
        action = said.get("response_action", "")
        if action == "errors":
            _check_errors(view, said.get("errors"))
            self.complaints = dict(said["errors"])
        elif action == "update":
            check_view(said["view"], "modal")
            self.world.change_view(view, said["view"])
        elif action == "push":
            check_view(said["view"], "modal")
            push(self.world, self.id, said["view"])
        elif action == "clear":
            stack.clear()
        elif action or ack:
            raise MalformedError("invalid_response_action", messages=[str(ack)[:200]])
        elif view in stack:
            stack.remove(view)
        self.world.changed()


def _check_errors(view: View, errors: object) -> None:
    """Raise where complaints are about blocks that no one can fill in: Slack shows none then."""
    asked = {one["block_id"] for one in view.content["blocks"] if one["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= asked:
        raise MalformedError("invalid_errors", messages=[str(errors)[:200]])


def _state(view: View, entries: Mapping[str, Entry]) -> Json:
    """Return what stands in each element of a view; LookupError where it has no such element."""
    values: Json = {}
    unknown = set(entries)
    for block in view.content["blocks"]:
        for one in elements([block]):
            if one["type"] not in _KEPT:
                continue
            key, name = _KEPT[one["type"]], one["action_id"]
            unknown.discard(name)
            initial = one.get(key.replace("selected", "initial").replace("value", "initial_value"))
            entered = _entered(one, entries[name]) if name in entries else initial
            values.setdefault(block["block_id"], {})[name] = {"type": one["type"], key: entered}
    if unknown:
        raise LookupError(f"{view.title} has no {', '.join(sorted(unknown))}")
    return values


def _entered(one: Json, entry: Entry) -> object:
    """Return what somebody entered as the state has it; options are chosen by their words."""
    if "options" not in one and "option_groups" not in one:
        return entry
    groups = one.get("option_groups", ())
    options = one.get("options") or [each for group in groups for each in group["options"]]
    by_words = {option["text"]["text"]: option for option in options}
    return by_words[entry] if isinstance(entry, str) else [by_words[each] for each in entry]


def _check_required(view: View, values: Json) -> None:
    """Raise where Slack would not let the person submit."""
    for block in view.content["blocks"]:
        if block["type"] == "input" and not block.get("optional"):
            one = values[block["block_id"]][block["element"]["action_id"]]
            if not one[_KEPT[one["type"]]]:
                raise LookupError(f"{block['label']['text']} is empty; Slack wants it filled in")
