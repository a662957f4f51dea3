"""A chat in which much is asked holds up nobody but itself."""

import asyncio
from contextlib import AsyncExitStack, suppress
from datetime import timedelta

import pytest

from bot.app.hands import Hands
from bot.core.ask import Ask
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.telegram.rates import Rates
from tests.fakes.ears import Scene, knows_anna, page, play

pytestmark = pytest.mark.slow

TOO_MUCH = "That is more than I can answer at once"


class Gate:
    """Answers what is asked in groups once it is open, and everything else at once."""

    def __init__(self) -> None:
        self.open = asyncio.Event()

    async def __call__(self, ask: Ask) -> Page:
        if int(ask.destination.address) < 0:
            await self.open.wait()
        return page(f"Answer to {ask.text.lstrip('/')}")


def test_a_chat_that_asks_too_much_is_told_so_once_and_the_rest_is_dropped() -> None:
    gate = Gate()

    async def scene(here: Scene) -> None:
        group, chat = here.api.supergroup("Team"), here.api.private("Anna")
        for number in range(1, 60):
            group.says(here.api.person(f"P{number}"), f"/brief {number}")
        chat.says(None, "/status")
        await here.api.until(lambda: chat.texts and group.texts)
        gate.open.set()
        await here.settle()
        await here.api.until(lambda: len(group.texts) == 21)

        assert chat.texts == ["Answer to status"]
        assert sum(TOO_MUCH in text for text in group.texts) == 1
        assert here.texts == ["/brief 1", "/status", *(f"/brief {n}" for n in range(2, 21))]
        # Another minute: it hears as before.
        here.clock.forward(timedelta(minutes=1))
        group.says(here.api.person("Bob"), "/status")
        await here.api.until(lambda: len(group.texts) == 22)
        assert group.texts[-1] == "Answer to status"

    play(scene, answer=gate)


def test_a_press_that_finds_no_room_is_answered_all_the_same() -> None:
    gate = Gate()

    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        gate.open.set()
        group.says(anna, "/brief")
        await here.api.until(lambda: group.texts)
        gate.open.clear()
        for number in range(1, 30):
            group.says(here.api.person(f"P{number}"), f"/brief {number}")
        people = [anna, *(here.api.person(f"Q{number}") for number in range(60))]
        presses = [group.presses(group.messages[0], data="/brief 1", by=one) for one in people]
        await here.api.until(lambda: all(press.answered for press in presses))

        assert all(TOO_MUCH in press.answer for press in presses)

    play(scene, answer=gate)


def test_a_press_that_brings_a_message_does_not_spin_until_its_turn() -> None:
    gate = Gate()

    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/brief")
        press = group.presses(group.says(anna, "see above"), data="/brief 1", by=bob)
        await here.api.until(lambda: press.answered)

        assert (press.answer, group.texts) == ("", [])
        gate.open.set()
        await here.api.until(lambda: len(group.texts) == 2)
        await here.settle()
        assert group.texts == ["Answer to brief", "Answer to brief 1"]
        assert len(here.api.called("answerCallbackQuery")) == 1

    play(scene, answer=gate)


def test_a_panel_waits_for_no_message_of_its_chat() -> None:
    async def answer(ask: Ask) -> Page:
        panel = Buttons(((Button("Time", "/settings time"), Button("Days", "/settings days")),))
        return Page((Paragraph((Plain(ask.text.lstrip("/")),)), panel), ask.text)

    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        group.joins(bob)
        group.says(anna, "/settings")
        await here.api.until(lambda: group.texts)
        panel = group.last
        group.says(bob, "/status")
        await here.asked(2)
        refused = group.presses(panel, "Days", by=bob)
        group.presses(panel, "Time", by=anna)
        await here.api.until(lambda: refused.answered and panel.former)

        assert refused.alert
        assert group.texts == ["settings time"]
        here.patience.set()
        await here.api.until(lambda: len(group.texts) == 2)

    play(scene, answer=answer, rates=Rates(answers=1e9, chat=1e9, group=1))


def test_who_is_added_where_much_is_asked_is_noted_all_the_same() -> None:
    gate = Gate()

    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        for number in range(1, 30):
            group.says(here.api.person(f"P{number}"), f"/brief {number}")
        group.kicks_bot(by=anna)
        group.adds_bot(by=anna)
        gate.open.set()
        await here.api.until(lambda: any("Hello" in text for text in group.texts))

    play(scene, answer=gate)


def test_what_has_waited_for_a_minute_is_let_go() -> None:
    gate = Gate()

    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        for text in ("/brief", "/status", "/topics"):
            group.says(anna, text)
        press = group.presses(group.says(anna, "see above"), data="/brief 1", by=bob)
        await here.api.until(lambda: here.asks and press.answered)
        await here.settle()
        here.clock.forward(timedelta(seconds=61))
        gate.open.set()
        await here.api.until(lambda: len(group.texts) == 2)
        group.says(bob, "/status")
        await here.api.until(lambda: len(group.texts) == 3)

        assert here.texts == ["/brief", "/status"]
        assert group.texts[0::2] == ["Answer to brief", "Answer to status"]
        # Once for all that is let go.
        assert TOO_MUCH in group.texts[1]
        assert press.answer == ""

    play(scene, answer=gate)


def test_an_answer_that_waits_for_its_chat_holds_up_no_other_chat() -> None:
    async def scene(here: Scene) -> None:
        groups = [here.api.supergroup(f"Team {number}") for number in range(4)]
        for group in groups:
            anna = here.api.person("Anna")
            group.says(anna, "/brief")
            group.says(anna, "/status")
        await here.api.until(lambda: all(len(group.texts) == 1 for group in groups))
        chat = here.api.private("Bob")
        chat.says(None, "/status")
        await here.api.until(lambda: chat.texts)
        assert [len(group.texts) for group in groups] == [1, 1, 1, 1]

        here.patience.set()
        await here.api.until(lambda: all(len(group.texts) == 2 for group in groups))

    play(scene, rates=Rates(answers=1e9, chat=1e9, group=1), at_once=2)


def test_strangers_do_not_slow_who_is_served() -> None:
    async def scene(here: Scene) -> None:
        served = here.api.private(here.api.people[1001])
        strangers = [here.api.private(f"Stranger {number}") for number in range(40)]
        for one in strangers:
            one.says(None, "/brief")
        served.says(None, "/brief")
        # All of them have asked before any but the first is answered.
        await here.asked(1)
        here.patience.set()
        await here.api.until(lambda: served.texts)

        assert served.texts == ["Answer to brief"]
        assert sum(bool(one.texts) for one in strangers) < 10
        await here.api.until(lambda: all(one.texts for one in strangers))

    play(
        scene,
        everybody=False,
        people=frozenset({"1001"}),
        before=knows_anna,
        rates=Rates(answers=5, fan_out=1e9, chat=1e9),
    )


def test_who_writes_in_the_name_of_a_channel_uses_up_nothing_of_the_admins() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        said = {"date": 1, "chat": group.json(), "text": "/topics"}
        for number in range(3):
            sender = {"id": -1009, "type": "channel", "title": "Theirs"}
            here.api.sends_raw(message={**said, "message_id": 90 + number, "sender_chat": sender})
        group.says(anna, "/status", anonymously=True)
        await here.api.until(lambda: len(group.texts) == 4)

        assert here.texts == ["/topics", "/topics", "/status"]

    play(scene, most=2)


def test_who_gives_up_while_waiting_leaves_no_hand_too_many() -> None:
    async def scene() -> int:
        hands = Hands(1, sleep=lambda _: asyncio.sleep(0))
        released = asyncio.Event()

        async def gives_up() -> None:
            async with hands.held(), asyncio.timeout(0.02):
                await hands.sleep(1)

        async def holds_on() -> None:
            async with hands.held():
                await released.wait()

        one = asyncio.create_task(gives_up())
        await asyncio.sleep(0)
        other = asyncio.create_task(holds_on())
        await asyncio.sleep(0.05)
        released.set()
        await asyncio.wait({one, other})
        assert isinstance(one.exception(), TimeoutError)

        free = 0
        async with AsyncExitStack() as stack:
            with suppress(TimeoutError):
                while True:
                    async with asyncio.timeout(0.05):
                        await stack.enter_async_context(hands.held())
                    free += 1
        return free

    assert asyncio.run(scene()) == 1
