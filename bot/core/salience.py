"""Which sentences of an article say most of it, without saying it twice.

Score = early position + likeness to the article's centroid + frequency of its words + overlap
with the title + figures and names, less penalties for what seldom belongs in a brief. Then maximal
marginal relevance (Carbonell and Goldstein, 1998) takes one sentence after another. The weights
were chosen by random search on three labelled sets of news.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from operator import mul

from bot.core.report import Report, Sentence
from bot.core.shorten import LONGEST
from bot.core.words import content

_EARLY = 0.5
_LATE = -0.3
_CENTROID = 0.6
_FREQUENT = 0.3
_TITLE = 0.5
_FIGURE = 0.1
_NAMES = 0.2
_MARKS = -0.1
_QUOTED = -0.15
_VAGUE = -0.3
_QUESTION = -0.4
_SHORT = -0.3
_LONG = -0.2
#: How much a sentence loses for being like one already taken.
_REDUNDANCY = 0.8
#: A sentence is short below, and long above, so many words.
_FEW_WORDS = 8
_MANY_WORDS = 45
#: Sentences beyond so many are not looked at: a report tells its news before.
_HORIZON = 300

_DIGIT = re.compile(r"\d")
_MARK = re.compile('[“"«]')

Vector = dict[str, float]


def choose(report: Report, count: int) -> list[Sentence]:
    """Return at most that many sentences, in the article's order.

    A sentence that leans on the one before it is taken only once that one is.
    """
    free = _scored(report)
    taken: dict[int, Sentence] = {}
    while len(taken) < count and (best := _best(free, taken)) is not None:
        taken[best.sentence.index] = best.sentence
        free.remove(best)
        for one in free:
            one.likeness = max(one.likeness, _cosine(one.vector, best.vector))
    return [taken[index] for index in sorted(taken)]


@dataclass(slots=True, eq=False)
class _Scored:
    sentence: Sentence
    score: float
    vector: Vector
    #: To that of the sentences already taken which is most like it.
    likeness: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """What the sentences of an article are measured against."""

    text: str
    sentences: int
    centroid: Vector
    counts: Counter[str]
    most: int
    title: frozenset[str]


def _best(free: list[_Scored], taken: dict[int, Sentence]) -> _Scored | None:
    may = [one for one in free if not one.sentence.leans or one.sentence.index - 1 in taken]
    return max(may, key=lambda one: one.score - _REDUNDANCY * one.likeness, default=None)


def _scored(report: Report) -> list[_Scored]:
    text, language = report.article.text, report.language
    sentences = report.sentences[:_HORIZON]
    terms = [content(sentence.part.of(text), language) for sentence in sentences]
    counts = Counter(chain.from_iterable(terms))
    frequency = Counter(chain.from_iterable(map(set, terms)))
    # With idf over the article's own sentences.
    rarity = {term: math.log(1 + len(sentences) / many) for term, many in frequency.items()}
    vectors = [_vector(words, rarity) for words in terms]
    document = _Document(
        text=text,
        sentences=len(report.sentences),
        centroid=_centroid(vectors),
        counts=counts,
        most=max(counts.values(), default=1),
        title=_title(report),
    )
    return [
        _Scored(sentence, _score(document, sentence, words, vector), vector)
        for sentence, words, vector in zip(sentences, terms, vectors, strict=True)
        if sentence.shows and _is_readable(sentence)
    ]


def _is_readable(sentence: Sentence) -> bool:
    """Say whether a line can show it: what is too long is cut inside quotation marks only."""
    return sentence.quoted or sentence.part.end - sentence.part.start <= LONGEST


def _title(report: Report) -> frozenset[str]:
    above = report.wire.title.of(report.article.text) if report.wire.title else ""
    return frozenset(content(f"{report.article.title or ''} {above}", report.language))


def _score(document: _Document, sentence: Sentence, terms: list[str], vector: Vector) -> float:
    index = sentence.index
    score = _EARLY / math.sqrt(1 + index) + _LATE * index / document.sentences
    score += _CENTROID * _cosine(vector, document.centroid)
    score += (
        _FREQUENT
        * sum(map(document.counts.__getitem__, terms))
        / ((len(terms) + 2) * document.most)
    )
    if document.title:
        score += _TITLE * len(document.title.intersection(terms)) / len(document.title)
    return score + _manner(sentence, document.text)


def _manner(sentence: Sentence, text: str) -> float:
    """Return what a sentence's form is worth: figures, names, marks, first words and length."""
    part = sentence.part.of(text)
    words = part.split()
    names = len([word for word in words[1:] if word[0].isupper()])
    worth = _NAMES * names / max(len(words), 1)
    forms = (
        (_FIGURE, _DIGIT.search(part) is not None),
        (_MARKS, _MARK.search(part) is not None),
        (_QUOTED, sentence.quoted),
        (_VAGUE, sentence.vague),
        (_QUESTION, part.endswith("?")),
        (_SHORT, len(words) < _FEW_WORDS),
        (_LONG, len(words) > _MANY_WORDS),
    )
    return worth + sum(weight for weight, applies in forms if applies)


def _vector(words: list[str], rarity: Vector) -> Vector:
    """Return the unit tf-idf vector of a sentence."""
    weights = {term: rarity[term] for term in words}
    if len(weights) < len(words):
        for term, count in Counter(words).items():
            weights[term] *= 1 + math.log(count)
    return _unit(weights)


def _centroid(vectors: list[Vector]) -> Vector:
    total: Vector = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return _unit(total)


def _unit(vector: Vector) -> Vector:
    weights = vector.values()
    norm = math.sqrt(sum(map(mul, weights, weights)))
    return {term: weight / norm for term, weight in vector.items()}


def _cosine(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum([weight * other[term] for term, weight in one.items() if term in other])
