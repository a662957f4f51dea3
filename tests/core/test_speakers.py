import time

import pytest

from bot.core.languages import NEUTRAL, language
from bot.core.people import people
from bot.core.quotations import quotations
from bot.core.speakers import Attributed, attribute

ENGLISH = language("en")
#: Introduces the only person with an office that most of these articles know.
INTRODUCED = "Kazakh President Kassym-Jomart Tokayev arrived. "
TOKAYEV = "Kassym-Jomart Tokayev"


def read(text: str) -> tuple[Attributed, ...]:
    return attribute(text, quotations(text), people(text, ENGLISH), ENGLISH)


def speakers(text: str) -> list[tuple[str, str | None] | None]:
    """Return the label and name of each quotation's speaker."""
    return [
        (item.speaker.label, item.speaker.name) if item.speaker else None for item in read(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“We will help,” Tokayev said.",
        "“We will help,” said Tokayev.",
        "“We will help,” Tokayev later said at the summit.",
        "“We will help,” Tokayev also told Xi Jinping.",
        "“We will help,” said Tokayev, who came on Monday.",
        "“We will help,” said Tokayev at the summit in Tianjin.",
        "“We will help”, Tokayev said.",
        "“We will help.” Tokayev said.",
        "“Will we help?” Tokayev asked.",
        "“Will we help?” Tokayev asked on Monday.",
        "“We will help” Tokayev said on Monday.",
        '"We will help," Tokayev said.',
        "«We will help», Tokayev said.",
        "‘We will help you all now,’ Tokayev said.",
        "“We will help,” according to Tokayev.",
        "“We will help,” – Tokayev said.",
        "“We will help,” Tokayev\nsaid.",
        "Tokayev said: “We will help.”",
        "Tokayev said, “We will help.”",
        "Tokayev said on Monday, “We will help.”",
        "Tokayev told reporters on Monday: “We will help.”",
        "Tokayev said that “help is near”.",
        "On Monday, Tokayev said: “We will help.”",
        "According to Tokayev, “help is near”.",
    ],
)
def test_a_speaker_stands_before_or_behind_his_words(text: str) -> None:
    assert speakers(INTRODUCED + text) == [("Tokayev", TOKAYEV)]


@pytest.mark.parametrize(
    "label",
    [
        "Kassym-Jomart Tokayev",
        "President Tokayev",
        "Kazakh President Tokayev",
        "President of Kazakhstan Tokayev",
        "Mr. Tokayev",
        "Kazakh leader Tokayev",
        "the president",
        "the President",
        "the head of state",
        "the Kazakh president",
        "he",
        "He",
    ],
)
def test_a_label_resolves_to_the_only_person_it_can_mean(label: str) -> None:
    assert speakers(f"{INTRODUCED}“We will help,” {label} said.") == [(label, TOKAYEV)]


@pytest.mark.parametrize(
    "label",
    [
        "a spokesman for President Tokayev",
        "Tokayev's wife",
        "Tokayev and Putin",
        "the Chinese president",
        "the minister",
        "the Kremlin",
        "Lavrov",
        "Kazakh farmers",
        "the U.N.",
        "they",
        "we",
    ],
)
def test_a_label_that_may_mean_another_stays_as_printed(label: str) -> None:
    assert speakers(f"{INTRODUCED}“We will help,” {label} said.") == [(label, None)]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Ivanka Tokayev", "Ivanka Tokayev"),
        ("analyst Ivan Petrov", "Ivan Petrov"),
        ("Dr. Ivan Petrov", "Ivan Petrov"),
        ("the Foreign Ministry", "Foreign Ministry"),
        ("the Bank of Japan", "Bank of Japan"),
        ("the farmers' union Ak Jol", "Ak Jol"),
        ("managing director Ivan Petrov", "Ivan Petrov"),
        ("Ivan Petrov of the union", "Ivan Petrov"),
        ("Ivan Petrov for the union", "Ivan Petrov"),
    ],
)
def test_a_name_stands_without_rank_or_article(label: str, name: str) -> None:
    assert speakers(f"{INTRODUCED}“We will help,” {label} said.") == [(label, name)]


@pytest.mark.parametrize(
    "text",
    [
        "“We will help,” Berik Uali said.",
        "“We will help,” said Berik Uali, the spokesman for Tokayev.",
        "“We will help,” Berik Uali, spokesman for Tokayev, said.",
        "Berik Uali, the spokesman for Tokayev, said: “We will help.”",
        "They came. Berik Uali, spokesman for Tokayev, said: “We will help.”",
    ],
)
def test_a_full_name_names_its_bearer(text: str) -> None:
    assert speakers(INTRODUCED + text) == [("Berik Uali", "Berik Uali")]


@pytest.mark.parametrize(
    "text",
    [
        "“We will help.” Xi said China will help too.",
        "“We will help.” Xi said, and left.",
        "“We will help,” Tokayev never said.",
        "“We will help,” said on Monday Tokayev.",
        "“We will help,” it is said.",
        "“We will help,” they all then left and said.",
        "“We will help,” Xi, it, then said.",
        "“We will help,” said Tokayev praising Xi Jinping.",
        "“We will help,” said by Tokayev.",
        "“We will help,” the very same old one said.",
        "“We will help,” said " + "Aa " * 20,
        "“Will we help?” Tokayev asked reporters.",
        "“We will help,” praising Xi said.",
        "“We will help,” Berik Uali, the spokesman, left.",
        "“We will help,” Berik Uali, the spokesman.",
        "“We will help,” said then.",
        "“We will help,”",
        "After talks with Putin Tokayev said: “We will help.”",
        "Xi thanked Tokayev, saying: “We will help.”",
        "Tokayev recalled what Xi told him: “We will help.”",
        "Tokayev said, and Xi said: “We will help.”",
        "Tokayev said to Xi “We will help.”",
        "Tokayev said yes, “We will help.”",
        "The speech by Tokayev: “We will help.”",
        "Then, it seems, said: “We will help.”",
        "Tokayev said. “We will help.”",
        "He praised the “Shanghai spirit” Tokayev said.",
        "Tokayev called it a “historic chance” at the summit.",
        "Tokayev came " + "and went " * 40 + "said: “We will help.”",
    ],
)
def test_an_uncertain_attribution_is_none(text: str) -> None:
    assert speakers(INTRODUCED + text) == [None]


SAID = ("Tokayev", TOKAYEV)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We help,” Tokayev said, “and we stay.”", [SAID, SAID]),
        ("“We help,” Tokayev said. “We stay.”", [SAID, SAID]),
        ("“We help,” Tokayev said at the summit. “We stay.” “We go.”", [SAID, SAID, SAID]),
        ("“We help. We stay.” “Yes, we do,” Tokayev said.", [SAID, SAID]),
        ("“We help,” Tokayev said. Xi smiled. “We stay.”", [SAID, None]),
        ("“We help,” Tokayev said. Xi answered with a smile. “No.”", [SAID, None]),
        ("“We help,” Tokayev said, while Xi replied. “We stay.”", [SAID, None]),
        ("“We help,” Tokayev said. He liked “soft power” then.", [SAID, None]),
        ("“We help,” Tokayev said: “We agree.”", [None, SAID]),
        ("“We help.” Tokayev said, “We agree.”", [None, SAID]),
        ("“We help,” Tokayev said. “No,” Lavrov said.", [SAID, ("Lavrov", None)]),
        ("“We help.”\n\nTokayev said: “We go.”", [None, SAID]),
        ("“We help,” Tokayev said.\n\n“We go.”", [SAID, None]),
    ],
)
def test_neighbours_share_a_speaker_only_when_nothing_stands_between(
    text: str, expected: list[tuple[str, str | None] | None]
) -> None:
    assert speakers(INTRODUCED + text) == expected


def test_a_quotation_of_several_paragraphs_has_one_speaker() -> None:
    assert speakers(f"{INTRODUCED}\n\n“We go on.\n\n“And on,” Tokayev said.") == [SAID, SAID]
    assert speakers(f"{INTRODUCED}Tokayev said: “We go on.\n\n“And on.”") == [SAID, SAID]


def test_a_forgotten_mark_gives_nobody_the_words_of_another() -> None:
    assert speakers(f"{INTRODUCED}\n\n“We go, said Xi.\n\n“No,” Tokayev said.") == [None, SAID]


def test_words_without_an_opening_mark_lend_their_speaker_to_the_quotation_beside_them() -> None:
    text = f"{INTRODUCED}\n\n“We go.” Then they left. We stay,” the president said."

    assert speakers(text) == [("the president", TOKAYEV)]


def test_two_holders_of_an_office_leave_it_unresolved() -> None:
    text = "President Xi Jinping met President Vladimir Putin. “Yes,” the president said."

    assert speakers(text) == [("the president", None)]


def test_two_of_one_name_leave_it_unresolved() -> None:
    text = "Minister Ivan Petrov met Governor Oleg Petrov. “Yes,” Petrov said."

    assert speakers(text) == [("Petrov", None)]


def test_an_office_with_its_country_tells_two_holders_apart() -> None:
    text = (
        "Kazakhstan's President Kassym-Jomart Tokayev met China's President Xi Jinping. "
        "“Yes,” the Chinese president said. “No,” the President of Kazakhstan said."
    )

    assert [who and who[1] for who in speakers(text)] == ["Xi Jinping", TOKAYEV]


def test_a_short_country_is_known_by_its_whole_name() -> None:
    text = "Mali's President Aa Keita came. “Yes,” the Malian president said."

    assert speakers(text) == [("the Malian president", "Aa Keita")]


def test_a_former_president_is_not_the_president() -> None:
    text = "Former President Nursultan Nazarbayev came. “Yes,” the president said."

    assert speakers(text) == [("the president", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Farmer Ivan Petrov saw Oleg Orlov. “We help,” he said.",
        "Petrov, a farmer, saw it. “We help,” he said.",
        "Everybody saw it. " + "It rained. " * 80 + "“We help,” he said.",
        "“Yes,” Lavrov said. “We help,” he said.",
        "“Yes,” she said. “We help,” he said.",
    ],
)
def test_a_pronoun_with_two_that_it_may_mean_is_unresolved(text: str) -> None:
    assert speakers(INTRODUCED + text)[-1] == ("he", None)


def test_a_pronoun_means_the_only_person_named_near_it() -> None:
    text = (
        f"{INTRODUCED}“We help,” he said. “We stay.”\n\n{'It rained on. ' * 50}\n\n"
        "President Xi Jinping came. “We agree,” he said."
    )

    assert speakers(text)[0] == ("he", TOKAYEV)
    assert speakers(text)[-1] == ("he", "Xi Jinping")


def test_an_office_that_a_crowd_holds_is_unresolved() -> None:
    names = [f"A{letter}a" for letter in "bcdefghijklmnopqrstuvwxyz"]
    crowd = " ".join(f"China's President Xx {name} came." for name in names)

    assert speakers(f"{crowd} “Yes,” the Chinese president said.")[-1] == (
        "the Chinese president",
        None,
    )


def test_the_attribution_says_where_it_stands() -> None:
    text = "“We go,” said Xi at noon."

    (found,) = read(text)

    assert found.said
    assert found.said.of(text) == " said Xi at noon"


def test_without_words_of_a_language_nobody_speaks() -> None:
    text = "他说：“我们去。”"

    (found,) = attribute(text, quotations(text), (), NEUTRAL)

    assert found.speaker is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        '"a" ',
        "“We go,” Xi said. ",
        '."\'")',
        "他说。“我们”",
        "“Go\n",
        "Hello” Xi said.\n",
        '."((((',
    ],
)
def test_a_long_text_of_quotations_is_attributed_in_seconds(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    marks = quotations(text)
    begun = time.process_time()

    attribute(text, marks, people(text, ENGLISH), ENGLISH)

    assert time.process_time() - begun < 5


@pytest.mark.parametrize("name", ["Ding Xu", "Ahmed Hassan", "Mohammed bin Salman", "Ming Li"])
def test_a_name_may_sound_like_a_participle(name: str) -> None:
    assert speakers(f"“Half of it is done,” {name} said.") == [(name, name)]
    assert speakers(f"“Half of it is done,” said {name}.") == [(name, name)]


@pytest.mark.parametrize("owner", ["A's", "A’s", "Z's"])
def test_a_letter_that_owns_something_is_nobody(owner: str) -> None:
    text = f"“We have won the game,” Li Wen said of the {owner} season. “It was ours,” she said."

    assert speakers(text)[0] == ("Li Wen", "Li Wen")
