"""Of a very long text the beginning is kept, and nothing is claimed of the rest."""

import re

import pytest

from bot.core.beginning import LONGEST_TEXT, beginning, is_beginning
from bot.core.values import Extent

PARAGRAPH = "Trade grew by a tenth in the year. Ministers met in Osh to speak of it."


#: The promise, written out: who changes the limit changes what readers get, and says so here.
LIMIT = 100_000


def test_a_text_of_a_hundred_thousand_characters_is_whole() -> None:
    text = ("Trade grew. " * LIMIT)[: LIMIT - 1] + "."

    assert beginning(text) == text
    assert beginning(f"{text}\n \n") == text


def test_a_text_of_one_character_more_loses_its_last_sentence() -> None:
    text = ("Trade grew. " * LIMIT)[:LIMIT] + "."

    kept = beginning(text)

    assert kept == text[: text.rstrip(".").rindex(".") + 1]
    assert is_beginning(kept, Extent.TEASER)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"{PARAGRAPH}\n\n", PARAGRAPH),
        (f"{PARAGRAPH}\n \n", PARAGRAPH),
        (f"{PARAGRAPH}\n", PARAGRAPH),
        (f"{PARAGRAPH} ", r"(?:year|it)\."),
        ("贸易增长了。", "。"),
        ("trade grew ", "trade|grew"),
        ("trade", ""),
    ],
    ids=["paragraphs", "spaced", "lines", "sentences", "chinese", "words", "no gaps"],
)
def test_a_long_text_is_cut_behind_the_largest_piece_that_is_whole(text: str, whole: str) -> None:
    long = text * (3 * LONGEST_TEXT // len(text))

    kept = beginning(long)

    assert long.startswith(kept)
    assert re.search(f"(?:{whole})$", kept)
    assert LONGEST_TEXT - len(text) <= len(kept) <= LONGEST_TEXT


def test_paragraphs_that_end_too_early_are_no_place_to_cut() -> None:
    kept = beginning("Leaders met.\n\n" + "Trade grew. " * LONGEST_TEXT)

    assert kept.endswith("grew.")
    assert is_beginning(kept, Extent.TEASER)


def test_a_summary_is_no_beginning_and_neither_is_what_is_whole() -> None:
    assert not is_beginning(PARAGRAPH, Extent.TEASER)
    assert not is_beginning("a" * LONGEST_TEXT, Extent.WHOLE)
