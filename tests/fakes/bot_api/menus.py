"""The methods that set what the bot is called and which commands its menu shows."""

import re
from collections.abc import Callable
from functools import partial

from tests.fakes.bot_api.errors import bad_request
from tests.fakes.bot_api.values import Json
from tests.fakes.bot_api.world import World

MOST_COMMANDS = 100
_LONGEST_DESCRIPTION = 256
#: Characters of each of the bot's own words, and the parameter that carries them.
_WORDS = {
    "MyName": (64, "name"),
    "MyDescription": (512, "description"),
    "MyShortDescription": (120, "short_description"),
}


def set_my_commands(world: World, said: Json) -> bool:
    """Set the menu of a scope and a language."""
    key = _key(world, said)
    commands: list[Json] = said["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"].strip()) <= _LONGEST_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.menus[key] = commands
    return True


def get_my_commands(world: World, said: Json) -> list[Json]:
    """Return the menu of exactly this scope and language."""
    return world.menus.get(_key(world, said), [])


def delete_my_commands(world: World, said: Json) -> bool:
    """Forget the menu of a scope and a language."""
    world.menus.pop(_key(world, said), None)
    return True


def _key(world: World, said: Json) -> tuple[str, int, int, str]:
    scope = said.get("scope", {"type": "default"})
    chat = 0
    if "chat_id" in scope:
        place = world.chat(scope["chat_id"])
        place.enter()
        if place.kind == "channel":
            raise bad_request("can't set commands in channels")
        if place.kind == "private" and scope["type"] != "chat":
            raise bad_request("can't set chat member commands in private chats")
        chat = place.id
    return scope["type"], chat, scope.get("user_id", 0), _language(said)


def _language(said: Json) -> str:
    language: str = said.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _set_words(name: str, world: World, said: Json) -> bool:
    most, parameter = _WORDS[name]
    words: str = said.get(parameter, "")
    language = _language(said)
    if len(words) > most:
        raise bad_request(f"{parameter.replace('_', ' ')} is too long")
    if words:
        world.words[name, language] = words
    else:
        world.words.pop((name, language), None)
    return True


def _get_words(name: str, world: World, said: Json) -> Json:
    language = _language(said)
    plain = world.me.name if name == "MyName" else ""
    words = world.words.get((name, language)) or world.words.get((name, ""), plain)
    return {_WORDS[name][1]: words}


def set_my_default_administrator_rights(world: World, said: Json) -> bool:
    """Set which rights the bot asks for when it is added."""
    world.rights[said.get("for_channels", False)] = said.get("rights", {})
    return True


def get_my_default_administrator_rights(world: World, said: Json) -> Json:
    """Return them."""
    return world.rights.get(said.get("for_channels", False), {})


METHODS: dict[str, Callable[[World, Json], object]] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDefaultAdministratorRights": set_my_default_administrator_rights,
    "getMyDefaultAdministratorRights": get_my_default_administrator_rights,
    **{f"set{name}": partial(_set_words, name) for name in _WORDS},
    **{f"get{name}": partial(_get_words, name) for name in _WORDS},
}
