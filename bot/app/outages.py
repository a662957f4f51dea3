"""Tells the operator once when a source fails, falls silent or ends, and once when it is back."""

import json
import logging
from collections.abc import Awaitable, Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app.outbox import Tell
from bot.app.ports import Clock, Healths
from bot.app.telling import Marks, said
from bot.core.errors import StoreError
from bot.core.health import Health, Standing
from bot.core.outage_words import Change, outage_words
from bot.core.wording import Words

#: What the operator was told is remembered under this name: each source that is not well, how it
#: stands, and when that was told.
_MARK = "outages"

#: A feed is told as failing from so many failed looks on, or after so long: a hiccup is no news.
TRIES, LONG = 3, timedelta(hours=1)
#: Changes of so much time are told together; longer while many sources are known to fail, for
#: those that follow them, or come back, need nobody at once.
TOGETHER, CALM, MANY = timedelta(minutes=1), timedelta(minutes=15), 10

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    """How a source stands as far as the operator was told, and when they were."""

    standing: Standing
    #: None where only the log has it.
    at: datetime | None


class Outages:
    """Knows of which sources the operator was told; nothing it does raises."""

    def __init__(
        self,
        *,
        marks: Marks,
        tell: Tell,
        reaches: Callable[[], Awaitable[bool]],
        clock: Clock,
        words: Words,
    ) -> None:
        """Remember it by these marks, so that it is told once over a restart, too.

        What is told ``reaches`` the operator, or only the log; that may raise ``StoreError``.
        """
        self._marks = marks
        self._tell = tell
        self._reaches = reaches
        self._clock = clock
        self._words = words
        self._kept: dict[str, _Known] | None = None
        # Changes of feeds that are not told yet, and since when the first of them waits.
        self._waiting: dict[str, Health] = {}
        self._first: datetime | None = None

    async def note(self, health: Health) -> None:
        """Note a change of the source: of a folder it is told at once, of a feed by ``due``."""
        known = await self._known()
        before = known[health.source].standing if health.source in known else Standing.OK
        if _after(health, before, self._clock.now()) is before:
            self._waiting.pop(health.source, None)
        elif health.is_watched:
            await self._say([Change(health, before)], sources=0, known=known)
        else:
            self._first = self._first if self._waiting else self._clock.now()
            self._waiting[health.source] = health

    async def due(self, healths: Sequence[Health]) -> None:
        """Tell what has changed, once it has waited for others; these are all sources there are.

        Where most of them fail, all that do are told, for they will not be long in coming.
        """
        if not self._waiting or self._first is None:
            return
        known = await self._known()
        there = [known[one.source].standing for one in healths if one.source in known]
        wait = CALM if there.count(Standing.FAILING) > MANY else TOGETHER
        if abs(self._clock.now() - self._first) < wait:
            return
        changed = self._waiting | _of_a_great_outage(healths, self._waiting, known)
        self._waiting = {}
        changes = [
            Change(health, known[name].standing if name in known else Standing.OK)
            for name, health in sorted(changed.items())
        ]
        await self._say(changes, sources=len(healths), known=known)

    @property
    def waits(self) -> bool:
        """Say whether there is something to tell."""
        return bool(self._waiting)

    async def told(self, healths: Sequence[Health]) -> datetime | None:
        """Return when the operator was told of the last of those that fail.

        None where one of them was not told, or only of an earlier outage.
        """
        known = await self._known()
        moments = []
        for health in healths:
            if health.failing is not None:
                at = known[health.source].at if health.source in known else None
                if at is None or (health.since is not None and at < health.since):
                    return None
                moments.append(at)
        return max(moments, default=None)

    async def _say(
        self, changes: Sequence[Change], *, sources: int, known: dict[str, _Known]
    ) -> None:
        sentence = outage_words(changes, sources=sources, words=self._words)
        await self._tell.tell(sentence)
        at = await self._when(sentence)
        for change in changes:
            name, standing = change.health.source, change.health.standing
            if standing in {Standing.OK, Standing.QUIET}:
                known.pop(name, None)
            else:
                known[name] = _Known(standing, at)
        await self._keep(known)

    async def _when(self, sentence: str) -> datetime | None:
        """Return when the operator was told so; None where only the log has it."""
        try:
            if not await self._reaches():
                return None
            before = await said(self._marks, now=self._clock.now())
        except StoreError:
            return None
        return next((one.at for one in before if one.sentence == sentence), None)

    async def _known(self) -> dict[str, _Known]:
        if self._kept is None:
            try:
                self._kept = _read(await self._marks.of(_MARK))
            except StoreError:
                # Not known yet: it is looked up again the next time.
                return {}
        return self._kept

    async def _keep(self, known: dict[str, _Known]) -> None:
        self._kept = known
        kept = {
            source: [one.standing.value, one.at and one.at.isoformat()]
            for source, one in known.items()
        }
        try:
            await self._marks.put(_MARK, json.dumps(kept))
        except StoreError as error:
            log.warning("After a restart the operator may be told so again. %s", error)


@dataclass(slots=True)
class ToldHealths:
    """Notes healths as others do, and tells the operator of what has changed."""

    noted: Healths
    outages: Outages
    #: The names of the sources that are read; None for all that were ever noted.
    read: Container[str] | None = None
    _begun: bool = False

    async def note(self, *healths: Health) -> None:
        """Tell what has changed, and store how the sources fared; raises ``StoreError``."""
        for health in healths:
            await self.outages.note(health)
        await self.noted.note(*healths)

    async def all(self) -> Sequence[Health]:
        """Return every source's health by name."""
        return await self.noted.all()

    async def due(self) -> None:
        """Tell what has waited long enough; never raises."""
        if self._begun and not self.outages.waits:
            return
        try:
            noted = await self.noted.all()
        except StoreError:
            # Told by whoever cannot note, and tried again at the next ring.
            return
        healths = [one for one in noted if self.read is None or one.source in self.read]
        if not self._begun:
            # An ended feed is looked at no more: what was not told of it then is told now.
            self._begun = True
            for health in healths:
                if not health.is_watched:
                    await self.outages.note(health)
        await self.outages.due(healths)


def _after(health: Health, before: Standing, now: datetime) -> Standing:
    """Return how the source stands as the operator should know it, who knows how it stood."""
    match health.standing:
        case Standing.OK | Standing.QUIET:
            return Standing.OK
        case Standing.FAILING if not (health.is_watched or _is_lasting(health, now)):
            return before
        case _:
            return health.standing


def _is_lasting(health: Health, now: datetime) -> bool:
    long = health.since is not None and now - health.since >= LONG
    return health.tries >= TRIES or long


def _of_a_great_outage(
    healths: Sequence[Health], waiting: dict[str, Health], known: dict[str, _Known]
) -> dict[str, Health]:
    """Return the sources that fail and were not told, where one is to be told and most fail."""
    failing = {one.source: one for one in healths if one.standing is Standing.FAILING}
    if waiting.keys().isdisjoint(failing) or 2 * len(failing) <= len(healths):
        return {}
    return {
        name: one
        for name, one in failing.items()
        if name not in known or known[name].standing is not Standing.FAILING
    }


def _read(kept: str | None) -> dict[str, _Known]:
    try:
        known = {} if kept is None else json.loads(kept)
        return {source: _of(one) for source, one in known.items()}
    except (ValueError, TypeError, AttributeError):
        # Not worth stopping for: the operator may be told twice.
        return {}


def _of(kept: object) -> _Known:
    """Return what is known of a source; what an earlier version kept is the moment alone."""
    standing, at = kept if isinstance(kept, list) else (Standing.FAILING.value, kept)
    return _Known(Standing(standing), None if at is None else datetime.fromisoformat(str(at)))
