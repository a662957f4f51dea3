"""Entities of a text: what the server keeps of them when they meet, and how many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

#: Kinds that may lie over each other and over links, in the order the server sorts them.
STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTATIONS = ("blockquote", "expandable_blockquote")
VERBATIM = ("code", "pre")
#: Of one message; the rest is dropped without a word.
MOST = 100


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text, counted in UTF-16 code units, and what it is."""

    type: str
    offset: int
    length: int
    extra: tuple[tuple[str, object], ...] = ()

    @property
    def end(self) -> int:
        return self.offset + self.length

    def json(self) -> dict[str, object]:
        """Return it as the API writes it."""
        return {"type": self.type, "offset": self.offset, "length": self.length, **dict(self.extra)}

    def of(self, text: str) -> str:
        """Return the words of the text that it covers."""
        units = text.encode("utf-16-le")
        return units[2 * self.offset : 2 * self.end].decode("utf-16-le")


def settled(entities: Iterable[Entity]) -> list[Entity]:
    """Return the entities as the server keeps them: no two of them conflict, styles are split."""
    found = sorted(entities, key=_order)
    quotations = _apart(one for one in found if one.type in QUOTATIONS)
    firm = _apart(one for one in found if one.type not in (*QUOTATIONS, *STYLES))
    styles = [one for kind in STYLES for one in _joined(o for o in found if o.type == kind)]
    pieces = [piece for one in styles for piece in _split(one, (*quotations, *firm, *styles))]
    verbatim = [one for one in firm if one.type in VERBATIM]
    free = [one for one in pieces if not any(_meet(one, other) for other in verbatim)]
    return sorted((*quotations, *firm, *free), key=_order)


def kept(entities: list[Entity]) -> list[Entity]:
    """Return those of them that fit in one message: styles go first."""
    if len(entities) <= MOST:
        return entities
    weightiest = sorted(entities, key=lambda one: one.type in STYLES)[:MOST]
    return sorted(weightiest, key=_order)


def _order(one: Entity) -> tuple[int, int, int]:
    kinds = (*QUOTATIONS, *STYLES)
    return one.offset, -one.length, kinds.index(one.type) if one.type in kinds else -1


def _meet(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    """Keep the first of those that overlap."""
    result: list[Entity] = []
    for one in entities:
        if not result or result[-1].end <= one.offset:
            result.append(one)
    return result


def _joined(entities: Iterable[Entity]) -> list[Entity]:
    """Make one of those that overlap."""
    result: list[Entity] = []
    for one in entities:
        if result and one.offset < result[-1].end:
            end = max(one.end, result[-1].end)
            result[-1] = replace(result[-1], length=end - result[-1].offset)
        else:
            result.append(one)
    return result


def _split(one: Entity, others: Iterable[Entity]) -> Iterator[Entity]:
    edges = {edge for other in others for edge in (other.offset, other.end)}
    cuts = sorted(edge for edge in edges if one.offset < edge < one.end)
    if not cuts:
        yield one
        return
    starts = [one.offset, *cuts]
    for start, end in zip(starts, [*cuts, one.end], strict=True):
        yield replace(one, offset=start, length=end - start)
