from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.values import Published
from bot.sources.markdown import read
from bot.sources.reading import Reading


def test_front_matter_says_what_the_text_does_not() -> None:
    text = (
        "---\n"
        "# of the press office\n"
        "title: 'Leaders'' summit: day 1'\n"
        'place: "Tianjin, \\"China\\""\n'
        "date: 2025-09-01  # local\n"
        "link: https://example.org/1\n"
        "lang: ru-RU\n"
        "publisher: Trend\n"
        "tags:\n"
        "  - trade\n"
        "- energy\n"
        "draft: [no]\n"
        "\n"
        "---\n"
        "Ministers met.\n"
    )

    assert read(text) == Reading(
        text="Ministers met.",
        title="Leaders' summit: day 1",
        url="https://example.org/1",
        language="ru",
        published=Published(day=date(2025, 9, 1)),
        place='Tianjin, "China"',
        publisher="Trend",
    )


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("title: [a, b]", "“title” is more than one line of words"),
        ('title: "open', "“title” is more than one line of words"),
        ("title: 'open", "“title” is more than one line of words"),
        ("title: |\n  A\n  B", "“title” is more than one line of words"),
        ("title: A\n  B\n  C", "“title” is more than one line of words"),
        ("title: A\ntitle: B", "“title” is given twice"),
        ("no colon here", "line 3 is no “key: value”"),
        ("no colon here\n  nor here\n  # but a note", "line 3 is no “key: value”; line 4 is no"),
        ("date: 2025-02-30", "“date: 2025-02-30” is no day of the calendar"),
        ("url: javascript:x", "“url: javascript:x” is no web address"),
        ("language: рус\x1b[2Jский", "“language: рус[2Jский” is no language code"),
    ],
)
def test_front_matter_that_cannot_be_read_is_told_and_the_rest_is_read(
    line: str, remark: str
) -> None:
    reading = read(f"---\nplace: Almaty\n{line}\n---\nMinisters met.")

    assert "; ".join(reading.remarks).startswith(remark)
    assert (reading.place, reading.text) == ("Almaty", "Ministers met.")


@pytest.mark.parametrize("nothing", ["", " ", " ~", " null", " ''", " # none"])
def test_an_empty_value_is_no_value(nothing: str) -> None:
    assert read(f"---\ntitle:{nothing}\n---\nMinisters met.") == Reading(text="Ministers met.")


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nProse between rulers.\n\n---\n\nMore.",
        "---\nTo quote: he was there.\nAnd then he left.\n\n---\n\nMore.",
        "---\ntitle: never closed",
        "Prose.\n\n---\ntitle: not at the top\n\n---",
    ],
)
def test_rulers_are_no_front_matter(text: str) -> None:
    reading = read(text)

    assert reading.remarks == ()
    assert reading.title is None
    words = text.replace("---", "").split()
    assert reading.text.split() == words


def test_empty_front_matter_is_none() -> None:
    assert read("---\n---\nMinisters met.") == Reading(text="Ministers met.")


def test_marks_become_plain_paragraphs() -> None:
    text = (
        "Some *stressed* and `typed` text\nwith a [link](https://example.org).\n\n"
        "## A heading\n\n"
        "- one\n- two\n\n"
        "> quoted\n\n"
        "![a picture](x.png)\n\n"
        "    typed\n\n"
        "line  \nbreak <b>bold</b> &amp; 5 &lt; 6<script>alert(1)</script>\n\n"
        "<div hidden>unseen</div>\n\n<style>p {}</style>\n"
    )

    assert read(text).text.split("\n\n") == [
        "Some stressed and typed text with a link.",
        "A heading",
        "one",
        "two",
        "“quoted”",
        "typed",
        "line break bold & 5 < 6",
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("> We will\n> go on.", ["“We will go on.”"]),
        ("> We go on.\n>\n> We *must*.", ["“We go on.”", "“We must.”"]),
        ("> We go on.\n>\n> — Ann Lee, minister", ["“We go on.”", "— Ann Lee, minister"]),
        ("> - one\n> - two", ["“one”", "“two”"]),
        ("> ## Trade\n>\n> We go on.", ["Trade", "“We go on.”"]),
        ("> > We go on.", ["“We go on.”"]),
        ("> He said: “We go on.” Later.", ["“He said: “We go on.” Later.”"]),
        ("> “We go on,” he said. “We must.”", ["“We go on,” he said. “We must.”"]),
        ('> "We go on."', ['"We go on."']),
        ("> «We go on».", ["«We go on»."]),
        ("> Half “an end", ["Half “an end"]),
        ("> ![picture](x)\n\nThey met.", ["They met."]),
        ("They met.\n\n> We go on.\n\nThey left.", ["They met.", "“We go on.”", "They left."]),
    ],
)
def test_a_paragraph_of_a_block_quotation_bears_quotation_marks(
    text: str, paragraphs: list[str]
) -> None:
    assert read(text).text.split("\n\n") == paragraphs


def test_a_first_heading_is_the_title_and_no_part_of_the_text() -> None:
    assert read("# Leaders *meet*\n\nThey met.") == Reading(text="They met.", title="Leaders meet")


def test_a_later_or_lower_heading_is_text() -> None:
    assert read("They met.\n\n# Then").title is None
    assert read("## Leaders meet\n\nThey met.").title is None
    assert read("# ![picture](x)\n\nThey met.") == Reading(text="They met.")


def test_the_title_of_the_front_matter_comes_first() -> None:
    same = read("---\ntitle: Leaders meet\n---\n# Leaders meet\n\nThey met.")
    other = read("---\ntitle: Leaders meet\n---\n# Day one\n\nThey met.")

    assert same == Reading(text="They met.", title="Leaders meet")
    assert other == Reading(text="Day one\n\nThey met.", title="Leaders meet")


def test_deeply_nested_words_are_kept() -> None:
    assert read("> " * 40 + "deep").text == "“deep”"


def test_nothing_is_read_from_nothing() -> None:
    assert read("") == Reading(text="")


@given(
    st.lists(st.sampled_from(["---\n", "title: ", "# ", "a", "\n", '"', "- ", "<b>", "`", "| "]))
)
def test_any_marks_are_read(pieces: list[str]) -> None:
    reading = read("".join(pieces))

    assert all(paragraph.strip() for paragraph in reading.text.split("\n\n") if reading.text)
