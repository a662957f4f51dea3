"""Pages as values that JSON can hold, and back, exactly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from bot.core.page import Block, Button, Inline, Page

P = TypeVar("P", bound=Block | Inline | Button)

#: The kinds of blocks and of what stands in them, by the names they are written under.
_BLOCKS: Mapping[str, type[Block]] = {kind.__name__.lower(): kind for kind in get_args(Block)}
_SPANS: Mapping[str, type[Inline]] = {kind.__name__.lower(): kind for kind in get_args(Inline)}
_BUTTONS: Mapping[str, type[Button]] = {"button": Button}


class UnknownKindError(ValueError):
    """A written page has a block or a span of a kind that this Briefbot does not know."""


def write_page(page: Page) -> dict[str, Any]:
    """Return what JSON can hold of a page, which has no document."""
    return {"summary": page.summary, "blocks": [_write(block) for block in page.blocks]}


def read_page(written: Mapping[str, Any]) -> Page:
    """Return the page that was written.

    Raises ``UnknownKindError`` for a page of a newer version, and another ``ValueError``,
    ``KeyError`` or ``TypeError`` for what is no page.
    """
    blocks = tuple(_read(block, _BLOCKS) for block in written["blocks"])
    return Page(blocks, _field(written["summary"], str))


def _write(piece: Block | Inline | Button) -> list[Any]:
    """Return the name of its kind, then its fields in order."""
    return [type(piece).__name__.lower(), *_values(piece)]


def _values(piece: Block | Inline | Button) -> Iterator[Any]:
    for field in fields(piece):
        yield _value(getattr(piece, field.name))


def _value(value: Any) -> Any:  # noqa: ANN401 - a field of any kind, and what JSON holds of it
    match value:
        case tuple():
            return [_value(one) for one in value]
        case datetime():
            return value.isoformat()
        case None | str() | int():
            return value
        case _:
            return _write(value)


def _read(written: Sequence[Any], kinds: Mapping[str, type[P]]) -> P:
    name, *values = written
    if name not in kinds:
        raise UnknownKindError(f"a page has a part of an unknown kind: {name}")
    kind = kinds[name]
    return kind(
        *(_field(value, field.type) for value, field in zip(values, fields(kind), strict=True))
    )


def _field(value: Any, expected: Any) -> Any:  # noqa: ANN401 - JSON may hold anything
    if expected == Inline:
        return _read(value, _SPANS)
    if expected is Button:
        return _read(value, _BUTTONS)
    if get_origin(expected) is tuple:
        return tuple(_field(one, get_args(expected)[0]) for one in value)
    if isinstance(expected, UnionType):
        return None if value is None else _field(value, get_args(expected)[0])
    if expected is datetime:
        return datetime.fromisoformat(value)
    if not isinstance(value, expected):
        raise TypeError(f"{value!r} is no {expected}")
    return value
