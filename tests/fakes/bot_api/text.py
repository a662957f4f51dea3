"""A text as the server takes it: cleaned, parsed, trimmed, and within its limits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tests.fakes.bot_api.characters import SPACES, cleaned, utf16
from tests.fakes.bot_api.entities import Entity, kept, settled
from tests.fakes.bot_api.errors import MalformedError, bad_request
from tests.fakes.bot_api.html import MarkupError, parse_html

#: Characters of a message and of a caption, after parsing.
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
#: Bytes; what is longer is cut before it is read.
_LONGEST_INPUT = 35_000
_COMMAND = re.compile(r"(?<![\w/@])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?!\w)")


@dataclass(frozen=True, slots=True)
class Formatted:
    """Words with their entities, and how many entities were too many."""

    text: str
    entities: tuple[Entity, ...] = ()
    dropped: int = 0


def formatted(
    text: str, mode: str | None, entities: Iterable[dict[str, object]] = (), *, limit: int
) -> Formatted:
    """Return what a message of this text shows; raise ApiError when the server refuses it."""
    text = _read(text)
    if mode is None:
        found = [_given(one) for one in entities]
    elif mode.lower() == "html":
        try:
            text, found = parse_html(text)
        except MarkupError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    else:
        raise MalformedError(400, "Bad Request: unsupported parse_mode")
    shown, placed = _trimmed(text, settled(found))
    if len(shown) > limit:
        what = "message caption" if limit == LONGEST_CAPTION else "message"
        raise bad_request(f"{what} is too long")
    stayed = kept(placed)
    return Formatted(shown, tuple(stayed), len(placed) - len(stayed))


def typed(text: str) -> Formatted:
    """Return what a person's message is: the commands in it are entities."""
    commands = [
        Entity("bot_command", utf16(text[: found.start()]), len(found[0]))
        for found in _COMMAND.finditer(text)
    ]
    return Formatted(text, tuple(commands))


def _read(text: str) -> str:
    """Return as much of the text as the server reads, cleaned."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        raise bad_request("text must be encoded in UTF-8") from None
    return cleaned(encoded[:_LONGEST_INPUT].decode(errors="ignore"))


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    start = utf16(text) - utf16(text.lstrip(SPACES))
    shown = text.strip(SPACES)
    end = utf16(shown)
    placed = []
    for one in entities:
        begin, stop = max(0, one.offset - start), min(end, one.end - start)
        stays = (begin, stop) == (one.offset, one.end)
        moved = one if stays else replace(one, offset=begin, length=stop - begin)
        if begin < stop and not moved.of(shown).isspace():
            placed.append(moved)
    return shown, placed


def _given(one: dict[str, object]) -> Entity:
    offset, length = one["offset"], one["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    extra = tuple(
        (key, value) for key, value in one.items() if key not in {"type", "offset", "length"}
    )
    return Entity(str(one["type"]), offset, length, extra)
