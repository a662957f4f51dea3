"""The mark that each part of a series carries in its metadata, by which it is found again."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bot.core.delivery import Post

#: What the bot's own messages are called in their metadata.
EVENT = "briefbot_part"
#: So many letters of a hash tell two messages apart.
_LETTERS = 16


def mark_of(post: Post) -> dict[str, Any] | None:
    """Return the metadata of a part, or None for an answer, which nobody looks for.

    A database that was begun anew counts its series anew, so it also says what the message is.
    """
    if post.series <= 0:
        return None
    content = sha256(json.dumps(post.payload, sort_keys=True).encode()).hexdigest()[:_LETTERS]
    told = {"series": post.series, "part": post.part, "content": content}
    return {"event_type": EVENT, "event_payload": told}


def carries(message: Mapping[str, Any], mark: Mapping[str, Any]) -> bool:
    """Say whether a message of a conversation's history carries that mark."""
    found = message.get("metadata")
    return isinstance(found, dict) and all(found.get(key) == mark[key] for key in mark)
