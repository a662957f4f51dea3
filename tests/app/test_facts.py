"""Facts are found as articles come in, renewed when the rules are new, and asked for by name."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from bot.app.facts import AT_ONCE, FactAnswers, Renewal, extract
from bot.app.gather import Gather
from bot.core.fact_verbs import FiguresOn, QuotesOf, Upcoming
from bot.core.origin import Traced
from bot.core.page import Page
from bot.core.values import Article, Event, Facts, Published, Span
from tests.fakes.facts import (
    TODAY,
    MemoryFacts,
    event,
    extracted,
    fact_answers,
    figure,
    on,
    origin,
)
from tests.fakes.memory import MemoryArchive, MemoryEditions, MemoryHealths
from tests.fakes.pages import text
from tests.fakes.press import NOW, ScriptedSource, StandingClock, article


@dataclass
class Desk:
    facts: MemoryFacts = field(default_factory=MemoryFacts)
    clock: StandingClock = field(default_factory=StandingClock)

    def answers(self) -> FactAnswers:
        return fact_answers(MemoryEditions(), self.clock, facts=self.facts)

    def wait_for(self, *numbers: int) -> None:
        for number in numbers:
            one = article(number)
            self.facts.articles[f"{number}"] = (replace(one, id=f"{number}"), 1)


def run(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever the work returns
    return asyncio.run(work)


def test_the_facts_of_an_article_are_those_of_its_report() -> None:
    found = extract(
        Article(
            id="a",
            source="wire",
            text="“We will build the new railway to Osh,” said Aliya Sadykova. It rained.",
            published=Published(day=date(2025, 9, 1)),
        )
    )

    assert [quote.text.rstrip(",") for quote in found.facts.quotes] == [
        "We will build the new railway to Osh"
    ]
    assert len(found.sentences) == len(found.facts.ahead)


def test_an_event_has_the_whole_sentences_it_rests_on() -> None:
    body = "It rained. A fair opens in Osh.\n\nIt ends in May. Nobody came."
    spans = (Span(body.index("fair"), body.index("fair") + 4), Span(body.index("May"), 49))

    found = extract(
        Article(id="a", source="wire", text=body), facts=lambda _: _facts(event(spans=spans))
    )

    assert found.sentences == ("A fair opens in Osh. It ends in May.",)


def _facts(*events: Event) -> Facts:
    return Facts(ahead=events)


def test_articles_are_stored_with_their_facts() -> None:
    archive, source = MemoryArchive(), ScriptedSource()
    source.hold(article(0), article(1))
    texts: list[str] = []

    @dataclass
    class Noting(MemoryArchive):
        async def save(self, found_: Any, *, now: datetime, imported: bool) -> None:  # noqa: ANN401
            texts.extend(one.extracted.facts.figures[0].text for one in found_)
            await archive.save(found_, now=now, imported=imported)

    gather = Gather(
        sources=[source],
        intake=Noting(),
        healths=MemoryHealths(),
        clock=StandingClock(),
        extract=lambda one: extracted(Facts(figures=(figure(one.id),))),
    )
    run(gather.once())

    assert texts == ["wire/0.txt", "wire/1.txt"]


def test_an_answer_first_looks_through_some_of_the_articles_that_wait() -> None:
    desk = Desk()
    desk.wait_for(*range(AT_ONCE + 2))

    page = run(desk.answers().figures("here", FiguresOn()))

    assert len(desk.facts.renewed) == AT_ONCE
    assert "_I am still looking through 2 older articles:" in text(page)


def test_all_articles_that_wait_are_looked_through_in_the_end() -> None:
    desk = Desk()
    desk.wait_for(*range(2 * AT_ONCE + 1))

    run(desk.answers().renewal.all())

    assert len(desk.facts.renewed) == 2 * AT_ONCE + 1


def test_an_article_that_cannot_be_renewed_holds_nothing_up() -> None:
    @dataclass
    class Stubborn(MemoryFacts):
        async def renew(self, extracted: object) -> None:
            """Keep nothing: another process changes the articles all the time."""

    facts = Stubborn()
    facts.articles["0"] = (article(0), 1)

    run(Renewal(extracts=facts, rules=2).all())

    assert facts.renewed == {}


def test_articles_that_vanish_meanwhile_are_not_waited_for() -> None:
    @dataclass
    class Vanishing(MemoryFacts):
        async def unread(self, rules: int, *, limit: int) -> list[Article]:
            del rules, limit
            return []

    facts = Vanishing(articles={"0": (article(0), 1)})

    assert run(Renewal(extracts=facts, rules=2).some(5)) == 1


def test_facts_are_renewed_while_the_sources_are_watched_and_again_after_a_failure() -> None:
    desk = Desk()
    desk.wait_for(0, 1)
    desk.facts.broken = "The disk is full."
    source = ScriptedSource(ends=True)
    gather = Gather(
        sources=[source],
        intake=MemoryArchive(),
        healths=MemoryHealths(),
        clock=desk.clock,
        again=0,
        renewal=desk.answers().renewal,
    )

    async def scenario() -> None:
        async def tell(_: object) -> None:
            """Tell nobody."""

        watching = asyncio.create_task(gather.watch(tell))
        for _ in range(3):
            await asyncio.sleep(0)
        desk.facts.broken = ""
        await watching

    run(scenario())

    assert set(desk.facts.renewed) == {"0", "1"}


def test_words_are_asked_for_by_their_stems_in_every_language() -> None:
    desk = Desk()

    run(desk.answers().figures("here", FiguresOn("exports of grain")))
    run(desk.answers().figures("here", FiguresOn()))

    assert desk.facts.asked == [[("export", "grain"), ("exports", "of", "grain")], []]


def test_a_person_is_asked_for_by_every_alias() -> None:
    desk = Desk()
    answers = replace(desk.answers(), aliases=lambda _: ("Токаев", "托卡耶夫"))

    run(answers.quotes("here", QuotesOf("Tokayev")))
    run(desk.answers().quotes("here", QuotesOf()))

    assert desk.facts.asked == [[("tokayev",), ("токаев",), ("托卡耶夫",)], []]


def test_days_are_counted_where_the_chat_is() -> None:
    desk = Desk(clock=StandingClock(datetime(2025, 9, 2, 23, tzinfo=UTC)))
    answers = replace(desk.answers(), zone=timezone(timedelta(hours=5)))

    run(answers.upcoming("here", Upcoming(30)))
    run(answers.upcoming("here", Upcoming()))

    assert desk.facts.asked == [(date(2025, 9, 3), date(2025, 10, 3)), (date(2025, 9, 3), None)]


def test_a_calendar_gets_what_has_a_day_and_the_count_of_the_rest() -> None:
    desk = Desk()
    fair = Traced(fact=event("Fair", on(date(2025, 9, 9))), origin=origin())
    desk.facts.coming = [fair, Traced(fact=event(), origin=origin())]
    desk.wait_for(0)

    assert run(desk.answers().dated(None)) == ((fair,), 1)
    assert run(desk.answers().dated(7)) == ((fair,), 1)
    assert desk.facts.asked[-1] == (TODAY, TODAY + timedelta(days=7))
    assert set(desk.facts.renewed) == {"0"}
    assert NOW.date() == TODAY


def test_what_is_ahead_comes_as_a_calendar_file() -> None:
    desk = Desk()
    desk.facts.coming = [
        Traced(fact=event("Talks", on(TODAY)), origin=origin()),
        Traced(fact=event("Forum"), origin=origin()),
    ]

    page = run(desk.answers()("loop:here", Upcoming(as_file=True)))

    assert text(page) == "A calendar file with 1 event.\n_1 more has no day: /upcoming_"
    assert page.document.content == b"Talks"
    assert text(Page(page.unfiled)).split("\n")[2:] == [
        "I could not send the file here. This is what it holds:",
        "2 Sep 2025 = Talks · place not given",
    ]
