"""What people type becomes the command they mean, or a mistake that can be explained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.misuse import Mistake, Misuse
from bot.core.verbs import (
    BRIEF,
    HELP,
    MAX_WORDS,
    SOURCES,
    STATUS,
    VERBS,
    Command,
    DigestFor,
    Help,
    SourcesList,
    Status,
    StoryNumber,
    parse,
)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/brief", DigestFor()),
        ("brief", DigestFor()),
        ("  /Brief  ", DigestFor()),
        ("/ brief", DigestFor()),
        ("/BRIEF@SomeBot 1", StoryNumber(1)),
        ("brief 1", StoryNumber(1)),
        ("/brief\u00a099", StoryNumber(99)),
        ("/brief\u3000\uff17", StoryNumber(7)),
        ("\uff0f\uff42\uff52\uff49\uff45\uff46 1", StoryNumber(1)),
        ("/brief\n2", StoryNumber(2)),
        ("/brief #3", StoryNumber(3)),
        ("/brief 3.", StoryNumber(3)),
        ("/brief 007", StoryNumber(7)),
        ('/brief "7"', DigestFor("7")),
        ("/brief \u201c1 2\u201d", DigestFor("1 2")),
        ("/brief '7'", DigestFor("7")),
        ("/brief \u2019", Misuse(mistake=Mistake.NO_WORDS, verb=BRIEF)),
        ("/brief ' a", DigestFor("a")),
        ("/brief 2027", DigestFor("2027")),
        ("/brief 1.5", DigestFor("1.5")),
        ("/brief Tokayev   AI", DigestFor("Tokayev AI")),
        ("/brief China's plan", DigestFor("China's plan")),
        ("/brief \u4e0a\u5408\u7ec4\u7ec7", DigestFor("\u4e0a\u5408\u7ec4\u7ec7")),
        ("/brief tr\u200bade\u202e", DigestFor("trade")),
        ("/brief a\x00b\x1bc", DigestFor("a b c")),
        ("/sources", SourcesList()),
        ("status", Status()),
        ("/help", Help()),
        ("/help brief", Help(BRIEF)),
        ("/help /SOURCES please", Help(SOURCES)),
        ("help me with sources", Help(SOURCES)),
        ("help me", Help()),
        ("/help moon", Help()),
    ],
)
def test_what_is_typed_becomes_its_command(text: str, command: Command) -> None:
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "misuse"),
    [
        ("/bref", Misuse(mistake=Mistake.UNKNOWN_VERB, verb=BRIEF, said="/bref")),
        ("bref 2", Misuse(mistake=Mistake.UNKNOWN_VERB, verb=BRIEF, said="/bref")),
        ("/stat", Misuse(mistake=Mistake.UNKNOWN_VERB, verb=STATUS, said="/stat")),
        ("/xyzzy", Misuse(mistake=Mistake.UNKNOWN_VERB, said="/xyzzy")),
        ("/help halp", Misuse(mistake=Mistake.UNKNOWN_VERB, verb=HELP, said="/halp")),
        ("/help /xyzzy", Misuse(mistake=Mistake.UNKNOWN_VERB, said="/xyzzy")),
        ("/<b>&", Misuse(mistake=Mistake.UNKNOWN_VERB)),
        ("/" + "x" * 5000, Misuse(mistake=Mistake.UNKNOWN_VERB)),
        ("/", Misuse(mistake=Mistake.UNKNOWN_VERB)),
        ("", Misuse(mistake=Mistake.PLAIN_TALK)),
        ("hello", Misuse(mistake=Mistake.PLAIN_TALK)),
        ("good morning everybody", Misuse(mistake=Mistake.PLAIN_TALK)),
        ("sources say so", Misuse(mistake=Mistake.PLAIN_TALK)),
        ("/sources 2", Misuse(mistake=Mistake.TAKES_NOTHING, verb=SOURCES)),
        ("/brief 0", Misuse(mistake=Mistake.NUMBER_OUT_OF_RANGE, verb=BRIEF)),
        ("/brief -1", Misuse(mistake=Mistake.NUMBER_OUT_OF_RANGE, verb=BRIEF)),
        ("/brief 100", Misuse(mistake=Mistake.NUMBER_OUT_OF_RANGE, verb=BRIEF)),
        ("/brief 1 2", Misuse(mistake=Mistake.SEVERAL_NUMBERS, verb=BRIEF)),
        ("/brief 1, #2", Misuse(mistake=Mistake.SEVERAL_NUMBERS, verb=BRIEF)),
        ('/brief ""', Misuse(mistake=Mistake.NO_WORDS, verb=BRIEF)),
        ("/brief !!!", Misuse(mistake=Mistake.NO_WORDS, verb=BRIEF)),
        ("/brief " + "a" * (MAX_WORDS + 1), Misuse(mistake=Mistake.TOO_LONG, verb=BRIEF)),
    ],
)
def test_a_mistake_names_what_was_meant(text: str, misuse: Misuse) -> None:
    assert parse(text) == misuse


def test_the_longest_words_allowed_are_looked_for() -> None:
    assert parse("/brief " + "a" * MAX_WORDS) == DigestFor("a" * MAX_WORDS)


@given(st.text())
def test_no_text_is_too_strange_to_answer(text: str) -> None:
    for typed in (text, f"/{text}", f"/brief {text}", f"/help {text}"):
        said = parse(typed)

        assert isinstance(said, Command | Misuse)
        if isinstance(said, DigestFor):
            assert len(said.words) <= MAX_WORDS
        if isinstance(said, Misuse):
            assert len(said.said) <= len("/") + 24


@given(st.integers(min_value=1, max_value=99))
def test_every_number_of_a_story_is_understood_in_any_script(number: int) -> None:
    thai = "".join(chr(0x0E50 + int(digit)) for digit in str(number))

    assert parse(f"/brief {number}") == StoryNumber(number)
    assert parse(f"/brief {thai}") == StoryNumber(number)


def test_every_example_of_the_table_is_understood() -> None:
    commands = [parse(usage.example) for verb in VERBS for usage in verb.usages]

    assert not [said for said in commands if isinstance(said, Misuse)]


def test_the_table_suits_the_menus_of_platforms() -> None:
    # Telegram: 1 to 32 characters of a-z, 0-9 and _, descriptions of at most 256.
    assert all(verb.name.isascii() and verb.name.islower() for verb in VERBS)
    assert all(3 <= len(verb.summary) <= 256 for verb in VERBS)
