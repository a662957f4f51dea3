"""Works in memory, by their lines: which of them may begin, and when the next one may."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from bot.app.queue import Kept

#: What sorts works: the higher priority goes first, then the earlier.
_Order = tuple[int, int]
_Place = tuple[bool, _Order]


@dataclass(slots=True, eq=False)
class Held:
    """A work that is kept, with what is known of it here."""

    kept: Kept
    #: It may begin from this moment on.
    at: datetime
    #: Whether it was in hand before.
    begun: bool = False
    #: How often in a row it has failed.
    failures: int = 0
    #: The last time it was offered as the first of its line, as a number.
    offer: int = 0

    @property
    def order(self) -> _Order:
        """Return what sorts the firsts of lines by who comes first."""
        return -self.kept.work.priority, self.kept.id

    @property
    def place(self) -> _Place:
        """Return what sorts the works of one line: one that has begun stays the first."""
        return not self.begun, self.order


#: A work as the first of its line; valid only while its offer is the work's last.
_Offer = tuple[datetime, _Order, int, Held]


class Lines:
    """All works that are kept. Each step takes time in the logarithm of their number.

    The first of a line is the one that has begun, or else its highest priority, then its earliest;
    only that one may begin, and none while another of the line is in hand.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[int, Held] = {}
        self._lines: dict[str, list[tuple[_Place, Held]]] = {}
        self._busy: set[str] = set()
        self._later: list[_Offer] = []
        self._ready: list[tuple[_Order, int, Held]] = []
        self._offers = 0

    def __len__(self) -> int:
        """Return how many works are kept, those in hand among them."""
        return len(self._held)

    def add(self, kept: Kept, *, now: datetime) -> None:
        """Add a work; one that is there already is left as it is."""
        if kept.id not in self._held:
            held = Held(kept, kept.work.not_before or now)
            self._held[kept.id] = held
            line = self._lines.setdefault(kept.work.line, [])
            heappush(line, (held.place, held))
            if line[0][1] is held:
                self._offer(held)

    def take(self, now: datetime) -> Held | None:
        """Return the first work that may begin now, which is in hand from then on."""
        while self._later and self._later[0][0] <= now:
            _, order, offer, held = heappop(self._later)
            heappush(self._ready, (order, offer, held))
        while self._ready:
            _, offer, held = heappop(self._ready)
            line = held.kept.work.line
            if self._stands(held, offer):
                heappop(self._lines[line])
                self._busy.add(line)
                held.begun = True
                return held
        return None

    def done(self, held: Held) -> None:
        """Forget a work that was in hand."""
        del self._held[held.kept.id]
        self._free(held.kept.work.line)

    def again(self, held: Held, at: datetime, line: str | None = None) -> None:
        """Put a work off that was in hand; its line is called ``line`` from now on, if given."""
        held.at = at
        heappush(self._lines[held.kept.work.line], (held.place, held))
        if line is not None and line != held.kept.work.line:
            self._rename(held.kept.work.line, line)
        else:
            self._free(held.kept.work.line)

    def moment(self) -> datetime | None:
        """Return when the next one may begin, besides those that may by now."""
        while self._later and not self._stands(self._later[0][3], self._later[0][2]):
            heappop(self._later)
        return self._later[0][0] if self._later else None

    def oldest(self, now: datetime) -> timedelta:
        """Return how long the one that waits longest could have begun, had it been alone."""
        return max((now - held.at for held in self._held.values()), default=timedelta())

    def shift(self, by: timedelta, *, now: datetime) -> None:
        """Move all that is put off by so much, for the clock was set."""
        for held in self._held.values():
            if held.at > now:
                held.at += by
        self._later = [(held.at, order, offer, held) for _, order, offer, held in self._later]
        heapify(self._later)

    def _free(self, line: str) -> None:
        """Offer the first that waits, if any, now that none of the line is in hand."""
        self._busy.discard(line)
        if waiting := self._lines[line]:
            self._offer(waiting[0][1])
        else:
            del self._lines[line]

    def _rename(self, line: str, new: str) -> None:
        """Let all that waits in a line, of which none is in hand any more, wait in another."""
        self._busy.discard(line)
        waiting = self._lines.setdefault(new, [])
        for place, held in self._lines.pop(line):
            held.kept = replace(held.kept, work=replace(held.kept.work, line=new))
            heappush(waiting, (place, held))
        self._offer(waiting[0][1])

    def _offer(self, held: Held) -> None:
        if held.kept.work.line not in self._busy:
            self._offers += 1
            held.offer = self._offers
            heappush(self._later, (held.at, held.order, held.offer, held))

    def _stands(self, held: Held, offer: int) -> bool:
        """Say whether the work is still what it was offered as: the first of a line at rest."""
        line = held.kept.work.line
        return held.offer == offer and line not in self._busy and self._lines[line][0][1] is held
