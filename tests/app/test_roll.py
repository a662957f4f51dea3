"""The roll knows every source that is read, at any moment."""

import asyncio
from collections.abc import Sequence

from bot.app.feed import FeedSetting
from bot.app.roll import Roll, Tiers
from tests.fakes.feeds import setting


class Added:
    """Feeds that were added."""

    def __init__(self) -> None:
        self.feeds: list[FeedSetting] = []

    async def all(self) -> Sequence[FeedSetting]:
        return self.feeds


def test_it_names_folders_and_feeds_that_are_read() -> None:
    added = Added()
    roll = Roll(["folder"], [setting("Wire", tier=1), setting("Off", enabled=False)], added)
    tiers = Tiers(roll)

    assert (list(roll), len(roll)) == (["folder", "Wire"], 2)
    assert "folder" in roll
    assert "Wire" in roll
    assert "Off" not in roll
    assert 7 not in roll
    assert (dict(tiers), len(tiers), tiers.get("Off")) == ({"Wire": 1}, 1, None)
    assert [one.name for one in roll.settings] == ["Wire", "Off"]


def test_what_is_added_counts_from_the_next_look_on() -> None:
    added = Added()
    roll = Roll(["folder"], [setting("Wire", tier=1)], added)
    added.feeds = [setting("Post"), setting("Wire", tier=3), setting("folder")]
    assert "Post" not in roll

    asyncio.run(roll.refresh())

    # The configuration goes before what was added.
    assert sorted(roll) == ["Post", "Wire", "folder"]
    wire = roll.feed("Wire")
    assert wire is not None
    assert wire.tier == 1
    assert roll.feed("folder") is None
