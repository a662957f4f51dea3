"""A chat says when it gets its digest, and is told what that means."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.ask import Asker
from bot.core.delivery import State
from bot.core.subscription import Schedule, Slot, Standing, Subscription, Timing
from tests.fakes.asks import MEMBER
from tests.fakes.chats import HERE, Chat
from tests.fakes.press import NOW

WORKDAYS = (0, 1, 2, 3, 4)
MORNING = Schedule((Timing(time(8), WORKDAYS),), "Asia/Almaty")
#: 08:00 in Astana on the day before.
YESTERDAY = Slot(NOW - timedelta(days=1), NOW.date() - timedelta(days=1), time(8))


SET = Subscription(destination=HERE, schedule=MORNING, owner="1", id=1)


def scheduled(subscription: Subscription = SET) -> Chat:
    chat = Chat()
    chat.subscriptions.rows[HERE] = subscription
    return chat


def test_a_schedule_is_repeated_in_full_with_the_next_digest() -> None:
    chat = Chat()

    assert chat.says("/schedule 8am weekdays Astana") == (
        "Set: weekdays at 08:00, Astana time (Asia/Almaty, UTC+5).\n"
        "Next digest: Wednesday 3 September, 08:00. Monday's digest also covers the weekend.\n"
        "_Take it back: /schedule undo_"
    )
    assert chat.of() == Subscription(
        destination=HERE,
        schedule=MORNING,
        owner="1",
        next=Slot(datetime(2025, 9, 3, 3, tzinfo=UTC), date(2025, 9, 3), time(8)),
        id=1,
    )


def test_a_zone_that_nobody_named_is_said_to_be_a_guess() -> None:
    chat = Chat(zone="Asia/Tashkent")

    assert chat.says("/schedule 8am").split("\n")[2] == (
        "I do not know your city, so I took the operator's default, Tashkent time. "
        "Another one: /schedule Astana"
    )
    assert "default" not in chat.says("/schedule 9am")


BERLINER = Asker(id="1", admin=True, zone="Europe/Berlin")


def test_the_zone_of_who_sets_the_first_time_is_taken_and_said() -> None:
    chat = Chat(zone="Asia/Tashkent")

    first = chat.says("/schedule 8am", asker=BERLINER).split("\n")
    assert first[0] == "Set: every day at 08:00, Berlin time (Europe/Berlin, UTC+2)."
    assert first[2] == (
        "Nobody has named a city, so I took the time zone of your own profile here. "
        "Another one: /schedule Tashkent"
    )
    assert "profile" not in chat.says("/schedule 9am", asker=BERLINER)


def test_a_city_that_was_named_counts_for_more_than_ones_own() -> None:
    chat = Chat()
    for typed in ("/schedule 8am Tashkent", "/schedule off"):
        chat.says(typed, asker=BERLINER)

    assert chat.says("/schedule 9am", asker=BERLINER).startswith(
        "Set: every day at 09:00, Tashkent time"
    )
    assert "profile" not in Chat().says("/schedule 8am Tashkent", asker=BERLINER)


def test_what_was_offered_in_another_zone_is_set_as_it_was_offered() -> None:
    pressed = Chat().presses("/schedule 8am", asker=BERLINER)

    assert pressed.startswith("Set: every day at 08:00, Astana time")


def test_a_zone_that_nobody_knows_is_not_taken() -> None:
    asker = replace(BERLINER, zone="Mars/Olympus")

    assert Chat().says("/schedule 8am", asker=asker).startswith("Set: every day at 08:00, Astana")


def test_a_zone_that_was_named_once_outlives_the_schedule() -> None:
    chat = Chat()
    for typed in ("/schedule 8am Tashkent", "/schedule off"):
        chat.says(typed)

    assert chat.says("/schedule 9am").startswith("Set: every day at 09:00, Tashkent time")


def test_what_is_replaced_is_said() -> None:
    chat = scheduled()

    assert "This replaces weekdays at 08:00. Each digest covers everything since" in chat.says(
        "/schedule 7:30 mon,wed"
    )
    assert "This replaces Mondays and Wednesdays at 07:30, Astana time (Asia/Almaty, UTC+5)." in (
        chat.says("/schedule Tashkent")
    )


def test_another_time_joins_the_first() -> None:
    chat = scheduled()

    page = chat.says("/schedule add 18:00")

    assert page.startswith("Set: weekdays at 08:00; every day at 18:00, Astana time")
    assert "replaces" not in page


def test_another_time_goes_by_the_zone_of_the_first() -> None:
    assert scheduled().says("/schedule add 18:00 Tashkent") == (
        "All digests of a chat go by the time of one city. First give them that of Tashkent.\n"
        "_This works: /schedule Tashkent_"
    )


def test_a_chat_may_have_six_times_and_no_more() -> None:
    chat = Chat()
    chat.says("/schedule 7, 8, 9, 10, 11, 12 Astana")

    assert chat.says("/schedule add 13:00") == (
        "A chat gets its digest at 6 times at most.\n_This works: /schedule 8am weekdays Astana_"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "I need a time of day."),
        ("25:00", "There is no such time as “25:00”: times go from 00:00 to 23:59, minutes have"),
        (
            "hourly",
            "A digest comes at times of day, written in figures, on days of the week: “hour",
        ),
        ("1 2 3 4 5 6 7", "A chat gets its digest at 6 times at most."),
        ("8am Mars/Base", "I do not know “Mars/Base”. Name a larger city with the same time."),
        ("8am Russia", "Several time zones fit “Russia”. Name a city: Moscow, "),
        (
            "08:00 GMT+5",
            "An offset such as “GMT+5” does not say when the clocks change. Name a city instead.",
        ),
        ("8am @all", "I do not understand that: a time, days or a city?"),
        ("8am froop", "I do not understand “froop”: a time, days or a city?"),
        ("0 8 1 * *", "Of a cron line I understand minutes, hours and weekdays only."),
        (
            "8 and weekdays 9 mon 10",
            "I cannot tell which times and days go together. Set one, then add the others.",
        ),
    ],
)
def test_a_mistake_is_named_and_sets_nothing(typed: str, said: str) -> None:
    chat = Chat()

    page = chat.says(f"/schedule add {typed}")

    assert page.startswith(said)
    assert "\n_This works: /schedule " in page
    assert chat.subscriptions.rows == {}


def test_a_misspelt_city_is_answered_with_the_same_line_mended() -> None:
    assert Chat().says("/schedule add 8am Almata") == (
        "I do not know “Almata”. Did you mean Asia/Almaty?\n"
        "_This works: /schedule add 8am Asia/Almaty_"
    )


@pytest.mark.parametrize(
    ("typed", "said", "works"),
    [
        (
            "8:5 weekdays",
            (
                "There is no such time as “8:5”: times go from 00:00 to 23:59, minutes have two"
                " digits, and there are no seconds."
            ),
            "08:05 weekdays",
        ),
        ("of", "I do not understand “of”. Did you mean off?", "off"),
        ("udno", "I do not understand “udno”. Did you mean undo?", "undo"),
        ("8am weekdys", "I do not understand “weekdys”. Did you mean weekdays?", "8am weekdays"),
    ],
)
def test_a_slip_is_answered_with_the_same_line_mended(typed: str, said: str, works: str) -> None:
    assert Chat().says(f"/schedule {typed}") == f"{said}\n_This works: /schedule {works}_"


@pytest.mark.parametrize(
    ("typed", "example"),
    [("weekdays", "/schedule 8am weekdays"), ("add Tashkent", "/schedule add 8am Tashkent")],
)
def test_days_or_a_city_alone_need_a_time_to_go_with(typed: str, example: str) -> None:
    assert Chat().says(f"/schedule {typed}") == (
        f"I need a time of day too.\n_This works: {example}_"
    )


def test_the_schedule_is_shown_to_everybody() -> None:
    chat = Chat()

    assert chat.says("/schedule", asker=MEMBER) == (
        "No digest comes by itself here. An admin can set one: /schedule 8am weekdays. "
        "/brief works at any time."
    )
    assert chat.says("/schedule").startswith(
        "No digest comes by itself here. You can set one: /schedule 8am weekdays. "
    )
    chat.says("/schedule 8am Astana")
    assert chat.says("/schedule", asker=MEMBER) == (
        "Digest: every day at 08:00, Astana time (Asia/Almaty, UTC+5).\n"
        "Next digest: Wednesday 3 September, 08:00.\n"
        "_One more: /schedule add 18:00, another city: /schedule Tashkent, none: /schedule off_"
    )


def test_a_schedule_of_the_configuration_is_said_to_be_one() -> None:
    chat = scheduled(replace(SET, declared=True, owner=""))

    assert "The operator's configuration says so; an admin can change it here." in chat.says(
        "/schedule"
    )
    chat.says("/schedule 9am")
    assert "configuration" not in chat.says("/schedule")
    assert chat.of().declared


def test_a_member_is_told_who_sets_the_digest_and_what_is_set() -> None:
    chat = scheduled()
    before = chat.of()

    assert chat.says("/schedule 9am", asker=MEMBER) == (
        "Only admins of this chat change its settings. Ask @anna or @li. "
        "Now: weekdays at 08:00, Astana time (Asia/Almaty, UTC+5). "
        "/brief works for everybody at any time."
    )
    assert Chat().says("/schedule off", asker=Asker()) == (
        "Only admins of this chat change its settings. Now no digest comes by itself. "
        "/brief works for everybody at any time."
    )
    assert chat.of() == before


def test_a_schedule_can_be_taken_away_and_brought_back() -> None:
    chat = scheduled()

    assert chat.says("/schedule off") == (
        "No digest comes by itself from now on. "
        "Until now: weekdays at 08:00, Astana time (Asia/Almaty, UTC+5).\n"
        "_Take it back: /schedule undo_"
    )
    assert (chat.of().schedule, chat.of().next) == (None, None)
    assert chat.says("/schedule off") == "It is so already: no digest comes by itself."
    assert "Digest = weekdays at 08:00" in chat.says("/schedule undo")
    assert chat.of().next is not None


def test_a_paused_chat_gets_digests_again_once_it_sets_a_time() -> None:
    chat = scheduled(replace(SET, standing=Standing.PAUSED))

    assert "Paused: no digest comes by itself until /settings resume.\n" in chat.says("/schedule")
    assert "Digests were paused; now they come again." in chat.says("/schedule 8am weekdays")
    assert chat.of().standing is Standing.ACTIVE


def test_the_same_schedule_once_more_leaves_the_last_change_to_be_undone() -> None:
    chat = Chat()
    for typed in ("/schedule 9am Astana", "/schedule 8am"):
        chat.says(typed)

    assert chat.says("/schedule 8am every day") == (
        "It is so already: every day at 08:00, Astana time (Asia/Almaty, UTC+5).\n"
        "Next digest: Wednesday 3 September, 08:00."
    )

    assert "Digest = every day at 09:00" in chat.says("/schedule undo")


def test_a_slot_that_has_come_is_booked_by_the_schedule_it_belongs_to() -> None:
    chat = scheduled(replace(SET, next=YESTERDAY))

    chat.says("/schedule 18:00")

    [booking] = chat.slots.booked
    assert booking.subscription.schedule == MORNING
    assert [(one.slot.day, one.state) for one in booking.slots] == [
        (YESTERDAY.day, State.MISSED),
        (NOW.date(), State.DUE),
    ]


@pytest.mark.parametrize(
    "subscription",
    [
        replace(SET, next=Slot(NOW + timedelta(days=1), NOW.date(), time(8))),
        replace(SET, next=YESTERDAY, standing=Standing.PAUSED),
        replace(SET, next=YESTERDAY, schedule=Schedule(MORNING.timings, "Mars/Base")),
    ],
)
def test_nothing_is_booked_while_nothing_is_known_to_be_due(subscription: Subscription) -> None:
    chat = scheduled(subscription)

    assert chat.says("/schedule 18:00 Astana").startswith("Set: ")
    assert chat.slots.booked == []
