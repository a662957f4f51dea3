"""Over HTTP the bot believes what Slack has signed lately, and nothing else."""

import json
import logging
import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from bot.slack.heard import Typed
from tests.fakes.slack.requests import FORM
from tests.fakes.slack_rooms import Scene, play, takes

CHALLENGE = json.dumps({"type": "url_verification", "challenge": "abc", "token": "deprecated"})


def command(text: str = "1", trigger: str = "1.2.3") -> str:
    return urlencode(
        {
            "command": "/brief",
            "text": text,
            "user_id": "U0ANNA",
            "team_id": "T0000TEAM",
            "channel_id": "C0NEWS",
            "channel_name": "news",
            "response_url": "https://hooks.slack.com/actions/T0/1/2",
            "trigger_id": trigger,
        }
    )


def test_a_forged_request_is_refused_and_not_heard() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        knocks = slack.requests.knocks
        body = command()
        now = int(time.time())
        refused = [
            await knocks(body, kind=FORM, secret="guessed"),  # noqa: S106 - it is a wrong one
            await knocks(body, kind=FORM, moment=str(now - 301)),
            await knocks(body, kind=FORM, moment=str(now + 400)),
            await knocks(body, kind=FORM, moment="yesterday"),
            await knocks(body, kind=FORM, moment=""),
            await knocks(body, kind=FORM, moment="-1"),
            await knocks(body, kind=FORM, moment="1e9"),
            await knocks(body, kind=FORM, moment="9" * 5000),
            await knocks(body, kind=FORM, headers={"X-Slack-Signature": "v0=é"}),
            await knocks(body, kind=FORM, headers={"X-Slack-Signature": ""}),
            await knocks("{" * 100_000, secret="guessed"),  # noqa: S106 - as above
            await knocks(CHALLENGE, secret="guessed"),  # noqa: S106 - as above
        ]
        status, _, _ = await scene.room.take({}, b"\xff")
        taken = await knocks(body, kind=FORM, moment=str(now - 290))
        heard = await scene.hears(1)

        assert [one.status for one in refused] == [401] * len(refused)
        assert status == 401
        assert taken.status == 200
        assert len(heard) == 1

    play(scene, mode="http")


def test_what_slack_has_not_written_but_signed_is_refused_too() -> None:
    async def scene(scene: Scene) -> None:
        knocks = scene.slack.requests.knocks
        answered = [
            (await knocks(body, kind=kind)).status
            for body, kind in (
                ("{", "application/json"),
                ("[" * 100_000, "application/json"),
                ("{" + '"a":{' * 100_000, "application/json"),
                ('{"team": "x", "authorizations": [1]}', "application/json"),
                ("payload=[]", FORM),
                ("payload=%7B", FORM),
            )
        ]

        assert answered == [400, 200, 400, 400, 400, 400]
        assert scene.heard == []

    play(scene, mode="http")


def test_a_replayed_request_is_taken_and_not_heard_again() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        body, moment = command(), str(int(time.time()) - 60)
        answers = [await slack.requests.knocks(body, kind=FORM, moment=moment) for _ in range(3)]
        await slack.requests.knocks(command("2", "4.5.6"), kind=FORM)
        heard = await scene.hears(2)

        assert [one.status for one in answers] == [200, 200, 200]
        assert [one.text for one in heard if isinstance(one, Typed)] == ["/brief 1", "/brief 2"]

    play(scene, mode="http")


def test_a_payload_without_an_id_is_known_again_by_all_it_says() -> None:
    async def scene(scene: Scene) -> None:
        for text in ("1", "1", "2"):
            await scene.slack.requests.knocks(command(text, ""), kind=FORM)
        heard = await scene.hears(2)

        assert [one.text for one in heard if isinstance(one, Typed)] == ["/brief 1", "/brief 2"]

    play(scene, mode="http")


def test_the_address_is_verified_and_looked_at() -> None:
    async def scene(scene: Scene) -> None:
        knocks = scene.slack.requests.knocks
        verified = await knocks(CHALLENGE)
        look = urlencode({"ssl_check": "1", "token": "deprecated"})
        signed = await knocks(look, kind=FORM)
        unsigned = await knocks(look, kind=FORM, secret="guessed")  # noqa: S106 - a wrong one

        assert (verified.status, json.loads(verified.text)) == (200, {"challenge": "abc"})
        assert (signed.status, unsigned.status, unsigned.text) == (200, 200, "")
        assert scene.heard == []

    play(scene, mode="http")


def test_before_and_after_it_hears_slack_is_to_bring_it_again() -> None:
    async def scene(scene: Scene) -> None:
        room, before = scene.room, await scene.room.take({}, b"")
        scene.slack.comes_back()
        await takes(room)
        await scene.stop()
        after = await room.take({}, b"")

        assert (before[0], after[0]) == (503, 503)

    play(scene, mode="http", before=lambda slack: slack.goes_down(), started=False)


def test_trouble_at_the_start_is_told_and_so_is_its_end() -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        await slack.until(lambda: scene.operator.told)
        slack.comes_back()
        await slack.until(lambda: len(scene.operator.told) == 2)

        assert scene.operator.told[1].startswith("Slack is heard again")

    play(scene, mode="http", before=lambda slack: slack.goes_down(), started=False)


def test_the_signing_secret_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def scene(scene: Scene) -> None:
        await scene.slack.requests.knocks("{", secret="guessed")  # noqa: S106 - a wrong one
        await scene.slack.requests.knocks(CHALLENGE)
        assert scene.slack.settings.signing_secret not in caplog.text + repr(scene.room)

    play(scene, mode="http")


def test_a_secret_that_does_not_fit_is_told_once_and_its_end_too() -> None:
    async def scene(scene: Scene) -> None:
        knocks, told = scene.slack.requests.knocks, scene.operator.told
        # That the address was verified is long ago.
        scene.clock.forward(timedelta(hours=2))
        for _ in range(3):
            await knocks(command(), kind=FORM, secret="rotated")  # noqa: S106 - a wrong one
        await scene.slack.until(lambda: told)
        right = await knocks(command(), kind=FORM)
        await scene.slack.until(lambda: len(told) == 2)

        assert right.status == 200
        assert [one.split(", so")[0] for one in told] == [
            "What is posted to the bot as from Slack is signed with another secret",
            "Slack is heard again: the bot answers there as before.",
        ]

    play(scene, mode="http")


def test_strangers_who_knock_where_slack_is_heard_are_nobody_s_news() -> None:
    async def scene(scene: Scene) -> None:
        knocks, told = scene.slack.requests.knocks, scene.operator.told
        await knocks(command(), kind=FORM, headers={"X-Slack-Signature": "v0=guessed"})
        await knocks(command(), kind=FORM, moment="1", secret="guessed")  # noqa: S106 - a wrong one
        await knocks(command(), kind=FORM)
        await knocks(command(), kind=FORM, secret="guessed")  # noqa: S106 - as above
        quiet = list(told)
        scene.clock.forward(timedelta(hours=2))
        await knocks(command(), kind=FORM, secret="guessed")  # noqa: S106 - as above
        await scene.slack.until(lambda: told)

        assert (quiet, len(told)) == ([], 1)

    play(scene, mode="http")
