"""What is typed behind the verbs of facts becomes what they ask for."""

import pytest

from bot.core.fact_verbs import (
    FIGURES,
    MAX_DAYS,
    QUOTES,
    UPCOMING,
    FiguresOn,
    QuotesOf,
    StorySources,
    Upcoming,
)
from bot.core.misuse import Mistake, Misuse
from bot.core.verb import Verb
from bot.core.verbs import BRIEF, parse


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/upcoming", Upcoming()),
        ("upcoming 30", Upcoming(30)),
        ("/upcoming 30 days", Upcoming(30)),
        ("/upcoming 1 day", Upcoming(1)),
        ("/upcoming 7d", Upcoming(7)),
        ("/upcoming ３０", Upcoming(30)),
        (f"/upcoming {MAX_DAYS}", Upcoming(MAX_DAYS)),
        ("/upcoming ics", Upcoming(as_file=True)),
        ("/upcoming 30 days .ICS", Upcoming(30, as_file=True)),
        ("/upcoming calendar", Upcoming(as_file=True)),
        ("/figures", FiguresOn()),
        ("/Figures  grain exports", FiguresOn("grain exports")),
        ('/figures "grain"', FiguresOn("grain")),
        ("/quotes", QuotesOf()),
        ("/quotes@SomeBot Tokayev", QuotesOf("Tokayev")),
        ("/quotes 托卡耶夫", QuotesOf("托卡耶夫")),
        ("/quotes Tokayev WHOLE", QuotesOf("Tokayev", whole=True)),
        ("/quotes whole", QuotesOf(whole=True)),
        ("/quotes wholesale", QuotesOf("wholesale")),
        ("/brief 1 sources", StorySources(1)),
        ("/brief #2. Source", StorySources(2)),
    ],
)
def test_a_command_is_understood(text: str, command: object) -> None:
    assert parse(text) == command


@pytest.mark.parametrize(
    "days", ["0", "-3", "3661", "999999999", "9999999999", "soon", "1.5", "3661 ics", "soon ics"]
)
def test_a_number_of_days_that_makes_no_sense_is_a_misuse(days: str) -> None:
    assert parse(f"/upcoming {days}") == Misuse(mistake=Mistake.NOT_DAYS, verb=UPCOMING)


@pytest.mark.parametrize("verb", [FIGURES, QUOTES])
def test_words_without_a_letter_and_a_whole_essay_are_misuses(verb: Verb) -> None:
    assert parse(f"{verb.slash} ''") == Misuse(mistake=Mistake.NO_WORDS, verb=verb)
    assert parse(f"{verb.slash} {'a' * 201}") == Misuse(mistake=Mistake.TOO_LONG, verb=verb)


def test_the_sources_of_a_story_beyond_all_numbers_are_a_misuse() -> None:
    misuse = Misuse(mistake=Mistake.NUMBER_OUT_OF_RANGE, verb=BRIEF)

    assert parse("/brief 100 sources") == misuse
