"""What people copy from a table is never broken, neither in a pipe nor in a terminal."""

import io

import pytest

from bot.console.table import write_table

HEADINGS = ("NAME", "STANDING", "ADDRESS", "WHY")
LONG = f"https://www.example.org/{'path/' * 30}feed.xml?page=1"
ROWS = [
    ("Long", "not read yet", LONG, "gives no answer in time, as so often before"),
    ("A name of several words", "ok", "https://b.example/rss", ""),
    ("news", "ok", "", ""),
]


class Screen(io.StringIO):
    """A terminal, whose width the environment tells."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    return Screen()


def test_in_a_terminal_that_is_too_narrow_an_address_has_a_line_of_its_own(screen: Screen) -> None:
    write_table(HEADINGS, ROWS, screen, whole="ADDRESS")

    assert screen.getvalue().splitlines() == [
        "NAME               STANDING      WHY",
        "Long               not read yet  gives no answer",
        "                                 in time, as so",
        "                                 often before",
        f"  {LONG}",
        "A name of several  ok",
        "words",
        "  https://b.example/rss",
        "news               ok",
    ]


def test_where_the_rows_fit_an_address_stays_in_its_column(screen: Screen) -> None:
    write_table(HEADINGS, [("B", "ok", "https://b.example/rss", "")], screen, whole="ADDRESS")

    assert screen.getvalue().splitlines() == [
        "NAME  STANDING  ADDRESS                WHY",
        "B     ok        https://b.example/rss",
    ]


def test_in_a_pipe_an_address_stays_in_its_row() -> None:
    pipe = io.StringIO()

    write_table(HEADINGS, ROWS, pipe, whole="ADDRESS")

    assert pipe.getvalue().splitlines()[1] == f"Long{' ' * 21}not read yet  {LONG}  {ROWS[0][3]}"


def test_a_terminal_of_few_columns_wraps_what_cannot_be_made_to_fit(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")

    write_table(["ONE"] * 6, [["12345"] * 6], screen)

    assert screen.getvalue().splitlines() == [
        "  ".join(["ONE "] * 6).rstrip(),
        "  ".join(["1234"] * 6),
        "  ".join(["5   "] * 6).rstrip(),
    ]
