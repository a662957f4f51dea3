"""The fake Slack's sockets: connections, envelopes, acknowledgements, and their ends."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import ClientWebSocketResponse as Socket
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.clients import bolt, by_socket, run, talking
from tests.fakes.slack.server import FakeSlack


@asynccontextmanager
async def connected(slack: FakeSlack) -> AsyncIterator[Socket]:
    """Give a bare connection that has said hello or goodbye."""
    async with talking(slack, slack.settings.app_token) as client:
        url = (await client.apps_connections_open(app_token=slack.settings.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        yield socket


def home(app: AsyncApp) -> list[str]:
    """Let an app note each opening of its Home tab; return the notes."""
    opened: list[str] = []

    async def note(body: dict[str, str]) -> None:
        opened.append(body["event_id"])

    app.event("app_home_opened")(note)
    return opened


def test_a_connection_is_greeted_and_its_address_good_for_one_use() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        async with connected(slack) as socket:
            hello = await socket.receive_json()

            async with aiohttp.ClientSession() as session:
                with pytest.raises(aiohttp.WSServerHandshakeError):
                    await session.ws_connect(f"{slack.url}/link/?ticket=used")

        assert (hello["type"], hello["num_connections"]) == ("hello", 1)

    run(scene)


def test_socket_mode_may_be_off_and_connections_too_many() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        async with talking(slack, slack.settings.app_token) as client:
            slack.settings.socket_mode = False
            with pytest.raises(SlackApiError, match="not_allowed"):
                await client.apps_connections_open(app_token=slack.settings.app_token)
            slack.settings.socket_mode = True

        async with connected_many(slack, 10), connected(slack) as last:
            goodbye = await last.receive_json()

        assert goodbye["reason"] == "too_many_websockets"

    run(scene)


@asynccontextmanager
async def connected_many(slack: FakeSlack, number: int) -> AsyncIterator[None]:
    """Hold so many connections."""
    if number == 0:
        yield
        return
    async with connected(slack) as socket, connected_many(slack, number - 1):
        await socket.receive_json()
        yield


def test_an_envelope_is_acknowledged_by_its_number() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        async with connected(slack) as socket:
            await socket.receive_json()
            act = slack.user("Anna").opens_home()
            envelope = await socket.receive_json()
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
            await slack.until(lambda: act.acked)

        assert envelope["type"] == "events_api"
        assert envelope["payload"]["event"]["type"] == "app_home_opened"
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")

    run(scene)


def test_an_acknowledgement_that_slack_would_not_understand_is_a_fault() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        async with connected(slack) as socket:
            await socket.receive_json()
            act = slack.user("Anna").opens_home()
            number = (await socket.receive_json())["envelope_id"]
            for said in ("ok", '{"envelope_id": "another"}'):
                await socket.send_str(said)
            await socket.send_json({"envelope_id": number, "payload": {"text": "a"}, "more": 1})
            await slack.until(lambda: act.acked)

        assert [fault.split(":")[1][:20] for fault in slack.faults] == [
            " no acknowledgement",
            " unknown envelope an",
            " an acknowledgement ",
            " an acknowledgement ",
        ]
        slack.faults.clear()

    run(scene)


def test_two_connections_share_what_happens() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        one, two = bolt(slack, client), bolt(slack, client)
        heard, others = home(one), home(two)
        async with by_socket(slack, one), by_socket(slack, two):
            for _ in range(4):
                slack.user("Anna").opens_home()
            await slack.until(lambda: all(act.acked for act in slack.acts))

        assert (len(heard), len(others)) == (2, 2)

    run(scene)


def test_the_client_connects_again_when_it_is_asked_to() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        app = bolt(slack, client)
        heard = home(app)
        async with by_socket(slack, app):
            first = slack.sockets.open[0]
            await slack.sockets.warns()
            await slack.sockets.refreshes()
            await slack.until(lambda: slack.sockets.open and first not in slack.sockets.open)
            act = slack.user("Anna").opens_home()
            await slack.until(lambda: act.acked)

        assert len(heard) == 1

    run(scene)


def test_the_client_connects_again_after_a_break_and_misses_no_event() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        app = bolt(slack, client)
        heard = home(app)
        async with by_socket(slack, app):
            slack.sockets.cuts()
            await slack.until(lambda: not slack.sockets.open)
            act = slack.user("Anna").opens_home()
            await slack.until(lambda: act.acked)

        assert len(heard) == 1

    run(scene)


def test_a_wedged_connection_takes_nothing_and_answers_no_ping() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        app = bolt(slack, client)
        home(app)
        async with by_socket(slack, app) as handler:
            first = slack.sockets.open[0]
            slack.sockets.wedges()
            act = slack.user("Anna").opens_home()
            await slack.until(lambda: first not in slack.sockets.open)
            slack.sockets.heals()
            await slack.until(lambda: act.acked)

            assert await handler.client.is_connected()

    run(scene)


def test_a_command_without_a_connection_fails_at_once() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        act = slack.user("Anna").says("/brief")
        await slack.until(lambda: act.error)

        assert act.error == "dispatch_failed"

    run(scene)


def test_the_same_event_may_come_twice() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        app = bolt(slack, client)
        heard = home(app)
        async with by_socket(slack, app):
            act = slack.user("Anna").opens_home()
            await slack.until(lambda: act.acked)
            slack.again(act)
            await slack.until(lambda: len(heard) == 2 or slack.sockets.sent[1:])
            await slack.until(lambda: act.delivery and act.delivery.attempts == 2)

        numbers = [one["envelope_id"] for one in slack.sockets.sent]
        events = {json.dumps(one["payload"]) for one in slack.sockets.sent}
        assert (len(set(numbers)), len(events)) == (2, 1)

    run(scene)


def test_a_link_may_be_disabled_for_good() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        async with connected(slack) as socket:
            await socket.receive_json()
            await slack.sockets.refreshes("link_disabled")
            goodbye = await socket.receive_json()

        assert goodbye["reason"] == "link_disabled"
        assert not slack.settings.socket_mode

    run(scene)


def test_blocks_that_come_with_an_acknowledgement_are_checked() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        async with connected(slack) as socket:
            await socket.receive_json()
            act = slack.user("Anna").says("/brief")
            number = (await socket.receive_json())["envelope_id"]
            said = {"blocks": [{"type": "poem"}]}
            await socket.send_json({"envelope_id": number, "payload": said})
            await slack.until(lambda: act.acked and slack.faults)

        assert slack.faults[0].startswith("acknowledgement: invalid_blocks [ERROR] unsupported")
        slack.faults.clear()

    run(scene)


def test_an_event_waits_for_a_connection_and_a_late_acknowledgement_changes_nothing() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        slack.courier.patience, slack.courier.retries = 0.05, (0.0,)
        act = slack.user("Anna").opens_home()
        async with connected(slack) as socket:
            await socket.receive_json()
            first, second = await socket.receive_json(), await socket.receive_json()
            await socket.send_json({"envelope_id": first["envelope_id"]})
            await slack.until(lambda: act.error)

        assert act.error == "timeout"
        assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
        assert first["payload"] == second["payload"]

    run(scene)


def test_anything_can_be_sent_on_a_connection() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        async with connected(slack) as socket:
            await socket.receive_json()
            await slack.sockets.sends_raw("{")

            assert await socket.receive_str() == "{"

    run(scene)
