"""Every source is shown with its health, the worst first, on a page of at most a screen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.health import Fault, Health, Reason, Standing
from bot.core.source_pages import daily_words, sources_page
from bot.core.values import Published
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.press import NOW
from tests.fakes.stories import health

HOUR = timedelta(hours=1)
LATER = NOW + HOUR / 4
SLOW = Fault(name="TASS", reason=Reason.NO_ANSWER, detail="20 s")


def sources(*healths: Health, unread: tuple[str, ...] = (), operator: bool = False) -> str:
    page = sources_page(
        healths, unread=unread, words=English(), now=NOW, zone=UTC, operator=operator
    )
    return text(page)


def feed(name: str, rhythm: Standing = Standing.OK, *, failing: Fault | None = None) -> Health:
    return Health(
        source=name, failing=failing, checked=NOW, rhythm=rhythm, brought=NOW - HOUR, next=LATER
    )


def test_sources_are_shown_with_their_health_and_every_fault_the_worst_first() -> None:
    bad = Fault(name="wire/b.bin", reason=Reason.BINARY)
    earlier = datetime(2025, 9, 1, 22, 10, tzinfo=UTC)

    page = sources(
        health(faults=(bad,)), health("desk", failing=True, checked=earlier), unread=("new",)
    )

    assert page == (
        "# Sources\n"
        "desk = failing · 2 articles · newest 1 September 2025 · "
        "checked 1 September 2025, 22:10\n"
        "- desk/: cannot be read (Permission denied)\n"
        "wire = ok · 2 articles · newest 1 September 2025 · checked 03:00\n"
        "- wire/b.bin: is not text\n"
        "new = not read yet"
    )


def test_a_source_that_never_brought_news_has_no_newest_day() -> None:
    page = sources(Health(source="wire", failing=None, checked=NOW))

    assert page == "# Sources\nwire = ok · 0 articles · checked 03:00"


def test_where_there_is_no_source_only_the_operator_reads_how_to_name_one() -> None:
    assert sources() == "# Sources\nThere is none."
    assert sources(operator=True) == (
        "# Sources\nThere is none. Name a folder or a feed under [[sources]] in the configuration."
    )


def test_where_a_source_is_and_how_to_mend_it_only_the_operator_reads() -> None:
    gone = Fault(name="news", reason=Reason.ABSENT, hint="/srv/news")
    bad = Fault(name="news/b.bin", reason=Reason.BINARY)
    down = replace(health("news", faults=(bad,)), failing=gone)

    assert sources(down).split("\n")[2:] == ["- news: is not there", "- news/b.bin: is not text"]
    assert sources(down, operator=True).split("\n")[2:] == [
        "- news: is not there; make it, or correct its path in the configuration (/srv/news)",
        "- news/b.bin: is not text; save the article as plain text",
    ]


def test_a_feed_is_shown_with_its_last_news_its_rhythm_and_when_it_is_asked_next() -> None:
    failing = replace(feed("TASS", failing=SLOW), since=NOW - 30 * HOUR, tries=9, daily=96.4)
    stale = replace(feed("CGTN", Standing.STALE), since=datetime(2025, 5, 3, tzinfo=UTC))
    never = replace(feed("new"), brought=None)
    first = replace(feed("first"), newest=Published(day=NOW.date(), at=NOW - 2 * HOUR))

    assert sources(feed("UzA", Standing.QUIET), never, first, stale, failing) == (
        "# Sources\n"
        "TASS = failing since Sun 31 Aug, 21:00 · 9 tries · last news 02:00 · 96 items a day · "
        "next look 03:15\n"
        "- TASS: gives no answer in time (20 s)\n"
        "CGTN = stale since Sat 3 May, 00:00 · last news 02:00 · next look 03:15\n"
        "UzA = quiet · last news 02:00 · next look 03:15\n"
        "new = ok · next look 03:15\n"
        "first = ok · last news 01:00 · next look 03:15"
    )


def test_the_last_news_of_a_feed_that_tells_only_days_is_a_day() -> None:
    dated = replace(feed("dated"), newest=Published(day=NOW.date()))

    assert sources(dated) == ("# Sources\ndated = ok · newest 2 September 2025 · next look 03:15")


def test_a_feed_that_its_publisher_ended_is_shown_as_such() -> None:
    ended = replace(feed("Wire", Standing.RETIRED), next=None, since=NOW)

    assert sources(ended) == (
        "# Sources\n"
        "Wire = ended by its publisher since 03:00 · last news 02:00\n"
        "- Wire: was ended by its publisher"
    )


def test_many_sources_are_counted_first_and_the_page_stays_a_screen() -> None:
    faults = tuple(Fault(name=f"{reason.value}.txt", reason=reason) for reason in Reason)
    many = [feed(f"feed {number:02}") for number in range(20)]
    healths = (
        *many,
        replace(feed("CGTN", Standing.STALE), faults=faults),
        feed("TASS", failing=SLOW),
        feed("Quiet", Standing.QUIET),
    )

    lines = sources(*healths, unread=tuple(f"new {number}" for number in range(30))).split("\n")

    assert lines[1] == "53 sources: 21 ok, 1 stale, 1 failing, 30 not read yet"
    assert [line.split(" = ")[0] for line in lines[2:5]] == [
        "TASS",
        "- TASS: gives no answer in time (20 s)",
        "CGTN",
    ]
    assert lines[7] == "- and more"
    assert lines[-2:] == [
        (
            "11 more = ok: feed 09, feed 10, feed 11, feed 12, feed 13, feed 14, feed 15, feed 16"
            " and 3 more"
        ),
        (
            "30 more = not read yet: new 0, new 1, new 2, new 3, new 4, new 5, new 6, new 7 and 22"
            " more"
        ),
    ]
    assert len(lines) < 24


def test_many_sources_that_were_all_read_are_counted_alone() -> None:
    lines = sources(*(feed(str(number)) for number in range(6))).split("\n")

    assert lines[1] == "6 sources: 6 ok"
    assert len(lines) == 8


@pytest.mark.parametrize(
    ("daily", "said"),
    [
        (1440.2, "1,440 items a day"),
        (1.2, "1 item a day"),
        (0.5, "4 items a week"),
        (0.1, "3 items a month"),
        (0.001, "1 item a month"),
    ],
)
def test_how_much_a_source_brings_is_said_by_the_day_the_week_or_the_month(
    daily: float, said: str
) -> None:
    assert daily_words(daily, English()) == said
