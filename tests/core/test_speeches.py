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


SAID = "President Xi Jinping"


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SAID} praised trade in his opening speech at the summit of river states.",
        f"{SAID} praised trade in a speech at the summit of river states.",
        f"{SAID} praised trade in remarks at the summit of river states.",
        f"{SAID} delivered an address at the summit of river states.",
        f"{SAID} gave the keynote speech at the summit of river states.",
        f"{SAID} praised trade while speaking at the summit of river states.",
        f"{SAID} addressed the summit of river states.",
        f"Speaking at the summit of river states, {SAID} praised trade.",
        f"Addressing the summit of river states, {SAID} praised trade.",
        f"In his address at the summit of river states, {SAID} praised trade.",
        f"In a speech at the summit of river states, the host, {SAID} praised trade.",
    ],
)
def test_a_speech_is_known_by_the_words_that_give_it_to_its_speaker(sentence: str) -> None:
    found = speech(report(article(sentence)))

    assert found
    assert found.speaker == "Xi Jinping"
    assert {"summit", "river", "state"} <= found.occasion


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SAID} rejected a statement by the summit of river states.",
        f"{SAID} rejected remarks made at the summit of river states.",
        f"{SAID} praised trade in a statement at the summit of river states.",
        f"{SAID} was praised in a speech at the summit of river states.",
        f"{SAID} met the host, who delivered a speech at the summit of river states.",
        f"{SAID} heard the minister and left in a speech by the host of the summit.",
        f"{SAID} built dams in order to address the droughts of the river states.",
        f"{SAID} spoke of addressing the droughts of the river states.",
        f"{SAID} spoke to the host of the summit of river states by telephone.",
        f"{SAID}'s envoy delivered a speech at the summit of river states.",
        f"An envoy of {SAID} delivered a speech at the summit of river states.",
        f"A spokesman for {SAID} delivered a speech at the summit of river states.",
        f"Speaking at the summit of river states, an envoy of {SAID} praised trade.",
        f"Speaking at the summit, the host said that he had, as was known to all, met {SAID}.",
    ],
)
def test_what_is_said_of_another_s_speech_is_none(sentence: str) -> None:
    assert speech(report(article(sentence))) is None


def test_an_answer_to_a_summit_is_not_a_speech_at_it() -> None:
    spoken = speech(report(article(f"{SAID} delivered an address at the summit of river states.")))
    answered = speech(report(article(f"{SAID} rejected a statement by the summit of states.")))

    assert spoken is not None
    assert answered is None


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
