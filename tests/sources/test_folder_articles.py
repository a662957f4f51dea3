import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.app.ports import Found, Present
from bot.core.health import Fault, Reason
from bot.core.values import Article, Published

Read = Callable[..., list[Found | Present | Fault]]

REPORT = (
    " date 2025-09-01 TIANJIN, China, September 1. The summit of the Shanghai Cooperation "
    "Organization opened today, Trend reports.\n\nLeaders of ten states came.\n"
)


def versions(items: list[Found | Present | Fault]) -> dict[str, str]:
    return {item.article.id: item.version for item in items if isinstance(item, Found)}


def test_a_text_file_is_an_article_with_exactly_its_text(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")

    (found,) = read(tmp_path)

    assert isinstance(found, Found)
    assert found.article == Article(
        id="news/a.txt",
        source="news",
        text=REPORT,
        language="en",
        published=Published(day=date(2025, 9, 1)),
        place="Tianjin, China",
        publisher="Trend",
    )


def test_the_configured_publisher_is_the_last_resort(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Nobody signs this sentence.", encoding="utf-8")

    publishers = [
        item.article.publisher
        for item in read(tmp_path, publisher="The Folder Press")
        if isinstance(item, Found)
    ]

    assert publishers == ["Trend", "The Folder Press"]


def test_a_file_that_names_no_date_has_none(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("Ministers met and agreed on a plan.", encoding="utf-8")

    (found,) = read(tmp_path)

    assert isinstance(found, Found)
    assert found.article.published is None


def test_all_kinds_are_read_in_name_order_and_in_sub_folders(tmp_path: Path, read: Read) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "deep").mkdir()
    (tmp_path / "a.TXT").write_text("One sentence of text.")
    (tmp_path / "b" / "c.md").write_text("One sentence of Markdown.")
    (tmp_path / "b" / "deep" / "d.html").write_text("<p>One sentence of HTML.</p>")
    (tmp_path / "e.htm").write_text("<p>Another sentence of HTML.</p>")
    (tmp_path / "f.markdown").write_text("Another sentence of Markdown.")

    ids = [item.article.id for item in read(tmp_path) if isinstance(item, Found)]

    assert ids == [
        "news/a.TXT",
        "news/b/c.md",
        "news/b/deep/d.html",
        "news/e.htm",
        "news/f.markdown",
    ]


def test_an_unchanged_file_is_only_present(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("Ministers met.")
    known = versions(read(tmp_path))

    assert read(tmp_path, known) == [Present(id="news/a.txt")]


def test_a_changed_file_is_found_again(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("Ministers met.")
    known = versions(read(tmp_path))
    (tmp_path / "a.txt").write_text("Ministers met again.")

    (found,) = read(tmp_path, known)

    assert isinstance(found, Found)
    assert found.article.text == "Ministers met again."
    assert found.version != known["news/a.txt"]


def test_a_file_written_again_at_the_same_size_is_found_again(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("Ministers met.")
    known = versions(read(tmp_path))
    os.utime(tmp_path / "a.txt", ns=(1, 1))

    assert [type(item) for item in read(tmp_path, known)] == [Found]


def test_a_removed_file_is_not_there(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("Ministers met.")
    known = versions(read(tmp_path))
    (tmp_path / "a.txt").unlink()

    assert read(tmp_path, known) == []


def test_two_files_with_the_same_words_are_two_articles(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("Ministers met.")
    (tmp_path / "b.txt").write_text("Ministers met.")

    assert sorted(versions(read(tmp_path))) == ["news/a.txt", "news/b.txt"]


def test_an_empty_folder_holds_nothing(tmp_path: Path, read: Read) -> None:
    assert read(tmp_path) == []


def test_hidden_files_and_leftovers_of_editors_are_no_articles(tmp_path: Path, read: Read) -> None:
    names = (".a.txt", "a.txt~", ".a.txt.swp", "#a.txt#", "~$a.md", "a.txt.part", "A.TXT.BAK")
    for name in names:
        (tmp_path / name).write_text("Not yet news.")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("Never news.")
    (tmp_path / "#1 in trade.txt").write_text("This is news.")

    assert list(versions(read(tmp_path))) == ["news/#1 in trade.txt"]


def test_faulty_front_matter_is_reported_every_time_and_its_article_read_once(
    tmp_path: Path, read: Read
) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Summit\ndate: 2025-02-30\n---\nMinisters met.")
    fault = Fault(
        name="news/a.md",
        reason=Reason.BAD_FRONT_MATTER,
        detail="“date: 2025-02-30” is no day of the calendar",
    )

    first, found = read(tmp_path)
    assert isinstance(found, Found)

    assert (first, found.article.title, found.article.published) == (fault, "Summit", None)
    again = read(tmp_path, {"news/a.md": found.version})
    assert again == [fault, Present(id="news/a.md")]


def test_files_of_many_steps_are_all_read(tmp_path: Path, read: Read) -> None:
    for number in range(250):
        (tmp_path / f"{number:04}.txt").write_text(f"Minister number {number} spoke. " * 20)

    assert len(versions(read(tmp_path))) == 250


def test_one_endless_line_is_an_article(tmp_path: Path, read: Read) -> None:
    text = "word " * 400_000
    (tmp_path / "a.txt").write_text(text)

    (found,) = read(tmp_path)

    assert isinstance(found, Found)
    assert text.startswith(found.article.text)
