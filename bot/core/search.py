"""What is looked for in the archive, and the terms by which texts and queries are compared.

Every word that is typed must be in the article, in any form; words in double quotation marks must
stand side by side, and what follows a minus must be absent. No word is too common to count.

What is found is shown in the order of its score, the highest first, and of two alike the newer:

    score = relevance * 30 / (30 + age)

``relevance`` is BM25 (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75) over the terms, those of
the title counted four times, and a phrase, as in Lucene, is worth as much as its terms together;
``age`` is in days since the article was published, or first stored where that is earlier: a month
halves a score, a quarter of a year quarters it. Of more than 1,000 articles found only the 1,000
newest are ranked and shown, and people are told so.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from bot.core.gazetteer import Gazetteer
from bot.core.language import Language
from bot.core.languages import LANGUAGES
from bot.core.languages import language as language_of
from bot.core.sentences import sentences
from bot.core.values import Article
from bot.core.wire import read
from bot.core.words import stems

#: A term of the title counts so many times one of the text.
TITLE_WEIGHT = 4.0
#: After so many days an article's score is halved.
HALVED_AFTER = 30.0
#: So many of the articles found, the newest, are ranked and shown.
NEWEST = 1000
#: Told in place of their number where more than these have a phrase: they are counted no further.
UNCOUNTED = NEWEST + 1
#: Articles a page.
PAGE = 10
MOST_PAGES = NEWEST // PAGE

#: Two words with the same beginning of so many characters are taken for one.
_LONGEST = 64
#: The opening sentence of a report without a title is looked for in so many characters.
_OPENING = 1000

#: A name is looked for in so many words.
_LONGEST_NAME = 6
_NOBODY = Gazetteer()

_QUOTES = '"“”„‟«»「」『』＂'
_PIECE = re.compile(
    rf"(?P<minus>[-−–—]*)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<word>[^\s{_QUOTES}]+))"
)
_JOINERS = re.compile(r"[-‐‑‒–—−]")
_MARK = re.compile("[\u0300-\u036f]")
_LATIN_WITH_MARKS = re.compile("([A-Za-z])[\u0300-\u036f]+")
_UNSAFE = re.compile("[^a-pr-z0-9]")

#: Terms that stand side by side, in the reading of one language.
Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or a phrase: found where any of its readings stands."""

    readings: tuple[Run, ...]

    def stands_in(self, found: Run) -> bool:
        """Say whether the terms of a text hold one of the readings, side by side."""
        return any(
            found[start : start + len(run)] == run
            for run in self.readings
            for start in range(len(found) - len(run) + 1)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What must be in an article, and what must not."""

    #: As typed, on one line.
    typed: str
    wanted: tuple[Sought, ...]
    unwanted: tuple[Sought, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an article, joined by spaces."""

    #: Of its title, or of its opening sentence where it has none.
    head: str
    #: Of its text.
    body: str


def query(typed: str, gazetteer: Gazetteer = _NOBODY) -> Query:
    """Return what the words ask for; nothing is wanted where they hold no word to find.

    A quotation mark without its partner is no mark. Outside quotation marks a name that the
    gazetteer knows is found by any other name of the same actor.
    """
    pieces = [
        _Piece(piece["phrase"] or piece["word"] or "", bool(piece["minus"]), piece["word"] is None)
        for piece in _PIECE.finditer(typed)
    ]
    wanted: dict[Sought, None] = {}
    unwanted: dict[Sought, None] = {}
    while pieces:
        sought, count = _sought(pieces, _known(gazetteer))
        if sought.readings:
            (unwanted if pieces[0].unwanted else wanted)[sought] = None
        pieces = pieces[count:]
    return Query(typed=typed, wanted=tuple(wanted), unwanted=tuple(unwanted))


def terms(text: str, language: Language) -> Run:
    """Return the terms of a text in order: the same for every form, case and accent of a word.

    A term has only the letters a to z and digits, so that no full-text engine cuts it up, changes
    it, or reads it as its syntax; other characters are spelled out. Two words that differ have
    different terms, but for what is past their 64th character.
    """
    return tuple(map(_spelled, stems(_plain(text), language)))


def article_terms(article: Article) -> Terms:
    """Return the terms of an article, which an index keeps."""
    language = language_of(article.language)
    head = article.title if article.title and article.title.strip() else _opening(article, language)
    return Terms(" ".join(terms(head, language)), " ".join(terms(article.text, language)))


@dataclass(frozen=True, slots=True)
class _Piece:
    words: str
    unwanted: bool
    quoted: bool


def _sought(pieces: Sequence[_Piece], known: Mapping[Run, tuple[Run, ...]]) -> tuple[Sought, int]:
    """Return what the first pieces ask for, and how many of them: several where they are a name."""
    first = pieces[0]
    if not first.quoted:
        name = [first.words]
        if not first.unwanted:
            behind = pieces[1:_LONGEST_NAME]
            plain = takewhile(lambda piece: not (piece.quoted or piece.unwanted), behind)
            name += [piece.words for piece in plain]
        for count in range(len(name), 0, -1):
            for run in _readings(" ".join(name[:count])):
                if run in known:
                    return Sought(known[run]), count
    return Sought(_readings(first.words)), 1


def _readings(words: str) -> tuple[Run, ...]:
    """Read the words in every language: nobody says in which they are."""
    return tuple(run for run in dict.fromkeys(terms(words, each) for each in LANGUAGES) if run)


@lru_cache(maxsize=8)
def _known(gazetteer: Gazetteer) -> Mapping[Run, tuple[Run, ...]]:
    """Return for each name of an actor all the names of that actor."""
    known: dict[Run, tuple[Run, ...]] = {}
    for actor in gazetteer.actors:
        names = (actor.name, *actor.aliases)
        runs = tuple(dict.fromkeys(run for name in names for run in _readings(name)))
        known |= {run: tuple(dict.fromkeys((*known.get(run, ()), *runs))) for run in runs}
    return known


def _opening(article: Article, language: Language) -> str:
    """Return the title that stands above the text, or the first sentence of the report."""
    wire = read(article.text, article.language)
    if wire.title:
        return wire.title.of(article.text)
    opening = article.text[: wire.body + _OPENING]
    first = sentences(opening, language, start=wire.body)[:1]
    return first[0].of(opening) if first else ""


def _plain(text: str) -> str:
    """Return the text without what people type now so and now so: accents, widths, hyphens."""
    if text.isascii():
        return text.replace("-", " ")
    plain = unicodedata.normalize("NFKD", text)
    if _MARK.search(plain):
        plain = _LATIN_WITH_MARKS.sub(r"\1", plain)
    return _JOINERS.sub(" ", unicodedata.normalize("NFC", plain))


@lru_cache(maxsize=65536)
def _spelled(stem: str) -> str:
    """Spell out all but plain letters and digits: "u.s" is "uq2eqs", and "q" itself is "qq"."""
    return _UNSAFE.sub(_code, stem[:_LONGEST])


def _code(match: re.Match[str]) -> str:
    return "qq" if match[0] == "q" else f"q{ord(match[0]):x}q"
