"""Files get pages whole, and nothing outside their folder is touched."""

import asyncio
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app.outbox import Channel
from bot.console.file_channel import FileChannel
from bot.core.delivery import Deferred, Delivered, Outcome, Post, Refused, Scope
from bot.core.page import Heading, Item, Page, Plain
from bot.core.subscription import Destination

PAGE = Page((Heading((Plain("SCO"),)), Item((Plain("A line \x1b[31mof news"),))))
TEXT = "SCO\n• A line of news\n\n"


def post(address: str, text: str = TEXT, *, series: int = 1) -> Post:
    there = Destination("file", address)
    return Post(series=series, part=0, destination=there, payload={"text": text})


def send(folder: Path, address: str, text: str = TEXT) -> Outcome:
    return asyncio.run(FileChannel(folder).send(post(address, text)))


def find(folder: Path, address: str, text: str = TEXT) -> Outcome:
    return asyncio.run(FileChannel(folder).find(post(address, text)))


def test_a_page_is_plain_text_without_colour_or_codes(tmp_path: Path) -> None:
    def of(channel: Channel) -> tuple[object, object]:
        return channel.render(PAGE), channel.paces(Destination("file", "a.txt"))

    assert of(FileChannel(tmp_path)) == (({"text": TEXT},), ())


def test_pages_are_added_and_know_where_they_begin(tmp_path: Path) -> None:
    outcomes = [send(tmp_path / "posts", "digests/team.txt") for _ in range(2)]

    assert outcomes == [Delivered("0"), Delivered(str(len(TEXT.encode())))]
    assert (tmp_path / "posts/digests/team.txt").read_text() == TEXT + TEXT


@pytest.mark.parametrize(
    "address", ["", ".", "..", "../out.txt", "a/../../out.txt", "{folder}/out.txt", "away/out.txt"]
)
def test_an_address_outside_the_folder_is_refused(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "away").symlink_to(tmp_path)
    named = address.format(folder=tmp_path)

    for outcome in (send(folder, named), find(folder, named)):
        assert isinstance(outcome, Refused)
        assert outcome.scope is Scope.DESTINATION
        assert outcome.why == f"{named!r} is no file below {folder}. Name one that is."
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["away", "posts"]


@pytest.mark.parametrize("address", ["no\0thing", ".sending", ".sending/note"])
def test_a_name_that_can_never_be_written_is_refused(tmp_path: Path, address: str) -> None:
    outcome = send(tmp_path, address)

    assert isinstance(outcome, Refused)
    assert (outcome.scope, outcome.why.startswith(repr(address))) == (Scope.DESTINATION, True)


@pytest.mark.parametrize("address", ["folder", "file/below.txt", "x" * 300, "loop", "pipe"])
def test_what_cannot_be_written_now_is_told_and_tried_again(
    tmp_path: Path, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")

    outcome = send(tmp_path, address)

    assert isinstance(outcome, Deferred)
    assert outcome.seconds == 60.0
    assert outcome.why.startswith(f"{address!r} cannot be written: ")
    assert caplog.messages == [f"A file gets no digest yet: {outcome.why}"]


def test_a_file_that_can_be_written_again_gets_its_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    before = send(tmp_path, "a.txt")
    (tmp_path / "a.txt").rmdir()

    assert isinstance(before, Deferred)
    assert send(tmp_path, "a.txt") == Delivered("0")


def test_a_pipe_that_somebody_reads_is_no_file_either(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    outcome = send(tmp_path, "pipe")
    os.close(reader)

    assert isinstance(outcome, Deferred)
    assert "it is no plain file" in outcome.why


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the disk be full for files of that size, for this process alone."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.parametrize("room", [0, 5])
def test_what_does_not_fit_is_not_begun_and_tried_again_later(tmp_path: Path, room: int) -> None:
    before = TEXT * 4
    (tmp_path / "a.txt").write_text(before)

    with files_no_larger_than(len(before.encode()) + room):
        outcome = send(tmp_path, "a.txt")

    assert isinstance(outcome, Deferred)
    assert outcome.seconds == 60.0
    assert outcome.why.startswith("'a.txt' cannot be written: ")
    assert (tmp_path / "a.txt").read_text() == before


def test_a_text_that_arrived_is_found_where_it_begins(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Before\n\n")
    send(tmp_path, "a.txt")
    with (tmp_path / "a.txt").open("a") as file:
        file.write("Somebody's remark\n")

    assert find(tmp_path, "a.txt") == Delivered("8")


def test_a_text_that_is_not_there_may_be_sent(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("SCO\n")
    send(tmp_path, "changed.txt")
    (tmp_path / "changed.txt").write_text("Another page, written over it by somebody\n")
    send(tmp_path, "gone.txt")
    (tmp_path / "gone.txt").unlink()

    names = ("none.txt", "other.txt", "changed.txt", "gone.txt")

    assert [find(tmp_path, name) for name in names] == [Deferred(0)] * 4
    assert (tmp_path / "other.txt").read_text() == "SCO\n"
    assert (tmp_path / "changed.txt").read_text().startswith("Another page")


def test_the_same_page_of_an_earlier_series_is_not_taken_for_this_one(tmp_path: Path) -> None:
    channel = FileChannel(tmp_path)
    asyncio.run(channel.send(post("a.txt", series=1)))

    found = asyncio.run(channel.find(post("a.txt", series=2)))

    assert found == Deferred(0)
    assert (tmp_path / "a.txt").read_text() == TEXT


def test_a_note_that_a_loss_of_power_garbled_means_that_nothing_was_begun(tmp_path: Path) -> None:
    send(tmp_path, "a.txt")
    (note,) = (tmp_path / ".sending").iterdir()
    for garbled in (b"", b"1 0", b"1 0 \xb2", b"1 0 00"):
        note.write_bytes(garbled)

        assert find(tmp_path, "a.txt") == Deferred(0)


#: Sends a page to a.txt, and is killed when it waits for the disk for the so-manieth time.
SENDING = """
import asyncio, os, sys
from pathlib import Path
from bot.console.file_channel import FileChannel
from bot.core.delivery import Post
from bot.core.subscription import Destination

left = int(sys.argv[2])

def sync(file):
    global left
    left -= 1
    if not left:
        os._exit(9)

there = Destination("file", "a.txt")
post = Post(series=2, part=0, destination=there, payload={"text": sys.argv[3]})
asyncio.run(FileChannel(Path(sys.argv[1]), sync=sync).send(post))
"""


@pytest.mark.parametrize("moment", range(1, 5))
def test_a_page_stands_there_once_whenever_its_sending_is_killed(
    tmp_path: Path, moment: int
) -> None:
    """The page before it is the same, and its sending is resumed as delivery does."""
    asyncio.run(FileChannel(tmp_path).send(post("a.txt", series=1)))
    arguments = [sys.executable, "-c", SENDING, str(tmp_path), str(moment), TEXT]
    subprocess.run(arguments, check=False)

    if asyncio.run(FileChannel(tmp_path).find(post("a.txt", series=2))) == Deferred(0):
        asyncio.run(FileChannel(tmp_path).send(post("a.txt", series=2)))

    assert (tmp_path / "a.txt").read_text() == TEXT * 2


def test_a_piece_that_a_kill_tore_is_cut_off_before_it_is_sent_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Before\n\n")
    send(tmp_path, "a.txt")
    os.truncate(tmp_path / "a.txt", 8 + 9)

    assert find(tmp_path, "a.txt") == Deferred(0)
    assert (tmp_path / "a.txt").read_text() == "Before\n\n"


def test_a_page_is_on_the_disk_with_its_name_once_it_is_delivered(tmp_path: Path) -> None:
    synced: list[tuple[int, int]] = []

    def sync(file: int) -> None:
        found = os.fstat(file)
        synced.append((found.st_ino, found.st_size if stat.S_ISREG(found.st_mode) else 0))

    channel = FileChannel(tmp_path, sync=sync)
    asyncio.run(channel.send(post("below/a.txt")))

    (note,) = (tmp_path / ".sending").iterdir()
    begun = (note.stat().st_ino, note.stat().st_size)
    page = ((tmp_path / "below/a.txt").stat().st_ino, len(TEXT.encode()))
    assert synced.index(begun) < synced.index(page)
    folders = [(each.stat().st_ino, 0) for each in (tmp_path / "below", tmp_path)]
    assert synced[synced.index(page) + 1 :] == folders
    assert (note.parent.stat().st_ino, 0) in synced[: synced.index(page)]
