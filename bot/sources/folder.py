"""The watched folder: every file in it is an article of one source."""

import asyncio
import os
from bisect import bisect_left
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.app.ports import Found, Present
from bot.core.errors import SourceError
from bot.core.health import Fault, Reason
from bot.sources.file import Defaults, document
from bot.sources.reading import Unread
from bot.sources.walk import File, Obstacle, shown, walk
from bot.sources.watch import watch

#: A step in the other thread ends after so many items, or so many characters of articles.
_STEP_ITEMS = 100
_STEP_CHARACTERS = 100_000
#: Ends the version of a file whose front matter or date is faulty, so that it is looked at every
#: time: a fault that stands must be reported again.
_FAULTY = "-faulty"


def _today() -> date:
    return datetime.now(UTC).date()


class Folder:
    """A source: a folder of .txt, .md and .html files, read again only where they changed.

    A file that cannot be read is reported, and the article it once held stays; only a file that is
    gone takes its article away.
    """

    def __init__(  # noqa: PLR0913 - a folder as the configuration describes it
        self,
        name: str,
        path: Path,
        *,
        publisher: str | None,
        language: str,
        max_bytes: int,
        look_every: float = 5.0,
        today: Callable[[], date] = _today,
    ) -> None:
        """Keep what the configuration says; ``look_every`` is in seconds, ``today`` in UTC.

        So often the folder is looked at while the system cannot watch it, or it is not there. A
        date more than a day after today is reported.
        """
        self._name = name
        self._path = path
        self._look_every = look_every
        self._today = today
        self._defaults = Defaults(
            source=name, publisher=publisher, language=language, max_bytes=max_bytes
        )

    @property
    def name(self) -> str:
        """Return the name the configuration gives it."""
        return self._name

    async def read(self, known: Mapping[str, str]) -> AsyncGenerator[Found | Present | Fault, None]:
        """Yield all the folder holds, in name order; the port says what ``known`` is.

        Raises ``SourceError`` when the folder is absent, no folder or unreadable, also when it
        goes away meanwhile: what was yielded is then not all.
        """
        items = self._items(known)
        while step := await asyncio.to_thread(_step, items):
            for item in step:
                yield item

    def changes(self) -> AsyncGenerator[None, None]:
        """Yield soon after anything in the folder may have changed, and once at the beginning.

        The folder may go away, and come back, meanwhile.
        """
        return watch(self._path, look_every=self._look_every)

    def _items(self, known: Mapping[str, str]) -> Iterator[Found | Present | Fault]:
        ids = sorted(known)
        try:
            before = self._path.stat()
            for entry in walk(self._path):
                yield from self._item(entry, known, ids)
            if not os.path.samestat(before, self._path.stat()):
                raise FileNotFoundError
        except OSError as error:
            raise SourceError(self._fault(error)) from error

    def _fault(self, error: OSError) -> Fault:
        where = shown(str(self._path))
        if isinstance(error, FileNotFoundError):
            return Fault(name=self._name, reason=Reason.ABSENT, hint=where)
        if isinstance(error, NotADirectoryError):
            return Fault(name=self._name, reason=Reason.NOT_A_FOLDER, hint=where)
        return Fault(name=self._name, reason=Reason.UNREADABLE, detail=error.strerror or "")

    def _item(
        self, entry: File | Obstacle, known: Mapping[str, str], ids: Sequence[str]
    ) -> Iterator[Found | Present | Fault]:
        name = f"{self._name}/{entry.name}"
        if isinstance(entry, Obstacle):
            yield Fault(name=name, reason=entry.why.reason, detail=entry.why.detail)
            if name in known:
                yield Present(id=name)
            yield from (Present(id=below) for below in _below(name, ids))
            return
        version = f"{entry.size}-{entry.written}"
        if known.get(name) == version:
            yield Present(id=name)
            return
        found = document(
            entry.path, named=entry.name, id=name, defaults=self._defaults, today=self._today()
        )
        if isinstance(found, Unread):
            yield Fault(name=name, reason=found.reason, detail=found.detail)
            if name in known:
                yield Present(id=name)
        elif found is not None:
            version += _FAULTY if found.doubts else ""
            for why in found.doubts:
                yield Fault(name=name, reason=why.reason, detail=why.detail)
            unchanged = known.get(name) == version
            yield Present(id=name) if unchanged else Found(article=found.article, version=version)


def _step(items: Iterator[Found | Present | Fault]) -> list[Found | Present | Fault]:
    step: list[Found | Present | Fault] = []
    characters = 0
    for item in items:
        step.append(item)
        characters += len(item.article.text) if isinstance(item, Found) else 0
        if len(step) >= _STEP_ITEMS or characters >= _STEP_CHARACTERS:
            break
    return step


def _below(id: str, ids: Sequence[str]) -> Iterator[str]:
    """Yield the ids, out of sorted ones, that stand below this one as if it were a folder."""
    place = bisect_left(ids, id + "/")
    while place < len(ids) and ids[place].startswith(id + "/"):
        yield ids[place]
        place += 1
