"""Telegram put together: what hears there, and what is asked of it by the configuration."""

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bot.app.access import Access
from bot.app.endings import Ending
from bot.app.hands import Hands
from bot.app.identity import recognise
from bot.app.lately import Lately
from bot.app.throttle import Throttle
from bot.app.tongues import Tongues
from bot.catalogue import languages
from bot.catalogue import words as words_of
from bot.config.load import Config
from bot.core.ask import Ask
from bot.core.errors import ConfigError
from bot.core.introduction import arrival_page, topic_gone_page
from bot.core.page import Page
from bot.core.subscription import Destination
from bot.core.wording import Words
from bot.sources.trust import trusting
from bot.store.database import Database
from bot.store.heard import HeardBefore
from bot.store.keys import key
from bot.store.marks import Marks
from bot.telegram.address import CHANNEL, contact_of
from bot.telegram.admins import Admins
from bot.telegram.buttons import Buttons
from bot.telegram.connection import Connection, connected
from bot.telegram.listen import Ear
from bot.telegram.menus import Menus
from bot.telegram.room import Hook, Telegram
from bot.wiring.access import access_to, replies, welcome
from bot.wiring.delivery import Delivery
from bot.wiring.parts import SystemClock

#: What the secret of a webhook may be (Bot API, setWebhook).
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What goes on in Telegram for as long as the bot is on duty."""

    telegram: Telegram
    menus: Menus
    access: Access
    #: Shows a page to who runs the bot.
    show: Callable[[Page], Awaitable[None]]
    words: Words
    #: Is set once the bot knows its name.
    known: asyncio.Event
    #: Tells whoever set a digest of a chat that takes no posts any more.
    ended: Callable[[Ending], Awaitable[None]]

    #: What a destination calls it.
    channel: str = CHANNEL

    @property
    def hooked(self) -> bool:
        """Say whether Telegram calls the bot, which must be served then."""
        return self.telegram.hook is not None

    async def arrive(self) -> None:
        """Say by which name Telegram knows the bot, and set what it says of itself there."""
        await self.known.wait()
        name = self.telegram.ear.bot.username
        code = await self.access.code(CHANNEL)
        claim = None if code is None else f"https://t.me/{name}?start={code}"
        await self.show(arrival_page("Telegram", f"@{name}", claim, words=self.words))
        await self.menus.keep()


def connection(config: Config) -> AbstractAsyncContextManager[Connection]:
    """Open what speaks to Telegram; the configuration has a token."""
    words = words_of(config.digest.language)
    general = config.telegram.deleted_topic == "general"
    return connected(
        _token(config),
        url=config.environment.telegram_api_url,
        trust=trusting,
        topic_gone=topic_gone_page(words=words) if general else None,
    )


async def recognised(config: Config, database: Database, *, adopt: bool) -> None:
    """Remember which bot the database belongs to.

    Raises ``StrangerError`` when that is another one, unless it is to be adopted.
    """
    await recognise(Marks(database), CHANNEL, _token(config).partition(":")[0], adopt=adopt)


def room(  # noqa: PLR0913 - what it is put together from
    config: Config,
    delivering: Delivery,
    line: Connection,
    *,
    answer: Callable[[Ask], Awaitable[Page]],
    tongues: Tongues,
    show: Callable[[Page], Awaitable[None]],
) -> Room:
    """Return what hears and answers on Telegram. Raises ``ConfigError`` and ``StoreError``."""
    words, clock, known = words_of(config.digest.language), SystemClock(), asyncio.Event()
    database = delivering.database
    access, hands = access_to(CHANNEL, config, database, whole=_whole), Hands()
    answers = replies(delivering, hands)
    greeter = welcome(config, delivering, access, tongues, offers=answers)

    async def ended(ending: Ending) -> None:
        # What is said waits with a hand that it lets go of.
        async with hands.held():
            await greeter.ended(Destination(CHANNEL, _whole(ending.of.destination.address)), ending)

    ear = Ear(
        bot=line.bot,
        answer=answer,
        replies=answers,
        hands=hands,
        access=access,
        welcome=greeter,
        admins=Admins(line.bot, seconds=time.monotonic),
        throttle=Throttle(seconds=time.monotonic),
        buttons=Buttons(time.monotonic),
        operators=Lately(time.monotonic),
        contact=contact_of(config.operator.contact),
        tongues=tongues,
        edit=line.channel.edit,
    )
    return Room(
        telegram=Telegram(
            ear=ear,
            heard=HeardBefore(database, clock, room=CHANNEL),
            tell=delivering.telling,
            clock=clock,
            chance=random.random,
            hook=_hook(config),
            ready=lambda _: known.set(),
        ),
        menus=Menus(
            bot=line.bot,
            marks=Marks(database),
            beat=config.digest.title,
            words={code: words_of(code) for code in languages()},
            otherwise=config.digest.language,
            sleep=asyncio.sleep,
        ),
        access=access,
        show=show,
        words=words,
        known=known,
        ended=ended,
    )


def _hook(config: Config) -> Hook | None:
    """Return where Telegram calls the bot, and the secret that proves it is Telegram."""
    url, given = config.environment.telegram_webhook_url, config.environment.telegram_webhook_secret
    if url is None:
        return None
    secret = key(config.data_dir, "telegram-webhook").hex()
    if given is not None:
        secret = given.get_secret_value()
    if not _SECRET.fullmatch(secret):
        raise ConfigError(
            "TELEGRAM_WEBHOOK_SECRET: expected 1 to 256 letters, digits, dashes and underscores."
        )
    return Hook(url, secret)


def _whole(address: str) -> str:
    """Return the address of the chat that a topic is in."""
    return address.partition("/")[0]


def _token(config: Config) -> str:
    token = config.environment.telegram_bot_token
    return "" if token is None else token.get_secret_value().strip()
