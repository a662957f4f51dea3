"""Files get pages whole, and nothing outside their folder is touched."""

import asyncio
import os
import resource
import signal
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


def post(address: str, text: str = TEXT) -> Post:
    return Post(series=1, part=0, destination=Destination("file", address), payload={"text": text})


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


@pytest.mark.parametrize("address", ["folder", "file/below.txt", "x" * 300, "no\0thing", "loop"])
def test_what_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path, address: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")

    outcome = send(tmp_path, address)

    assert isinstance(outcome, Refused)
    assert outcome.scope is Scope.DESTINATION
    assert outcome.why.startswith(repr(address))


def test_a_pipe_is_no_file_whether_somebody_reads_it_or_not(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    unread = send(tmp_path, "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    read = send(tmp_path, "pipe")
    os.close(reader)

    assert isinstance(unread, Refused)
    assert isinstance(read, Refused)
    assert "it is no plain file" in read.why


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
    (tmp_path / "a.txt").write_text(TEXT)

    with files_no_larger_than(len(TEXT.encode()) + room):
        outcome = send(tmp_path, "a.txt")

    assert isinstance(outcome, Deferred)
    assert outcome.seconds == 60.0
    assert outcome.why.startswith("a.txt: ")
    assert (tmp_path / "a.txt").read_text() == TEXT


def test_a_text_at_the_end_of_its_file_is_found(tmp_path: Path) -> None:
    send(tmp_path, "a.txt", "Before\n\n")
    send(tmp_path, "a.txt")

    assert find(tmp_path, "a.txt") == Delivered("8")


def test_a_text_that_is_not_there_may_be_sent(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("SCO\n• Another line of other news\n\n")
    (tmp_path / "short.txt").write_text("SC")

    assert [find(tmp_path, name) for name in ("none.txt", "other.txt", "short.txt")] == [
        Deferred(0)
    ] * 3
    assert (tmp_path / "other.txt").read_text() == "SCO\n• Another line of other news\n\n"
    assert (tmp_path / "short.txt").read_text() == "SC"


def test_a_piece_that_a_kill_tore_is_cut_off_before_it_is_sent_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Before\n\n" + TEXT.encode()[:9])

    assert find(tmp_path, "a.txt") == Deferred(0)
    send(tmp_path, "a.txt")

    assert (tmp_path / "a.txt").read_text() == "Before\n\n" + TEXT
