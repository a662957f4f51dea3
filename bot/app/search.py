"""Looks through the whole archive."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC

from bot.app.ports import Archive, Clock, Search
from bot.core.found import Results
from bot.core.gazetteer import Gazetteer
from bot.core.hit import Hit, hit
from bot.core.search import PAGE, Query, query
from bot.core.search_verb import SearchFor
from bot.core.values import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Searches:
    """Finds articles. Raises ``StoreError`` when the archive fails."""

    search: Search
    archive: Archive
    clock: Clock
    #: Whose names are known in several spellings; nobody's, unless it is given.
    gazetteer: Gazetteer = field(default_factory=Gazetteer)

    async def results(self, asked: SearchFor) -> Results:
        """Return the page that was asked for, with the best sentence of each article on it."""
        sought = query(asked.query.typed, self.gazetteer)
        matches = await self.search.find(
            sought,
            today=self.clock.now().astimezone(UTC).date(),
            limit=PAGE,
            skip=PAGE * (asked.page - 1),
        )
        return Results(
            asked=asked,
            found=matches.found,
            searched=matches.found or await self.archive.count(),
            hits=await asyncio.to_thread(_hits, matches.articles, sought),
        )


def _hits(articles: Sequence[Article], sought: Query) -> tuple[Hit, ...]:
    return tuple(hit(article, sought) for article in articles)
