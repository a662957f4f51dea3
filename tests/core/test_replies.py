"""Answers that are no digest say what is so and what can be done."""

from datetime import date

import pytest

from bot.core.abilities import Ability
from bot.core.health import Fault, Reason
from bot.core.misuse import Mistake, Misuse
from bot.core.page import Code, Heading, Link, Note, Paragraph
from bot.core.replies import (
    Condition,
    Reader,
    gone_page,
    help_page,
    misuse_page,
    no_story_page,
    nothing_page,
    status_page,
)
from bot.core.settings_commands import Unsettled
from bot.core.settings_verbs import SETTINGS
from bot.core.values import Coverage
from bot.core.verb import Verb, Who
from bot.core.verbs import BRIEF, HELP, VERBS
from bot.core.window import NothingFound
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.press import NOW
from tests.fakes.stories import health

WORDS = English()


def counted(*, ok: int = 0, failing: int = 0) -> Coverage:
    return Coverage(ok=ok, failing=failing, read=0, duplicates=0, shown=0)


def test_help_names_every_verb_on_one_line_and_every_way_to_ask_for_a_brief() -> None:
    page = text(help_page(None, Reader(admin=True, can=frozenset(Ability)), words=WORDS))
    listed = [line.partition(" = ")[0] for line in page.split("\n") if " = " in line]

    others = [verb.slash for verb in VERBS if verb not in {BRIEF, HELP}]
    assert [line.split()[0] for line in listed] == ["/brief"] * len(BRIEF.usages) + others
    assert "/brief WORDS = only the news that has all these words\n" in page
    assert "/search WORDS = all articles there are, the best and newest first\n" in page
    assert page.endswith("_One command, with examples: /help schedule_")


def test_help_fits_a_screen_of_a_phone() -> None:
    page = text(help_page(None, Reader(admin=True, can=frozenset(Ability)), words=WORDS))

    assert len(page.split("\n")) <= 24


def test_help_shows_a_member_what_everybody_may_type() -> None:
    page = text(help_page(None, Reader(), words=WORDS))

    assert not [verb.slash for verb in VERBS if verb.who is Who.ADMINS and verb.slash in page]
    assert all(verb.slash in page for verb in VERBS if verb.who is Who.ALL)
    assert "Admins" not in page
    assert page.endswith("_One command, with examples: /help search_")


def test_help_in_a_group_says_how_just_this_bot_is_meant_and_whom_to_turn_to() -> None:
    boss = Link("@boss", "https://t.me/boss")
    page = help_page(None, Reader(me="@Brief_Bot", contact=boss), words=WORDS)

    assert text(page).split("\n")[-3:] == [
        "_One command, with examples: /help search_",
        "_Write /brief@Brief_Bot here if another bot answers._",
        "_Trouble? Turn to @boss._",
    ]
    last = page.blocks[-1]
    assert isinstance(last, Note)
    assert boss in last.spans


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_help_on_a_verb_shows_its_examples(verb: Verb) -> None:
    page = text(help_page(verb, Reader(can=frozenset(Ability)), words=WORDS))

    assert page.startswith(f"# {verb.slash} · {verb.summary}\n")
    assert [line for line in page.split("\n") if line.startswith("_")] == [
        f"_Example: {usage.example}_" for usage in verb.usages
    ]


@pytest.mark.parametrize(
    ("misuse", "said"),
    [
        (
            Misuse(mistake=Mistake.UNKNOWN_VERB, verb=BRIEF, said="/bref"),
            "I do not know /bref. Did you mean /brief?",
        ),
        (
            Misuse(mistake=Mistake.UNKNOWN_VERB, verb=BRIEF),
            "I do not know that command. Did you mean /brief?",
        ),
        (Misuse(mistake=Mistake.UNKNOWN_VERB, said="/xyzzy"), "I do not know /xyzzy."),
        (Misuse(mistake=Mistake.UNKNOWN_VERB), "I do not know that command."),
        (
            Misuse(mistake=Mistake.PLAIN_TALK),
            "I answer commands only: /brief shows the news.",
        ),
        (
            Misuse(mistake=Mistake.NUMBER_OUT_OF_RANGE, verb=BRIEF),
            (
                "Stories are numbered from 1 to 99. To look for a number in the news, put it in "
                'quotation marks: /brief "100"'
            ),
        ),
        (Misuse(mistake=Mistake.SEVERAL_NUMBERS, verb=BRIEF), "One story at a time: /brief 1"),
        (
            Misuse(mistake=Mistake.NO_WORDS, verb=BRIEF),
            "I need a word to look for, or the number of a story.",
        ),
        (
            Misuse(mistake=Mistake.TOO_LONG, verb=BRIEF),
            "That is too long to look for: at most 200 characters, please.",
        ),
        (Misuse(mistake=Unsettled.NO_TOPIC), "I need a topic: a name or a few words."),
        (Misuse(mistake=Unsettled.TOPIC_TOO_LONG), "A topic has at most 60 characters."),
        (Misuse(mistake=Unsettled.SKIP_OR_POST), "On a day without news: skip or post?"),
        (Misuse(mistake=Unsettled.ON_OR_OFF), "on or off?"),
        (Misuse(mistake=Mistake.TAKES_NOTHING, verb=BRIEF), "This command stands alone."),
        (
            Misuse(mistake=Mistake.NOT_DAYS, verb=BRIEF),
            "How many days ahead? From 1 to 3,660: /upcoming 30",
        ),
    ],
)
def test_a_mistake_is_answered_with_the_usage_and_where_help_is(misuse: Misuse, said: str) -> None:
    lines = text(misuse_page(misuse, words=WORDS)).split("\n")

    assert lines[0] == said
    unknown = misuse.mistake is Mistake.UNKNOWN_VERB
    assert len(lines) == 2 + (len(misuse.verb.usages) if misuse.verb else unknown)
    assert lines[-1] == "_All that you can type: /help_"


def test_an_unknown_command_is_answered_with_those_that_there_are() -> None:
    misuse = Misuse(mistake=Mistake.UNKNOWN_VERB, said="/xyzzy")

    first, second, _ = text(misuse_page(misuse, words=WORDS)).split("\n")

    assert first == "I do not know /xyzzy."
    assert second == f"I know {', '.join(verb.slash for verb in VERBS)}."


def test_nothing_found_is_not_all_when_articles_could_not_be_stored() -> None:
    found = NothingFound(words="trade", searched=2, since=NOW.date())
    full = health(faults=(Fault(name="a.txt", reason=Reason.NOT_STORED),))

    assert text(nothing_page(found, (full,), words=WORDS)).split("\n")[1] == (
        "1 article could not be stored and is missing here. I try again at the next reading."
    )


def test_status_says_how_the_archive_is() -> None:
    condition = Condition(
        version="0.1.0",
        archive="data/briefbot.db",
        articles=1234,
        newest=None,
        sources=counted(ok=1),
    )

    assert text(status_page(condition, operator=True, words=WORDS)) == (
        "# Status\n"
        "Version = 0.1.0\n"
        "Archive = data/briefbot.db\n"
        "Articles = 1,234\n"
        "Newest = none yet\n"
        "Sources = 1 ok"
    )


def test_an_archive_in_memory_is_not_passed_off_as_kept() -> None:
    condition = Condition(
        version="1", archive=None, articles=1, newest=date(2025, 9, 1), sources=counted(failing=1)
    )

    page = text(status_page(condition, operator=True, words=WORDS))

    assert "Archive = in memory: it is lost when I stop\n" in page
    assert "Newest = 1 September 2025\n" in page


def test_a_search_in_vain_says_what_was_searched_and_what_to_try() -> None:
    found = NothingFound(words="trade", searched=2, since=date(2025, 9, 1))

    assert text(nothing_page(found, [health()], words=WORDS)) == (
        "Nothing on “trade”. I looked through 2 articles, the oldest of 1 September 2025.\n"
        "_Try fewer or other words, or /brief for all there is._"
    )


def test_a_search_in_vain_while_sources_are_down_says_so() -> None:
    found = NothingFound(words="trade", searched=0, since=None)

    assert text(nothing_page(found, [health(failing=True)], words=WORDS)) == (
        "I have no articles yet, so none on “trade”.\n"
        "1 of 1 source could not be read (wire): news may be missing.\n"
        "_Try fewer or other words, or /brief for all there is._"
    )


@pytest.mark.parametrize(
    ("numbers", "hint"),
    [
        ((), "It has none at all. /brief makes a new one."),
        ((1,), "It has one: /brief 1."),
        ((1, 2, 3), "It has 3: /brief 1 to /brief 3."),
    ],
)
def test_a_number_out_of_range_is_answered_with_the_numbers_there_are(
    numbers: tuple[int, ...], hint: str
) -> None:
    assert text(no_story_page(7, numbers, words=WORDS)) == (
        f"The last digest has no story 7.\n{hint}"
    )


@pytest.mark.parametrize(
    ("numbers", "hint"),
    [
        ((), "It has none at all. /brief makes a new one."),
        ((1,), "It has one: answer it with /brief 1."),
        ((1, 2, 3), "It has 3: answer it with /brief 1 to /brief 3."),
    ],
)
def test_a_number_that_an_old_digest_has_not_is_answered_with_its_day(
    numbers: tuple[int, ...], hint: str
) -> None:
    page = no_story_page(7, numbers, made=date(2025, 9, 2), words=WORDS)

    assert text(page) == f"The digest of Tue 2 September 2025 has no story 7.\n{hint}"


def test_a_story_that_is_gone_gets_one_sentence() -> None:
    assert text(gone_page(2, words=WORDS)) == (
        "Story 2 is no longer in the archive. /brief makes a new digest of what there is."
    )


def test_verbs_are_told_as_what_is_typed_so_that_each_chat_shows_its_own_way() -> None:
    heading, *_ = help_page(SETTINGS, Reader(), words=WORDS).blocks
    _, known, _ = misuse_page(Misuse(mistake=Mistake.UNKNOWN_VERB), words=WORDS).blocks

    assert isinstance(heading, Heading)
    assert isinstance(known, Paragraph)
    assert heading.spans[0] == Code("/settings")
    assert [span.text for span in known.spans if isinstance(span, Code)] == [
        verb.slash for verb in VERBS
    ]


def test_help_leaves_out_what_would_change_nothing_in_the_chat() -> None:
    usual, threads = Reader(admin=True), Reader(admin=True, can=frozenset({Ability.THREADS}))

    shown = text(help_page(SETTINGS, usual, words=WORDS))
    assert "/settings silent on" in shown
    assert "/settings stories flat" not in shown
    shown = text(help_page(SETTINGS, threads, words=WORDS))
    assert "/settings silent on" not in shown
    assert "/settings stories flat" in shown
    mistake = Misuse(mistake=Unsettled.THREAD_OR_FLAT, verb=SETTINGS)
    assert "The stories of a digest: thread or flat?" in text(misuse_page(mistake, words=WORDS))
    assert "stories flat =" not in text(misuse_page(mistake, words=WORDS))
    assert "stories flat =" in text(misuse_page(mistake, threads.can, words=WORDS))
