"""Whether the bot can do its work just now, part by part."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from bot.core.errors import BriefbotError

#: Looks at one part and returns what is wrong with it; empty when it is well.
Look = Callable[[], Awaitable[str]]

#: So many seconds may a part take to answer.
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """What must be well for the bot to do its work, by the names of the parts."""

    looks: Mapping[str, Look]
    patience: float = PATIENCE

    async def __call__(self) -> tuple[str, ...]:
        """Return a sentence for each part that is not well, all looked at together."""
        said = await asyncio.gather(*map(self._look, self.looks.values()))
        return tuple(
            f"{name}: {trouble}" for name, trouble in zip(self.looks, said, strict=True) if trouble
        )

    async def _look(self, look: Look) -> str:
        try:
            async with asyncio.timeout(self.patience):
                return await look()
        except TimeoutError:
            return f"no answer in {self.patience:g} s"
        except BriefbotError as error:
            return str(error)


def answers(ask: Callable[[], Awaitable[object]]) -> Look:
    """Return the look that finds a part well when it answers that question at all."""

    async def look() -> str:
        await ask()
        return ""

    return look


def holds(claim: Callable[[], bool], otherwise: str) -> Look:
    """Return the look that finds a part well while the claim is true, and else says that."""

    async def look() -> str:
        return "" if claim() else otherwise

    return look


class Hindrance:
    """Remembers what went wrong with something until it went well again; it is a ``Look``."""

    def __init__(self) -> None:
        """Take it to be well until it was tried."""
        self._said = ""

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Remember whether what is tried inside goes well; what it raises goes on."""
        try:
            yield
        except BriefbotError as error:
            self._said = str(error)
            raise
        self._said = ""

    async def __call__(self) -> str:
        """Return what went wrong the last time."""
        return self._said


class Pulse:
    """Remembers when something last went well that should go well again and again."""

    def __init__(self, steady: Callable[[], float], *, within: float) -> None:
        """Expect a beat every so many seconds, the first as many after this moment.

        The clock is one that nobody puts back.
        """
        self._steady = steady
        self._within = within
        self._last = steady()

    def beat(self) -> None:
        """Note that it goes well at this moment."""
        self._last = self._steady()

    async def __call__(self) -> str:
        """Return how long nothing went well, where that is too long; it is a ``Look``."""
        age = self._steady() - self._last
        return "" if age <= self._within else f"did nothing for {age:.0f} s"
