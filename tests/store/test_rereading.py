"""Rows that are read again are what stands there now, and only what has changed is made anew."""

from collections.abc import Awaitable, Callable

from sqlalchemy import bindparam, delete, insert, select, update

from bot.store.database import Database
from bot.store.delivery_tables import marks
from bot.store.rereading import Rereading
from bot.store.statement import Row, Statement

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]

ADD = Statement(insert(marks), columns=("key", "value"))
CHANGE = Statement(update(marks).where(marks.c.key == bindparam("of")).values(value="B"))
REMOVE = Statement(delete(marks).where(marks.c.key == bindparam("of")))


def test_what_has_changed_is_made_anew_and_what_is_gone_is_left_out(opened: Opened) -> None:
    made: list[str] = []

    def say(row: Row) -> str:
        said = f"{row['key']}={row['value']}"
        made.append(said)
        return said

    async def scenario(database: Database) -> None:
        rereading = Rereading(Statement(select(marks).order_by(marks.c.key)), say)
        rows = [{"key": name, "value": name} for name in "abc"]
        await database.write(lambda connection: ADD.do_each(connection, rows))
        assert await database.read(rereading.all) == ["a=a", "b=b", "c=c"]
        await database.write(lambda connection: CHANGE.do(connection, of="b"))
        await database.write(lambda connection: REMOVE.do(connection, of="c"))

        assert await database.read(rereading.all) == ["a=a", "b=B"]
        assert await database.read(rereading.all) == ["a=a", "b=B"]

        assert made == ["a=a", "b=b", "c=c", "b=B"]

    opened(scenario)
