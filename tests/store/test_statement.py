"""A statement run by SQLite's driver keeps and reads what SQLAlchemy would."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from bot.app.outbox import Ready
from bot.core.delivery import Delivered, Kind, Pace, State
from bot.core.errors import StoreError
from bot.core.subscription import Length, QuietPolicy, Standing
from bot.store.database import Database
from bot.store.delivery_tables import marks, parts, series, sheets, subscriptions
from bot.store.desk import Desk
from bot.store.outbox import Outbox
from bot.store.statement import Statement, among
from bot.store.works import Works
from tests.fakes.subscribed import HERE, NOW, THERE, Opened, due_series, filled

#: Values of every type that delivery keeps, odd ones among them.
SUBSCRIPTION = {
    "destination": "file/\udcff odd\0.txt",
    "timings": [["08:00:00", [1, 2]]],
    "zone": None,
    "topics": ["желоб", "上合"],
    "length": Length.SHORT,
    "language": "kk",
    "silent": True,
    "quiet": QuietPolicy.SKIP,
    "standing": Standing.ACTIVE,
    "reason": "",
    "grace": timedelta(hours=5),
    "owner": "1",
    "declared": False,
    "next_moment": datetime(2025, 9, 2, 3, 4, 5, 6, UTC),
    "next_day": date(2025, 9, 2),
    "next_at": time(8, 30, 0, 7),
    "previous": None,
}
SHEET = {"hash": b"\0\xff", "page": "{}", "payloads": "[]", "stories": None}


def done(opened: Opened, work: Callable[[Connection], object]) -> None:
    """Do the work in a transaction of a new archive."""

    async def scenario(database: Database) -> None:
        await database.write(work)

    opened(scenario)


def stored(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    """Return the rows as SQLite itself keeps them, without their numbers."""
    rows = connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY id")  # noqa: S608 - ours
    return [tuple(row)[1:] for row in rows]


@pytest.mark.parametrize(
    ("table", "row"), [(subscriptions, SUBSCRIPTION), (sheets, SHEET)], ids=["one", "another"]
)
def test_values_of_every_kind_are_kept_and_read_as_by_sqlalchemy(
    opened: Opened, table: Table, row: dict[str, Any]
) -> None:
    adding = Statement(insert(table), columns=tuple(row))
    finding = Statement(select(table).order_by(table.c.id))

    def work(connection: Connection) -> None:
        connection.execute(insert(table), row)
        connection.execute(delete(table))
        connection.execute(insert(table), row)
        (expected,) = stored(connection, table)
        read = [dict(each) for each in connection.execute(select(table)).mappings()]
        assert finding.all(connection) == read
        connection.execute(delete(table))

        assert adding.do(connection, **row) == 1

        assert stored(connection, table) == [expected]
        assert finding.one(connection) == {**read[0], **row, "id": 3}

    done(opened, work)


def test_what_is_not_there_is_none_and_no_row(opened: Opened) -> None:
    finding = Statement(select(marks).where(marks.c.key == bindparam("wanted")))

    def work(connection: Connection) -> None:
        assert finding.one(connection, wanted="bot") is None
        assert finding.all(connection, wanted="bot") == []

    done(opened, work)


def test_a_row_is_found_for_the_values_of_each_in_their_order(opened: Opened) -> None:
    adding = Statement(insert(marks), columns=("key", "value"))
    finding = Statement(select(marks).where(marks.c.key == bindparam("wanted")))

    def work(connection: Connection) -> None:
        adding.do_each(connection, [{"key": name, "value": name.upper()} for name in "abc"])

        found = finding.one_each(connection, [{"wanted": name} for name in "cxa"])

        assert found == [{"key": "c", "value": "C"}, None, {"key": "a", "value": "A"}]
        assert finding.one_each(connection, []) == []

    done(opened, work)


def test_a_statement_is_done_with_the_values_of_each_and_counts_the_rows(opened: Opened) -> None:
    adding = Statement(insert(marks).values(key=bindparam("name"), value="x"))
    changing = Statement(
        update(marks)
        .where(marks.c.key != bindparam("spared"))
        .values(value=func.coalesce(func.nullif(bindparam("new"), ""), marks.c.value))
    )
    finding = Statement(select(marks.c.value.label("said")).order_by(marks.c.key))

    def work(connection: Connection) -> None:
        adding.do_each(connection, [{"name": name} for name in "abc"])
        adding.do_each(connection, [])
        assert changing.do(connection, spared="b", new="y") == 2
        assert changing.do(connection, spared="", new="") == 3
        assert [row["said"] for row in finding.all(connection)] == ["y", "x", "y"]

    done(opened, work)


def test_a_value_that_is_missing_is_no_null(opened: Opened) -> None:
    adding = Statement(insert(marks).values(key=bindparam("key"), value=bindparam("value")))

    def work(connection: Connection) -> None:
        with pytest.raises(KeyError, match="value"):
            adding.do(connection, key="bot")

    done(opened, work)


@pytest.mark.parametrize("state", State)
def test_one_among_some_is_one_of_their_list(opened: Opened, state: State) -> None:
    some = (State.DUE, State.COVERED, State.REFUSED)
    row = {
        "destination": "file/x", "kind": Kind.DIGEST, "due": NOW, "state": state, "why": "",
        "covers": 0, "parts": 0, "silent": False, "put": False,
    }  # fmt: skip
    inside = Statement(select(series.c.id).where(among(series.c.state, some)))
    outside = Statement(select(series.c.id).where(~among(series.c.state, some)))

    def work(connection: Connection) -> None:
        connection.execute(insert(series), row)
        listed = connection.scalars(select(series.c.id).where(series.c.state.in_(some))).all()
        assert [found["id"] for found in inside.all(connection)] == listed
        assert (outside.one(connection) is None) == bool(listed)

    done(opened, work)


def test_what_the_database_says_is_a_sentence_without_the_values(opened: Opened) -> None:
    adding = Statement(insert(marks), columns=("key", "value"))

    def twice(connection: Connection) -> None:
        adding.do(connection, key="a secret", value="")
        adding.do(connection, key="a secret", value="")

    async def scenario(database: Database) -> None:
        with pytest.raises(StoreError, match="UNIQUE constraint failed") as said:
            await database.write(twice)
        assert isinstance(said.value.__cause__, sqlite3.IntegrityError)
        assert "secret" not in f"{said.value}{said.value.__cause__}"

    opened(scenario)


def test_a_value_that_nobody_can_have_written_is_none_of_the_types(opened: Opened) -> None:
    finding = Statement(select(parts.c.fate))

    def work(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
        connection.exec_driver_sql("INSERT INTO parts VALUES (1, 0, 'lost', 0, 0, NULL, '', 0)")
        with pytest.raises(ValueError, match="lost"):
            finding.all(connection)
        connection.exec_driver_sql("DELETE FROM parts")

    done(opened, work)


def test_a_part_takes_few_statements_from_its_slot_to_its_receipt(opened: Opened) -> None:
    said: list[str] = []

    def watched(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(said.append)

    async def scenario(database: Database) -> None:
        paces = (Pace("file", 0.1, burst=100), Pace(str(HERE), 1.0, burst=100))
        desk, outbox, page = Desk(database), Outbox(database), filled("0")
        await desk.fill(await due_series(database, HERE), page, now=NOW)
        there = await due_series(database, THERE)
        await database.write(watched)
        said.clear()

        assert await desk.job(there, shown_since=NOW) is not None
        await desk.fill(there, page, now=NOW)
        ready = await outbox.begin(there, paces, now=NOW)
        assert isinstance(ready, Ready)
        await outbox.record(ready.post, Delivered("1"), paces, now=NOW)
        await Works(database).done(1)

        bounds = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
        assert len([each for each in said if not each.startswith(bounds)]) <= 20

    opened(scenario)
