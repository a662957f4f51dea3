"""Where a sentence says less than it seems to, its figures say no more than it does."""

from decimal import Decimal

import pytest

from bot.core.figures import figures
from bot.core.report import report
from bot.core.values import Article, Figure


def found(text: str) -> tuple[Figure, ...]:
    return figures(report(Article(id="1", source="wire", text=text)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The ticket cost $20 in 2019.", "20"),
        ("Output per head was €900 in 1990.", "900"),
        ("3 out of 4 voters agreed.", "0.75"),
        ("Two in 1,000 homes have no stove.", "0.002"),
    ],
)
def test_only_two_bare_small_numbers_are_a_ratio(text: str, value: str) -> None:
    (figure,) = found(text)

    assert figure.values == (Decimal(value),)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Net debt fell by €300m to €7.8bn.", ["€300m", "€7.8bn"]),
        ("The bank cut its price by $4 to $56 a barrel.", ["$4", "$56 a barrel"]),
        ("Shares fell 25 cents to $56.", ["25 cents", "$56"]),
        ("Funds were cut by 21 percent, or $1.1bn, to $4.2bn.", ["21 percent", "$1.1bn", "$4.2bn"]),
        ("Sales will fall by 5 to 7 percent.", ["5 to 7 percent"]),
        ("The trip takes from six to eight days.", ["six to eight days"]),
        ("Prices vary from $3 to $5.", ["$3 to $5"]),
        ("Turnout rose from 30 to 45 percent.", ["45 percent"]),
        ("The term grew from six to eight days.", ["eight days"]),
    ],
)
def test_a_change_and_the_level_it_led_to_are_no_range(text: str, printed: list[str]) -> None:
    assert [figure.text for figure in found(text)] == printed


@pytest.mark.parametrize(
    "text",
    [
        "None of the 200 passengers survived.",
        "Few of the 300 delegates voted.",
        "Hardly any of the 80 firms paid.",
        "The $7 billion plan was rejected.",
        "The city has yet to repay $5 million.",
        "The club failed to sell 300 seats.",
        "The poll has a margin of plus or minus one percentage point.",
        "| Index | Last | 4,500 | 1.2% |",
        "Index\t4,500\t1.2%",
        "Geaney, who was 69 at the time, left.",
        "She came with Lucy, who runs a firm with her husband Matt, 34.",
    ],
)
def test_what_is_denied_or_says_nothing_is_no_figure(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "A few of the 300 delegates voted.",
        "More than 300 flights were cancelled.",
        "The $300 million bridge was opened.",
    ],
)
def test_what_is_not_denied_stays_a_figure(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("“Growth of 1.5 percent is near,” said Guedes, who left office in 2022.", [""]),
        ("Sales were $5 million, Smith, who took over in 2021, said.", [""]),
        ("The $4 million prize, first given in 1990, went to Ann.", [""]),
        ("Revenue was $5 million in May, the company said on Monday.", ["in May"]),
        (
            "Output grew 3.7 percent in the third quarter, up from 3.3 percent in the second.",
            ["in the third quarter", ""],
        ),
        ("Growth slowed to 4 percent in 2025 from 6 percent.", ["in 2025", ""]),
        ("In 2024, exports rose to $5 billion from about $4 billion.", ["In 2024", ""]),
        ("The gap narrowed to $1.2 billion, from $3 billion in 2024.", ["", "in 2024"]),
        ("Exports rose from $3 billion in 2023 to $5 billion.", ["in 2023", ""]),
        ("Exports rose from $3 billion to $5 billion in 2024.", ["", "in 2024"]),
        ("Costs were $2 million, with a third-quarter loss.", [""]),
        ("The firm spent $2 million on its third-quarter campaign.", [""]),
        ("Unemployment fell to 4 percent, its lowest in 11 years.", [""]),
        ("The bank cut rates by 25 basis points, its fifth cut this year.", [""]),
        ("The law sets aside $65 billion for 2026 and 2027.", ["for 2026 and 2027"]),
        ("Growth will be 3 percent in 2026 and 4 percent in 2027.", ["in 2026", "in 2027"]),
    ],
)
def test_a_time_that_may_be_anothers_is_not_given(text: str, periods: list[str]) -> None:
    assert [figure.period for figure in found(text)] == periods


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Output was 4.7 million tons a year earlier.", "tons"),
        ("It sold 300 barrels a month after the fire.", "barrels"),
        ("It sold 300 tons a day later.", "tons"),
        ("It sold 300 tons a week ago.", "tons"),
        ("It sells 300 tons a week.", "tons a week"),
    ],
)
def test_a_year_earlier_is_no_rate(text: str, unit: str) -> None:
    (figure,) = found(text)

    assert figure.unit == unit


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The deficit is planned at 2.5% of GDP.", ["The deficit … of GDP"]),
        ("Debt equals 60 percent of the country's GDP.", ["Debt equals … of the country's GDP"]),
        ("Exports rose 5% year on year.", ["Exports"]),
        ("Exports, which fell last year, reached $5 million.", ["Exports"]),
        ("Smith, who took office in 2020, spent $5 million.", ["Smith"]),
        ("Growth is 3 percent in May and 4 percent in June.", ["Growth", "Growth"]),
        (
            "Exports went up in May and in June by $5 million.",
            ["Exports went up in May and in June"],
        ),
        (
            "The bank lists 86 projects worth $84 billion.",
            ["projects", "The bank lists 86 projects"],
        ),
        ("He told us, “They spent $5 million there,” and left.", ["They spent … there"]),
        ("A fund, $5 million.", ["A fund"]),
        ("It grew: 5 percent.", []),
    ],
)
def test_what_is_counted_is_no_yardstick_and_ends_well(text: str, counts: list[str]) -> None:
    assert [figure.counts for figure in found(text)] == counts


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("It has projects of $84 billion.", ""),
        ("The bank projects $84 billion in losses.", "projects"),
        ("The plan names 12 centers.", ""),
        ("They plan 12 centers.", "plan"),
        ("He threatened to cut $5 million.", "threatened"),
        ("He claims that 300 people fled.", "claims"),
        ("The floods claimed 12 lives.", ""),
    ],
)
def test_only_a_word_that_governs_an_amount_hedges_it(text: str, hedge: str) -> None:
    assert found(text)[-1].hedge == hedge


@pytest.mark.parametrize(
    ("text", "currency"),
    [("50 pence", "pence"), ("50 mln USD", "USD"), ("50 reais", "reais"), ("20 EUR", "EUR")],
)
def test_a_currency_may_stand_behind_as_a_word_or_a_code(text: str, currency: str) -> None:
    (figure,) = found(f"It costs {text}.")

    assert figure.currency == currency
