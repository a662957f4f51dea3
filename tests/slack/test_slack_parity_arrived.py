"""What the two platforms received of the same digests says the same: nothing is lost on the way."""

import asyncio

import pytest

from bot.core.delivery import Delivered, Post
from bot.core.subscription import Destination
from bot.slack.payload import Message, write
from bot.telegram.channel import TelegramChannel
from tests.fakes.bot_api.clients import talking
from tests.fakes.bot_api.place import Place
from tests.fakes.bot_api.server import fake_bot_api
from tests.fakes.parity import DIGESTS, as_typed, comparable, generated, lines_of
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.channels import posting
from tests.fakes.slack.channels import to as in_slack
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack_said import Said, told
from tests.fakes.slack_said import said as said_in_slack

pytestmark = pytest.mark.slow


def test_what_arrives_on_both_platforms_is_the_same() -> None:
    async def on_telegram() -> list[Said]:
        found = []
        async with fake_bot_api() as api, talking(api) as bot:
            channel = TelegramChannel(bot)
            for seed in range(DIGESTS):
                chat = api.private(f"Reader {seed}")
                place = Destination("telegram", str(chat.id))
                for part, payload in enumerate(channel.render(as_typed(generated(seed)))):
                    post = Post(series=1, part=part, destination=place, payload=payload)
                    assert isinstance(await channel.send(post), Delivered)
                found.append(received_in_telegram(chat))
        return found

    async def on_slack() -> list[Said]:
        found = []
        async with fake_slack() as slack, posting(slack) as channel:
            for seed in range(DIGESTS):
                news = slack.channel(f"news-{seed}", members=[slack.bot])
                first = None
                for part, payload in enumerate(channel.render(generated(seed))):
                    post = Post(
                        series=seed + 1,
                        part=part,
                        destination=in_slack(news),
                        payload=payload,
                        under=first,
                    )
                    sent = await channel.send(post)
                    assert isinstance(sent, Delivered)
                    first = first or sent.reference
                found.append(received_in_slack(news))
        return found

    there, here = asyncio.run(on_telegram()), asyncio.run(on_slack())

    assert [comparable(said) for said in here] == [comparable(said) for said in there]
    assert sum(len(said.headlines) for said in here) > DIGESTS


def received_in_telegram(chat: Place) -> Said:
    """Return what the chat shows."""
    return told([line for message in chat.messages for line in lines_of(message.formatted)])


def received_in_slack(channel: Channel) -> Said:
    """Return what the channel and its threads show."""
    return said_in_slack(
        write(Message(one.text, tuple(one.blocks), bool(one.thread_ts)))
        for one in channel.history
        if one.ours
    )
