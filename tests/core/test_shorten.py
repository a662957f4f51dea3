"""Shortening leaves words out and changes nothing that a sentence claims."""

import pytest

from bot.core.languages import language
from bot.core.shorten import is_guarded, join, keep, minus, shortened, shortened_quotation
from bot.core.values import Span

ENGLISH = language("en")


def line(text: str, *, room: int = 60, code: str = "en") -> str:
    return join(text, shortened(text, Span(0, len(text)), language(code), room=room))


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (
            "Furthermore, the two countries signed a treaty on water.",
            "The two countries signed a treaty on water.",
        ),
        (
            "In a strategic initiative, the bank opened a branch in Osh.",
            "The bank opened a branch in Osh.",
        ),
        (
            "In addition, meanwhile, the port will be opened to all ships.",
            "The port will be opened to all ships.",
        ),
        (
            "Exports grew to a staggering $5 trillion last year.",
            "Exports grew to $5 trillion last year.",
        ),
        (
            "The port handled an impressive 300 ships in May.",
            "The port handled 300 ships in May.",
        ),
        (
            "The minister opened a school in Dushanbe, Khovar reports.",
            "The minister opened a school in Dushanbe.",
        ),
        (
            "The minister opened a school in Dushanbe, reports Khovar.",
            "The minister opened a school in Dushanbe.",
        ),
        (
            "The presidents opened the bridge over the river, which links both banks of the town.",
            "The presidents opened the bridge over the river.",
        ),
        (
            "The presidents opened a long bridge over the river during a visit to the border town.",
            "The presidents opened a long bridge over the river.",
        ),
        (
            "The union signed an accord on trade with the league, strengthening ties between both.",
            "The union signed an accord on trade with the league.",
        ),
    ],
)
def test_what_adds_nothing_is_left_out(sentence: str, shown: str) -> None:
    assert line(sentence) == shown


@pytest.mark.parametrize(
    "sentence",
    [
        "The union signed an accord on trade with the league, which does not cover any energy.",
        "The union signed an accord on trade with the league, which may be widened to energy.",
        "The union signed an accord on trade with the league, which covers 300 kinds of goods.",
        "The union signed an accord on trade with the league, covering nearly all of their goods.",
        "The union signed an accord on trade with the league, starting next January or later on.",
        "The union signed an accord on trade with the league, according to the joint statement.",
        "The union signed an accord on trade with the league, said the head of its delegation.",
        "The union signed an accord on trade with the league during talks which didn't end early.",
        "The union signed an accord on trade with the league, calling it “a very good beginning”.",
        "The union signed an accord (with the league, which covers the trade of both) on Monday.",
        "On Monday the union called on all the states of the region to open their closed borders.",
        "He agreed, including on the timing of the next round of talks between their capitals.",
    ],
)
def test_a_clause_that_carries_weight_stays(sentence: str) -> None:
    assert line(sentence) == sentence


def test_a_clause_stays_while_there_is_room() -> None:
    sentence = "The presidents opened the bridge over the river, which links both banks."

    assert line(sentence, room=len(sentence)) == sentence


def test_the_least_is_left_out_that_makes_room() -> None:
    sentence = "The presidents opened the bridge over the river during a visit amid a storm."

    assert line(sentence, room=70) == (
        "The presidents opened the bridge over the river during a visit."
    )
    assert line(sentence, room=20) == "The presidents opened the bridge over the river."


@pytest.mark.parametrize(
    "sentence",
    [
        # The clause is closed: the sentence's verb comes behind it.
        "The missile, tested over the ocean at dawn by the navy, missed its target by far.",
        "The parliament of the republic, which reconvened on a hill, rejected the draft law.",
        "The court found that the leader, charged with treason, was innocent of all of it.",
        "The newly elected parliament of the mountain republic, which met on a hill, rejected it.",
        # A bracket that the clause would leave open.
        "The union of the states signed an accord on trade (with a league, which covers it all).",
        # What looks like a participle is one of a list, or a name.
        "The ministers of the six states debated, amended and rejected the long draft law.",
        "The minister thanked the people of Saudi Arabia, Russia, Kazakhstan, United Arab Emirates",
        "The line links the cities of Lanzhou, Urumqi, Nanjing, Beijing and also Shanghai soon.",
        "The long new line links the great old cities of Lanzhou, Urumqi, Nanjing",
        "The union of the states paid for roads, bridges, building sites of the new long port.",
        # Conditions and dates.
        "Iran will come back to the long table, including when the many sanctions are lifted.",
        "The vaccine works well in most of the adults of the land, excluding the very elderly.",
        "The union will ban the sale of the old cars, including of vans at the end of the year.",
    ],
)
def test_no_verb_no_member_and_no_condition_is_lost(sentence: str) -> None:
    assert line(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("The bank sold a massive $2 billion bond.", "The bank sold a $2 billion bond."),
        ("Debt grew to a huge $2 billion.", "Debt grew to $2 billion."),
        ("It rose by a mere 50 points.", "It rose by a mere 50 points."),
    ],
)
def test_an_intensifier_goes_with_its_article_only_where_no_noun_needs_it(
    sentence: str, shown: str
) -> None:
    assert line(sentence) == shown


def test_what_goes_on_for_ever_is_left_as_it_is() -> None:
    sentence = "The port grew, " + "which is good, " * 200 + "strengthening trade."

    assert line(sentence) == sentence.replace("The", "The")


def test_an_opener_stays_where_hardly_anything_would_be_left() -> None:
    assert line("Moreover, it rained a lot.") == "Moreover, it rained a lot."


def test_a_language_without_rules_leaves_nothing_out() -> None:
    sentence = "Кроме того, президент заявил о колоссальных 5 млрд, что важно."

    assert line(sentence, room=10, code="ru") == sentence


def test_an_agency_that_cites_another_says_who_says_it() -> None:
    sentence = "The river is low, Trend reports citing the ministry."

    assert line(sentence) == sentence


def test_a_quotation_is_cut_at_its_end_only() -> None:
    text = "Therefore, we open the whole border to all, strengthening trust between our nations."

    kept, cut = shortened_quotation(text, Span(0, len(text)), ENGLISH, room=50)

    assert cut
    assert [piece.of(text) for piece in kept] == ["we open the whole border to all"]
    assert join(text, kept) == "We open the whole border to all"


@pytest.mark.parametrize("room", [20, 200])
def test_a_quotation_that_cannot_be_cut_stays_whole(room: int) -> None:
    text = "We open the whole border to all the people of both our nations today."

    assert shortened_quotation(text, Span(0, len(text)), ENGLISH, room=room) == (
        (Span(0, len(text)),),
        False,
    )


def test_leaving_out_keeps_the_order_and_no_empty_piece() -> None:
    assert keep(Span(0, 10), [Span(0, 2), Span(4, 6), Span(9, 12)]) == (Span(2, 4), Span(6, 9))
    assert minus((Span(0, 3), Span(5, 8)), [Span(2, 6)]) == (Span(0, 2), Span(6, 8))
    assert minus((Span(0, 3),), [Span(0, 3)]) == ()


def test_a_first_letter_is_raised_only_where_it_stays_one() -> None:
    assert join("élan", (Span(0, 4),)) == "Élan"
    assert join("ßa", (Span(0, 2),)) == "ßa"


def test_pieces_join_with_single_spaces_and_none_before_a_stop() -> None:
    text = "one   two\nthree , four ."

    assert join(text, (Span(0, 9), Span(9, len(text)))) == "One two three, four."


@pytest.mark.parametrize("piece", ["in 2027", "by May", "does not", "isn’t it", "he said", "about"])
def test_figures_dates_negation_hedges_and_sayers_are_guarded(piece: str) -> None:
    assert is_guarded(piece, ENGLISH)


def test_plain_words_are_not_guarded() -> None:
    assert not is_guarded("which links the member states", ENGLISH)
