"""For any text at all: no exception, every line traceable, nothing added, order kept."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.brief import brief
from bot.core.values import Article, Brief

_WORD = re.compile(r"[^\W_]+")

_WIRE = st.sampled_from(
    [
        " date 2025-09-01 TIANJIN, China, September 1. ",
        "President of Kazakhstan Kassym-Jomart Tokayev met the press, Trend reports. ",
        "“We will go,” he said. ",
        "“It is done. We are glad.” ",
        "Furthermore, a staggering $5 trillion was spent, which nobody expected to see again. ",
        "Such talks, the minister said, are “a good sign” for the ‘three evils’. ",
        "The Shanghai Cooperation Organization (SCO) did not agree during the long summit. ",
        "China's market grew by 3.5 percent (about 2 billion) in 2024.",
        '"Why?" asked Smith. ',
        "\n\n",
        "\n",
        "” ",
        "“ ",
        "在天津举行的会议上，各国领导人发表了讲话。",
        "Президент сказал: «Мы рады». ",
        "\u200fשלום\u200e ",
        "e\u0301\u200d👩‍👩‍👧 ",
    ]
)
_TEXTS = st.one_of(st.text(), st.lists(st.one_of(_WIRE, st.text(max_size=12))).map("".join))
_LANGUAGES = st.sampled_from(["en", "ru", "zh", "", "xx"])


def made(text: str, language: str, lines: int, title: str | None = None) -> Brief:
    article = Article(id="a", source="s", text=text, language=language, title=title)
    return brief(article, lines=lines)


@given(_TEXTS, _LANGUAGES, st.integers(0, 9))
def test_every_line_leads_back_to_its_sentence(text: str, language: str, lines: int) -> None:
    for line in made(text, language, lines).lines:
        assert line.article == "a"
        assert 0 <= line.start < line.end <= len(text)
        assert all(line.start <= piece.start < piece.end <= line.end for piece in line.kept)


@given(_TEXTS, _LANGUAGES, st.integers(0, 9))
def test_a_line_adds_no_word_and_keeps_their_order(text: str, language: str, lines: int) -> None:
    for line in made(text, language, lines).lines:
        positions = [piece.start for piece in line.kept]
        kept = " ".join(piece.of(text) for piece in line.kept)

        assert positions == sorted(positions)
        assert _letters(line.text)[1:] == _letters(kept)[1:]
        assert _WORD.findall(line.text)[1:] == _WORD.findall(kept)[1:]


@given(_TEXTS, _LANGUAGES)
def test_a_headline_made_from_the_text_adds_no_word(text: str, language: str) -> None:
    headline = made(text, language, 3).headline

    kept = " ".join(piece.of(text) for piece in headline.kept)
    shown = headline.text.removesuffix(" …").rstrip(".。 ")
    assert _letters(shown)[1:] == _letters(kept.rstrip(".。 "))[1:]


@given(_TEXTS, _LANGUAGES, st.integers(0, 9))
def test_a_brief_has_no_more_lines_than_asked_for(text: str, language: str, lines: int) -> None:
    found = made(text, language, lines).lines

    assert len(found) <= lines
    assert [line.sentence for line in found] == sorted({line.sentence for line in found})


@given(_TEXTS)
def test_a_quoted_line_is_an_exact_piece_of_the_text(text: str) -> None:
    for line in made(text, "en", 9).lines:
        if line.quoted:
            (piece,) = line.kept
            plain = " ".join(piece.of(text).split())
            assert line.text.casefold() == plain.casefold()


@given(_TEXTS, _LANGUAGES)
def test_the_same_article_makes_the_same_brief(text: str, language: str) -> None:
    assert made(text, language, 3) == made(text, language, 3)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "a", ".", "...", "“", "”", "”“", "\x00", "\ufeff", "(" * 500, "A. " * 500],
)
def test_a_scrap_makes_a_brief_of_what_there_is(text: str) -> None:
    assert len(made(text, "en", 3).lines) <= 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape",
    ["Word ", "which is good, ", "A of ", "President Aaaa Bbbb ", "“a b” c ", "a\n\n", "x, and "],
)
def test_the_time_grows_with_the_length_and_not_with_its_square(shape: str) -> None:
    def seconds(size: int) -> float:
        text = "The minister of all said so, " + shape * (size // len(shape))
        begun = process_time()
        made(text, "en", 3)
        return process_time() - begun

    seconds(5_000)
    # Four times the length takes sixteen times as long where it is squared.
    assert seconds(60_000) < 10 * seconds(15_000) + 0.5


def _letters(text: str) -> str:
    """Return a text without white space, which is all that joining pieces may change."""
    return "".join(text.split())
