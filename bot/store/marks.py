"""What the database remembers of itself, by name."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.store.database import Database
from bot.store.delivery_tables import marks


class Marks:
    """Short texts by name, in a database. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def of(self, key: str) -> str | None:
        """Return what is kept under the name."""
        query = select(marks.c.value).where(marks.c.key == key)
        return await self._database.read(lambda connection: connection.scalar(query))

    async def those(self, prefix: str) -> dict[str, str]:
        """Return what is kept under the names that begin so."""
        query = select(marks.c.key, marks.c.value).where(
            marks.c.key.startswith(prefix, autoescape=True)
        )
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return {row.key: row.value for row in rows}

    async def put(self, key: str, value: str) -> None:
        """Keep the text under the name, in place of what stood there."""
        statement = (
            insert(marks)
            .values(key=key, value=value)
            .on_conflict_do_update(index_elements=[marks.c.key], set_={"value": value})
        )
        await self._database.write(lambda connection: connection.execute(statement))

    async def drop(self, key: str) -> None:
        """Forget what is kept under the name."""
        statement = delete(marks).where(marks.c.key == key)
        await self._database.write(lambda connection: connection.execute(statement))
