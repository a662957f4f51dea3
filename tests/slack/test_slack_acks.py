"""What Slack tells is acknowledged at once and heard once, whatever else goes on."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from bot.app.crowd import Steps
from bot.app.hands import Hands
from bot.slack.app import dispatching, made_app
from bot.slack.client import Me
from bot.slack.heard import Heard, Moved, Place, Submitted, Typed
from bot.slack.intake import Intake, open_intake
from bot.slack.whereabouts import Name
from bot.store.database import open_database
from bot.store.delivery_tables import heard
from bot.store.heard import HeardBefore
from tests.fakes.delivery import NOW, SetClock
from tests.fakes.locks import held
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack.values import TEAM_ID
from tests.fakes.slack_rooms import Scene, listening, play

#: What a command says besides.
BODY = {"user_id": "U0ANNA", "channel_id": "C0NEWS"}


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_all_is_acknowledged_while_nothing_is_done_or_even_taken(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        scene.ear.patience.clear()
        for _ in range(20):
            anna.says("/brief", in_=news)
        scene.ear.attention.clear()
        for _ in range(20):
            anna.says("@Briefbot brief", in_=news)
        await slack.until(lambda: all(act.acked for act in slack.acts if act.heard))
        assert scene.heard == []

        scene.ear.attention.set()
        scene.ear.patience.set()
        assert len(await scene.hears(40)) == 40

    play(scene, mode=mode)


def test_all_is_acknowledged_while_another_program_holds_the_store(
    mode: str, tmp_path: Path
) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        path = scene.database.path
        assert path is not None
        with held(path):
            for _ in range(20):
                anna.says("/brief")
            anna.opens_home()
            assert len(await scene.hears(21)) == 21
        await slack.until(lambda: all(act.acked for act in slack.acts))

    play(scene, mode=mode, path=tmp_path / "briefbot.db")


def test_nothing_is_acknowledged_nor_done_before_it_is_stored(mode: str, tmp_path: Path) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        path = scene.database.path
        assert path is not None
        with held(path):
            act = anna.says("/brief")
            await asyncio.sleep(0.2)
            assert (act.acked, scene.heard) == (False, [])
        await scene.hears(1)
        await slack.until(lambda: act.acked)

    play(scene, mode=mode, path=tmp_path / "briefbot.db")


def test_the_same_event_press_or_command_is_heard_once(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        acts = [anna.says("help"), anna.says("/brief"), anna.opens_home()]
        await scene.hears(3)
        for act in acts:
            slack.again(act)
            slack.again(act)
        await slack.until(
            lambda: all(act.delivery is None or act.delivery.attempts == 3 for act in acts)
        )
        anna.says("upcoming")

        assert len(await scene.hears(4)) == 4

    play(scene, mode=mode)


def test_what_was_heard_before_a_restart_is_not_heard_again(mode: str, tmp_path: Path) -> None:
    async def whole() -> None:
        path = tmp_path / "briefbot.db"
        async with fake_slack() as slack:
            anna = slack.user("Anna")
            async with listening(slack=slack, mode=mode, path=path) as scene:
                act = anna.says("help")
                await scene.hears(1)
                await slack.until(lambda: act.acked)
            async with listening(slack=slack, mode=mode, path=path) as scene:
                slack.again(act)
                await slack.until(lambda: act.delivery and act.delivery.attempts == 2)
                anna.says("upcoming")
                said = await scene.hears(1)

        assert [one.text for one in said if isinstance(one, Typed)] == ["upcoming"]

    asyncio.run(whole())


def test_what_was_taken_is_done_before_the_end(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        scene.ear.attention.clear()
        scene.ear.patience.clear()
        acts = [anna.says("/brief") for _ in range(5)]
        await slack.until(lambda: all(act.acked for act in acts))
        loop = asyncio.get_running_loop()
        loop.call_later(0.05, scene.ear.attention.set)
        loop.call_later(0.1, scene.ear.patience.set)
        await scene.stop()

        assert len(scene.heard) == 5

    play(scene, mode=mode)


def test_nothing_goes_on_after_the_end(mode: str) -> None:
    async def whole() -> None:
        before = asyncio.all_tasks()
        async with fake_slack() as slack:
            async with listening(slack=slack, mode=mode) as scene:
                slack.user("Anna").says("/brief")
                await scene.hears(1)
                await slack.sockets.refreshes("warning")
            ours = ("slack hears", "slack is well", "slack hands over", "line ", "behind")
            left = [task.get_name() for task in asyncio.all_tasks()]
            assert not [name for name in left if name.startswith(ours)]
        assert asyncio.all_tasks() == before

    asyncio.run(whole())


def test_what_was_left_undone_is_done_after_the_next_start(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    moved = {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C2"}

    async def whole() -> None:
        async with fake_slack() as slack:
            async with listening(slack=slack, mode=mode, path=path) as scene:
                scene.ear.stumbles = RuntimeError("nobody foresaw that")
                slack.happens("channel_id_changed", moved)
                await slack.until(lambda: scene.ear.stumbles is None)
                slack.user("Anna").says("brief")
                await scene.hears(1)
            async with listening(slack=slack, mode=mode, path=path) as scene:
                again = list(await scene.hears(1))
            async with listening(slack=slack, mode=mode, path=path) as scene:
                slack.user("Ben").says("brief")
                after = list(await scene.hears(1))
        place = Place(workspace=TEAM_ID, conversation="C1")
        assert again == [Moved(place=place, new="C2")]
        assert [type(one) for one in after] == [Typed]

    asyncio.run(whole())


@pytest.mark.parametrize("body", ["{}", "{", "[]", 2000 * "[", '{"kind": "Sung"}', "\x00"])
def test_what_was_written_down_and_says_nothing_any_more_is_let_go(body: str) -> None:
    async def whole() -> None:
        async with open_database(None) as database:
            before = HeardBefore(database, SetClock())
            await database.write(
                lambda connection: connection.execute(
                    insert(heard).values(key="slack a", moment=NOW, body=body)
                )
            )
            await before.load()
            name = Name(workspace="T0TEAM", user="U0BOT", command="/brief")

            handed: list[Heard] = []

            async def hand(said: Heard, _: Steps) -> None:
                handed.append(said)

            async with open_intake(name, before, hand, hands=Hands()) as intake:
                assert await intake.take({"command": "/brief", **BODY, "text": "1"})
            assert before.left == {}
            assert [one.text for one in handed if isinstance(one, Typed)] == ["/brief 1"]

    asyncio.run(whole())


def test_what_there_is_no_room_for_is_not_acknowledged(caplog: pytest.LogCaptureFixture) -> None:
    async def whole() -> None:
        taken: list[Heard] = []
        me = Me("T0TEAM", "U0BOT", "B0BOT", "briefbot")
        name = Name(workspace=me.workspace, user=me.user, command="/brief")
        async with open_database(None) as database:

            async def hand(said: Heard, _: Steps) -> None:
                taken.append(said)

            intake = Intake(name, HeardBefore(database, SetClock()), hand, hands=Hands(), most=1)
            dispatch = dispatching(
                made_app(me, command="/brief", check=lambda _: {}, intake=intake)
            )
            bodies = [{"command": "/brief", **BODY, "text": text} for text in ("1", "2", "3")]
            answers = [(await dispatch(body)).status for body in bodies]
            running = asyncio.create_task(intake.run())
            await intake.settle()
            for body in (bodies[1], bodies[0]):
                answers.append((await dispatch(body)).status)
                await intake.settle()
            running.cancel()

        assert answers == [200, 503, 503, 200, 200]
        assert [one.text for one in taken if isinstance(one, Typed)] == ["/brief 1", "/brief 2"]

    asyncio.run(whole())
    assert "it is to tell some of it again" in caplog.text


def test_a_form_that_cannot_be_checked_is_not_heard_and_not_acknowledged(mode: str) -> None:
    def check(said: Submitted) -> Mapping[str, Any]:
        raise LookupError(said.callback)

    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        slack.courier.patience = 0.2
        act = anna.says("/brief settings")
        await scene.hears(1)
        await scene.room.connection.posts.views_open(
            trigger_id=act.payload["trigger_id"],
            view={
                "type": "modal",
                "callback_id": "odd",
                "title": {"type": "plain_text", "text": "Odd"},
                "submit": {"type": "plain_text", "text": "Save"},
                "blocks": [
                    {
                        "type": "input",
                        "block_id": "when",
                        "label": {"type": "plain_text", "text": "Time"},
                        "element": {"type": "plain_text_input", "action_id": "time"},
                    }
                ],
            },
        )
        sent = anna.submits({"time": "08:00"})
        await slack.until(lambda: sent.error)
        assert len(scene.heard) == 1

    play(scene, mode=mode, check=check)


def test_an_ear_that_fails_goes_on_hearing(mode: str, caplog: pytest.LogCaptureFixture) -> None:
    async def scene(scene: Scene) -> None:
        anna = scene.slack.user("Anna")
        scene.ear.stumbles = LookupError("nobody foresaw this")
        anna.says("help")
        await scene.slack.until(lambda: scene.ear.stumbles is None)
        anna.says("upcoming")
        (said,) = await scene.hears(1)

        assert isinstance(said, Typed)
        assert said.text == "upcoming"

    play(scene, mode=mode)
    assert "nobody foresaw this" in caplog.text
