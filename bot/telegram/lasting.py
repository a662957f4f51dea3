"""What was heard, as it is written down until it is done: without anybody's name."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, assert_never

from bot.core.repeatable import is_repeatable
from bot.telegram.heard import Heard, Migrated, Person, Place, Pressed, Standing, Typed
from bot.telegram.press import read_press

_KINDS = {kind.__name__: kind for kind in (Typed, Pressed, Standing, Migrated)}
#: What a row that another version has written may raise.
_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, RecursionError)


def lasts(heard: Heard) -> bool:
    """Say whether it is done for sure, also after a kill; not where done twice it does harm."""
    match heard:
        case Typed():
            return is_repeatable(heard.text)
        case Pressed():
            press = read_press(heard.data)
            return press is not None and is_repeatable(press.says)
        case Standing() | Migrated():
            return True
        case _:
            assert_never(heard)


def written(heard: Heard) -> str:
    """Return it as a text."""
    # Nobody's words are kept but what was asked.
    bare = replace(heard, text="") if isinstance(heard, Pressed) else heard
    kept = {"kind": type(bare).__name__, **asdict(bare)}
    return json.dumps(kept, default=datetime.isoformat)


def read(text: str) -> Heard | None:
    """Return what that text says; None for what this version cannot read."""
    try:
        kept: dict[str, Any] = json.loads(text)
        kind = _KINDS[kept.pop("kind")]
        kept["place"] = Place(**kept["place"])
        if "person" in kept:
            kept["person"] = Person(**kept["person"])
        if kept.get("made"):
            kept["made"] = datetime.fromisoformat(kept["made"])
        if "buttons" in kept:
            kept["buttons"] = tuple(kept["buttons"])
        return kind(**kept)
    except _UNREADABLE:
        return None
