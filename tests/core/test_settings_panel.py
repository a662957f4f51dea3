"""The settings of a chat are panels of buttons, and each says what can be typed as well."""

from dataclasses import replace
from datetime import UTC, datetime, time
from itertools import combinations
from zoneinfo import available_timezones

import pytest

from bot.core.abilities import Ability
from bot.core.misuse import Misuse
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.core.panel import after, changes, edits, panel_of, readable, reads
from bot.core.settings_buttons import CITIES, MOST_SAID, TIMES, days_typed, undo_button
from bot.core.settings_commands import (
    Panel,
    SetSchedule,
    SettingsCommand,
    Undo,
)
from bot.core.settings_pages import changed_page, unchanged_page
from bot.core.settings_panel import Choices, panel_page
from bot.core.subscription import (
    Length,
    QuietPolicy,
    Schedule,
    Standing,
    Subscription,
    Timing,
    destination_of,
)
from bot.core.timing import Adjusted, Timed, read_timing
from bot.core.verbs import parse
from bot.core.wording import English
from bot.core.zones import zone_of
from tests.fakes.pages import text

NOW = datetime(2025, 9, 2, 8, tzinfo=UTC)
WEEKDAYS = (0, 1, 2, 3, 4)
PROPOSAL = Schedule((Timing(time(8), WEEKDAYS),), "Asia/Almaty")
CHOICES = Choices(
    languages={"en": "English", "ru": "Русский"}, topics=("trade", "AI"), proposal=PROPOSAL
)
BARE = Subscription(destination=destination_of("loop:here"))
SET = replace(BARE, schedule=Schedule((Timing(time(7, 30), WEEKDAYS),), "Asia/Tashkent"))
KNOWN = frozenset(available_timezones())


def shown(panel: Panel, chat: Subscription = SET, choices: Choices = CHOICES) -> Page:
    return panel_page(panel, chat, choices, now=NOW, words=English())


def buttons(page: Page) -> list[tuple[str, str]]:
    found = [block for block in page.blocks if isinstance(block, Buttons)]
    assert len(found) == 1
    return [(button.label, button.says) for row in found[0].rows for button in row]


def labels(page: Page) -> list[list[str]]:
    found = [block for block in page.blocks if isinstance(block, Buttons)]
    return [[button.label for button in row] for block in found for row in block.rows]


def test_all_settings_have_a_button() -> None:
    assert labels(shown(Panel.ALL)) == [
        ["Time", "Days", "City"],
        ["Topics", "Length", "Language"],
        ["Pause", "Sound off"],
        ["Skip days without news"],
    ]


def test_what_was_switched_is_offered_back() -> None:
    chat = replace(SET, standing=Standing.PAUSED, silent=True, quiet=QuietPolicy.SKIP)

    assert labels(shown(Panel.ALL, chat))[2:] == [
        ["Resume", "Sound on"],
        ["Post on days without news"],
    ]


def test_what_makes_no_difference_has_no_button() -> None:
    alone = replace(CHOICES, languages={"en": "English"})

    assert labels(shown(Panel.ALL, BARE, alone))[1:3] == [["Topics", "Length"], ["Sound off"]]


def test_a_time_keeps_the_days_and_marks_what_is_set() -> None:
    assert buttons(shown(Panel.TIME))[:3] == [
        ("06:00", "/schedule 06:00 weekdays"),
        ("07:00", "/schedule 07:00 weekdays"),
        ("✓ 07:30", "/schedule 07:30 weekdays"),
    ]
    assert text(shown(Panel.TIME)) == (
        "# At what time?\n"
        "Now = weekdays at 07:30, Tashkent time (Asia/Tashkent, UTC+5)\n"
        "_Change it: /schedule 7:30 weekdays, /schedule add 18:00_"
    )


def test_without_a_schedule_a_choice_sets_what_is_proposed() -> None:
    assert "yet; a choice here sets one: weekdays at 08:00." in text(shown(Panel.DAYS, BARE))
    assert ("✓ 08:00", "/schedule 08:00 weekdays") not in buttons(shown(Panel.TIME, BARE))
    assert ("08:00", "/schedule 08:00 weekdays") in buttons(shown(Panel.TIME, BARE))
    assert ("Weekends", "/schedule 08:00 weekends") in buttons(shown(Panel.DAYS, BARE))
    assert ("Sun", "/schedule 08:00 sun") in buttons(shown(Panel.DAYS, BARE))
    assert ("Moscow", "/schedule 08:00 weekdays Moscow") in buttons(shown(Panel.CITY, BARE))


def test_a_day_is_put_in_or_taken_out_and_the_last_one_stays() -> None:
    found = dict(buttons(shown(Panel.DAYS)))

    assert found["✓ Weekdays"] == "/schedule weekdays"
    assert found["✓ Fri"] == "/schedule mon tue wed thu"
    assert found["Sat"] == "/schedule mon tue wed thu fri sat"
    sundays = replace(BARE, schedule=Schedule((Timing(time(8), (6,)),), "UTC"))
    assert dict(buttons(shown(Panel.DAYS, sundays)))["✓ Sun"] == "/schedule sun"


@pytest.mark.parametrize("count", range(1, 8))
def test_any_days_are_read_as_they_are_said(count: int) -> None:
    for days in combinations(range(7), count):
        timing = Timing(time(8), days)
        chat = replace(BARE, schedule=Schedule((timing,), "UTC"))

        assert read_timing(f"08:00{days_typed(days)}", KNOWN) == Timed((timing,))
        for _, says in buttons(shown(Panel.DAYS, chat))[:-1]:
            command = parse(says)
            assert isinstance(command, SetSchedule)
            assert isinstance(read_timing(command.typed, KNOWN), Adjusted)
            assert panel_of(command) is Panel.DAYS


def test_every_city_is_known_by_its_name() -> None:
    for name, zone in CITIES.items():
        assert zone_of(name, KNOWN) == zone


def test_the_city_that_holds_comes_first() -> None:
    found = buttons(shown(Panel.CITY))

    assert found[0] == ("✓ Tashkent", "/schedule Asia/Tashkent")
    assert found[1] == ("Astana", "/schedule Astana")
    assert [label for label, _ in found].count("Tashkent") == 0


def test_topics_are_followed_and_taken_out_by_a_press() -> None:
    chat = replace(SET, topics=("Trade", "rail"))

    assert buttons(shown(Panel.TOPICS, chat)) == [
        ("Everything", "/unfollow all"),
        ("✓ Trade", "/unfollow Trade"),
        ("✓ rail", "/unfollow rail"),
        ("AI", "/follow AI"),
        ("← Back", "/settings"),
    ]
    assert buttons(shown(Panel.TOPICS))[0] == ("✓ Everything", "/unfollow all")


def test_a_topic_too_long_for_a_button_has_none() -> None:
    chat = replace(SET, topics=("字" * 20, "字" * 5))

    assert [label for label, _ in buttons(shown(Panel.TOPICS, chat))] == [
        *("Everything", "✓ 字字字字字", "trade", "AI", "← Back"),
    ]


def test_lengths_and_languages_mark_the_one_that_holds() -> None:
    chat = replace(SET, length=Length.LONG, language="ru")

    assert labels(shown(Panel.LENGTH, chat))[0] == ["short", "standard", "✓ long"]
    assert labels(shown(Panel.LANGUAGE, chat))[0] == ["English", "✓ Русский"]
    assert "Now = Русский" in text(shown(Panel.LANGUAGE, chat))


@pytest.mark.parametrize("chat", [BARE, SET])
def test_whatever_a_button_says_can_be_typed(chat: Subscription) -> None:
    for panel in Panel:
        for _, says in buttons(shown(panel, chat)):
            command = parse(says)

            assert isinstance(command, SettingsCommand), says
            assert len(says.encode()) <= MOST_SAID
            assert edits(says)


def test_offered_times_are_in_order() -> None:
    assert sorted(TIMES) == list(TIMES)


@pytest.mark.parametrize(
    ("says", "edited", "changed"),
    [
        ("/settings", True, False),
        ("/settings time", True, False),
        ("/settings undo", True, True),
        ("/schedule off", True, True),
        ("/follow trade", True, True),
        ("/topics", False, False),
        ("/schedule test", False, False),
        ("/schedule", False, False),
        ("/resend", False, True),
        ("/brief 1", False, False),
        ("/settings nonsense", False, False),
    ],
)
def test_a_press_edits_what_is_a_panel(says: str, *, edited: bool, changed: bool) -> None:
    assert (edits(says), changes(says)) == (edited, changed)


@pytest.mark.parametrize("says", ["/brief 1", "/brief 2 sources", "/sources"])
def test_what_the_buttons_of_a_digest_show_is_read(says: str) -> None:
    assert reads(says)


@pytest.mark.parametrize("says", ["/settings", "/brief", "/search AI", "/show /brief 1", "x"])
def test_what_else_can_be_typed_is_not(says: str) -> None:
    assert not reads(says)


def test_after_a_change_the_panel_says_what_changed_and_offers_it_back() -> None:
    words = English()
    chat = replace(SET, length=Length.SHORT)
    said = changed_page(chat, Length.SHORT, CHOICES.languages, words=words)

    page = after(said, shown(Panel.ALL, chat), words=words)

    assert text(page).startswith(
        "Length of the digest from now on: short.\n# Settings of this chat\n"
    )
    assert labels(page)[-1] == ["Undo"]
    assert page.summary == "Length of the digest from now on: short."
    assert parse(undo_button(words).says) == Undo()


def test_after_nothing_changed_there_is_nothing_to_take_back() -> None:
    page = after(unchanged_page(words=English()), shown(Panel.ALL), words=English())

    assert text(page).startswith("It is so already: /settings\n# Settings of this chat\n")
    assert Button("Undo", "/settings undo") not in [
        button
        for block in page.blocks
        if isinstance(block, Buttons)
        for row in block.rows
        for button in row
    ]


def test_what_is_no_command_is_no_panel() -> None:
    assert isinstance(parse("/settings colour please"), Misuse)
    assert not edits("/settings colour please")


def test_only_what_a_chat_can_do_has_a_button() -> None:
    choices = replace(CHOICES, can=frozenset({Ability.THREADS}))

    assert labels(shown(Panel.ALL, choices=choices)) == [
        ["Time", "Days", "City"],
        ["Topics", "Length", "Stories", "Language"],
        ["Pause"],
        ["Skip days without news"],
    ]
    # Without a schedule there is nothing to pause.
    assert len(labels(shown(Panel.ALL, BARE, choices))) == 3
    assert buttons(shown(Panel.STORIES, replace(SET, flat=True), choices))[:2] == [
        ("In a thread", "/settings stories thread"),
        ("✓ Without a thread", "/settings stories flat"),
    ]


def test_who_only_reads_is_offered_no_change() -> None:
    said = Paragraph((Plain("No digest comes by itself here."),))
    settings, story = Button("Settings", "/settings"), Button("1", "/brief 1")
    for_admins = Button("08:00", "/schedule 8am"), Button("Other time", "/settings time")
    made = datetime(2025, 9, 2, tzinfo=UTC)

    page = Page(
        (said, Buttons((for_admins, (story, settings)), made), Buttons((for_admins,))), "No"
    )
    assert readable(page) == Page((said, Buttons(((story, settings),), made)), "No")
    assert readable(readable(page)) == readable(page)
