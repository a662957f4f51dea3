"""What each word of a schedule is: a time, days, or something else, perhaps the name of a place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from bot.core.clock_times import is_time_like, time_of_day
from bot.core.subscription import EVERY_DAY
from bot.core.timing_terms import Half, Terms


@dataclass(frozen=True, slots=True)
class At:
    """A time of day."""

    at: time


@dataclass(frozen=True, slots=True)
class On:
    """Days of the week, 0 for Monday, that are added or taken away."""

    days: frozenset[int]
    excepted: bool = False


@dataclass(frozen=True, slots=True)
class Bad:
    """A word that begins as a time does and is none."""

    said: str


@dataclass(frozen=True, slots=True)
class Other:
    """Neighbouring words that say neither a time nor days."""

    said: str


Token = At | On | Bad | Other

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SEPARATORS = str.maketrans(dict.fromkeys(",;&|，、；", " "))
# "GMT + 5" is one word, so that its number is not taken for a time.
_OFFSET = re.compile(r"\b(gmt|utc) ?([+-]) ?(?=\d)")
_AROUND = "\"'`“”‘’„«»‹›()[]{}<>!?:…"
_INTERVAL = re.compile(r"\d{1,3}h")
_NOON = time(12)
# The ends of a range.
_BOTH = 2


def tokens(text: str, terms: Terms) -> Iterator[Token]:
    """Yield what a text in small letters says, in order; words that say nothing are left out."""
    heard = _Heard(_words(text, terms), terms)
    run: list[str] = []
    held: list[str] = []
    while heard.word:
        word = heard.word
        token = heard.token()
        if isinstance(token, Other):
            run += [*held, token.said]
            held = []
        elif token is not None:
            if run:
                yield Other(" ".join(run))
            run, held = [], []
            yield token
        elif run:
            # "of" is a part of "Port of Spain", and none of "Astana of course".
            held.append(word)
    if run:
        yield Other(" ".join(run))


def _words(text: str, terms: Terms) -> Sequence[str]:
    plain = text.translate(_DASHES).translate(_SEPARATORS).replace("’", "'")
    words: list[str] = []
    for piece in _OFFSET.sub(r"\1\2", " ".join(plain.split())).split():
        word = piece.strip(_AROUND).rstrip(".")
        # "mon- fri" and "mon -fri" are "mon - fri".
        before, after = word.startswith("-"), word.endswith("-")
        bare = word.strip("-")
        if bare[:1].isalpha() and (before or after):
            words += ["-"] * before + [bare] + ["-"] * after
        elif word:
            words.append(word)
    return _with_phrases(words, terms)


def _with_phrases(words: Sequence[str], terms: Terms) -> Sequence[str]:
    joined: list[str] = []
    for word in words:
        phrase = terms.phrases.get((joined[-1], word)) if joined else None
        if phrase:
            joined[-1] = phrase
        else:
            joined.append(word)
    return joined


@dataclass(slots=True)
class _Heard:
    """The words, how far they are heard, and what the next ones depend on."""

    words: Sequence[str]
    terms: Terms
    next: int = 0
    #: The half of the day that was named before its time: "every morning at 8".
    half: Half | None = None
    excepting: bool = False

    @property
    def word(self) -> str:
        return self.ahead(0)

    def ahead(self, count: int) -> str:
        place = self.next + count
        return self.words[place] if place < len(self.words) else ""

    def token(self) -> Token | None:
        """Hear the next word, and those that belong to it; None when it says nothing."""
        word, terms = self.word, self.terms
        if days := self.days():
            return On(days, self.excepting)
        # "every 6h" is no time of day.
        interval = _INTERVAL.fullmatch(word) and self.next and self.ahead(-1) in terms.each
        if is_time_like(word) and not interval:
            return self.time()
        self.next += 1
        if word in terms.exceptions:
            self.excepting = True
        elif word in terms.halves:
            self.half = terms.halves[word]
        elif word in terms.times:
            self.excepting = False
            return At(terms.times[word])
        elif word not in terms.fillers and word not in {"-", "+", "/"}:
            return Other(word)
        return None

    def days(self) -> frozenset[int]:
        """Hear days: one, several in one word, or two with those between them."""
        days = self.terms.days
        first, last = self.word, self.ahead(2)
        if first in days and self.ahead(1) in self.terms.ranges and last in days:
            self.next += 3
            return _from_to(days[first], days[last])
        named = _in_one_word(first, self.terms)
        self.next += bool(named)
        return named

    def time(self) -> At | Bad | None:
        """Hear a time and the half of the day that follows it: "8 in the morning"."""
        word, half = self.word, self.half
        self.next += 1
        self.half, self.excepting = None, False
        if time_of_day(word) == _NOON and self.word in self.terms.times:
            return None  # "12 noon", "12 midnight": the next word says it all
        place = self.next
        while place < len(self.words) and self.words[place] in self.terms.links:
            place += 1
        following = self.words[place] if place < len(self.words) else ""
        if following in self.terms.halves:
            half = self.terms.halves[following]
            self.next = place + 1
        at = time_of_day(word, half)
        return Bad(word) if at is None else At(at)


def _in_one_word(word: str, terms: Terms) -> frozenset[int]:
    """Return the days of "monday", "mon-fri" and "mon/wed/fri", or none."""
    for mark in "-/+":
        parts = word.split(mark)
        if len(parts) > 1 and all(part in terms.days for part in parts):
            if mark == "-" and len(parts) == _BOTH:
                return _from_to(terms.days[parts[0]], terms.days[parts[1]])
            return frozenset(day for part in parts for day in terms.days[part])
    return frozenset(terms.days.get(word, ()))


def _from_to(first: Sequence[int], last: Sequence[int]) -> frozenset[int]:
    """Return the days from the first to the last, over the end of a week if need be."""
    count = (last[-1] - first[0]) % 7 + 1
    return EVERY_DAY.intersection((first[0] + step) % 7 for step in range(count))
