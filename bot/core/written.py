"""Pages as values that JSON can hold, and back, exactly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar, get_args, get_origin

from bot.core.page import Block, Inline, Page

P = TypeVar("P", bound=Block | Inline)

#: The kinds of blocks and spans by the names they are written under.
_BLOCKS: Mapping[str, type[Block]] = {kind.__name__.lower(): kind for kind in get_args(Block)}
_SPANS: Mapping[str, type[Inline]] = {kind.__name__.lower(): kind for kind in get_args(Inline)}


class UnknownKindError(ValueError):
    """A written page has a block or a span of a kind that this Briefbot does not know."""


def write_page(page: Page) -> dict[str, Any]:
    """Return what JSON can hold of a page."""
    return {"summary": page.summary, "blocks": [_write(block) for block in page.blocks]}


def read_page(written: Mapping[str, Any]) -> Page:
    """Return the page that was written.

    Raises ``UnknownKindError`` for a page of a newer version, and another ``ValueError``,
    ``KeyError`` or ``TypeError`` for what is no page.
    """
    blocks = tuple(_read(block, _BLOCKS) for block in written["blocks"])
    return Page(blocks, _field(written["summary"], str))


def _write(piece: Block | Inline) -> list[Any]:
    """Return the name of its kind, then its fields in order."""
    return [type(piece).__name__.lower(), *_values(piece)]


def _values(piece: Block | Inline) -> Iterator[Any]:
    for field in fields(piece):
        value = getattr(piece, field.name)
        yield [_write(span) for span in value] if isinstance(value, tuple) else value


def _read(written: Sequence[Any], kinds: Mapping[str, type[P]]) -> P:
    name, *values = written
    if name not in kinds:
        raise UnknownKindError(f"a page has a part of an unknown kind: {name}")
    kind = kinds[name]
    return kind(
        *(_field(value, field.type) for value, field in zip(values, fields(kind), strict=True))
    )


def _field(value: Any, expected: Any) -> Any:  # noqa: ANN401 - JSON may hold anything
    if get_origin(expected) is tuple:
        return tuple(_read(span, _SPANS) for span in value)
    if not isinstance(value, expected):
        raise TypeError(f"{value!r} is no {expected}")
    return value
