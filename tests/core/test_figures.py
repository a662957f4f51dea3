import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.figures import figures
from bot.core.report import report
from bot.core.values import Article, Figure
from bot.core.wire import read

SEEDS = Path(__file__).parents[2] / "seeds"


def found(text: str, language: str = "en") -> tuple[Figure, ...]:
    return figures(report(Article(id="1", source="wire", text=text, language=language)))


def printed(text: str) -> list[str]:
    return [figure.text for figure in found(text)]


def only(text: str) -> Figure:
    (figure,) = found(text)
    return figure


@pytest.mark.parametrize(
    ("text", "values", "currency", "unit"),
    [
        ("$5 trillion", "5000000000000", "$", ""),
        ("US$6.3 million", "6300000", "US$", ""),
        ("€18.5m", "18500000", "€", ""),
        ("Rs 1,240 crore", "12400000000", "Rs", ""),
        ("CHF 14 million", "14000000", "CHF", ""),
        ("5 trillion Uzbek soums", "5000000000000", "Uzbek soums", ""),
        ("4.7 billion rubles", "4700000000", "rubles", ""),
        ("12$", "12", "$", ""),
        ("$67.85 a barrel", "67.85", "$", "a barrel"),
        ("30 percent", "30", "", "percent"),
        ("6%-8%", "6 8", "", "%"),
        ("10-12 million tons", "10000000 12000000", "", "tons"),
        ("10-12 lakh tons", "1000000 1200000", "", "tons"),
        ("900,000 to 1.2 million barrels per day", "900000 1200000", "", "barrels per day"),
        ("between 3 and 5 percent", "3 5", "", "percent"),
        ("$4,250-$4,720", "4250 4720", "$", ""),
        ("minus 14 degrees", "-14", "", "degrees"),
        ("minus 5 to 10 degrees", "-10 -5", "", "degrees"),
        ("a quarter of a percentage point", "0.25", "", "percentage point"),
    ],
)
def test_an_amount_keeps_its_sign_scale_and_unit_as_printed(
    text: str, values: str, currency: str, unit: str
) -> None:
    figure = only(f"The harvest reached {text}.")

    assert figure.text == text
    assert figure.values == tuple(map(Decimal, values.split()))
    assert (figure.currency, figure.unit) == (currency, unit)


def test_a_ratio_is_one_number() -> None:
    figure = only("One in five children had a book.")

    assert (figure.text, figure.values) == ("One in five", (Decimal("0.2"),))


@pytest.mark.parametrize(
    "text",
    [
        "He did not say that 40 people died.",
        "The board had not bought vaccines for 12 million euros.",
        "Officials denied reports that 12 soldiers died, or that 40 were hurt.",
        "The state rejected a fee of $2 per ton.",
        "Neither 12 ships nor 40 tugs came.",
        "It is unclear whether 12 ships sank.",
        "If the bill passes, the line will cost $4 billion.",
        "Should coal fall below $70, exports would drop by 5 percent.",
        "Were the price to drop to $70, we would sell 5 ships.",
        "Claims that 400 people are missing are false, she said.",
        "A post said 85 patients had died. That was untrue, the ministry said.",
        "They sent trucks instead of 12 ships.",
        "They didn't send 12 ships (40 tons).",
    ],
)
def test_what_the_article_denies_or_makes_a_condition_is_no_figure(text: str) -> None:
    assert printed(text) == []


def test_a_denial_ends_with_its_clause() -> None:
    text = "Neither 12 ships nor 40 tugs came, but 30 boats stayed."

    assert printed(text) == ["30"]


def test_no_fewer_than_is_no_denial() -> None:
    figure = only("No fewer than 12 depots stand idle.")

    assert (figure.text, figure.hedge) == ("12", "No fewer than")


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Farmers are expected to bring in about 82 million tonnes.", "expected; about"),
        ("It put the share at 8 percent or more.", "or more"),
        ("By 2035, half of all new ships may burn ammonia.", "may"),
        ("Crews will shrink to 15 people, she estimated.", "estimated"),
        ("The 24.1 billion expected by analysts was met.", "expected"),
        ("Both sides wish to see it at $500 million.", "wish"),
        ("On May 21, 140 guests came.", ""),
        ("The firm beat forecasts with a profit of $5 million.", ""),
        ("We heard three forecasts.", ""),
        ("SALES MAY FALL BY 3 PERCENT.", "MAY"),
    ],
)
def test_a_hedge_stands_in_the_figures_own_clause(text: str, hedge: str) -> None:
    assert only(text).hedge == hedge


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("By 2033, the market will reach $5 trillion.", ["By 2033"]),
        (
            "Exports rose from 1.31 million tons in August to 1.42 million tons in September.",
            ["in August", "in September"],
        ),
        ("In 2023, sales were $5 million, but they are $7 million today.", ["In 2023", ""]),
        ("Prices, now 4.8 percent up, will fall by December.", [""]),
        ("It made a share of 12 percent (11 percent in 2023).", ["", "in 2023"]),
        ("Homes slipped to 35.8% (2016: 38.2%).", ["", "2016"]),
        ("The palace, closed since 2019, seats 5,000 spectators.", [""]),
        ("Herds damaged 12 hectares in 2025 and they want 3 million tenge.", ["in 2025", ""]),
        ("It employs 130 people and plans to hire 50 cooks by 2026.", ["", "by 2026"]),
        ("Some 1,200 men laid up to 900 meters of track a day.", ["", "a day"]),
        ("Rents rose 2.9 percent more than in December.", [""]),
        ("In 2024 exports were $3 billion.", ["In 2024"]),
        ("Traffic rose by 12 percent and 4 percent last year.", ["", "last year"]),
    ],
)
def test_a_period_is_given_only_where_it_is_the_figures_own(text: str, periods: list[str]) -> None:
    assert [figure.period for figure in found(text)] == periods


def test_an_amount_beside_another_says_more_of_the_same() -> None:
    text = "Brent futures were up 42 cents, or 0.6%, at $67.85 a barrel."

    assert [figure.counts for figure in found(text)] == ["Brent futures"] * 3


def test_an_amount_beside_one_that_is_denied_is_denied_too() -> None:
    assert printed("They did not get 12 million tenge (US$6.3 million).") == []


def test_an_amount_beside_a_number_that_counts_nothing_is_left_out() -> None:
    assert printed("They sold it for 300 ($5 million).") == []


def test_a_sign_between_two_numbers_belongs_to_one_of_them() -> None:
    assert printed("They paid 5 $ 5 each.") == ["$ 5"]


def test_only_the_end_of_a_change_has_the_unit() -> None:
    assert printed("Exports grew from 3 to 5 percent.") == ["5 percent"]


def test_what_names_its_own_noun_is_not_linked() -> None:
    text = "The firm will cut 450 jobs, or 1.1% of its staff."

    assert [figure.counts for figure in found(text)] == ["jobs", "staff"]


def test_durations_and_small_counts_in_words_are_minor() -> None:
    text = "Two ships and 14 tugs left for ten days."

    assert [(figure.text, figure.minor) for figure in found(text)] == [
        ("Two", True),
        ("14", False),
        ("ten days", True),
    ]


def test_a_figure_inside_a_quotation_has_its_speaker() -> None:
    figure = only("“We will build 300 schools for them,” Aibek Nurlanov said.")

    assert figure.quoted
    assert figure.speaker is not None
    assert figure.speaker.label == "Aibek Nurlanov"


def test_a_table_in_one_line_has_no_figures() -> None:
    assert printed("12 ships " * 21) == []


def test_a_sentence_without_an_end_has_no_figures() -> None:
    assert printed("We saw 12 ships and " + "more of them " * 200) == []


def test_a_language_without_words_for_amounts_has_no_figures() -> None:
    assert found("Рынок вырос на 5 процентов.", language="ru") == ()


def seed(number: int) -> list[tuple[str, str, str, str, str, bool]]:
    text = sorted(SEEDS.glob("*.txt"))[number].read_text(encoding="utf-8")
    wire = read(text, "en")
    article = Article(id="1", source="seeds", text=text, published=wire.published)
    return [
        (one.text, one.counts, one.hedge, one.period, one.currency, one.minor)
        for one in figures(report(article))
    ]


def test_the_first_seed_projects_two_figures() -> None:
    assert seed(0) == [
        (
            "$5 trillion",
            "the market for artificial intelligence (AI)",
            "projected",
            "By 2033",
            "$",
            False,
        ),
        (
            "30 percent",
            "its penetration in the global technology sector",
            "anticipated",
            "By 2033",
            "",
            False,
        ),
    ]


def test_the_second_seed_counts_centers_and_no_evils() -> None:
    assert seed(1) == [
        ("ten-year", "SCO development strategy adopted today", "", "", "", True),
        ("four", "SCO centers to combat security challenges", "", "", "", False),
    ]


WORDS = st.sampled_from(
    "5 12 1,000 2.5 2024 three half a an the of and to from by between in % $ € million percent "
    "tons years (2016: ) “ ” , . ; said that not if will rose reached people may about expected "
    "in_2024 May or - – one hundred which was at".replace("_", " ").split(" ")
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.text()


def in_order(words: str, text: str) -> bool:
    pieces = [re.escape(word) for word in re.split(r"\s+|…|; ", words) if word]
    return bool(re.search(".*?".join(pieces), " ".join(text.split()), re.DOTALL))


@given(TEXTS, st.sampled_from(["en", "ru", "zh", "xx"]))
def test_any_text_gives_figures_made_of_its_own_words(text: str, language: str) -> None:
    every = found(text, language)

    for figure in every:
        assert figure.text == " ".join(text[figure.start : figure.end].split())
        assert all(value.is_finite() for value in figure.values)
        assert list(figure.values) == sorted(figure.values)
        for words in (figure.counts, figure.hedge, figure.period, figure.currency, figure.unit):
            assert in_order(words, text)
    assert all(one.end <= two.start for one, two in pairwise(every))


def test_a_sign_belongs_to_one_amount_only() -> None:
    every = found("5 $ three men came.")

    assert all(one.end <= two.start for one, two in pairwise(every))
