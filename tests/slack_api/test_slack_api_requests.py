"""The fake Slack's signed requests, and the addresses to which an app answers."""

import asyncio
import json

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.fakes.slack.clients import bolt, by_http, run
from tests.fakes.slack.server import FakeSlack

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "a" * 2990}}


async def answers(url: str, said: object) -> tuple[int, str]:
    """Send an answer to a ``response_url``; return the status and the error."""
    async with aiohttp.ClientSession() as session, session.post(url, json=said) as answer:
        text = await answer.text()
        return answer.status, "" if text == "ok" else str(json.loads(text)["error"])


def test_bolt_turns_away_what_slack_has_not_signed() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        async with by_http(slack, bolt(slack, client)):
            body = json.dumps({"type": "url_verification", "challenge": "a"})
            good = await slack.requests.knocks(body)
            forged = await slack.requests.knocks(body, secret="guessed")  # noqa: S106 # a guess
            old = await slack.requests.knocks(body, moment=str(int(slack.clock()) - 360))

        assert (good.status, forged.status, old.status) == (200, 401, 401)

    run(scene)


def test_an_address_that_does_not_answer_is_not_taken() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        assert await slack.listens_at(f"{slack.url}/nobody") is False

    run(scene)


def test_an_app_that_wants_no_repetition_gets_none() -> None:
    async def refuse(request: web.Request) -> web.Response:
        body = await request.json()
        if body["type"] == "url_verification":
            return web.Response(text=body["challenge"])
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        app = web.Application()
        app.router.add_post("/", refuse)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        assert await slack.listens_at(f"http://127.0.0.1:{runner.addresses[0][1]}/")

        act = slack.user("Anna").opens_home()
        await slack.until(lambda: act.error)
        await runner.cleanup()

        assert act.delivery is not None
        assert (act.error, act.delivery.attempts) == ("no_retry", 1)

    run(scene)


def test_an_app_that_is_gone_is_asked_again_and_then_given_up() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        async with by_http(slack, bolt(slack, client)):
            pass
        slack.courier.retries = (0.0, 0.0)

        event = slack.user("Anna").opens_home()
        command = slack.user("Ben").says("/brief")
        await slack.until(lambda: event.error and command.error)

        assert event.delivery is not None
        assert (event.error, event.delivery.attempts) == ("connection_failed", 3)
        assert command.error == "dispatch_failed"

    run(scene)


def test_an_answer_goes_to_a_channel_that_the_bot_is_not_in() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        staff = slack.channel("staff", members=[anna], private=True)
        url = anna.says("/brief", in_=staff).payload["response_url"]
        webhook = AsyncWebhookClient(url)

        alone = await webhook.send(text="alone")
        await webhook.send(text="to all", response_type="in_channel")

        assert (alone.status_code, alone.body) == (200, "ok")
        assert [one.text for one in staff.ephemeral_to(anna)] == ["alone"]
        assert staff.texts == ["to all"]

    run(scene)


def test_an_address_takes_five_answers_within_half_an_hour() -> None:
    now = [1000.0]

    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        used, late = (anna.says("/brief").payload["response_url"] for _ in range(2))

        five = [await answers(used, {"text": "a"}) for _ in range(5)]
        sixth = await answers(used, {"text": "a"})
        now[0] += 1801
        expired = await answers(late, {"text": "a"})

        assert five == [(200, "")] * 5
        assert (sixth, expired) == ((404, "used_url"), (404, "expired_url"))

    run(scene, clock=lambda: now[0])


def test_an_answer_replaces_or_deletes_what_was_pressed() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        button = {"type": "button", "text": {"type": "plain_text", "text": "More"}}
        blocks = [{"type": "actions", "elements": [button]}]
        await client.chat_postEphemeral(channel=news.id, user=anna.id, text="a", blocks=blocks)
        (whisper,) = news.ephemeral_to(anna)
        press = anna.presses(whisper, "More")
        url = press.payload["response_url"]

        await answers(url, {"text": "b", "replace_original": True})
        replaced = [one.text for one in news.ephemeral_to(anna)]
        await answers(url, {"delete_original": True})

        assert (replaced, news.ephemeral_to(anna)) == (["b"], [])
        assert press.payload["container"]["is_ephemeral"] is True
        assert "message" not in press.payload

    run(scene)


def test_the_limit_of_a_whole_message_does_not_hold_for_answers() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        url = slack.user("Anna").says("/brief").payload["response_url"]

        assert await answers(url, {"text": "a", "blocks": [SECTION] * 5}) == (200, "")

    run(scene)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "no_text"),
        ([], "json_not_object"),
        ({"text": "a", "channel": "C1"}, "invalid_payload"),
        ({"text": "a", "response_type": "loud"}, "invalid_response_type"),
        ({"blocks": [{"type": "poem"}]}, "invalid_blocks"),
    ],
)
def test_an_answer_that_slack_would_not_take_fails_the_test(said: object, error: str) -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        url = slack.user("Anna").says("/brief").payload["response_url"]

        assert (await answers(url, said))[1] == error
        assert len(slack.faults) == 1
        slack.faults.clear()

    run(scene)


def test_an_unknown_address_fails_the_test() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        assert (await answers(f"{slack.url}/actions/T/1/x", {"text": "a"}))[1] == "invalid_url"
        slack.faults.clear()

    run(scene)


def test_a_scene_ends_while_something_is_on_its_way() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        slack.user("Anna").opens_home()
        await asyncio.sleep(0)

    run(scene)
