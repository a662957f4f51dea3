"""Whether an article is about some words."""

from bot.core.gazetteer import Gazetteer, joined
from bot.core.languages import language as language_of
from bot.core.values import Article
from bot.core.words import stems

_NOBODY = Gazetteer()


def matches(article: Article, words: str, gazetteer: Gazetteer = _NOBODY) -> bool:
    """Say whether the article has every word, in any form: "trade" finds "trading".

    A name that the gazetteer knows is found by any of its aliases, a topic by any of its words.
    """
    language = language_of(article.language)
    text = joined(stems(f"{article.title or ''}\n{article.text}", language))
    return all(
        any(joined(run) in text for run in runs) for runs in gazetteer.meanings(words, language)
    )
