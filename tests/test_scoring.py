"""The scorer of facts counts what is right, what is wrong and what is missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.core.values import Event, Facts, Figure, Precision, Quote, Speaker, When
from tests import labels
from tests.labels import EventLabel, FigureLabel, Labels, QuoteLabel
from tests.scoring import Tallies, Tally, score

TOKAYEV = QuoteLabel(text="We support the proposal in full", speaker="Kassym-Jomart Tokayev")
MARKET = FigureLabel(
    text="$5 trillion",
    values=(Decimal("5e12"),),
    about=("market",),
    hedges=("projected",),
    period="By 2033",
)
COUNT = FigureLabel(text="four", values=(Decimal(4),), about=("centers",))
CONFERENCE = EventLabel(
    when="2027",
    what=("High-Level Conference",),
    first=date(2027, 1, 1),
    last=date(2027, 12, 31),
)
FORUM = EventLabel(when="", what=("Expert Forum",))


def quote(
    text: str = "We support the proposal in full,",
    name: str | None = "Kassym-Jomart Tokayev",
    label: str = "the head of state",
) -> Quote:
    return Quote(
        text=text,
        article="a",
        start=0,
        end=len(text),
        speaker=Speaker(label=label, name=name),
        sentences=(1, 1),
    )


MARKET_FOUND = Figure(
    text="$5 trillion",
    article="a",
    start=0,
    end=11,
    values=(Decimal(5_000_000_000_000),),
    counts="the market for artificial intelligence",
    hedge="projected",
    period="by 2033",
    sentence=1,
)
COUNT_FOUND = Figure(
    text="four",
    article="a",
    start=30,
    end=34,
    values=(Decimal(4),),
    counts="SCO centers",
    sentence=2,
)


def event(
    what: str = "High-Level Conference on AI",
    when: str = "in 2027",
    first: date | None = date(2027, 1, 1),
    last: date | None = date(2027, 12, 31),
) -> Event:
    return Event(
        what=what,
        when=When(text=when, precision=Precision.YEAR, first=first, last=last),
        where="",
        article="a",
        spans=(),
        sentence=1,
    )


def quotes(expected: Sequence[QuoteLabel], *found: Quote) -> Tally:
    return score(Labels(quotes=tuple(expected)), Facts(quotes=found)).quotes


def figures(expected: Sequence[FigureLabel], *found: Figure) -> Tally:
    return score(Labels(figures=tuple(expected)), Facts(figures=found)).figures


def events(expected: Sequence[EventLabel], *found: Event) -> Tally:
    return score(Labels(events=tuple(expected)), Facts(ahead=found)).events


def counts(tally: Tally) -> tuple[int, int, int]:
    return tally.right, len(tally.wrong), len(tally.missing)


def test_nothing_found_where_nothing_is_labelled_is_perfect() -> None:
    assert score(Labels(), Facts()) == Tallies()
    assert (Tally().precision, Tally().recall) == (1.0, 1.0)


def test_what_is_labelled_and_not_found_is_missing() -> None:
    missed = score(Labels(quotes=(TOKAYEV,), figures=(MARKET,), events=(FORUM,)), Facts())

    assert counts(missed.quotes) == counts(missed.figures) == counts(missed.events) == (0, 0, 1)
    assert (missed.quotes.precision, missed.quotes.recall) == (1.0, 0.0)


def test_what_is_found_and_not_labelled_is_wrong() -> None:
    wrong = score(Labels(), Facts(quotes=(quote(),), figures=(COUNT_FOUND,), ahead=(event(),)))

    assert counts(wrong.quotes) == counts(wrong.figures) == counts(wrong.events) == (0, 1, 0)
    assert (wrong.quotes.precision, wrong.quotes.recall) == (0.0, 1.0)


def test_a_quotation_is_right_whatever_stop_or_comma_ends_it() -> None:
    assert counts(quotes([TOKAYEV], quote())) == (1, 0, 0)
    assert counts(quotes([TOKAYEV], quote("We support the proposal in full."))) == (1, 0, 0)


@pytest.mark.parametrize("text", ["We support the proposal", "We support the proposal in full and"])
def test_a_quotation_with_other_words_is_wrong_and_missing(text: str) -> None:
    assert counts(quotes([TOKAYEV], quote(text))) == (0, 1, 1)


def test_a_quotation_of_another_speaker_is_wrong_and_missing_but_right_in_part() -> None:
    tally = quotes([TOKAYEV], quote(name="Xi Jinping"))

    assert counts(tally) == (0, 1, 1)
    assert tally.loose == 1
    assert "labelled: “We support the proposal in full” Kassym-Jomart Tokayev" in tally.wrong[0]


def test_a_speaker_without_a_name_is_known_by_the_label() -> None:
    role = replace(TOKAYEV, speaker="the minister")

    assert counts(quotes([role], quote(name=None, label="The minister"))) == (1, 0, 0)
    assert counts(quotes([role], quote(name=None, label="the other minister"))) == (0, 1, 1)
    assert counts(quotes([role], quote(name="Xi Jinping", label="the minister"))) == (0, 1, 1)


def test_nobody_may_be_named_where_nobody_can_be_known() -> None:
    nobody = replace(TOKAYEV, speaker="")

    assert counts(quotes([nobody], quote(name=None, label="she"))) == (1, 0, 0)
    assert counts(quotes([nobody], quote(name="Xi Jinping", label="she"))) == (0, 1, 1)


def test_the_same_words_said_twice_need_both_speakers_in_their_order() -> None:
    other = replace(TOKAYEV, speaker="Xi Jinping")
    ours, theirs = quote(), quote(name="Xi Jinping")

    assert counts(quotes([TOKAYEV, other], ours, theirs)) == (2, 0, 0)
    assert counts(quotes([TOKAYEV, other], theirs, ours)) == (1, 1, 1)
    assert counts(quotes([TOKAYEV], ours, ours)) == (1, 1, 0)


def test_a_minor_quotation_is_neither_rewarded_nor_punished() -> None:
    minor = replace(TOKAYEV, minor=True)

    for found in ((), (quote(),), (quote(name="Xi"),), (quote("We support"), quote("in full"))):
        assert counts(quotes([minor], *found)) == (0, 0, 0)


def test_a_figure_is_right_with_its_value_hedge_period_and_what_it_counts() -> None:
    assert counts(figures([MARKET, COUNT], MARKET_FOUND, COUNT_FOUND)) == (2, 0, 0)


@pytest.mark.parametrize(
    "found",
    [
        replace(MARKET_FOUND, values=(Decimal(5),)),
        replace(MARKET_FOUND, hedge=""),
        replace(MARKET_FOUND, hedge="about"),
        replace(MARKET_FOUND, period="by 2034"),
        replace(MARKET_FOUND, counts="the economy"),
    ],
)
def test_a_figure_with_anything_else_is_right_in_part_only(found: Figure) -> None:
    tally = figures([MARKET], found)

    assert counts(tally) == (0, 1, 1)
    assert tally.loose == 1


def test_a_figure_in_other_words_is_not_even_right_in_part() -> None:
    tally = figures([MARKET], replace(MARKET_FOUND, text="5 trillion"))

    assert counts(tally) == (0, 1, 1)
    assert tally.loose == 0


def test_a_hedge_may_be_of_several_words_however_they_are_joined() -> None:
    both = replace(MARKET, hedges=("expected", "about"))

    assert counts(figures([both], replace(MARKET_FOUND, hedge="expected, about"))) == (1, 0, 0)


def test_a_period_may_be_found_where_none_is_labelled() -> None:
    assert counts(figures([COUNT], replace(COUNT_FOUND, period="in 2025"))) == (1, 0, 0)


def test_a_value_is_compared_to_four_places() -> None:
    third = replace(COUNT, values=(Decimal("0.3333"),))
    found = replace(COUNT_FOUND, values=(Decimal(1) / Decimal(3),))

    assert counts(figures([third], found)) == (1, 0, 0)


def test_figures_are_paired_in_reading_order() -> None:
    other = replace(COUNT, about=("members",))
    found = replace(COUNT_FOUND, counts="members")

    assert counts(figures([COUNT, other], COUNT_FOUND, found)) == (2, 0, 0)
    assert counts(figures([COUNT, other], found, COUNT_FOUND)) == (1, 1, 1)


def test_a_minor_figure_is_neither_rewarded_nor_punished() -> None:
    minor = replace(COUNT, text="four-member", minor=True)

    assert counts(figures([minor])) == (0, 0, 0)
    assert counts(figures([minor], COUNT_FOUND)) == (0, 0, 0)
    assert counts(figures([minor], replace(COUNT_FOUND, text="four-member"))) == (0, 0, 0)
    assert counts(figures([minor], COUNT_FOUND, COUNT_FOUND)) == (0, 1, 0)


def test_an_event_is_right_with_its_words_and_days() -> None:
    undated = event("an Expert Forum in Astana", "", None, None)

    assert counts(events([CONFERENCE, FORUM], undated, event())) == (2, 0, 0)


@pytest.mark.parametrize(
    "found",
    [
        event(last=date(2027, 6, 30)),
        event(when="next year"),
        event(what="a conference"),
        event(when="", first=None, last=None),
    ],
)
def test_an_event_with_other_days_or_another_name_is_right_in_part_only(found: Event) -> None:
    tally = events([CONFERENCE], found)

    assert counts(tally) == (0, 1, 1)
    assert tally.loose == 1


def test_another_event_is_wrong() -> None:
    assert events([FORUM], event()).loose == 0
    assert counts(events([CONFERENCE], event(), event())) == (1, 1, 0)


def test_a_minor_event_is_neither_rewarded_nor_punished() -> None:
    minor = replace(CONFERENCE, minor=True)

    for found in ((), (event(),), (event(what="a conference"),), (event(when="soon"), event())):
        assert counts(events([minor], *found)) == (0, 0, 0)


def test_an_undated_event_is_not_excused_by_another_undated_one() -> None:
    minor = replace(FORUM, minor=True)

    assert counts(events([minor], event("a picnic", "", None, None))) == (0, 1, 0)
    assert counts(events([minor], event("an Expert Forum", "", None, None))) == (0, 0, 0)


def test_tallies_add_up_over_articles() -> None:
    one = score(Labels(quotes=(TOKAYEV,)), Facts(quotes=(quote(),)))
    other = score(Labels(quotes=(TOKAYEV,)), Facts())

    total = (one + other).quotes

    assert counts(total) == (1, 0, 1)
    assert (total.precision, total.recall, total.loose) == (1.0, 0.5, 1)


def test_facts_that_say_what_the_labels_say_are_all_right() -> None:
    """The labels of the whole set, turned into facts, get full marks."""
    total = Tallies()
    for path in sorted(labels.FOLDER.glob("*.txt")):
        expected = labels.read(path)

        total += score(expected, told(expected))

    for tally in (total.quotes, total.figures, total.events):
        assert tally.right == tally.labelled
        assert (tally.right > 0, tally.precision, tally.recall) == (True, 1.0, 1.0)


def told(expected: Labels) -> Facts:
    """Return the facts that the labels ask for."""
    return Facts(
        quotes=tuple(
            quote(label.text, label.speaker or None, label.speaker) for label in expected.quotes
        ),
        figures=tuple(
            replace(
                COUNT_FOUND,
                text=label.text,
                values=label.values,
                counts=" ".join(label.about),
                hedge=" ".join(label.hedges),
                period=label.period,
            )
            for label in expected.figures
        ),
        ahead=tuple(
            event(" ".join(label.what), label.when, label.first, label.last)
            for label in expected.events
        ),
    )
