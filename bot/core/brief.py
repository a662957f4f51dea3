"""An article in, its brief out."""

from bot.core.facts import facts
from bot.core.headline import headline
from bot.core.report import Report, Sentence, report
from bot.core.salience import choose
from bot.core.shorten import QUOTED_ROOM, ROOM, join, shortened, shortened_quotation
from bot.core.values import Article, Brief, Facts, Line


def brief(
    article: Article, *, lines: int = 3, whole: bool = False, with_facts: bool = True
) -> Brief:
    """Return the article's headline, at most that many lines, and its facts, in its own words.

    With ``whole``, long lines keep their trailing clauses; without facts it takes half the time.
    The time grows with the length of the article, never with its square.
    """
    return made(report(article), lines=lines, whole=whole, with_facts=with_facts)


def made(read: Report, *, lines: int, whole: bool, with_facts: bool) -> Brief:
    """Return the brief of an article that was read already."""
    room = len(read.article.text) if whole else None
    return Brief(
        article=read.article,
        headline=headline(read),
        lines=tuple(_line(read, sentence, room) for sentence in choose(read, lines)),
        sentences=len(read.sentences),
        facts=facts(read) if with_facts else Facts(),
    )


def _line(read: Report, sentence: Sentence, room: int | None) -> Line:
    text, language = read.article.text, read.language
    cut = False
    if sentence.quoted:
        room = QUOTED_ROOM if room is None else room
        kept, cut = shortened_quotation(text, sentence.part, language, room=room)
    else:
        room = ROOM if room is None else room
        publisher = read.article.publisher
        kept = shortened(text, sentence.part, language, room=room, publisher=publisher)
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
        cut=cut,
    )
