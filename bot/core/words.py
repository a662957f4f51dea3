"""The words of a text, and the stems by which two forms of a word are known as one."""

import re
from functools import lru_cache

import snowballstemmer

from bot.core.language import Language

WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
#: Chinese, Japanese and Korean set no gaps: a pair of neighbours serves as a word.
_IDEOGRAPHS = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿가-힣]")

#: What is longer, as a Chinese sentence is, is hardly met again.
_LONGEST = 32


def content(text: str, language: Language) -> list[str]:
    """Return the stems of the words that carry meaning, in order, stop words left out."""
    return [
        stemmed
        for word in _lowered(text)
        if word not in language.stop_words
        for stemmed in _terms(word, language.stemmer)
    ]


def stems(text: str, language: Language) -> list[str]:
    """Return the stems of all words, in order."""
    stemmer = language.stemmer
    return [
        term
        for piece in text.split()
        for term in (_known(piece, stemmer) if len(piece) <= _LONGEST else _stems(piece, stemmer))
    ]


def _stems(piece: str, stemmer: str) -> tuple[str, ...]:
    return tuple(term for word in _lowered(piece) for term in _terms(word, stemmer))


#: The stems of what stands between two spaces. The most of a text is words that were met before,
#: and to find them there takes longer than to know them again.
_known = lru_cache(maxsize=16384)(_stems)


def _lowered(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    if text.isascii():
        return WORD.findall(text.lower())
    # A letter that becomes two, as "İ" does, would part a word.
    return [word.lower() for word in WORD.findall(text)]


@lru_cache(maxsize=65536)
def _terms(word: str, stemmer: str) -> tuple[str, ...]:
    """Return what stands for a lower-case word: its stem, or its pairs of ideographs."""
    if _IDEOGRAPHS.search(word):
        return tuple(word[i : i + 2] for i in range(len(word) - 1)) or (word,)
    plain = word.replace("’", "'").removesuffix("'s")
    # A stemmer keeps its word in itself, and articles are read in several threads: each word gets
    # one of its own, which costs a hundredth of the stemming.
    return (snowballstemmer.stemmer(stemmer).stemWord(plain) if stemmer else plain,)
