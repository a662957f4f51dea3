"""The methods that ask about the bot, its chats, who is in them, and its files."""

from collections.abc import Callable

from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.errors import bad_request
from tests.fakes.bot_api.membership import member_json
from tests.fakes.bot_api.place import ADMINISTRATORS
from tests.fakes.bot_api.values import Json
from tests.fakes.bot_api.world import World

#: Bytes of the largest file that a bot may fetch.
_LARGEST = 20 * 1024 * 1024
_GONE = frozenset({"left", "kicked"})


def get_me(world: World, said: Json) -> Json:
    """Return the bot itself."""
    del said
    return {
        **world.me.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
    }


def get_chat(world: World, said: Json) -> Json:
    """Return a chat in full."""
    chat = _entered(world, said)
    return {
        **chat.json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }


def get_chat_member(world: World, said: Json) -> Json:
    """Return what somebody is in a chat."""
    chat = _entered(world, said)
    person = world.somebody(said["user_id"])
    if chat.kind == "channel" and chat.status not in ADMINISTRATORS:
        raise bad_request("member list is inaccessible")
    return member_json(chat, person)


def get_chat_administrators(world: World, said: Json) -> list[Json]:
    """Return who keeps a chat, without other bots."""
    chat = _entered(world, said)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(chat, world.somebody(number))
        for number, status in chat.statuses.items()
        if status in ADMINISTRATORS
    ]


def get_chat_member_count(world: World, said: Json) -> int:
    """Return how many are in a chat, the bot among them."""
    chat = _entered(world, said)
    return sum(status not in _GONE for status in chat.statuses.values())


def leave_chat(world: World, said: Json) -> bool:
    """Take the bot out of a chat."""
    chat = _entered(world, said)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.leaves(world.me)
    return True


def get_file(world: World, said: Json) -> Json:
    """Say where a file can be fetched."""
    if said["file_id"] not in world.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    kept = world.files[said["file_id"]]
    if len(kept.content) > _LARGEST:
        raise bad_request("file is too big")
    path = f"documents/{kept.id}"
    unique = kept.json()["file_unique_id"]
    return {"file_id": kept.id, "file_unique_id": unique, "file_path": path}


def _entered(world: World, said: Json) -> Chat:
    chat = world.chat(said["chat_id"])
    chat.enter()
    return chat


METHODS: dict[str, Callable[[World, Json], object]] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
