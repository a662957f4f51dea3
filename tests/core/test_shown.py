"""A page shows no line that its headline already says."""

from dataclasses import replace

import pytest

from bot.core.brief import brief
from bot.core.shown import covered, showable, shown
from bot.core.values import Article, Facts, Headline, Span
from tests.fakes.stories import line, story

HEADLINE = "Ministers signed agreement on water"


@pytest.mark.parametrize(
    ("text", "is_covered"),
    [
        ("The ministers signed an agreement on water.", True),
        ("Ministers sign agreements on water", True),
        ("Four ministers signed agreement on water.", True),
        ("The ministers signed an agreement on gas and coal.", False),
        ("Rain fell.", False),
        ("", False),
        ("…", False),
    ],
)
def test_a_line_is_covered_when_nearly_all_its_words_stand_in_the_headline(
    text: str,
    is_covered: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert covered(text, HEADLINE, "en") is is_covered


def test_the_sentence_of_the_headline_shows_in_full_only_where_it_says_much_more() -> None:
    little = line("On Monday ministers signed an agreement on water.")
    much = line(
        "Ministers signed an agreement on water after nine years of talks, two wars and a drought "
        "that emptied the reservoirs of three provinces."
    )
    other = replace(line("Farmers of the valley get more water."), start=200, end=237, sentence=2)
    made = story(1, HEADLINE, little, much).brief
    own = replace(made, headline=Headline(text=HEADLINE, kept=(Span(0, 5), Span(6, 12))))
    more = replace(own, lines=(little, much, other))

    assert shown(more, limit=5, lead=False) == (other,)
    assert shown(more, limit=5, lead=True) == (much, other)
    # Where nothing else is left, it is better than nothing.
    assert shown(own, limit=5, lead=False) == (much,)


def test_no_more_lines_are_shown_than_asked() -> None:
    made = story(1, "News", line("One bridge."), line("Two towers.")).brief

    assert shown(made, limit=1, lead=True) == made.lines[:1]


def test_the_lead_is_not_told_twice() -> None:
    article = Article(
        id="a",
        source="wire",
        text=(
            "The harbour of Port Ember reopened on Monday after a storm closed it for nine days. "
            "Engineers cleared 40,000 tonnes of sand from the main channel. "
            "Insurers put the damage at $12 million."
        ),
    )
    made = brief(article, lines=3)

    assert all("reopened" not in one.text for one in shown(made, limit=3, lead=False))


def test_an_article_whose_lines_all_show_is_briefed_without_its_facts_where_nobody_asks() -> None:
    # Its own title covers no line, so none has to be made up for.
    article = Article(
        id="a",
        source="wire",
        title="Harbour",
        text="The harbour of Port Ember reopened. Engineers cleared 40,000 tonnes of sand.",
    )

    made = showable(article, lines=2, lead=False, with_facts=False)

    assert (len(made.lines), made.facts) == (2, Facts())
    assert showable(article, lines=2, lead=False).facts.figures


def test_the_lines_of_a_brief_are_the_same_without_its_facts() -> None:
    article = Article(
        id="a",
        source="wire",
        text=(
            "The harbour of Port Ember reopened on Monday after a storm closed it for nine days. "
            "Engineers cleared 40,000 tonnes of sand from the main channel. "
            "Insurers put the damage at $12 million. Ferries to the islands sail again on Friday."
        ),
    )

    bare = showable(article, lines=2, lead=False, with_facts=False)

    assert len(shown(bare, limit=2, lead=False)) == 2
    assert bare == replace(showable(article, lines=2, lead=False), facts=Facts())
