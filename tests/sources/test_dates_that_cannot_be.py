from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.app.ports import Found, Present
from bot.core.health import Fault, Reason
from bot.core.values import Published
from bot.sources.file import Defaults, read_file
from bot.sources.folder import Folder

Read = Callable[..., list[Found | Present | Fault]]

DEFAULTS = Defaults(source="files", publisher=None, language="en", max_bytes=1_000)


@pytest.mark.parametrize(
    ("name", "text", "printed"),
    [
        ("a.txt", "date 2025-02-30 Ministers met.", "2025-02-30"),
        ("a.txt", "OSH, February 30, 2025 (AKIpress) – Ministers met.", "February 30, 2025"),
        ("a.html", "<meta name='date' content='2025-02-30'><p>Ministers met.", "2025-02-30"),
    ],
)
def test_a_date_that_does_not_exist_is_told_and_its_article_read(
    name: str, text: str, printed: str, tmp_path: Path, read: Read
) -> None:
    (tmp_path / name).write_text(text)

    fault, found = read(tmp_path)

    assert fault == Fault(name=f"news/{name}", reason=Reason.BAD_DATE, detail=printed)
    assert isinstance(found, Found)
    assert found.article.text.endswith("Ministers met.")
    assert found.article.published is None


@pytest.mark.parametrize(
    "text",
    [
        "<meta name='date' content='2025-02-30'><time datetime='2025-09-01'></time><p>Met.",
        "<meta name='date' content='yesterday'><p>Met.",
    ],
)
def test_a_page_is_not_blamed_for_a_date_it_also_gives_well_or_in_other_words(
    text: str, tmp_path: Path, read: Read
) -> None:
    (tmp_path / "a.html").write_text(text)

    assert [type(item) for item in read(tmp_path)] == [Found]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_date_ahead_is_told_and_its_article_read(name: str, tmp_path: Path, read: Read) -> None:
    opening = "---\ndate: 2099-01-01\n---\n" if name == "a.md" else "date 2099-01-01 "
    (tmp_path / name).write_text(f"{opening}Ministers met.")

    fault, found = read(tmp_path)

    assert fault == Fault(name=f"news/{name}", reason=Reason.FUTURE_DATE, detail="2099-01-01")
    assert isinstance(found, Found)
    assert found.article.published == Published(day=date(2099, 1, 1))


def test_a_date_is_ahead_when_it_is_so_everywhere_on_earth(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("date 2025-09-02 Ministers met.")
    (tmp_path / "b.txt").write_text("date 2025-09-03 Ministers met again.")

    told = [item.name for item in read(tmp_path) if isinstance(item, Fault)]

    assert told == ["news/b.txt"]


def test_the_last_day_of_all_is_only_ahead(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("date 9999-12-31 Ministers met.")

    assert [type(item) for item in read(tmp_path)] == [Fault, Found]
    assert [type(item) for item in read(tmp_path, today=date.max)] == [Found]


def test_an_impossible_date_is_reported_every_time_and_its_article_read_once(
    tmp_path: Path, read: Read
) -> None:
    (tmp_path / "a.txt").write_text("date 2025-02-30 Ministers met.")
    fault, found = read(tmp_path)
    assert isinstance(found, Found)

    assert read(tmp_path, {"news/a.txt": found.version}) == [fault, Present(id="news/a.txt")]


def test_a_day_that_comes_is_ahead_no_longer(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("date 2025-10-01 Ministers met.")
    _, found = read(tmp_path)
    assert isinstance(found, Found)

    (again,) = read(tmp_path, {"news/a.txt": found.version}, today=date(2025, 10, 1))

    assert isinstance(again, Found)
    assert again.article == found.article


def test_all_that_is_wrong_with_a_file_is_told(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: [\ndate: 2099-01-01\n---\nMinisters met.")

    told = [item.reason for item in read(tmp_path) if isinstance(item, Fault)]

    assert told == [Reason.BAD_FRONT_MATTER, Reason.FUTURE_DATE]


def test_a_folder_has_a_clock_of_its_own_where_it_is_given_none(tmp_path: Path) -> None:
    folder = Folder("news", tmp_path, publisher=None, language="en", max_bytes=1_000)

    assert folder.name == "news"


def test_one_file_tells_of_its_date_where_the_day_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("date 2099-01-01 Ministers met.")

    _, fault = read_file(path, id="a.txt", defaults=DEFAULTS, today=date(2025, 9, 1))
    _, none = read_file(path, id="a.txt", defaults=DEFAULTS)

    assert fault == Fault(name="a.txt", reason=Reason.FUTURE_DATE, detail="2099-01-01")
    assert none is None
