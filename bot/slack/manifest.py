"""The manifest of the app, from which Slack makes it with two clicks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from bot.slack.scopes import LOOKUP, NEEDED, WELCOME, Scope

#: Where on the bot's own server Slack calls it, in HTTP mode.
PATH = "/slack/events"
#: What the message shortcut is called between Slack and the bot.
SHORTCUT = "brief_link"
#: What happens in a workspace that the bot is told of.
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "tokens_revoked",
)
#: Characters of an app's name and of a bot's (manifest schema 2.0.0).
_LONGEST_NAME, _LONGEST_HANDLE = 35, 80


def manifest(*, beat: str, command: str, url: str = "", lookup: bool = False) -> Mapping[str, Any]:
    """Return the manifest of an app that follows the beat.

    With a ``url`` Slack calls the bot there; else the app is set up for Socket Mode. With
    ``lookup`` it asks for what finds out whether a post has arrived.
    """
    called = {"request_url": url} if url else {}
    scopes = (*NEEDED, *WELCOME, *(LOOKUP if lookup else ()))
    return {
        "_metadata": {"major_version": 1},
        "display_information": {
            "name": _name(beat),
            "description": "A news digest made of the sources' own sentences.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": _handle(beat), "always_online": True},
            "shortcuts": [
                {
                    "name": "Brief this link",
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "A brief of the page that a message links to.",
                }
            ],
            "slash_commands": [
                {
                    "command": command,
                    **({"url": url} if url else {}),
                    "description": "What is new, in the sources' own sentences",
                    "usage_hint": "[words | number | link | schedule 8am | settings | help]",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": [scope.name for scope in scopes]}},
        "settings": {
            "event_subscriptions": {**called, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **called},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def manifest_text(
    *, beat: str, command: str, url: str = "", lookup: bool = False, made_by: str
) -> str:
    """Return the manifest as YAML, with what each scope is for above it, and what made it."""
    said = manifest(beat=beat, command=command, url=url, lookup=lookup)
    head = (
        f"Briefbot as an app of Slack, made by: {made_by}",
        "Paste it at https://api.slack.com/apps: Create New App, From a manifest, YAML.",
        "",
        "What its scopes are for:",
        *_purposes((*NEEDED, *WELCOME, *(LOOKUP if lookup else ()))),
    )
    lines = "".join(f"{f'# {line}'.rstrip()}\n" for line in head)
    return f"{lines}\n{yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100)}"


def _purposes(scopes: Sequence[Scope]) -> list[str]:
    width = max(len(scope.name) for scope in scopes)
    return [f"  {scope.name:{width}}  {scope.purpose}" for scope in scopes]


def _name(beat: str) -> str:
    name = f"{beat} brief"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _handle(beat: str) -> str:
    """Return the bot's name behind an "@": Slack takes small letters, digits and dashes there."""
    letters = unicodedata.normalize("NFKD", beat.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return f"{words}-brief"[-_LONGEST_HANDLE:] if words else "briefbot"
