"""Every word that people read goes through the catalogues, and the catalogues hold them all."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from itertools import product
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

import bot
from bot.app.answer import Answer
from bot.app.digest import Beat, Digests
from bot.app.search import Searches
from bot.catalogue import LOCALE
from bot.core.abilities import Ability
from bot.core.board import quotes_page
from bot.core.bounded import bounded
from bot.core.compose import digest_page
from bot.core.diary import diary_page
from bot.core.errors import StoreError
from bot.core.fact_verbs import QuotesOf, Upcoming
from bot.core.faults import Reading, reading_page
from bot.core.found import Results, found_page
from bot.core.health import Fault, Health, Reason, Standing
from bot.core.hit import Hit
from bot.core.late import Gap, Lateness, marked_again, marked_late, reason
from bot.core.ledger import figures_page
from bot.core.misuse import Mistake, Misuse
from bot.core.origin import Selection, Traced
from bot.core.page import Heading, Item, Page, Paragraph, Plain
from bot.core.quiet import Quiet, down_page, quiet_page
from bot.core.replies import (
    Condition,
    Reader,
    gone_page,
    help_page,
    misuse_page,
    no_story_page,
    nothing_page,
    status_page,
)
from bot.core.search import NEWEST, query
from bot.core.search_verb import SearchFor
from bot.core.settings_commands import Unsettled
from bot.core.source_pages import sources_page
from bot.core.sourced import sources_of_story
from bot.core.told import Told, story_page
from bot.core.trouble_pages import trouble_page, unnumbered_note
from bot.core.undoing import overtaken_page, taken_back_page
from bot.core.values import Article, Coverage, Digest, Facts, Headline, Precision, Speaker, When
from bot.core.verbs import BRIEF, VERBS
from bot.core.window import NothingFound
from tests.fakes.asks import ask
from tests.fakes.chats import Chat
from tests.fakes.facts import (
    IN_2027,
    OCCASION,
    UNDATED,
    event,
    fact_answers,
    figure,
    on,
    origin,
    quote,
)
from tests.fakes.linked import linked
from tests.fakes.memory import MemoryArchive, MemoryEditions, MemoryHealths, MemorySearch
from tests.fakes.press import NOW, StandingClock
from tests.fakes.stories import line, story, with_article
from tests.fakes.strange import WORDS, untyped
from tests.fakes.whys import whys

MESSAGES = LOCALE / "briefbot.pot"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/briefbot.po"))


def _language(path: Path) -> str:
    return str(path.relative_to(LOCALE))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _said_in_code() -> set[tuple[str | None, str | tuple[str, ...]]]:
    """Return every message of the code with its context."""
    assert bot.__file__ is not None
    found = extract_from_dir(
        Path(bot.__file__).parent,
        method_map=[("**.py", "python")],
        keywords={**DEFAULT_KEYWORDS, "later": None},
    )
    return {(context, message) for _, _, message, _, context in found}


@pytest.mark.parametrize("path", [MESSAGES, *CATALOGUES], ids=_language)
def test_a_catalogue_holds_just_the_messages_of_the_code(path: Path) -> None:
    held = {(message.context, message.id) for message in _read(path) if message.id}

    assert held == _said_in_code(), "Run: make words"


@pytest.mark.parametrize("path", CATALOGUES, ids=_language)
def test_a_translation_asks_for_no_part_that_its_message_has_not(path: Path) -> None:
    for message in _read(path):
        assert _parts(message.string) <= _parts(message.id)


def _parts(text: str | Sequence[str] | None) -> set[str]:
    forms = (text,) if isinstance(text, str) else text or ()
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


FAULTS = tuple(Fault(name="я", reason=reason, detail="я") for reason in Reason)
HEALTH = Health(source="я", failing=FAULTS[0], checked=NOW.replace(day=1), faults=FAULTS)
FEEDS = tuple(
    Health(
        source="я",
        failing=FAULTS[0] if standing is Standing.FAILING else None,
        checked=NOW,
        rhythm=Standing.OK if standing is Standing.FAILING else standing,
        since=since,
        tries=2,
        daily=daily,
        brought=NOW,
        next=NOW,
    )
    for standing, since, daily in zip(
        Standing, (None, None, NOW, NOW, NOW), (90.0, 0.5, 0.01, None, 0.0), strict=True
    )
)
ARTICLE = Article(id="я", source="я", text="я")


def _digests() -> Iterator[Page]:
    stories = (
        story(1, "ю", line("я."), same_speech=(2,)),
        with_article(story(2, "э", line("ы.", quoted=True), same_speech=(1,)), ARTICLE),
    )
    plain = [replace(one, publishers=tuple("абвгде")) for one in stories]
    plain[0] = with_article(plain[0], replace(stories[0].brief.article, place="я"))
    for shown in ((), plain[:1], plain[1:], plain):
        for newest in (None, date(2025, 9, 1)):
            for words in ("", "я"):
                for ok, failing in ((1, 0), (1, 2), (0, 6)):
                    counted = Coverage(
                        ok=ok,
                        failing=failing,
                        stale=failing,
                        retired=failing,
                        since=NOW.date() if failing else None,
                        read=2,
                        duplicates=0,
                        shown=2,
                    )
                    made = Digest(
                        title="я",
                        made=NOW,
                        stories=tuple(shown),
                        coverage=counted,
                        newest=newest,
                        words=words,
                    )
                    healths = [HEALTH, *FEEDS] * failing
                    yield digest_page(made, healths, lines=3, words=WORDS, zone=UTC)
    for one in plain:
        for articles in ((ARTICLE,), (ARTICLE, replace(ARTICLE, url="https://example.org"))):
            told = Told(story=one, articles=articles, made=NOW)
            yield story_page(told, words=WORDS, zone=UTC)
            bare = replace(told, story=replace(one, brief=replace(one.brief, lines=())))
            yield story_page(bare, words=WORDS, zone=UTC)


def _replies() -> Iterator[Page]:
    for verb in (None, *VERBS):
        yield help_page(verb, Reader(admin=True, can=frozenset(Ability)), words=WORDS)
    for mistake in (*Mistake, *Unsettled):
        for nearest in (None, BRIEF):
            for said in ("", "/я"):
                yield misuse_page(Misuse(mistake=mistake, verb=nearest, said=said), words=WORDS)
    fine = replace(HEALTH, failing=None, faults=())
    for healths in ((), (HEALTH,), (fine,), FEEDS, FEEDS * 9):
        yield sources_page(healths, words=WORDS, now=NOW, zone=UTC)
        yield sources_page(healths, words=WORDS, now=NOW, zone=UTC, operator=True)
        yield sources_page(healths, unread=("я",) * 20, words=WORDS, now=NOW, zone=UTC)
        for since in (None, NOW.date()):
            found = NothingFound(words="я", searched=2, since=since)
            yield nothing_page(found, healths, words=WORDS)
            followed = replace(found, words="", topics=("я", "ю"))
            yield nothing_page(followed, healths, words=WORDS)
    counts = Coverage(ok=1, failing=1, stale=1, retired=1, read=0, duplicates=0, shown=0)
    condition = Condition(version="1", archive=None, articles=1, newest=None, sources=counts)
    yield status_page(condition, operator=True, words=WORDS)
    yield status_page(replace(condition, newest=NOW.date()), operator=True, words=WORDS)
    for numbers, made in product(((), (1,), (1, 2)), (None, NOW.date())):
        yield no_story_page(3, numbers, made=made, words=WORDS)
    yield gone_page(1, words=WORDS)
    yield trouble_page(StoreError("я"), words=WORDS)
    yield Page((unnumbered_note(StoreError("я"), words=WORDS),))
    for failing in (None, FAULTS[0]):
        for faults in ((), FAULTS):
            reading = Reading(source="я", failing=failing, faults=faults, new=1, changed=1)
            yield reading_page(reading, words=WORDS)


def _bounds() -> Iterator[Page]:
    yield taken_back_page(words=WORDS)
    yield overtaken_page(words=WORDS)
    heads = [Heading((Plain("я"),), level=2)] * 40_000
    for blocks in ((Item((Plain("я" * 4000),)),), (Item((Plain("я" * 100),)),) * 900, tuple(heads)):
        yield bounded(Page(blocks), words=WORDS)


def _found() -> Iterator[Page]:
    shown = Hit(article=ARTICLE, headline=Headline(text=""), line=line("я."))
    linked = Hit(
        article=replace(ARTICLE, url="https://example.org"), headline=Headline(text="я"), line=None
    )
    for page in (1, 2):
        asked = SearchFor(query("я"), page)
        for found in (0, 1, 11, NEWEST + 1):
            for hits in ((), (shown, linked)):
                for searched in (0, 1, 2):
                    results = Results(asked=asked, found=found, searched=searched, hits=hits)
                    yield found_page(results, words=WORDS, today=NOW.date())


def _facts() -> Iterator[Page]:
    speaker = Speaker(label="глава", name="я")
    years = replace(IN_2027, text="в 2027")
    day = replace(on(NOW.date()), text="2 сентября")
    said = When(text="скоро", precision=Precision.WORDS)
    facts = Facts(
        figures=(
            *(figure("5", counts="я", hedge="я", period="я", speaker=speaker) for _ in range(14)),
            figure("6", quoted=True),
        ),
        quotes=(quote("я. я.", speaker=speaker, unpaired=True), quote("я", speaker=speaker)),
        ahead=tuple(event("я", when) for when in (day, years, said, UNDATED) * 3),
    )
    source = replace(origin(day=None), id="я", publisher="я")
    for unread, numbers in ((0, {}), (2, {"я": 1})):
        occasion = replace(OCCASION, unread=unread, numbers=numbers)
        for first in (0, 20):
            for sought in ("", "я"):
                figures = [Traced(fact=one, origin=source) for one in facts.figures[:first]]
                counted = Selection(first=tuple(figures), more=first)
                yield figures_page(counted, sought=sought, occasion=occasion, words=WORDS)
                quotes = [Traced(fact=one, origin=source) for one in facts.quotes[:first]]
                told = Selection(first=tuple(quotes), more=first)
                asked = QuotesOf(sought)
                yield quotes_page(told, asked=asked, occasion=occasion, words=WORDS)
                events = [Traced(fact=one, origin=source) for one in facts.ahead[:first]]
                ahead = Selection(first=tuple(events), more=first)
                days = Upcoming(9 if sought else None)
                yield diary_page(ahead, asked=days, occasion=occasion, words=WORDS)
    bare = story(1, "я")
    article = replace(ARTICLE, published=bare.brief.article.published)
    for with_facts in (facts, Facts()):
        brief = replace(bare.brief, article=article, facts=with_facts)
        full = Told(story=replace(bare, brief=brief), articles=(article,), made=NOW)
        yield story_page(
            replace(full, story=replace(full.story, publishers=("я",))), words=WORDS, zone=UTC
        )
        yield sources_of_story(full, words=WORDS)


def _answers() -> Iterator[Page]:
    archive = MemoryArchive()
    digests = Digests(
        archive=archive,
        healths=MemoryHealths(),
        clock=StandingClock(),
        beat=Beat(title="я", lines=3, stories=10, max_age_days=3, zone=UTC),
    )
    answer = Answer(
        digests=digests,
        editions=MemoryEditions(),
        facts=fact_answers(MemoryEditions(), StandingClock(), words=WORDS),
        searches=Searches(search=MemorySearch(archive), archive=archive, clock=StandingClock()),
        whys=whys(digests, archive, MemoryEditions()),
        linked=linked(archive, StandingClock()),
        settings=Chat(words=WORDS, languages={"en": "я"}).settings(),
        words=WORDS,
        version="1",
        archive_file=None,
    )
    for verb in VERBS:
        yield asyncio.run(answer(ask(verb.slash, of="я")))


def _slots() -> Iterator[Page]:
    empty = Digest(
        title="я",
        made=NOW,
        stories=(),
        coverage=Coverage(ok=0, failing=2, read=1, duplicates=1, shown=0),
        newest=date(2025, 9, 1),
    )
    events = [event("я", when) for when in (*[replace(IN_2027, text="в 2027")] * 6, UNDATED)]
    source = replace(origin(day=None), id="я", publisher="я")
    told = [Traced(fact=replace(one, what=str(n)), origin=source) for n, one in enumerate(events)]
    ahead = Selection(first=tuple(told), more=1)
    stored = replace(HEALTH, failing=None, faults=())
    for since in (None, NOW - timedelta(days=400)):
        for count in (1, 2, 6):
            down = [replace(HEALTH, since=since)] * count
            yield down_page(empty, down, words=WORDS, zone=UTC)
            yield down_page(replace(empty, newest=None), down, words=WORDS, zone=UTC)
            for said in (NOW, NOW - timedelta(days=2)):
                yield down_page(empty, down, words=WORDS, zone=UTC, told=said)
    for healths in ([HEALTH], [stored]):
        for topics in ((), ("я",) * 6):
            quiet = Quiet(digest=empty, since=NOW, topics=topics, ahead=ahead)
            page = quiet_page(quiet, healths, words=WORDS, zone=UTC)
            yield page
            yield marked_again(page, NOW.date(), words=WORDS)
    for minutes in (14, 15, 60, 70):
        due = NOW - timedelta(minutes=minutes)
        for gap in (None, Gap(None, NOW), Gap(due, NOW)):
            for covers in (1, 2):
                late = Lateness(due=due, sent=NOW, gap=gap, covers=covers)
                why = Paragraph((Plain(reason(late, words=WORDS, zone=UTC)),))
                yield marked_late(Page((why,)), late, words=WORDS, zone=UTC)


@pytest.mark.parametrize("pages", [_digests, _slots, _replies, _bounds, _facts, _found, _answers])
def test_no_word_of_a_page_bypasses_the_catalogues(pages: object) -> None:
    assert callable(pages)
    said = [span for page in pages() for span in untyped(page)]

    assert said
    assert not [text for text in said if re.search(r"[A-Za-z]", text)]
