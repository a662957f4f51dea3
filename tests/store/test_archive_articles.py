"""What the archive promises of articles, in a file and in memory alike."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.dialects import sqlite

from bot.app.ports import Found
from bot.core.values import Article, Published, Stored
from bot.store.archive import Archive, newest
from bot.store.database import Database
from bot.store.intake import Intake

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]
MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)


def found(
    name: str,
    *,
    source: str = "wire",
    text: str = "It rained.",
    version: str = "1",
    published: Published | None = None,
) -> Found:
    """Return an article as a source finds it."""
    article = Article(id=name, source=source, text=text, published=published)
    return Found(article=article, version=version)


async def names(
    database: Database, *, since: datetime | None = None, limit: int = 1000
) -> list[str]:
    """Return the ids of the articles that are shown, in their order."""
    shown = await Archive(database).articles(since=since, limit=limit)
    return [stored.article.id for stored in shown]


def test_an_article_comes_back_as_it_was_saved(opened: Opened) -> None:
    article = Article(
        id="https://example.org/1",
        source="wire",
        text="It rained.",
        title="Rain",
        url="https://example.org/1",
        language="ru",
        published=Published(day=date(2025, 9, 1), at=datetime(2025, 9, 1, 7, 5, 1, 9, tzinfo=UTC)),
        place="Tianjin",
        publisher="Trend",
    )

    async def scenario(database: Database) -> None:
        batch = [Found(article=article, version="1")]
        await Intake(database).save(batch, now=MORNING, imported=True)
        archive = Archive(database)
        assert await archive.article(article.id) == article
        assert await archive.articles() == [Stored(article=article, seen=MORNING, imported=True)]
        assert await archive.count() == 1

    opened(scenario)


def test_an_article_nobody_saved_is_none(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        assert await Archive(database).article("nowhere") is None

    opened(scenario)


def test_a_new_archive_is_empty_and_takes_an_empty_batch(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await Intake(database).save([], now=MORNING, imported=False)
        archive = Archive(database)
        known = await Intake(database).known("wire")
        assert database.new
        assert (await archive.articles(), await archive.count(), known) == ([], 0, {})

    opened(scenario)


def test_the_newest_come_first_and_ties_go_by_id(opened: Opened) -> None:
    day = date(2025, 9, 1)
    batch = [
        found("undated"),
        found("b at noon", published=Published(day=day, at=datetime(2025, 9, 1, 12, tzinfo=UTC))),
        found("a at noon", published=Published(day=day, at=datetime(2025, 9, 1, 12, tzinfo=UTC))),
        found("that day", published=Published(day=day)),
        found("day after", published=Published(day=date(2025, 9, 3))),
        found("first year", published=Published(day=date.min)),
        found("last year", published=Published(day=date.max)),
    ]

    async def scenario(database: Database) -> None:
        await Intake(database).save(batch, now=MORNING, imported=False)
        shown = [stored.article for stored in await Archive(database).articles()]
        order = ["last year", "day after", "undated", "that day", "a at noon", "b at noon"]
        assert [article.id for article in shown] == [*order, "first year"]
        assert {article.id: article.published for article in shown} == {
            each.article.id: each.article.published for each in batch
        }

    opened(scenario)


def test_a_window_holds_what_was_published_or_first_stored_in_it(opened: Opened) -> None:
    yesterday = MORNING - timedelta(days=1)

    async def scenario(database: Database) -> None:
        intake = Intake(database)
        old = [
            found("stored and published before", published=Published(day=date(2025, 8, 1))),
            found("stored before, undated"),
            found("stored before, published since", published=Published(day=MORNING.date())),
        ]
        await intake.save(old, now=yesterday, imported=False)
        new = [
            found("stored since, published before", published=Published(day=date(2025, 8, 1))),
            found("stored since, undated"),
        ]
        await intake.save(new, now=MORNING, imported=False)
        assert await names(database, since=MORNING) == [
            "stored before, published since",
            "stored since, undated",
            "stored since, published before",
        ]

    opened(scenario)


@pytest.mark.parametrize(("limit", "count"), [(-1, 0), (0, 0), (1, 1), (2, 2), (9, 3)])
def test_no_more_come_than_were_asked_for(opened: Opened, limit: int, count: int) -> None:
    async def scenario(database: Database) -> None:
        batch = [found(name) for name in "abc"]
        await Intake(database).save(batch, now=MORNING, imported=False)
        assert await names(database, limit=limit) == ["a", "b", "c"][:count]

    opened(scenario)


def test_a_changed_article_is_renewed_and_keeps_its_first_sighting(opened: Opened) -> None:
    later = MORNING + timedelta(days=1)

    async def scenario(database: Database) -> None:
        intake = Intake(database)
        await intake.save([found("a"), found("b")], now=MORNING, imported=True)
        changed = found("a", text="It snowed.", version="2")
        await intake.save([changed], now=later, imported=False)
        shown = await Archive(database).articles()
        assert [(each.article.text, each.seen, each.imported) for each in shown] == [
            ("It snowed.", MORNING, True),
            ("It rained.", MORNING, True),
        ]
        assert await intake.known("wire") == {"a": "2", "b": "1"}

    opened(scenario)


def test_a_changed_article_stays_in_the_window_of_its_first_sighting(opened: Opened) -> None:
    later = MORNING + timedelta(days=1)
    dated = Published(day=MORNING.date() + timedelta(days=2))

    async def scenario(database: Database) -> None:
        intake = Intake(database)
        await intake.save([found("a"), found("b")], now=MORNING, imported=False)
        changed = [found("a", version="2"), found("b", version="2", published=dated)]
        await intake.save(changed, now=later, imported=False)
        assert await names(database, since=later) == ["b"]

    opened(scenario)


def test_of_one_id_twice_in_a_batch_the_later_counts(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        batch = [found("a", version="1"), found("a", text="It snowed.", version="2")]
        await Intake(database).save(batch, now=MORNING, imported=False)
        article = await Archive(database).article("a")
        assert article is not None
        assert article.text == "It snowed."
        assert await Intake(database).known("wire") == {"a": "2"}

    opened(scenario)


def test_what_a_source_no_longer_holds_is_withdrawn_and_kept(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        intake, archive = Intake(database), Archive(database)
        batch = [found("a"), found("b"), found("other", source="folder")]
        await intake.save(batch, now=MORNING, imported=False)
        first = await intake.seen("wire", frozenset({"a"}), now=MORNING)
        second = await intake.seen("wire", frozenset({"a"}), now=MORNING)
        assert (first, second) == (1, 0)
        assert await names(database) == ["a", "other"]
        assert await archive.count() == 2
        assert await archive.article("b") == found("b").article
        assert await intake.known("wire") == {"a": "1"}

    opened(scenario)


def test_a_withdrawn_article_returns_when_it_is_saved_again(opened: Opened) -> None:
    later = MORNING + timedelta(days=1)

    async def scenario(database: Database) -> None:
        intake = Intake(database)
        await intake.save([found("a")], now=MORNING, imported=True)
        await intake.seen("wire", frozenset(), now=MORNING)
        await intake.save([found("a")], now=later, imported=False)
        shown = await Archive(database).articles()
        assert [(each.article.id, each.seen, each.imported) for each in shown] == [
            ("a", MORNING, True)
        ]
        assert await intake.known("wire") == {"a": "1"}

    opened(scenario)


def test_an_article_that_two_sources_hold_goes_with_the_last_of_them(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        intake, archive = Intake(database), Archive(database)
        await intake.save([found("link", source="one", version="1")], now=MORNING, imported=False)
        await intake.save([found("link", source="two", version="x")], now=MORNING, imported=False)
        known = await intake.known("one"), await intake.known("two")
        first = await intake.seen("one", frozenset(), now=MORNING), await archive.count()
        last = await intake.seen("two", frozenset(), now=MORNING), await archive.count()
        assert (known, first, last) == (({"link": "1"}, {"link": "x"}), (0, 1), (1, 0))

    opened(scenario)


def test_what_no_source_has_held_since_is_deleted(opened: Opened) -> None:
    later = MORNING + timedelta(days=1)

    async def scenario(database: Database) -> None:
        intake, archive = Intake(database), Archive(database)
        batch = [found("held"), found("gone"), found("back, unread")]
        await intake.save(batch, now=MORNING, imported=False)
        await intake.seen("wire", frozenset({"held"}), now=MORNING)
        await intake.seen("wire", frozenset({"held", "back, unread"}), now=later)
        early = await intake.prune(MORNING)
        count = await intake.prune(later)
        left = [name for name in ("held", "gone", "back, unread") if await archive.article(name)]
        assert (early, count) == (0, 1)
        assert left == ["held", "back, unread"]
        assert await names(database) == ["held"]

    opened(scenario)


def test_a_deleted_article_may_come_again_as_new(opened: Opened) -> None:
    later = MORNING + timedelta(days=9)

    async def scenario(database: Database) -> None:
        intake = Intake(database)
        await intake.save([found("a")], now=MORNING, imported=True)
        count = await intake.prune(later)
        await intake.save([found("a")], now=later, imported=False)
        shown = await Archive(database).articles()
        assert count == 1
        assert [(each.seen, each.imported) for each in shown] == [(later, False)]

    opened(scenario)


def test_a_source_of_a_hundred_thousand_articles_is_noted(opened: Opened) -> None:
    ids = frozenset(f"wire/{number}" for number in range(100_000))

    async def scenario(database: Database) -> None:
        intake = Intake(database)
        await intake.save([found("wire/7"), found("gone")], now=MORNING, imported=False)
        assert await intake.seen("wire", ids, now=MORNING) == 1
        assert await intake.known("wire") == {"wire/7": "1"}

    opened(scenario)


@pytest.mark.slow
def test_thousands_withdrawn_at_once_are_counted(opened: Opened) -> None:
    batch = [found(f"wire/{number}") for number in range(3_000)]

    async def scenario(database: Database) -> None:
        intake = Intake(database)
        await intake.save(batch, now=MORNING, imported=False)
        count = await intake.seen("wire", frozenset({"wire/7"}), now=MORNING)
        assert (count, await Archive(database).count()) == (2_999, 1)

    opened(scenario)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("a\0b", id="NUL"),
        pytest.param("\udcff and \ud83d", id="lone surrogates"),
        pytest.param("Токаев 托卡耶夫 \u202eright to left\u202c 👩‍🚀 e\u0301", id="scripts"),
        pytest.param("\ufeff\u2028\uffff\U0010ffff", id="edges"),
        pytest.param("'; DROP TABLE articles; --", id="SQL"),
        pytest.param("", id="nothing"),
        pytest.param("снег " * 1_000_000, id="five million characters"),
    ],
)
def test_any_text_comes_back_character_by_character(opened: Opened, words: str) -> None:
    name = words[:99]
    article = Article(
        id=name, source=name, text=words, title=name, url=name, place=name, publisher=name
    )

    async def scenario(database: Database) -> None:
        intake, archive = Intake(database), Archive(database)
        await intake.save([Found(article=article, version=name)], now=MORNING, imported=False)
        await intake.save([Found(article=article, version=name)], now=MORNING, imported=False)
        withdrawn = await intake.seen(name, frozenset({name}), now=MORNING)
        shown = [stored.article for stored in await archive.articles()]
        assert shown == [article]
        assert await archive.article(name) == article
        assert await intake.known(name) == {name: name}
        assert withdrawn == 0

    opened(scenario)


def test_moments_outside_the_calendar_are_kept_at_its_ends(opened: Opened) -> None:
    late = datetime.fromisoformat("9999-12-31T23:00:00-05:00")
    early = datetime.fromisoformat("0001-01-01T01:00:00+05:00")

    async def scenario(database: Database) -> None:
        batch = [
            found("late", published=Published(day=late.date(), at=late)),
            found("early", published=Published(day=early.date(), at=early)),
        ]
        await Intake(database).save(batch, now=MORNING, imported=False)
        shown = await Archive(database).articles()
        assert [each.article.published and each.article.published.at for each in shown] == [
            datetime.max.replace(tzinfo=UTC),
            datetime.min.replace(tzinfo=UTC),
        ]

    opened(scenario)


@pytest.mark.parametrize(
    ("since", "index"),
    [
        (None, "articles_newest_first"),
        (datetime(2025, 9, 1, tzinfo=UTC), "articles_in_window"),
    ],
)
def test_the_newest_are_chosen_from_an_index_alone(
    opened: Opened, since: datetime | None, index: str
) -> None:
    query = newest(since, 10).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )

    async def scenario(database: Database) -> None:
        batch = [found(f"{number}") for number in range(100)]
        await Intake(database).save(batch, now=MORNING, imported=False)
        plan = await database.read(
            lambda connection: connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        )
        steps = [str(row.detail) for row in plan]
        assert [step for step in steps if f"SEARCH articles USING COVERING INDEX {index}" in step]
        assert not [step for step in steps if step.startswith("SCAN articles")]

    opened(scenario)
