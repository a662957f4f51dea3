import asyncio
import os
import resource
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, aclosing, contextmanager, nullcontext
from pathlib import Path

import pytest

from bot.sources.folder import Folder

pytestmark = pytest.mark.slow


def watched(path: Path) -> Folder:
    return Folder("news", path, publisher=None, language="en", max_bytes=5_000_000, look_every=0.05)


class Listener:
    """Counts the changes that a folder tells, in a task of its own."""

    def __init__(self, path: Path) -> None:
        self.heard = 0
        self._path = path
        self._told = asyncio.Condition()

    async def listen(self) -> None:
        async with aclosing(watched(self._path).changes()) as changes:
            async for _ in changes:
                async with self._told:
                    self.heard += 1
                    self._told.notify_all()

    async def hears(self, act: Callable[[], object]) -> bool:
        """Say whether a change is told after the act, within a time that no machine needs."""
        before = self.heard
        act()
        async with asyncio.timeout(10), self._told:
            await self._told.wait_for(lambda: self.heard > before)
        return True

    async def hears_nothing(self, act: Callable[[], object]) -> bool:
        """Say whether more than a second of silence follows the act."""
        before = self.heard
        act()
        await asyncio.sleep(1.2)
        return self.heard == before


@contextmanager
def too_few_descriptors_to_watch() -> Iterator[None]:
    """Leaves this process room to open a file, and not the three that watching takes."""
    free = os.dup(0)
    os.close(free)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free + 2, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def listening(
    path: Path,
    story: Callable[[Listener], Awaitable[None]],
    circumstances: AbstractContextManager[None] | None = None,
) -> None:
    """Play the story to somebody who listens to the folder, from when the listening has begun."""

    async def play() -> None:
        with circumstances or nullcontext():
            await heard()

    async def heard() -> None:
        listener = Listener(path)
        task = asyncio.create_task(listener.listen())
        try:
            assert await listener.hears(lambda: None)
            await story(listener)
        finally:
            task.cancel()
            await asyncio.wait({task})

    asyncio.run(play())


def test_new_changed_and_removed_files_are_noticed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"

    async def story(listener: Listener) -> None:
        assert await listener.hears(lambda: file.write_text("Ministers met."))
        assert await listener.hears(lambda: file.write_text("Ministers met again."))
        assert await listener.hears(lambda: file.rename(tmp_path / "b.txt"))
        assert await listener.hears((tmp_path / "b.txt").unlink)

    listening(tmp_path, story)


def test_a_new_sub_folder_is_watched_too(tmp_path: Path) -> None:
    (tmp_path / "ready").mkdir()
    (tmp_path / "ready" / "a.txt").write_text("Ministers met.")
    folder = tmp_path / "folder"
    folder.mkdir()

    async def story(listener: Listener) -> None:
        assert await listener.hears(lambda: (tmp_path / "ready").rename(folder / "sub"))
        assert await listener.hears((folder / "sub" / "a.txt").unlink)

    listening(folder, story)


def test_reading_files_and_writing_those_that_are_none_of_ours_is_no_change(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("Ministers met.")

    def act() -> None:
        (tmp_path / "a.txt").read_text()
        (tmp_path / ".a.txt.swp").write_text("typing")
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "a.txt").write_text("typing")

    async def story(listener: Listener) -> None:
        assert await listener.hears_nothing(act)

    listening(tmp_path, story)


def test_a_folder_that_goes_and_comes_back_is_watched_again(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    async def story(listener: Listener) -> None:
        assert await listener.hears(lambda: shutil.rmtree(folder))
        assert await listener.hears(folder.mkdir)
        assert await listener.hears(lambda: (folder / "a.txt").write_text("Ministers met."))
        assert await listener.hears(lambda: folder.rename(tmp_path / "elsewhere"))
        assert await listener.hears(folder.mkdir)

    listening(folder, story)


def test_a_folder_that_is_replaced_at_once_is_watched_again(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    def replace() -> None:
        shutil.rmtree(folder)
        folder.mkdir()

    async def story(listener: Listener) -> None:
        assert await listener.hears(replace)
        assert await listener.hears(lambda: (folder / "a.txt").write_text("Ministers met."))

    listening(folder, story)


def test_a_folder_that_is_absent_at_first_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "later" / "folder"

    async def story(listener: Listener) -> None:
        assert await listener.hears(lambda: folder.mkdir(parents=True))
        assert await listener.hears(lambda: (folder / "a.txt").write_text("Ministers met."))

    listening(folder, story)


def test_a_name_that_is_no_utf_8_does_not_end_the_watching(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        odd.touch()
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")

    async def story(listener: Listener) -> None:
        assert await listener.hears(lambda: odd.write_text("Ministers met."))
        assert await listener.hears(lambda: (tmp_path / "a.txt").write_text("Ministers met."))

    listening(tmp_path, story)


def test_a_folder_that_cannot_be_watched_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "ready.txt").write_text("Ministers met.")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "b.txt").write_text("Ministers met.")
    file = folder / "a.txt"

    # None of these acts takes a descriptor.
    async def story(listener: Listener) -> None:
        assert await listener.hears(lambda: (tmp_path / "ready.txt").rename(file))
        assert await listener.hears(lambda: os.utime(file, ns=(1, 1)))
        assert await listener.hears(file.unlink)

    listening(folder, story, too_few_descriptors_to_watch())


def test_the_watching_stops_at_once(tmp_path: Path) -> None:
    stopped: list[float] = []

    async def story(listener: Listener) -> None:
        await listener.hears(lambda: (tmp_path / "a.txt").write_text("Ministers met."))
        await asyncio.sleep(0.2)
        stopped.append(time.monotonic())

    listening(tmp_path, story)

    assert time.monotonic() - stopped[0] < 1
