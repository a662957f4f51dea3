"""What a search finds in the archive, in a file and in memory alike."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from bot.app.ports import Found
from bot.core.errors import StoreError
from bot.core.languages import NEUTRAL
from bot.core.search import NEWEST, Query, Sought, Terms, article_terms, query, terms
from bot.core.values import Article, Published
from bot.store import index
from bot.store.database import Database, open_database
from bot.store.index import DAY_BITS
from bot.store.intake import Intake
from bot.store.search import Search, match_expression
from bot.store.tables import articles, indexed

pytestmark = pytest.mark.slow

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]
Scenario = Callable[[Database], Coroutine[Any, Any, None]]
MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)
TODAY = MORNING.date()


def article(
    name: str,
    text: str,
    *,
    title: str | None = "News",
    source: str = "wire",
    published: date | None = date(2025, 9, 1),
) -> Article:
    return Article(
        id=name,
        source=source,
        text=text,
        title=title,
        published=None if published is None else Published(day=published),
    )


async def save(
    database: Database, *made: Article, version: str = "1", now: datetime = MORNING
) -> None:
    found = [Found(article=each, version=version) for each in made]
    await Intake(database).save(found, now=now, imported=False)


async def ids(
    database: Database, typed: str, *, limit: int = 10, skip: int = 0, today: date = TODAY
) -> list[str]:
    matches = await Search(database).find(query(typed), today=today, limit=limit, skip=skip)
    return [found.id for found in matches.articles]


async def counts(database: Database) -> Sequence[int]:
    """Return how many rows the index has, in its two tables."""
    queries = ("SELECT count(*) FROM indexed", "SELECT count(*) FROM search_terms_docsize")
    return await database.read(
        lambda connection: [connection.exec_driver_sql(query).scalar_one() for query in queries]
    )


async def check(database: Database) -> None:
    """Let the index check itself."""
    order = "INSERT INTO search_terms (search_terms) VALUES ('integrity-check')"
    await database.write(lambda connection: connection.exec_driver_sql(order))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rain", {"rain", "both", "title"}),
        ("RAINING", {"rain", "both", "title"}),
        ("rain sun", {"both"}),
        ("rain -sun", {"rain", "title"}),
        ('"heavy rain"', {"rain"}),
        ("“rain heavy”", set()),
        ('rain -"heavy rain" -title', {"both", "title"}),
        ("rain -the", set[str]()),
        ("Erdoğan", {"name"}),
        ("title", set[str]()),
        ("Токаев", {"other"}),
        ("合作", {"other"}),
        ("U.S.", {"name"}),
        ('"AND OR NOT"', set[str]()),
        ("head:rain", set[str]()),
        ("rain*", {"rain", "both", "title"}),
        ("NEAR(rain sun)", set[str]()),
    ],
)
def test_words_phrases_and_unwanted_words_find_their_articles(
    opened: Opened, typed: str, found: set[str]
) -> None:
    async def scenario(database: Database) -> None:
        await save(
            database,
            article("rain", "The heavy rain came."),
            article("both", "The sun after the rain."),
            article("title", "They met; the end.", title="Rains"),
            article("name", "The U.S. told Erdogan."),
            replace(article("other", "Токаев о 上合组织合作组织"), language="ru"),
            article("empty", "!"),
        )
        assert set(await ids(database, typed)) == found

    opened(scenario)


def test_a_title_counts_more_and_the_newer_of_two_alike_comes_first(opened: Opened) -> None:
    padding = "They met in the town hall and spoke of many things all day."

    async def scenario(database: Database) -> None:
        await save(
            database,
            article("text", f"Rain, rain. {padding}"),
            article("title", f"Snow. {padding}", title="Rain"),
            article("twin 2", f"Hail. {padding}"),
            article("twin 1", f"Hail. {padding}"),
            article("older", f"Hail. {padding}", published=date(2025, 8, 31)),
            article("none", padding),
        )
        assert await ids(database, "rain") == ["title", "text"]
        # Saved together and alike in all: the order is that of their ids, the last first.
        assert await ids(database, "hail") == ["twin 2", "twin 1", "older"]

    opened(scenario)


def test_news_comes_first_and_what_says_most_once_both_are_old(opened: Opened) -> None:
    padding = "They met in the town hall and spoke of many things all day."

    async def scenario(database: Database) -> None:
        await save(
            database,
            article("much", f"Rain, rain, rain. {padding}", published=date(2025, 7, 1)),
            article("little", f"Rain, hail, snow. {padding}"),
            article("none", padding),
            article("nothing", padding),
        )
        assert await ids(database, "rain") == ["little", "much"]
        assert await ids(database, "rain", today=date(2027, 9, 2)) == ["much", "little"]

    opened(scenario)


def test_an_article_from_the_future_counts_from_its_first_sighting(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await save(database, article("future", "Rain.", published=date(9999, 12, 31)))
        await save(database, article("first", "Rain.", published=date.min))
        await save(database, article("undated", "Rain.", published=None))
        await save(
            database, article("next", "Rain.", published=None), now=MORNING + timedelta(days=1)
        )
        assert await ids(database, "rain") == ["next", "undated", "future", "first"]
        places = await database.read(
            lambda connection: connection.scalars(
                select(indexed.c.place).order_by(indexed.c.place)
            ).all()
        )
        assert [place >> DAY_BITS for place in places] == [-719161, 20333, 20333, 20334]

    opened(scenario)


def test_pages_follow_each_other_without_a_gap(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await save(
            database, *(article(f"{number:02}", "Rain. " * number) for number in range(1, 26))
        )
        whole = await ids(database, "rain", limit=25)
        pages = [await ids(database, "rain", skip=skip) for skip in (0, 10, 20, 30)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert [id_ for page in pages for id_ in page] == whole
        assert len(set(whole)) == 25

    opened(scenario)


def test_of_many_only_the_newest_are_ranked_and_all_are_counted(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        old = article("old", "Rain rain rain.", published=date(2025, 8, 1))
        await save(database, old, *(article(f"{number:04}", "Rain.") for number in range(NEWEST)))
        matches = await Search(database).find(query("rain"), today=TODAY, limit=2000, skip=0)
        assert matches.found == NEWEST + 1
        assert len(matches.articles) == NEWEST
        assert "old" not in {found.id for found in matches.articles}

    opened(scenario)


def test_a_changed_article_is_found_by_its_new_words_only(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await save(database, article("a", "Rain."), article("b", "Rain."))
        await save(database, article("a", "Snow."), version="2")
        await save(database, article("b", "Rain.", title="News"), version="2")
        found = [await ids(database, typed) for typed in ("rain", "snow")]
        assert found == [["b"], ["a"]]
        assert await counts(database) == [2, 2]
        await check(database)

    opened(scenario)


def test_a_new_date_moves_an_article(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await save(database, article("a", "Rain."), article("b", "Rain."))
        await save(database, article("b", "Rain.", published=date(2024, 9, 1)), version="2")
        assert await ids(database, "rain") == ["a", "b"]
        assert await counts(database) == [2, 2]
        await check(database)

    opened(scenario)


def test_a_withdrawn_article_is_not_found_until_it_returns(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        intake = Intake(database)
        await save(database, article("a", "Rain."), article("b", "Rain."))
        await intake.seen("wire", frozenset({"a"}), now=MORNING)
        gone = await ids(database, "rain"), await counts(database)
        await check(database)
        await save(database, article("b", "Rain."))
        assert (gone, set(await ids(database, "rain"))) == ((["a"], [1, 1]), {"a", "b"})

    opened(scenario)


def test_an_article_that_another_source_holds_is_still_found(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await save(database, article("a", "Rain."))
        await save(database, article("a", "Rain.", source="feed"))
        await Intake(database).seen("wire", frozenset(), now=MORNING)
        assert await ids(database, "rain") == ["a"]

    opened(scenario)


def test_a_pruned_article_leaves_the_index(opened: Opened) -> None:
    later = MORNING + timedelta(days=2)

    async def scenario(database: Database) -> None:
        await save(database, *(article(f"{number:03}", "Rain.") for number in range(501)))
        await save(database, article("new", "Rain."), now=later)
        assert await Intake(database).prune(later) == 501
        assert (await ids(database, "rain"), await counts(database)) == (["new"], [1, 1])
        await check(database)

    opened(scenario)


def test_the_index_is_written_with_the_article_or_not_at_all(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        order = "CREATE TRIGGER full BEFORE INSERT ON holdings BEGIN SELECT RAISE(ABORT, 'no'); END"
        await database.write(lambda connection: connection.exec_driver_sql(order))
        with pytest.raises(StoreError):
            await save(database, article("a", "Rain."))
        assert await counts(database) == [0, 0]

    opened(scenario)


def test_a_day_that_is_full_goes_on_in_the_next(opened: Opened) -> None:
    last = ((20333 + 1) << DAY_BITS) - 2

    async def scenario(database: Database) -> None:
        await save(database, article("last", "Rain."))

        def move(connection: Connection) -> None:
            index.withdraw(connection, articles.c.id == "last")
            kept = index.packed(Terms("news", "rain"))
            connection.execute(insert(indexed).values(place=last, article="last", terms=kept))

        await database.write(move)
        await save(database, *(article(name, "Rain.", published=None) for name in "abc"))
        await save(database, article("d", "Rain.", published=None))
        placed = await database.read(
            lambda connection: connection.execute(
                select(indexed.c.article, indexed.c.place - last).order_by(indexed.c.place)
            ).all()
        )
        order = ["last", "a", "b", "c", "d"]
        assert [tuple(row) for row in placed] == [(id_, n) for n, id_ in enumerate(order)]
        assert set(await ids(database, "rain")) == set("abcd")

    opened(scenario)


@pytest.fixture
def running() -> Iterator[Callable[[Scenario], None]]:
    """Run one scenario after the other on the same archive in memory."""
    with asyncio.Runner() as runner:
        opening = open_database(None)
        database = runner.run(opening.__aenter__())
        try:
            yield lambda scenario: runner.run(scenario(database))
        finally:
            runner.run(opening.__aexit__(None, None, None))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(texts=["0", "NEWS"])
@given(texts=st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_the_index_and_the_query_agree_for_any_text(
    running: Callable[[Scenario], None], texts: list[str]
) -> None:
    made = [replace(article(f"{n}", text), language="xx") for n, text in enumerate(texts)]
    both = {each.id: article_terms(each) for each in made}
    kept = {
        id_: [tuple(part.split()) for part in (its.head, its.body)] for id_, its in both.items()
    }
    runs = {run for text in texts if (run := terms(text, NEUTRAL))}

    async def scenario(database: Database) -> None:
        await save(database, *made)
        await Intake(database).seen("wire", frozenset(kept), now=MORNING)
        for run in runs:
            sought = Sought((run,))
            wanted = Query(typed="", wanted=(sought,))
            matches = await Search(database).find(wanted, today=TODAY, limit=10, skip=0)
            assert {found.id for found in matches.articles} == {
                id_ for id_, parts in kept.items() if any(map(sought.stands_in, parts))
            }
        await check(database)

    running(scenario)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=200))
def test_no_query_is_syntax_to_the_database(
    running: Callable[[Scenario], None], typed: str
) -> None:
    made = query(typed)

    async def scenario(database: Database) -> None:
        await Search(database).find(made, today=TODAY, limit=10, skip=0)

    if made.wanted:
        outside = re.sub(r'"[a-z0-9]+(?: [a-z0-9]+)*"', "", match_expression(made))
        assert re.fullmatch(r"(?: |\(|\)|AND|OR|NOT)*", outside)
        running(scenario)


def test_the_longest_query_is_answered(opened: Opened) -> None:
    typed = " ".join(chr(0x4E00 + 3 * number) for number in range(100))

    async def scenario(database: Database) -> None:
        await save(database, replace(article("a", typed), language="zh"))
        assert await ids(database, typed) == ["a"]
        assert await ids(database, f"{typed} rain") == []

    opened(scenario)
