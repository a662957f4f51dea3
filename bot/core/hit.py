"""An article that was found: what it is called, and the sentence that says why."""

from dataclasses import dataclass

from bot.core.headline import headline
from bot.core.report import Report, Sentence, report
from bot.core.search import Query, terms
from bot.core.shorten import join, keep, tails
from bot.core.shown import shown
from bot.core.values import Article, Brief, Headline, Line

#: What is longer is a table or a list, not a sentence to be shown; in characters.
LONGEST = 600
#: So many sentences are tried, the best first; those before it may only repeat the headline.
_TRIED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found."""

    article: Article
    headline: Headline
    #: A whole sentence of it that has most of what was looked for; None where only its headline
    #: has it, or what may not stand alone.
    line: Line | None


def hit(article: Article, query: Query) -> Hit:
    """Return what is shown of an article that was found."""
    read = report(article)
    ranked = _ranked(read, query)[:_TRIED]
    made = Brief(
        article=article,
        headline=headline(read),
        lines=tuple(_line(read, sentence) for sentence in ranked),
        sentences=len(read.sentences),
    )
    # The sentence that the headline is made from only where no other will do.
    lines = shown(made, limit=1, lead=False) or shown(made, limit=1, lead=True)
    line = next(iter(lines), None)
    return Hit(article=article, headline=made.headline, line=line)


def _ranked(read: Report, query: Query) -> list[Sentence]:
    """Return the sentences that may stand alone and have something wanted, most first."""
    counted: list[tuple[int, Sentence]] = []
    for sentence in read.sentences:
        part = sentence.part
        if not sentence.shows or sentence.leans or part.end - part.start > LONGEST:
            continue
        found = terms(part.of(read.article.text), read.language)
        count = sum(sought.stands_in(found) for sought in query.wanted)
        if count:
            counted.append((count, sentence))
    counted.sort(key=lambda each: -each[0])
    return [sentence for _, sentence in counted]


def _line(read: Report, sentence: Sentence) -> Line:
    """Return the sentence with all its words but the agency's tail."""
    text = read.article.text
    gone = () if sentence.quoted else tails(text, sentence.part, read.language)
    kept = keep(sentence.part, gone)
    return Line(
        text=join(text, kept),
        article=read.article.id,
        start=sentence.span.start,
        end=sentence.span.end,
        kept=kept,
        sentence=sentence.index + 1,
        quoted=sentence.quoted,
        speaker=sentence.speaker,
        unpaired=sentence.unpaired,
    )
