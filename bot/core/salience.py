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

from bot.core.language import Language
from bot.core.report import Report, Sentence
from bot.core.words import WORD, content

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
#: A sentence is vague when one of its first words points back: "this imperative".
_FIRST_WORDS = 6
_FIRST_REACH = 120
#: Sentences beyond so many are not looked at: a report tells its news before.
_HORIZON = 300

_DIGIT = re.compile(r"\d")

Vector = dict[str, float]


def choose(report: Report, count: int) -> list[Sentence]:
    """Return at most that many sentences, in the article's order.

    A sentence that leans on the one before it is taken only once that one is.
    """
    scored = _scored(report)
    taken: list[_Scored] = []
    while len(taken) < count and (best := _best(scored, taken)) is not None:
        taken.append(best)
    return sorted((one.sentence for one in taken), key=lambda sentence: sentence.index)


@dataclass(frozen=True, slots=True)
class _Scored:
    sentence: Sentence
    score: float
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """What the sentences of an article are measured against."""

    text: str
    language: Language
    sentences: int
    centroid: Vector
    counts: Counter[str]
    most: int
    title: frozenset[str]


def _best(scored: list[_Scored], taken: list[_Scored]) -> _Scored | None:
    indexes = {one.sentence.index for one in taken}
    free = [
        one
        for one in scored
        if one.sentence.index not in indexes
        and not (one.sentence.leans and one.sentence.index - 1 not in indexes)
    ]
    return max(free, key=lambda one: one.score - _REDUNDANCY * _likeness(one, taken), default=None)


def _likeness(one: _Scored, taken: list[_Scored]) -> float:
    return max((_cosine(one.vector, other.vector) for other in taken), default=0.0)


def _scored(report: Report) -> list[_Scored]:
    text, language = report.article.text, report.language
    sentences = report.sentences[:_HORIZON]
    terms = [content(sentence.part.of(text), language) for sentence in sentences]
    frequency = Counter(term for words in terms for term in set(words))
    vectors = [_vector(words, frequency, len(sentences)) for words in terms]
    counts = Counter(term for words in terms for term in words)
    document = _Document(
        text=text,
        language=language,
        sentences=len(report.sentences),
        centroid=_centroid(vectors),
        counts=counts,
        most=max(counts.values(), default=1),
        title=_title(report),
    )
    return [
        _Scored(sentence, _score(document, sentence, words, vector), vector)
        for sentence, words, vector in zip(sentences, terms, vectors, strict=True)
        if sentence.shows
    ]


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
    return score + _manner(sentence, document.text, document.language)


def _manner(sentence: Sentence, text: str, language: Language) -> float:
    """Return what a sentence's form is worth: figures, names, marks, first words and length."""
    part = sentence.part.of(text)
    words = part.split()
    first = {word.lower() for word in WORD.findall(part[:_FIRST_REACH])[:_FIRST_WORDS]}
    worth = _NAMES * sum(word[0].isupper() for word in words[1:]) / max(len(words), 1)
    forms = (
        (_FIGURE, _DIGIT.search(part) is not None),
        (_MARKS, any(mark in part for mark in '“"«')),
        (_QUOTED, sentence.quoted),
        (_VAGUE, not first.isdisjoint(language.demonstratives)),
        (_QUESTION, part.endswith("?")),
        (_SHORT, len(words) < _FEW_WORDS),
        (_LONG, len(words) > _MANY_WORDS),
    )
    return worth + sum(weight for weight, applies in forms if applies)


def _vector(words: list[str], frequency: Counter[str], sentences: int) -> Vector:
    """Return the unit tf-idf vector of a sentence, with idf over the article's own sentences."""
    return _unit(
        {
            term: (1 + math.log(count)) * math.log(1 + sentences / frequency[term])
            for term, count in Counter(words).items()
        }
    )


def _centroid(vectors: list[Vector]) -> Vector:
    total: Vector = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return _unit(total)


def _unit(vector: Vector) -> Vector:
    norm = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / norm for term, weight in vector.items()}


def _cosine(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())
