"""What Slack was told is taken, on its way to the ear: each thing once, in the order it came."""

import asyncio
import hashlib
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.handing import Hand, Handing
from bot.app.hands import Hands
from bot.app.undone import HeardBefore, Undone
from bot.slack.heard import Heard
from bot.slack.hearing import heard
from bot.slack.jobs import Asked
from bot.slack.lasting import lasts, read, written
from bot.slack.reading import Body, text_at
from bot.slack.whereabouts import Name, is_ours

#: So many things wait to be handed over; Slack is to bring again what comes besides.
MOST = 1000
#: What was taken is handed over within so many seconds of the end.
LAST_WORDS = 1.0
log = logging.getLogger(__name__)


class Intake:
    """Takes what Slack tells, and hands over what is meant for the bot."""

    def __init__(
        self,
        me: Name,
        before: HeardBefore,
        hand: Hand[Heard],
        *,
        hands: Hands,
        most: int = MOST,
    ) -> None:
        """Hand over what that bot hears, unless it was heard before, to be worked on with these."""
        self._me = me
        self._before = before
        self._hand = hand
        self._hands = hands
        self._handing = Handing(before, hand)
        self._full = False
        self._strayed = False
        #: What was heard, by its key.
        self._waiting: asyncio.Queue[tuple[str, Heard]] = asyncio.Queue(most)

    async def take(self, body: Body) -> bool:
        """Take a payload; say whether there is room for it.

        It returns once that outlives a kill, but in a second at most: Slack waits three.
        """
        if self._waiting.full():
            if not self._full:
                log.warning("Slack tells more than can be heard; it is to tell some of it again.")
            self._full = True
            return False
        self._full = False
        try:
            said = self._read(body)
        except Exception:
            # One payload that nobody foresaw must not be the last one.
            log.exception("Something that Slack told could not be heard.")
            return True
        key = f"slack {_key(body)}"
        if said is not None and self._before.first(key, written(said) if lasts(said) else ""):
            self._waiting.put_nowait((key, said))
            await self._handing.stands(key)
        return True

    async def run(self) -> None:
        """Hand over until cancelled; first what the last run has left undone."""
        undone: Undone[Heard] = Undone(
            before=self._before, read=read, hand=self._hand, asks=_asks, hands=self._hands
        )
        await undone.resume()
        while True:
            key, said = await self._waiting.get()
            try:
                await self._handing.over(key, said)
            finally:
                self._waiting.task_done()

    async def settle(self) -> None:
        """Wait until all is handed over."""
        await self._waiting.join()

    def _read(self, body: Body) -> Heard | None:
        if is_ours(body, self._me):
            return heard(body, self._me)
        self._stray(body)
        return None

    def _stray(self, body: Body) -> None:
        """Say once that the app is told of other workspaces as well."""
        if not self._strayed:
            self._strayed = True
            other = text_at(body, "team_id") or text_at(body, "team", "id") or "another one"
            log.warning(
                "Slack tells the bot of the workspace %s, whose token it does not have: nothing is"
                " done there. Each workspace needs an app, and a bot, of its own.",
                repr(other[:20]),
            )


@asynccontextmanager
async def open_intake(
    me: Name,
    before: HeardBefore,
    hand: Hand[Heard],
    *,
    hands: Hands,
    last_words: float = LAST_WORDS,
) -> AsyncIterator[Intake]:
    """Give an intake that hands over; at the end, what it has taken is handed over."""
    intake = Intake(me, before, hand, hands=hands)
    running = asyncio.create_task(intake.run(), name="slack hands over")
    try:
        yield intake
    finally:
        try:
            async with asyncio.timeout(last_words):
                await intake.settle()
        except TimeoutError:
            log.warning("The bot stopped before all that Slack told was heard.")
        finally:
            running.cancel()
            await asyncio.wait({running})


def _asks(heard: Heard) -> bool:
    """Say whether somebody waits for its answer."""
    return isinstance(heard, Asked)


def _key(body: Body) -> str:
    """Return by what a payload is known when it comes again.

    Slack gives each event an id that its retries keep, and each command, press and form a trigger.
    """
    known = text_at(body, "event_id") or text_at(body, "trigger_id")
    if known:
        return known
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
