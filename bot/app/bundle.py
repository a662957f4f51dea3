"""Small things that are asked for at the same time, done together: one way there and back."""

import asyncio
from asyncio import Future
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Generic, ParamSpec, TypeVar, cast

K = TypeVar("K")
V = TypeVar("V")
P = ParamSpec("P")

#: So many pieces of work of some milliseconds are done before the first of them hears of it.
_PIECES = 16


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


class Pieces:
    """Does small pieces of work in a thread, one after another.

    More at once would be no faster, for threads share the interpreter; but answers would wait.
    """

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._bundle = Bundle(_done, most=_PIECES)

    async def do(self, work: Callable[P, V], *args: P.args, **kwargs: P.kwargs) -> V:
        """Return what the work returns, once its turn has come; raises what it raises."""
        piece = await self._bundle.ask(_Piece(partial(work, *args, **kwargs)))
        if piece.error is not None:
            raise piece.error
        return cast("V", piece.result)


class _Piece:
    """A work; as a context it keeps what the work raises."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work = work
        self.result: object = None
        self.error: BaseException | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.error = error
        return error is not None


async def _done(pieces: Sequence[_Piece]) -> Sequence[_Piece]:
    """Do the works, and return them."""

    def do() -> None:
        for piece in pieces:
            with piece:
                piece.result = piece.work()

    await asyncio.to_thread(do)
    return pieces
