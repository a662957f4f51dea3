"""Which sentences may be shown, as whose words, and which lean on another."""

import pytest

from bot.core.report import Sentence, report
from bot.core.values import Article


def read(text: str, language: str = "en") -> tuple[Sentence, ...]:
    return report(Article(id="a", source="s", text=text, language=language)).sentences


def shown(text: str) -> list[str]:
    return [one.part.of(text) for one in read(text) if one.shows]


def test_a_sentence_inside_a_quotation_is_shown_as_its_words_alone() -> None:
    text = "“We will build the road. It will be long and wide,” Karimov said in Khujand."

    assert shown(text) == ["We will build the road.", "It will be long and wide"]
    assert all(one.quoted for one in read(text))
    assert {one.speaker.label for one in read(text) if one.speaker} == {"Karimov"}


def test_a_quotation_that_runs_on_is_shown_without_the_words_that_introduce_it() -> None:
    text = "Karimov said: “We will build the long road. It will be wide and safe.”"

    assert shown(text) == ["We will build the long road.", "It will be wide and safe."]


def test_a_quotation_inside_narration_stays_in_its_sentence() -> None:
    text = "The treaty, which Karimov called “a gift to us”, was signed in the old town hall."

    assert shown(text) == [text]
    assert not read(text)[0].quoted


def test_a_sentence_that_begins_a_quotation_in_its_middle_is_not_shown() -> None:
    text = (
        "They met in the hall of “the old town by the long river. It was late when they left it” "
        "for the train."
    )

    assert shown(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We are glad to see all of our guests here in town.",
        "I am glad to see all of the guests here in town.",
        "The minister met the guests whom we like so much.",
        "In the hall, I’m told, the guests of the minister sat down.",
    ],
)
def test_the_first_person_is_not_shown_outside_a_quotation(text: str) -> None:
    assert shown(text) == []


def test_the_united_states_is_no_first_person() -> None:
    text = "The US and the union agreed on the new list of goods."

    assert shown(text) == [text]


def test_narration_may_hold_the_first_person_inside_its_quotation() -> None:
    text = "The union, Karimov told reporters in Khujand, is “our home” and will always stay so."

    assert shown(text) == [text]


def test_where_marks_do_not_pair_plain_sentences_are_shown_and_marked() -> None:
    text = (
        "“The first meeting is in Osh.” Later, Kazakhstan plans to hold a forum on water. "
        "The guests will come from all the states,” the minister said."
    )

    sentences = read(text)

    assert [one.shows for one in sentences] == [True, True, False]
    assert [one.unpaired for one in sentences] == [False, True, True]


@pytest.mark.parametrize(
    "text", ["Photo by the press service of the president.", "Read more about the summit here now."]
)
def test_what_serves_the_site_is_not_shown(text: str) -> None:
    assert shown(text) == []


def test_who_is_asked_is_no_news() -> None:
    text = (
        "The minister was asked whether the border would open in spring. It stays closed for now."
    )

    assert shown(text) == ["It stays closed for now."]


def test_a_mark_of_a_list_is_no_part_of_its_line() -> None:
    text = "1. Leaders of five states met.\n• The ministers met on their own.\n- 3 cars were sold."

    assert shown(text) == [
        "Leaders of five states met.",
        "The ministers met on their own.",
        "3 cars were sold.",
    ]


@pytest.mark.parametrize("said", ["he said", "", "it says"])
def test_a_quotation_nobody_is_known_to_have_said_is_not_shown(said: str) -> None:
    text = f"The Radio Pakistan and Bank Asia met. “We will build the long road here,” {said}."

    assert shown(text) == ["The Radio Pakistan and Bank Asia met."]


def test_a_language_without_rules_shows_no_quotation_as_narration() -> None:
    text = "Стороны подписали новый договор о воде. «Мы рады этому договору о воде», — сказал он."

    assert [one.shows for one in read(text, "ru")] == [True, False]


def test_a_sentence_that_goes_on_for_ever_is_not_shown() -> None:
    assert shown("The port grew and " * 200) == []


TRANSCRIPT = """Q: Will the border open in spring? People ask.

Mr. Bekov: The border will open in May. The new road is ready.

Q: Reuters says that the road is closed. Is it true?

Mr. Bekov: The road was opened on Monday.
"""


def test_in_a_transcript_answers_are_their_speakers_words() -> None:
    sentences = [one for one in read(TRANSCRIPT) if one.shows]

    assert [one.part.of(TRANSCRIPT) for one in sentences] == [
        "The border will open in May.",
        "The new road is ready.",
        "The road was opened on Monday.",
    ]
    assert all(one.quoted for one in sentences)
    assert {one.speaker.label for one in sentences if one.speaker} == {"Mr. Bekov"}


def test_a_colon_alone_makes_no_transcript() -> None:
    text = (
        "Note: The border will open in May.\n\nNote: The road is open now.\n\nIt is long and wide."
    )

    assert shown(text)[0] == "Note: The border will open in May."


@pytest.mark.parametrize("text", ["Water talks", "By Ann Lee", "今天天气"])
def test_a_heading_or_a_scrap_is_not_shown(text: str) -> None:
    assert shown(text) == []


def test_a_sentence_of_a_script_without_gaps_is_shown() -> None:
    text = "会议今天在天津举行并通过了新的宣言。"

    assert [one.shows for one in read(text, "zh")] == [True]


@pytest.mark.parametrize(
    "sentence",
    [
        "Such threats can be overcome together.",
        "This area is becoming a priority.",
        "According to him, the area is a priority.",
        "He added that the area is a priority.",
        "On leaving, he said that it was late.",
        "The inaugural meeting is in Osh.",
        "The latter is of great importance.",
        "President Karimov said this imperative grows.",
        "But a meeting must be prepared well.",
        "The two agreed on the price of water.",
    ],
)
def test_a_sentence_that_points_back_leans_on_the_one_before(sentence: str) -> None:
    text = f"The council met in the capital. {sentence}"

    assert [one.leans for one in read(text)] == [False, True]


@pytest.mark.parametrize(
    "sentence",
    [
        "Karimov said that he would build a road.",
        "The Kazakh president opened a mill.",
        "In Osh, Karimov opened his mill.",
        "The council met for the first time.",
    ],
)
def test_a_sentence_that_names_its_own_does_not_lean(sentence: str) -> None:
    text = f"The council met in the capital. {sentence}"

    assert [one.leans for one in read(text)] == [False, False]


def test_the_first_sentence_leans_on_nothing() -> None:
    assert not read("He opened the mill in the town of Osh.")[0].leans
