"""What was heard before a stop and never done: it is done after the next start."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

from bot.app.crowd import Steps
from bot.app.hands import Hands

#: Who has asked waits no longer for an answer; nor does Slack take one for that person alone.
WAITED = timedelta(minutes=30)
#: It is begun again after so many starts at most: it may be what ended the bot.
TRIES = 3
#: What may be that waits so many seconds for the others that may be, and no longer.
ALONE = 10.0

log = logging.getLogger(__name__)

Said = TypeVar("Said")


class Left(Protocol):
    """What was heard before this start and never done."""

    @property
    def body(self) -> str:
        """Return it as it was written down."""
        ...

    @property
    def age(self) -> timedelta:
        """Return how long ago it was heard, as of this start."""
        ...

    @property
    def tries(self) -> int:
        """Return after how many starts before this one it was begun again."""
        ...


class HeardBefore(Protocol):
    """Remembers what was heard."""

    async def load(self) -> None:
        """Recall what was heard before this start. Never raises."""
        ...

    @property
    def left(self) -> Mapping[str, Left]:
        """Return what was heard before this start and never done, by its key."""
        ...

    def first(self, key: str, body: str = "") -> bool:
        """Say whether that is heard for the first time; what has a body is to be done for sure."""
        ...

    async def stored(self, key: str, *, patience: float) -> bool:
        """Wait until what was heard under that key is stored, or could not be.

        False where the oldest that is not stored has waited for ``patience`` seconds.
        """
        ...

    async def tried(self, key: str) -> bool:
        """Count one more start after which it is begun; say whether that is stored."""
        ...

    def done(self, key: str) -> None:
        """Note that it was done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Generic[Said]):
    """Hands over what was left."""

    before: HeardBefore
    #: Returns what was written down; None where that says nothing any more.
    read: Callable[[str], Said | None]
    #: Hands something over, with what is noted of it while it is worked on.
    hand: Callable[[Said, Steps], Awaitable[None]]
    #: Says whether somebody waits for its answer.
    asks: Callable[[Said], bool]
    #: What it is worked on with.
    hands: Hands
    alone: float = ALONE
    _one: asyncio.Lock = field(init=False, default_factory=asyncio.Lock)

    async def resume(self) -> None:
        """Hand over all of it, the oldest first.

        Each try is stored as its own work begins: so nothing ends the bot at each start. What was
        under way at a stop before may be what ended the bot, so that is worked on one thing at a
        time for some seconds: few are let go for what another did. What was tried often enough is
        let go, and so is what nobody waits for any more.
        """
        past = 0
        for key, left in self.before.left.items():
            said = self._read(key, left)
            if said is not None and left.age >= WAITED and self.asks(said):
                past += 1
                said = None
            if said is None:
                self.before.done(key)
            else:
                await self._over(key, said, suspected=left.tries > 0)
        if past:
            log.warning("Of what was asked more than half an hour ago, %s are let go.", past)

    def _read(self, key: str, left: Left) -> Said | None:
        """Return what was heard; None where it is to be let go, which the log says."""
        if left.tries >= TRIES:
            log.warning("What was heard as %s was begun often enough; it is let go.", key)
            return None
        try:
            said = self.read(left.body)
        except Exception:
            # A row can hold anything: another version wrote it, or somebody changed it by hand.
            log.exception("What was heard as %s cannot be read; it is let go.", key)
            return None
        if said is None:
            log.warning("What was heard as %s says nothing any more; it is let go.", key)
        return said

    async def _over(self, key: str, said: Said, *, suspected: bool) -> None:
        steps = Steps(
            done=partial(self.before.done, key),
            turn=partial(self._turn, key, suspected=suspected),
        )
        try:
            await self.hand(said, steps)
        except Exception:
            # It must not keep the others, nor what is heard from now on, from being heard.
            log.exception("What was heard as %s could not be handed over.", key)

    @asynccontextmanager
    async def _turn(self, key: str, *, suspected: bool) -> AsyncIterator[bool]:
        async with AsyncExitStack() as stack:
            if suspected:
                await self._alone(stack)
            yield await self.before.tried(key)

    async def _alone(self, stack: AsyncExitStack) -> None:
        """Wait until nothing else is under way that may have ended the bot, but not for ever."""
        if not self._one.locked():
            await stack.enter_async_context(self._one)
            return
        with suppress(TimeoutError):
            async with self.hands.let_go(), asyncio.timeout(self.alone):
                await stack.enter_async_context(self._one)
