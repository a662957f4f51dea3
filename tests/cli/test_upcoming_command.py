"""``briefbot upcoming`` prints what is ahead, or writes it for a calendar."""

from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import Run

FAIR = """ date {day} OSH, Kyrgyzstan. The city of Osh will host a trade fair on 9 September 2099, \
Kazinform reports.

In 2098, Kyrgyzstan plans to convene a conference on railways in Bishkek.
"""


@pytest.fixture
def ahead(folder: Path) -> Path:
    # What this one tells of will be past one day.
    (folder / "news" / "gauge.txt").unlink()
    (folder / "news" / "fair.txt").write_text(FAIR.format(day="2025-06-02"), "utf-8")
    return folder


def dated(path: Path) -> list[str]:
    return [str(entry["uid"]) for entry in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]


def test_it_prints_what_the_chat_answers(ahead: Path, inside: Run, briefbot: Run) -> None:
    assert ahead.is_dir()

    printed = inside("upcoming")
    typed = briefbot("chat", typed="/upcoming\n")

    assert printed.returncode == 0
    assert printed.stdout.startswith("Ahead · as of ")
    assert "9 Sep 2099" in printed.stdout
    assert typed.stdout.strip() == printed.stdout.strip()


def test_a_calendar_file_is_written_and_counted(ahead: Path, inside: Run) -> None:
    first = inside("upcoming", "--ics", "dates.ics")
    before = (ahead / "dates.ics").read_bytes()
    second = inside("upcoming", "--ics", "dates.ics")

    assert first.stdout.startswith("1 event written to dates.ics. 1 more has no day")
    assert len(dated(ahead / "dates.ics")) == 1
    assert second.stdout == first.stdout
    assert (ahead / "dates.ics").read_bytes() == before


def test_a_calendar_of_nothing_is_empty_and_says_so(folder: Path, inside: Run) -> None:
    (folder / "news" / "gauge.txt").unlink()

    done = inside("upcoming", "7", "--ics", "dates.ics")

    assert done.stdout == "No event ahead has a day: dates.ics holds an empty calendar.\n"
    assert dated(folder / "dates.ics") == []


def test_a_file_that_cannot_be_written_is_said(folder: Path, briefbot: Run) -> None:
    assert folder.is_dir()

    done = briefbot("upcoming", "--ics", "no/dates.ics")

    assert done.returncode == 1
    assert "no/dates.ics could not be written: No such file or directory." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("days", ["0", "3661", "soon"])
def test_a_number_of_days_that_makes_no_sense_is_refused(briefbot: Run, days: str) -> None:
    done = briefbot("upcoming", days)

    assert done.returncode == 2


def test_a_calendar_goes_to_a_pipe_and_its_count_beside_it(ahead: Path, inside: Run) -> None:
    done = inside("upcoming", "--ics", "-")

    assert len(Calendar.from_ical(done.stdout).walk("VEVENT")) == 1
    assert "1 event written to standard output." in done.stderr
    assert not (ahead / "-").exists()
