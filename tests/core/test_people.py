import time

import pytest

from bot.core.languages import NEUTRAL, language
from bot.core.people import Person, capitalised, people

ENGLISH = language("en")


def person(name: str, short: str, role: str, title: str) -> Person:
    return Person(name=name, short=short, role=role, title=title)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Chinese President Xi Jinping spoke. Xi left.",
            person("Xi Jinping", "Xi", "head of state", "president"),
        ),
        (
            "Kazakhstan's President Kassym-Jomart Tokayev spoke. Tokayev left.",
            person("Kassym-Jomart Tokayev", "Tokayev", "head of state", "president of kazakhstan"),
        ),
        (
            "President of Kazakhstan Kassym-Jomart Tokayev spoke. Kazakhstan agreed.",
            person(
                "Kassym-Jomart Tokayev",
                "Kassym-Jomart Tokayev",
                "head of state",
                "president of kazakhstan",
            ),
        ),
        (
            "President of South Africa Cyril Ramaphosa spoke. Ramaphosa left.",
            person("Cyril Ramaphosa", "Ramaphosa", "head of state", "president of south africa"),
        ),
        (
            (
                "President of the United Arab Emirates Mohamed bin Zayed came. "
                "The United Arab Emirates agreed."
            ),
            person(
                "Mohamed bin Zayed",
                "Mohamed bin Zayed",
                "head of state",
                "president of united arab emirates",
            ),
        ),
        (
            (
                "Minister of Foreign Affairs of the Republic of Kazakhstan Murat Nurtleu came. "
                "Kazakhstan agreed."
            ),
            person(
                "Murat Nurtleu",
                "Murat Nurtleu",
                "minister",
                "minister of foreign affairs of kazakhstan",
            ),
        ),
        (
            "Foreign Minister Wang Yi came. Then Wang left. Wang’s plane was late.",
            person("Wang Yi", "Wang", "minister", "foreign minister"),
        ),
        (
            "Wang Yi, China's foreign minister, came.",
            person("Wang Yi", "Wang Yi", "minister", "foreign minister of china"),
        ),
        (
            "On Monday Wang Yi, the foreign minister, came.",
            person("Wang Yi", "Wang Yi", "minister", "foreign minister"),
        ),
        (
            "Saudi Prime Minister Mohammed bin Salman came.",
            person(
                "Mohammed bin Salman", "Mohammed bin Salman", "head of government", "prime minister"
            ),
        ),
        (
            "Commission President Ursula von der Leyen spoke.",
            person("Ursula von der Leyen", "Ursula von der Leyen", "head of state", "president"),
        ),
        (
            "Turkish President Recep Tayyip Erdoğan’s speech was long. Erdoğan left.",
            person("Recep Tayyip Erdoğan", "Erdoğan", "head of state", "president"),
        ),
        (
            "Senator John F. Kennedy spoke.",
            person("John F. Kennedy", "John F. Kennedy", "senator", "senator"),
        ),
        (
            "President Xi Jinping Monday said no.",
            person("Xi Jinping", "Xi Jinping", "head of state", "president"),
        ),
    ],
)
def test_a_person_is_known_by_name_and_office(text: str, expected: Person) -> None:
    assert people(text, ENGLISH) == (expected,)


@pytest.mark.parametrize(
    ("text", "title", "role"),
    [
        ("Former President Nursultan Nazarbayev came.", "former president", ""),
        ("Vice-President Ivan Petrov came.", "vice president", ""),
        ("Vice President Ivan Petrov came.", "vice president", "vice president"),
        ("Deputy Governor Ivan Petrov came.", "deputy governor", ""),
        ("Deputy Foreign Minister Ivan Petrov came.", "deputy foreign minister", "deputy minister"),
    ],
)
def test_a_deputy_or_former_holder_is_no_holder(text: str, title: str, role: str) -> None:
    (found,) = people(text, ENGLISH)

    assert (found.title, found.role) == (title, role)


@pytest.mark.parametrize(
    "text",
    [
        "President of Kazakhstan Tokayev spoke. Kazakhstan agreed.",
        "President of Kazakhstan Kassym-Jomart Tokayev spoke.",
        "President of the United Arab Emirates spoke. The United Nations agreed. Emirates flew.",
        "President of South Africa Ramaphosa spoke. Ramaphosa left.",
        "President of Sri Lanka spoke.",
        "The president spoke. President Tokayev spoke.",
        "In Beijing Wang Yi, the foreign minister, spoke.",
        "General Electric Company and General Motors grew.",
        "The President of The Council spoke.",
        "President Aa Bb Cc Dd Ee Ff Gg spoke.",
        "Ivan Petrov spoke.",
        "",
    ],
)
def test_who_cannot_be_told_for_sure_is_left_out(text: str) -> None:
    assert people(text, ENGLISH) == ()


def test_people_come_in_order_and_once() -> None:
    text = (
        "President Xi Jinping met Vladimir Putin, the Russian president. "
        "Prime Minister Narendra Modi met President Xi Jinping."
    )

    names = [found.name for found in people(text, ENGLISH)]

    assert names == ["Xi Jinping", "Narendra Modi"]


def test_a_language_without_offices_names_nobody() -> None:
    assert people("President Xi Jinping. 国家主席习近平。", NEUTRAL) == ()


def test_capitalised_words_stand_together_as_names_do() -> None:
    text = "Xi Jinping's plan met Ursula von der Leyen’s in 天津 and Ivan."

    assert capitalised(text) == ["Xi Jinping", "Ursula von der Leyen", "Ivan"]


@pytest.mark.parametrize(
    "piece", ["Word ", "A-", "A'", "A. ", "President Ivan Petrov said. ", "President of Aa Bb Cc. "]
)
def test_a_long_text_of_names_is_read_in_seconds(piece: str) -> None:
    begun = time.process_time()

    people(piece * (150_000 // len(piece)), ENGLISH)

    assert time.process_time() - begun < 5


def test_a_letter_that_grows_in_small_print_moves_no_name() -> None:
    text = "İİİİ President of Kazakhstan Kassym-Jomart Tokayev came. Kazakhstan and Tokayev agree."

    assert [person.name for person in people(text, ENGLISH)] == ["Kassym-Jomart Tokayev"]
