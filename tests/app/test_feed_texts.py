"""The page behind an item is read where the feed does not bring its text whole."""

import pytest

from bot.app.feed import FeedSetting, FullText, Item, Reuse
from bot.app.feed_texts import wants_page
from bot.core.values import Extent

LONG = "Trade grew by a tenth. " * 4000


def setting(fulltext: FullText, reuse: Reuse = Reuse.LINES) -> FeedSetting:
    return FeedSetting(name="w", address="https://w.example/", fulltext=fulltext, reuse=reuse)


def item(extent: Extent, text: str = "They met.", url: str | None = "https://w.example/1") -> Item:
    return Item(key="1", url=url, title="They met", text=text, extent=extent)


@pytest.mark.parametrize(
    ("fulltext", "given", "wants"),
    [
        (FullText.AUTO, item(Extent.TEASER), True),
        (FullText.AUTO, item(Extent.HEADLINE, ""), True),
        (FullText.AUTO, item(Extent.WHOLE), False),
        (FullText.AUTO, item(Extent.TEASER, LONG), False),
        (FullText.AUTO, item(Extent.TEASER, url=None), False),
        (FullText.ALWAYS, item(Extent.WHOLE), True),
        (FullText.NEVER, item(Extent.TEASER), False),
    ],
    ids=["teaser", "headline", "whole", "cut for its length", "no link", "always", "never"],
)
def test_a_page_is_read_where_the_feed_brings_less(
    fulltext: FullText, given: Item, *, wants: bool
) -> None:
    assert wants_page(setting(fulltext), given) is wants


def test_of_a_source_with_a_cap_no_page_is_read() -> None:
    assert not wants_page(setting(FullText.ALWAYS, Reuse.HEADLINE), item(Extent.TEASER))
