"""The settings of a chat as a form: what stands in its fields, and what of it was touched."""

from dataclasses import replace
from datetime import time
from zoneinfo import available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.core.abilities import USUAL, Abilities, Ability
from bot.core.form import (
    MOST_CHOICES,
    YES,
    Choice,
    Field,
    Form,
    Kept,
    Text,
    city_typed,
    form_of,
    marks_of,
    touched,
    when_typed,
)
from bot.core.settings_panel import Choices
from bot.core.subscription import Schedule, Standing, Subscription, Timing, destination_of
from bot.core.timing import MAX_TIMINGS, MAX_TYPED, Adjusted, Timed, merged, read_timing
from bot.core.wording import English

KNOWN = frozenset(available_timezones())
WEEKDAYS = (0, 1, 2, 3, 4)
MORNINGS = Schedule((Timing(time(8), WEEKDAYS),), "Asia/Almaty")
BARE = Subscription(destination=destination_of("loop:here"))
SET = replace(BARE, schedule=MORNINGS, topics=("Trade", "silk road"))
THREADS = frozenset({Ability.THREADS})


def form(
    chat: Subscription = SET,
    *,
    languages: tuple[str, ...] = ("en",),
    topics: tuple[str, ...] = ("trade", "AI"),
    can: Abilities = USUAL,
) -> Form:
    choices = Choices(
        languages={code: code.upper() for code in languages},
        topics=topics,
        proposal=MORNINGS,
        can=can,
    )
    kept = Kept(chat=chat, zone="Asia/Almaty", choices=choices, zones=KNOWN)
    return form_of(kept, English())


def filled(made: Form) -> dict[Field, tuple[str, ...]]:
    return {each.field: each.filled for each in made}


def field(made: Form, wanted: Field) -> Text | Choice:
    (found,) = [each for each in made if each.field is wanted]
    return found


def test_each_field_holds_what_is_set() -> None:
    chat = replace(SET, flat=True)

    assert filled(form(chat, languages=("en", "ru"), can=THREADS)) == {
        Field.WHEN: ("08:00 weekdays",),
        Field.CITY: ("Astana",),
        Field.PAUSED: (),
        Field.TOPICS: ("trade",),
        Field.OTHERS: ("silk road",),
        Field.LENGTH: ("standard",),
        Field.QUIET: ("post",),
        Field.STORIES: ("flat",),
        Field.LANGUAGE: ("en",),
    }


def test_a_chat_that_has_set_nothing_is_asked_only_what_makes_a_difference() -> None:
    assert filled(form(BARE, topics=())) == {
        Field.WHEN: ("",),
        Field.CITY: ("Astana",),
        Field.OTHERS: ("",),
        Field.LENGTH: ("standard",),
        Field.QUIET: ("post",),
    }
    assert field(form(BARE, can=THREADS), Field.STORIES).filled == ("thread",)


def test_who_is_stopped_or_paused_may_go_on() -> None:
    for standing in (Standing.PAUSED, Standing.STOPPED):
        made = form(replace(BARE, standing=standing))
        assert field(made, Field.PAUSED).filled == (YES,)


def test_a_language_that_is_gone_is_not_offered() -> None:
    made = form(replace(SET, language="fr"), languages=("en", "ru"))

    assert field(made, Field.LANGUAGE).filled == ()


def test_no_menu_is_longer_than_can_be_shown_and_no_topic_is_lost_by_that() -> None:
    names = tuple(f"topic {number}" for number in range(150))
    chat = replace(SET, topics=("topic 7", "topic 120", "x" * 61))
    made = form(chat, topics=(*names, "x" * 61))

    menu = field(made, Field.TOPICS)
    assert isinstance(menu, Choice)
    assert len(menu.options) == MOST_CHOICES
    assert menu.chosen == ("topic 7",)
    assert field(made, Field.OTHERS).filled == (f"topic 120, {'x' * 61}",)


SCHEDULES = st.lists(
    st.builds(
        Timing,
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.frozensets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    ),
    min_size=1,
    max_size=MAX_TIMINGS,
).map(lambda timings: Schedule(merged(timings), "Asia/Almaty"))


@given(SCHEDULES)
def test_the_times_of_every_schedule_are_shown_as_they_are_typed(schedule: Schedule) -> None:
    typed = when_typed(schedule)

    assert len(typed) <= MAX_TYPED
    assert read_timing(typed, KNOWN) == Timed(schedule.timings)


def test_no_schedule_is_an_empty_line() -> None:
    assert when_typed(None) == ""


def test_every_zone_is_shown_as_it_is_typed() -> None:
    shown = {
        zone: city_typed(zone, KNOWN) for zone in ("Asia/Almaty", "America/Kentucky/Monticello")
    }

    assert shown["Asia/Almaty"] == "Astana"
    for zone, typed in shown.items():
        assert read_timing(typed, KNOWN) == Adjusted(zone=zone)


def test_only_what_was_changed_counts_as_touched() -> None:
    made = form(languages=("en", "ru"), can=THREADS)
    marks, entered = marks_of(made), filled(made)

    assert touched(entered, marks) == frozenset()
    # What nobody has touched may come back with other spaces, or in another order.
    assert touched(entered | {Field.OTHERS: (" silk road ",)}, marks) == frozenset()
    assert touched(entered | {Field.PAUSED: ("",)}, marks) == frozenset()
    spelled = marks_of(form(replace(SET, topics=("R&D",))))
    assert Field.OTHERS not in touched({Field.OTHERS: ("R&amp;D",)}, spelled)
    assert touched(entered | {Field.PAUSED: (YES,), Field.WHEN: ("9am",)}, marks) == {
        Field.PAUSED,
        Field.WHEN,
    }


def test_half_a_letter_has_a_mark_as_well() -> None:
    assert touched({Field.OTHERS: ("\ud800",)}, {}) == {Field.OTHERS}
