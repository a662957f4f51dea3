"""A story in full has its facts, and each of them is shown in the sentence it stands in."""

from dataclasses import replace
from datetime import UTC, date

from hypothesis import given
from hypothesis import strategies as st

from bot.core.board import quotes_page
from bot.core.brief import brief
from bot.core.diary import diary_page
from bot.core.fact_verbs import QuotesOf, Upcoming
from bot.core.ledger import figures_page
from bot.core.origin import Origin, Selection, Traced
from bot.core.page import Block, Buttons, Entry, Item, Page, Strong
from bot.core.phrases import one_line, plain
from bot.core.sourced import sources_of_story
from bot.core.told import Told, story_page
from bot.core.values import (
    Article,
    Event,
    Facts,
    Figure,
    Line,
    Precision,
    Published,
    Quote,
    Span,
    Speaker,
    Story,
    When,
)
from bot.core.wording import English
from tests.fakes.facts import IN_2027, LEADER, OCCASION, event, figure, on, quote
from tests.fakes.pages import text
from tests.fakes.press import NOW

WORDS = English()
TEXT = (
    "Ministers met in Osh on Monday. They will spend a staggering $5 trillion on rails.\n\n"
    "“We build it. It takes a year,” said Aliya Sadykova. A forum opens in 2027 in Astana."
)
HEAD = Speaker(label="the head of state", name="Aliya Sadykova")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def line(*kept: str, sentence: int, quoted: bool = False, unpaired: bool = False) -> Line:
    spans = tuple(at(piece) for piece in kept)
    return Line(
        text=" ".join(kept),
        article="wire/1.txt",
        start=spans[0].start,
        end=spans[-1].end,
        kept=spans,
        sentence=sentence,
        quoted=quoted,
        speaker=LEADER if quoted else None,
        unpaired=unpaired,
    )


def told(facts: Facts, *lines: Line, body: str = TEXT) -> Told:
    article = Article(
        id="wire/1.txt",
        source="wire",
        text=body,
        published=Published(day=date(2025, 9, 1)),
        publisher="Trend",
    )
    made = replace(brief(article, lines=0), lines=lines, facts=facts)
    made = replace(made, headline=replace(made.headline, text="Talks", kept=()))
    story = Story(number=1, brief=made, articles=(article.id,), publishers=("Trend",))
    return Told(story=story, articles=(article,), made=NOW)


def full(one: Told) -> str:
    return text(story_page(one, words=WORDS, zone=UTC))


def sources(one: Told) -> Page:
    return sources_of_story(one, words=WORDS)


def test_a_story_in_full_has_figures_quotations_and_what_is_ahead() -> None:
    facts = Facts(
        figures=(
            figure(counts="rails", hedge="about", speaker=LEADER),
            figure("two days", minor=True),
        ),
        quotes=(quote("We build it. It takes a year,", speaker=HEAD, unpaired=True),),
        ahead=(
            event("Forum"),
            event("Talks", IN_2027, where="Astana"),
            event("Budget", When(text="next fiscal year", precision=Precision.WORDS)),
            event("Visit", on(date(2025, 9, 9))),
        ),
    )

    assert full(told(facts, line("Ministers met in Osh on Monday.", sentence=1))) == (
        "# 1. Talks\n"
        "Trend · 1 September 2025\n"
        "- Ministers met in Osh on Monday.\n"
        "## Figures\n"
        "$5 trillion = rails · about · Aliya Sadykova's words\n"
        "## Quotation\n"
        "- “We build it. It takes a year” — Aliya Sadykova ①\n"
        "## Ahead\n"
        "9 Sep 2025 = Visit · place not given\n"
        "2027 = Talks · Astana\n"
        "next fiscal year = Budget · place not given · as written on 1 Sep 2025\n"
        "no date given = Forum · place not given\n"
        "_① The quotation marks do not pair in the source; the speaker stands there as "
        "“the head of state”._\n"
        "_No link: this article came as a file._\n"
        "_Story 1 of the news as of Tue 2 September 2025, 03:00. "
        "Each line in its source sentence: /brief 1 sources_"
    )


def test_long_lists_of_facts_are_counted_to_their_end() -> None:
    figures = tuple(figure(f"{number} percent") for number in range(10))
    ahead = tuple(event(f"Forum {number}") for number in range(9))
    quotes = tuple(quote(f"We build {number}.", start=number) for number in range(5))

    page = full(told(Facts(figures=figures, quotes=quotes, ahead=ahead)))

    assert "\nand 2 more\n## Quotations\n" in page
    assert page.count("\n- “We build ") == 3
    assert "\n_and 1 more_\n" in page


def test_a_quotation_that_a_line_shows_whole_is_not_shown_twice() -> None:
    words = at("We build it.")
    short = quote("We build it.", start=words.start, sentences=(3, 3))
    shown = line("We build it.", sentence=3, quoted=True)

    assert "## Quotation" not in full(told(Facts(quotes=(short,)), shown))
    assert "## Quotation" in full(told(Facts(quotes=(short,)), replace(shown, cut=True)))
    longer = replace(short, sentences=(3, 4))
    assert "## Quotation" in full(told(Facts(quotes=(longer,)), shown))


def test_a_line_whose_marks_do_not_pair_is_remarked() -> None:
    page = full(told(Facts(), line("A forum opens in 2027", sentence=5, unpaired=True)))

    assert "- A forum opens in 2027 ①\n" in page
    assert "_① The quotation marks do not pair in the source._" in page


def test_what_a_line_left_out_stands_in_brackets_between_what_it_kept() -> None:
    one = told(Facts(), line("They will spend", "$5 trillion", sentence=2))
    entry = sources(one).blocks[1]

    assert isinstance(entry, Entry)
    assert text(Page((entry,))) == (
        "1 = They will spend [a staggering] $5 trillion [on rails.] — Trend, 1 Sep 2025, "
        "sentence 2 of 5"
    )
    assert bold(entry) == ["They will spend", "$5 trillion"]


def test_every_fact_stands_in_its_sentence_and_an_event_in_all_of_its() -> None:
    money, words = at("$5 trillion"), at("We build it. It takes a year,")
    facts = Facts(
        figures=(figure(start=money.start), figure("Monday", minor=True)),
        quotes=(quote(words.of(TEXT), start=words.start, sentences=(3, 4)),),
        ahead=(
            event(when=IN_2027, spans=(at("Osh"), at("opens in 2027"))),
            event(spans=(at("A forum"),)),
        ),
    )
    page = sources(told(facts))

    assert text(page) == (
        "# 1. Talks · sources\n"
        "## Figures\n"
        "$5 trillion = They will spend a staggering $5 trillion on rails. — Trend, 1 Sep 2025, "
        "sentence 2 of 5\n"
        "## Quotations\n"
        "Aliya Sadykova = “We build it. It takes a year,” said Aliya Sadykova. — "
        "Trend, 1 Sep 2025, sentences 3–4 of 5\n"
        "## Ahead\n"
        "in 2027 = Ministers met in Osh on Monday. … A forum opens in 2027 in Astana. — "
        "Trend, 1 Sep 2025, sentences 1–5 of 5\n"
        "no date given = A forum opens in 2027 in Astana. — Trend, 1 Sep 2025, sentence 5 of 5\n"
        "_Bold is what is shown; [in brackets] is what a line leaves out. The story: /brief 1_"
    )
    assert [bold(block) for block in page.blocks if isinstance(block, Entry)] == [
        ["$5 trillion"],
        ["We build it.", "It takes a year,"],
        ["Osh", "opens in 2027"],
        ["A forum"],
    ]


def test_a_story_without_lines_and_facts_has_no_sources_to_show() -> None:
    page = text(sources(told(Facts())))

    assert "_The article says no more than this._" in page


def test_what_stands_in_no_sentence_is_shown_by_itself() -> None:
    between = TEXT.index("\n\n")
    page = text(sources(told(Facts(ahead=(event(spans=(Span(between, between + 1),)),)))))

    assert "no date given =   — Trend, 1 Sep 2025\n" in page


def test_many_facts_are_counted_under_sources() -> None:
    figures = tuple(figure(f"{number}", start=number) for number in range(14))

    assert "_and 2 more_" in text(sources(told(Facts(figures=figures))))


def bold(block: Block) -> list[str]:
    assert not isinstance(block, Buttons)
    return [span.text for span in block.spans if isinstance(span, Strong)]


_SOME = st.text(st.sampled_from("aB1 .,“”\n—\u200e\ud800中„"), max_size=8)
_SPEAKERS = st.builds(Speaker, label=_SOME, name=st.none() | _SOME)
_DAYS = st.none() | st.dates()


@st.composite
def _told(draw: st.DrawFn) -> Told:
    # No mark in it: the first that closes on a page is then the page's own.
    body = draw(st.text(st.sampled_from("aB1 .‘\n中$"), min_size=1, max_size=60))
    starts = st.integers(0, len(body) - 1)

    def span() -> Span:
        start = draw(starts)
        return Span(start, draw(st.integers(start + 1, len(body))))

    quotes = []
    for _ in range(draw(st.integers(0, 3))):
        piece = span()
        made = quote(piece.of(body), start=piece.start, speaker=draw(_SPEAKERS))
        quotes.append(replace(made, unpaired=draw(st.booleans())))
    figures = []
    for _ in range(draw(st.integers(0, 3))):
        piece = span()
        figures.append(
            figure(
                piece.of(body),
                start=piece.start,
                counts=draw(_SOME),
                hedge=draw(_SOME),
                speaker=draw(st.none() | _SPEAKERS),
            )
        )
    events = [
        event(
            draw(_SOME),
            When(
                text=draw(_SOME),
                precision=draw(st.sampled_from(Precision)),
                first=draw(_DAYS),
                last=draw(_DAYS),
            ),
            where=draw(_SOME),
            speaker=draw(st.none() | _SPEAKERS),
            spans=(span(), span()),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    facts = Facts(figures=tuple(figures), quotes=tuple(quotes), ahead=tuple(events))
    return told(facts, body=body)


def _traced(one: Told) -> tuple[Selection[Figure], Selection[Quote], Selection[Event]]:
    article, facts = one.articles[0], one.story.brief.facts
    origin = Origin(
        id=article.id,
        source=article.source,
        language=article.language,
        published=article.published,
        seen=NOW,
    )
    return (
        Selection(first=tuple(Traced(fact=each, origin=origin) for each in facts.figures)),
        Selection(first=tuple(Traced(fact=each, origin=origin) for each in facts.quotes)),
        Selection(first=tuple(Traced(fact=each, origin=origin) for each in facts.ahead)),
    )


@given(_told(), st.booleans())
def test_any_facts_make_pages_and_every_quotation_on_them_is_a_piece_of_the_source(
    one: Told,
    whole: bool,  # noqa: FBT001 - drawn by name
) -> None:
    figures, quotes, events = _traced(one)
    asked = QuotesOf(whole=whole)
    board = quotes_page(quotes, asked=asked, occasion=OCCASION, words=WORDS)
    figures_page(figures, sought="", occasion=OCCASION, words=WORDS)
    diary_page(events, asked=Upcoming(), occasion=OCCASION, words=WORDS)
    sources(one)
    source = one_line(one.articles[0].text)

    for page in (board, story_page(one, words=WORDS, zone=UTC)):
        for block in page.blocks:
            if isinstance(block, Item):
                said = plain(block.spans)
                assert said.startswith("“")
                assert said[1 : said.index("”")] in source


def test_a_title_above_the_report_is_its_own_source() -> None:
    report = "Ministers agree on water\n\nThe ministers met in the city of Osh on Monday."
    made = brief(Article(id="wire/2.txt", source="wire", text=report))
    one = Story(number=1, brief=made, articles=("wire/2.txt",), publishers=("wire",))

    page = sources_of_story(Told(story=one, articles=(made.article,), made=NOW), words=WORDS)

    assert text(page).splitlines()[1] == "Headline = Ministers agree on water — wire, no date"
