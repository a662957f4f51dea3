"""A queue of works, what does them, and where one in this process keeps them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.delivery import Work


@dataclass(frozen=True, slots=True)
class Done:
    """The work is done."""


@dataclass(frozen=True, slots=True)
class Again:
    """The work is not done; it is to be tried again at that moment, and holds its line.

    Having begun, it stays the first of its line until it is done, whatever is put meanwhile.
    """

    at: datetime
    #: What its line is called from now on, if that has changed: all that waits in it goes along.
    #: Who changes it has renamed it among the works that are kept, too.
    line: str | None = None


#: Does a work, given its args. What it raises is logged, and the work tried again later.
Handler = Callable[[tuple[str, ...]], Awaitable[Done | Again]]


class Queue(Protocol):
    """Keeps works until they are done, across crashes."""

    async def put(self, works: Sequence[Work]) -> None:
        """Keep the works. One whose key already waits is left out. Raises ``StoreError``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A work that a queue keeps, by its number: later ones have higher numbers."""

    id: int
    work: Work


class Works(Protocol):
    """Where a queue in this process keeps its works. Every method raises ``StoreError``."""

    async def put(self, works: Sequence[Work]) -> Sequence[Kept]:
        """Keep the works whose key does not wait yet, and return those."""
        ...

    async def all(self) -> Sequence[Kept]:
        """Return all that is kept, in the order it was put."""
        ...

    async def done(self, id: int) -> None:
        """Forget a work."""
        ...

    async def again(self, id: int, at: datetime) -> None:
        """Keep the work for that moment."""
        ...
