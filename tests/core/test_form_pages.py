"""What a form has changed is told in the words of the verbs."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.core.abilities import Ability
from bot.core.ask import Asker
from bot.core.form import Field
from bot.core.form_pages import Applied, applied_page, complaints_page, form_page, reading_page
from bot.core.settings_rows import Offered
from bot.core.subscription import (
    Length,
    QuietPolicy,
    Schedule,
    Slot,
    Standing,
    Subscription,
    Timing,
    destination_of,
)
from bot.core.topics import Tried
from bot.core.wording import English
from tests.fakes.pages import text

NOW = datetime(2025, 9, 2, 8, tzinfo=UTC)
WORDS = English()
NEXT = Slot(moment=datetime(2025, 9, 3, 3, tzinfo=UTC), day=date(2025, 9, 3), at=time(8))
LANGUAGES = {"en": "English", "ru": "Русский"}
BARE = Subscription(destination=destination_of("loop:here"))
SET = replace(
    BARE, schedule=Schedule((Timing(time(8), (0, 1, 2, 3, 4)),), "Asia/Almaty"), next=NEXT
)
WHEN = "weekdays at 08:00, Astana time (Asia/Almaty, UTC+5)"
PAUSED = "Paused: no digest comes by itself until /settings resume."
UNDO = "_Take it back: /settings undo_"


def applied(before: Subscription, after: Subscription, *tried: Tried) -> str:
    change = Applied(before=before, after=after, tried=tried, languages=LANGUAGES)
    return text(applied_page(change, now=NOW, words=WORDS))


def test_new_times_are_told_with_the_next_digest() -> None:
    assert applied(BARE, SET).split("\n") == [
        f"Set: {WHEN}.",
        "Next digest: Wednesday 3 September, 08:00. Monday's digest also covers the weekend.",
        UNDO,
    ]


def test_no_more_times_are_told() -> None:
    assert applied(SET, replace(SET, schedule=None, next=None)).split("\n") == [
        f"No digest comes by itself from now on. Until now: {WHEN}.",
        UNDO,
    ]


def test_a_pause_is_told() -> None:
    paused = replace(SET, standing=Standing.PAUSED, next=None)

    assert applied(SET, paused).split("\n") == [
        PAUSED,
        UNDO,
    ]


def test_new_times_of_a_chat_that_stays_paused_promise_no_digest() -> None:
    before = replace(SET, standing=Standing.PAUSED, next=None)
    after = replace(before, schedule=Schedule((Timing(time(11)),), "Asia/Almaty"))

    assert applied(before, after).split("\n") == [
        "Set: every day at 11:00, Astana time (Asia/Almaty, UTC+5).",
        f"This replaces weekdays at 08:00. {PAUSED}",
        UNDO,
    ]


def test_new_times_and_a_pause_at_once_are_told_once_each() -> None:
    schedule = Schedule((Timing(time(11)),), "Asia/Almaty")
    after = replace(SET, schedule=schedule, standing=Standing.PAUSED, next=None)

    assert applied(SET, after).split("\n") == [
        "Set: every day at 11:00, Astana time (Asia/Almaty, UTC+5).",
        f"This replaces weekdays at 08:00. {PAUSED}",
        UNDO,
    ]


def test_new_topics_are_told_with_what_they_find() -> None:
    tried = Tried(topic="trade", matched=3, searched=7)

    assert applied(SET, replace(SET, topics=("trade",)), tried).split("\n") == [
        "- “trade”: 3 of the 7 articles of the last 30 days.",
        "The digest covers only: trade.",
        UNDO,
    ]


def test_all_that_was_changed_is_told_and_taken_back_at_once() -> None:
    after = replace(SET, length=Length.LONG, quiet=QuietPolicy.SKIP, flat=True, language="ru")

    assert applied(SET, after).split("\n") == [
        "Length of the digest from now on: long.",
        "On a day without news from now on: no post.",
        "The stories of a digest from now on: below their headlines, without a thread.",
        "My language here from now on: Русский.",
        UNDO,
    ]


def test_above_a_form_stands_when_the_digest_comes() -> None:
    assert text(form_page(SET, now=NOW, words=WORDS)) == (
        f"Digest = {WHEN}\nNext = Wednesday 3 September, 08:00"
    )


def test_who_may_only_read_sees_all_settings_and_who_can_change_them() -> None:
    offered = Offered(languages=LANGUAGES, can=frozenset({Ability.THREADS}))
    member = Asker(id="2", admins="Anna, who made this channel")

    assert text(reading_page(SET, offered, member, now=NOW, words=WORDS)).split("\n") == [
        "Only admins of this chat change its settings. Ask Anna, who made this channel.",
        f"Digest = {WHEN}",
        "Next = Wednesday 3 September, 08:00",
        "Topics = everything",
        "Length = standard",
        "Day without news = a post that says so",
        "Stories = in a thread below the headlines",
        "Language = English",
    ]
    guest = Asker(id="3", admins="an admin of the workspace", visitor=True)
    said = text(reading_page(SET, offered, guest, now=NOW, words=WORDS))
    assert said.startswith("Guests and people of other workspaces can ask me everything")
    assert "Only admins" not in said
    unknown = reading_page(SET, offered, None, now=NOW, words=WORDS)
    assert unknown.summary.startswith("I cannot find out just now whether you are an admin")


def test_what_is_wrong_is_told_in_the_order_of_the_fields() -> None:
    page = complaints_page({Field.OTHERS: "No topic.", Field.WHEN: "No time."}, words=WORDS)

    assert text(page) == "Nothing was changed:\n- No time.\n- No topic."
