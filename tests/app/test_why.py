"""Anybody can ask what became of an article, and hears the stage that dropped it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.app.digest import Beat, Digests
from bot.app.look import Looks
from bot.app.outbox import Job
from bot.app.ports import Edition, Found
from bot.app.revision import Revision
from bot.app.why import Drafts, Whys
from bot.core.health import Fault, Health, Reason
from bot.core.subscription import Destination, Subscription
from bot.core.values import Article, Published
from bot.core.why_page import why_page
from bot.core.wording import English
from bot.store.archive import Archive
from bot.store.database import open_database
from bot.store.desk import Desk
from bot.store.editions import Editions
from bot.store.healths import Healths
from bot.store.intake import Intake
from bot.store.search import Search
from bot.store.subscriptions import Subscriptions
from tests.fakes.pages import text
from tests.fakes.press import NOW, TEXTS, StandingClock

TEAM = Destination("loop", "team")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HARBOUR = Article(
    id="https://example.org/harbour",
    url="https://example.org/harbour",
    source="wire",
    title="Harbour reopens",
    text=TEXTS[0],
    published=Published(day=NOW.date(), at=NOW - 2 * HOUR),
    publisher="Example News",
)
SCHOOLS = replace(HARBOUR, id="wire/schools.txt", url=None, title="Schools get more", text=TEXTS[1])


@dataclass
class House:
    whys: Whys
    intake: Intake
    editions: Editions
    subscriptions: Subscriptions
    healths: Healths
    clock: StandingClock
    revision: Revision = field(default_factory=Revision)

    async def takes(self, *articles: Article, seen: datetime, imported: bool = False) -> None:
        found = [Found(article=each, version="1") for each in articles]
        await self.intake.save(found, now=seen, imported=imported)

    async def shows(self, *stories: Sequence[Article], made: datetime = NOW) -> None:
        ids = tuple(tuple(each.id for each in story) for story in stories)
        edition = Edition(destination=str(TEAM), made=made, stories=ids)
        await self.editions.publish(edition)

    async def asked(self, words: str) -> str:
        found = await self.whys.verdicts(TEAM, words)
        return text(why_page(found, words=English(), zone=UTC))


@dataclass(frozen=True)
class Remembering:
    """Says besides that these articles were shown before."""

    desk: Drafts
    ids: frozenset[str]

    async def draft(
        self, subscription: Subscription, *, shown_since: datetime, now: datetime
    ) -> Job:
        job = await self.desk.draft(subscription, shown_since=shown_since, now=now)
        return replace(job, shown=self.ids)


def hears(scene: Callable[[House], Awaitable[str]], *, stories: int = 10) -> str:
    async def play() -> str:
        async with open_database(None) as database:
            clock, healths = StandingClock(NOW), Healths(database)
            digests = Digests(
                archive=Archive(database),
                healths=healths,
                clock=clock,
                beat=Beat(title="SCO", lines=3, stories=stories, max_age_days=3, zone=UTC),
            )
            editions, subscriptions = Editions(database), Subscriptions(database)
            revision = Revision()
            whys = Whys(
                looks=Looks(digests=digests, revision=revision),
                search=Search(database),
                editions=editions,
                subscriptions=subscriptions,
                desk=Desk(database),
                language="en",
            )
            house = House(whys, Intake(database), editions, subscriptions, healths, clock, revision)
            return await scene(house)

    return asyncio.run(play())


def test_what_was_shown_is_said_with_its_story_and_score() -> None:
    async def scene(house: House) -> str:
        await house.takes(SCHOOLS, HARBOUR, seen=NOW - HOUR)
        await house.shows([SCHOOLS], [HARBOUR])
        return await house.asked("harbour")

    assert hears(scene).split("\n") == [
        "# Why · harbour",
        "## Harbour reopens",
        "_Example News · 2 September 2025 · came in 2 September 2025, 02:00_",
        "- Not dropped: it is story 2 of the digest of 2 September 2025, 03:00.",
        "- Score 1.74 = publishers 0.69 + recency 0.94 + source 0.1",
    ]


def test_a_story_of_an_older_day_has_its_score_too() -> None:
    async def scene(house: House) -> str:
        await house.takes(HARBOUR, seen=NOW - HOUR, imported=True)
        await house.shows([HARBOUR], made=NOW - HOUR)
        house.clock.moment = NOW + 5 * DAY
        return await house.asked("harbour")

    assert "- Score 1.76 = publishers 0.69 + recency 0.97 + source 0.1" in hears(scene)


def test_a_story_of_which_nothing_is_left_has_no_score() -> None:
    async def scene(house: House) -> str:
        many = [
            replace(SCHOOLS, id=f"wire/{number}.txt", title=None, text=f"Report {number} is here.")
            for number in range(1000)
        ]
        old = replace(HARBOUR, published=Published(day=date(2020, 1, 1)))
        await house.takes(old, *many, seen=NOW - 10 * DAY)
        await house.shows([old])
        return await house.asked("harbour")

    answer = hears(scene)
    assert "- Not dropped: it is story 1" in answer
    assert "Score" not in answer


def test_a_duplicate_names_the_story_that_it_repeats() -> None:
    async def scene(house: House) -> str:
        copy = replace(HARBOUR, id="wire/copy.txt", title="Port open again", url=None)
        await house.takes(HARBOUR, copy, seen=NOW - HOUR)
        await house.shows([HARBOUR, copy])
        return await house.asked("again")

    assert (
        "- A duplicate of story 1 of the digest of 2 September 2025, 03:00: “Harbour reopens”."
        in hears(scene)
    )


def test_a_duplicate_whose_original_is_gone_still_says_so() -> None:
    async def scene(house: House) -> str:
        await house.takes(HARBOUR, seen=NOW - HOUR)
        ids = (("gone", HARBOUR.id),)
        await house.editions.publish(Edition(destination=str(TEAM), made=NOW, stories=ids))
        return await house.asked("harbour")

    assert "- A duplicate of story 1 of the digest of 2 September 2025, 03:00: “”." in hears(scene)


def test_an_address_finds_its_article_by_id_or_by_link() -> None:
    async def scene(house: House) -> str:
        linked = replace(SCHOOLS, url="https://example.org/schools?utm_source=feed")
        await house.takes(HARBOUR, linked, seen=NOW - HOUR)
        by_id = await house.asked("https://example.org/harbour#top")
        by_link = await house.asked("HTTPS://example.org/schools")
        return f"{by_id}\n{by_link}"

    answer = hears(scene)
    assert "## Harbour reopens" in answer
    assert "## Schools get more" in answer


def test_an_address_that_never_came_in_is_said() -> None:
    async def scene(house: House) -> str:
        await house.takes(HARBOUR, seen=NOW - HOUR)
        return await house.asked("https://example.org/other")

    assert hears(scene).split("\n") == [
        (
            "No article at https://example.org/other has come in. "
            "I looked through 1 article, of 2 September 2025."
        ),
        # Fewer words help nobody who typed an address.
        "_What is read, and what is silent: /sources_",
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("trade", "I have no articles yet, so none on “trade”."),
        ("https://a.example/x", "I have no articles yet, so none at https://a.example/x either."),
    ],
)
def test_an_empty_archive_is_said(asked: str, said: str) -> None:
    async def scene(house: House) -> str:
        return await house.asked(asked)

    assert hears(scene).split("\n")[0] == said


def test_words_without_anything_to_find_find_nothing() -> None:
    async def scene(house: House) -> str:
        await house.takes(HARBOUR, seen=NOW - HOUR)
        return await house.asked("-harbour")

    assert hears(scene).startswith("No article with “-harbour”")


def test_an_article_on_no_topic_of_the_chat_was_filtered() -> None:
    async def scene(house: House) -> str:
        subscription = Subscription(destination=TEAM, topics=("schools", "railways"))
        await house.subscriptions.save(subscription, now=NOW - DAY)
        await house.takes(HARBOUR, seen=NOW - HOUR)
        return await house.asked("harbour")

    assert "- Filtered: this chat follows schools, railways, and it is on none of them." in hears(
        scene
    )


def test_an_article_that_was_old_when_it_came_in_is_stale() -> None:
    async def scene(house: House) -> str:
        old = replace(HARBOUR, published=Published(day=date(2025, 8, 20)))
        await house.takes(old, seen=NOW - HOUR)
        return await house.asked("harbour")

    assert "- Stale: it was more than 3 days old when it came in." in hears(scene)


def test_a_date_that_lies_ahead_is_said() -> None:
    async def scene(house: House) -> str:
        ahead = replace(HARBOUR, published=Published(day=date(2099, 1, 1)))
        await house.takes(ahead, seen=NOW - 2 * DAY)
        return await house.asked("harbour")

    assert "- Dropped: it bears a date that lies ahead, which I do not believe." in hears(scene)


def test_what_came_with_the_first_reading_is_said_to() -> None:
    async def scene(house: House) -> str:
        old = replace(HARBOUR, published=Published(day=date(2025, 8, 31)))
        await house.takes(old, seen=NOW - HOUR, imported=True)
        undated = replace(SCHOOLS, published=None)
        await house.takes(undated, seen=NOW - HOUR, imported=True)
        return f"{await house.asked('harbour')}\n{await house.asked('schools')}"

    assert hears(scene).count("- It came with the first reading of its source") == 2


def test_what_would_be_in_a_digest_made_now_is_not_dropped() -> None:
    async def scene(house: House) -> str:
        await house.takes(HARBOUR, SCHOOLS, seen=NOW - HOUR)
        return await house.asked("harbour")

    assert "- Not dropped: it would be story 1 of 2 in a digest made now." in hears(scene)


def test_below_the_cut_the_place_is_said() -> None:
    async def scene(house: House) -> str:
        newer = replace(SCHOOLS, published=Published(day=NOW.date(), at=NOW))
        await house.takes(HARBOUR, newer, seen=NOW - HOUR)
        return await house.asked("harbour")

    assert "- Below the cut: it stands 2 of 2, and a digest holds 1." in hears(scene, stories=1)


def test_below_the_cut_of_the_last_digest_is_said_too() -> None:
    async def scene(house: House) -> str:
        await house.takes(HARBOUR, SCHOOLS, seen=NOW - 2 * HOUR)
        house.clock.moment = NOW + 23 * HOUR
        await house.shows([SCHOOLS])
        return await house.asked("harbour")

    assert (
        "- Below the cut: other stories of the digest of 2 September 2025, 03:00 came first, and "
        "it holds 1." in hears(scene, stories=1)
    )


def test_what_no_digest_of_the_chat_covers_any_more_is_older() -> None:
    async def scene(house: House) -> str:
        await house.takes(HARBOUR, SCHOOLS, seen=NOW - HOUR)
        house.clock.moment = NOW + 5 * DAY
        before = await house.asked("harbour")
        await house.shows([SCHOOLS])
        return f"{before}\n{await house.asked('harbour')}"

    said = "- Not dropped, but older than what this chat's next digest covers."
    assert hears(scene).count(said) == 2


def test_an_article_beyond_the_newest_is_old() -> None:
    async def scene(house: House) -> str:
        many = [
            replace(SCHOOLS, id=f"wire/{number}.txt", title=None, text=f"Report {number} is here.")
            for number in range(1000)
        ]
        old = replace(HARBOUR, published=Published(day=date(2020, 1, 1)))
        await house.takes(old, *many, seen=NOW - 10 * DAY)
        return await house.asked("harbour")

    assert "## Harbour reopens" in hears(scene)


def test_what_could_not_be_read_is_named() -> None:
    async def scene(house: House) -> str:
        fault = Fault(name="wire/trade.txt", reason=Reason.EMPTY)
        failing = Fault(name="trade wire", reason=Reason.NO_ANSWER)
        await house.healths.note(Health(source="wire", failing=None, checked=NOW, faults=(fault,)))
        await house.healths.note(Health(source="trade wire", failing=failing, checked=NOW))
        return await house.asked("Trade")

    assert hears(scene).split("\n")[1:-1] == [
        "This could not be read:",
        "- trade wire: gives no answer in time",
        "- wire/trade.txt: is empty; there is nothing to read",
    ]


def test_of_many_articles_the_best_are_told_and_the_rest_is_counted() -> None:
    async def scene(house: House) -> str:
        many = [
            replace(HARBOUR, id=f"wire/{number}.txt", url=None, title=f"Harbour {number}")
            for number in range(7)
        ]
        await house.takes(*many, seen=NOW - HOUR)
        return await house.asked("harbour")

    answer = hears(scene)
    assert answer.count("\n## ") == 5
    assert "_2 more articles have these words: more words find fewer._" in answer


def test_what_an_earlier_digest_showed_is_said() -> None:
    async def scene(house: House) -> str:
        await house.takes(HARBOUR, SCHOOLS, seen=NOW - 2 * DAY)
        remembering = Remembering(house.whys.desk, frozenset({HARBOUR.id}))
        return text(
            why_page(
                await replace(house.whys, desk=remembering).verdicts(TEAM, "harbour"),
                words=English(),
                zone=UTC,
            )
        )

    assert "- An earlier digest of this chat showed it, or a copy of it." in hears(scene)
