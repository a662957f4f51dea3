"""Reads what Slack sends without trusting its shape: what is missing or odd is empty."""

from collections.abc import Mapping, Sequence

#: What JSON or a form holds.
Body = Mapping[str, object]


def at(body: object, *path: str) -> object:
    """Return what stands at the path of names, or None."""
    for name in path:
        if not isinstance(body, Mapping):
            return None
        body = body.get(name)
    return body


def text_at(body: object, *path: str) -> str:
    """Return the text that stands there; empty where none does."""
    found = at(body, *path)
    return found if isinstance(found, str) else ""


def body_at(body: object, *path: str) -> Body:
    """Return what is kept by names there; empty where nothing is."""
    found = at(body, *path)
    return found if isinstance(found, Mapping) else {}


def list_at(body: object, *path: str) -> Sequence[object]:
    """Return the list that stands there; empty where none does."""
    found = at(body, *path)
    return found if isinstance(found, list) else []
