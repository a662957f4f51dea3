"""The healths of the sources, told truly even while the archive takes nothing in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.app.ports import Healths
from bot.app.revision import Revision
from bot.core.errors import StoreError
from bot.core.health import Fault, Health, Standing

#: How a source stands that digests tell of, though nothing is wrong with it.
_SILENT = frozenset({Standing.STALE, Standing.RETIRED})


@dataclass(frozen=True, slots=True)
class LatestHealths:
    """The archive's healths, and over them those that it could not note, until it can.

    A full disk keeps out the articles and, as likely, the note that it did: an answer made from
    the archive alone would call that a quiet day. A source that fails, or is back, is a change of
    the archive: what was made of it before would say the contrary of what is.
    """

    noted: Healths
    revision: Revision = field(default_factory=Revision)
    unnoted: dict[str, Health] = field(default_factory=dict)
    #: What was wrong with each source at the last note.
    wrong: dict[str, tuple[Fault | None, tuple[Fault, ...], bool]] = field(default_factory=dict)

    async def note(self, *healths: Health) -> None:
        """Store how sources fared; raises ``StoreError``, and then remembers it for this run."""
        try:
            await self.noted.note(*healths)
        except StoreError:
            self.unnoted.update((health.source, health) for health in healths)
            raise
        else:
            for health in healths:
                self.unnoted.pop(health.source, None)
        finally:
            for health in healths:
                self._count(health)

    async def all(self) -> Sequence[Health]:
        """Return every source's latest health by name."""
        known = {health.source: health for health in await self.noted.all()} | self.unnoted
        return [known[name] for name in sorted(known)]

    def _count(self, health: Health) -> None:
        silent = health.standing in _SILENT
        wrong = health.failing, health.faults, silent
        self.revision.number += self.wrong.get(health.source) != wrong
        self.wrong[health.source] = wrong
