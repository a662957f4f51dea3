from datetime import date

import pytest

from bot.core.report import report
from bot.core.speeches import Speech, same, speech
from bot.core.values import Article, Published

DAY = date(2025, 9, 1)
LEAD = (
    "TIANJIN, China, September 1. President Xi Jinping praised trade in his speech at the meeting "
    "of the council of leaders of the region.\n\nMore was said later."
)


def article(text: str, *, day: date | None = DAY, place: str | None = None) -> Article:
    published = Published(day=day) if day else None
    return Article(id="1", source="seeds", text=text, published=published, place=place)


def told(
    speaker: str = "Xi Jinping", place: str | None = "Tianjin", words: str = "a b c"
) -> Speech:
    return Speech(speaker=speaker, day=DAY, place=place, occasion=frozenset(words.split()))


def test_a_speech_is_read_from_the_lead() -> None:
    found = speech(report(article(LEAD)))

    assert found == Speech(
        speaker="Xi Jinping",
        day=DAY,
        place="Tianjin, China",
        occasion=frozenset({"meet", "council", "leader", "region"}),
    )


def test_what_the_source_says_of_day_and_place_counts_first() -> None:
    dated = speech(report(article(f"date 2025-09-02 {LEAD}", day=None)))
    placed = speech(report(article(LEAD, day=None, place="Beijing")))

    assert dated
    assert dated.day == date(2025, 9, 2)
    assert placed
    assert (placed.day, placed.place) == (None, "Beijing")


@pytest.mark.parametrize(
    "text",
    [
        "President Xi Jinping praised trade.",
        "Somebody praised trade in his speech at the meeting.",
        "President Xi Jinping praised the speech of President Vladimir Putin at the meeting.",
        "One. Two three four. Five six seven. President Xi Jinping made a speech at the meeting.",
        "",
    ],
)
def test_a_speech_without_one_sure_speaker_is_none(text: str) -> None:
    assert speech(report(article(text))) is None


def test_a_language_without_words_for_a_speech_has_none() -> None:
    russian = Article(id="1", source="s", text="Токаев сказал в речи.", language="ru")

    assert speech(report(russian)) is None


@pytest.mark.parametrize(
    "other", [told(), told(place=None), told(words="a b c d e"), told(words="a b c d")]
)
def test_two_tellings_of_one_speech_are_the_same(other: Speech) -> None:
    assert same(told(), other)
    assert same(other, told())


@pytest.mark.parametrize(
    "other",
    [
        told(speaker="Vladimir Putin"),
        told(place="Beijing"),
        told(words="a b"),
        told(words="a b d e f"),
        Speech(speaker="Xi Jinping", day=date(2025, 9, 2), place=None, occasion=frozenset("abc")),
    ],
)
def test_what_differs_in_speaker_day_place_or_occasion_is_another_speech(other: Speech) -> None:
    assert not same(told(), other)


def test_speeches_without_a_day_are_not_known_to_be_one() -> None:
    undated = Speech(speaker="Xi Jinping", day=None, place=None, occasion=frozenset("abcd"))

    assert not same(undated, undated)


def test_most_of_the_shorter_occasion_must_be_shared() -> None:
    assert not same(told(words="a b c d e f"), told(words="a b c x y z"))
    assert same(told(words="a b c d e"), told(words="a b c x y"))
