"""Whatever the network and Telegram do, the bot hears again, and the operator is told once."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from telegram import Bot, Update
from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.core.ask import Ask
from bot.core.page import Page
from bot.telegram.polling import Polling
from bot.telegram.troubles import Kind, Troubles, kind_of
from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api
from tests.fakes.delivery import SetClock
from tests.fakes.ears import Operator, Scene, listening, page, play

warned = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")


def troubles(operator: Operator, clock: SetClock) -> Troubles:
    return Troubles(tell=operator, clock=clock, chance=lambda: 1.0)


def test_a_start_without_a_network_waits_for_it() -> None:
    async def scene(here: Scene) -> None:
        await here.api.until(lambda: here.operator.told)
        here.api.comes_back()
        await here.api.until(lambda: here.api.feed.polled)
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)

        (told,) = here.operator.told
        assert "Telegram gives no answer since 02 September, 03:00 UTC" in told

    play(scene, before=lambda api: api.goes_down(), started=False)


def test_an_outage_is_told_once_when_it_lasts_and_nothing_is_lost() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        here.api.goes_down(502)
        here.api.feed.end()
        await here.api.until(lambda: here.operator.told)
        chat.says(None, "/brief")
        await asyncio.sleep(0.1)
        here.api.comes_back()
        await here.api.until(lambda: chat.texts)

        assert len(here.operator.told) == 1
        assert here.texts == ["/brief"]

    play(scene)


def test_a_revoked_token_is_told_with_what_to_do() -> None:
    async def scene(here: Scene) -> None:
        here.api.revokes_token()
        here.api.feed.end()
        await here.api.until(lambda: here.operator.told)

        (told,) = here.operator.told
        assert "Take the token from @BotFather" in told
        assert here.api.token not in told

        here.api.revoked = False
        await here.api.until(lambda: here.api.feed.polled)

    play(scene)


def test_a_wrong_token_at_the_start_is_told_and_the_bot_lives_on() -> None:
    async def scene(here: Scene) -> None:
        await here.api.until(lambda: here.operator.told)

        assert "TELEGRAM_BOT_TOKEN" in here.operator.told[0]

    play(scene, before=lambda api: api.revokes_token(), started=False)


def test_a_second_poller_is_told_when_it_stays() -> None:
    async def scene(here: Scene) -> None:
        here.api.second_poller()
        await here.api.until(lambda: here.operator.told)
        assert "Another program fetches with the bot's Telegram token" in here.operator.told[0]

        here.api.second_poller_leaves()
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)
        assert len(here.operator.told) == 1

    play(scene)


def test_a_webhook_that_was_left_behind_is_taken_away() -> None:
    def hooked(api: FakeBotApi) -> None:
        api.feed.hook(on=True)

    async def scene(here: Scene) -> None:
        await here.api.until(lambda: here.api.feed.polled)

        assert here.api.called("deleteWebhook")
        assert here.operator.told == []

    play(scene, before=hooked, started=False)


def test_a_webhook_that_cannot_be_taken_away_is_told() -> None:
    def hooked(api: FakeBotApi) -> None:
        api.feed.hook(on=True)
        api.refuses("deleteWebhook", 502, "Bad Gateway", times=3)

    async def scene(here: Scene) -> None:
        await here.api.until(lambda: here.api.feed.polled)

        assert "A webhook is set" in here.operator.told[0]

    play(scene, before=hooked, started=False)


def test_a_connection_that_hangs_at_the_start_is_given_up() -> None:
    async def scene(here: Scene) -> None:
        await here.api.until(lambda: here.api.feed.polled)

        assert len(here.api.called("getMe")) == 2

    play(scene, before=lambda api: api.hangs("getMe"), started=False)


def test_a_connection_that_hangs_later_is_noticed_and_nothing_is_lost() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        clock, heard, pauses = SetClock(), [], list[float]()

        async def hand(update: Update) -> None:
            heard.append(update.update_id)
            api.changed()

        async def sleep(seconds: float) -> None:
            pauses.append(seconds)
            await asyncio.sleep(0)

        api.hangs("getUpdates")
        api.private("Anna").says(None, "/brief")
        polling = Polling(
            bot=bot,
            hand=hand,
            troubles=troubles(Operator(), clock),
            sleep=sleep,
            hold=1,
            grace=-0.8,
        )
        running = asyncio.create_task(polling.run())
        await api.until(lambda: heard)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

        assert (len(heard), pauses[0]) == (1, 1.0)
        # What was heard last is confirmed, so that the next start does not hear it again.
        assert api.feed.pending == []

    run(scene)


def test_what_has_no_number_is_not_fetched_over_and_over() -> None:
    async def scene(api: FakeBotApi, bot: Bot) -> None:
        pauses = list[float]()
        slept = asyncio.Event()

        async def hand(update: Update) -> None:
            raise AssertionError(update)

        async def sleep(seconds: float) -> None:
            pauses.append(seconds)
            slept.set()
            await asyncio.Event().wait()

        api.feed.pending.append({"update_id": "first", "message": {}})
        polling = Polling(
            bot=bot, hand=hand, troubles=troubles(Operator(), SetClock()), sleep=sleep
        )
        running = asyncio.create_task(polling.run())
        await slept.wait()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

        assert pauses == [25]

    run(scene)


def test_a_malformed_update_is_left_out_and_never_fetched_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(here: Scene) -> None:
        here.api.sends_raw(message={"text": "/secret words", "date": "soon", "chat": 5})
        here.api.sends_raw(message="nothing")
        here.api.sends_raw(callback_query={"id": 5})
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)
        await here.settle()

        assert here.texts == ["/brief"]

    play(scene)

    assert sum("is malformed" in message for message in caplog.messages) >= 2
    assert "secret words" not in caplog.text


def test_only_what_is_used_is_asked_for() -> None:
    async def scene(here: Scene) -> None:
        kinds = here.api.called("getUpdates") or [
            {"allowed_updates": sorted(here.api.feed.allowed)}
        ]

        assert sorted(kinds[0]["allowed_updates"]) == [
            "callback_query",
            "channel_post",
            "message",
            "my_chat_member",
        ]

    play(scene)


def test_a_stopped_bot_finishes_what_is_in_hand() -> None:
    async def slow(ask: Ask) -> Page:
        await asyncio.sleep(0.2)
        return page(ask.text)

    async def whole() -> list[str]:
        async with fake_bot_api() as api:
            chat = api.private("Anna")
            async with listening(answer=slow, api=api) as here:
                chat.says(None, "status")
                await api.until(lambda: here.asks)
            return chat.texts

    assert asyncio.run(whole()) == ["status"]


@warned
@pytest.mark.parametrize(
    ("error", "kind", "seconds"),
    [
        (InvalidToken("no"), Kind.TOKEN, 300.0),
        (Conflict("terminated by other getUpdates request"), Kind.RIVAL, 1.0),
        (Conflict("can't use getUpdates method while webhook is active"), Kind.HOOKED, 1.0),
        (NetworkError("gone"), Kind.NETWORK, 1.0),
        (BadRequest("no such thing"), Kind.REFUSED, 300.0),
        (TelegramError("odd"), Kind.REFUSED, 300.0),
    ],
)
def test_each_trouble_has_its_pause(error: TelegramError, kind: Kind, seconds: float) -> None:
    here = troubles(Operator(), SetClock())

    assert kind_of(error) is kind
    assert asyncio.run(here.met(error)) == seconds


@warned
@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
def test_a_flood_is_waited_out(wait: int | timedelta) -> None:
    operator = Operator()
    here = troubles(operator, SetClock())

    assert asyncio.run(here.met(RetryAfter(wait))) == 7.0
    assert "asks the bot to wait" in operator.told[0]


def test_the_pauses_of_an_outage_grow_to_a_minute_and_begin_anew() -> None:
    operator, clock = Operator(), SetClock()
    here = troubles(operator, clock)
    here.well()

    pauses = [asyncio.run(here.met(NetworkError("gone"))) for _ in range(9)]
    quiet = list(operator.told)
    clock.forward(timedelta(minutes=1))
    asyncio.run(here.met(NetworkError("gone")))
    here.well()

    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]
    assert (quiet, len(operator.told)) == ([], 1)
    assert asyncio.run(here.met(NetworkError("gone"))) == 1.0
