"""``briefbot check``: every part, whatever state the others are in."""

import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def parts(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return what is said of each part, by its name."""
    rows = done.stdout.splitlines()[1:]
    table = rows[: rows.index("")]
    return dict(row.split("  ", 1) for row in table)


def test_everything_works_before_the_first_start(inside: Run, folder: Path) -> None:
    done = inside("check")

    found = {part: said.strip() for part, said in parts(done).items()}
    assert found["configuration"] == "ok · config/briefbot.toml"
    assert found["archive"] == "ok · data/briefbot.db, made at the first start"
    assert found["source news"] == "ok · news, 2 articles"
    assert found["time zone"].startswith("ok · Asia/Almaty, now ")
    assert found["terminal"].startswith("ok · a pipe or file, lines are not wrapped, no colour")
    assert done.stdout.endswith("\n\nEverything works.\n")
    assert done.returncode == 0
    assert not (folder / "data").exists()


def test_an_archive_is_looked_into(inside: Run) -> None:
    inside("brief")

    assert ", 2 articles, " in parts(inside("check"))["archive"]


def test_a_broken_configuration_hides_nothing_else(inside: Run, folder: Path) -> None:
    (folder / "config" / "briefbot.toml").write_text("[digest]\nlines = 9\n")

    done = inside("check")

    assert list(parts(done)) == ["configuration", "archive", "time zone", "terminal"]
    assert done.stdout.endswith(
        "\n\n1 of 4 parts need mending.\n"
        "• configuration: config/briefbot.toml: digest.lines is 9:"
        " expected a whole number from 1 to 7.\n"
        "• configuration: config/briefbot.toml: sources is missing:"
        " expected one table or more, each beginning with [[sources]].\n"
    )
    assert done.returncode == 1


def test_each_broken_part_is_told_with_its_mending(inside: Run, folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "briefbot.db").write_bytes(b"no database" * 100)
    (folder / "news").rename(folder / "old")

    done = inside("check")

    broken = {part for part, said in parts(done).items() if "BROKEN" in said}
    assert broken == {"archive", "source news"}
    assert "\n\n2 of 5 parts need mending.\n• archive: " in done.stdout
    assert "\n• source news: " in done.stdout
    assert done.returncode == 1


def test_an_unreadable_file_is_told_below_its_source(inside: Run, folder: Path) -> None:
    (folder / "news" / "empty.txt").touch()

    done = inside("check")

    assert "BROKEN · news, 2 articles" in done.stdout
    assert "• source news: news/empty.txt: is empty" in done.stdout


def test_a_data_folder_that_cannot_be_made_is_broken(inside: Run, folder: Path) -> None:
    (folder / "data").touch()

    done = inside("check")

    assert "BROKEN · data/briefbot.db" in done.stdout
    assert done.returncode == 1
