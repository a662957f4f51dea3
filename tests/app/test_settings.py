"""The settings of a chat are shown, changed and changed back."""

import asyncio
from dataclasses import replace
from datetime import time

import pytest

from bot.core.ask import Asker
from bot.core.errors import ZoneError
from bot.core.gazetteer import Gazetteer, Topic
from bot.core.settings_commands import Change, Follow
from bot.core.subscription import (
    NOT_LISTED,
    Length,
    QuietPolicy,
    Schedule,
    Standing,
    Subscription,
    Timing,
    destination_of,
)
from tests.fakes.asks import MEMBER, ask
from tests.fakes.chats import HERE, Chat
from tests.fakes.press import NOW, article

ROWS = (
    "Topics = everything\n"
    "Length = standard\n"
    "Day without news = a post that says so\n"
    "Sound = on\n"
    "Language = English"
)
FRESH = Subscription(destination=HERE, owner="1", id=1)


def test_all_settings_are_shown_with_lines_that_change_them() -> None:
    chat = Chat()
    ways = (
        "_Change it: /settings length short, /settings quiet skip, /settings silent on, "
        "/settings pause, /settings undo, all: /help settings_"
    )

    assert chat.says("/settings", asker=MEMBER) == (
        f"# Settings of this chat\nDigest = none comes by itself\n{ROWS}\n{ways}"
    )


def test_changed_settings_are_shown_as_they_are() -> None:
    chat = Chat()
    for typed in ("quiet skip", "silent on", "length long", "language Русский"):
        chat.says(f"/settings {typed}")
    for typed in ("/schedule 8am Astana", "/follow trade, energy"):
        chat.says(typed)

    assert chat.says("/settings").split("\n")[1:8] == [
        "Digest = every day at 08:00, Astana time (Asia/Almaty, UTC+5)",
        "Next = Wednesday 3 September, 08:00",
        "Topics = trade, energy",
        "Length = long",
        "Day without news = no post",
        "Sound = off",
        "Language = Русский",
    ]


@pytest.mark.parametrize(
    ("typed", "said", "after"),
    [
        (
            "length short",
            "Length of the digest from now on: short.",
            replace(FRESH, length=Length.SHORT),
        ),
        (
            "quiet skip",
            "On a day without news from now on: no post.",
            replace(FRESH, quiet=QuietPolicy.SKIP),
        ),
        ("silent on", "My posts make no sound from now on.", replace(FRESH, silent=True)),
        ("language ru", "My language here from now on: Русский.", replace(FRESH, language="ru")),
        (
            "pause",
            "Paused: no digest comes by itself until /settings resume.",
            replace(FRESH, standing=Standing.PAUSED),
        ),
    ],
)
def test_a_setting_is_changed_and_changed_back(typed: str, said: str, after: Subscription) -> None:
    chat = Chat()

    assert chat.says(f"/settings {typed}") == f"{said}\n_Take it back: /settings undo_"
    assert chat.of() == after
    assert chat.says(f"/settings {typed}") == "It is so already: /settings"
    undone = chat.says("/settings undo").split("\n")
    assert undone[0] == (
        "What stood before the last change holds again; /settings undo changes it back."
    )
    assert set(undone[1:]) <= {"Digest = none comes by itself", *ROWS.split("\n")}
    assert chat.of() == FRESH


def test_an_undo_shows_what_differs_and_the_next_one_changes_it_back() -> None:
    chat = Chat()
    for typed in ("/schedule 8am Astana", "/settings length short"):
        chat.says(typed)

    undone = "What stood before the last change holds again; /settings undo changes it back."
    again = "The change that was taken back is made again; /settings undo takes it back."
    assert chat.says("/schedule undo").split("\n") == [undone, "Length = standard"]
    assert chat.says("/schedule undo").split("\n") == [again, "Length = short"]
    assert chat.says("/schedule undo").split("\n") == [undone, "Length = standard"]
    chat.says("/settings length long")
    assert chat.says("/schedule undo").split("\n") == [undone, "Length = standard"]


@pytest.mark.parametrize("typed", ["lenght", "lenght short", "Lengt"])
def test_a_misspelt_setting_is_shown_with_its_choices(typed: str) -> None:
    chat = Chat()

    said = chat.says(f"/settings {typed}")

    assert "Now = standard\n_Change it: /settings length short_" in said
    assert chat.subscriptions.rows == {}


def test_a_sound_that_was_off_comes_back() -> None:
    chat = Chat()
    chat.says("/settings silent on")

    assert chat.says("/settings silent off").startswith("My posts make a sound from now on.")


def test_a_pause_ends_with_the_next_digest_in_sight() -> None:
    chat = Chat()
    for typed in ("/schedule 8am Astana", "/settings pause"):
        chat.says(typed)
    paused = chat.of()

    assert (paused.standing, paused.next) == (Standing.PAUSED, None)
    assert chat.says("/settings resume").startswith(
        "Digests come again. Next digest: Wednesday 3 September, 08:00."
    )
    assert chat.of().next is not None


def test_a_pause_can_end_before_a_digest_is_set() -> None:
    chat = Chat()
    chat.says("/settings pause")

    assert chat.says("/settings resume").startswith(
        "Digests may come again, but none is set yet: /schedule 8am weekdays"
    )


def test_what_the_platform_stopped_says_why_until_somebody_resumes_it() -> None:
    chat = Chat()
    chat.says("/schedule 8am Astana")
    chat.subscriptions.rows[HERE] = replace(
        chat.of(), standing=Standing.STOPPED, reason="I may not\nwrite here.", next=None
    )

    why = "I may not write here. Once that is mended, /settings resume starts it again."
    assert f"Next = stopped: {why}\n" in chat.says("/settings")
    assert f"\nNo digest comes: {why}\n" in chat.says("/schedule")
    chat.says("/settings resume")
    assert (chat.of().standing, chat.of().reason) == (Standing.ACTIVE, "")


def test_what_the_operator_stopped_is_for_no_admin_to_resume() -> None:
    chat = Chat()
    chat.says("/schedule 8am Astana")
    chat.subscriptions.rows[HERE] = replace(
        chat.of(), standing=Standing.STOPPED, reason=NOT_LISTED, next=None
    )

    assert f"\nNo digest comes: {NOT_LISTED}\n" in chat.says("/schedule")


def test_an_undo_never_brings_back_what_the_platform_stopped() -> None:
    chat = Chat()
    chat.says("/schedule 8am Astana")
    chat.subscriptions.rows[HERE] = replace(
        chat.of(), standing=Standing.STOPPED, reason="I may not write here.", next=None
    )
    chat.says("/schedule 9am")

    assert "\nNext = Wednesday 3 September, 08:00" in chat.says("/settings undo")
    assert (chat.of().standing, chat.of().reason) == (Standing.ACTIVE, "")


def test_an_undo_brings_back_a_pause() -> None:
    chat = Chat()
    for typed in ("/schedule 8am Astana", "/settings pause", "/schedule 9am", "/settings undo"):
        chat.says(typed)

    assert (chat.of().standing, chat.of().next) == (Standing.PAUSED, None)


def test_an_undo_of_the_first_change_leaves_nothing_set() -> None:
    chat = Chat()
    chat.says("/schedule 8am Astana")

    chat.says("/schedule undo")

    assert chat.of() == FRESH
    assert "Digest = every day at 08:00" in chat.says("/schedule undo")


def test_what_was_never_changed_cannot_be_changed_back() -> None:
    chat = Chat()
    chat.subscriptions.rows[destination_of("file:a")] = Subscription(
        destination=destination_of("file:a"), declared=True
    )

    for place in (HERE, destination_of("file:a")):
        assert chat.says("/settings undo", of=place) == "There is no change to take back."


def test_a_language_that_is_not_spoken_is_answered_with_those_that_are() -> None:
    chat = Chat()

    assert chat.says("/settings language Klingon") == (
        "I do not speak “Klingon”. I speak English, Русский."
    )
    assert chat.subscriptions.rows == {}


def test_a_press_is_answered_with_the_panel_and_what_changed() -> None:
    chat = Chat(gazetteer=Gazetteer(topics=(Topic(name="trade", words=("grain",)),)))
    chat.says("/schedule 8am Astana")

    for said, first, title in (
        ("/settings length short", "Length of the digest from now on: short.", "Settings of this"),
        ("/settings length short", "It is so already: /settings", "Settings of this chat"),
        ("/schedule weekdays", "Set: weekdays at 08:00, Astana time", "On which days?"),
        ("/follow trade", "- “trade”: I have no articles", "What does the digest cover?"),
        ("/settings undo", "What stood before the last", "Settings of this chat"),
        ("/schedule off", "No digest comes by itself from now on.", "Settings of this chat"),
    ):
        page = chat.presses(said)

        assert page.startswith(first)
        assert f"\n# {title}" in page
    assert chat.presses("/settings topics").startswith("# What does the digest cover?")
    assert chat.presses("/privacy").startswith("# What I keep about you")
    assert chat.presses("/schedule off", asker=MEMBER).startswith("Only admins")


def test_a_proposal_that_cannot_be_read_gives_way_to_eight_in_the_morning() -> None:
    scheduling = Chat().settings().scheduling

    assert scheduling.proposed.timings == (Timing(time(8), (0, 1, 2, 3, 4)),)
    assert replace(scheduling, proposal="noonish").proposed.timings == (Timing(time(8)),)


def test_of_two_changes_at_once_neither_is_lost() -> None:
    chat = Chat()
    chat.archive.add([article(0)], seen=NOW)
    settings = chat.settings()

    async def both() -> None:
        changes = (Follow(("trade",)), Follow(("energy",)), Change(Length.SHORT))
        await asyncio.gather(*(settings(ask("", of=str(HERE)), one) for one in changes))

    asyncio.run(both())

    assert (chat.of().topics, chat.of().length) == (("trade", "energy"), Length.SHORT)


@pytest.mark.parametrize(
    "typed",
    ["/settings pause", "/settings undo", "/follow trade", "/unfollow trade"],
)
def test_a_member_changes_nothing(typed: str) -> None:
    chat = Chat()

    assert chat.says(typed, asker=Asker()).startswith("Only admins of this chat change")
    assert chat.subscriptions.rows == {}


def test_a_schedule_whose_zone_is_gone_is_shown_and_can_be_set_anew() -> None:
    chat = Chat()
    gone = Schedule((Timing(time(8)),), "Mars/Base")
    chat.subscriptions.rows[HERE] = Subscription(destination=HERE, schedule=gone)

    assert "Digest = every day at 08:00, Base time (Mars/Base)\nNext = none\n" in chat.says(
        "/settings"
    )
    assert chat.says("/missed") == "Nothing was missed in the last 30 days."
    with pytest.raises(ZoneError, match="Set the schedule again with a city"):
        chat.says("/settings length short")
    assert chat.says("/schedule 8am Astana").startswith("Set: ")


def test_what_is_kept_about_people_is_told_with_its_time() -> None:
    chat = Chat()

    page = chat.says("/privacy", asker=MEMBER)

    assert page == (
        "# What I keep about you\n"
        "- The address of this chat, its name if it is a group or channel, and its settings:"
        " times, time zone, topics, language, length.\n"
        "- The ids of who added me and of who changed the settings last; no names.\n"
        "- What was posted here, when, and whether it arrived: 90 days.\n"
        "- Which articles were shown here, so that none is posted twice: 30 days.\n"
        "- Which articles the numbers of the digests here stand for.\n"
        "- All of that goes 30 days after I was removed from the chat.\n"
        "I keep no names of people and no messages. What you type, searches too, is forgotten once"
        " it is answered, or after a day where I was stopped before that.\n"
        "The operator of this bot deletes it with briefbot forget loop:here.\n"
        "_Backups that the operator made may hold it for longer._"
    )


def test_where_the_bot_joins_channels_that_it_was_there_stays_known_and_is_said() -> None:
    stays = "- That I was in a channel stays known, so that I never join it by myself again.\n"
    chat = Chat()

    said = [chat.says("/privacy", of=destination_of(one)) for one in ("open:1", "closed:1")]

    assert [stays in page for page in said] == [True, False]


def test_a_terminal_keeps_what_is_typed_and_says_so() -> None:
    page = Chat().says("/privacy", of=destination_of("terminal"))

    assert "- What is typed at this terminal, in a file beside the archive.\n" in page
    assert "\nI keep no names.\n" in page
    assert "briefbot forget terminal" in page
