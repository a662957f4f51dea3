"""What people type is answered, and numbers mean the digest they saw."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, time, timedelta

import pytest

from bot.app.answer import Answer
from bot.app.digest import Beat, Digests
from bot.app.search import Searches
from bot.core.ask import Ask, Asker
from bot.core.health import Fault, Reason
from bot.core.origin import Traced
from bot.core.page import Page
from bot.core.subscription import Schedule, Subscription, Timing, destination_of
from bot.core.wording import English
from tests.fakes.asks import ADMIN, ask
from tests.fakes.chats import Chat as Room
from tests.fakes.facts import MemoryFacts, event, fact_answers, figure, origin, quote
from tests.fakes.linked import linked
from tests.fakes.memory import MemoryArchive, MemoryEditions, MemoryHealths, MemorySearch
from tests.fakes.pages import text
from tests.fakes.press import NOW, StandingClock, article
from tests.fakes.stories import health
from tests.fakes.whys import whys

OPERATOR = Asker(id="1", admin=True, operator=True)
NOT_NOW = (
    "I cannot get at my archive just now. Try again in a moment; the operator finds the reason in"
    " the log."
)
DAMAGED = "The archive /srv/news/briefbot.db is damaged. Restore a backup."
BEAT = Beat(title="SCO", lines=3, stories=10, max_age_days=3, zone=UTC, sources=("wire", "desk"))


@dataclass
class Chat:
    archive: MemoryArchive = field(default_factory=MemoryArchive)
    healths: MemoryHealths = field(default_factory=MemoryHealths)
    editions: MemoryEditions = field(default_factory=MemoryEditions)
    clock: StandingClock = field(default_factory=StandingClock)
    facts: MemoryFacts = field(default_factory=MemoryFacts)
    room: Room = field(default_factory=Room)

    def hears(self, *texts: str, destination: str = "here") -> Sequence[str]:
        """Return what is answered to one text after the other."""
        return self.answers(*(ask(typed, of=destination) for typed in texts))

    def answers(self, *asks: Ask) -> Sequence[str]:
        """Return what is answered to one after the other."""
        return [text(page) for page in self.pages(*asks)]

    def pages(self, *asks: Ask) -> Sequence[Page]:
        """Return the pages that answer one after the other."""
        digests = Digests(archive=self.archive, healths=self.healths, clock=self.clock, beat=BEAT)
        answer = Answer(
            digests=digests,
            editions=self.editions,
            facts=fact_answers(self.editions, self.clock, facts=self.facts),
            searches=Searches(
                search=MemorySearch(self.archive), archive=self.archive, clock=self.clock
            ),
            whys=whys(digests, self.archive, self.editions),
            linked=linked(self.archive, self.clock),
            settings=self.room.settings(),
            words=English(),
            version="0.1.0",
            archive_file="data/briefbot.db",
        )

        async def pages() -> list[Page]:
            return [await answer(each) for each in asks]

        return asyncio.run(pages())


def chat(*numbers: int) -> Chat:
    made = Chat()
    made.archive.add([article(number) for number in numbers], seen=NOW)
    made.healths.known["wire"] = health()
    return made


def test_a_number_means_the_digest_that_was_shown_last() -> None:
    room = chat(0, 1)

    digest, *_ = room.hears("/brief")
    room.archive.add([article(2), article(3)], seen=NOW)
    first, second = room.hears("/brief 1", "/brief 2")

    headlines = [line.removeprefix("## ") for line in digest.split("\n") if line[:3] == "## "]
    assert [first.split("\n")[0], second.split("\n")[0]] == [f"# {line}" for line in headlines]


def test_a_button_and_a_reply_mean_the_digest_they_stand_under() -> None:
    room = chat(0, 1)

    room.hears("/brief harbour")
    first = room.editions.published["here"]
    room.clock.moment += timedelta(minutes=1)
    room.hears("/brief schools")
    room.editions.messages["44"] = first
    room.editions.messages["46"] = room.editions.published["here"]
    one, none = ask("/brief 1"), ask("/brief 9")
    button, reply, chatter, old, beyond, latest = room.answers(
        replace(one, made=first.made.replace(microsecond=0)),
        replace(one, under="44"),
        replace(one, under="45"),
        replace(one, made=first.made - timedelta(days=400)),
        replace(none, under="44"),
        replace(none, under="46"),
    )

    assert "harbour" in button
    assert "harbour" in reply
    assert "schools" in chatter
    assert old.startswith("I no longer keep the digest that this belongs to")
    assert beyond.startswith("The digest of Tue 2 September 2025 has no story 9.\n")
    assert latest.startswith("The last digest has no story 9.\n")


def test_a_comment_means_the_digest_of_the_channel_that_it_stands_below() -> None:
    room = chat(0, 1)
    room.hears("/brief harbour", destination="channel")
    room.hears("/brief schools")
    room.editions.messages["44"] = room.editions.published["channel"]
    posted = destination_of("channel")
    story, sources = ask("/brief 1", of="here"), ask("/brief 1 sources", of="here")

    pages = room.pages(
        *(replace(one, under="44", posted=posted) for one in (story, sources)),
        replace(story, under="45", posted=posted),
        story,
    )

    assert ["harbour" in text(page) for page in pages] == [True, True, False, False]
    assert text(pages[2]).startswith("I no longer keep the digest that this belongs to")
    # Buttons mean a digest of the chat where they stand.
    assert [page.blocks == page.prose for page in pages] == [True, True, True, False]


def test_a_number_after_a_narrowed_digest_means_that_one() -> None:
    room = chat(0, 1)

    room.hears("/brief", "/brief schools")

    assert "rural schools" in room.hears("/brief 1")[0]
    assert "has one: /brief 1" in room.hears("/brief 2")[0]


def test_a_search_in_vain_leaves_the_numbers_as_they_were() -> None:
    room = chat(0)

    answers = room.hears("/brief", "/brief volcano", "/brief 1")

    assert answers[1].startswith("Nothing on “volcano”. I looked through 1 article, of 1 September")
    assert "harbour" in answers[2]


def test_a_search_leaves_the_numbers_as_they_were() -> None:
    room = chat(0, 1)

    _, found, story = room.hears("/brief harbour", "/search schools", "/brief 1")

    assert found.startswith("# Search · schools\n1 article, best and newest first.\n## ")
    assert "Port Ember" in story


def test_a_number_without_a_digest_makes_one_first() -> None:
    room = chat(0)

    assert "# 1. " in room.hears("/brief 1")[0]
    assert room.editions.published["here"].stories == (("wire/0.txt",),)


def test_a_number_while_there_is_no_article_says_so() -> None:
    room = chat()

    assert room.hears("/brief 1")[0].startswith("# SCO · no articles yet\n")
    assert room.editions.published == {}


def test_each_chat_has_its_own_numbers() -> None:
    room = chat(0, 1)

    room.hears("/brief harbour", destination="one")
    room.hears("/brief schools", destination="two")

    assert "Port Ember" in room.hears("/brief 1", destination="one")[0]
    assert "Parliament" in room.hears("/brief 1", destination="two")[0]


def test_a_number_that_does_not_exist_is_answered_with_those_that_do() -> None:
    assert chat(0, 1).hears("/brief", "/brief 7")[1] == (
        "The last digest has no story 7.\nIt has 2: /brief 1 to /brief 2."
    )


def test_a_story_whose_article_is_gone_gets_a_sentence() -> None:
    room = chat(0)
    room.hears("/brief")
    room.archive.rows.clear()

    assert room.hears("/brief 1")[0].startswith("Story 1 is no longer in the archive.")


def test_a_withdrawn_article_can_still_be_read_in_full() -> None:
    room = chat(0)
    room.hears("/brief")
    room.archive.rows["wire/0.txt"].withdrawn = True

    assert "harbour" in room.hears("/brief 1")[0]


def test_answers_to_commands_never_thin_the_next_digest() -> None:
    first, _, second = chat(0, 1).hears("/brief", "/brief 1", "/brief")

    assert first == second


def test_an_archive_that_fails_is_told_without_its_place_which_the_log_has(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = chat(0)
    room.archive.broken = room.facts.broken = DAMAGED

    for typed in ("/brief", "/brief ai", "/search ai", "/status", "/figures", "/upcoming"):
        caplog.clear()
        assert room.hears(typed) == [NOT_NOW]
        assert caplog.messages == [f"An answer to here failed. {DAMAGED}"]
    assert room.hears("/help")[0].startswith("# What you can type")


def test_the_operator_reads_why_the_archive_fails_and_needs_no_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = chat(0)
    room.archive.broken = DAMAGED

    assert room.answers(ask("/brief", asker=OPERATOR)) == [DAMAGED]
    assert caplog.messages == []


def test_a_digest_whose_numbers_cannot_be_kept_is_shown_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = chat(0)
    room.editions.broken = DAMAGED

    page = room.hears("/brief")[0]

    assert page.startswith("# SCO · Tue 2 September 2025\n")
    assert page.endswith("\n_Its numbers will not be known: I cannot get at my archive just now._")
    assert caplog.messages == [f"The numbers of a digest in here will not be known. {DAMAGED}"]
    assert room.hears("/brief 1")[0] == page
    assert DAMAGED not in page


def test_the_operator_reads_below_a_digest_why_its_numbers_cannot_be_kept(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = chat(0)
    room.editions.broken = DAMAGED

    (page,) = room.answers(ask("/brief", asker=OPERATOR))

    assert page.startswith("# SCO · Tue 2 September 2025\n")
    assert page.endswith(f"\n_{DAMAGED}_")
    assert caplog.messages == []


def test_sources_are_listed_with_those_not_read_yet_and_without_those_read_no_more() -> None:
    room = chat()
    room.healths.known["old"] = health("old")

    assert room.hears("/sources")[0] == (
        "# Sources\n"
        "wire = ok · 2 articles · newest 1 September 2025 · checked 03:00\n"
        "desk = not read yet"
    )


def test_where_a_failing_source_is_and_how_to_mend_it_only_the_operator_reads() -> None:
    room = chat()
    gone = Fault(name="wire", reason=Reason.ABSENT, hint="/srv/news")
    room.healths.known["wire"] = replace(health(), failing=gone)
    operator = Asker(id="1", admin=True, operator=True)
    mended = "make it, or correct its path in the configuration (/srv/news)"

    for typed in ("/sources", "/why wire", "/brief"):
        assert "- wire: is not there\n" in f"{room.hears(typed)[0]}\n"
        assert mended in room.answers(ask(typed, asker=operator))[0]


def test_status_counts_what_is_there() -> None:
    room = chat(0, 1)
    room.healths.known["desk"] = replace(health("desk", failing=True), newest=None)

    operator = Asker(id="1", admin=True, operator=True)
    assert room.answers(ask("/status", asker=operator))[0] == (
        "# Status\n"
        "Version = 0.1.0\n"
        "Archive = data/briefbot.db\n"
        "Articles = 2\n"
        "Newest = 1 September 2025\n"
        "Sources = 1 ok, 1 failing\n"
        "Digest = none comes by itself"
    )


def test_where_the_archive_is_only_the_operator_is_told() -> None:
    (said,) = chat(0).answers(ask("/status", asker=ADMIN))

    assert "data/briefbot.db" not in said
    assert said.startswith("# Status\nVersion = 0.1.0\nArticles = 1\n")


def test_status_tells_the_schedule_of_the_chat_and_its_silence_by_choice() -> None:
    room = chat(0)

    answers = room.hears("/schedule 8am weekdays Astana", "/settings quiet skip", "/status")

    assert answers[2].endswith(
        "\nDigest = weekdays at 08:00, Astana time (Asia/Almaty, UTC+5)"
        "\nNext = Wednesday 3 September, 08:00"
        "\nDay without news = no post"
    )


def test_a_zone_that_is_gone_is_answered_with_its_sentence() -> None:
    room = chat(0)
    gone = Schedule((Timing(time(8)),), "Mars/Base")
    place = destination_of("here")
    room.room.subscriptions.rows[place] = Subscription(destination=place, schedule=gone)

    assert room.hears("/settings length short")[0].startswith(
        "The time zone 'Mars/Base' is not in this machine's zone data"
    )


def test_a_brief_is_what_the_chat_follows_at_the_length_and_in_the_zone_it_has_set() -> None:
    room = chat(0, 1, 2)
    room.hears("/schedule 8am Honolulu", "/follow schools", "/settings length short")

    page, story, beyond = room.hears("/brief", "/brief 1", "/brief harbour")

    assert page.startswith("# SCO · Mon 1 September 2025\n")
    assert [line for line in page.split("\n") if line.startswith("## ")] == [
        f"## {story.split(chr(10))[0].removeprefix('# ')}"
    ]
    assert "rural schools" in page
    assert page.count("\n- ") == 1
    assert "_Topics: schools. " in page
    assert "Story 1 of the news as of Mon 1 September 2025, 17:00." in story
    assert "Port Ember" in beyond


def test_a_brief_with_nothing_on_what_the_chat_follows_says_so_and_how_to_look_beyond() -> None:
    room = chat(0, 1)
    room.hears("/follow volcano, glaciers")

    assert room.hears("/brief")[0] == (
        "Nothing on what this chat follows: volcano, glaciers. I looked through 2 articles.\n"
        "_/topics shows what it follows; /brief WORDS looks beyond that._"
    )
    empty = chat()
    assert empty.hears("/follow volcano", "/brief")[1].startswith("# SCO · no articles yet")


def test_chats_that_follow_other_things_get_other_briefs_in_the_same_minute() -> None:
    room = chat(0, 1)
    room.hears("/follow schools", destination="here")

    ours, theirs = room.hears("/brief")[0], room.hears("/brief", destination="there")[0]

    assert ("Port Ember" in ours, "Port Ember" in theirs) == (False, True)


def test_a_flood_in_one_article_is_no_flood_in_a_chat() -> None:
    room = chat(0)
    roads = "".join(f"We shall build road number {n} with x and y & more, " for n in range(4000))
    said = f"“{roads}” said Minister Aidar Bekov, who had come to open a new bridge there."
    room.archive.add([replace(article(1), text=f"{said}\n\n{article(1).text}")], seen=NOW)

    for typed in ("/brief", "/brief 1", "/brief 1 sources", "/brief 2", "/brief 2 sources"):
        assert len(room.hears(typed)[0]) < 15_000


def test_help_shows_admins_what_they_may_change() -> None:
    assert "\n## Admins\n/schedule = " in chat().hears("/help")[0]


def test_help_says_how_just_this_bot_is_meant_where_others_may_answer() -> None:
    (said,) = chat().answers(replace(ask("/help"), me="@Brief_Bot"))

    assert said.endswith("\n_Write /brief@Brief_Bot here if another bot answers._")


def test_old_news_is_not_passed_off_as_new() -> None:
    room = chat(0)
    room.clock.moment = NOW + timedelta(days=400)

    assert room.hears("/brief")[0].startswith(
        "# SCO · no news in the last 24 hours · the newest I have is of 1 September 2025\n"
    )


def test_facts_are_answered_with_the_numbers_of_the_last_digest() -> None:
    room = chat(0, 1)
    room.facts.figured = [Traced(fact=figure(), origin=origin(1))]
    room.facts.quoted = [Traced(fact=quote(), origin=origin(1))]
    room.facts.coming = [Traced(fact=event(), origin=origin(1))]

    digest, *answers = room.hears("/brief", "/figures", "/quotes", "/upcoming")

    number = next(line[3] for line in digest.split("\n") if "Parliament" in line and "#" in line)
    assert [f"Trend, 1 Sep ({number})" in answer for answer in answers] == [True] * 3


def test_the_sources_of_a_story_stand_in_its_sentences() -> None:
    room = chat(0)

    page, missing = room.hears("/brief 1 sources", "/brief 2 sources")

    assert page.startswith("# 1. ")
    assert "— Example News, 1 Sep 2025, sentence 1 of 4" in page
    assert missing.startswith("The last digest has no story 2.")


def test_a_mistake_and_a_question_for_help_are_answered() -> None:
    room = chat()

    assert room.hears("/bref")[0].startswith("I do not know /bref. Did you mean /brief?\n")
    assert room.hears("/help brief")[0].startswith("# /brief · ")


def test_it_is_said_what_became_of_an_article() -> None:
    (said,) = chat(0).hears("/why harbour")

    assert "- Not dropped: it would be story 1 of 1 in a digest made now." in said


def test_a_story_that_is_asked_for_before_any_digest_was_shown_claims_none() -> None:
    story = chat(0).hears("/brief 1")[0]

    assert "_Story 1 of the news as of " in story
    assert "digest" not in story
