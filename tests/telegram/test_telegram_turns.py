"""A press for which there is no room at all stands in nobody's way."""

import asyncio
from datetime import UTC, datetime

from bot.app.crowd import UNNOTED
from bot.app.hands import Hands
from bot.app.lines import EACH, open_lines
from bot.app.throttle import Throttle
from bot.telegram.buttons import Buttons
from bot.telegram.heard import Person, Place, Pressed
from bot.telegram.moves import Moves
from bot.telegram.press import Press, write_press
from bot.telegram.turns import Job, Turns

MADE = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)
TEAM = Place(chat=-1001, title="Team")


def pressed(number: int, person: int) -> Pressed:
    """Return a press of that story below a digest."""
    data = str(write_press(Press(f"/brief {number}", MADE)))
    return Pressed(place=TEAM, person=Person(id=person), query=f"{number}", data=data, message=5)


def test_a_press_that_was_let_go_is_about_to_bring_nothing() -> None:
    async def scene() -> list[bool]:
        async def work(_: Job) -> None:
            await asyncio.Event().wait()

        turns = Turns(Throttle(seconds=lambda: 0.0), Moves(), Buttons(lambda: 0.0))
        # Those told that it is too much wait in a line of their own, which is full as well.
        let_go = pressed(3 * EACH, person=1)
        async with open_lines(work, hands=Hands(1), last_words=0.01) as lines:
            for number in range(1, 3 * EACH):
                await turns.hand(pressed(number, person=1), lines, UNNOTED)
            await turns.hand(let_go, lines, UNNOTED)
            return [turns.begin(pressed(number, person=2)) for number in (1, 3 * EACH)]

    assert asyncio.run(scene()) == [False, True]
