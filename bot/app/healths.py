"""The healths of the sources, told truly even while the archive takes nothing in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.app.ports import Healths
from bot.core.errors import StoreError
from bot.core.values import Health


@dataclass(frozen=True, slots=True)
class LatestHealths:
    """The archive's healths, and over them those that it could not note, until it can.

    A full disk keeps out the articles and, as likely, the note that it did: an answer made from
    the archive alone would call that a quiet day.
    """

    noted: Healths
    unnoted: dict[str, Health] = field(default_factory=dict)

    async def note(self, health: Health) -> None:
        """Store how a source fared; raises ``StoreError``, and then remembers it for this run."""
        try:
            await self.noted.note(health)
        except StoreError:
            self.unnoted[health.source] = health
            raise
        self.unnoted.pop(health.source, None)

    async def all(self) -> Sequence[Health]:
        """Return every source's latest health by name."""
        known = {health.source: health for health in await self.noted.all()} | self.unnoted
        return [known[name] for name in sorted(known)]
