"""A slot posts what is new for its chat, says plainly when there is nothing, and is made once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app.digest import MOST_COMPARED, Beat, Digests, grouped
from bot.app.healths import LatestHealths
from bot.app.look import Looks
from bot.app.outbox import Closed, Filled, Job
from bot.app.ports import Edition, Found
from bot.app.prepare import PrepareDigest
from bot.app.press import Press
from bot.app.revision import CountedIntake, Revision
from bot.app.slots import Stretch
from bot.core.delivery import Kind, Series, State
from bot.core.errors import ConfigError, StoreError
from bot.core.health import Health
from bot.core.origin import Traced
from bot.core.subscription import (
    Destination,
    Length,
    QuietPolicy,
    Schedule,
    Slot,
    Subscription,
    Timing,
)
from bot.core.values import Article, Published, Stored
from bot.core.wording import English, Words
from tests.fakes.facts import IN_2027, MemoryFacts, event, origin
from tests.fakes.memory import MemoryArchive, MemoryHealths
from tests.fakes.pages import text
from tests.fakes.press import NOW, TEXTS, StandingClock, article
from tests.fakes.printing import MemoryLives, Printing
from tests.fakes.stories import health

ALMATY = ZoneInfo("Asia/Almaty")
BEAT = Beat(title="SCO", lines=3, stories=10, max_age_days=3, zone=ALMATY)
TEAM = Destination("print", "team")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
YESTERDAY = NOW - DAY
#: Other words, other stories than those of ``article``.
COPIED = f"{TEXTS[0]} More follows."


@dataclass
class CountingArchive(MemoryArchive):
    """Counts how often it is looked through."""

    looks: int = 0

    async def articles(
        self, *, since: datetime | None = None, limit: int = 1000
    ) -> Sequence[Stored]:
        self.looks += 1
        return await super().articles(since=since, limit=limit)


@dataclass
class House:
    """All that digests are made with; ``spoken`` keeps the language of each that was made."""

    beat: Beat = BEAT
    clock: StandingClock = field(default_factory=StandingClock)
    archive: CountingArchive = field(default_factory=CountingArchive)
    healths: MemoryHealths = field(default_factory=MemoryHealths)
    facts: MemoryFacts = field(default_factory=MemoryFacts)
    lives: MemoryLives = field(default_factory=MemoryLives)
    revision: Revision = field(default_factory=Revision)
    printing: Printing = field(default_factory=Printing)
    spoken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.healths.known["wire"] = health()
        digests = Digests(
            archive=self.archive, healths=self.healths, clock=self.clock, beat=self.beat
        )
        self.prepare = PrepareDigest(
            press=Press(
                looks=Looks(digests=digests, revision=self.revision),
                book=self.facts,
                words=self.words,
                language="en",
            ),
            lives=self.lives,
            channels={"print": self.printing},
        )

    def words(self, language: str) -> Words:
        self.spoken.append(language)
        if language != "en":
            raise ConfigError("I do not speak that.")
        return English()

    def came(self, *articles: Article, seen: datetime = NOW, imported: bool = False) -> None:
        self.archive.add(articles, seen=seen, imported=imported)
        self.revision.number += 1

    def prepared(self, one: Job) -> Filled | Closed:
        return asyncio.run(self.prepare(one))

    def filled(self, one: Job) -> Filled:
        filled = self.prepared(one)
        assert isinstance(filled, Filled)
        return filled

    def said(self, one: Job) -> str:
        return str(self.filled(one).payloads[0]["text"])


def subscribed(to: Destination = TEAM, **asked: object) -> Subscription:
    schedule = Schedule((Timing(time(8)),), "Asia/Almaty")
    return replace(Subscription(destination=to, schedule=schedule), **asked)  # type: ignore[arg-type]  # fields by their names


def job(  # noqa: PLR0913 - a job has many circumstances
    subscription: Subscription | None = None,
    *,
    since: datetime | None = YESTERDAY,
    shown: Sequence[str] = (),
    due: datetime = NOW,
    slot: bool = True,
    covers: int = 0,
) -> Job:
    known = subscription or subscribed()
    return Job(
        series=Series(
            id=1,
            kind=Kind.DIGEST,
            destination=known.destination,
            subscription=1,
            slot=Slot(due, due.astimezone(ALMATY).date(), time(8)) if slot else None,
            due=due,
            state=State.DUE,
            covers=covers,
        ),
        subscription=known,
        since=since,
        shown=frozenset(shown),
    )


def crowd(size: int) -> list[Article]:
    """Return so many articles on other things, each newer than those of ``article``."""
    return [
        Article(
            id=f"wire/crowd {number}.txt",
            source="wire",
            text=f"Report{number} on item{number} from town{number}.",
            published=Published(day=date(2025, 9, 1)),
        )
        for number in range(size)
    ]


def told(filled: Filled) -> tuple[tuple[str, ...], ...]:
    return filled.edition.stories if filled.edition else ()


# --- windows -------------------------------------------------------------------------------------


def test_a_digest_holds_all_that_was_first_seen_since_the_last_one() -> None:
    house = House()
    friday = NOW - 3 * DAY
    house.came(article(0, day=date(2025, 8, 30)), seen=friday + HOUR)
    house.came(article(1), seen=NOW - HOUR)
    house.came(article(2), seen=friday - HOUR)

    filled = house.filled(job(since=friday))

    assert {ids[0] for ids in told(filled)} == {"wire/0.txt", "wire/1.txt"}
    assert filled.until == NOW
    assert filled.edition == Edition(destination="print:team", made=NOW, stories=told(filled))
    assert filled.page.summary.startswith("SCO, Tue 2 Sep: ")
    assert filled.why == ""


def test_a_digest_that_would_flood_a_chat_ends_and_names_what_it_leaves_out() -> None:
    house = House(beat=replace(BEAT, stories=50, lines=7))
    for number in range(50):
        lines = [
            f"Town{number} built road{number}x{line} {'on the hill ' * 60}." for line in range(8)
        ]
        one = replace(article(0), id=f"wire/{number}.txt", text=" ".join(lines))
        house.came(one, seen=NOW - HOUR)

    filled = house.filled(job())

    assert len(told(filled)) == 50
    assert len(text(filled.page)) < 33_000
    assert "Left out here, for this would be too long for a chat: " in text(filled.page)


def test_a_digest_a_week_is_not_cut_by_the_age_gate() -> None:
    house = House()
    house.came(article(0, day=date(2025, 8, 24)), seen=NOW - 9 * DAY)

    assert told(house.filled(job(since=NOW - 10 * DAY))) == (("wire/0.txt",),)


def test_what_becomes_readable_just_after_a_digest_is_in_the_next_one() -> None:
    house = House()
    house.came(article(0), seen=YESTERDAY - timedelta(seconds=50))
    house.came(article(1), seen=YESTERDAY - timedelta(seconds=70))

    assert told(house.filled(job())) == (("wire/0.txt",),)


def test_a_first_digest_is_of_the_last_24_hours() -> None:
    house = House()
    house.came(article(0), seen=NOW - 23 * HOUR)
    house.came(article(1), seen=NOW - 25 * HOUR)

    assert told(house.filled(job(since=None))) == (("wire/0.txt",),)


def test_a_first_digest_without_news_shows_the_newest_and_says_of_which_day() -> None:
    house = House()
    old = article(0, day=date(2025, 7, 1))
    house.came(old, article(1, day=date(2025, 6, 1)), seen=NOW, imported=True)
    skipping = subscribed(quiet=QuietPolicy.SKIP)

    filled = house.filled(job(since=None))

    assert told(filled) == (("wire/0.txt",),)
    assert filled.page.summary == (
        "SCO · no news in the last 24 hours · the newest I have is of 1 July 2025"
    )
    assert house.prepared(job(skipping, since=None)) == Closed(
        State.QUIET, "No news in the last 24 hours."
    )


def test_a_first_digest_of_an_empty_archive_says_what_to_do() -> None:
    house = House()

    assert house.said(job(since=None)).startswith("# SCO · no articles yet\n")


def test_a_window_that_ends_ahead_of_a_clock_set_back_is_the_last_24_hours() -> None:
    house = House()
    house.came(article(0), article(1), seen=NOW - HOUR)

    filled = house.filled(job(since=NOW + DAY, shown=["wire/1.txt"]))

    assert told(filled) == (("wire/0.txt",),)


def test_what_comes_in_after_the_clock_was_set_back_is_in_the_next_digest() -> None:
    house = House()
    intake = CountedIntake(house.archive, house.revision)
    house.clock.moment = NOW + DAY
    posted = house.filled(job()).until

    house.clock.moment = NOW + HOUR
    found = Found(article=article(0), version="1")
    asyncio.run(intake.save([found], now=house.clock.now(), imported=False))
    house.clock.moment = NOW + 2 * DAY

    assert told(house.filled(job(since=posted))) == (("wire/0.txt",),)


def test_a_thousand_newer_articles_hide_none_that_came_in_with_them() -> None:
    house = House()
    house.came(article(0, day=date(2025, 8, 31)), seen=NOW - HOUR)
    house.came(*crowd(1100), seen=NOW - 3 * HOUR)

    said = house.said(job(subscribed(topics=("harbour",))))

    assert said.count("## ") == 1
    assert "Read 1,101, duplicates 0, shown 1." in said


def test_a_long_window_holds_its_first_day_however_many_articles_came_since() -> None:
    house = House()
    house.came(article(0, day=date(2025, 8, 3)), seen=NOW - 29 * DAY)
    house.came(*crowd(1100), seen=NOW - 3 * HOUR)
    followed = subscribed(topics=("harbour",))

    assert told(house.filled(job(followed))) == ()
    assert told(house.filled(job(followed, since=NOW - 30 * DAY))) == (("wire/0.txt",),)
    # What reaches far serves a shorter window, too; only the day of the last news is asked for.
    looks = house.archive.looks
    assert told(house.filled(job(followed))) == ()
    assert house.archive.looks == looks + 1


def test_of_very_many_articles_only_the_newest_are_compared() -> None:
    articles = [*crowd(MOST_COMPARED - 1), article(0), replace(article(0), id="wire/copy.txt")]

    groups = grouped(articles)

    assert [len(group) for group in groups] == [1] * len(articles)
    assert [len(group) for group in grouped(articles[1:])][-1] == 2


# --- novelty, topics and length ------------------------------------------------------------------


def test_what_was_shown_is_not_shown_again_nor_are_its_copies() -> None:
    house = House()
    house.came(article(0), seen=YESTERDAY - HOUR)
    copy = replace(article(4, text=COPIED), publisher="Other News")
    house.came(copy, article(1), article(2), seen=NOW)

    said = house.said(job(shown=["wire/0.txt", "wire/2.txt"]))

    assert "Read 2, duplicates 1, shown 1." in said
    assert said.count("## ") == 1


def test_copies_of_what_was_not_shown_are_one_story() -> None:
    house = House()
    house.came(article(0), seen=YESTERDAY - HOUR)
    copies = [replace(article(4, text=COPIED), publisher="Other News"), article(0)]
    house.came(*copies, article(1), seen=NOW)

    filled = house.filled(job())

    assert sorted(sorted(ids) for ids in told(filled)) == [
        ["wire/0.txt", "wire/4.txt"],
        ["wire/1.txt"],
    ]
    assert "Read 3, duplicates 1, shown 2." in str(filled.payloads[0]["text"])


def test_a_chat_gets_what_is_on_one_of_its_topics() -> None:
    house = House()
    house.came(*(article(number) for number in range(4)), seen=NOW)
    topics = ("harbour", "volcano")

    said = house.said(job(subscribed(topics=topics)))

    assert said.count("## ") == 1
    assert "_Topics: harbour, volcano. Sources: 1 ok. Read 4, duplicates 0, shown 1. " in said


def test_a_first_digest_on_topics_without_any_article_is_a_quiet_day() -> None:
    house = House()
    house.came(article(0, day=date(2025, 7, 1)), seen=NOW, imported=True)

    assert house.said(job(subscribed(topics=("volcano",)), since=None)).startswith(
        "# SCO · Tue 2 September 2025 · quiet day\n"
        "Nothing new on “volcano” since Mon 1 Sep, 08:00.\n"
    )
    assert "newest I have is of 1 July 2025" in house.said(
        job(subscribed(topics=("harbour",)), since=None)
    )


@pytest.mark.parametrize(
    ("length", "stories", "lines"), [("short", 2, 1), ("standard", 3, 2), ("long", 4, 3)]
)
def test_the_length_decides_on_stories_and_lines(length: str, stories: int, lines: int) -> None:
    house = House(beat=replace(BEAT, lines=2, stories=3))
    house.came(*(article(number) for number in range(4)), seen=NOW)

    said = house.said(job(subscribed(length=Length(length))))

    assert said.count("## ") == stories
    assert max(story.count("\n- ") for story in said.split("## ")) == lines


def test_a_chat_without_a_subscription_gets_the_standard() -> None:
    house = House()
    house.came(article(0), seen=NOW)
    asked = job(slot=False, since=None)

    filled = house.filled(replace(asked, subscription=None))

    assert told(filled) == (("wire/0.txt",),)


# --- quiet, down, late ---------------------------------------------------------------------------


def test_a_quiet_day_says_so_and_what_is_ahead() -> None:
    house = House()
    house.came(article(0), seen=NOW - 40 * HOUR)
    house.facts.coming = [Traced(fact=event("summit", IN_2027), origin=origin())]

    filled = house.filled(job())

    assert filled.payloads[0]["text"] == (
        "# SCO · Tue 2 September 2025 · quiet day\n"
        "Nothing new on SCO since Mon 1 Sep, 08:00.\n"
        "## Ahead\n"
        "2027 = summit\n"
        "_Sources: 1 ok. Read 0, duplicates 0, shown 0. The last news is of 1 September 2025._"
    )
    assert (filled.until, filled.edition) == (NOW, None)


def test_what_is_ahead_on_a_quiet_day_is_from_articles_on_the_chats_topics() -> None:
    house = House()
    house.came(article(0), article(1), seen=NOW - 40 * HOUR)
    house.facts.coming = [
        Traced(fact=event(what, IN_2027), origin=origin(number, title=None))
        for number, what in enumerate(("regatta", "exams", "fair of an article that is gone"))
    ]

    said = house.said(job(subscribed(topics=("harbour",))))

    assert "## Ahead\n2027 = regatta\n_Topics: harbour. " in said


def test_a_chat_that_wants_no_post_on_a_quiet_day_gets_one_only_when_it_asks() -> None:
    house = House()
    skipping = subscribed(quiet=QuietPolicy.SKIP)

    closed = house.prepared(job(skipping))

    assert closed == Closed(State.QUIET, "Nothing new on SCO since Mon 1 Sep, 08:00.")
    assert house.filled(job(skipping, slot=False)).until == NOW
    house.came(article(0))
    assert told(house.filled(job(skipping)))


def test_sources_that_are_down_are_no_quiet_day_and_move_no_window() -> None:
    house = House()
    house.came(article(0), seen=NOW - 40 * HOUR)
    house.healths.known["wire"] = replace(health(failing=True), since=NOW - 10 * HOUR)

    filled = house.filled(job(subscribed(quiet=QuietPolicy.SKIP)))

    said = str(filled.payloads[0]["text"])
    assert "I have not been able to read my only source since Mon 1 Sep, 22:00." in said
    assert "The last news I read is of 1 September 2025: /brief shows it." in said
    assert (filled.until, filled.edition) == (None, None)


def test_what_was_missed_for_days_comes_in_the_first_digest_that_works() -> None:
    house = House()
    last_posted = NOW - 6 * DAY
    house.came(article(0, day=date(2025, 8, 28)), seen=NOW - HOUR)

    assert told(house.filled(job(since=last_posted))) == (("wire/0.txt",),)


def test_a_thin_quiet_day_is_posted_to_those_who_want_no_quiet_days() -> None:
    house = House()
    house.healths.known["a"] = health("a", failing=True)
    house.healths.known["b"] = health("b", failing=True)

    said = house.said(job(subscribed(quiet=QuietPolicy.SKIP)))

    assert said.split("\n")[1] == ("2 of 3 sources could not be read (a, b): news may be missing.")


def test_a_late_digest_says_how_late_and_from_when_to_when_the_bot_was_not_running() -> None:
    house = House()
    house.came(article(0))
    due = NOW - 2 * HOUR
    house.lives.stretches = [
        Stretch(began=due - DAY, last=due - timedelta(minutes=19), stopped=False),
        Stretch(began=NOW - timedelta(minutes=2), last=NOW, stopped=False),
    ]

    filled = house.filled(job(due=due, covers=1))

    line = (
        "Due 06:00, sent 08:00: the bot was not running from 05:41 to 07:58. "
        "News up to 08:00 is in. It also covers the digest that was due before it."
    )
    lines = str(filled.payloads[0]["text"]).split("\n")
    assert lines[:2] == ["# SCO · Tue 2 September 2025 · late by 2 h", line]
    assert filled.why == (
        "The bot was not running from 05:41 to 07:58. "
        "It also covers the digest that was due before it."
    )


def test_a_bot_that_never_ran_before_says_until_when_it_did_not() -> None:
    house = House()
    house.lives.stretches = [Stretch(began=NOW, last=NOW + HOUR, stopped=False)]

    assert "the bot was not running until 08:00." in house.said(job(due=NOW - HOUR))


def test_a_delay_that_no_gap_explains_is_only_told() -> None:
    house = House()
    house.lives.stretches = [Stretch(began=NOW - DAY, last=NOW, stopped=False)]

    assert "\nDue 07:00, sent 08:00. News up to 08:00 is in.\n" in house.said(job(due=NOW - HOUR))
    assert "Due" not in house.said(job(due=NOW - HOUR, slot=False))
    assert "\nIt also covers the 2 digests that were due before it.\n" in house.said(job(covers=2))
    assert len(house.lives.asked) == 1


def test_memory_of_runs_that_fails_leaves_the_slot_due() -> None:
    house = House()
    house.lives.broken = "The archive is damaged. Restore a backup."

    with pytest.raises(StoreError, match="Restore a backup"):
        house.prepared(job(due=NOW - HOUR))


def test_a_language_or_zone_that_is_gone_gives_way_to_the_configured_one() -> None:
    house = House(beat=replace(BEAT, zone=UTC))
    mars = Schedule((Timing(time(8)),), "Mars/Base")

    said = house.said(job(subscribed(schedule=mars, language="tlh"), since=NOW - HOUR))

    assert "Nothing new on SCO since 02:00.\n" in said
    assert house.spoken == ["tlh", "en"]
    assert "since 02:00.\n" in house.said(job(subscribed(schedule=None), since=NOW - HOUR))


def test_a_channel_that_is_not_set_up_ends_the_series_with_a_reason() -> None:
    nowhere = subscribed(Destination("telegram", "-100"))

    assert House().prepared(job(nowhere)) == Closed(
        State.REFUSED, "Nothing here can post to telegram:-100."
    )


# --- made once -----------------------------------------------------------------------------------


def test_a_thousand_chats_of_three_topics_cost_three_digests() -> None:
    house = House()
    house.came(*(article(number) for number in range(5)))
    topics = [("harbour",), ("schools", "harbour"), ()]
    jobs = [
        job(
            subscribed(Destination("print", str(number)), topics=topics[number % 3]),
            # Each chat has a history of its own, which makes no difference today.
            shown=[f"wire/{number + 100}.txt"],
            since=YESTERDAY + timedelta(seconds=number % 7),
        )
        for number in range(1000)
    ]

    async def scenario() -> list[Filled | Closed]:
        prepared = []
        for start in range(0, len(jobs), 32):
            batch = jobs[start : start + 32]
            prepared += await asyncio.gather(*(house.prepare(one) for one in batch))
        return prepared

    filled = asyncio.run(scenario())

    assert len(house.spoken) == len(house.printing.rendered) == 3
    assert house.archive.looks == 1
    made = [one for one in filled if isinstance(one, Filled) and one.edition]
    assert len({id(one.payloads) for one in made}) == 3
    assert [one.edition and one.edition.destination for one in made] == [
        f"print:{number}" for number in range(1000)
    ]


def test_chats_that_name_their_topics_in_another_order_share_a_digest() -> None:
    house = House()
    house.came(article(0))

    for topics in (("harbour", "AI"), ("AI", "harbour")):
        house.filled(job(subscribed(topics=topics)))

    assert len(house.spoken) == 1


def test_a_digest_is_made_once_and_rendered_as_each_chat_wants_its_stories() -> None:
    house = House()
    house.came(article(0))
    chats = [subscribed(flat=flat) for flat in (True, False, True)]

    made = [house.filled(job(chat)).payloads[0]["flat"] for chat in chats]

    assert made == [True, False, True]
    assert (len(house.spoken), len(house.printing.rendered)) == (1, 2)


def test_chats_that_differ_in_what_they_were_shown_get_different_digests() -> None:
    house = House()
    house.came(article(0), article(1))

    assert told(house.filled(job(shown=["wire/0.txt"]))) == (("wire/1.txt",),)
    assert told(house.filled(job(shown=["wire/1.txt"]))) == (("wire/0.txt",),)
    assert house.archive.looks == 1


def test_a_digest_counts_as_now_for_a_minute_unless_the_archive_changes() -> None:
    house = House()
    house.came(article(0))
    first = house.filled(job())

    house.clock.moment = NOW + timedelta(seconds=59)
    assert house.filled(job()).until == first.until
    house.came(article(1))
    assert house.filled(job()).until == house.clock.moment
    house.clock.moment += timedelta(seconds=60)
    assert house.filled(job()).until == house.clock.moment
    house.clock.moment -= timedelta(seconds=1)
    assert house.filled(job()).until == house.clock.moment
    assert house.archive.looks == 4


def test_an_archive_that_fails_leaves_the_slot_due_and_is_asked_again() -> None:
    house = House()
    house.archive.broken = "The archive is damaged. Restore a backup."

    with pytest.raises(StoreError, match="Restore a backup"):
        house.prepared(job())
    house.archive.broken = ""
    assert house.filled(job()).until == NOW


def test_a_source_that_dates_its_articles_ahead_does_not_hide_the_rest() -> None:
    house = House()
    future = replace(article(0), published=Published(day=date(2099, 1, 1)))
    house.came(future, article(1))

    assert len(told(house.filled(job()))) == 2


@pytest.mark.parametrize("failing", [True, False])
def test_a_source_that_fails_or_is_back_is_seen_by_the_next_digest(failing: bool) -> None:  # noqa: FBT001 - a column of the table
    house = House()
    latest = LatestHealths(house.healths, house.revision)
    asyncio.run(latest.note(health(failing=not failing)))
    before = house.filled(job()).page.summary

    house.clock.moment = NOW + timedelta(seconds=10)
    asyncio.run(latest.note(health(failing=failing)))
    after = house.filled(job()).page.summary

    assert ("could not read" in before, "could not read" in after) == (not failing, failing)


def test_that_the_operator_was_told_that_all_sources_fail_is_said() -> None:
    house = House()

    async def told(healths: Sequence[Health]) -> datetime | None:
        assert healths == [health(failing=True)]
        return NOW

    house.healths.known["wire"] = health(failing=True)
    house.prepare = replace(house.prepare, press=replace(house.prepare.press, told=told))

    assert "The operator was told at " in house.said(job())
