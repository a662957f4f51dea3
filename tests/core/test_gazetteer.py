"""Names and topics of a beat are found by any of their words, and whole words only."""

import pytest

from bot.core.gazetteer import Actor, Gazetteer, Kind, Topic
from bot.core.languages import language
from bot.core.match import matches
from bot.core.values import Article
from bot.core.words import stems

ENGLISH = language("en")
KNOWN = Gazetteer(
    actors=(
        Actor(
            name="Kassym-Jomart Tokayev",
            kind=Kind.PERSON,
            aliases=("Tokayev", "Toqayev"),
        ),
        Actor(name="Oman", kind=Kind.COUNTRY, aliases=("Sultanate of Oman",)),
        Actor(name="United Nations", kind=Kind.ORGANISATION, aliases=("UN",)),
    ),
    topics=(Topic(name="transport", words=("railway", "sea port")),),
)


def about(text: str, words: str, gazetteer: Gazetteer = KNOWN) -> bool:
    return matches(Article(id="a", source="s", text=text), words, gazetteer)


@pytest.mark.parametrize("words", ["Tokayev", "toqayev", "Kassym-Jomart Tokayev", "Toqayev mill"])
def test_a_person_is_found_by_any_name(words: str) -> None:
    assert about("Tokayev opened a mill.", words)


def test_every_thing_asked_must_be_there() -> None:
    assert not about("Tokayev opened a mill.", "Toqayev bridge")
    assert not about("A mill was opened.", "Toqayev mill")


@pytest.mark.parametrize("text", ["A railway was opened.", "The sea ports are busy."])
def test_a_topic_is_found_by_any_of_its_words(text: str) -> None:
    assert about(text, "transport")
    assert about(text, "Transport")


def test_a_topics_phrase_counts_as_a_whole() -> None:
    assert not about("The port lies by the sea.", "transport")


def test_a_name_inside_another_word_is_none() -> None:
    assert not about("Romania voted.", "Oman")
    assert about("The Sultanate of Oman voted.", "Oman")


def test_a_name_of_stop_words_alone_is_still_asked_for() -> None:
    assert about("To be is all.", "be")
    assert not about("All is well.", "be")


def test_stop_words_beside_others_are_not_asked_for() -> None:
    assert about("Tokayev opened a mill.", "the mill of Toqayev")


def test_without_a_gazetteer_words_are_taken_as_they_are() -> None:
    assert not about("Tokayev opened a mill.", "Toqayev", Gazetteer())
    assert about("Tokayev opened a mill.", "mills", Gazetteer())


def test_the_names_of_an_actor_are_told() -> None:
    names = ("Kassym-Jomart Tokayev", "Tokayev", "Toqayev")

    assert KNOWN.names("toqayev", ENGLISH) == names
    assert KNOWN.names("somebody", ENGLISH) == ()


def test_the_actors_of_a_text_are_found() -> None:
    terms = stems("Tokayev spoke at the UN on Romania.", ENGLISH)

    assert [actor.name for actor in KNOWN.found(terms, ENGLISH)] == [
        "Kassym-Jomart Tokayev",
        "United Nations",
    ]
