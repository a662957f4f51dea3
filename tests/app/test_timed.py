"""An answer is timed by its verb, and by no word of what was asked."""

import asyncio

import pytest

from bot.app.numbers import Timings
from bot.app.timed import Timed
from bot.core.ask import Ask, Asker
from bot.core.page import Page
from bot.core.subscription import Destination

PAGE = Page((), "")


def ask(text: str) -> Ask:
    return Ask(destination=Destination("terminal"), text=text, asker=Asker())


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("/brief Tokayev", "brief"),
        ("/Search@SCO_Brief_Bot trade", "search"),
        ("help", "help"),
        ("/brieff 1", "other"),
        ("Tokayev's secret", "other"),
        ("  ", "other"),
    ],
)
def test_an_answer_is_counted_under_its_verb(text: str, verb: str) -> None:
    timings = Timings(lambda: 0.0)

    async def answer(_: Ask) -> Page:
        return PAGE

    assert asyncio.run(Timed(answer, timings)(ask(text))) == PAGE
    assert list(timings.spreads()) == [verb]
