import pytest

from bot.core.figures import figures
from bot.core.report import report
from bot.core.values import Article


def printed(text: str) -> list[str]:
    article = Article(id="1", source="wire", text=text)
    return [figure.text for figure in figures(report(article))]


@pytest.mark.parametrize(
    "text",
    [
        "The ‘three evils’ need joint action.",
        "The ministers met in Room 12 and took flight 714.",
        "It names Articles 5, 6 and 7 and Resolution 2202.",
        "Articles 5 and 12 bind members.",
        "The Group of 77 met the Group of Seven and the G20.",
        "The 26th session follows the 2030 Agenda.",
        "Boeing 737 jets and Sentinel 2 flew over the town.",
        "They won 3-1 and lost 55 to 40 at home.",
        "It ended in a 1-3 defeat for the hosts.",
        "The 2025-26 season starts on 4 August at 10 a.m.",
        "It began on February 30, 2025, on 2024-13-45 and at 25:00.",
        "The man, aged 66 years, has a wife, 64, who is under 65.",
        "He is 66.",
        "One sign reads like another one.",
        "In 2025 tons of grain rotted.",
        "In 2025 the town grew.",
        "The half marathon, a quarter-final, was in the second half of 2026.",
        "A third person came in the first half of the year.",
        "A ticket costs 12 francs 50.",
        "There were 12.500 cars and 1 000 people.",
        "He paid 3,5 million euros.",
        "Seventeen quarters are enough.",
        "A three-member crew left.",
        "Odesa | 12 | 3.5",
        "Call +7 701 123 4567 now.",
    ],
)
def test_what_only_looks_like_an_amount_is_no_figure(text: str) -> None:
    assert printed(text) == []
