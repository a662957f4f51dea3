"""The fake Slack fails as a test asks, and slows down who calls too fast."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.clients import run, talking
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.server import FakeSlack, fake_slack


def test_a_server_that_is_down_cuts_the_connection_and_comes_back() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.goes_down()
        with pytest.raises(aiohttp.ClientError):
            await client.auth_test()
        slack.goes_down(503)
        with pytest.raises(SlackApiError) as caught:
            await client.auth_test()
        slack.comes_back()

        assert caught.value.response.status_code == 503
        assert (await client.auth_test())["ok"]

    run(scene)


def test_a_server_that_is_silent_never_answers() -> None:
    async def play() -> None:
        async with fake_slack() as slack, talking(slack) as client:
            slack.goes_silent()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await client.auth_test()

    asyncio.run(play())


def test_an_answer_is_lost_after_the_message_was_posted() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news = slack.channel("news")
        slack.loses_answer("chat.postMessage")
        slack.denies("chat.postMessage")
        slack.hangs("chat.postMessage")

        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel=news.id, text="lost")
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=news.id, text="denied")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await client.chat_postMessage(channel=news.id, text="hung")

        assert news.texts == ["lost", "denied", "hung"]
        assert caught.value.response.status_code == 500
        assert [call.status for call in slack.calls] == [0, 500, 0]

    run(scene)


def test_a_call_is_dropped_or_refused_before_anything_is_done() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news, other = slack.channel("news"), slack.channel("other")
        slack.drops("chat.postMessage", channel=news.id)
        slack.refuses("chat.postMessage", "message_limit_exceeded", channel=news.id)
        slack.refuses("chat.update", SlackError("fatal_error", status=500), times=9)
        slack.is_well()
        slack.drops("chat.postMessage", channel=news.id)
        slack.refuses("chat.postMessage", "message_limit_exceeded", channel=news.id)

        await client.chat_postMessage(channel=other.id, text="a")
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel=news.id, text="b")
        with pytest.raises(SlackApiError, match="message_limit_exceeded"):
            await client.chat_postMessage(channel=news.id, text="c")

        assert (other.texts, news.texts) == (["a"], [])

    run(scene)


def test_a_channel_takes_one_message_a_second_after_a_burst() -> None:
    now = [1000.0]

    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news, other = slack.channel("news"), slack.channel("other")
        for _ in range(3):
            await client.chat_postMessage(channel=news.id, text="a")
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=news.id, text="b")
        await client.chat_postMessage(channel=other.id, text="a")
        now[0] += 1
        await client.chat_postMessage(channel=news.id, text="c")

        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "1"
        assert caught.value.response["error"] == "ratelimited"
        assert (news.texts, slack.rates.refused) == (["a", "a", "a", "c"], 1)

    run(scene, limits=Limits(), clock=lambda: now[0])


def test_a_method_is_called_so_often_a_minute_as_its_tier_allows() -> None:
    now = [1000.0]

    async def scene(_: FakeSlack, client: AsyncWebClient) -> None:
        for _number in range(20):
            await client.conversations_list()
        with pytest.raises(SlackApiError) as caught:
            await client.conversations_list()
        await client.users_conversations()
        now[0] += 60
        await client.conversations_list()

        assert caught.value.response.headers["Retry-After"] == "60"

    run(scene, limits=Limits(), clock=lambda: now[0])


def test_the_workspace_takes_so_many_messages_a_minute() -> None:
    now = [1000.0]

    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        for number in range(2):
            await client.chat_postMessage(channel=slack.channel(str(number)).id, text="a")
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=slack.channel("c").id, text="a")

        assert caught.value.response.headers["Retry-After"] == "60"

    run(scene, limits=Limits(workspace=2), clock=lambda: now[0])


def test_a_flood_closes_a_method_in_one_channel_or_everywhere() -> None:
    now = [1000.0]

    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news, other = slack.channel("news"), slack.channel("other")
        slack.floods("chat.postMessage", 30, news)
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=news.id, text="a")
        await client.chat_postMessage(channel=other.id, text="a")
        slack.floods("chat.postMessage", 5)
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel=other.id, text="b")
        now[0] += 30
        await client.chat_postMessage(channel=news.id, text="c")

        assert caught.value.response.headers["Retry-After"] == "30"
        assert (news.texts, other.texts) == (["c"], ["a"])

    run(scene, clock=lambda: now[0])


def test_an_error_that_slack_never_answers_with_cannot_be_asked_for() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        with pytest.raises(AssertionError, match=r"never answers auth\.test with is_archived"):
            slack.refuses("auth.test", "is_archived")

    run(scene)
