"""Feeds are added, tried, removed and brought in beside those of the configuration."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.app.feed import FeedSetting
from bot.app.source_list import (
    Already,
    Declared,
    Discovered,
    Listed,
    NameTaken,
    NewFeed,
    Removed,
    Several,
    SourceList,
    Unknown,
)
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from tests.fakes.memory import MemoryHealths
from tests.fakes.stories import health

TASS = FeedSetting(name="TASS", address="https://tass.com/rss/v2.xml")
OFF = FeedSetting(name="Off", address="https://off.example/rss", enabled=False)
WISH = FeedSetting(name="", address="steppe.example", declared=False)


def found(address: str, title: str | None = "The Steppe") -> Discovered:
    return Discovered(address=address, title=title, headlines=("a", "b"), items=2)


STEPPE = found("https://steppe.example/feed")


@dataclass
class Net:
    """What is found at addresses, and which feeds were added."""

    sites: dict[str, Sequence[Discovered]] = field(default_factory=dict)
    kept: dict[str, FeedSetting] = field(default_factory=dict)

    async def feeds(self, address: str) -> Sequence[Discovered]:
        if address not in self.sites:
            raise FeedError(Fault(name=address, reason=Reason.NO_SUCH_HOST))
        return self.sites[address]

    async def all(self) -> Sequence[FeedSetting]:
        return list(self.kept.values())

    async def add(self, setting: FeedSetting) -> None:
        self.kept[setting.name] = setting

    async def bring(self, settings: Sequence[FeedSetting]) -> None:
        self.kept |= {one.name: one for one in settings}

    async def remove(self, name: str) -> bool:
        return self.kept.pop(name, None) is not None


def listing(net: Net, *declared: FeedSetting, healths: MemoryHealths | None = None) -> SourceList:
    return SourceList(
        folders=("seeds",),
        declared=declared,
        added=net,
        healths=healths or MemoryHealths(),
        discovery=net,
    )


def test_every_source_is_listed_and_a_name_of_the_configuration_holds() -> None:
    own = replace(TASS, name="Own", declared=False)
    net = Net(kept={"tass": replace(TASS, name="tass", declared=False), "Own": own})
    healths = MemoryHealths({"TASS": health("TASS")})

    listed = asyncio.run(listing(net, TASS, healths=healths).all())

    assert listed == (
        Listed(name="seeds", health=None, feed=None),
        Listed(name="TASS", health=health("TASS"), feed=TASS),
        Listed(name="Own", health=None, feed=own),
    )


def test_the_feed_of_a_site_is_added_under_its_own_title() -> None:
    net = Net({"steppe.example": [STEPPE]})

    done = asyncio.run(listing(net).add(replace(WISH, tier=1)))

    setting = FeedSetting(
        name="The Steppe", address="https://steppe.example/feed", tier=1, declared=False
    )
    assert done == NewFeed(setting, STEPPE)
    assert net.kept == {"The Steppe": setting}


def test_a_feed_is_added_under_the_name_that_was_wished_unless_it_is_taken() -> None:
    net = Net({"steppe.example": [STEPPE]})
    sources = listing(net, TASS)

    assert asyncio.run(sources.add(replace(WISH, name="SEEDS"))) == NameTaken("SEEDS")
    assert asyncio.run(sources.add(replace(WISH, name="tass"))) == NameTaken("tass")
    assert isinstance(asyncio.run(sources.add(replace(WISH, name="Mine"))), NewFeed)
    assert set(net.kept) == {"Mine"}


def test_what_is_read_already_is_said_by_its_address_or_that_of_the_feed_found() -> None:
    net = Net({"tass.com": [found("http://TASS.com/rss/v2.xml")]})
    sources = listing(net, TASS)

    for address in ("http://tass.com/rss/v2.xml#top", "tass.com"):
        assert asyncio.run(sources.add(replace(WISH, address=address))) == Already(TASS)
    assert net.kept == {}


def test_of_several_feeds_none_is_added() -> None:
    other = replace(found("https://steppe.example/rail"), headlines=("c",))
    known = replace(found(TASS.address), headlines=())
    net = Net({"steppe.example": [STEPPE, other], "tass.com": [other, known]})
    sources = listing(net, TASS)

    assert asyncio.run(sources.add(WISH)) == Several((STEPPE, other))
    assert asyncio.run(sources.add(replace(WISH, address="tass.com"))) == Already(TASS, (other,))
    assert net.kept == {}


def test_one_feed_in_two_formats_is_one() -> None:
    net = Net({"steppe.example": [STEPPE, found("https://steppe.example/atom")]})

    done = asyncio.run(listing(net).add(WISH))

    assert isinstance(done, NewFeed)
    assert done.found == STEPPE


def test_a_site_without_a_feed_is_refused() -> None:
    net = Net()

    with pytest.raises(FeedError):
        asyncio.run(listing(net).add(WISH))

    assert net.kept == {}


def test_only_a_feed_that_was_added_is_removed() -> None:
    own = replace(TASS, name="Own", address="https://own.example/", declared=False)
    net = Net(kept={"Own": own})
    sources = listing(net, TASS)

    assert asyncio.run(sources.remove("tass")) == Declared("TASS")
    assert asyncio.run(sources.remove("Seeds")) == Declared("seeds")
    assert asyncio.run(sources.remove("Onw")) == Unknown("Onw", ("Own",))
    assert asyncio.run(sources.remove("own")) == Removed(own)
    assert net.kept == {}


def test_feeds_are_asked_by_name_or_all_that_are_enabled() -> None:
    sources = listing(Net(), TASS, OFF)

    assert asyncio.run(sources.named([])) == ((TASS,), None)
    assert asyncio.run(sources.named(["off", "TASS", "OFF"])) == ((OFF, TASS), None)
    assert asyncio.run(sources.named(["TASS", "Of"])) == ((), Unknown("Of", ("Off",)))


def test_feeds_are_brought_in_beside_those_that_are_read_already() -> None:
    net = Net()
    sources = listing(net, TASS)
    new = FeedSetting(name="tass", address="https://other.example/rss")
    same = FeedSetting(name="x", address="http://tass.com/rss/v2.xml")

    done = asyncio.run(sources.bring([same, new, replace(new, name="again")]))

    own = replace(new, name="tass 2", declared=False)
    assert (done.added, done.known) == ((own,), (TASS, own))
    assert net.kept == {"tass 2": own}


@pytest.mark.slow
def test_very_many_feeds_are_brought_in_under_names_that_differ() -> None:
    net = Net()
    many = [
        replace(TASS, name="News", address=f"https://{number}.example/rss")
        for number in range(5000)
    ]

    done = asyncio.run(listing(net, TASS).bring([*many, *many]))

    assert (len(done.added), len(done.known), len(net.kept)) == (5000, 5000, 5000)
    assert done.added[-1].name == "News 5000"
