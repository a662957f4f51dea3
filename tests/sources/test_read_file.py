from pathlib import Path

import pytest

from bot.core.health import Fault, Reason
from bot.sources.file import Defaults, read_file

DEFAULTS = Defaults(source="files", publisher="The Press", language="en", max_bytes=1_000)


def test_one_file_is_an_article_also_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("Ministers met.")
    (tmp_path / "a.txt").symlink_to(tmp_path / "real")

    article, fault = read_file(tmp_path / "a.txt", id="a.txt", defaults=DEFAULTS)

    assert fault is None
    assert article is not None
    assert (article.id, article.source, article.text) == ("a.txt", "files", "Ministers met.")


def test_one_file_with_faulty_front_matter_is_an_article_and_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: [\n---\nMinisters met.")

    article, fault = read_file(tmp_path / "a.md", id="a.md", defaults=DEFAULTS)

    assert article is not None
    assert article.text == "Ministers met."
    assert fault == Fault(
        name="a.md",
        reason=Reason.BAD_FRONT_MATTER,
        detail="“title” is more than one line of words",
    )


@pytest.mark.parametrize(
    ("name", "reason", "detail"),
    [
        ("gone.txt", Reason.ABSENT, ""),
        ("folder.txt", Reason.NOT_A_FILE, ""),
        ("empty.txt", Reason.EMPTY, ""),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault(
    name: str, reason: Reason, detail: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "empty.txt").touch()

    found = read_file(tmp_path / name, id=name, defaults=DEFAULTS)

    assert found == (None, Fault(name=name, reason=reason, detail=detail))
