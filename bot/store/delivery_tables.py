"""The tables of delivery, as the newest migration leaves them: who gets what, and what became."""

from datetime import timedelta
from enum import Enum
from typing import TypeVar

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Time,
    false,
)
from sqlalchemy.types import TypeDecorator

from bot.core.delivery import Fate, Kind, State
from bot.core.subscription import Length, QuietPolicy, Standing
from bot.store.tables import Moment, Words, metadata

E = TypeVar("E", bound=Enum)


class Choice(TypeDecorator[E]):
    """One of an enumeration's members, kept as its value; another value is a ``ValueError``."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[E]) -> None:
        """Keep members of this enumeration."""
        super().__init__()
        self.members = members

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Return the value that is kept."""
        del dialect
        return None if value is None else str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Return the member of that value."""
        del dialect
        return None if value is None else self.members(value)


class Seconds(TypeDecorator[timedelta]):
    """A length of time, kept as whole seconds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """Count the seconds."""
        del dialect
        return None if value is None else value // timedelta(seconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        """Return the length of time."""
        del dialect
        return None if value is None else timedelta(seconds=value)


# Numbers are never given twice (AUTOINCREMENT): a queue may still name a row that is gone.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("destination", Words, nullable=False),
    # Times of day with their days; null without a schedule, as its zone.
    Column("timings", JSON(none_as_null=True)),
    Column("zone", Words),
    Column("topics", JSON, nullable=False),
    Column("length", Choice(Length), nullable=False),
    Column("language", Words, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("quiet", Choice(QuietPolicy), nullable=False),
    Column("standing", Choice(Standing), nullable=False),
    Column("reason", Words, nullable=False),
    Column("grace", Seconds, nullable=False),
    Column("owner", Words, nullable=False),
    Column("declared", Boolean, nullable=False),
    # The next slot.
    Column("next_moment", Moment),
    Column("next_day", Date),
    Column("next_at", Time),
    # Whether a digest's stories stand in the channel, not in a thread.
    Column("flat", Boolean, nullable=False, server_default=false()),
    # What stood here before the last change, for an undo.
    Column("previous", JSON(none_as_null=True)),
    sqlite_autoincrement=True,
)
Index("subscriptions_by_destination", subscriptions.c.destination, unique=True)
Index(
    "subscriptions_due", subscriptions.c.standing, subscriptions.c.next_moment, subscriptions.c.id
)

#: Pages and their messages, each kept once however many series post it.
sheets = Table(
    "sheets",
    metadata,
    Column("id", Integer, primary_key=True),
    # Of the page, its messages and stories together.
    Column("hash", LargeBinary, nullable=False),
    # JSON, as it was hashed.
    Column("page", Text, nullable=False),
    Column("payloads", Text, nullable=False),
    # The article ids of each story, in the order of their numbers; null for what is no edition.
    Column("stories", JSON(none_as_null=True)),
    sqlite_autoincrement=True,
)
Index("sheets_by_hash", sheets.c.hash, unique=True)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Choice(Kind), nullable=False),
    Column("destination", Words, nullable=False),
    Column("subscription", Integer, ForeignKey("subscriptions.id", ondelete="SET NULL")),
    # The slot's local date and time; its moment is when the series is due.
    Column("day", Date),
    Column("at", Time),
    Column("due", Moment, nullable=False),
    Column("state", Choice(State), nullable=False),
    Column("why", Words, nullable=False),
    Column("covers", Integer, nullable=False),
    Column("ended", Moment),
    Column("parts", Integer, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("sheet", Integer, ForeignKey("sheets.id")),
    # How far the window reaches, and when the edition was made.
    Column("until", Moment),
    Column("made", Moment),
    # Whether a queue was given it.
    Column("put", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
Index("series_of_slot", series.c.subscription, series.c.day, series.c.at, unique=True)
Index("series_by_state", series.c.state, series.c.put, series.c.due)
Index("series_by_destination", series.c.destination, series.c.due)
Index("series_by_due", series.c.due)
Index("series_by_sheet", series.c.sheet)

#: The receipts. Clustered by their key: a series' parts lie together.
parts = Table(
    "parts",
    metadata,
    Column("series", Integer, ForeignKey("series.id", ondelete="CASCADE"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("fate", Choice(Fate), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("interrupted", Integer, nullable=False),
    Column("reference", Words),
    Column("why", Words, nullable=False),
    Column("changed", Moment, nullable=False),
    sqlite_with_rowid=False,
)

paces = Table(
    "paces",
    metadata,
    Column("name", Words, primary_key=True),
    # The theoretical arrival time of the generic cell rate algorithm.
    Column("arrival", Moment),
    # Nothing goes before this moment, whatever the rate allows.
    Column("held", Moment),
    # When the row was written: a clock that was set back since then is seen by it.
    Column("noted", Moment),
)

works = Table(
    "works",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("args", JSON, nullable=False),
    Column("line", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("not_before", Moment),
    Column("priority", Integer, nullable=False),
    sqlite_autoincrement=True,
)
Index("works_by_key", works.c.key, unique=True)
Index("works_by_line", works.c.line)

#: When the bot was running.
lives = Table(
    "lives",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("began", Moment, nullable=False),
    Column("last", Moment, nullable=False),
    Column("stopped", Boolean, nullable=False),
)

#: What is known of a chat besides what it asked for.
chats = Table(
    "chats",
    metadata,
    Column("destination", Words, primary_key=True),
    # Null where nobody has said.
    Column("allowed", Boolean),
    Column("added", Moment),
    Column("removed", Moment),
    Column("owner", Words, nullable=False),
    # What a group or channel is called; empty where nobody has said, and for chats of one person.
    Column("title", Words, nullable=False, server_default=""),
)

#: What was heard already: a chat may tell it again.
heard = Table(
    "heard",
    metadata,
    Column("key", Words, primary_key=True),
    Column("moment", Moment, nullable=False),
    #: What is still to be done of it; nothing where it is done, or need not be.
    Column("body", Words),
    # After how many starts it was begun again.
    Column("tries", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

#: What the database remembers of itself: which bot it belongs to, when it was restored.
marks = Table(
    "marks",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)
