"""In Socket Mode connections end, hang and are replaced, and what happens meanwhile is heard."""

import asyncio
import json
import logging

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.app.patience import FIRST, LAST, LONG
from bot.core.errors import BriefbotError
from bot.slack.client import TokenError, UnreachableError
from bot.slack.heard import Typed
from bot.slack.opening import preflight
from bot.slack.socket import Limits
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.settings import APP_TOKEN, BOT_TOKEN
from tests.fakes.slack_rooms import Scene, play

pytestmark = pytest.mark.slow


async def says(scene: Scene, number: int) -> None:
    """See that a message is heard once, as the one of that number."""
    act = scene.slack.user("Anna").says(f"brief {number}")
    heard = await scene.hears(number)
    assert [one.text for one in heard if isinstance(one, Typed)] == [
        f"brief {one + 1}" for one in range(number)
    ]
    await scene.slack.until(lambda: act.acked)
    assert act.delivery is not None


def test_a_refreshed_connection_is_replaced_before_it_ends() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        (first,) = slack.sockets.open
        await slack.sockets.warns()
        await slack.until(lambda: len(slack.sockets.open) == 2)
        await says(scene, 1)
        await says(scene, 2)
        await first.close()
        await slack.until(lambda: first not in slack.sockets.open)
        await says(scene, 3)

        assert len(slack.sockets.open) == 1
        assert (scene.waits, scene.operator.told) == ([], [])

    play(scene)


def test_an_old_connection_that_slack_does_not_end_is_ended() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        (first,) = slack.sockets.open
        await slack.sockets.warns()
        await slack.until(lambda: len(slack.sockets.open) == 1 and first not in slack.sockets.open)
        await says(scene, 1)

    play(scene, limits=Limits(overlap=0.05))


def test_a_connection_that_is_ended_at_once_is_replaced() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        for number in range(1, 4):
            await slack.sockets.refreshes()
            await says(scene, number)
        assert (scene.waits, scene.operator.told) == ([], [])

    play(scene)


def test_connections_that_are_ended_again_and_again_are_no_reason_to_hurry() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        for _ in range(6):
            opened = len(slack.sockets.open)
            await slack.sockets.warns()
            await slack.until(lambda: len(slack.sockets.open) > opened)  # noqa: B023 - at once
        await says(scene, 1)

        assert scene.waits == [FIRST, 2.0, 4.0]

    play(scene)


def test_a_connection_that_is_cut_is_replaced_and_no_event_missed() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        slack.sockets.cuts()
        await slack.until(lambda: not slack.sockets.open)
        await says(scene, 1)

        assert scene.waits == [FIRST]
        assert scene.operator.told == []

    play(scene)


def test_a_connection_that_is_wedged_is_replaced() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        (first,) = slack.sockets.open
        slack.sockets.wedges()
        act = slack.user("Anna").says("brief 1")
        await slack.until(lambda: first not in slack.sockets.open)
        slack.sockets.heals()
        await slack.until(lambda: act.acked)
        assert len(await scene.hears(1)) == 1

    play(scene)


def test_a_connection_that_says_no_hello_is_given_up() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        slack.sockets.greets = False
        slack.sockets.cuts()
        await slack.until(lambda: len(slack.called("apps.connections.open")) > 3)
        slack.sockets.greets = True
        await says(scene, 1)

    play(scene, limits=Limits(hello=0.05))


def test_a_connection_that_outlives_what_slack_told_is_renewed() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        slack.sockets.life = 0.05
        (first,) = slack.sockets.open
        await slack.sockets.refreshes()
        await slack.until(lambda: len(slack.called("apps.connections.open")) > 2)
        slack.sockets.life = 18_060
        await slack.until(lambda: slack.sockets.open and first not in slack.sockets.open)
        await says(scene, 1)

        assert (scene.waits, scene.operator.told) == ([], [])

    play(scene, limits=Limits(grace=0.05))


def test_two_bots_share_what_happens_and_nothing_is_lost() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient(base_url=f"{slack.url}/api/", session=session)
            url = (await client.apps_connections_open(app_token=APP_TOKEN))["url"]
            async with session.ws_connect(str(url)) as other:
                await other.receive_json()
                anna = slack.user("Anna")
                acts = [anna.says("help") for _ in range(6)]
                theirs = [await other.receive_json() for _ in range(3)]
                assert len(await scene.hears(3)) == 3
                for envelope in theirs:
                    await other.send_json({"envelope_id": envelope["envelope_id"]})
                await slack.until(lambda: all(act.acked for act in acts))

        assert len(scene.heard) == 3

    play(scene)


@pytest.mark.parametrize(
    "raw",
    [
        "{",
        "",
        "[]",
        '"hello"',
        '{"type": "events_api"}',
        '{"type": "disconnect", "reason": 7}',
        '{"envelope_id": "a", "payload": {"team": "x", "authorizations": [1]}}',
        "[" * 100_000,
        json.dumps({"type": "hello", "debug_info": {"approximate_connection_time": "long"}}),
    ],
)
def test_what_cannot_be_read_on_a_connection_harms_nothing(raw: str) -> None:
    async def scene(scene: Scene) -> None:
        await scene.slack.sockets.sends_raw(raw)
        await says(scene, 1)
        scene.slack.faults.clear()

    play(scene)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("invalid_auth", "Slack does not accept the app-level token."),
        ("token_revoked", "Slack has revoked the app-level token."),
        ("missing_scope", "The app-level token lacks the scope connections:write."),
    ],
)
def test_a_wrong_app_token_is_told_once_and_so_is_its_end(error: str, said: str) -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        await slack.until(lambda: len(slack.called("apps.connections.open")) > 2)
        assert len(scene.operator.told) == 1
        slack.is_well()
        await slack.until(lambda: len(scene.operator.told) == 2)
        await says(scene, 1)

        assert scene.operator.told[0].startswith(f"The bot hears nothing on Slack. {said}")
        assert scene.operator.told[1].startswith("Slack is heard again")
        assert set(scene.waits) == {LONG}

    def refuse(slack: FakeSlack) -> None:
        slack.refuses("apps.connections.open", error, times=1000)

    play(scene, before=refuse, started=False)


def test_a_bot_s_token_in_place_of_the_app_s_is_never_sent() -> None:
    async def scene(scene: Scene) -> None:
        await scene.slack.until(lambda: scene.operator.told)

        assert "SLACK_APP_TOKEN holds a bot's token" in scene.operator.told[0]
        assert scene.slack.called("apps.connections.open") == []

    play(scene, app_token=BOT_TOKEN, started=False)


def test_a_bot_token_that_slack_does_not_know_is_told_and_tried_again() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        await slack.until(lambda: len(slack.called("auth.test")) > 2)
        slack.settings.token_error = ""
        await says(scene, 1)
        await slack.until(lambda: len(scene.operator.told) == 2)

        assert scene.operator.told[0].startswith("The bot hears nothing on Slack. ")
        assert "SLACK_BOT_TOKEN" in scene.operator.told[0]

    def refuse(slack: FakeSlack) -> None:
        slack.settings.token_error = "invalid_auth"  # noqa: S105 - an error's name

    play(scene, before=refuse, started=False)


def test_socket_mode_that_is_switched_off_is_told() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        await slack.sockets.refreshes("link_disabled")
        await slack.until(lambda: scene.operator.told)
        slack.settings.socket_mode = True
        await says(scene, 1)
        await slack.until(lambda: len(scene.operator.told) == 2)

        assert scene.operator.told[0].startswith("Socket Mode is switched off for the Slack app")

    play(scene)


def test_too_many_connections_are_told_when_they_stay() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient(base_url=f"{slack.url}/api/", session=session)
            held = []
            for _ in range(9):
                url = (await client.apps_connections_open(app_token=APP_TOKEN))["url"]
                held.append(await session.ws_connect(str(url)))
            await slack.until(lambda: len(slack.sockets.open) == 10)
            await slack.sockets.warns()
            await slack.until(lambda: scene.operator.told)
            for one in held:
                await one.close()
        await says(scene, 1)

        assert "ten are open" in scene.operator.told[0]

    play(scene)


def test_an_outage_is_told_after_a_minute_and_so_is_its_end() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        slack.goes_down()
        slack.sockets.cuts()
        await slack.until(lambda: scene.operator.told)
        waited = sum(scene.waits)
        slack.comes_back()
        await says(scene, 1)
        await slack.until(lambda: len(scene.operator.told) == 2)

        assert scene.operator.told[0].startswith("Slack gives no answer since ")
        assert {str(said) for said in slack.called("apps.connections.open")} == {"{}"}
        assert waited >= 60
        assert scene.waits[:5] == [FIRST, 2, 4, 8, 16]
        assert max(scene.waits) <= LAST

    play(scene)


def test_a_bot_that_starts_without_slack_says_so_and_waits() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        await slack.until(lambda: scene.operator.told)
        slack.comes_back()
        await says(scene, 1)

        assert scene.operator.told[0].startswith("Slack gives no answer since ")

    play(scene, before=lambda slack: slack.goes_down(503), started=False)


def test_slack_s_wish_to_wait_is_obeyed() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        error = SlackError("ratelimited", status=429, retry_after=7)
        slack.refuses("apps.connections.open", error)
        slack.refuses("apps.connections.open", "internal_error")
        slack.refuses("apps.connections.open", "forbidden_team")
        await slack.sockets.refreshes()
        await says(scene, 1)

        assert scene.waits == [7.0, FIRST, LONG]
        assert "forbidden_team" in scene.operator.told[0]

    play(scene)


def test_a_preflight_names_what_is_wrong_in_a_sentence() -> None:
    async def whole() -> None:
        async with fake_slack() as slack, aiohttp.ClientSession() as session:
            client = AsyncWebClient(
                base_url=f"{slack.url}/api/", session=session, retry_handlers=[]
            )
            await preflight(client, APP_TOKEN)
            with pytest.raises(TokenError, match="SLACK_APP_TOKEN holds a bot's token"):
                await preflight(client, BOT_TOKEN)
            with pytest.raises(TokenError, match="does not accept the app-level token"):
                await preflight(client, "xapp-1-A0-2-wrong")
            with pytest.raises(TokenError, match="begins with xapp-"):
                await preflight(client, "wrong")
            slack.settings.socket_mode = False
            with pytest.raises(BriefbotError, match="Switch it on at"):
                await preflight(client, APP_TOKEN)
            slack.refuses("apps.connections.open", "forbidden_team")
            with pytest.raises(BriefbotError, match="forbidden_team"):
                await preflight(client, APP_TOKEN)
            slack.goes_down()
            with pytest.raises(UnreachableError):
                await preflight(client, APP_TOKEN)

    asyncio.run(whole())


def test_no_token_ticket_or_address_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def scene(scene: Scene) -> None:
        slack = scene.slack
        act = slack.user("Anna").says("/brief")
        await scene.hears(1)
        slack.sockets.cuts()
        slack.refuses("apps.connections.open", "invalid_auth")
        await slack.until(lambda: scene.operator.told)
        slack.settings.events.clear()
        secrets = (
            slack.settings.bot_token,
            slack.settings.app_token,
            slack.settings.signing_secret,
            str(act.payload["response_url"]).rpartition("/actions/")[2],
            "ticket=",
        )
        texts = [*scene.operator.told, repr(scene.room), *map(repr, scene.heard)]
        ours = [r.getMessage() for r in caplog.records if r.name.startswith(("bot.", "slack"))]
        assert not [secret for secret in secrets for text in (*texts, *ours) if secret in text]

    play(scene)


OTHERS = "xapp-1-A0000OTHER-1-fake"


def test_a_token_of_another_app_is_told_and_nothing_is_heard_by_it() -> None:
    def given(slack: FakeSlack) -> None:
        slack.settings.app_token = OTHERS

    async def scene(scene: Scene) -> None:
        await scene.slack.until(lambda: scene.operator.told)

        (told,) = scene.operator.told
        assert told == (
            "The bot hears nothing on Slack. SLACK_APP_TOKEN belongs to another app than"
            " SLACK_BOT_TOKEN, and hears what is meant for that one. Set both to tokens of the same"
            " app: its own app-level tokens stand under “Basic Information” at"
            " https://api.slack.com/apps. It tries again every 5 minutes."
        )
        assert scene.slack.called("apps.connections.open") == []

    play(scene, app_token=OTHERS, before=given, started=False)


def test_where_slack_does_not_say_whose_bot_it_is_the_token_is_believed() -> None:
    def given(slack: FakeSlack) -> None:
        slack.settings.app_token = OTHERS
        slack.settings.scopes.discard("users:read")

    async def scene(scene: Scene) -> None:
        scene.slack.user("Anna").says("brief")
        await scene.hears(1)

    play(scene, app_token=OTHERS, before=given)
