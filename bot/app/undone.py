"""What was heard before a stop and never done: it is done after the next start."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

from bot.app.crowd import nothing

#: Who has asked waits no longer for an answer; nor does Slack take one for that person alone.
WAITED = timedelta(minutes=30)

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

    def done(self, key: str) -> None:
        """Note that it was done."""
        ...

    async def stored(self) -> None:
        """Wait until all that was heard is stored, or could not be."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Generic[Said]):
    """Hands over what was left."""

    before: HeardBefore
    #: Returns what was written down; None where that says nothing any more.
    read: Callable[[str], Said | None]
    #: Hands something over, with what is to be called once it is done.
    hand: Callable[[Said, Callable[[], None]], Awaitable[None]]
    #: Says whether somebody waits for its answer.
    asks: Callable[[Said], bool]

    async def resume(self) -> None:
        """Hand over all of it, the oldest first.

        What somebody asks is handed over once and no oftener, whatever comes of it, for it may be
        what ended the bot; and not at all once nobody waits for it.
        """
        for key, left in self.before.left.items():
            said, done = self.read(left.body), partial(self.before.done, key)
            if said is not None and not self.asks(said):
                await self.hand(said, done)
                continue
            done()
            if said is not None and left.age < WAITED:
                await self.hand(said, nothing)
