import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.cues import found_at, letters
from bot.core.date_forms import forms, likely
from bot.core.english_amounts import AMOUNTS
from bot.core.english_plans import CALENDAR, PLANS
from bot.core.future import future
from bot.core.numerals import any_of, numbers
from bot.core.values import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. can't win-win", {"the", "u", "s", "can", "t", "win"}),
        ("May 5th, 2026_a", {"may", "th", "a"}),
        ("Токаев “сказал”", {"токаев", "сказал"}),
        ("", set()),
    ],
)
def test_the_letters_of_a_sentence_are_its_words(text: str, expected: set[str]) -> None:
    assert letters(text) == expected


@pytest.mark.parametrize("text", ["SINCE", "ſınce", "SİNCE", "“Since”"])
def test_letters_are_read_as_a_search_without_case_reads_them(text: str) -> None:
    assert re.search(r"\bsince\b", text, re.IGNORECASE)
    assert "since" in letters(text)


@pytest.mark.parametrize("text", ["In May in June", "IN 5 in", "At İzmir in May", "pin in_x in"])
def test_looking_where_a_word_begins_finds_all_there_is(text: str) -> None:
    pattern = re.compile(r"\b(?:in\b|\d) ?\w*", re.IGNORECASE)
    whole = Span(1, len(text) - 1)

    found = found_at(frozenset({"in"}), pattern, text, whole)

    expected = pattern.finditer(text, whole.start, whole.end)
    assert [match.span() for match in found] == [match.span() for match in expected]


def test_what_is_found_twice_at_one_place_counts_once() -> None:
    pattern = re.compile(r"\bin(?: the)?(?: in)?")

    found = found_at(frozenset({"in"}), pattern, "in the in in", Span(0, 12))

    assert [match.span() for match in found] == [(0, 9), (10, 12)]


#: There are many words, and each must turn up.
every_word = settings(max_examples=250)


def spelled(*patterns: str) -> st.SearchStrategy[str]:
    """Return words that any of the patterns match."""
    return st.sampled_from(patterns).flatmap(
        lambda pattern: st.from_regex(re.compile(pattern, re.IGNORECASE), fullmatch=True)
    )


def free(patterns: tuple[str, ...]) -> list[str]:
    """Return those that may stand alone: the others look at what stands before them."""
    return [pattern for pattern in patterns if "(?<" not in pattern]


@every_word
@given(spelled(*free(AMOUNTS.periods)))
def test_every_period_has_its_words(period: str) -> None:
    words = letters(period)

    assert words & AMOUNTS.period_words or re.search(r"\d{4}", period)
    first = re.match(r"\w+", period.lower())
    assert first
    starts = not letters(first.group()).isdisjoint(AMOUNTS.period_starts)
    assert starts or first.group()[0].isdigit() or words & AMOUNTS.period_ends


@every_word
@given(spelled(AMOUNTS.not_periods))
def test_what_makes_another_thing_of_a_time_has_its_words(words: str) -> None:
    assert letters(words.split(maxsplit=1)[0]) <= AMOUNTS.period_starts


@every_word
@given(spelled(*free(AMOUNTS.hedges)))
def test_every_hedge_has_its_words(hedge: str) -> None:
    assert letters(hedge) & AMOUNTS.hedge_words


@every_word
@given(spelled(*free((*AMOUNTS.denials, *AMOUNTS.refusals, AMOUNTS.untrue))))
def test_every_denial_has_its_words(denial: str) -> None:
    assert letters(denial) & AMOUNTS.denial_words


@every_word
@given(spelled(PLANS.occurs))
def test_whatever_takes_place_has_its_words(occurs: str) -> None:
    assert letters(occurs) & PLANS.occurs_words


@every_word
@given(spelled(PLANS.conditions, PLANS.dropped, PLANS.shaken))
def test_whatever_is_dropped_has_its_words(dropped: str) -> None:
    assert letters(dropped) & PLANS.dropped_words


PLAN_WORDS = sorted(
    word
    for words in (
        *(PLANS.will, PLANS.must, PLANS.would, PLANS.be, PLANS.been, PLANS.was, PLANS.to),
        *(PLANS.scheduled, PLANS.moved, PLANS.assigned, PLANS.scheduled_for, PLANS.moved_to),
        *(PLANS.former, PLANS.anew, PLANS.decided, PLANS.occurs, PLANS.determiners),
        *("plans to|aims to|intends to|is going to|are preparing to|is positioned to",),
        *("remain|also|talks|be held|be paid|quickly",),
    )
    for word in words.replace(r"\s+", " ").split("|")
)
WORDS_OF_TIME = sorted(
    {
        *"|".join((*CALENDAR.months, *CALENDAR.weekdays, CALENDAR.seasons)).split("|"),
        *f"{CALENDAR.coming}|{CALENDAR.current}|{CALENDAR.until}".split("|"),
        *(*CALENDAR.ordinals, *CALENDAR.spans, *CALENDAR.part_words, *CALENDAR.vague_words),
        *"of the in few two new following after 2026 2027 5 12 3rd 2026-05-12 12.05.2026".split(),
    }
)
WORDS_OF_NUMBERS = sorted(
    {*AMOUNTS.numerals, *AMOUNTS.scales, *AMOUNTS.fractions, *"a an and of half 3 2.5".split()}
)


def texts(words: list[str]) -> st.SearchStrategy[str]:
    """Return some of the words, as printed in one way or another."""
    printed = st.sampled_from(words).flatmap(
        lambda word: st.sampled_from((word, word.title(), word.upper()))
    )
    piece = st.tuples(printed, st.sampled_from((" ", "-", ", "))).map("".join)
    return st.lists(piece, max_size=9).map("".join)


@given(texts(PLAN_WORDS))
def test_every_future_begins_with_one_of_its_words(text: str) -> None:
    pattern, whole = future(PLANS), Span(0, len(text))

    found = found_at(PLANS.future_starts, pattern, text, whole)

    assert [match.span() for match in found] == [match.span() for match in pattern.finditer(text)]


@given(texts(WORDS_OF_TIME))
def test_no_form_of_a_time_is_left_out_that_would_match(text: str) -> None:
    every = [pattern for form in forms(CALENDAR) for pattern in form.patterns]

    assert {one for one in every if one.search(text)} <= set(likely(text, CALENDAR))


@given(texts(WORDS_OF_NUMBERS))
def test_every_number_in_words_is_found(text: str) -> None:
    ones = any_of(AMOUNTS.numerals)
    spelled_out = re.finditer(rf"(?<![\w-])(?:{ones})(?![\w-])", text, re.IGNORECASE)
    found = [number.span for number in numbers(text, Span(0, len(text)), AMOUNTS)]

    for match in spelled_out:
        assert any(span.holds(Span(*match.span())) for span in found)
