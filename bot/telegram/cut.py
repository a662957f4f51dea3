"""Pieces of a page put into messages, cut between sentences or words where they must be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.core.parting import parting
from bot.telegram.pieces import Piece, Run, trimmed

#: Characters of a message, counted as code points once its HTML is read (Bot API, sendMessage).
LONGEST = 4096
#: Entities of a message; those beyond 100 are dropped without a word.
MOST_ENTITIES = 99
#: Bytes of a message with its HTML; the server cuts what is beyond 35,000 before it reads it.
MOST_BYTES = 34_000
#: Characters kept for the "(2/3)" at the end of a message that is not alone.
ROOM_FOR_NUMBER = 12
#: A block is cut to fill a message only where so many characters of it fit there.
_WORTH = 500

#: Behind a word these call nobody, at the beginning of a message they would.
_CALLING = "@/"


@dataclass
class _Message:
    """What is in a message so far, and what else it can hold."""

    pieces: list[Piece] = field(default_factory=list)
    characters: int = LONGEST - ROOM_FOR_NUMBER
    entities: int = MOST_ENTITIES
    bytes: int = MOST_BYTES

    def holds(self, piece: Piece) -> bool:
        """Say whether the piece fits."""
        return (
            piece.length + self._gap(piece) <= self.characters
            and piece.entities <= self.entities
            and piece.bytes + 2 <= self.bytes
        )

    def add(self, piece: Piece) -> None:
        """Add the piece at the end."""
        self.characters -= piece.length + self._gap(piece)
        self.entities -= piece.entities
        self.bytes -= piece.bytes + 2
        self.pieces.append(piece)

    def _gap(self, piece: Piece) -> int:
        return (2 if piece.apart else 1) if self.pieces else 0

    def beginning(self, piece: Piece) -> Piece | None:
        """Return as much of a piece as fits, or None where that is not worth a cut."""
        room = self.characters - self._gap(piece)
        if self.pieces and room < _WORTH:
            return None
        entities, size, length = self.entities - piece.quoted, self.bytes - 100, 0
        for run in piece.runs:
            part = run.text[: room - length]
            entities -= run.dress.entities
            size -= len(replace(run, text=part).html.encode())
            if entities < 0 or size < 0 or not part:
                break
            length += len(part)
        text = "".join(run.text for run in piece.runs)
        end = parting(text, length, beginning=_CALLING)
        return replace(piece, runs=_until(piece.runs, end)) if end else None


def messages(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces of each message; all of them are there, in order."""
    message = _Message()
    for whole in pieces:
        piece = whole
        while not message.holds(piece):
            beginning = None if _Message().holds(piece) else message.beginning(piece)
            if beginning is None:
                led = _leading(message.pieces)
                yield tuple(message.pieces[: len(message.pieces) - len(led)])
                message = _Message()
                for one in led:
                    message.add(one)
                continue
            message.add(beginning)
            yield tuple(message.pieces)
            message = _Message()
            piece = replace(piece, runs=_behind(piece, beginning), apart=False)
        message.add(piece)
    if message.pieces:
        yield tuple(message.pieces)


def _leading(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the headings at the end, which go with what follows; none if there is nothing else."""
    start = len(pieces)
    while start and pieces[start - 1].leads:
        start -= 1
    return pieces[start:] if start else ()


def _until(runs: Sequence[Run], end: int) -> tuple[Run, ...]:
    kept, position = [], 0
    for run in runs:
        kept.append(replace(run, text=run.text[: max(0, end - position)]))
        position += len(run.text)
    return trimmed(kept)


def _behind(piece: Piece, beginning: Piece) -> tuple[Run, ...]:
    """Return the runs of a piece that its beginning leaves."""
    rest, left = [], beginning.length
    for run in piece.runs:
        rest.append(replace(run, text=run.text[left:]))
        left -= min(left, len(run.text))
    return trimmed(rest)
