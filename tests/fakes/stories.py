"""Briefs, stories and digests made by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.health import Fault, Health, Reason
from bot.core.values import (
    Article,
    Brief,
    Coverage,
    Digest,
    Headline,
    Line,
    Published,
    Speaker,
    Story,
)
from tests.fakes.press import NOW


def line(text: str, *, speaker: Speaker | None = None, quoted: bool = False) -> Line:
    return Line(
        text=text,
        article="wire/1.txt",
        start=0,
        end=len(text),
        kept=(),
        sentence=1,
        quoted=quoted or speaker is not None,
        speaker=speaker,
    )


def story(number: int, headline: str, *lines: Line, same_speech: tuple[int, ...] = ()) -> Story:
    article = Article(
        id=f"wire/{number}.txt",
        source="wire",
        text=headline,
        published=Published(day=date(2025, 9, 1)),
        place="Tianjin, China",
    )
    return Story(
        number=number,
        brief=Brief(
            article=article, headline=Headline(text=headline), lines=lines, sentences=len(lines)
        ),
        articles=(article.id,),
        publishers=("Trend",),
        same_speech=same_speech,
    )


def with_article(one: Story, article: Article) -> Story:
    return replace(one, brief=replace(one.brief, article=article))


def digest(
    stories: Sequence[Story] = (),
    *,
    ok: int = 1,
    failing: int = 0,
    newest: date | None = None,
    words: str = "",
) -> Digest:
    return Digest(
        title="SCO",
        made=NOW,
        stories=tuple(stories),
        coverage=Coverage(
            ok=ok, failing=failing, read=len(stories), duplicates=0, shown=len(stories)
        ),
        newest=newest,
        words=words,
    )


def health(
    source: str = "wire",
    *,
    failing: bool = False,
    faults: tuple[Fault, ...] = (),
    checked: datetime = NOW,
) -> Health:
    fault = Fault(name=f"{source}/", reason=Reason.UNREADABLE, detail="Permission denied")
    return Health(
        source=source,
        failing=fault if failing else None,
        checked=checked,
        articles=2,
        newest=Published(day=date(2025, 9, 1)),
        faults=faults,
    )
