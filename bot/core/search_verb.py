"""The verb that looks through the whole archive."""

import re
from dataclasses import dataclass
from enum import Enum

from bot.core.search import MOST_PAGES, Query, query
from bot.core.verb import Usage, Verb
from bot.core.wording import later

SEARCH = Verb(
    name="search",
    summary=later("all articles there are, the best and newest first"),
    usages=(
        Usage(
            takes=later("WORDS"),
            meaning=later("the articles that have all these words, in any form"),
            example="/search trade",
        ),
        Usage(
            # Translators: stands for words between quotation marks and an unwanted word.
            takes=later('"WORDS" -WORD'),
            meaning=later("these words side by side, and not that one"),
            example='/search "high technology" -oil',
        ),
        Usage(
            # Translators: "page" is typed as it stands; N is the number of a page.
            takes=later("WORDS page N"),
            meaning=later("the next ones found, ten a page"),
            example="/search trade page 2",
        ),
    ),
)

_PAGE = re.compile(r"(?P<words>.*\S)\s+page\s+(?P<number>\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SearchFor:
    """Asks for a page, counted from 1, of the articles that a query finds."""

    query: Query
    page: int = 1

    def on(self, page: int) -> str:
        """Return what is typed to see that page."""
        # Words that end as a page does would be read as one.
        turned = page > 1 or _PAGE.fullmatch(self.query.typed) is not None
        return f"{SEARCH.slash} {self.query.typed}{f' page {page}' if turned else ''}"


class Unsearchable(Enum):
    """Why nothing can be looked for."""

    NO_WORDS = "no words"
    ONLY_UNWANTED = "only unwanted words"
    NO_SUCH_PAGE = "no such page"


def search(rest: str) -> SearchFor | Unsearchable:
    """Return what is asked for behind ``/search``, or why that cannot be looked for."""
    paged = _PAGE.fullmatch(rest)
    page = int(paged["number"]) if paged else 1
    asked = query(paged["words"] if paged else rest)
    if not asked.wanted:
        return Unsearchable.ONLY_UNWANTED if asked.unwanted else Unsearchable.NO_WORDS
    return SearchFor(asked, page) if 1 <= page <= MOST_PAGES else Unsearchable.NO_SUCH_PAGE
