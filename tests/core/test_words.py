from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer

from bot.core.languages import NEUTRAL, language
from bot.core.words import WORD, content, stems

ENGLISH = language("en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("China’s high-level talks", ["China’s", "high-level", "talks"]),
        ("3.5 percent, U.S. aid", ["3.5", "percent", "U.S", "aid"]),
        ("a_b “c”", ["a", "b", "c"]),
        ("", []),
    ],
)
def test_a_word_holds_its_inner_marks(text: str, words: list[str]) -> None:
    assert WORD.findall(text) == words


def test_two_forms_of_a_word_have_one_stem() -> None:
    assert stems("trade Trading traded", ENGLISH) == ["trade", "trade", "trade"]
    assert stems("China’s China's China", ENGLISH) == ["china", "china", "china"]


def test_words_have_the_same_stems_however_little_stands_between_them() -> None:
    words = ["Traders", "traded", "timber", "in", "İzmir", "and", "Kraków"]

    assert stems(" ".join(words), ENGLISH) == stems("/".join(words), ENGLISH)


def test_stop_words_carry_no_content() -> None:
    assert content("The talks of the leaders", ENGLISH) == ["talk", "leader"]


def test_ideographs_are_known_by_their_pairs() -> None:
    assert stems("上合组织", NEUTRAL) == ["上合", "合组", "组织"]
    assert stems("会", NEUTRAL) == ["会"]


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stems("Токаев сказал", NEUTRAL) == ["токаев", "сказал"]


def test_languages_are_known_by_their_codes() -> None:
    assert language("EN-gb") is language("en_US") is ENGLISH
    assert language("xx") is language("") is NEUTRAL


@pytest.mark.slow
def test_threads_that_stem_at_once_get_the_stems_of_one() -> None:
    # Words that nobody has stemmed yet, lest a memory answer for them.
    words = [f"q{number:x}{end}" for number in range(2000) for end in ("nesses", "ations", "ing")]
    parts = [" ".join(words[start::8]) for start in range(8)]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda part: stems(part, ENGLISH), parts))

    stemmer = snowballstemmer.stemmer("english")
    assert found == [[stemmer.stemWord(word) for word in part.split()] for part in parts]
