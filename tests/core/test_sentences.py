import json
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.core.languages import NEUTRAL, language
from bot.core.sentences import paragraphs, sentences
from bot.core.values import Span

ENGLISH = language("en")
LABELLED = Path(
    os.environ.get("BRIEFBOT_EVAL", Path(__file__).parents[3] / "shared" / "eval")
).absolute()


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, ENGLISH)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Smith met Gen. Lee.", "They talked."],
        ["J. R. R. Tolkien wrote this.", "He was read."],
        ["Output rose 3.5 percent.", "It fell later."],
        ["The U.S. officials met.", "Nobody spoke."],
        ["He lives in the U.S.", "The talks go on."],
        ["He came at 5 p.m. on Monday.", "He left at 6 p.m.", "The end was near."],
        ["The Sept. 1 meeting is off.", "It was Sept. 2 before."],
        ["Acme Inc. said so.", "It was Acme Inc.", "The rest is known."],
        ["The firm is in Washington, D.C.", "It pays well."],
        ["Wait... what?", "Yes!", "No."],
        ["Well… we go.", "Then we stay."],
        ["See www.example.com for more.", "Then decide."],
        ["“We go.", "We stay.", "We win,” he said.", "Then he left."],
        ["“Is it so?” Smith asked.", "“It is.”"],
        ["“Is it so?”", "Smith that day was away."],
        ["He said “go.”", "Then he left."],
        ["(He left.)", "She stayed."],
        ["He ended it.”", "She did not."],
        ["“Why?” asked he.", "Nobody knew."],
        ["Prices rose by 2 percent.", "1,000 people left."],
        ["It has No. 5 on it.", "No. 6 is out."],
    ],
)
def test_a_text_is_split_where_its_sentences_end(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One here.Two there.", ["One here.", "Two there."]),
        ("“I go.”He went.", ["“I go.”", "He went."]),
        ("Yes! No", ["Yes!", "No"]),
        ("", []),
        (" \n\t ", []),
        ("...", ["..."]),
        ("No end", ["No end"]),
        ("Ends so. ", ["Ends so."]),
        ("At 3 p. m", ["At 3 p. m"]),
    ],
)
def test_a_missing_gap_or_end_is_borne(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_heading_without_a_stop_is_a_sentence_of_its_own() -> None:
    assert split("What it means\n\nIt rose. It fell.") == ["What it means", "It rose.", "It fell."]


def test_bullets_are_split_line_by_line() -> None:
    text = "- First point\n- Second point\n1. Third point\n2. Fourth point"

    assert split(text) == ["- First point", "- Second point", "1. Third point", "2. Fourth point"]


def test_hard_wrapped_lines_are_joined_and_their_paragraphs_kept_apart() -> None:
    text = (
        "The leaders came together in the old town on Sunday evening\n"
        "and spoke until the morning. They will speak again before\n"
        "winter.\n"
        "The second paragraph is set as wide as the first one was and\n"
        "ends here."
    )

    assert [span.of(text).replace("\n", " ") for span in sentences(text, ENGLISH)] == [
        "The leaders came together in the old town on Sunday evening and spoke until the morning.",
        "They will speak again before winter.",
        "The second paragraph is set as wide as the first one was and ends here.",
    ]


def test_a_short_line_that_goes_on_in_small_letters_ends_no_paragraph() -> None:
    text = (
        "The leaders came together in the old town on Sunday evening\n"
        "and then\n"
        "spoke of what the coming winter would bring to both of them\n"
        "before they left."
    )

    assert [span.of(text) for span in paragraphs(text)] == [text]


def test_long_lines_are_paragraphs() -> None:
    line = "A sentence that is long enough to show that nobody has wrapped these lines by width. "
    text = f"{line * 2}\n{line * 2}"

    assert len(paragraphs(text)) == 2


def test_positions_count_from_the_whole_text() -> None:
    text = "Title. One here. Two there."

    assert sentences(text, ENGLISH, start=7) == [Span(7, 16), Span(17, 27)]


@pytest.mark.parametrize(
    "expected",
    [
        ["他说。", "“我们去。”", "他走了！"],
        ["「来。」", "真的？", "好"],
    ],
)
def test_chinese_ends_its_sentences_by_their_marks(expected: list[str]) -> None:
    text = "".join(expected)

    assert [span.of(text) for span in sentences(text, NEUTRAL)] == expected


def test_russian_is_split_by_the_neutral_rules() -> None:
    text = "Он сказал «да». Все ушли! Что дальше?"

    found = [span.of(text) for span in sentences(text, NEUTRAL)]

    assert found == ["Он сказал «да».", "Все ушли!", "Что дальше?"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A",
        "Word ",
        ".",
        " ",
        "\n",
        " \n",
        "“",
        "”",
        '."\'")',
        ". ",
        "A. ",
        "A.",
        "U.S. ",
        "。",
    ],
)
def test_a_long_text_of_anything_is_split_in_seconds(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    begun = time.process_time()

    found = sentences(text, ENGLISH)

    assert time.process_time() - begun < 5
    assert sum(span.end - span.start for span in found) <= len(text)


def labelled(name: str) -> list[str]:
    path = LABELLED / name
    if not path.exists():
        pytest.skip(f"the labelled sentences are not here: {path.name} (see BRIEFBOT_EVAL)")
    return path.read_text(encoding="utf-8").splitlines()


def agreement(text: str, gold: list[str]) -> Counter[str]:
    """Count the sentence ends that people and the splitter see, and those that both see."""
    expected: set[int] = set()
    position = 0
    for sentence in gold:
        position = text.index(sentence, position) + len(sentence)
        expected.add(position)
    found = {span.end for span in sentences(text, ENGLISH)}
    return Counter(both=len(expected & found), all=len(expected) + len(found))


def test_the_splitter_agrees_with_people_on_news() -> None:
    counts: Counter[str] = Counter()
    for row in labelled("sentences_gum_news_a.jsonl"):
        gold: list[list[str]] = json.loads(row)["paragraphs"]
        text = "\n\n".join(" ".join(paragraph) for paragraph in gold)
        counts += agreement(text, [sentence for paragraph in gold for sentence in paragraph])

    assert 2 * counts["both"] / counts["all"] >= 0.955


def test_the_splitter_agrees_with_people_on_single_sentences() -> None:
    gold = [json.loads(row)["text"] for row in labelled("sentences_en_pud.jsonl")]

    counts = agreement(" ".join(gold), gold)

    assert 2 * counts["both"] / counts["all"] >= 0.995


def test_a_credit_is_told_from_its_caption() -> None:
    text = "A bridge over the river at dawn Photo: Ann Lee.\n\nThe bridge is new."

    assert [span.of(text) for span in sentences(text, ENGLISH)] == [
        "A bridge over the river at dawn",
        "Photo: Ann Lee.",
        "The bridge is new.",
    ]
