"""What somebody wants a digest of, and how long it is to be."""

from dataclasses import dataclass

from bot.core.gazetteer import Gazetteer
from bot.core.length import Size, size
from bot.core.match import match_any, matches, terms
from bot.core.subscription import Subscription
from bot.core.values import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A digest of everything, of some words, or of a chat's topics."""

    #: All of them stand in its articles; empty for everything.
    words: str = ""
    #: One of them or more is what its articles are about; words look beyond them.
    topics: tuple[str, ...] = ()
    size: Size

    @property
    def narrows(self) -> bool:
        """Say whether it leaves anything out."""
        return bool(self.words or self.topics)

    def wants(self, article: Article, gazetteer: Gazetteer) -> bool:
        """Say whether the article is in it."""
        if self.words:
            return matches(article, self.words, gazetteer)
        return not self.topics or match_any(terms(article), self.topics, gazetteer)


def wish_of(chat: Subscription, words: str, *, standard: Size) -> Wish:
    """Return what is wanted in a chat: what it follows, or the words, at the length it has set."""
    return Wish(words=words, topics=() if words else chat.topics, size=size(chat.length, standard))
