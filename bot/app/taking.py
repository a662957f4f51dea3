"""What is known of one reading of a source while it goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.app.ports import Found
from bot.core.faults import Reading
from bot.core.health import Fault, Health, Reason
from bot.core.newest import newest_of
from bot.core.values import Published


@dataclass(slots=True)
class Taking:
    """A reading of a source, as far as it has gone."""

    source: str
    now: datetime
    previous: Health | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    newest: Published | None = None
    failing: Fault | None = None
    faults: list[Fault] = field(default_factory=list)
    trouble: str = ""

    @property
    def is_first(self) -> bool:
        """Say whether the source was never read to its end: what it has then is an import."""
        if self.previous is None:
            return True
        return self.previous.failing is not None and not self.known

    def count(self, found: Found) -> None:
        """Count an article that was stored."""
        if found.article.id in self.known:
            self.changed += 1
        else:
            self.new += 1
        self.newest = newest_of(self.newest, found.article.published, now=self.now)

    def articles(self) -> int:
        """Return how many articles of the source the archive holds."""
        there = self.held if self.failing is None else self.held | self.known.keys()
        kept_out = {fault.name for fault in self.faults if fault.reason is Reason.NOT_STORED}
        return len(there - (kept_out - self.known.keys()))

    def health(self) -> Health:
        """Return how the source is, as far as it was read."""
        previous = None if self.previous is None else self.previous.newest
        return Health(
            source=self.source,
            failing=self.failing,
            checked=self.now,
            articles=self.articles(),
            newest=newest_of(previous, self.newest, now=self.now),
            faults=tuple(self.faults),
            since=self.since(),
        )

    def since(self) -> datetime | None:
        """Return since when the source is failing, as far as anybody looked."""
        if self.failing is None:
            return None
        if self.previous is None or self.previous.failing is None:
            return self.now
        return self.previous.since or self.previous.checked

    def reading(self) -> Reading:
        """Return what the reading brought so far."""
        return Reading(
            source=self.source,
            new=self.new,
            changed=self.changed,
            withdrawn=self.withdrawn,
            articles=self.articles(),
            failing=self.failing,
            faults=tuple(self.faults),
            trouble=self.trouble,
        )
