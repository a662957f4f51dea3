"""What is found of phrases: by the terms kept beside the index, as SQLite would find it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text, update

from bot.app.ports import Found, Matches
from bot.core.errors import StoreError
from bot.core.relevance import Extent, Weighed, relevance, worth
from bot.core.search import NEWEST, TITLE_WEIGHT, UNCOUNTED, query
from bot.core.values import Article, Published
from bot.store.database import Database, open_database
from bot.store.index import extent, unpacked
from bot.store.intake import Intake
from bot.store.search import Search
from bot.store.tables import indexed

pytestmark = pytest.mark.slow

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]
MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)
TODAY = MORNING.date()
WORDS = ("rain", "snow", "hail")
PADDING = "They met in the town hall and spoke of many things all day."


def article(
    name: str, text: str, *, title: str = "News", published: date = date(2025, 9, 1)
) -> Article:
    return Article(
        id=name, source="wire", text=text, title=title, published=Published(day=published)
    )


async def save(database: Database, made: Sequence[Article]) -> None:
    found = [Found(article=each, version=each.text) for each in made]
    await Intake(database).save(found, now=MORNING, imported=False)


async def find(database: Database, typed: str, *, limit: int = 10, skip: int = 0) -> Matches:
    return await Search(database).find(query(typed), today=TODAY, limit=limit, skip=skip)


async def ids(database: Database, typed: str) -> list[str]:
    return [found.id for found in (await find(database, typed)).articles]


def test_what_says_a_phrase_more_often_or_in_its_title_comes_first(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        made = [
            article("once", f"Red rain and rain, red. {PADDING}"),
            article("twice", f"Red rain, red rain. {PADDING}"),
            article("title", PADDING, title="Red rain"),
            article("apart", f"Rain, red. {PADDING}"),
        ]
        await save(database, made)
        assert await ids(database, '"red rain"') == ["title", "twice", "once"]

    opened(scenario)


def test_a_phrase_of_news_comes_before_one_of_old_and_of_two_alike_the_last(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        made = [
            article("much", f"Red rain, red rain. {PADDING}", published=date(2025, 6, 1)),
            article("twin 1", f"Red rain. {PADDING}"),
            article("twin 2", f"Red rain. {PADDING}"),
        ]
        await save(database, made)
        assert await ids(database, '"red rain"') == ["twin 2", "twin 1", "much"]

    opened(scenario)


def test_the_rarer_of_two_phrases_counts_more(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        made = [
            article("b common twice", f"Red rain, red rain, white snow. {PADDING}"),
            article("a rare twice", f"Red rain, white snow, white snow. {PADDING}"),
            *(article(f"red {number}", f"Red rain. {PADDING}") for number in range(3)),
            *(article(f"none {number}", PADDING) for number in range(9)),
        ]
        await save(database, made)
        assert await ids(database, '"red rain" "white snow"') == ["a rare twice", "b common twice"]

    opened(scenario)


def test_what_is_dated_ahead_of_today_counts_as_of_today(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        made = [
            article("much", f"Red rain, red rain. {PADDING}", published=date(2025, 8, 31)),
            article("little", f"Red rain. {PADDING}", published=TODAY),
        ]
        await save(database, made)
        early = date(2025, 8, 4)
        found = await Search(database).find(query('"red rain"'), today=early, limit=10, skip=0)
        assert [each.id for each in found.articles] == ["much", "little"]

    opened(scenario)


def test_an_unwanted_phrase_leaves_its_articles_out_and_weighs_nothing(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        made = [
            article("red", "Red rain."),
            article("much", f"Rain, rain. {PADDING}"),
            article("little", f"Rain, red. {PADDING}"),
        ]
        await save(database, made)
        assert await ids(database, 'rain -"red rain"') == ["much", "little"]

    opened(scenario)


def test_phrases_are_counted_up_to_the_newest_of_which_all_are_ranked(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        made = [article(f"{number:04}", "Red rain.") for number in range(NEWEST)]
        await save(database, made)
        whole = await find(database, '"red rain"', limit=2 * NEWEST)
        assert (whole.found, len(whole.articles)) == (NEWEST, NEWEST)
        old = [
            article(f"old {number}", "Red rain, red rain.", published=date(2025, 8, 31))
            for number in range(2)
        ]
        await save(database, old)
        more = await find(database, '"red rain"', limit=2 * NEWEST)
        assert more == Matches(found=UNCOUNTED, articles=whole.articles)

    opened(scenario)


def test_pages_of_a_phrase_follow_each_other_without_a_gap(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        made = [article(f"{number:02}", "Red rain. " * number) for number in range(1, 26)]
        await save(database, made)
        whole = (await find(database, '"red rain"', limit=25)).articles
        pages = [await find(database, '"red rain"', skip=skip) for skip in (0, 10, 20, 30)]
        assert [(page.found, len(page.articles)) for page in pages] == [
            (25, 10),
            (25, 10),
            (25, 5),
            (25, 0),
        ]
        assert tuple(found for page in pages for found in page.articles) == whole

    opened(scenario)


def test_a_phrase_that_stands_nowhere_is_not_found(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        assert await find(database, '"red rain"') == Matches(found=0, articles=())
        await save(database, [article("a", "Rain, red.")])
        assert await find(database, '"red rain"') == Matches(found=0, articles=())

    opened(scenario)


def test_a_phrase_of_very_many_words_is_found(opened: Opened) -> None:
    words = " ".join(f"word{number}" for number in range(3000))

    async def scenario(database: Database) -> None:
        await save(database, [article("a", words), article("b", words[:1000])])
        assert await ids(database, f'"{words}" "{words[:500]}"') == ["a"]

    opened(scenario)


def test_an_article_whose_kept_terms_are_damaged_is_found_last(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await save(database, [article(name, f"Red rain. {PADDING}") for name in "abc"])
        damage = update(indexed).where(indexed.c.article == "c").values(terms=b"?")
        await database.write(lambda connection: connection.execute(damage))
        assert await ids(database, '"red rain"') == ["b", "a", "c"]

    opened(scenario)


def test_a_damaged_index_is_told(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await save(database, [article("a", "Red rain.")])
        damage = "UPDATE search_terms_data SET block = x'8101' WHERE id = 1"
        await database.write(lambda connection: connection.exec_driver_sql(damage))
        with pytest.raises(StoreError, match="is damaged"):
            await find(database, '"red rain"')

    opened(scenario)


def test_the_extent_of_the_index_follows_what_is_stored_and_withdrawn(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        made = [article(f"{number:03}", "Rain. " * 100, title="Red rain") for number in range(200)]
        await save(database, made)
        assert await database.read(extent) == Extent(articles=200, terms=20_400)
        await Intake(database).seen("wire", frozenset({"000", "001"}), now=MORNING)
        assert await database.read(extent) == Extent(articles=2, terms=204)

    opened(scenario)


def _agree(connection: Connection) -> None:
    """See that we weigh words in every article as SQLite does."""
    for word in WORDS:
        _agree_on(connection, word)


def _agree_on(connection: Connection, word: str) -> None:
    matching = {"word": f'"{word}"', "title": TITLE_WEIGHT}
    statement = text(
        "SELECT rowid, -bm25(search_terms, :title, 1.0) AS said FROM search_terms"
        " WHERE search_terms MATCH :word"
    )
    theirs: dict[int, float] = {
        row.rowid: row.said for row in connection.execute(statement, matching)
    }
    whole = extent(connection)
    sought = [Weighed((word,), worth([len(theirs)], whole))]
    ours = {
        row.place: relevance(unpacked(row.terms), sought, whole)
        for row in connection.execute(select(indexed.c.place, indexed.c.terms))
    }
    assert {place: score for place, score in ours.items() if score} == pytest.approx(theirs)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as running:
        yield running


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.lists(
        st.tuples(
            st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join),
        ),
        min_size=1,
        max_size=8,
    ),
    gone=st.integers(0, 3),
)
def test_we_weigh_words_as_sqlite_does(
    runner: asyncio.Runner, made: list[tuple[str, str]], gone: int
) -> None:
    stored = [article(f"{number}", body, title=head) for number, (head, body) in enumerate(made)]

    async def main() -> None:
        async with open_database(None) as database:
            await save(database, stored)
            kept = frozenset(each.id for each in stored[gone:])
            await Intake(database).seen("wire", kept, now=MORNING)
            await database.read(_agree)

    runner.run(main())
