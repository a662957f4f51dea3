"""A schedule is understood as people type it, in any order; what is wrong is said, never raised."""

from datetime import time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.schedule_words import timings_words
from bot.core.subscription import Timing
from bot.core.timing import (
    MAX_TIMINGS,
    MAX_TYPED,
    Adjusted,
    Misread,
    Timed,
    TimingMistake,
    mended,
    merged,
    read_timing,
)
from bot.core.timing_terms import ENGLISH
from bot.core.wording import English

ZONES = frozenset(available_timezones())
ALL = "0123456"
WEEKDAYS = "01234"
WEEKEND = "56"


def timed(*said: tuple[str, str]) -> tuple[Timing, ...]:
    """Return timings from pairs such as ("08:00", "01234")."""
    return tuple(Timing(time.fromisoformat(at), tuple(map(int, days))) for at, days in said)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        *[
            (typed, "08:00")
            for typed in ("8", "8am", "8 AM", "8a", "08", "08:00", "8:00:00", "0800")
        ],
        *[
            (typed, "08:30")
            for typed in ("8.30", "8:30", "8:30am", "8h30", "830am", "0830", "８：３０")
        ],
        *[(typed, "20:30") for typed in ("8:30 pm", "8.30p.m.", "8:30 p.m.", "20:30", "830pm")],
        *[(typed, "18:00") for typed in ("18h", "18:00", "6pm", "6 in the evening", "18 pm")],
        *[(typed, "12:00") for typed in ("noon", "midday", "12 noon", "12pm", "at noon", "12")],
        *[
            (typed, "00:00")
            for typed in ("midnight", "12 midnight", "12am", "0:00", "00:00", "0am")
        ],
        *[(typed, "08:00") for typed in ("8 in the morning", "every morning at 8", "8 o'clock")],
        *[(typed, "08:00") for typed in ("at 8 o’clock in the morning", "8am every morning")],
        *[(typed, "15:00") for typed in ("3 in the afternoon", "15:00 in the afternoon")],
        *[
            (typed, "20:00")
            for typed in ("8 at night", "every evening at 8", "20 at night", "8 night")
        ],
        *[(typed, "01:00") for typed in ("1 at night", "1am")],
        *[(typed, "00:00") for typed in ("12 at night",)],
        *[
            (typed, "08:00")
            for typed in ("please send the digest at 8", "(8:00)", "8am!", "08:00.")
        ],
        ("8am local time", "08:00"),
    ],
)
def test_a_time_is_understood(typed: str, at: str) -> None:
    assert read_timing(typed, ZONES) == Timed(timed((at, ALL)))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        *[(typed, WEEKDAYS) for typed in ("weekdays", "week days", "workdays", "business days")],
        *[(typed, WEEKDAYS) for typed in ("mon-fri", "Monday-Friday", "mon–fri", "mon - fri")],
        *[(typed, WEEKDAYS) for typed in ("mon -fri", "mon- fri", "monday to friday", "mo-fr")],
        *[(typed, WEEKDAYS) for typed in ("from monday through friday", "every weekday")],
        *[(typed, WEEKDAYS) for typed in ("daily except weekends", "every day but not sat, sun")],
        *[(typed, WEEKEND) for typed in ("weekends", "sat,sun", "saturday and sunday", "sat-sun")],
        *[(typed, ALL) for typed in ("every day", "daily", "everyday", "each day", "all week")],
        *[(typed, ALL) for typed in ("mon-sun", "weekdays to sunday", "tue-mon")],
        *[
            (typed, "024")
            for typed in ("mon,wed,fri", "Mon, Wed & Fri", "mon/wed/fri", "mon+wed+fri")
        ],
        *[(typed, "024") for typed in ("mon-wed-fri", "on Mondays, Wednesdays and Fridays")],
        *[(typed, "0456") for typed in ("fri-mon", "friday until monday")],
        *[(typed, "0") for typed in ("mon", "Monday", "mondays", "every Monday", "mon-mon")],
        ("except sunday", "012345"),
        ("every day except sunday", "012345"),
    ],
)
@pytest.mark.parametrize(
    "order", ["8am {}", "{} 8am", "{} at 8:00", "Astana {} 8am", "8am {} Astana"]
)
def test_days_are_understood_before_and_after_a_time(typed: str, days: str, order: str) -> None:
    zone = "Asia/Almaty" if "Astana" in order else None

    assert read_timing(order.format(typed), ZONES) == Timed(timed(("08:00", days)), zone)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7 and 19", [("07:00", ALL), ("19:00", ALL)]),
        ("7:30, 18:00", [("07:30", ALL), ("18:00", ALL)]),
        ("18:00,7:30", [("07:30", ALL), ("18:00", ALL)]),
        ("8 and 08:00", [("08:00", ALL)]),
        ("weekdays 8 and 18", [("08:00", WEEKDAYS), ("18:00", WEEKDAYS)]),
        ("8 weekdays 18", [("08:00", WEEKDAYS), ("18:00", WEEKDAYS)]),
        ("8 weekdays, 10 weekends", [("08:00", WEEKDAYS), ("10:00", WEEKEND)]),
        ("weekdays at 8; saturdays at 10", [("08:00", WEEKDAYS), ("10:00", "5")]),
        ("weekdays 8 weekends 8", [("08:00", ALL)]),
        ("every day at 8 except sunday", [("08:00", "012345")]),
        ("8 monday, 10 except monday", [("08:00", "0"), ("10:00", "123456")]),
        ("1 2 3 4 5 6", [(f"0{hour}:00", ALL) for hour in range(1, 7)]),
        ("0 8 * * 1", [("08:00", "0")]),
        ("30 7,19 * * 1-5", [("07:30", WEEKDAYS), ("19:30", WEEKDAYS)]),
    ],
)
def test_several_times_go_with_their_days(typed: str, said: list[tuple[str, str]]) -> None:
    assert read_timing(typed, ZONES) == Timed(timed(*said))


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("8am weekdays Astana", "Asia/Almaty"),
        ("New York 8am weekdays", "America/New_York"),
        ("8am New York weekdays", "America/New_York"),
        ("weekdays 8am Moscow time", "Europe/Moscow"),
        ("8am weekdays in Tashkent", "Asia/Tashkent"),
        ("8am weekdays - Asia/Almaty", "Asia/Almaty"),
        ("8am weekdays, Almaty, Kazakhstan.", "Asia/Almaty"),
        ("8am weekdays Ho Chi Minh City", "Asia/Ho_Chi_Minh"),
        ("Port of Spain 8am weekdays", "America/Port_of_Spain"),
        ("Port of Spain time at 8am on weekdays", "America/Port_of_Spain"),
        ("8am weekdays 北京", "Asia/Shanghai"),
        ("8am weekdays (UTC)", "UTC"),
        ("Astana 8am weekdays Almaty", "Asia/Almaty"),
        ("0 8 * * 1-5 Dar es Salaam", "Africa/Dar_es_Salaam"),
    ],
)
def test_a_zone_may_stand_anywhere(typed: str, zone: str) -> None:
    assert read_timing(typed, ZONES) == Timed(timed(("08:00", WEEKDAYS)), zone)


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("weekdays", Adjusted((0, 1, 2, 3, 4))),
        ("monday-friday", Adjusted((0, 1, 2, 3, 4))),
        ("Tashkent", Adjusted(zone="Asia/Tashkent")),
        ("weekends Moscow time", Adjusted((5, 6), "Europe/Moscow")),
    ],
)
def test_without_a_time_the_present_schedule_is_changed(typed: str, change: Adjusted) -> None:
    assert read_timing(typed, ZONES) == change


@pytest.mark.parametrize(
    ("typed", "mistake", "said"),
    [
        ("", TimingMistake.NO_TIME, ""),
        ("at", TimingMistake.NO_TIME, ""),
        ("every morning", TimingMistake.NO_TIME, ""),
        ("...", TimingMistake.NO_TIME, ""),
        ("25:00", TimingMistake.BAD_TIME, "25:00"),
        ("15 at night", TimingMistake.BAD_TIME, "15"),
        ("8am-10am", TimingMistake.BAD_TIME, "8am-10am"),
        ("9" * 60, TimingMistake.BAD_TIME, ""),
        ("1 2 3 4 5 6 7", TimingMistake.TOO_MANY, ""),
        ("*/5 * * * *", TimingMistake.TOO_MANY, ""),
        ("08:00 Mars/Base", TimingMistake.BAD_ZONE, "Mars/Base"),
        ("08:00 GMT+5", TimingMistake.OFFSET, "GMT+5"),
        ("08:00 utc + 05:00", TimingMistake.OFFSET, "utc+05:00"),
        ("08:00 +5", TimingMistake.OFFSET, "+5"),
        ("8am hello", TimingMistake.UNKNOWN_WORD, "hello"),
        ("hello", TimingMistake.UNKNOWN_WORD, "hello"),
        ("8am every other day", TimingMistake.UNSAYABLE, "other"),
        ("every 6 Hours", TimingMistake.UNSAYABLE, "Hours"),
        ("every 6h", TimingMistake.UNSAYABLE, "6h"),
        *[
            (typed, TimingMistake.UNSAYABLE, typed.split()[-1])
            for typed in ("hourly", "8am monthly", "every 2 weeks", "every hour", "eight")
        ],
        ("half past eight", TimingMistake.UNSAYABLE, "half"),
        *[
            (typed, TimingMistake.UNSAYABLE, typed.split()[-1])
            for typed in ("tomorow", "8am Tommorow", "tonigt", "weeekly")
        ],
        ("8 to 10", TimingMistake.UNKNOWN_WORD, "to"),
        ("8am evil.com", TimingMistake.UNKNOWN_WORD, ""),
        ("8am @everyone", TimingMistake.UNKNOWN_WORD, ""),
        ("8am /start", TimingMistake.BAD_ZONE, ""),
        ("8am İİxq", TimingMistake.UNKNOWN_WORD, ""),
        ("8am straßxq", TimingMistake.UNKNOWN_WORD, "strassxq"),
        ("0 8 1 * *", TimingMistake.CRON, ""),
        ("0 8 * * 1 Mars/Base", TimingMistake.BAD_ZONE, "mars/base"),
        ("@daily", TimingMistake.CRON, ""),
        ("8 weekdays 10 saturday 12", TimingMistake.UNCLEAR, ""),
        ("8 weekdays except weekdays", TimingMistake.UNCLEAR, ""),
        ("weekdays except weekdays", TimingMistake.UNCLEAR, ""),
        ("Astana 8am Tashkent", TimingMistake.UNCLEAR, ""),
        ("8am " * 60, TimingMistake.UNCLEAR, ""),
    ],
)
def test_a_mistake_is_told_with_what_is_wrong(
    typed: str, mistake: TimingMistake, said: str
) -> None:
    assert read_timing(typed, ZONES) == Misread(mistake, said)


def test_a_place_that_is_misspelt_or_ambiguous_is_told_with_zones() -> None:
    assert read_timing("8am Tashket", ZONES) == Misread(
        TimingMistake.BAD_ZONE, "Tashket", ("Asia/Tashkent",)
    )
    assert read_timing("8am Hyderabad", ZONES) == Misread(
        TimingMistake.WHICH_ZONE, "Hyderabad", ("Asia/Karachi", "Asia/Kolkata")
    )


@pytest.mark.parametrize(
    ("typed", "said", "meant", "line"),
    [
        ("8:5 weekdays", "8:5", "08:05", "08:05 weekdays"),
        ("08:50 8:5", "8:5", "08:05", "08:50 08:05"),
        ("8:60", "8:60", "08:00", "08:00"),
        ("24:00", "24:00", "00:00", "00:00"),
        ("08:00:30", "08:00:30", "08:00", "08:00"),
        ("8:30:15PM", "8:30:15PM", "20:30", "20:30"),
        ("13AM", "13AM", "13:00", "13:00"),
        ("0pm", "0pm", "12:00", "12:00"),
        ("830", "830", "08:30", "08:30"),
        ("8am Weekdys", "Weekdys", "weekdays", "8am weekdays"),
        ("8am wensday Astana", "wensday", "wednesday", "8am wednesday Astana"),
        ("8am Tashket", "Tashket", "Asia/Tashkent", "8am Asia/Tashkent"),
        # Mended, it would still be no schedule.
        ("8:5 9:5", "8:5", "08:05", None),
        ("8:5 Mars/Base", "8:5", "08:05", None),
        ("８:５", "8:5", "08:05", None),
    ],
)
def test_what_may_be_meant_is_offered_where_it_works(
    typed: str, said: str, meant: str, line: str | None
) -> None:
    found = read_timing(typed, ZONES)

    assert isinstance(found, Misread)
    assert (found.said, found.meant) == (said, (meant,))
    assert mended(typed, found, ZONES) == line


@pytest.mark.parametrize("typed", ["25:00", "8 hello", "15 at night", "9" * 60, "25am"])
def test_nothing_is_offered_where_nothing_is_near(typed: str) -> None:
    found = read_timing(typed, ZONES)

    assert isinstance(found, Misread)
    assert (found.meant, mended(typed, found, ZONES)) == ((), None)


def test_every_mistake_is_made() -> None:
    made = [
        *("", "25:00", "1 2 3 4 5 6 7", "8 Mars/Base", "8 CST", "8 +5", "8 hello", "@daily"),
        "hourly",
        "8am " * 60,
    ]

    found = [read_timing(typed, ZONES) for typed in made]

    assert {each.mistake for each in found if isinstance(each, Misread)} == set(TimingMistake)


def test_timings_are_merged_by_time() -> None:
    assert merged(
        [*timed(("18:00", "01")), *timed(("08:00", "5")), *timed(("18:00", "12"))]
    ) == timed(("08:00", "5"), ("18:00", "012"))


def assert_sound(found: Timed | Adjusted | Misread) -> None:
    if isinstance(found, Timed):
        assert found.timings == merged(found.timings)
        assert 1 <= len(found.timings) <= MAX_TIMINGS
        assert all(timing.days for timing in found.timings)
    elif isinstance(found, Adjusted):
        assert found.days or found.zone
    else:
        assert len(found.said) <= 40


@given(st.text(max_size=MAX_TYPED + 5))
def test_any_text_gives_a_value(typed: str) -> None:
    assert_sound(read_timing(typed, ZONES))


VOCABULARY = [
    *("8", "8am", "25:00", "18:30", "pm", "12", "noon", "in the morning", "at night", "every"),
    *("-", "/", "+", ",", "and", "to", "except", "mon", "mon-fri", "weekdays", "daily", "sat"),
    *("Astana", "New York", "of", "GMT", "+5", "*", "0 8 * * 1", "hello", "\ud800", "１", "²"),
]


@given(st.lists(st.sampled_from(VOCABULARY), max_size=12))
def test_any_order_of_words_gives_a_value(words: list[str]) -> None:
    assert_sound(read_timing(" ".join(words), ZONES))


DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.lists(st.builds(Timing, MINUTES, DAYS), min_size=1, max_size=MAX_TIMINGS).map(merged))
def test_what_is_said_of_timings_can_be_typed_again(timings: tuple[Timing, ...]) -> None:
    said = timings_words(timings, English())

    if len(said) <= MAX_TYPED:
        assert read_timing(said, ZONES) == Timed(timings)


def test_no_word_of_a_language_has_two_meanings() -> None:
    kinds = [
        ENGLISH.days.keys(),
        ENGLISH.times.keys(),
        ENGLISH.halves.keys(),
        ENGLISH.exceptions,
        ENGLISH.fillers,
        ENGLISH.unsayable,
    ]

    words = [word for kind in kinds for word in kind]
    assert len(words) == len(set(words))
    assert set(ENGLISH.phrases.values()) <= set(words)
    assert ENGLISH.links <= ENGLISH.fillers
