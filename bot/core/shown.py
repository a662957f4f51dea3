"""Which lines of a brief a page shows: none that its headline already says."""

from functools import lru_cache

from bot.core.brief import made
from bot.core.languages import language
from bot.core.report import report
from bot.core.values import Article, Brief, Line
from bot.core.words import content

#: A line is covered when this share of its content words stands in the headline: one word in
#: five may differ.
COVERED = 0.8
#: The same for the sentence that the headline is made from: what the headline left out of it is
#: mostly titles and first names.
COVERED_BY_ITSELF = 0.5


def shown(brief: Brief, *, limit: int, lead: bool) -> tuple[Line, ...]:
    """Return at most so many lines of a brief, those that add something to its headline.

    With ``lead``, or where nothing else is left, the sentence that the headline is made from may
    show again, where it says much more than the headline.
    """
    lines = [line for line in brief.lines if _adds(line, brief, lead=lead)]
    if not lines and not lead:
        return shown(brief, limit=limit, lead=True)
    return tuple(lines[:limit])


def showable(
    article: Article, *, lines: int, lead: bool, whole: bool = False, with_facts: bool = True
) -> Brief:
    """Return a brief that has so many lines to show beside its headline, if the article has."""
    read = report(article)
    first = made(read, lines=lines, whole=whole, with_facts=False)
    unshown = len(first.lines) - len(shown(first, limit=lines, lead=lead))
    if not unshown and not with_facts:
        return first
    return made(read, lines=lines + unshown, whole=whole, with_facts=with_facts)


@lru_cache(maxsize=4096)
def covered(line: str, headline: str, code: str, *, share: float = COVERED) -> bool:
    """Say whether that share of the line's content words, or more, stands in the headline."""
    said = frozenset(content(line, language(code)))
    repeated = said & frozenset(content(headline, language(code)))
    return bool(said) and len(repeated) >= share * len(said)


def _adds(line: Line, brief: Brief, *, lead: bool) -> bool:
    own = _is_headline(line, brief)
    if own and not lead:
        return False
    share = COVERED_BY_ITSELF if own else COVERED
    return not covered(line.text, brief.headline.text, brief.article.language, share=share)


def _is_headline(line: Line, brief: Brief) -> bool:
    """Say whether the headline is made from the very sentence of the line."""
    kept = brief.headline.kept
    return bool(kept) and all(line.start <= span.start and span.end <= line.end for span in kept)
