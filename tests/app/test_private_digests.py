"""What one person alone is shown in a chat moves no number there, until all are shown it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta

from bot.app.answer import Answer
from bot.app.digest import Beat, Digests
from bot.app.ports import Edition
from bot.app.private import PrivateDigests
from bot.app.search import Searches
from bot.core.ask import Ask
from bot.core.page import Page
from bot.core.subscription import Destination
from bot.core.wording import English
from tests.fakes.asks import ask
from tests.fakes.chats import Chat as Room
from tests.fakes.facts import MemoryFacts, fact_answers
from tests.fakes.linked import linked
from tests.fakes.memory import MemoryArchive, MemoryEditions, MemoryHealths, MemorySearch
from tests.fakes.pages import text
from tests.fakes.press import NOW, StandingClock, article
from tests.fakes.stories import health
from tests.fakes.whys import whys

BEAT = Beat(title="SCO", lines=3, stories=10, max_age_days=3, zone=UTC, sources=("wire",))
HERE = Destination("", "here")


@dataclass
class Chat:
    """A chat in which people are answered, all or one alone."""

    archive: MemoryArchive = field(default_factory=MemoryArchive)
    editions: MemoryEditions = field(default_factory=MemoryEditions)
    clock: StandingClock = field(default_factory=StandingClock)
    kept: PrivateDigests = field(default_factory=PrivateDigests)

    def answers(self, *asks: Ask) -> Sequence[str]:
        healths = MemoryHealths(known={"wire": health()})
        digests = Digests(archive=self.archive, healths=healths, clock=self.clock, beat=BEAT)
        answer = Answer(
            digests=digests,
            editions=self.editions,
            facts=fact_answers(self.editions, self.clock, facts=MemoryFacts()),
            searches=Searches(
                search=MemorySearch(self.archive), archive=self.archive, clock=self.clock
            ),
            whys=whys(digests, self.archive, self.editions),
            linked=linked(self.archive, self.clock),
            settings=Room().settings(),
            words=English(),
            version="0",
            archive_file=None,
            private=self.kept,
        )

        async def answers() -> list[str]:
            return [text(await answer(each)) for each in asks]

        return asyncio.run(answers())

    def comes(self, *numbers: int) -> None:
        self.archive.add([article(number) for number in numbers], seen=self.clock.moment)

    def after(self, minutes: int) -> None:
        self.clock.moment += timedelta(minutes=minutes)


def chat(*numbers: int) -> Chat:
    made = Chat()
    made.comes(*numbers)
    return made


def alone(typed: str) -> Ask:
    return replace(ask(typed), private=True)


def test_a_private_digest_moves_no_number_of_the_chat() -> None:
    room = chat(0, 1)

    room.answers(ask("/brief harbour"))
    room.after(1)
    room.answers(alone("/brief schools"))
    typed, alone_too = room.answers(ask("/brief 1"), alone("/brief 1"))

    assert "harbour" in typed
    assert alone_too == typed


def test_a_button_of_a_private_digest_means_that_one() -> None:
    room = chat(0, 1)

    room.answers(ask("/brief harbour"))
    room.after(1)
    room.answers(alone("/brief schools"))
    made = room.editions.all[-1].made

    (story,) = room.answers(replace(alone("/brief 1"), made=made))
    assert "rural schools" in story


def test_where_nothing_was_shown_to_all_a_number_means_the_news_of_now() -> None:
    room = chat(0)

    first, again = room.answers(alone("/brief 1"), alone("/brief 1"))

    assert first == again
    assert first.startswith("# 1. ")
    assert [one.private for one in room.editions.all] == [True, True]


def test_a_private_digest_is_shown_to_all_as_it_was_and_moves_the_numbers() -> None:
    room = chat(0)

    (shown,) = room.answers(alone("/brief"))
    made = room.editions.all[-1].made
    room.after(5)
    room.comes(1, 2)
    to_all, story = room.answers(replace(ask("/brief"), made=made), ask("/brief 1"))

    assert to_all == shown
    assert room.editions.published["here"] == Edition(
        destination="here", made=made, stories=(("wire/0.txt",),)
    )
    assert "harbour" in story


def test_a_private_digest_that_is_forgotten_is_made_anew_for_all() -> None:
    room = chat(0)

    room.answers(alone("/brief"))
    made = room.editions.all[-1].made
    room.after(5)
    room.comes(1)
    room.kept = PrivateDigests()
    (to_all,) = room.answers(replace(ask("/brief"), made=made))

    assert "harbour" in to_all
    assert "schools" in to_all
    assert room.editions.published["here"].made == made + timedelta(minutes=5)


def test_a_private_digest_of_another_chat_is_not_shown() -> None:
    room = chat(0)

    room.answers(alone("/brief"))
    made = room.editions.all[-1].made
    room.after(5)
    room.answers(replace(ask("/brief", of="there"), made=made))

    assert room.editions.published["there"].made > made


def test_only_the_latest_are_remembered() -> None:
    kept = PrivateDigests(most=2)
    editions = [
        Edition(destination=str(HERE), made=NOW + timedelta(days=day), stories=(), private=True)
        for day in range(3)
    ]

    for number, edition in enumerate(editions):
        kept.keep(Page((), str(number)), edition)

    assert kept.of(HERE, editions[0].made) is None
    assert kept.of(HERE, editions[2].made) == (Page((), "2"), replace(editions[2], private=False))
