"""`briefbot check` counts the feeds as they fared last, and asks none."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app.feed import FeedSetting
from bot.config.environment import Environment
from bot.config.load import Config, load
from bot.console.checks import Check
from bot.core.health import Fault, Health, Reason, Standing
from bot.store.added import Added
from bot.store.database import open_database
from bot.store.healths import Healths
from bot.wiring.feed_checks import feeds
from tests.fakes.press import NOW

SLOW = Fault(name="a", reason=Reason.NO_ANSWER)
WELL = Health(source="a", failing=None, checked=NOW, next=NOW)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    names = "abcdefg"
    tables = [f'[[sources]]\nname = "{n}"\nfeed = "https://{n}.example/"\n' for n in names]
    file = tmp_path / "briefbot.toml"
    file.write_text("".join(tables) + "enabled = false\n")
    return load(file, environment=Environment(data_dir=tmp_path / "data"))


def looked(config: Config, *healths: Health, added: FeedSetting | None = None) -> list[Check]:
    async def look() -> list[Check]:
        async with open_database(config.data_dir / "briefbot.db") as database:
            await Healths(database).note(*healths)
            if added is not None:
                await Added(database).add(added)
        return list(await feeds(config))

    return asyncio.run(look())


def test_feeds_are_counted_by_how_they_stand(config: Config) -> None:
    healths = [replace(WELL, source="b"), replace(WELL, source="c", rhythm=Standing.STALE)]
    new = FeedSetting(name="new", address="https://new.example/", declared=False)

    (check,) = looked(config, *healths, added=new)

    assert check == Check(
        part="feeds",
        found=(
            "8 feeds: 1 ok, 1 stale, 5 not read yet, 1 off. To ask them now: briefbot sources check"
        ),
    )


def test_feeds_that_fail_are_named_and_the_rest_is_counted(config: Config) -> None:
    healths = [
        replace(WELL, source=name, failing=replace(SLOW, name=name), tries=3) for name in "abcdef"
    ]

    (check,) = looked(config, *healths)

    assert check.broken[0] == "a: gives no answer in time."
    assert check.broken[5] == "and 1 more: briefbot sources list"


def test_without_an_archive_or_with_a_broken_one_nothing_is_known(config: Config) -> None:
    (check,) = asyncio.run(_look(config))
    assert check.found.startswith("7 feeds: 0 ok, 6 not read yet, 1 off.")

    config.data_dir.mkdir()
    (config.data_dir / "briefbot.db").write_text("no database")
    assert asyncio.run(_look(config)) == [check]


def test_without_feeds_there_is_nothing_to_say(config: Config) -> None:
    assert asyncio.run(_look(replace(config, sources=()))) == []


def test_a_proxy_that_is_not_used_is_named_without_its_password(config: Config) -> None:
    environment = Environment(
        data_dir=config.data_dir, https_proxy=SecretStr("http://anna:secret@p:1")
    )

    _, proxy = asyncio.run(_look(replace(config, environment=environment)))

    assert proxy.part == "proxy"
    assert "HTTPS_PROXY" in proxy.found
    assert "secret" not in proxy.found
    assert proxy.broken == ()


async def _look(config: Config) -> list[Check]:
    return list(await feeds(config))
