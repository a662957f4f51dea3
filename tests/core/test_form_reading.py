"""What is entered into a form is read by the rules of the verbs, and told where it is wrong."""

from dataclasses import replace
from datetime import time
from zoneinfo import available_timezones

import pytest

from bot.core.form import Field
from bot.core.form_reading import Complaints, Reading, Wanted, changed_by
from bot.core.subscription import (
    Length,
    QuietPolicy,
    Schedule,
    Standing,
    Subscription,
    Timing,
    destination_of,
)
from bot.core.wording import English

READING = Reading(zones=frozenset(available_timezones()), languages=("en", "ru"), words=English())
WEEKDAYS = (0, 1, 2, 3, 4)
MORNINGS = Schedule((Timing(time(8), WEEKDAYS),), "Asia/Almaty")
BARE = Subscription(destination=destination_of("loop:here"))
SET = replace(BARE, schedule=MORNINGS, topics=("trade", "silk road"))
NAMES = {field.value: field for field in Field}


def read(touched: str, **entered: str | tuple[str, ...]) -> Wanted | Complaints:
    """Read a form in which these fields were touched."""
    values = {
        NAMES[name]: (value,) if isinstance(value, str) else value
        for name, value in entered.items()
    }
    return READING.read(values, {NAMES[name] for name in touched.split()})


def test_times_are_read_with_their_city() -> None:
    timings = (Timing(time(7, 30), WEEKDAYS),)

    assert read("when", when="7:30 weekdays", city="Astana") == Wanted(timings=timings)
    assert read("when", when="7:30 weekdays Tashkent", city="Astana") == Wanted(
        timings=timings, zone="Asia/Tashkent"
    )
    assert read("when city", when="7:30 weekdays", city=" Tashkent ") == Wanted(
        timings=timings, zone="Asia/Tashkent"
    )
    assert read("city", when="8am", city="Tashkent") == Wanted(zone="Asia/Tashkent")
    assert read("city", when="8am", city=" ") == Wanted()


def test_no_times_mean_no_digest() -> None:
    assert read("when city", when=" ", city="") == Wanted(timings=())


@pytest.mark.parametrize(
    ("touched", "when", "city", "field", "why"),
    [
        ("city", "", "Astana", "when", "I need a time of day too. This works: 8am weekdays"),
        ("when", "weekdays", "", "when", "I need a time of day too. This works: 8am weekdays"),
        (
            "when",
            "8am wekdays",
            "",
            "when",
            "I do not understand “wekdays”. Did you mean weekdays? This works: 8am weekdays",
        ),
        (
            "when",
            "every 2 hours",
            "",
            "when",
            (
                "A digest comes at times of day, written in figures, on days of the week: “hours”"
                " does not fit. This works: 8am weekdays"
            ),
        ),
        (
            "city",
            "8am",
            "9am Astana",
            "city",
            "I need a city or a time zone here, and nothing else.",
        ),
        (
            "city",
            "8am",
            "Mondays Astana",
            "city",
            "I need a city or a time zone here, and nothing else.",
        ),
        ("city", "8am", "Mondays", "city", "I need a city or a time zone here, and nothing else."),
        (
            "city",
            "8am",
            "Atlantis-on-Sea",
            "city",
            "I do not know “atlantis-on-sea”. Name a larger city with the same time.",
        ),
        (
            "city",
            "8am",
            "GMT+5",
            "city",
            ("An offset such as “GMT+5” does not say when the clocks change. Name a city instead."),
        ),
        ("city", "8am", "25:00", "city", "I need a city or a time zone here, and nothing else."),
        (
            "when city",
            "8am Astana",
            "Moscow",
            "city",
            "Another city stands beside the times: name it once.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    touched: str, when: str, city: str, field: str, why: str
) -> None:
    found = read(touched, when=when, city=city)

    assert not isinstance(found, Wanted)
    assert {each.value: said.casefold() for each, said in found.items()} == {field: why.casefold()}


def test_the_same_city_may_stand_twice() -> None:
    found = read("when city", when="8am Astana", city="Astana")

    assert isinstance(found, Wanted)
    assert found.zone == "Asia/Almaty"


def test_chosen_and_typed_topics_are_joined() -> None:
    assert read("others", topics=("trade",), others="silk road, Trade,  energy") == Wanted(
        topics=("trade", "silk road", "energy")
    )
    assert read("topics", topics=(), others="") == Wanted(topics=())
    assert read("topics", topics=("AI", "x" * 61)) == Wanted(topics=("AI",))


def test_what_cannot_be_seen_is_no_part_of_what_is_entered() -> None:
    assert read(
        "others when", others="silk\n\u200b road\u202e,\x00AI", when="8\u200bam\n"
    ) == Wanted(topics=("silk road", "AI"), timings=(Timing(time(8)),))
    assert read("others", others="\u200b") == Wanted(topics=())


@pytest.mark.parametrize(
    ("others", "why"),
    [
        (" , ,", "I need a topic: a name or a few words."),
        ("x" * 61, "A topic has at most 60 characters."),
        (
            ",".join(f"topic {number}" for number in range(21)),
            "A chat follows 20 topics at most; these are 21.",
        ),
    ],
)
def test_topics_that_cannot_be_are_told(others: str, why: str) -> None:
    assert read("others", topics=(), others=others) == {Field.OTHERS: why}


def test_choices_are_read() -> None:
    assert read(
        "length quiet stories language paused",
        length="short",
        quiet="skip",
        stories="flat",
        language="ru",
        paused=("yes",),
    ) == Wanted(length=Length.SHORT, quiet=QuietPolicy.SKIP, flat=True, language="ru", paused=True)
    assert read("stories paused", stories="thread", paused=()) == Wanted(flat=False, paused=False)


def test_a_choice_that_is_gone_is_told() -> None:
    gone = "There is no such choice any more: close this, and open it again."

    assert read("language length", language="fr", length="") == {
        Field.LANGUAGE: gone,
        Field.LENGTH: gone,
    }


def test_what_was_not_touched_is_not_read() -> None:
    assert read("", when="nonsense", others="x" * 99, length="none") == Wanted()


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_changed() -> None:
    found = read("when others length", when="nonsense", others=",", length="short")

    assert not isinstance(found, Wanted)
    assert set(found) == {Field.WHEN, Field.OTHERS}


def changed(wanted: Wanted, before: Subscription = SET) -> Subscription:
    return changed_by(wanted, before, zone="Europe/Moscow")


def test_what_is_not_wanted_stays() -> None:
    assert changed(Wanted()) == SET
    assert changed(Wanted(), BARE) == BARE


def test_times_keep_the_zone_that_is_set() -> None:
    timings = (Timing(time(9)),)

    assert changed(Wanted(timings=timings)).schedule == Schedule(timings, "Asia/Almaty")
    assert changed(Wanted(timings=timings), BARE).schedule == Schedule(timings, "Europe/Moscow")
    assert changed(Wanted(zone="Asia/Tashkent")).schedule == replace(MORNINGS, zone="Asia/Tashkent")
    # Somebody else has taken the times away meanwhile.
    assert changed(Wanted(zone="Asia/Tashkent"), BARE) == BARE
    assert changed(Wanted(timings=())).schedule is None


def test_the_same_topics_keep_their_order() -> None:
    assert changed(Wanted(topics=("silk road", "trade"))) == SET
    assert changed(Wanted(topics=("AI",))).topics == ("AI",)


def test_choices_are_set() -> None:
    wanted = Wanted(length=Length.LONG, quiet=QuietPolicy.SKIP, flat=True, language="ru")

    assert changed(wanted) == replace(
        SET, length=Length.LONG, quiet=QuietPolicy.SKIP, flat=True, language="ru"
    )
    assert changed(Wanted(flat=False), replace(SET, flat=True)) == SET


def test_who_is_stopped_goes_on_with_new_times_and_who_is_paused_does_not() -> None:
    times = Wanted(timings=(Timing(time(9)),))
    stopped = replace(SET, standing=Standing.STOPPED, reason="It was archived.")
    paused = replace(SET, standing=Standing.PAUSED)

    revived = changed(times, stopped)
    assert (revived.standing, revived.reason) == (Standing.ACTIVE, "")
    assert changed(times, paused).standing is Standing.PAUSED
    assert changed(Wanted(length=Length.LONG), stopped).standing is Standing.STOPPED
    assert changed(Wanted(paused=False), paused) == SET
    assert changed(Wanted(paused=True)) == paused


def test_without_times_there_is_nothing_to_pause() -> None:
    paused = replace(SET, standing=Standing.PAUSED)
    bare = replace(SET, schedule=None)

    assert changed(Wanted(timings=(), paused=True)) == bare
    assert changed(Wanted(timings=()), paused) == bare
    assert changed(Wanted(paused=True), BARE) == BARE
    assert changed(Wanted(length=Length.LONG), replace(paused, schedule=None)).standing is (
        Standing.PAUSED
    )
