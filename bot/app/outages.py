"""Tells the operator once when a source cannot be read any more, and once when it can again."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.app.outbox import Tell
from bot.app.ports import Clock, Healths
from bot.app.telling import Marks, said
from bot.core.errors import StoreError
from bot.core.faults import failing_words
from bot.core.values import Health
from bot.core.wording import Words

#: The sources that fail are remembered under this name, each with when that was told.
_MARK = "outages"

log = logging.getLogger(__name__)


class Outages:
    """Knows of which failing sources the operator was told; nothing it does raises."""

    def __init__(self, *, marks: Marks, tell: Tell, clock: Clock, words: Words) -> None:
        """Remember it by these marks, so that it is told once over a restart, too."""
        self._marks = marks
        self._tell = tell
        self._clock = clock
        self._words = words
        self._kept: dict[str, datetime | None] | None = None

    async def note(self, health: Health) -> None:
        """Tell the operator if the source has begun to fail, or is back."""
        known = await self._known()
        if health.failing is not None and health.source not in known:
            why = failing_words(health, self._words)
            sentence = f"The source {health.source} cannot be read. {why}"
            await self._tell.tell(sentence)
            known[health.source] = await self._when(sentence)
        elif health.failing is None and health.source in known:
            await self._tell.tell(f"The source {health.source} can be read again.")
            del known[health.source]
        else:
            return
        await self._keep(known)

    async def told(self, healths: Sequence[Health]) -> datetime | None:
        """Return when the operator was told of the last of those that fail.

        None where one of them was not told, or only of an earlier outage.
        """
        known = await self._known()
        moments = []
        for health in healths:
            if health.failing is not None:
                at = known.get(health.source)
                if at is None or (health.since is not None and at < health.since):
                    return None
                moments.append(at)
        return max(moments, default=None)

    async def _when(self, sentence: str) -> datetime | None:
        """Return when the operator was told so; None where only the log has it."""
        try:
            before = await said(self._marks, now=self._clock.now())
        except StoreError:
            return None
        return next((one.at for one in before if one.sentence == sentence), None)

    async def _known(self) -> dict[str, datetime | None]:
        if self._kept is None:
            try:
                self._kept = _read(await self._marks.of(_MARK))
            except StoreError:
                # Not known yet: it is looked up again the next time.
                return {}
        return self._kept

    async def _keep(self, known: dict[str, datetime | None]) -> None:
        self._kept = known
        kept = {source: at and at.isoformat() for source, at in known.items()}
        try:
            await self._marks.put(_MARK, json.dumps(kept))
        except StoreError as error:
            log.warning("After a restart the operator may be told so again. %s", error)


@dataclass(frozen=True, slots=True)
class ToldHealths:
    """Notes healths as others do, and tells the operator first."""

    noted: Healths
    outages: Outages

    async def note(self, health: Health) -> None:
        """Tell what has changed, and store how the source fared; raises ``StoreError``."""
        await self.outages.note(health)
        await self.noted.note(health)

    async def all(self) -> Sequence[Health]:
        """Return every source's health by name."""
        return await self.noted.all()


def _read(kept: str | None) -> dict[str, datetime | None]:
    try:
        known = {} if kept is None else json.loads(kept)
        return {source: at and datetime.fromisoformat(at) for source, at in known.items()}
    except (ValueError, TypeError, AttributeError):
        # Not worth stopping for: the operator may be told twice.
        return {}
