"""A calendar file holds the events that have a day, and any calendar can read it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.calendar import calendar_file, uid
from bot.core.origin import Origin, Traced
from bot.core.values import Event, Published
from tests.fakes.facts import IN_2027, event, on, origin
from tests.fakes.press import NOW

DAY = date(2025, 9, 9)
FAIR = Traced(
    fact=event("Fair; trade, and\nmore", on(DAY), where="Osh, Kyrgyzstan"),
    origin=origin(url="https://example.org/a?b=1,2"),
    sentences="The fair, with tea; opens on 9 September.",
)


def entries(*traced: Traced[Event]) -> list[Any]:
    content, count = calendar_file(traced, title="SCO")
    found = Calendar.from_ical(content).walk("VEVENT")
    assert count == len(found)
    return found


def test_an_event_of_a_day_lasts_that_day() -> None:
    (entry,) = entries(FAIR)

    assert (entry["dtstart"].dt, entry["dtend"].dt) == (DAY, date(2025, 9, 10))
    assert entry["dtstart"].params["value"] == "DATE"
    assert entry["summary"] == "Fair; trade, and more"
    assert entry["location"] == "Osh, Kyrgyzstan"
    assert entry["url"] == "https://example.org/a?b=1,2"
    assert entry["description"] == (
        "The fair, with tea; opens on 9 September.\nTrend, 2025-09-01\nhttps://example.org/a?b=1,2"
    )
    assert entry["transp"] == "TRANSPARENT"


def test_an_event_of_several_days_ends_behind_its_last() -> None:
    (entry,) = entries(replace(FAIR, fact=event("Fair", on(DAY, date(2025, 9, 12)))))

    assert (entry["dtstart"].dt, entry["dtend"].dt) == (DAY, date(2025, 9, 13))


def test_an_event_without_a_day_stays_out() -> None:
    year = replace(FAIR, fact=event("Conference", IN_2027))
    undated = replace(FAIR, fact=event("Forum"))

    assert entries(year, undated) == []


def test_the_same_event_has_the_same_identity_in_every_file() -> None:
    again = replace(FAIR, fact=replace(FAIR.fact, what="fair: Trade and more", where="Bishkek"))

    assert calendar_file([FAIR], title="SCO") == calendar_file([FAIR], title="SCO")
    assert uid(again) == uid(FAIR)
    assert len(entries(FAIR, again)) == 1
    for other in (
        replace(FAIR, fact=event("Fair", on(date(2025, 9, 10)))),
        replace(FAIR, fact=event("Talks", on(DAY))),
        replace(FAIR, origin=origin(2)),
    ):
        assert uid(other) != uid(FAIR)


def test_an_entry_bears_the_time_of_its_source() -> None:
    at = datetime(2025, 9, 1, 7, 5, tzinfo=UTC)
    exact = replace(FAIR, origin=replace(FAIR.origin, published=Published(day=at.date(), at=at)))
    undated = replace(FAIR, origin=origin(day=None, publisher=None))

    stamps = [entries(one)[0]["last-modified"].dt for one in (FAIR, exact, undated)]

    assert stamps == [datetime(2025, 9, 1, tzinfo=UTC), at, NOW]
    (entry,) = entries(undated)
    assert entry["description"] == "The fair, with tea; opens on 9 September.\nwire"
    assert entry["dtstamp"].dt == NOW
    assert entry["sequence"] == 0


def test_a_link_that_may_run_a_program_is_left_out() -> None:
    (entry,) = entries(replace(FAIR, origin=origin(url="javascript:alert(1)"), sentences=""))

    assert "url" not in entry
    assert entry["description"] == "Fair; trade, and more\nTrend, 2025-09-01"


def test_the_last_day_there_is_has_no_day_behind_it() -> None:
    (entry,) = entries(replace(FAIR, fact=event("End", on(date.max))))

    assert entry["dtstart"].dt == date.max
    assert "dtend" not in entry


def test_an_event_that_would_end_before_it_begins_lasts_a_day() -> None:
    (entry,) = entries(replace(FAIR, fact=event("Fair", on(DAY, date(2025, 9, 1)))))

    assert entry["dtend"].dt == date(2025, 9, 10)


_ANYTHING = st.text(max_size=80)


@given(_ANYTHING, _ANYTHING, _ANYTHING, _ANYTHING, st.dates())
def test_any_words_make_a_file_that_reads_back_as_one_entry(
    what: str, where: str, sentences: str, name: str, day: date
) -> None:
    source = Origin(
        id=name,
        source=name,
        language="",
        published=None,
        seen=NOW,
        url=f"https://example.org/{name}",
    )
    made = Traced(fact=event(what, on(day), where=where), origin=source, sentences=sentences)

    (entry,) = entries(made)

    assert entry["dtstart"].dt == day
    assert "\n" not in entry["summary"]
