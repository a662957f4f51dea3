"""A chat follows topics, and sees at once what they find."""

import pytest

from bot.core.gazetteer import Actor, Gazetteer, Kind, Topic
from bot.core.settings_commands import MAX_TOPICS
from tests.fakes.asks import MEMBER
from tests.fakes.chats import HERE, Chat
from tests.fakes.press import NOW, article

KNOWN = Gazetteer(
    actors=(Actor(name="Port Ember", kind=Kind.ORGANISATION, aliases=("Emberhaven",)),),
    topics=(Topic(name="transport", words=("railway", "harbour")),),
)


def chat() -> Chat:
    made = Chat(gazetteer=KNOWN)
    made.archive.add([article(number) for number in range(4)], seen=NOW)
    return made


def test_a_topic_tells_what_it_finds_and_that_it_narrows() -> None:
    room = chat()

    assert room.says("/follow transport") == (
        "- “transport”: 2 of the 4 articles of the last 30 days.\n"
        "The digest covers only: transport.\n"
        "Until now it covered everything.\n"
        "_Take it back: /settings undo_"
    )
    assert room.says("/follow schools, Emberhaven").split("\n") == [
        "- “schools”: 1 of the 4 articles of the last 30 days.",
        "- “Emberhaven”: 1 of the 4 articles of the last 30 days.",
        "The digest covers only: transport, schools, Emberhaven.",
        "_Take it back: /settings undo_",
    ]
    assert room.of().topics == ("transport", "schools", "Emberhaven")


def test_a_topic_that_finds_nothing_may_be_misspelt() -> None:
    assert chat().says("/follow trasnport, volcano").split("\n")[:2] == [
        (
            "- “trasnport”: 0 of the 4 articles of the last 30 days. "
            "Did you mean /follow transport? /unfollow trasnport takes the other out."
        ),
        (
            "- “volcano”: 0 of the 4 articles of the last 30 days. "
            "Is it spelt right? /unfollow volcano takes it out."
        ),
    ]


def test_a_known_topic_without_news_is_not_taken_for_misspelt() -> None:
    room = Chat(gazetteer=KNOWN)
    room.archive.add([article(1)], seen=NOW)

    assert room.says("/follow Transport").split("\n")[0] == (
        "- “Transport”: 0 of the 1 article of the last 30 days."
    )


def test_a_topic_is_taken_before_there_are_articles() -> None:
    room = Chat()

    assert room.says("/follow trade").startswith(
        "- “trade”: I have no articles of the last 30 days to try it on.\n"
    )
    assert room.of().topics == ("trade",)


def test_one_article_is_counted_as_one() -> None:
    room = Chat()
    room.archive.add([article(0)], seen=NOW)

    assert "“harbour”: 1 of the 1 article of the last 30 days." in room.says("/follow harbour")


def test_a_topic_is_followed_once() -> None:
    room = chat()
    room.says("/follow Transport")

    assert room.says("/follow transport") == (
        "- “transport” is followed already. “transport”: 2 of the 4 articles of the last 30 days."
    )
    assert room.of().topics == ("Transport",)


def test_a_chat_follows_so_many_topics_and_no_more() -> None:
    room = chat()
    room.says("/follow " + ", ".join(f"topic {number}" for number in range(MAX_TOPICS)))
    before = room.of()

    assert room.says("/follow one more") == (
        "A chat follows 20 topics at most; this one has 20. Take one out first: /unfollow topic 0"
    )
    assert room.of() == before


def test_too_many_topics_at_once_are_refused_together() -> None:
    room = chat()
    typed = "/follow " + ", ".join(f"topic {number}" for number in range(MAX_TOPICS + 1))

    assert room.says(typed).startswith("A chat follows 20 topics at most; this one has 0.")
    assert room.subscriptions.rows == {}


def test_topics_are_taken_out_again() -> None:
    room = chat()
    room.says("/follow transport, schools, energy")

    assert room.says("/unfollow SCHOOLS, transprot, budget") == (
        "- “transprot” is not followed here. Did you mean /unfollow transport?\n"
        "- “budget” is not followed here.\n"
        "The digest covers only: transport, energy.\n"
        "_Take it back: /settings undo_"
    )
    assert room.says("/unfollow all") == (
        "The digest covers everything.\n_Take it back: /settings undo_"
    )
    assert room.says("/unfollow all") == "The digest covers everything."


@pytest.mark.parametrize("typed", ["/unfollow all", "/unfollow ALL"])
def test_a_topic_called_all_is_taken_out_by_its_name(typed: str) -> None:
    room = chat()
    room.says("/follow all, energy")

    room.says(typed)

    assert room.of().topics == ("energy",)


def test_topics_are_listed_with_those_that_are_known() -> None:
    room = chat()

    assert room.says("/topics", asker=MEMBER) == (
        "# Topics of this chat\n"
        "The digest covers everything.\n"
        "I know these by all their words: transport\n"
        "_Any other words will do too: /follow transport_"
    )
    room.says("/follow Transport")
    assert room.says("/topics", asker=MEMBER) == (
        "# Topics of this chat\n"
        "- Transport\n"
        "_The digest has only what is on one of these. One less: /unfollow Transport_\n"
        "_Any other words will do too: /follow WORDS_"
    )
    assert room.of().destination == HERE
