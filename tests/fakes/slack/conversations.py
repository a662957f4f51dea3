"""The methods that read and open conversations, and those that tell of people."""

from collections.abc import Iterable, Sequence
from typing import Final

from tests.fakes.slack.channel import SCOPE, TYPE, Channel
from tests.fakes.slack.errors import MalformedError, SlackError, missing_scope
from tests.fakes.slack.values import APP_ID, BOT_ID, BOT_USER, TEAM_ID, Json, Message
from tests.fakes.slack.world import World

#: How many come at once, where nothing else is asked, and at most.
USUAL: Final = 100
MOST: Final = 999
#: People in one direct message, besides the bot.
LARGEST_GROUP: Final = 8


def history(world: World, said: Json) -> Json:
    """Return what was said in a conversation outside of threads, newest first."""
    channel = _read(world, said["channel"], "history")
    if not channel.has_bot:
        raise SlackError("not_in_channel")
    told = [one for one in channel.history if not one.thread_ts or one.broadcast]
    return _messages(reversed(_between(told, said)), said)


def replies(world: World, said: Json) -> Json:
    """Return a message and what was said under it, oldest first."""
    channel = _read(world, said["channel"], "history")
    parent = channel.found(said["ts"])
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.thread_ts:
        return _messages([parent], said)
    return _messages([parent, *_between(parent.replies, said)], said)


def _between(messages: Iterable[Message], said: Json) -> list[Message]:
    oldest, latest = _moment(said, "oldest", 0.0), _moment(said, "latest", float("inf"))
    inclusive = said.get("inclusive", False)
    return [
        one
        for one in messages
        if not one.deleted
        and (oldest < float(one.ts) < latest or (inclusive and float(one.ts) in {oldest, latest}))
    ]


def _moment(said: Json, name: str, otherwise: float) -> float:
    try:
        return float(said.get(name) or otherwise)
    except ValueError as error:
        raise MalformedError(f"invalid_ts_{name}") from error


def _messages(messages: Iterable[Message], said: Json) -> Json:
    metadata = said.get("include_all_metadata", False)
    told = [one.json(metadata=metadata) for one in messages]
    page = _page(told, said, "messages")
    return page | {"has_more": bool(page["response_metadata"]["next_cursor"])}


def _page(all_of_them: Sequence[object], said: Json, name: str) -> Json:
    """Return one page, and where the next begins."""
    start = said.get("cursor") or "0"
    if not start.isdecimal() or int(start) > len(all_of_them):
        raise MalformedError("invalid_cursor")
    limit = said.get("limit", USUAL) or USUAL
    if not 1 <= limit <= MOST + 1:
        raise MalformedError("invalid_limit")
    end = int(start) + int(limit)
    more = str(end) if end < len(all_of_them) else ""
    return {name: all_of_them[int(start) : end], "response_metadata": {"next_cursor": more}}


def info(world: World, said: Json) -> Json:
    """Tell of one conversation."""
    channel = _read(world, said["channel"], "read")
    told = channel.json()
    if said.get("include_num_members"):
        told["num_members"] = len(channel.members)
    return {"channel": told}


def members(world: World, said: Json) -> Json:
    """Return the numbers of those who are in a conversation."""
    channel = _read(world, said["channel"], "read")
    return _page(channel.members, said, "members")


def open_(world: World, said: Json) -> Json:
    """Open the direct message with somebody, or with several."""
    if "channel" in said:
        channel = world.place(said["channel"])
        channel.enter()
        return {"channel": {"id": channel.id}}
    people = [one for one in said.get("users", "").split(",") if one]
    if not people:
        raise MalformedError("users_list_not_supplied")
    if len(people) > LARGEST_GROUP:
        raise MalformedError("too_many_users")
    for one in people:
        if one not in world.users or world.users[one].is_bot:
            raise SlackError("user_not_found")
        if world.users[one].deleted:
            raise SlackError("user_disabled")
    _allow(world, f"{'im' if len(people) == 1 else 'mpim'}:write")
    if len(people) == 1:
        channel = world.direct(people[0])
    else:
        channel = world.make_channel("mpdm", "mpim", [*people, BOT_USER], BOT_USER)
    return {"channel": channel.json() if said.get("return_im") else {"id": channel.id}}


def join(world: World, said: Json) -> Json:
    """Let the bot into a public channel."""
    channel = world.place(said["channel"])
    channel.enter()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    channel.adds(world.bot)
    return {"channel": channel.json()}


def leave(world: World, said: Json) -> Json:
    """Let the bot out of a channel."""
    channel = world.place(said["channel"])
    channel.enter()
    if channel.kind in {"im", "mpim"}:
        raise SlackError("method_not_supported_for_channel_type")
    if not channel.has_bot:
        return {"not_in_channel": True}
    channel.removes(world.bot)
    return {}


def list_(world: World, said: Json) -> Json:
    """Tell of the conversations of the workspace that the bot can see."""
    return _page([one.json() for one in _listed(world, said)], said, "channels")


def of_user(world: World, said: Json) -> Json:
    """Tell of the conversations that somebody is in: the bot, or a person whom it can see."""
    user = said.get("user", BOT_USER)
    if user not in world.users:
        raise SlackError("user_not_found")
    told = [one.json() for one in _listed(world, said) if user in one.members]
    return _page(told, said, "channels")


def _listed(world: World, said: Json) -> list[Channel]:
    types = said.get("types", "public_channel").replace(" ", "").split(",")
    if not set(types) <= TYPE.keys():
        raise MalformedError("invalid_types")
    kinds = [TYPE[one] for one in types]
    for kind in kinds:
        _allow(world, f"{SCOPE[kind]}:read")
    return [
        one
        for one in world.channels.values()
        if one.kind in kinds
        and not one.deleted
        and (one.kind == "public" or one.has_bot)
        and not (said.get("exclude_archived") and one.archived)
    ]


def _read(world: World, name: str, scope: str) -> Channel:
    """Return a conversation that the bot can see, and may read."""
    channel = world.place(name)
    channel.enter()
    _allow(world, f"{SCOPE[channel.kind]}:{scope}")
    return channel


def _allow(world: World, scope: str) -> None:
    if scope not in world.settings.scopes:
        raise missing_scope([scope], sorted(world.settings.scopes))


def user_info(world: World, said: Json) -> Json:
    """Tell of one person."""
    if said["user"] not in world.users:
        raise SlackError("user_not_found")
    person = world.users[said["user"]]
    return {"user": person.json(locale=said.get("include_locale", False))}


def user_list(world: World, said: Json) -> Json:
    """Tell of everybody."""
    locale = said.get("include_locale", False)
    return _page([one.json(locale=locale) for one in world.users.values()], said, "members")


def team_info(world: World, said: Json) -> Json:
    """Tell of the workspace."""
    del world, said
    return {"team": {"id": TEAM_ID, "name": "Fake", "domain": "fake"}}


def bot_info(world: World, said: Json) -> Json:
    """Tell of the bot."""
    if said.get("bot", BOT_ID) != BOT_ID:
        raise SlackError("bot_not_found")
    told = {"id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER, "name": world.bot.name}
    return {"bot": told | {"deleted": False}}


METHODS = {
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.open": open_,
    "conversations.join": join,
    "conversations.leave": leave,
    "conversations.list": list_,
    "users.conversations": of_user,
    "users.info": user_info,
    "users.list": user_list,
    "team.info": team_info,
    "bots.info": bot_info,
}
