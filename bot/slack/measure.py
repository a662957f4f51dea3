"""How long texts and blocks are, as Slack counts them in the strictest way."""

import json
from collections.abc import Callable


def units(text: str) -> int:
    """Return the length in units of UTF-16: what JavaScript counts, and no less than letters."""
    return len(text.encode("utf-16-le")) // 2


def written(text: str) -> int:
    """Return the length that a text has inside JSON, without its quotation marks."""
    return units(text) + text.count('"') + text.count("\\")


def size(value: object) -> int:
    """Return the length of a value as JSON."""
    return units(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def escaped(text: str) -> str:
    """Return the text with the three signs escaped that could begin a mention or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fitting(text: str, room: int, length: Callable[[str], int]) -> int:
    """Return how many letters of the text fit into the room, measured by the length given.

    A letter may be up to five long.
    """
    end = max(0, min(len(text), room))
    while (over := length(text[:end]) - room) > 0 and end:
        end -= -(-over // 5)
    return max(0, end)
