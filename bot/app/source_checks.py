"""Feeds asked for all they have, to see what they answer; nothing of it is kept."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.app.feed import Brought, FeedMemory, Feeds, FeedSetting, Unchanged
from bot.core.errors import FeedError
from bot.core.health import Fault

#: So many feeds are asked at once; the client keeps each host to one at a time.
AT_ONCE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a feed answered just now."""

    setting: FeedSetting
    answer: Brought | Unchanged | None
    #: Why there is no answer, or what is wrong with it.
    faults: tuple[Fault, ...]
    #: How long it took.
    seconds: float

    @property
    def fails(self) -> bool:
        """Say whether it could not be read."""
        return self.answer is None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChecks:
    """Asks feeds."""

    feeds: Feeds
    #: Tells seconds that nobody puts back.
    steady: Callable[[], float]

    async def __call__(
        self, settings: Sequence[FeedSetting], tell: Callable[[Checked], None]
    ) -> tuple[Checked, ...]:
        """Return what each feed answers, in that order; tell each as it answers."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(setting: FeedSetting) -> Checked:
            async with turn:
                checked = await self._asked(setting)
            tell(checked)
            return checked

        return tuple(await asyncio.gather(*map(one, settings)))

    async def _asked(self, setting: FeedSetting) -> Checked:
        begun = self.steady()
        answer: Brought | Unchanged | None = None
        faults: tuple[Fault, ...] = ()
        try:
            memory = FeedMemory(source=setting.name, address=setting.address)
            answer = await self.feeds.look(setting, memory)
        except FeedError as error:
            faults = (error.fault,)
        if isinstance(answer, Brought):
            faults = answer.faults
        seconds = self.steady() - begun
        return Checked(setting=setting, answer=answer, faults=faults, seconds=seconds)
