"""What the configuration says of people and channels reaches the room that it is meant for."""

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app.access import Access
from bot.config.environment import Environment
from bot.config.load import Config, load
from bot.core.errors import ConfigError
from bot.core.page import Link, Plain
from bot.core.subscription import Destination, destination_of
from bot.store.database import open_database
from bot.wiring.access import access_to, ids_of
from bot.wiring.parts import contact
from bot.wiring.slack import hearing, whole

TOKEN = SecretStr("a token")
SAID = """
[operator]
destination = "slack:T1/U9"
contact = "@anna_b"
[access]
people = ["telegram:5", "slack:T1/U1", "slack:T2/U5"]
[[subscriptions]]
to = "slack:T1/C1/1693526400.000100"
when = "8am"
[[subscriptions]]
to = "telegram:-1001/45"
when = "8am"
[[subscriptions]]
to = "terminal"
when = "8am"
[[sources]]
name = "a"
folder = "a"
"""


def configured(folder: Path, environment: Environment | None = None) -> Config:
    path = folder / "briefbot.toml"
    path.write_text(SAID)
    return load(path, environment=environment)


def on_slack(config: Config) -> Access:
    async def made() -> Access:
        async with open_database(None) as database:
            return access_to("slack", config, database, whole=whole)

    return asyncio.run(made())


def test_each_platform_is_told_of_its_own_people(tmp_path: Path) -> None:
    people = configured(tmp_path).access.people

    assert ids_of("telegram", people) == {"5"}
    assert ids_of("slack", people) == {"T1/U1", "T2/U5"}


def test_a_channel_that_is_named_is_served_and_whom_the_bot_writes_to_may_answer(
    tmp_path: Path,
) -> None:
    access = on_slack(configured(tmp_path))

    assert access.named == {destination_of("slack:T1/C1"), destination_of("slack:T1/U9")}

    async def admitted(chat: str, alone: str) -> bool:
        async with open_database(None) as database:
            made = access_to("slack", configured(tmp_path), database, whole=whole)
            return await made.admits(Destination("slack", chat), alone=alone)

    assert asyncio.run(admitted("T1/C1", ""))
    assert asyncio.run(admitted("T1/D7", "T1/U9"))
    assert asyncio.run(admitted("T1/D8", "T1/U1"))
    assert not asyncio.run(admitted("T1/C2", ""))
    assert not asyncio.run(admitted("T1/D9", "T1/U5"))


def test_the_operator_s_name_leads_to_telegram_only_where_the_bot_is_there(tmp_path: Path) -> None:
    slack = Environment(slack_bot_token=TOKEN)
    both = Environment(slack_bot_token=TOKEN, telegram_bot_token=TOKEN)

    assert contact(configured(tmp_path, slack)) == Plain("@anna_b")
    for environment in (both, Environment()):
        assert contact(configured(tmp_path, environment)) == Link("@anna_b", "https://t.me/anna_b")


def test_a_signing_secret_that_can_be_none_is_refused_at_the_start(tmp_path: Path) -> None:
    given = Environment(slack_bot_token=TOKEN, slack_signing_secret=SecretStr("short"))

    with pytest.raises(ConfigError, match=r"^SLACK_SIGNING_SECRET is no signing secret of Slack's"):
        hearing(configured(tmp_path, given))


def test_without_what_hears_nothing_starts(tmp_path: Path) -> None:
    given = Environment(slack_bot_token=TOKEN)

    with pytest.raises(ConfigError, match=r"^SLACK_BOT_TOKEN is set, but nothing is heard"):
        hearing(configured(tmp_path, given))
