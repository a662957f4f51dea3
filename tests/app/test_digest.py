"""A digest is made from the right articles and counts them truly."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.app.digest import Beat, Digests
from bot.app.ports import Edition
from bot.app.revision import Revision
from bot.app.wish import Wish
from bot.core.told import Told
from bot.core.values import Article, Coverage, Digest, Published, Stored
from bot.core.window import NothingFound
from tests.fakes.delivery import SetClock
from tests.fakes.memory import MemoryArchive, MemoryHealths
from tests.fakes.press import NOW, TEXTS, StandingClock, article
from tests.fakes.stories import health

BEAT = Beat(title="SCO", lines=3, stories=10, max_age_days=3, zone=UTC)
LONG_AGO = NOW - timedelta(days=30)


def digests(*, beat: Beat = BEAT) -> tuple[Digests, MemoryArchive, MemoryHealths]:
    archive, healths = MemoryArchive(), MemoryHealths()
    made = Digests(archive=archive, healths=healths, clock=StandingClock(), beat=beat)
    return made, archive, healths


class CountingArchive(MemoryArchive):
    """Counts how often articles are read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    async def articles(
        self, *, since: datetime | None = None, limit: int = 1000
    ) -> Sequence[Stored]:
        self.reads += 1
        return await super().articles(since=since, limit=limit)


def today(made: Digests, words: str = "") -> Digest:
    digest = asyncio.run(made.today(words))
    assert isinstance(digest, Digest)
    return digest


def leads(digest: Digest) -> set[str]:
    return {story.brief.article.id for story in digest.stories}


def test_a_digest_holds_the_news_of_the_last_day_and_nothing_older() -> None:
    made, archive, healths = digests()
    healths.known["wire"] = health()
    archive.add([article(0)], seen=NOW)
    archive.add([article(1)], seen=NOW - timedelta(hours=23))
    archive.add([article(2)], seen=NOW - timedelta(hours=25))

    digest = today(made)

    assert leads(digest) == {"wire/0.txt", "wire/1.txt"}
    assert digest.newest is None
    assert digest.made == NOW
    assert digest.coverage == Coverage(ok=1, failing=0, read=2, duplicates=0, shown=2)


def test_a_thousand_newer_articles_hide_none_of_the_last_day() -> None:
    made, archive, _ = digests()
    archive.add([replace(article(0), published=Published(day=date(2025, 8, 31)))], seen=NOW)
    crowd = [
        Article(id=f"wire/crowd {number}.txt", source="wire", text=f"Report{number} on item.")
        for number in range(1100)
    ]
    archive.add(crowd, seen=NOW)

    digest = today(made, "harbour")

    assert leads(digest) == {"wire/0.txt"}
    assert digest.coverage.read == 1101


def test_copies_are_one_story_and_are_counted() -> None:
    made, archive, _ = digests()
    copy = replace(article(1, text=TEXTS[0]), publisher="Other News")
    archive.add([article(0), copy, article(2)], seen=NOW)

    digest = today(made)

    assert len(digest.stories) == 2
    assert digest.coverage == Coverage(ok=0, failing=0, read=3, duplicates=1, shown=2)
    assert {"Example News", "Other News"} in [set(one.publishers) for one in digest.stories]


def test_a_digest_is_no_longer_than_its_beat_allows() -> None:
    made, archive, _ = digests(beat=replace(BEAT, stories=2))
    archive.add([article(number) for number in range(4)], seen=NOW)

    digest = today(made)

    assert [story.number for story in digest.stories] == [1, 2]
    assert digest.coverage == Coverage(ok=0, failing=0, read=4, duplicates=0, shown=2)


def test_without_news_the_newest_is_shown_and_dated() -> None:
    made, archive, _ = digests()
    archive.add([article(0), article(1, day=date(2025, 8, 1))], seen=LONG_AGO, imported=True)
    archive.rows["wire/0.txt"].stored = replace(
        archive.rows["wire/0.txt"].stored, article=article(0, day=date(2025, 8, 2))
    )

    digest = today(made)

    assert digest.newest == date(2025, 8, 2)
    assert leads(digest) == {"wire/0.txt"}


def test_the_archive_is_read_once_a_minute_unless_it_has_changed() -> None:
    archive, healths, revision = CountingArchive(), MemoryHealths(), Revision()
    clock = SetClock()
    made = Digests(archive=archive, healths=healths, clock=clock, beat=BEAT, revision=revision)
    archive.add([article(0)], seen=NOW)

    first = today(made)
    clock.forward(timedelta(seconds=20))
    second = today(made)

    assert archive.reads == 1
    assert leads(first) == leads(second) == {"wire/0.txt"}
    assert second.made - first.made == timedelta(seconds=20)

    archive.add([article(1)], seen=NOW)
    revision.number += 1
    assert leads(today(made)) == {"wire/0.txt", "wire/1.txt"}

    clock.forward(timedelta(seconds=60))
    today(made)
    assert archive.reads == 3


def test_a_digest_comes_with_the_healths_that_it_counts() -> None:
    made, _, healths = digests()
    healths.known["wire"] = health("wire", failing=True)

    digest, known = asyncio.run(made.reported(Wish(size=made.beat.size)))

    assert isinstance(digest, Digest)
    assert (digest.coverage.failing, known) == (1, [healths.known["wire"]])


def test_an_empty_archive_makes_an_empty_digest() -> None:
    made, _, _ = digests()

    digest = today(made)

    assert digest.stories == ()
    assert digest.newest is None


def test_words_narrow_before_the_newest_is_chosen() -> None:
    made, archive, _ = digests()
    archive.add([article(0)], seen=NOW)
    archive.add([article(1, day=date(2025, 8, 1))], seen=LONG_AGO)

    harbour, schools = today(made, "harbour"), today(made, "schools")

    assert (leads(harbour), harbour.newest, harbour.words) == ({"wire/0.txt"}, None, "harbour")
    assert (leads(schools), schools.newest) == ({"wire/1.txt"}, date(2025, 8, 1))


def test_words_in_vain_say_what_was_searched() -> None:
    made, archive, _ = digests()
    archive.add([article(0), article(1, day=date(2025, 8, 1))], seen=LONG_AGO)

    found = asyncio.run(made.today("volcano"))

    assert found == NothingFound(words="volcano", searched=2, since=date(2025, 8, 1))


def test_only_the_sources_of_the_beat_are_counted() -> None:
    made, _, healths = digests(beat=replace(BEAT, sources=("wire",)))
    healths.known["wire"] = health("wire", failing=True)
    healths.known["old"] = health("old")

    coverage = today(made).coverage

    assert (coverage.ok, coverage.failing) == (0, 1)


def told(
    articles: Sequence[Article], stories: tuple[tuple[str, ...], ...], number: int
) -> Told | None:
    made, archive, _ = digests()
    archive.add(articles, seen=NOW)
    edition = Edition(destination="here", made=LONG_AGO, stories=stories)
    return asyncio.run(made.story(edition, number))


def test_a_story_is_told_with_its_number_and_the_moment_of_its_digest() -> None:
    one = told([article(0), article(1)], (("wire/1.txt",), ("wire/0.txt",)), 2)

    assert one is not None
    assert one.made == LONG_AGO
    assert one.story.number == 2
    assert one.articles == (article(0),)
    assert one.story.brief.article == article(0)


def test_a_story_is_told_though_others_are_gone_or_its_lead_is() -> None:
    stories = (("wire/9.txt",), ("wire/8.txt", "wire/0.txt"), ("wire/1.txt",))

    one = told([article(0), article(1)], stories, 2)

    assert one is not None
    assert (one.story.number, one.articles) == (2, (article(0),))
    assert told([article(0)], stories, 1) is None


def test_a_number_beyond_the_digest_is_an_error() -> None:
    with pytest.raises(IndexError):
        told([article(0)], (("wire/0.txt",),), 2)


SPEECH = (
    "date 2025-09-01 TIANJIN, China, September 1. President Maria Lind {said} during "
    "her speech at the meeting of the Council of Heads of State of the Example Organization, "
    "Example reports. {more}"
)


def test_stories_on_one_speech_keep_the_numbers_of_the_digest() -> None:
    first = article(
        1,
        text=SPEECH.format(
            said="praised the growth of trade in grain",
            more="“We sold nine million tonnes of wheat abroad this year,” Lind said. "
            "Farmers in the south had the best harvest since the canals were built.",
        ),
    )
    second = article(
        2,
        text=SPEECH.format(
            said="called for new rules on river water",
            more="“Every village needs a clean well before the next summer,” Lind said. "
            "Two dams are to be repaired with help from neighbours.",
        ),
    )

    stories = (("wire/9.txt",), ("wire/0.txt",), ("wire/1.txt",), ("wire/2.txt",))
    one = told([article(0), first, second], stories, 4)

    assert one is not None
    assert one.story.same_speech == (3,)


def test_a_story_has_as_many_lines_as_its_article_allows() -> None:
    made, archive, _ = digests()
    archive.add([article(0)], seen=NOW)

    story = today(made).stories[0]

    # The lead became the headline, and three more lines follow.
    assert len(story.brief.lines) == 4


def test_a_narrowed_digest_counts_all_that_was_read() -> None:
    made, archive, _ = digests()
    archive.add([article(number) for number in range(3)], seen=NOW)

    narrowed = today(made, words_only_in(0))

    assert leads(narrowed) == {"wire/0.txt"}
    assert narrowed.coverage == Coverage(ok=0, failing=0, read=3, duplicates=0, shown=1)


def test_a_narrowed_digest_of_old_news_counts_the_news_it_had_to_look_beyond() -> None:
    made, archive, _ = digests()
    archive.add([article(0)], seen=LONG_AGO)
    archive.add([article(1)], seen=NOW)

    narrowed = today(made, words_only_in(0))

    assert leads(narrowed) == {"wire/0.txt"}
    assert narrowed.coverage.read == 2


def words_only_in(number: int) -> str:
    """Return a word that no other text has."""
    others = " ".join((*TEXTS[:number], *TEXTS[number + 1 :])).lower()
    return next(
        word
        for word in TEXTS[number].replace(".", " ").split()
        if len(word) > 5 and word.lower()[:5] not in others
    )
