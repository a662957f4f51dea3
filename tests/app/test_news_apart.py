"""Items that look alike are told apart where they are different news."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.app.feed import FeedSetting, Item
from bot.core.values import Extent, Published
from bot.store.database import open_database
from tests.fakes.feeds import Newsroom, item, setting
from tests.fakes.press import NOW

Scenario = Callable[[Newsroom], Awaitable[None]]
TITLE = "Exchange rates of the day"


def inside(scenario: Scenario, *settings: FeedSetting) -> None:
    async def main() -> None:
        async with open_database(None) as database:
            await scenario(Newsroom(database, settings=settings or (setting(),)))

    asyncio.run(main())


def news(looks: Sequence[Sequence[Item]]) -> list[int]:
    """Return how many items of each look, a day apart, were new."""
    new: list[int] = []

    async def scenario(room: Newsroom) -> None:
        for items in looks:
            room.feeds.hold("Wire", *items)
            (reading,) = await room.feeding.round(room.settings)
            new.append(reading.new)
            room.later(days=1)

    inside(scenario)
    return new


def daily(number: int, **given: Any) -> Item:  # noqa: ANN401 - its fields
    moment = NOW + timedelta(days=number)
    published = Published(day=moment.date(), at=moment)
    same = {"title": TITLE, "text": "Rates of the central bank.", "extent": Extent.TEASER}
    return item(number, **{**same, "published": published, **given})


def bare(number: int, **given: Any) -> Item:  # noqa: ANN401 - its fields
    return daily(number, text="", extent=Extent.HEADLINE, **given)


def test_what_returns_on_another_day_with_its_own_link_is_news() -> None:
    assert news([[daily(0)], [daily(1)], [daily(2)]]) == [1, 1, 1]


def test_headlines_of_one_day_with_their_own_links_are_each_news() -> None:
    hours = [NOW + timedelta(hours=hour) for hour in range(4)]
    quakes = [
        bare(number, published=Published(day=NOW.date(), at=at)) for number, at in enumerate(hours)
    ]

    assert news([quakes[:3], [quakes[3], *quakes[:3]]]) == [3, 1]


def test_headlines_of_one_moment_are_one_news() -> None:
    first, second = (bare(number, published=daily(0).published) for number in (1, 2))

    assert news([[first, second], [second]]) == [1, 0]


def test_undated_headlines_that_stand_side_by_side_are_each_news() -> None:
    first, second = (bare(number, published=None) for number in (1, 2))

    assert news([[first], [second, first], [first]]) == [1, 1, 0]


def test_one_item_under_two_links_and_one_guid_is_one_news() -> None:
    first, second = bare(1), bare(2, key="guid-1", published=bare(1).published)

    assert news([[first, second], [second], [first]]) == [1, 0, 0]


def test_a_long_text_is_one_news_under_any_link() -> None:
    words = "Leaders met in Bishkek and agreed on trade. " * 20

    assert news([[daily(0, text=words)], [daily(1, text=words)]]) == [1, 0]


def test_a_feed_of_one_item_at_one_link_brings_news_each_time() -> None:
    page = "https://wire.example/alert"
    items = [item(number, url=page) for number in range(3)]

    assert news([[one] for one in items]) == [1, 1, 1]
    assert news([[items[0]], [items[0]], [item(0, url=page, title="Corrected")]]) == [1, 0, 0]


GOOD, EVIL = setting("Good"), setting("Evil")


@pytest.mark.parametrize("number", [0, 1])
def test_a_feed_says_nothing_in_the_name_of_another_site(number: int) -> None:
    async def scenario(room: Newsroom) -> None:
        url = "https://www.good.example/1"
        told = item(1, url=url, text="Leaders met.", extent=Extent.TEASER, publisher="Good News")
        forged = item(2, url=url, title="Leaders resign", publisher="Good News")
        room.feeds.hold("Good", told)
        room.feeds.hold("Evil", forged)
        for one in (GOOD, EVIL)[number:]:
            await room.feeding.round([one])

        (article,) = (await room.stored()).values()
        said = [("Good", "Good News", told.title), ("Evil", None, "Leaders resign")]
        assert (article.source, article.publisher, article.title) == said[number]

    inside(scenario, GOOD, EVIL)


def test_a_site_s_own_feed_brings_more_than_another_s_teaser() -> None:
    async def scenario(room: Newsroom) -> None:
        url = "https://www.good.example/1"
        room.feeds.hold("Evil", item(1, url=url, text="Leaders met.", extent=Extent.TEASER))
        room.feeds.hold("Good", item(2, url=url))
        for one in (EVIL, GOOD):
            await room.feeding.round([one])

        (article,) = (await room.stored()).values()
        assert (article.source, article.extent) == ("Good", Extent.WHOLE)

    inside(scenario, GOOD, EVIL)
