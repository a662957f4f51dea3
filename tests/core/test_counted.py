import pytest

from bot.core.figures import figures
from bot.core.report import report
from bot.core.values import Article


def counts(text: str) -> list[str]:
    article = Article(id="1", source="wire", text=text)
    return [figure.counts for figure in figures(report(article))]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Three quarters of the money is a loan.", "money"),
        ("Five of them have never been shown.", "of them have never been shown"),
        ("They hold ten percent of the votes.", "votes"),
        ("The state put 1.6 million machines to work.", "machines to work"),
        ("They will get two more suppliers.", "more suppliers"),
        ("It took a $5 billion loan.", "loan"),
        ("The line has a capacity of 1 GW.", "capacity"),
        ("He spoke before a crowd of 12,400.", "crowd"),
        (
            "The council sees prices in a range of $4 to $5.",
            "The council sees prices in a range",
        ),
        ("The share of renewables reached 6.43% in May.", "The share of renewables"),
        ("The death toll rose to 61 on Monday.", "The death toll"),
        ("Fares will rise by a fifth.", "Fares"),
        ("Crews will shrink to 15 people.", "Crews … people"),
        ("A magnitude 5.1 quake shook the town.", "magnitude … quake shook the town"),
        ("They talked of trade, which last year came to $840 million.", "trade"),
        ("The firm, which paid $5 million for it, grew.", "paid … for it, grew"),
        ("They are estimated to fall below $4 billion.", "They are estimated to fall"),
        ("At least four were brought ashore.", "were brought ashore"),
        ("The center spent $7 million on training in 2025.", "The center spent … on training"),
        ("According to her, the center spent $7 million.", "the center spent"),
        ("It could cost $7 million for us, the office said.", "It could cost … for us"),
        ("2. To reduce the catch by 25 percent;", "To reduce the catch"),
        ("The rule (a new one) cost the town $7 million.", "The rule (a new one) cost the town"),
        ("The fund has $7 million wasted on us.", "The fund has … wasted on us"),
        ("A town, line of 446 km, grew.", "line"),
        ("We paid $7 million in 2024 for it by May.", "We paid … in 2024 for it"),
        ("Winds of 32 metres per second tore down a mast.", "Winds"),
        ("By 2030 they might pay us $7 million.", "they might pay us"),
        ("In May and in June 2024 we paid them $7 million.", "and in June 2024 we paid them"),
        ("The total cost is $7 million.", "The total cost"),
        ("It limits patrols and will cost $7 million.", "will cost"),
    ],
)
def test_what_is_counted_is_said_in_the_articles_words(text: str, counted: str) -> None:
    assert counts(text)[-1:] == [counted]


def test_a_part_of_a_whole_names_the_whole() -> None:
    assert counts("The fever was found in 4 of 61 communes.") == ["61 communes", "communes"]


def test_a_bare_number_that_counts_nothing_plainly_is_left_out() -> None:
    assert counts("The ferry was built for 300.") == []
    assert counts("They gave us the 17 apiece.") == []
    assert counts("It was 300.") == []
    assert counts("It reached 4.1 million.") == []


def test_a_clause_is_not_left_for_its_neighbours() -> None:
    text = "Sales fell 1.8% to $24 million, and the firm will cut 450 jobs; it has 9 plants."

    assert counts(text) == ["Sales", "Sales", "jobs", "plants"]


def test_a_quotation_mark_without_its_partner_is_left_out() -> None:
    assert counts("“We need 500 doctors,” he said, adding that 20 have come.") == [
        "doctors",
        "have come",
    ]
