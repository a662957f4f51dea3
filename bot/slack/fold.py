"""A digest folded: headlines and lead lines in the channel, all else of the stories in its thread.

Nothing is left out, nor said twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.slack.pieces import Dress, Look, Piece, Run


@dataclass(frozen=True, slots=True)
class Folded:
    """What is said in the channel, and below it in the thread, one reply a story."""

    main: tuple[Piece, ...]
    replies: tuple[tuple[Piece, ...], ...] = ()


def fold(pieces: Sequence[Piece]) -> Folded:
    """Return the pieces of a digest folded; the small print of a story goes with its other lines.

    The lead line of a story is its first, below its headline. A story with no other line stays
    whole in the channel.
    """
    main: list[Piece] = []
    replies: list[tuple[Piece, ...]] = []
    for part in _parts(pieces):
        if not part[0].story:
            main += part
            continue
        # Alone below its headline it needs no dot of a list.
        main += (part[0], *(replace(lead, look=Look.LINE) for lead in part[1:2]))
        rest = part[2:]
        if all(piece.small for piece in rest):
            main += rest
            continue
        number = Piece((Run(part[0].story, Dress(bold=True)),))
        replies.append((number, *rest))
    return Folded(tuple(main), tuple(replies))


def _parts(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Yield each story, from its headline to its small print, and what stands between them."""
    part: list[Piece] = []
    for piece in pieces:
        if part and (piece.leads or piece.story != part[0].story):
            yield part
            part = []
        part.append(piece)
    if part:
        yield part
