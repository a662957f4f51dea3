"""The methods that show modals and the Home tab, and the limits of a view."""

import json
from typing import Final

from tests.fakes.slack.blocks import block_faults
from tests.fakes.slack.errors import MalformedError, SlackError
from tests.fakes.slack.rules import Rule, boolean, fault, fields, plain_text, string
from tests.fakes.slack.values import Json, View
from tests.fakes.slack.world import World

#: Bytes of a view (docs.slack.dev, views.open: view_too_large).
LARGEST: Final = 250_000
#: Views over each other (docs.slack.dev, modals).
DEEPEST: Final = 3


def _anything(value: object, place: str) -> list[str]:
    del value, place
    return []


_SHARED: Final[dict[str, Rule]] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
_MODAL: Final = fields(
    {"title": plain_text(24), "blocks": _anything},
    {
        **_SHARED,
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME: Final = fields({"blocks": _anything}, _SHARED)


def check_view(view: Json, kind: str) -> None:
    """Raise SlackError where Slack would not show this view."""
    if view.get("type") != kind:
        raise MalformedError(
            "invalid_arguments", messages=fault(f"must be of type {kind}", "/view/type")
        )
    found = (_MODAL if kind == "modal" else _HOME)(view, "/view")
    if "blocks" in view:
        found += block_faults(view["blocks"], kind, "/view/blocks")
    if not found and _asks(view) and "submit" not in view:
        found += fault("must define `submit` to use an `input` block in modals", "/view")
    if found:
        raise MalformedError("invalid_arguments", messages=found)
    if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST:
        raise SlackError("view_too_large")


def _asks(view: Json) -> bool:
    return view["type"] == "modal" and any(one["type"] == "input" for one in view["blocks"])


def views_open(world: World, said: Json) -> Json:
    """Show a modal to who has just done something."""
    user = _exchanged(world, said)
    check_view(said["view"], "modal")
    _check_external(world, said["view"])
    view = world.new_view(user, said["view"])
    world.modals[user] = [view]
    return {"view": view.json()}


def views_push(world: World, said: Json) -> Json:
    """Show one more modal over those that are open."""
    user = _exchanged(world, said)
    stack = world.modals.get(user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    check_view(said["view"], "modal")
    _check_external(world, said["view"])
    view = push(world, user, said["view"])
    return {"view": view.json()}


def push(world: World, user: str, content: Json) -> View:
    """Put a view over those that somebody has open; return it."""
    stack = world.modals[user]
    view = world.new_view(user, content)
    view.root, view.previous = stack[0].id, stack[-1].id
    stack.append(view)
    return view


def views_update(world: World, said: Json) -> Json:
    """Change a modal that is open."""
    key, name = ("id", said.get("view_id")) if "view_id" in said else ("", said.get("external_id"))
    if name is None:
        raise MalformedError(
            "invalid_arguments", messages=["[ERROR] missing required field: view_id"]
        )
    for stack in world.modals.values():
        for view in stack:
            if (view.id if key else view.content.get("external_id")) == name:
                _check_hash(view, said)
                check_view(said["view"], "modal")
                world.change_view(view, said["view"])
                return {"view": view.json()}
    raise SlackError("not_found")


def views_publish(world: World, said: Json) -> Json:
    """Show somebody's Home tab."""
    user = said["user_id"]
    if user not in world.users:
        raise SlackError("invalid_arguments", messages=["[ERROR] user not found"])
    if not world.settings.home_tab:
        raise SlackError("not_enabled")
    check_view(said["view"], "home")
    home = world.homes.get(user)
    if home is None:
        world.homes[user] = home = world.new_view(user, said["view"])
    else:
        _check_hash(home, said)
        world.change_view(home, said["view"])
    return {"view": home.json()}


def _check_hash(view: View, said: Json) -> None:
    if "hash" in said and said["hash"] != view.hash:
        raise SlackError("hash_conflict")


def _check_external(world: World, content: Json) -> None:
    name = content.get("external_id")
    shown = (view for stack in world.modals.values() for view in stack)
    if name and any(view.content.get("external_id") == name for view in shown):
        raise SlackError("duplicate_external_id")


def _exchanged(world: World, said: Json) -> str:
    """Return whose trigger it is, which then cannot be used again."""
    trigger = said.get("trigger_id") or said.get("interactivity_pointer")
    if trigger is None:
        raise MalformedError(
            "invalid_arguments", messages=["[ERROR] missing required field: trigger_id"]
        )
    return world.exchange(trigger)


METHODS = {
    "views.open": views_open,
    "views.push": views_push,
    "views.update": views_update,
    "views.publish": views_publish,
}
