"""Pages with their messages, kept once for all series that post the same."""

import hashlib
import json
from collections import deque
from pathlib import Path

from sqlalchemy import Connection, RowMapping, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot.app.outbox import Filled
from bot.app.ports import Edition
from bot.core.delivery import Payload
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.core.written import UnknownKindError, read_page, write_page
from bot.store.delivery_tables import sheets
from bot.store.faults import legible, named
from bot.store.statement import Statement

Contents = tuple[Page, tuple[Payload, ...], tuple[tuple[str, ...], ...] | None]

#: So many sheets of late are known by their contents.
_KNOWN = 64


class Sheets:
    """Keeps sheets, and knows those of late again by what they are made of.

    Of 10,000 series that post one page, the first alone has it written out.
    """

    def __init__(self) -> None:
        """Know none yet."""
        self._known: deque[tuple[Contents, bytes]] = deque(maxlen=_KNOWN)

    def number(self, connection: Connection, filled: Filled) -> int:
        """Return the number that the page, its messages and its stories are kept under."""
        stories = None if filled.edition is None else filled.edition.stories
        contents = (filled.page, filled.payloads, stories)
        digest = next((digest for known, digest in self._known if _same(known, contents)), None)
        if digest is not None:
            kept = _NUMBER.one(connection, digest=digest)
            if kept is not None:
                return int(kept["id"])
        page, payloads = _json(write_page(filled.page)), _json(filled.payloads)
        written = "\0".join((page, payloads, _json(stories)))
        digest = hashlib.sha256(written.encode()).digest()
        row = {"hash": digest, "page": page, "payloads": payloads, "stories": stories}
        connection.execute(_ADDED, row)
        self._known.append((contents, digest))
        return int(_NUMBER.all(connection, digest=digest)[0]["id"])


def _same(known: Contents, contents: Contents) -> bool:
    """Say whether these are the same objects: to compare their values would cost too much."""
    return all(one is other for one, other in zip(known, contents, strict=True))


def payload(payloads: str, part: int) -> Payload:
    """Return one message of a sheet; raises what ``legible`` understands."""
    read: Payload = json.loads(payloads)[part]
    return read


def filled_of(row: RowMapping, path: Path | None) -> Filled:
    """Return what a series posts, from its own columns and its sheet's.

    Raises ``StoreError`` where the row makes no sense, or was written by a newer version.
    """
    with legible(path):
        try:
            page = read_page(json.loads(row["page"]))
        except UnknownKindError as error:
            message = (
                f"{named(path)} cannot be read: {error}. A newer Briefbot wrote it. It was left "
                "as it is: install the newer Briefbot."
            )
            raise StoreError(message) from error
        edition = None
        if row["made"] is not None:
            stories = tuple(tuple(ids) for ids in row["stories"])
            edition = Edition(destination=row["destination"], made=row["made"], stories=stories)
        return Filled(
            page=page,
            payloads=tuple(json.loads(row["payloads"])),
            until=row["until"],
            edition=edition,
            why=row["why"],
        )


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


_NUMBER = Statement(select(sheets.c.id).where(sheets.c.hash == bindparam("digest")))
_ADDED = insert(sheets).on_conflict_do_nothing(index_elements=[sheets.c.hash])
