"""The words of a text, and the stems by which two forms of a word are known as one."""

import re
from functools import lru_cache

import snowballstemmer

from bot.core.language import Language

WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
#: Chinese, Japanese and Korean set no gaps: a pair of neighbours serves as a word.
_IDEOGRAPHS = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿가-힣]")


def content(text: str, language: Language) -> list[str]:
    """Return the stems of the words that carry meaning, in order, stop words left out."""
    return [
        stemmed
        for word in WORD.findall(text)
        if (lower := word.lower()) not in language.stop_words
        for stemmed in _terms(lower, language.stemmer)
    ]


def stems(text: str, language: Language) -> list[str]:
    """Return the stems of all words, in order."""
    return [term for word in WORD.findall(text) for term in _terms(word.lower(), language.stemmer)]


@lru_cache(maxsize=65536)
def _terms(word: str, stemmer: str) -> tuple[str, ...]:
    """Return what stands for a lower-case word: its stem, or its pairs of ideographs."""
    if _IDEOGRAPHS.search(word):
        return tuple(word[i : i + 2] for i in range(len(word) - 1)) or (word,)
    plain = word.replace("’", "'").removesuffix("'s")
    return (_stemmer(stemmer).stemWord(plain) if stemmer else plain,)


@lru_cache(maxsize=8)
def _stemmer(algorithm: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(algorithm)
