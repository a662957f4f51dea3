"""An attempt ends, whatever the channel does."""

import asyncio

from bot.app import attempt
from bot.core.delivery import Deferred, Delivered, Outcome, Post, Scope, Unsure
from tests.fakes.delivery import HERE, Loop

POST = Post(series=1, part=0, destination=HERE, payload={"text": "one"})


class Silent(Loop):
    """Never answers."""

    async def send(self, post: Post) -> Outcome:
        await asyncio.Event().wait()
        return Delivered(str(post.part))


def test_a_channel_that_never_answers_is_not_waited_for() -> None:
    outcome = asyncio.run(attempt.send(Silent(), POST, patience=0.01))

    assert outcome == Unsure("There was no answer in 0 seconds.")


def test_a_search_that_finds_nothing_lets_the_part_be_sent() -> None:
    channel = Loop(finds={"one": [Deferred(0.0, Scope.PART, "It is not there.")]})

    assert asyncio.run(attempt.find(channel, POST)) is None


def test_a_search_that_has_to_wait_is_made_again_later() -> None:
    later = Deferred(7.0, Scope.ACCOUNT, "Slow down.")
    channel = Loop(finds={"one": [later]})

    assert asyncio.run(attempt.find(channel, POST)) == later


def test_a_search_that_fails_lets_the_part_be_sent_again() -> None:
    channel = Loop(finds={"one": [ValueError("oh")]})

    assert asyncio.run(attempt.find(channel, POST)) is None
