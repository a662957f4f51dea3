"""Pieces of a page put into messages, cut between sentences or words where they must be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.core.parting import parting
from bot.slack.blocks import Block, begins, cost
from bot.slack.measure import fitting, size, written
from bot.slack.pieces import Piece, Run, trimmed

#: Characters of all blocks of a message as JSON. Slack documents no such limit; it refuses what is
#: longer than some 13,200 characters, its own frame around the words included.
LONGEST = 12_000
#: Blocks of a message (Block Kit, blocks), without the one for a "(2/3)".
MOST_BLOCKS = 49
#: Characters kept for that.
_ROOM_FOR_NUMBER = 120
#: A piece is cut to fill a message only where so many characters of it fit there.
_WORTH = 1000


@dataclass
class Draft:
    """What is in a message so far, and what else it can hold."""

    pieces: list[Piece] = field(default_factory=list)
    #: Rows of buttons, below the words.
    actions: list[Block] = field(default_factory=list)
    room: int = LONGEST - _ROOM_FOR_NUMBER
    blocks: int = MOST_BLOCKS

    def holds(self, piece: Piece) -> bool:
        """Say whether the piece fits."""
        return cost(piece) <= self.room and self._begun(piece) <= self.blocks

    def add(self, piece: Piece) -> None:
        """Add the piece at the end."""
        self.room -= cost(piece)
        self.blocks -= self._begun(piece)
        self.pieces.append(piece)

    def _begun(self, piece: Piece) -> int:
        return int(begins(piece, self.pieces[-1] if self.pieces else None))

    def press(self, row: Block) -> bool:
        """Add a row of buttons below the words; returns whether it fits."""
        length = size(row) + 1
        if length > self.room or not self.blocks:
            return False
        self.room -= length
        self.blocks -= 1
        self.actions.append(row)
        return True

    def beginning(self, piece: Piece) -> Piece | None:
        """Return as much of a piece as fits, or None where that is not worth a cut."""
        if self.pieces and (self.room < _WORTH or self._begun(piece) > self.blocks):
            return None
        length, room = 0, self.room - cost(replace(piece, runs=()))
        for run in piece.runs:
            room -= cost(replace(piece, runs=(replace(run, text=""),))) - _EMPTY
            fits = fitting(run.text, room, written)
            room -= written(run.text[:fits])
            # Where one did not fit there is no room for the frame of the next one either.
            length += fits
        end = parting(piece.text, length)
        runs = _until(piece.runs, end)
        return replace(piece, runs=runs) if runs else None


#: What a piece takes that has no words.
_EMPTY = cost(Piece(())) - 1


def drafts(pieces: Iterable[Piece], actions: Iterable[Block] = ()) -> Iterator[Draft]:
    """Yield the messages; all pieces are there, in order, and all rows of buttons below them."""
    draft = Draft()
    for whole in pieces:
        piece = whole
        while not draft.holds(piece):
            if not Draft().holds(piece):
                piece = _in_words(piece)
            beginning = None if Draft().holds(piece) else draft.beginning(piece)
            if beginning is None:
                led = _leading(draft.pieces)
                del draft.pieces[len(draft.pieces) - len(led) :]
                yield draft
                draft = _begun(led)
                continue
            draft.add(beginning)
            yield draft
            draft = Draft()
            piece = replace(piece, runs=_behind(piece, beginning), apart=False)
        draft.add(piece)
    for row in actions:
        if not draft.press(row):
            yield draft
            draft = Draft()
            draft.press(row)
    if draft.pieces or draft.actions:
        yield draft


def _in_words(piece: Piece) -> Piece:
    """Return the piece with its moments as words: half of one would still be shown whole."""
    runs = tuple(replace(run, dress=replace(run.dress, unix=None)) for run in piece.runs)
    return replace(piece, runs=runs)


def _begun(led: Sequence[Piece]) -> Draft:
    """Return a message that begins with the pieces."""
    draft = Draft()
    for piece in led:
        draft.add(piece)
    return draft


def _leading(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the headings at the end, which go with what follows; none if there is nothing else."""
    start = len(pieces)
    while start and pieces[start - 1].leads:
        start -= 1
    return list(pieces[start:]) if start else ()


def _until(runs: Sequence[Run], end: int) -> tuple[Run, ...]:
    kept, position = [], 0
    for run in runs:
        kept.append(replace(run, text=run.text[: max(0, end - position)]))
        position += len(run.text)
    return trimmed(kept)


def _behind(piece: Piece, beginning: Piece) -> tuple[Run, ...]:
    """Return the runs of a piece that its beginning leaves."""
    rest, left = [], len(beginning.text)
    for run in piece.runs:
        rest.append(replace(run, text=run.text[left:]))
        left -= min(left, len(run.text))
    return trimmed(rest)
