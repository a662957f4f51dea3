"""In Socket Mode odd answers and bad moments harm nothing."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.app.crowd import Steps
from bot.app.hands import Hands
from bot.slack.app import dispatching, made_app
from bot.slack.client import Me
from bot.slack.heard import Heard
from bot.slack.intake import open_intake
from bot.slack.reading import Body
from bot.slack.socket import Socket
from bot.slack.troubles import Kind, TroubleError, Troubles
from bot.slack.whereabouts import Name
from bot.store.database import open_database
from bot.store.heard import HeardBefore
from tests.fakes.delivery import SetClock
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack_rooms import Operator, Scene, play

ME = Me("T0TEAM", "U0BOT", "B0BOT", "briefbot")
NAME = Name(workspace=ME.workspace, user=ME.user, command="/brief")


@asynccontextmanager
async def hearing(
    slack: FakeSlack, url: str, dispatch: Callable[[Body], Awaitable[BoltResponse]]
) -> AsyncIterator[Operator]:
    """Hear what that server tells; give the operator, who is told what is wrong."""
    operator = Operator(slack)
    async with aiohttp.ClientSession() as session:
        socket = Socket(
            client=AsyncWebClient(base_url=url, session=session, retry_handlers=[]),
            session=session,
            token=slack.settings.app_token,
            dispatch=dispatch,
            troubles=Troubles(tell=operator, clock=SetClock(), chance=lambda: 0.0),
            sleep=lambda seconds: asyncio.sleep(seconds / 1000),
        )
        running = asyncio.create_task(socket.run())
        try:
            yield operator
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


@asynccontextmanager
async def answering(answer: dict[str, object]) -> AsyncIterator[str]:
    """Serve a Web API that gives the same answer to everything."""

    async def serve(_: web.Request) -> web.Response:
        return web.json_response(answer)

    app = web.Application()
    app.router.add_route("*", "/api/{method}", serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


async def taken(_: Body) -> BoltResponse:
    return BoltResponse(status=200)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (None, "it names no address"),
        ("https://example.org", "it names no address"),
        ("ws://127.0.0.1:1/link", "Slack gives no answer since"),
    ],
)
def test_an_address_where_nobody_listens_is_told(url: str | None, told: str) -> None:
    async def whole() -> None:
        async with fake_slack() as slack, answering({"ok": True, "url": url}) as api:
            async with hearing(slack, api, taken) as operator:
                await slack.until(lambda: operator.told)
            assert told in operator.told[0]

    asyncio.run(whole())


def test_a_connection_that_ends_before_the_acknowledgement_is_replaced() -> None:
    async def whole() -> None:
        async with fake_slack() as slack:
            bodies: list[Body] = []

            async def slow(body: Body) -> BoltResponse:
                bodies.append(body)
                if len(bodies) == 1:
                    slack.sockets.cuts()
                    await slack.until(lambda: not slack.sockets.open)
                    await asyncio.sleep(0.05)
                return BoltResponse(status=200)

            slack.courier.patience, slack.courier.retries = 0.3, (0.0,)
            async with hearing(slack, f"{slack.url}/api/", slow):
                await slack.until(lambda: slack.sockets.open)
                act = slack.user("Anna").opens_home()
                await slack.until(lambda: act.acked)
            assert len({str(body["event_id"]) for body in bodies}) == 1
            assert len(bodies) == 2

    asyncio.run(whole())


def test_what_is_no_text_is_left_alone() -> None:
    async def scene(scene: Scene) -> None:
        for one in scene.slack.sockets.open:
            await one.send_bytes(b"\x00")
        scene.slack.user("Anna").says("help")
        await scene.hears(1)

    play(scene)


def test_a_menu_that_asks_for_its_choices_gets_none() -> None:
    class Roomy:
        async def take(self, body: Body) -> bool:
            return bool(body)

    async def whole() -> None:
        app = made_app(ME, command="/brief", check=lambda _: {}, intake=Roomy())
        response = await dispatching(app)({"type": "block_suggestion", "action_id": "topic"})
        assert (response.status, response.body) == (200, '{"options": []}')

    asyncio.run(whole())


def test_an_app_of_another_program_in_the_environment_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("BOT_TOKEN", "CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET", "SCOPES"):
        monkeypatch.setenv(f"SLACK_{name}", "anything")

    async def scene(scene: Scene) -> None:
        scene.slack.user("Anna").says("/brief")
        await scene.hears(1)

    play(scene)
    assert caplog.records == []


def test_what_is_not_handed_over_in_time_is_let_go(caplog: pytest.LogCaptureFixture) -> None:
    async def whole() -> None:
        async def never(_: Heard, __: Steps) -> None:
            await asyncio.get_running_loop().create_future()

        async with open_database(None) as database:
            before = HeardBefore(database, SetClock())
            async with open_intake(NAME, before, never, hands=Hands(), last_words=0.01) as intake:
                assert await intake.take(
                    {"command": "/brief", "user_id": "U0A", "channel_id": "C0N"}
                )

    asyncio.run(whole())
    assert [record.getMessage() for record in caplog.records] == [
        "The bot stopped before all that Slack told was heard."
    ]


def test_trouble_of_another_kind_is_told_besides_and_its_end_once() -> None:
    async def whole() -> None:
        async with fake_slack() as slack:
            operator, clock = Operator(slack), SetClock()
            troubles = Troubles(tell=operator, clock=clock, chance=lambda: 1.0)
            network = TroubleError(Kind.NETWORK)
            assert await troubles.met(network) == 1.0
            assert await troubles.met(TroubleError(Kind.FLOOD, wait=9.0)) == 9.0
            troubles.greeted()
            assert await troubles.met(network) == 1.0
            assert await troubles.met(TroubleError(Kind.CROWD)) == 30.0
            await troubles.well()
            await troubles.well()
            assert await troubles.met(network) == 1.0
            assert await troubles.met(network) == 2.0

        assert [sentence.split(" since ")[0][:30] for sentence in operator.told] == [
            "Slack gives no answer",
            "Slack asks the bot to wait bef",
            "Slack is heard again: the bot ",
        ]

    asyncio.run(whole())


def test_two_troubles_in_turn_are_told_once_each() -> None:
    async def whole() -> None:
        async with fake_slack() as slack:
            operator = Operator(slack)
            troubles = Troubles(tell=operator, clock=SetClock(), chance=lambda: 1.0)
            for _ in range(3):
                await troubles.met(TroubleError(Kind.SWITCHED_OFF))
                await troubles.met(TroubleError(Kind.NETWORK))
                await troubles.met(TroubleError(Kind.TOKEN, "Wrong."))
            await troubles.met(TroubleError(Kind.TOKEN, "Revoked."))
            await troubles.well()
            await troubles.met(TroubleError(Kind.SWITCHED_OFF))

        assert [re.split("[0-9]", sentence)[0][:37] for sentence in operator.told] == [
            "Socket Mode is switched off for the S",
            "Slack gives no answer since ",
            "The bot hears nothing on Slack. Wrong",
            "The bot hears nothing on Slack. Revok",
            "Slack is heard again: the bot answers",
            "Socket Mode is switched off for the S",
        ]

    asyncio.run(whole())


def test_what_is_told_is_not_logged_besides_and_what_is_logged_is_one_sentence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def whole() -> None:
        async with fake_slack() as slack:
            troubles = Troubles(tell=Operator(slack), clock=SetClock(), chance=lambda: 1.0)
            for _ in range(2):
                await troubles.met(TroubleError(Kind.TOKEN, "Wrong, mend it."))
                await troubles.met(TroubleError(Kind.REFUSED, "odd"))

    asyncio.run(whole())
    assert [record.getMessage() for record in caplog.records] == [
        "Slack could not be heard. Wrong, mend it.",
        "Slack could not be heard: refused: odd.",
    ]
