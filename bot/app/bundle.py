"""Small things that are asked for at the same time, done together: one way there and back."""

import asyncio
from asyncio import Future
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bundle(Generic[K, V]):
    """Answers what is asked, one bundle after another; what waits meanwhile is the next one."""

    def __init__(self, find: Callable[[Sequence[K]], Awaitable[Sequence[V]]], *, most: int) -> None:
        """Let ``find`` answer so many at once at most, in their order."""
        self._find = find
        self._most = most
        self._waiting: deque[tuple[K, Future[V]]] = deque()
        self._work: asyncio.Task[None] | None = None

    async def ask(self, one: K) -> V:
        """Return the answer; raises what ``find`` raises."""
        answer: Future[V] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, answer))
        if self._work is None:
            self._work = asyncio.create_task(self._answer_all(), name="a bundle")
        return await answer

    async def aclose(self) -> None:
        """End what is under way; nobody who waits is answered."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait([self._work])

    async def _answer_all(self) -> None:
        asked: Sequence[tuple[K, Future[V]]] = ()
        try:
            while self._waiting:
                asked = self._next()
                if asked:
                    await self._answer(asked)
        finally:
            self._work = None
            # Where this ends before its time, nobody waits for ever.
            for _, answer in (*asked, *self._waiting):
                answer.cancel()
            self._waiting.clear()

    def _next(self) -> Sequence[tuple[K, Future[V]]]:
        """Return those who are next, without those who gave up."""
        count = min(self._most, len(self._waiting))
        some = [self._waiting.popleft() for _ in range(count)]
        return [(one, answer) for one, answer in some if not answer.done()]

    async def _answer(self, asked: Sequence[tuple[K, Future[V]]]) -> None:
        finding = self._find([one for one, _ in asked])
        (found,) = await asyncio.gather(finding, return_exceptions=True)
        for place, (_, answer) in enumerate(asked):
            if answer.done():
                continue
            if isinstance(found, BaseException):
                answer.set_exception(found)
            else:
                answer.set_result(found[place])
