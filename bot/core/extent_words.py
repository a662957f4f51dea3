"""How much of an article its source gave, and why no more of it is shown, in words."""

from bot.core.beginning import is_beginning
from bot.core.shorten import LONGEST
from bot.core.values import Article, Brief, Extent
from bot.core.wording import Words


def no_more_words(brief: Brief, words: Words) -> str:
    """Return why nothing but a headline is shown of an article."""
    if brief.article.extent is Extent.HEADLINE:
        return words.gettext("Only the headline is kept here: the link leads to the article.")
    if not brief.lines and len(brief.article.text) > LONGEST:
        return words.gettext(
            "None of its sentences can be shown: they are too long, or say nothing by themselves."
        )
    return words.gettext("The article says no more than this.")


def extent_words(article: Article, words: Words) -> tuple[str, ...]:
    """Return the mark of an article that is not whole; none for one that is."""
    if article.extent is Extent.HEADLINE:
        return (words.gettext("headline only"),)
    if is_beginning(article.text, article.extent):
        return (words.gettext("only its beginning was read"),)
    if article.extent is Extent.TEASER:
        return (words.gettext("summary only"),)
    return ()
