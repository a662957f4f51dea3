"""Digests that one person alone was shown, so that all can be shown the same."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.app.ports import Edition
from bot.core.page import Page
from bot.core.subscription import Destination

#: So many are remembered: who shows one does so within minutes.
MOST = 100


@dataclass(frozen=True, slots=True)
class PrivateDigests:
    """Remembers the latest, as long as the bot runs."""

    most: int = MOST
    _kept: dict[tuple[str, datetime], tuple[Page, Edition]] = field(default_factory=dict)

    def keep(self, page: Page, edition: Edition) -> None:
        """Remember the digest that one person was shown."""
        self._kept[edition.destination, edition.made] = page, replace(edition, private=False)
        if len(self._kept) > self.most:
            del self._kept[next(iter(self._kept))]

    def of(self, chat: Destination, made: datetime) -> tuple[Page, Edition] | None:
        """Return the digest of that moment, as all are shown it; None for one that is forgotten."""
        return self._kept.get((str(chat), made))
