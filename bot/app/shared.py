"""Things made once, however many ask for them at the same time."""

import asyncio
from asyncio import Lock
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, ParamSpec, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
P = ParamSpec("P")


class Aside:
    """Does heavy work in a thread, one piece after another.

    More at once would be no faster, for threads share the interpreter; but answers would wait.
    """

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._turn = Lock()

    async def do(self, work: Callable[P, V], *args: P.args, **kwargs: P.kwargs) -> V:
        """Return what the work returns, once its turn has come."""
        async with self._turn:
            return await asyncio.to_thread(work, *args, **kwargs)


@dataclass(slots=True)
class _Place(Generic[V]):
    """Where a thing will be; who makes it holds the lock, and the others wait for it."""

    lock: Lock = field(default_factory=Lock)
    #: The thing, once it is made.
    made: tuple[V] | None = None


class Shared(Generic[K, V]):
    """Things by their keys. Those asked for longest ago are let go, and made again if need be."""

    def __init__(self, *, most: int) -> None:
        """Keep at most so many."""
        self._most = most
        self._places: dict[K, _Place[V]] = {}

    async def get(self, key: K, make: Callable[[], Awaitable[V]]) -> V:
        """Return the thing of that key, made now if it is not there.

        What ``make`` raises, one who asked gets to see; the next one who waits tries again.
        """
        place = self._places.pop(key, None) or _Place[V]()
        self._places[key] = place
        if len(self._places) > self._most:
            del self._places[next(iter(self._places))]
        if place.made is not None:
            return place.made[0]
        async with place.lock:
            if place.made is None:
                place.made = (await make(),)
            return place.made[0]
