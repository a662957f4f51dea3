import asyncio
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app.ports import Found, Present
from bot.core.errors import SourceError
from bot.core.health import Fault, Reason
from bot.sources.folder import Folder

Item = Found | Present | Fault
Read = Callable[..., list[Item]]
#: A user id that owns nothing here; the superuser reads whatever the modes say.
NOBODY = 65_534


@pytest.fixture
def without_rights(tmp_path: Path) -> Iterator[Path]:
    """Makes this process nobody in particular for a test, and gives it a folder of its own."""
    if os.geteuid() != 0:
        yield tmp_path
        return
    # Not below tmp_path, whose parents only the superuser may enter.
    with tempfile.TemporaryDirectory() as name:
        os.chown(name, NOBODY, -1)
        os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


def fault(name: str, reason: Reason, detail: str = "") -> Fault:
    return Fault(name=f"news/{name}", reason=reason, detail=detail)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", (Reason.EMPTY, "")),
        ("a.txt", b" \r\n\t\n ", (Reason.EMPTY, "")),
        ("a.txt", b"\xef\xbb\xbf\n", (Reason.EMPTY, "")),
        ("a.txt", b"\xff\xfe\n\0", (Reason.EMPTY, "")),
        ("a.txt", b"MZ\x90\0\x03\0\0\0\x04", (Reason.BINARY, "")),
        ("a.txt", bytes(range(1, 256)), (Reason.BINARY, "")),
        ("a.txt", b"%PDF-1.7 and so on", (Reason.BINARY, "a PDF document")),
        ("a.md", b"{\\rtf1 and so on}", (Reason.BINARY, "an RTF document")),
        ("a.html", b"<html><script>x()</script></html>", (Reason.NO_TEXT, "")),
        ("a.html", b"<!-- nothing -->", (Reason.NO_TEXT, "")),
        ("a.md", b"---\ntitle: Summit\n---\n", (Reason.NO_TEXT, "")),
        ("a.docx", b"x", (Reason.UNKNOWN_KIND, "only .txt, .md and .html files are read")),
        ("README", b"x", (Reason.UNKNOWN_KIND, "only .txt, .md and .html files are read")),
        (
            "a.txt",
            "Президент выступил.".encode()[:-2] + b".",
            (Reason.BAD_ENCODING, "UTF-8 with a broken character, byte 33"),
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_by_name_and_reason(
    name: str, data: bytes, why: tuple[Reason, str], tmp_path: Path, read: Read
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text("The others go on.")

    bad, good = read(tmp_path)

    assert bad == fault(name, *why)
    assert isinstance(good, Found)
    assert good.article.text == "The others go on."


def test_a_huge_file_is_told_by_its_size_and_never_read(tmp_path: Path, read: Read) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(52_000_000)

    assert read(tmp_path) == [fault("a.txt", Reason.TOO_LARGE, "52 MB, the limit is 5 MB")]


def test_a_file_just_too_large_is_told_in_bytes(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("x" * 1_000_001)

    assert read(tmp_path, max_bytes=1_000_000) == [
        fault("a.txt", Reason.TOO_LARGE, "1000001 bytes, the limit is 1000000 bytes")
    ]


def test_a_file_at_the_limit_is_read(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("x" * 1_000)

    assert [type(item) for item in read(tmp_path, max_bytes=1_000)] == [Found]


def test_pipes_and_sockets_are_no_files_and_keep_nobody_waiting(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A socket's whole path must be short, so it is made from inside the folder.
    monkeypatch.chdir(tmp_path)
    os.mkfifo("a.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("b.txt")

        assert read(tmp_path) == [
            fault("a.txt", Reason.NOT_A_FILE),
            fault("b.txt", Reason.NOT_A_FILE),
        ]


def test_a_folder_named_as_a_file_is_a_folder(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "b.txt").write_text("Ministers met.")

    assert [type(item) for item in read(tmp_path)] == [Found]


def test_links_inside_the_folder_are_read_and_others_are_not(tmp_path: Path, read: Read) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("Not for the news.")
    (folder / "sub" / "real.data").write_text("Ministers met.")
    (folder / "a.txt").symlink_to(folder / "sub" / "real.data")
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c.txt").symlink_to(folder / "gone.txt")
    (folder / "d.txt").symlink_to(folder / "d.txt")
    (folder / "e").symlink_to(tmp_path)
    (folder / "f").symlink_to(folder)

    found, *faults = read(folder)

    assert isinstance(found, Found)
    assert (found.article.id, found.article.text) == ("news/a.txt", "Ministers met.")
    outside = "a link that leads outside the folder"
    assert faults == [
        fault("b.txt", Reason.UNREADABLE, outside),
        fault("c.txt", Reason.UNREADABLE, "a link that leads nowhere"),
        fault("d.txt", Reason.UNREADABLE, "Too many levels of symbolic links"),
        fault("e", Reason.UNREADABLE, outside),
        fault("sub/real.data", Reason.UNKNOWN_KIND, "only .txt, .md and .html files are read"),
    ]


def test_a_folder_that_is_a_link_is_read(tmp_path: Path, read: Read) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("Ministers met.")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert [type(item) for item in read(tmp_path / "link")] == [Found]


def test_a_known_file_that_turns_bad_keeps_its_article(tmp_path: Path, read: Read) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").symlink_to(tmp_path)
    known = {"news/a.txt": "12-1", "news/b.txt": "12-1"}

    assert read(folder, known) == [
        fault("a.txt", Reason.EMPTY),
        Present(id="news/a.txt"),
        fault("b.txt", Reason.UNREADABLE, "a link that leads outside the folder"),
        Present(id="news/b.txt"),
    ]


def test_what_may_not_be_read_is_reported_and_what_was_known_below_it_stays(
    without_rights: Path, read: Read
) -> None:
    (without_rights / "b").mkdir()
    (without_rights / "a.txt").write_text("Not for everybody.")
    (without_rights / "d.txt").write_text("The others go on.")
    (without_rights / "a.txt").chmod(0)
    (without_rights / "b").chmod(0)
    known = {"news/b-c.txt": "1-1", "news/b/c.txt": "1-1", "news/b/d/e.txt": "1-1", "news/c": "1"}

    *items, found = read(without_rights, known)

    assert items == [
        fault("a.txt", Reason.UNREADABLE, "Permission denied"),
        fault("b", Reason.UNREADABLE, "Permission denied"),
        Present(id="news/b/c.txt"),
        Present(id="news/b/d/e.txt"),
    ]
    assert isinstance(found, Found)


def test_a_folder_that_may_not_be_entered_keeps_what_was_known(
    without_rights: Path, read: Read
) -> None:
    (without_rights / "b").mkdir()
    (without_rights / "b" / "c.txt").write_text("Ministers met.")
    (without_rights / "b").chmod(0o600)

    assert read(without_rights, {"news/b/c.txt": "1-1"}) == [
        fault("b/c.txt", Reason.UNREADABLE, "Permission denied"),
        Present(id="news/b/c.txt"),
    ]


def whole_fault(path: Path, read: Read) -> Fault:
    with pytest.raises(SourceError) as caught:
        read(path)
    return caught.value.fault


def test_an_absent_folder_fails_as_a_whole(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "gone"

    assert whole_fault(path, read) == Fault(name="news", reason=Reason.ABSENT, hint=str(path))


def test_a_file_in_place_of_the_folder_fails_as_a_whole(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "file"
    path.write_text("Ministers met.")

    expected = Fault(name="news", reason=Reason.NOT_A_FOLDER, hint=str(path))
    assert whole_fault(path, read) == expected


def test_a_folder_that_may_not_be_read_fails_as_a_whole(without_rights: Path, read: Read) -> None:
    folder = without_rights / "folder"
    folder.mkdir(0o000)

    expected = Fault(name="news", reason=Reason.UNREADABLE, detail="Permission denied")
    assert whole_fault(folder, read) == expected


@pytest.mark.parametrize("comes_back", [False, True])
def test_a_folder_that_goes_away_meanwhile_fails_as_a_whole(
    comes_back: bool,  # noqa: FBT001 - it is a case, not a switch
    tmp_path: Path,
) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    for number in range(3):
        (path / f"{number}.txt").write_text("x" * 150_000)
    folder = Folder("news", path, publisher=None, language="en", max_bytes=5_000_000)

    async def read_and_remove() -> None:
        async for _ in folder.read({}):
            path.rename(tmp_path / "elsewhere")
            if comes_back:
                path.mkdir()

    with pytest.raises(SourceError) as caught:
        asyncio.run(read_and_remove())
    assert (folder.name, caught.value.fault.reason) == ("news", Reason.ABSENT)


def test_names_of_any_bytes_become_names_that_can_be_stored_and_printed(
    tmp_path: Path, read: Read
) -> None:
    names = (b"a\\b.txt", b"caf\xe9.txt", b"x\ny.txt", b"x\x1b[2J.txt", "z\u202etxt.txt".encode())
    for name in names:
        try:
            (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text("Ministers met.")
        except OSError:
            pytest.skip("this file system takes only names in UTF-8")

    ids = [item.article.id for item in read(tmp_path) if isinstance(item, Found)]

    assert ids == [
        "news/a\\\\b.txt",
        "news/caf\\xe9.txt",
        "news/x\\u{a}y.txt",
        "news/x\\u{1b}[2J.txt",
        "news/z\\u{202e}txt.txt",
    ]
    assert "".join(ids).encode().decode().isprintable()


def test_names_in_other_scripts_stay_as_they_are(tmp_path: Path, read: Read) -> None:
    names = ["می‌شود.txt", "Саммит ШОС.txt", "峰会.txt"]
    for name in names:
        (tmp_path / name).write_text("Ministers met.")

    ids = {item.article.id for item in read(tmp_path) if isinstance(item, Found)}

    assert ids == {f"news/{name}" for name in names}


def test_folders_in_folders_beyond_any_path_are_no_danger(tmp_path: Path, read: Read) -> None:
    home = os.open(".", os.O_RDONLY)
    os.chdir(tmp_path)
    try:
        for _ in range(60):
            Path("d" * 100).mkdir()
            os.chdir("d" * 100)
    finally:
        os.fchdir(home)
        os.close(home)
    (tmp_path / "z.txt").write_text("The others go on.")

    deep, found = read(tmp_path)

    assert isinstance(deep, Fault)
    assert (deep.reason, deep.detail) == (Reason.UNREADABLE, "File name too long")
    assert isinstance(found, Found)
