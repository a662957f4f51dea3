"""A page that comes late, or again, says so in its title, and why in its second line."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.late import Gap, Lateness, explaining, marked_again, marked_late, reason
from bot.core.length import Size, size
from bot.core.moments import moment_words, span_words
from bot.core.page import Heading, Note, Page, Paragraph, Plain
from bot.core.subscription import Length
from bot.core.wording import English
from tests.fakes.pages import text

ALMATY = ZoneInfo("Asia/Almaty")
# 08:00 in Almaty.
DUE = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)
SENT = DUE + timedelta(hours=2, minutes=10)
STOPPED, STARTED = DUE - timedelta(minutes=19), SENT - timedelta(minutes=2)
PAGE = Page((Heading((Plain("SCO"),)), Note((Plain("Read 2."),))), "SCO: News")


def late(*, gap: Gap | None = None, covers: int = 0, sent: datetime = SENT) -> Lateness:
    return Lateness(due=DUE, sent=sent, gap=gap, covers=covers)


def line(one: Lateness) -> str:
    page = marked_late(PAGE, one, words=English(), zone=ALMATY)
    return text(page).split("\n")[1]


def test_a_late_page_says_how_late_and_why() -> None:
    page = marked_late(PAGE, late(gap=Gap(STOPPED, STARTED)), words=English(), zone=ALMATY)

    assert text(page) == (
        "# SCO · late by 2 h 10 min\n"
        "Due 08:00, sent 10:10: the bot was not running from 07:41 to 10:08. "
        "News up to 10:10 is in.\n"
        "_Read 2._"
    )
    assert page.summary == "SCO: News · late by 2 h 10 min"


def test_a_late_page_gives_no_reason_that_is_not_known() -> None:
    assert line(late()) == "Due 08:00, sent 10:10. News up to 10:10 is in."
    assert line(late(gap=Gap(None, STARTED))) == (
        "Due 08:00, sent 10:10: the bot was not running until 10:08. News up to 10:10 is in."
    )


def test_a_moment_of_another_day_is_said_with_its_day() -> None:
    today = date(2025, 9, 3)

    def said(moment: datetime) -> str:
        return moment_words(moment, today=today, words=English(), zone=ALMATY)

    assert said(DUE + timedelta(days=1)) == "08:00"
    assert said(DUE) == "Tue 2 Sep, 08:00"
    assert said(DUE.replace(year=2024)) == "2 September 2024, 08:00"


def test_a_page_says_which_digests_it_covers_even_when_it_is_hardly_late() -> None:
    soon = late(covers=1, sent=DUE + timedelta(minutes=14))

    page = marked_late(PAGE, soon, words=English(), zone=ALMATY)

    assert text(page) == "# SCO\nIt also covers the digest that was due before it.\n_Read 2._"
    assert not soon.is_late
    assert line(late(covers=3)).endswith(
        " is in. It also covers the 3 digests that were due before it."
    )


def test_the_reason_is_told_without_the_times_that_stand_beside_it() -> None:
    def said(one: Lateness) -> str:
        return reason(one, words=English(), zone=ALMATY)

    assert said(late()) == ""
    assert said(late(gap=Gap(None, STARTED))) == "The bot was not running until 10:08."
    assert said(late(gap=Gap(STOPPED, STARTED), covers=1)) == (
        "The bot was not running from 07:41 to 10:08. "
        "It also covers the digest that was due before it."
    )


def test_late_begins_at_a_quarter_of_an_hour() -> None:
    assert late(sent=DUE + timedelta(minutes=15)).is_late
    assert not late(sent=DUE - timedelta(days=1)).is_late


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ([], None),
        ([Gap(STOPPED, STARTED)], 0),
        ([Gap(None, STARTED)], 0),
        ([Gap(STOPPED, DUE), Gap(DUE + timedelta(minutes=1), STARTED)], 1),
        # Before it was due, or for a small part of the time: that is no reason.
        ([Gap(STOPPED, DUE)], None),
        ([Gap(STOPPED, DUE + timedelta(minutes=20))], None),
    ],
)
def test_a_gap_explains_a_delay_when_it_took_most_of_it(
    gaps: list[Gap], expected: int | None
) -> None:
    found = explaining(gaps, due=DUE, sent=SENT)

    assert found == (None if expected is None else gaps[expected])


def test_a_page_sent_again_says_so_whatever_it_begins_with() -> None:
    day = date(2025, 9, 3)
    bare = Page((Paragraph((Plain("Hello."),)),))

    assert text(marked_again(PAGE, day, words=English())) == (
        "# SCO · sent again on 3 September 2025\n_Read 2._"
    )
    assert marked_again(PAGE, day, words=English()).summary == (
        "SCO: News · sent again on 3 September 2025"
    )
    again = marked_again(bare, day, words=English())
    assert text(again) == "# sent again on 3 September 2025\nHello."
    assert again.summary == "sent again on 3 September 2025"


def test_a_length_of_time_is_said_in_hours_and_minutes() -> None:
    said = [
        span_words(timedelta(minutes=minutes, seconds=59), English())
        for minutes in (0, 15, 60, 130, 1505)
    ]

    assert said == ["0 min", "15 min", "1 h", "2 h 10 min", "25 h 5 min"]


def test_a_length_is_measured_by_the_configured_size() -> None:
    standard = Size(lines=3, stories=9)

    assert size(Length.SHORT, standard) == Size(lines=1, stories=5)
    assert size(Length.STANDARD, standard) == standard
    assert size(Length.LONG, standard) == Size(lines=5, stories=18)
    assert size(Length.LONG, Size(lines=7, stories=50)) == Size(lines=7, stories=50)
