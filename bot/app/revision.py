"""Counts the changes of the archive, so that what was made of it is known to be out of date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app.ports import Found, Intake

#: A clock that was ahead by more than this, and was set back, is not followed.
_AHEAD = timedelta(days=2)


@dataclass(slots=True)
class Revision:
    """What those who take articles in and those who make digests of them tell each other."""

    #: Goes up with each change of the archive, and of what is wrong with a source.
    number: int = 0
    #: The latest moment of which a digest was made.
    looked: datetime | None = None

    def look(self, now: datetime) -> None:
        """Note that digests are made of the archive as it is now."""
        self.looked = now if self.looked is None else max(self.looked, now)

    def sighting(self, now: datetime) -> datetime:
        """Return when an article that is stored now is first seen.

        After a clock was set back that is no earlier than the digests made before, for the next
        ones hold what was first seen after those.
        """
        if self.looked is None or self.looked - now > _AHEAD:
            return now
        return max(self.looked, now)


@dataclass(frozen=True, slots=True)
class CountedIntake:
    """Takes articles in as another intake does, and counts the changes it makes.

    What another process stores in the same archive is not counted.
    """

    intake: Intake
    revision: Revision = field(default_factory=Revision)

    async def known(self, source: str) -> Mapping[str, str]:
        """Return what the intake knows of the source."""
        return await self.intake.known(source)

    async def save(self, found: Sequence[Found], *, now: datetime, imported: bool) -> None:
        """Store the articles, which is a change."""
        await self.intake.save(found, now=self.revision.sighting(now), imported=imported)
        self.revision.number += 1

    async def seen(self, source: str, ids: frozenset[str], *, now: datetime) -> int:
        """Note what the source still holds, which is a change where something is withdrawn."""
        withdrawn = await self.intake.seen(source, ids, now=now)
        self.revision.number += withdrawn > 0
        return withdrawn

    async def prune(self, before: datetime) -> int:
        """Delete old articles, which is a change where there are any."""
        deleted = await self.intake.prune(before)
        self.revision.number += deleted > 0
        return deleted
