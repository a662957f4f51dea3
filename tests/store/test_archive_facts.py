"""Facts come in with their articles, are found by day, speaker and words, and go with them."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.app.ports import Found
from bot.core.errors import StoreError
from bot.core.origin import Origin, Traced
from bot.core.values import (
    Article,
    Facts,
    Precision,
    Published,
    Span,
    Speaker,
    When,
)
from bot.store.database import Database, open_database
from bot.store.extracts import Extracts
from bot.store.factbook import FactBook
from bot.store.intake import Intake
from bot.store.schema import SCHEMA, Schema
from tests.fakes.facts import IN_2027, event, extracted, figure, on, quote

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]
MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)
TODAY = date(2025, 9, 2)


def article(name: str, *, day: int = 1, title: str | None = None, language: str = "en") -> Article:
    published = Published(day=date(2025, 9, day))
    return Article(
        id=name,
        source="wire",
        text=f"Text {name}",
        published=published,
        title=title,
        language=language,
    )


async def save(database: Database, one: Article, facts: Facts, *, rules: int = 1) -> None:
    found = Found(article=one, version="1", extracted=extracted(facts, rules=rules))
    await Intake(database).save([found], now=MORNING, imported=False)


async def figured(database: Database, *stems: str) -> list[str]:
    found = await FactBook(database).figures([stems] if stems else [], limit=10)
    return [traced.fact.text for traced in found.first]


async def said(database: Database, *names: tuple[str, ...]) -> list[str]:
    found = await FactBook(database).quotes(names, limit=10)
    return [traced.fact.text for traced in found.first]


async def ahead(database: Database, today: date = TODAY, before: date | None = None) -> list[str]:
    found = await FactBook(database).ahead(today, before=before, limit=10)
    return [traced.fact.what for traced in found.first]


def test_facts_come_back_as_they_were_saved(opened: Opened) -> None:
    one = replace(article("a"), title="Rain", url="https://example.org/a", publisher="Trend")
    speaker = Speaker(label="the head", name="Aliya \udcff")
    sum_ = figure("2-3 million", counts="trees", period="by 2030", hedge="about", speaker=speaker)
    sum_ = replace(sum_, article="a", values=(Decimal("2E+6"), Decimal("3000000.5")), unit="trees")
    words = replace(quote("We “plant”."), article="a", speaker=speaker)
    plan = replace(
        event("Fair", on(date(2025, 9, 9)), where="Osh", speaker=speaker),
        article="a",
        spans=(Span(0, 5), Span(7, 9)),
    )
    origin = Origin(
        id="a",
        source="wire",
        language="en",
        published=one.published,
        seen=MORNING,
        title="Rain",
        url="https://example.org/a",
        publisher="Trend",
    )

    async def scenario(database: Database) -> None:
        await save(database, one, Facts(figures=(sum_,), quotes=(words,), ahead=(plan,)))
        book = FactBook(database)
        assert (await book.figures([], limit=1)).first == (Traced(fact=sum_, origin=origin),)
        assert (await book.quotes([], limit=1)).first == (Traced(fact=words, origin=origin),)
        assert (await book.ahead(TODAY, limit=1)).first == (
            Traced(fact=plan, origin=origin, sentences="They say: Fair."),
        )

    opened(scenario)


def test_figures_are_newest_first_and_minor_ones_last(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await save(database, article("old", day=1), Facts(figures=(figure("1"), figure("2"))))
        minor = figure("ten-year", minor=True)
        await save(database, article("new", day=2), Facts(figures=(minor, figure("3"))))

        assert await figured(database) == ["3", "1", "2", "ten-year"]
        cut = await FactBook(database).figures([], limit=1)
        assert ([one.fact.text for one in cut.first], cut.more) == (["3"], 3)

    opened(scenario)


def test_figures_are_found_by_the_stems_of_what_they_count_and_of_the_title(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        grain = figure("12 million tonnes", counts="exported grain")
        await save(database, article("a", title="Railways open"), Facts(figures=(grain,)))
        await save(database, article("b"), Facts(figures=(figure("3 percent"),)))

        assert await figured(database, "export") == ["12 million tonnes"]
        assert await figured(database, "railway", "tonn") == ["12 million tonnes"]
        assert await figured(database, "export", "coal") == []
        assert await figured(database, "xport") == []
        either = await FactBook(database).figures([("coal",), ("percent",)], limit=10)
        assert [one.fact.text for one in either.first] == ["3 percent"]

    opened(scenario)


def test_quotations_are_found_by_any_word_of_a_name_or_label(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        head = Speaker(label="the head of state", name="Kassym-Jomart Tokayev")
        driver = Speaker(label="a driver", name=None)
        quotes = (quote("One.", speaker=head), quote("Two.", speaker=driver))
        await save(database, article("a"), Facts(quotes=quotes))

        assert await said(database) == ["One.", "Two."]
        assert await said(database, ("tokayev",)) == ["One."]
        assert await said(database, ("jomart", "head")) == ["One."]
        assert await said(database, ("tokay",)) == []
        assert await said(database, ("nobody",), ("driver",)) == ["Two."]

    opened(scenario)


def test_events_come_by_their_first_day_then_undated(opened: Opened) -> None:
    month = When(
        text="in May", precision=Precision.MONTH, first=date(2026, 5, 1), last=date(2026, 5, 31)
    )
    said_so = When(text="next fiscal year", precision=Precision.WORDS)

    async def scenario(database: Database) -> None:
        events = (
            event("undated"),
            event("words", said_so),
            event("year", IN_2027),
            event("month", month),
            event("later", on(date(2028, 1, 1))),
            event("sooner", on(date(2025, 9, 1), date(2025, 9, 2))),
            event("past", on(date(2025, 9, 1))),
        )
        await save(database, article("a"), Facts(ahead=events))

        order = ["sooner", "month", "year", "later", "words", "undated"]
        assert await ahead(database) == order
        assert await ahead(database, before=date(2026, 5, 1)) == ["sooner", "month"]
        dated = await FactBook(database).ahead(TODAY, dated=True, limit=None)
        assert ([one.fact.what for one in dated.first], dated.more) == (["sooner", "later"], 0)
        assert (await FactBook(database).ahead(TODAY, limit=0)).more == 6

    opened(scenario)


@pytest.mark.parametrize(("precision", "months"), [(Precision.NONE, 12), (Precision.WORDS, 15)])
def test_what_has_no_date_leaves_after_its_months(
    opened: Opened, precision: Precision, months: int
) -> None:
    year, month = divmod(2025 * 12 + 8 + months, 12)
    last = date(year, month + 1, 1)

    async def scenario(database: Database) -> None:
        when = When(text="soon", precision=precision)
        await save(database, article("a", day=1), Facts(ahead=(event(when=when),)))

        assert await ahead(database, last) == ["Forum on trade"]
        assert await ahead(database, last + timedelta(days=2)) == []

    opened(scenario)


def test_the_facts_of_a_changed_article_replace_the_old_ones(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        old = Facts(figures=(figure("1"),), quotes=(quote(),), ahead=(event(),))
        await save(database, article("a"), old)
        await save(database, article("a"), Facts(figures=(figure("2"),)))

        assert await figured(database) == ["2"]
        assert await said(database) == []
        assert await ahead(database) == []

    opened(scenario)


def test_the_facts_of_withdrawn_and_pruned_articles_vanish(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        facts = Facts(figures=(figure("1"),), quotes=(quote(),), ahead=(event(),))
        await save(database, article("a"), facts)
        intake = Intake(database)

        await intake.seen("wire", frozenset(), now=MORNING)
        assert (await figured(database), await said(database), await ahead(database)) == (
            [],
            [],
            [],
        )
        await save(database, article("a"), facts)
        assert await figured(database) == ["1"]
        await intake.prune(MORNING + timedelta(days=1))
        assert await database.read(
            lambda connection: [
                connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608
                for table in ("extracts", "figures", "quotes", "events")
            ]
        ) == [0, 0, 0, 0]

    opened(scenario)


def test_articles_wait_until_they_were_looked_through_by_the_newest_rules(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        extracts, book = Extracts(database), FactBook(database)
        bare = Found(article=article("bare", day=1), version="1")
        await Intake(database).save([bare], now=MORNING, imported=False)
        await save(database, article("old", day=2), Facts(figures=(figure("1"),)), rules=1)
        await save(database, article("new", day=1), Facts(), rules=2)

        assert await extracts.waiting(2) == 2
        assert [one.id for one in await extracts.unread(2, limit=5)] == ["old", "bare"]
        assert [one.id for one in await extracts.unread(2, limit=1)] == ["old"]
        found = extracted(Facts(figures=(figure("2"),)), rules=2)
        await extracts.renew([(one, found) for one in await extracts.unread(2, limit=5)])
        assert await extracts.waiting(2) == 0
        assert [one.fact.text for one in (await book.figures([], limit=9)).first] == ["2", "2"]

    opened(scenario)


def test_facts_of_a_text_that_has_changed_since_are_not_stored(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        extracts = Extracts(database)
        await save(database, article("a"), Facts(figures=(figure("1"),)), rules=0)
        outdated = replace(article("a"), text="What it said before")

        await extracts.renew([(outdated, extracted(Facts(), rules=1))])
        assert await extracts.waiting(1) == 1
        # Another process was quicker, and its rules are newer.
        await save(database, article("a"), Facts(figures=(figure("3"),)), rules=3)
        await extracts.renew([(article("a"), extracted(Facts(), rules=2))])
        assert await figured(database) == ["3"]

    opened(scenario)


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        ("figures", "{}"),
        ("quotes", '{"sentences": 1}'),
        ("events", '{"when": {"precision": "never", "text": "", "first": null, "last": null}}'),
        ("figures", '{"values": ["many"], "speaker": null}'),
    ],
)
def test_facts_that_make_no_sense_are_told_as_damage(opened: Opened, table: str, fact: str) -> None:
    async def scenario(database: Database) -> None:
        facts = Facts(figures=(figure("1"),), quotes=(quote(),), ahead=(event(),))
        await save(database, article("a"), facts)
        await database.write(
            lambda connection: connection.exec_driver_sql(
                f"UPDATE {table} SET fact = ?",  # noqa: S608 - a table's name, from above
                (fact,),
            )
        )
        with pytest.raises(StoreError, match="is damaged"):
            await _everything(FactBook(database))

    opened(scenario)


async def _everything(book: FactBook) -> None:
    await book.figures([], limit=9)
    await book.quotes([], limit=9)
    await book.ahead(TODAY, limit=9)


def test_the_articles_of_an_older_archive_wait_to_be_looked_through(
    path: Path, tmp_path: Path
) -> None:
    scripts = tmp_path / "older"
    newer = shutil.ignore_patterns("v000[3-9]*", "__pycache__")
    shutil.copytree(SCHEMA.scripts, scripts, ignore=newer)
    row = (
        "INSERT INTO articles (id, source, language, seen, imported, withdrawn, moment, recent, "
        "text) VALUES ('a', 'wire', 'en', 0, 0, 0, 0, 0, 'Text a')"
    )

    async def scenario() -> None:
        async with open_database(path, schema=Schema(head="0002", scripts=scripts)) as database:
            await database.write(lambda connection: connection.exec_driver_sql(row))
        async with open_database(path) as database:
            assert await Extracts(database).waiting(1) == 1
            assert [one.text for one in await Extracts(database).unread(1, limit=9)] == ["Text a"]

    asyncio.run(scenario())
