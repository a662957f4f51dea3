"""A headline is the article's own title, or its lead sentence with words left out."""

import pytest

from bot.core.headline import ROOM, headline
from bot.core.report import report
from bot.core.values import Article


def made(text: str, *, title: str | None = None, language: str = "en") -> str:
    article = Article(id="a", source="s", text=text, title=title, language=language)
    return headline(report(article)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "ASHGABAT, Turkmenistan, May 3. Turkmenistan's President Serdar Berdimuhamedov "
                "opened a gas field in the south of the country during a ceremony at the seat of "
                "the company, Trend reports.\n\nBerdimuhamedov thanked the workers of the field."
            ),
            "Berdimuhamedov opened a gas field in the south of the country",
        ),
        (
            (
                "BEIJING, May 3 (Xinhua) -- Chinese President Xi Jinping called for closer ties "
                "between the universities of both countries in a letter to students. Xi wrote it."
            ),
            "Xi called for closer ties between the universities of both countries",
        ),
        (
            (
                "The Conference on Interaction and Confidence-Building Measures in Asia (CICA) "
                "admitted Kuwait as a member of its permanent council on trade. It was welcome."
            ),
            "The CICA admitted Kuwait as a member of its permanent council on trade",
        ),
        (
            (
                "The Regional Union of Postal Workers and Carriers (OLD) will meet in the capital "
                "of the republic of the mountains in the spring. It was welcome."
            ),
            (
                "The Regional Union of Postal Workers and Carriers will meet in the capital of the"
                " republic of the mountains in the spring"
            ),
        ),
        (
            "Furthermore, the port of Aktau was closed because of the strong wind. It will open.",
            "The port of Aktau was closed because of the strong wind",
        ),
    ],
)
def test_a_lead_becomes_a_headline(text: str, expected: str) -> None:
    assert made(text) == expected


def test_a_headline_of_a_lead_has_room_or_is_as_short_as_grammar_allows() -> None:
    long = "The council did not agree on " + "the very long list of reasons for it and " * 5

    assert len(made(long + "so on. Next.")) > ROOM
    assert (
        len(made("The council agreed on the long list during " + "a talk " * 9 + ". Next.")) < ROOM
    )


def test_a_sentence_that_goes_on_for_ever_gives_its_first_words() -> None:
    found = made("The port grew and " * 100)

    assert len(found) <= ROOM + len(" …")
    assert found.startswith("The port grew and The port grew and")
    assert found.endswith(" …")


def test_a_word_that_goes_on_for_ever_is_cut() -> None:
    assert made("x" * 5000) == "X" + "x" * (ROOM - 1) + " …"


def test_an_own_title_is_the_headline() -> None:
    article = Article(id="a", source="s", text="A lead that says it all.", title=" Own \n title ")

    made = headline(report(article))

    assert (made.text, made.kept) == ("Own title", ())


def test_a_title_above_the_report_is_the_headline() -> None:
    text = "Ministers agree on water\n\nALMATY, Kazakhstan, May 3. The ministers met in the city."

    found = headline(report(Article(id="a", source="s", text=text)))

    assert found.text == "Ministers agree on water"
    assert [piece.of(text) for piece in found.kept] == ["Ministers agree on water"]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        # Others stand before the name: they are not left out.
        (
            "Visiting Kazakhstan's President Kassym-Jomart Tokayev opened a mill. Tokayev left.",
            "Visiting Kazakhstan's President Kassym-Jomart Tokayev opened a mill",
        ),
        # Somebody else is meant: whoever stands before "of" or the office.
        (
            "Relatives of President Petr Pavel died in a crash. Pavel spoke.",
            "Relatives of President Petr Pavel died in a crash",
        ),
        (
            "Wife of President Kassym-Jomart Tokayev fell ill. Tokayev spoke.",
            "Wife of President Kassym-Jomart Tokayev fell ill",
        ),
        (
            "Opponents President Petr Pavel had beaten left. Pavel spoke.",
            "Opponents President Petr Pavel had beaten left",
        ),
        # Who held the office once is not who holds it.
        (
            "Former President of Mongolia Khaltmaa Battulga opened a mill. Battulga left.",
            "Former President of Mongolia Khaltmaa Battulga opened a mill",
        ),
        # The article never uses a part of the name alone.
        (
            "Kazakhstan's President Kassym-Jomart Tokayev opened a mill.",
            "Kazakhstan's President Kassym-Jomart Tokayev opened a mill",
        ),
        # The name stands too late in the sentence to be its subject.
        (
            "A mill was opened by Kazakhstan's President Kassym-Jomart Tokayev. Tokayev left.",
            "A mill was opened by Kazakhstan's President Kassym-Jomart Tokayev",
        ),
        (
            "Chinese Foreign Minister Wang Yi opened a mill. Wang left.",
            "Wang opened a mill",
        ),
        (
            "The U.S. President Joe Smith opened a mill. Smith left.",
            "Smith opened a mill",
        ),
        (
            "Prime Minister of Pakistan Shehbaz Sharif opened a mill in Lahore. Sharif left.",
            "Sharif opened a mill in Lahore",
        ),
        (
            "The president of Uzbekistan Shavkat Mirziyoyev opened a mill. Mirziyoyev left.",
            "Mirziyoyev opened a mill",
        ),
    ],
)
def test_title_and_first_name_go_where_the_article_uses_the_name_alone(
    lead: str, expected: str
) -> None:
    assert made(lead) == expected


def test_a_headline_keeps_what_the_sentence_says() -> None:
    lead = (
        "Foreign Minister Sergey Petrov delivered an address at the summit of the leaders of all "
        "the states of the region in the old town on the long river. Petrov left."
    )
    condition = (
        "Iran will return to the negotiating table with all of the other powers of the region in "
        "the spring when the sanctions on its oil are lifted."
    )

    assert made(lead) == lead.removesuffix(". Petrov left.").replace("Foreign Minister Sergey ", "")
    assert made(condition) == condition.rstrip(".")


def test_a_quotation_is_a_headline_only_where_there_is_no_narration() -> None:
    told = "“We have won the long fight,” Karimov said. The miners of the valley went home."
    only = "“We have won the long fight,” Karimov said."

    assert made(told) == "The miners of the valley went home"
    assert made(only) == "We have won the long fight"


@pytest.mark.parametrize(
    ("text", "expected"), [("", ""), ("Rain.", "Rain"), ("会议开始。", "会议开始")]
)
def test_a_scrap_is_its_own_headline(text: str, expected: str) -> None:
    assert made(text, language="zh") == expected
