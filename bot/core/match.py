"""Whether an article is about some words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.gazetteer import Gazetteer, joined
from bot.core.language import Language
from bot.core.languages import language as language_of
from bot.core.values import Article
from bot.core.words import stems

_NOBODY = Gazetteer()


@dataclass(frozen=True, slots=True)
class Terms:
    """What an article's title and text say, as words are compared."""

    text: str
    language: Language


def terms(article: Article) -> Terms:
    """Return the terms of an article, to be looked through for many words."""
    language = language_of(article.language)
    return Terms(joined(stems(f"{article.title or ''}\n{article.text}", language)), language)


def matches(article: Article, words: str, gazetteer: Gazetteer = _NOBODY) -> bool:
    """Say whether the article has every word, in any form: "trade" finds "trading".

    A name that the gazetteer knows is found by any of its aliases, a topic by any of its words.
    """
    those = terms(article)
    return _have(those, gazetteer.meanings(words, those.language))


def match_any(those: Terms, topics: Sequence[str], gazetteer: Gazetteer = _NOBODY) -> bool:
    """Say whether one of the topics, or more, matches. A topic without a word matches nothing."""
    meanings = (gazetteer.meanings(topic, those.language) for topic in topics)
    return any(sought and _have(those, sought) for sought in meanings)


def _have(those: Terms, sought: Sequence[tuple[tuple[str, ...], ...]]) -> bool:
    return all(any(joined(run) in those.text for run in runs) for runs in sought)
