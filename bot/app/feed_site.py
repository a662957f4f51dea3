"""What a feed may say of its own site's articles, and what it may not say of others'."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.app.feed import FeedSetting, Item
from bot.core.links import site
from bot.core.values import Article


def credible(setting: FeedSetting, items: Sequence[Item]) -> Sequence[Item]:
    """Return the items without the publishers of articles that stand at other sites.

    Anybody can put another's name over words of their own.
    """
    if all(item.publisher is None for item in items):
        return items
    own = _site(setting.address)
    return [
        item
        if item.publisher is None or item.url is None or site(item.url) == own
        else replace(item, publisher=None)
        for item in items
    ]


def own_articles(setting: FeedSetting, articles: Sequence[Article]) -> frozenset[str]:
    """Return the ids of the articles that stand at the feed's own site."""
    own = _site(setting.address)
    return frozenset(one.id for one in articles if one.url is not None and site(one.url) == own)


#: The sites of feeds, which are asked for at each look.
_site = lru_cache(maxsize=4096)(site)
