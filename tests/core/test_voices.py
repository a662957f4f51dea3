import time

import pytest

from bot.core.languages import language
from bot.core.people import people
from bot.core.quotations import quotations
from bot.core.speakers import attribute

ENGLISH = language("en")


def voices(text: str) -> list[str | None]:
    """Return the speaker of each quotation, or None where the article leaves a doubt."""
    found = attribute(text, quotations(text), people(text, ENGLISH), ENGLISH)
    return [
        (item.speaker.name or item.speaker.label) if item.speaker and item.certain else None
        for item in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Teo Wei Ling, an economist, was calm. “We go,” Teo said.", "Teo Wei Ling"),
        ("Economist Razif Hamdan came. “We go,” said Razif.", "Razif Hamdan"),
        ("Ecologist Ann Li came. “We go,” Li said.", "Ann Li"),
        ("One of the men, Omar Sy, came. “We go,” Sy said.", "Omar Sy"),
        ("Omar Sy came. “We go,” O. Sy said.", "Omar Sy"),
        ("Omar Ali Sy came. “We go,” Omar Sy said.", "Omar Ali Sy"),
        ("Omar Ali Sy came. “We go,” Ali Omar Sy Bah said.", "Ali Omar Sy Bah"),
        ("Aa Sarr, the minister, met Bb Sarr. “We go,” Sarr said.", "Sarr"),
        ("Mali's Omar Sy came on Monday. “We go,” Sy said.", "Omar Sy"),
        (
            "Irrigation Minister Aa Bah left. Secretary Irrigation Omar Sy came. “No,” Sy said.",
            "Omar Sy",
        ),
        ("President of Mali Omar Sy came. “We go,” Omar Sy said.", "Omar Sy"),
        ("“We go,” President of Mali Omar Sy said.", None),
        ("President of Mali Omar Sy came. Mali won. “We go,” Sy said.", "Omar Sy"),
        ("In Kayes Omar Sy came. “We go,” Sy said.", "Sy"),
    ],
)
def test_a_name_is_given_in_its_fullest_form(text: str, expected: str | None) -> None:
    assert voices(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deputy Transport Minister Omar Sy came. “We go,” the deputy minister said.", "Omar Sy"),
        ("Deputy Transport Minister Omar Sy came. “We go,” the minister said.", None),
        ("Transport Minister Omar Sy came. “We go,” the minister said.", "Omar Sy"),
        ("Transport Minister Omar Sy came. “We go,” the foreign minister said.", None),
        ("The coach, Omar Sy, came. “We go,” the coach said.", "Omar Sy"),
        ("Asked by the coach, Omar Sy, he went. “We go,” the coach said.", "Omar Sy"),
        ("After talks with the coach, Omar Sy left. “We go,” the coach said.", None),
        ("Omar Sy, 41, the coach of the team, came. “We go,” the coach said.", "Omar Sy"),
        ("Tired, Omar Sy, the coach, came. “We go,” the coach said.", "Omar Sy"),
        ("Omar Sy, coach of the team, came. “We go,” the coach said.", "Omar Sy"),
        ("Omar Sy, met by the coach, came. “We go,” the coach said.", None),
        ("The Uzbek coach, Omar Sy, came. “We go,” the Uzbek coach said.", "Omar Sy"),
        ("Coach Omar Sy met coach Ali Bah. “We go,” the coach said.", "the coach"),
        (
            "The body's secretary, Omar Sy, came. “We go,” said the secretary of the body.",
            "Omar Sy",
        ),
        (
            (
                "The president of Mali, Aa Sy, met the president of Chad, Bb Bah. "
                "“We go,” the president of Chad said."
            ),
            "Bb Bah",
        ),
        (
            (
                "President Aa Sy of Mali met President Bb Bah of Chad. "
                "“We go,” the president of Chad said."
            ),
            "Bb Bah",
        ),
        ("“We go,” the witness said.", None),
        ("“We go,” its director said.", None),
        ("“We go,” a tenant said.", "a tenant"),
        ("“We go,” one of the tenants said.", "one of the tenants"),
        ("“We go,” a woman said. The woman, Omar Sy, left.", None),
        ("“We go,” said a diplomat from one of the eight.", "a diplomat"),
    ],
)
def test_a_role_word_names_the_only_one_it_fits(text: str, expected: str | None) -> None:
    assert voices(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The World Bank cut it. “We go,” the bank said.", "World Bank"),
        ("The National Bank of Chad cut it. “We go,” the bank said.", "National Bank of Chad"),
        ("The World Bank met the Asian Bank. “We go,” the bank said.", "the bank"),
        ("The central bank cut it. “We go,” the bank said.", "the bank"),
        ("The Bank met. “We go,” the bank said.", "the bank"),
        ("The World Bank met. “We go,” the state bank said.", "the state bank"),
        ("The World Bank met. “We go,” it said.", "World Bank"),
        ("The World Bank met.\n\n“We go,” it said.", "World Bank"),
        ("The rain came to the World Bank. “We go,” it said.", None),
        ("“We go,” it said.", None),
        ("“We go,” the company said.", None),
        ("“We go,” World Bank said.", "World Bank"),
        ("The World Bank met. " * 201 + "“We go,” the bank said.", "World Bank"),
    ],
)
def test_a_body_is_known_by_its_noun(text: str, expected: str | None) -> None:
    assert voices(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police chief Omar Sy denied it. “We go,” he said.", "Omar Sy"),
        ("On Monday it rained, coach Omar Sy said. “We go,” he said.", "Omar Sy"),
        ("Rain fell on coach Omar Sy. “We go,” he said.", "Omar Sy"),
        ("Coach Omar Sy spoke. Rain fell on Lake Van Gol. “We go,” he said.", None),
        ("Rain, which fell on coach Omar Sy. “We go,” he said.", "Omar Sy"),
        ("Coach Omar Sy spoke.\n\nThe rain came.\n\n“We go,” he said.", "Omar Sy"),
        ("Coach Omar Sy spoke.\n\nThe mayor laughed.\n\n“We go,” he said.", None),
        ("Coach Omar Sy spoke.\n\nA man laughed.\n\n“We go,” he said.", None),
        ("Coach Omar Sy spoke. His wife disagreed. “We go,” she said.", None),
        ("Coach Omar Sy spoke. The coach laughed. “We go,” he said.", "Omar Sy"),
        ("Coach Omar Sy met coach Ali Bah. “We go,” he said.", None),
        ("Coach Omar Sy spoke. Coach Ali Bah laughed. Rain fell. “We go,” he said.", None),
        ("Coach Omar Sy spoke. She laughed. “We go,” he said.", None),
        ("Coach Omar Sy said he was glad. The rain fell. “We go,” she said.", None),
        ("Coach Omar Sy spoke. He left.\n\nCoach Omar Sy spoke. “We go,” she said.", None),
        ("The student, coach Omar Sy, spoke. “We go,” he said.", "Omar Sy"),
        ("Omar Sy, the coach, spoke. “We go,” he said.", "Omar Sy"),
        ("“No,” coach Omar Sy said.\n\n“Yes,” coach Ali Bah said.\n\n“We go,” he said.", "Ali Bah"),
        ("Coach Omar Sy spoke. “No,” Orlov said. Rain fell. “We go,” he said.", None),
        ("Coach Omar Sy spoke.\n\n" + "Rain fell. " * 90 + "\n\n“We go,” he said.", None),
        ("Coach Omar Sy spoke. “We go,” they said.", None),
        ("Coach Omar Sy spoke.\n\n“No. We go.” “We stay,” he said.", "Omar Sy"),
        ("“We go,” he said.", None),
    ],
)
def test_a_pronoun_means_whom_the_sentence_before_it_speaks_of(
    text: str, expected: str | None
) -> None:
    assert voices(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Omar Sy called the plan “a gift to those who smoke”.", "Omar Sy"),
        ("The premier, Omar Sy, called it “a gift to those who smoke”.", "Omar Sy"),
        ("Omar Sy, the premier, called it “a gift to those who smoke”.", "Omar Sy"),
        ("KAYES, Mali (AP) - The premier, Omar Sy, called it “a gift to smokers here”.", "Omar Sy"),
        ("KAYES: But Omar Sy recently said it was “a gift to those who smoke”.", "Omar Sy"),
        ("Omar Sy said it was “bad” and called it “a gift to those who smoke”.", "Omar Sy"),
        ("Omar Sy said Ali Bah had called it “a gift to those who smoke”.", None),
        ("Omar Sy denied it was “a gift to those who smoke”.", None),
        ("Omar Sy said the sign read “no gift to those who smoke”.", None),
        ("Omar Sy said it stood on the sign “no gift to those who smoke”.", None),
        ("Omar Sy said it was in the words of his mother “a gift to all”.", None),
        ("A sign said it was “a gift to those who smoke”.", None),
        ("In May, in June, called “a gift to those who smoke”, it came.", None),
        ("In the book, called “a gift to those who smoke”, it came.", None),
        ("In May called “a gift to those who smoke”, it came.", None),
        ("It was " + "in May " * 90 + "said “a gift to those who smoke”.", None),
        ("The book was “a gift to those who smoke”.", None),
        ("Omar Sy was blunt: “Nobody here has smoked.”", "Omar Sy"),
        ("Omar Sy was blunt with Ali Bah: “Nobody here has smoked.”", None),
        ("Omar Sy showed what the sign reads: “Nobody here has smoked.”", None),
        ("The coach, Omar Sy, put it so: “Nobody here has smoked.”", "Omar Sy"),
        ("The coach, Omar Sy, put it to Ali Bah: “Nobody here has smoked.”", None),
        ("Omar Sy: “Nobody here has smoked.”", "Omar Sy"),
        ("One thing: he was, so they went: “Nobody here has smoked.”", None),
        ("It was cold, it was dark, it rained: “Nobody here has smoked.”", None),
        ("Omar Sy smiled and said: “Nobody here has smoked.”", "Omar Sy"),
        ("Omar Sy thanked Ali Bah and said: “Nobody here has smoked.”", None),
        ("The sign at the gate “Nobody here has smoked” fell.", None),
        ("Omar Sy told the Kayes Post, “Nobody here has smoked.”", "Omar Sy"),
    ],
)
def test_words_quoted_inside_a_sentence_are_its_subjects(text: str, expected: str | None) -> None:
    assert voices(text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "“We,” said Omar Sy, the coach, “go on and on.”",
        "“We,” Omar Sy said, adding: “We go on.”",
        "“We,” said the coach, Omar Sy. “We go on.”",
        "“We,” the coach, Omar Sy, said. “We go on.”",
        "“We,” coach Omar Sy, 41, said. “We go on.”",
        "The coach, Omar Sy, said: “We go.” “We go on,” Sy said.",
        "“We,” — said Omar Sy. “We go on.”",
    ],
)
def test_a_name_beside_an_office_speaks_for_it(text: str) -> None:
    assert voices(text) == ["Omar Sy", "Omar Sy"]


@pytest.mark.parametrize(
    "text",
    [
        "“We go,” the sign said.",
        "“We go,” the coach, it seems, said.",
        "“We go,” one of said.",
        "“We go,” the man that Ali said.",
        "It rained (hard), said: “We go.”",
        "“We go,” said the coach, who left.",
    ],
)
def test_what_cannot_speak_is_no_speaker(text: str) -> None:
    assert voices(text) == [None]


def test_a_text_in_capitals_has_speakers_too() -> None:
    text = (
        "DOCKERS VOTED TO END IT, UNION LEADER OMAR SY SAID. “WE GO BACK,” SY TOLD A RALLY. "
        "“THEY'LL GO,” SAID THE AUTHORITY'S CHAIRWOMAN, ANNA LI. “GO,” A SIGN SAID."
    )

    assert voices(text) == ["OMAR SY", "ANNA LI", None]


def test_a_family_name_that_a_crowd_bears_names_nobody() -> None:
    crowd = " ".join(f"Coach A{letter}a Sy came." for letter in "bcdefghijklmnopqrstuvwxyz")

    assert voices(f"{crowd} “We go,” Sy said.") == ["Sy"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "President Ivan Petrov said. “We go on and on,” he said. ",
        "The World Bank A said. “We go on and on,” the bank said. ",
        "He called it “a gift to all of them”. ",
        "“We go,” it said.\n",
    ],
)
def test_a_long_text_of_speakers_is_read_in_seconds(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begun = time.process_time()

    voices(text)

    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Coach Omar Sy said: “The road is safe.” Engineer Ali Bah disagreed. “No,” he said.",
            "Ali Bah",
        ),
        (
            'Coach Omar Sy asked: "Is it safe?" Engineer Ali Bah disagreed. "No," he said.',
            "Ali Bah",
        ),
        ("Coach Omar Sy said: “They lie!” Ali Bah, a chemist, left. “No,” he said.", "Ali Bah"),
        ("Coach Omar Sy said: “They lie.” Rain fell on chemist Ali Bah. “No,” he said.", None),
        ("Coach Omar Sy said: “They lie.” He left. “We go,” he said.", "Omar Sy"),
        ("Coach Omar Sy came.\n\n“We go!”\n\n“We stay,” he said.", "Omar Sy"),
    ],
)
def test_a_sentence_that_ends_inside_its_quotation_hides_no_later_subject(
    text: str, expected: str | None
) -> None:
    assert voices(text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lawyer Eva Sy questioned Bah for two hours. “No,” he replied. Ali Bah is accused.",
        "Judge Eva Sy asked Bah if he was guilty. “No,” he answered.",
        "Striker Omar Sy passed to Bah. “We won,” he said.",
        "Coach Omar Sy spoke. Bah laughed. “We won,” he said. Ali Bah is here.",
        "Coach Omar Sy spoke. Then Bah laughed. “We won,” he said.",
        "Coach Omar Sy spoke.\n\nThe crowd cheered Bah.\n\n“We won,” he said.",
    ],
)
def test_a_bare_surname_may_be_the_one_who_speaks_next(text: str) -> None:
    assert voices(text)[-1] is None


@pytest.mark.parametrize(
    "text",
    [
        "Coach Omar Sy came to Kayes. “We won,” he said.",
        "Coach Omar Sy spoke in Kayes on Monday. “We won,” he said.",
        "Coach Omar Sy praised Tokyo. “We won,” he said.",
        "Coach Omar Sy accused Russia of lying. “We won,” he said.",
        "Coach Omar Sy told Reuters on Monday. “We won,” he said.",
        "Coach Omar Sy thanked UN staff and Mali's army. “We won,” he said.",
        "Coach Omar Sy crossed the Niger. “We won,” he said.",
        "Coach Omar Sy met Malian farmers. “We won,” he said.",
        "Coach Omar Sy praised Kayes. “We won,” he said. It rained in Kayes.",
        "Coach Omar Sy joined NATO. “We won,” he said.",
        "Coach Omar Sy won. Rain fell. “We won,” he said.",
        "Coach Omar Sy won. Omar wept. “We won,” he said.",
    ],
)
def test_a_place_or_a_nation_is_no_bare_surname(text: str) -> None:
    assert voices(text)[-1] == "Omar Sy"
