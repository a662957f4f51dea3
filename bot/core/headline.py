"""What an article is called: its own title, or its lead sentence with words left out."""

import re

from bot.core.language import Language
from bot.core.report import Report, Sentence
from bot.core.shorten import (
    LONGEST,
    first_words,
    join,
    keep,
    length,
    minus,
    openers,
    tails,
    trailing,
)
from bot.core.values import Headline, Span

#: A headline made from a sentence is at most this long where the grammar allows, in characters.
ROOM = 90
#: The title that a source gives is cut behind a word once it is longer than this, in characters.
MOST = 300

_ABBREVIATION = re.compile(
    r"(?P<full>[A-Z][\w-]+(?: (?:of|and|for|the|on|in|de|[A-Z][\w-]+)){0,12}) "
    r"\((?P<short>[A-Z]{2,9})\)"
)
#: A person's title before the name is at most this long, in characters.
_TITLE_REACH = 160


def headline(report: Report) -> Headline:
    """Return the article's title, or its first plain sentence of narration, shortened."""
    article = report.article
    if article.title and article.title.strip():
        title = " ".join(article.title.split())
        if len(title) > MOST:
            title = f"{first_words(title, Span(0, len(title)), MOST).of(title)} …"
        return Headline(text=title)
    if report.wire.title:
        return Headline(text=join(article.text, (report.wire.title,)), kept=(report.wire.title,))
    lead = _lead(report)
    if lead is None:
        return Headline(text="")
    if lead.part.end - lead.part.start > LONGEST:
        first = first_words(article.text, lead.part, ROOM)
        return Headline(text=f"{join(article.text, (first,))} …", kept=(first,))
    pieces = _shortened(report, lead)
    return Headline(text=join(article.text, pieces).rstrip(".。"), kept=pieces)


def _lead(report: Report) -> Sentence | None:
    shown = [sentence for sentence in report.sentences if sentence.shows]
    plain = [sentence for sentence in shown if not sentence.quoted and not sentence.leans]
    return next(iter([*plain[:1], *shown[:1], *report.sentences[:1]]), None)


def _shortened(report: Report, lead: Sentence) -> tuple[Span, ...]:
    """Leave out more and more until the headline has room, the dearest words last."""
    text, language = report.article.text, report.language
    sentence = lead.part
    opened = list(openers(text, sentence, language))
    start = opened[-1].end if opened else sentence.start
    gone = [*tails(text, sentence, language, report.article.publisher), *opened]
    pieces = keep(sentence, [*gone, *_title(report, Span(start, sentence.end))])
    for rule in (_without_occasion, _abbreviated, _without_circumstance, _without_determiners):
        if _fits(text, pieces):
            break
        pieces = rule(text, pieces, language)
    return pieces


def _fits(text: str, pieces: tuple[Span, ...]) -> bool:
    """Say whether a line is short enough, its final stop left aside."""
    return length(text, pieces) <= ROOM + 1


def _without_occasion(text: str, pieces: tuple[Span, ...], language: Language) -> tuple[Span, ...]:
    return minus(pieces, trailing(text, pieces, language, room=ROOM, starts=language.occasions))


def _without_circumstance(
    text: str, pieces: tuple[Span, ...], language: Language
) -> tuple[Span, ...]:
    starts = language.occasions + language.circumstances
    return minus(pieces, trailing(text, pieces, language, room=ROOM, starts=starts))


def _without_determiners(
    text: str, pieces: tuple[Span, ...], language: Language
) -> tuple[Span, ...]:
    """Leave out one article after another, "the need" becomes "need", where that makes room."""
    words = "|".join(sorted(language.determiners)) or "(?!)"
    determiner = re.compile(rf"(?<!\S)(?i:{words})\s+")
    shorter = pieces
    for match in determiner.finditer(text, pieces[0].start, pieces[-1].end):
        shorter = minus(shorter, [Span(match.start(), match.end())])
        if _fits(text, shorter):
            return shorter
    return pieces


def _title(report: Report, sentence: Span) -> list[Span]:
    """Return the title and first name that a sentence opens with, where a name alone will do."""
    text = report.article.text
    for person in report.persons:
        at = text.find(person.name, sentence.start, sentence.start + _TITLE_REACH)
        # A former president's title stays: without it the headline would say something else.
        if person.short == person.name or at < 0 or not person.role:
            continue
        if _is_title(text[sentence.start : at], person.title, report.language):
            short = at + person.name.index(person.short)
            end = at + len(person.name)
            rest = Span(short + len(person.short), end)
            return [Span(sentence.start, short), *([rest] if rest.start < end else [])]
    return []


def _is_title(before: str, title: str, language: Language) -> bool:
    """Say whether the words before a name are its office and country and nothing else.

    "Kazakh President", "Kazakhstan's President", "The President of Kazakhstan"; but not
    "Relatives of President".
    """
    office, _, country = title.partition(" of ")
    land = re.escape(country) or "(?!)"
    of_people = "|".join(sorted(language.nationalities)) or "(?!)"
    owner = rf"(?:the )?(?:(?:{land}'s?|{of_people}) )?"
    words = " ".join(before.lower().replace("’", "'").replace("u.s.", "us").split())
    title_only = rf"{owner}{re.escape(office)}(?: of (?:the )?{land})?"
    return re.fullmatch(title_only, words) is not None


def _abbreviated(text: str, pieces: tuple[Span, ...], _language: Language) -> tuple[Span, ...]:
    """Make "Shanghai Cooperation Organization (SCO)" into "SCO"; drop brackets that do not fit."""
    for match in _ABBREVIATION.finditer(text, pieces[0].start, pieces[-1].end):
        full = _spelled(match["full"], match["short"])
        if full is None:
            gone = [Span(match.start("short") - len(" ("), match.end())]
        else:
            spelled = Span(match.start("full") + full, match.start("short"))
            gone = [spelled, Span(match.end("short"), match.end())]
        pieces = minus(pieces, gone)
    return pieces


def _spelled(full: str, short: str) -> int | None:
    """Return where the words that the abbreviation is made of begin, if it is made of them.

    Its letters are the initials of words in order, the first word's and the last word's included.
    """
    words = [(match.start(), match.group().upper()) for match in re.finditer(r"[A-Za-z]+", full)]
    for number, (start, word) in enumerate(words):
        initials = iter(other[0] for _, other in words[number:])
        ends = word[0] == short[0] and words[-1][1][0] == short[-1]
        if ends and all(letter in initials for letter in short):
            return start
    return None
