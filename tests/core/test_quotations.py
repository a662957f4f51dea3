import time

import pytest

from bot.core.quotations import quotations


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("“One,” he said.", ["One,"]),
        ('"One," he said, "and two."', ["One,", "and two."]),
        ("«One», he said.", ["One"]),
        ("„Eins“ und „zwei”", ["Eins", "zwei"]),
        ("「我们」他说『好』", ["我们", "好"]),
        ("(“One”) —“two”—", ["One", "two"]),
        ("“One” “two”", ["One", "two"]),
        ("No marks.", []),
        ("", []),
    ],
)
def test_paired_marks_make_a_quotation(text: str, closed: list[str]) -> None:
    found = quotations(text)

    assert [quotation.inner.of(text) for quotation in found.closed] == closed
    assert found.unpaired == ()


def test_a_quotation_knows_its_words_with_and_without_marks() -> None:
    text = "He said “one” then."

    (quotation,) = quotations(text).closed

    assert quotation.inner.of(text) == "one"
    assert quotation.outer.of(text) == "“one”"


@pytest.mark.parametrize(
    ("text", "outermost"),
    [
        ("“One ‘two’ three,” he said.", "One ‘two’ three,"),
        ("“One “two” three,” he said.", "One “two” three,"),
        ("\"One 'two' three,\" he said.", "One 'two' three,"),
        ("«Один „два“ три» он.", "Один „два“ три"),
        ("“One «two» three”", "One «two» three"),
        ('"One "two" three," he said.', 'One "two" three,'),
        ("“One ‘two three four five.’ ”", "One ‘two three four five.’ "),
    ],
)
def test_only_the_outermost_quotation_counts(text: str, outermost: str) -> None:
    assert [quotation.inner.of(text) for quotation in quotations(text).closed] == [outermost]


@pytest.mark.parametrize(
    ("text", "closed", "unpaired"),
    [
        ("“One, he said.", [], ["“One, he said."]),
        ("He said one.” Then two.", [], ["He said one.”"]),
        ("“One.” Two, and three,” he said.", ["One."], [" Two, and three,”"]),
        ("“One, he said. “Two,” said she.", [], ["“One, he said. “Two,” said she."]),
        ("“One\n\ntwo”", [], ["“One", "two”"]),
        ("”””", [], ["”", "”", "”"]),
        ("““““", [], ["““““"]),
        ('A 5" pipe.', [], ['A 5"']),
        ('"One""two"', ["One"], ['"', 'two"']),
    ],
)
def test_marks_without_a_partner_quote_nothing(
    text: str, closed: list[str], unpaired: list[str]
) -> None:
    found = quotations(text)

    assert [quotation.inner.of(text) for quotation in found.closed] == closed
    assert [span.of(text) for span in found.unpaired] == unpaired


@pytest.mark.parametrize(
    "text",
    [
        "China’s plan and the workers' union and the ministers' talks.",
        "That's all, isn't it? It's 'it'.",
        "The ‘three evils,’ as they say.",
        "the '90s were good.",
        "It was good.' It is gone.",
        "‘smart solutions’ in cities",
        "An 'open mark that never ends",
    ],
)
def test_single_marks_of_words_and_terms_quote_nobody(text: str) -> None:
    assert quotations(text).closed == ()
    assert quotations(text).unpaired == ()


@pytest.mark.parametrize(
    "text", ["‘It’s a plan that works well,’ he said.", "'It's a plan that works well,' he said."]
)
def test_single_marks_quote_a_sentence(text: str) -> None:
    assert [quotation.inner.of(text)[3:] for quotation in quotations(text).closed] == [
        "s a plan that works well,"
    ]


def test_an_apostrophe_hides_no_quotation() -> None:
    text = "Rock 'n roll is “dead,” he said."
    stray = "Rock 'n roll is dead,” he said."

    assert quotations(stray).closed == ()
    assert [quotation.inner.of(text) for quotation in quotations(text).closed] == ["dead,"]


@pytest.mark.parametrize("mark", ["“", '"', "«"])
def test_a_quotation_goes_on_in_the_next_paragraph_that_opens_with_a_mark(mark: str) -> None:
    end = {"“": "”", '"': '"', "«": "»"}[mark]
    text = f"{mark}One.\n\n{mark}Two,{end} he said."

    assert [quotation.inner.of(text) for quotation in quotations(text).closed] == ["One.", "Two,"]


def test_what_stands_before_the_report_is_not_read() -> None:
    assert quotations("“Title” “One”", start=8).closed[0].outer.start == 8


@pytest.mark.parametrize("piece", ["“", "”", '"', '"a" ', " 'a b", "«", "“‘", "“a\n", '"\n'])
def test_a_long_text_of_marks_is_paired_in_seconds(piece: str) -> None:
    begun = time.process_time()

    quotations(piece * (150_000 // len(piece)))

    assert time.process_time() - begun < 5
