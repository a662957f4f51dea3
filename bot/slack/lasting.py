"""What was heard, as it is written down until it is done: no more of it than that needs."""

import json
from dataclasses import asdict
from typing import Any, assert_never

from bot.core.repeatable import is_repeatable
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Heard,
    Linked,
    Manner,
    Moved,
    Opened,
    Person,
    Place,
    Pressed,
    Submitted,
    Typed,
    Uninstalled,
    Went,
)
from bot.slack.press import read_press

_KINDS = {
    kind.__name__: kind
    for kind in (Typed, Pressed, Linked, Came, Went, Archived, Moved, Uninstalled, Submitted)
}
#: What opens a window is of use for three seconds, and what a channel is called Slack tells again.
_LEFT_OUT = frozenset({"trigger", "title"})
_MANY = frozenset({"buttons", "links"})
#: What a row that another version has written may raise.
_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, RecursionError)


def lasts(heard: Heard) -> bool:
    """Say whether it is done for sure: Slack tells it only once.

    Of what would do harm when it is done twice, as it may be when the bot is killed behind it,
    that is not so; nor of tab and windows, which show that nothing was done.
    """
    match heard:
        case Typed():
            return is_repeatable(heard.text)
        case Pressed():
            press = read_press(heard.value)
            return press is not None and is_repeatable(press.says)
        case Opened() | Clicked():
            return False
        case Linked() | Came() | Went() | Archived() | Moved() | Uninstalled() | Submitted():
            return True
        case _:
            assert_never(heard)


def written(heard: Heard) -> str:
    """Return it as a text."""
    kept = {"kind": type(heard).__name__, **asdict(heard, dict_factory=_needed)}
    return json.dumps(kept, default=lambda manner: manner.value)


def read(text: str) -> Heard | None:
    """Return what that text says; None for what this version cannot read."""
    try:
        kept: dict[str, Any] = json.loads(text)
        kind = _KINDS[kept.pop("kind")]
        if "place" in kept:
            kept["place"] = Place(**kept["place"])
        if kept.get("person"):
            kept["person"] = Person(**kept["person"])
        if "manner" in kept:
            kept["manner"] = Manner(kept["manner"])
        if "values" in kept:
            kept["values"] = {name: _entered(said) for name, said in kept["values"].items()}
        for name in _MANY & kept.keys():
            kept[name] = tuple(kept[name])
        return kind(**kept)
    except _UNREADABLE:
        return None


def _needed(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: said for name, said in fields if name not in _LEFT_OUT}


def _entered(said: str | list[str]) -> str | tuple[str, ...]:
    return said if isinstance(said, str) else tuple(said)
