"""A search looks through the archive, page by page."""

import asyncio
from datetime import date, timedelta

from bot.app.search import Searches
from bot.core.found import Results
from bot.core.gazetteer import Actor, Gazetteer, Kind
from bot.core.search import query
from bot.core.search_verb import SearchFor
from tests.fakes.memory import MemoryArchive, MemorySearch
from tests.fakes.press import NOW, StandingClock, article

EMBER = Actor(name="Port Ember", kind=Kind.ORGANISATION, aliases=("Puerto Brasa",))


def results(archive: MemoryArchive, words: str, page: int = 1) -> Results:
    searches = Searches(
        search=MemorySearch(archive),
        archive=archive,
        clock=StandingClock(),
        gazetteer=Gazetteer(actors=(EMBER,)),
    )
    return asyncio.run(searches.results(SearchFor(query(words), page)))


def test_articles_are_found_with_their_best_sentence() -> None:
    archive = MemoryArchive()
    archive.add([article(0), article(1)], seen=NOW)

    made = results(archive, "insurer -school")

    (hit,) = made.hits
    assert hit.article == article(0)
    assert hit.line is not None
    assert hit.line.text == "Insurers put the damage at $12 million."
    assert (made.found, made.pages) == (1, 1)


def test_a_page_holds_ten_and_the_next_the_rest() -> None:
    archive = MemoryArchive()
    days = [date(2025, 9, 1) - timedelta(days=number) for number in range(12)]
    archive.add([article(4 * n, day=day) for n, day in enumerate(days)], seen=NOW)

    first, second, third = (results(archive, "harbour", page) for page in (1, 2, 3))

    assert [hit.article.id for hit in second.hits] == ["wire/40.txt", "wire/44.txt"]
    assert [len(made.hits) for made in (first, second, third)] == [10, 2, 0]
    assert {(made.found, made.pages) for made in (first, second, third)} == {(12, 2)}


def test_a_search_in_vain_tells_how_many_were_looked_through() -> None:
    archive = MemoryArchive()
    archive.add([article(0), article(1)], seen=NOW)

    made = results(archive, "volcano")

    assert (made.found, made.searched, made.hits, made.pages) == (0, 2, (), 0)


def test_a_known_name_is_found_by_another() -> None:
    archive = MemoryArchive()
    archive.add([article(0), article(1)], seen=NOW)

    (hit,) = results(archive, "puerto brasa").hits

    assert hit.article == article(0)
