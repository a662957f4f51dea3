"""Keeps the works of a queue in memory, for what can be put anew from what is stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from bot.app.queue import Kept
from bot.core.delivery import Work


class Works:
    """The works of a queue, gone with the process. No method raises."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[int, Work] = {}
        self._keys: set[str] = set()
        self._numbers = count(1)

    async def put(self, works: Sequence[Work]) -> Sequence[Kept]:
        """Keep the works whose key does not wait yet, and return those."""
        added = []
        for work in works:
            if work.key not in self._keys:
                self._keys.add(work.key)
                kept = Kept(id=next(self._numbers), work=work)
                self._kept[kept.id] = work
                added.append(kept)
        return added

    async def all(self) -> Sequence[Kept]:
        """Return all that is kept, in the order it was put."""
        return [Kept(id=number, work=work) for number, work in self._kept.items()]

    async def done(self, id: int) -> None:
        """Forget a work."""
        self._keys.discard(self._kept.pop(id).key)

    async def again(self, id: int, at: datetime) -> None:
        """Keep the work for that moment."""
        self._kept[id] = replace(self._kept[id], not_before=at)
