"""The parts of what the app is told when somebody presses something."""

from tests.fakes.slack.channel import Channel
from tests.fakes.slack.user import User
from tests.fakes.slack.values import APP_ID, TEAM_ID, Json, Message, View
from tests.fakes.slack.world import World


def user_of(user: User) -> Json:
    """Return who did it."""
    name = user.name.lower()
    return {"id": user.id, "username": name, "name": name, "team_id": user.team}


def channel_of(channel: Channel) -> Json:
    """Return where it was done."""
    names = {"im": "directmessage", "private": "privategroup"}
    return {"id": channel.id, "name": names.get(channel.kind, channel.name)}


def _act_of(world: World, user: User) -> Json:
    return {
        "type": "block_actions",
        "user": user_of(user),
        "api_app_id": APP_ID,
        "token": "deprecated",
        "trigger_id": world.new_trigger(user.id),
        "team": {"id": TEAM_ID, "domain": "fake"},
        "enterprise": None,
        "is_enterprise_install": False,
        "state": {"values": {}},
    }


def press_payload(
    world: World, user: User, channel: Channel, message: Message, response_url: str
) -> Json:
    """Return the payload of a press under a message; one that is not kept is not told."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _act_of(world, user) | {
        "container": container,
        "channel": channel_of(channel),
        "response_url": response_url,
    }
    return payload if message.only_for else payload | {"message": message.json()}


def view_payload(world: World, user: User, view: View, values: Json) -> Json:
    """Return the payload of a press in a view."""
    return _act_of(world, user) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view.json() | {"state": {"values": values}},
        "state": {"values": values},
    }
