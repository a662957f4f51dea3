"""Whether an article is about some words."""

from bot.core.languages import language as language_of
from bot.core.values import Article
from bot.core.words import content, stems


def matches(article: Article, words: str) -> bool:
    """Say whether the article has every word, in any form: "trade" finds "trading"."""
    language = language_of(article.language)
    wanted = set(content(words, language) or stems(words, language))
    return wanted <= set(stems(f"{article.title or ''}\n{article.text}", language))
