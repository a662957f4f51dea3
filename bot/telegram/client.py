"""The bot as Telegram knows it: made from its token, and asked who it is."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.core.errors import BriefbotError, ConfigError
from bot.core.server_address import server_address
from bot.telegram.proxy import proxy_to
from bot.telegram.request import Request, Trust

#: Telegram's own server.
API = "https://api.telegram.org"

#: Connections at once: 30 messages a second, each of them some seconds long.
_CONNECTIONS = 64
#: Those that ask for updates, one at a time.
_ASKING = 2


class TokenError(BriefbotError):
    """Telegram does not accept the token; the message says where to get one."""

    def __init__(self) -> None:
        """Say so, without the token."""
        super().__init__(
            "Telegram does not accept the bot's token. Set TELEGRAM_BOT_TOKEN to the one that "
            "@BotFather shows for your bot (/mybots, API Token)."
        )


class UnreachableError(BriefbotError):
    """Telegram gives no answer; the message says what to look at."""

    def __init__(self, url: str) -> None:
        """Say which server it is."""
        super().__init__(
            f"Telegram gives no answer at {url}. Check this machine's network, and "
            "TELEGRAM_API_URL if you have set it."
        )


def checked_url(url: str) -> str:
    """Return the address of a Bot API server without a slash at its end.

    Raises ``ConfigError`` for any that is not https, nor http on this very machine.
    """
    server = server_address(url)
    if server is None:
        raise ConfigError(
            "TELEGRAM_API_URL: expected https://HOST or http://127.0.0.1:PORT, without a name, "
            "a password or a query."
        )
    return server


def made_bot(token: str, *, url: str = API, trust: Trust = ssl.create_default_context) -> Bot:
    """Return the bot with that token, which has not spoken to the server yet.

    ``trust`` makes what judges the server's certificate, in a thread and when it is needed.
    It keeps no pace and tries nothing twice: who sends does. Raises ``TokenError`` for what can be
    no token, and ``ConfigError`` for an address as ``checked_url`` does and for a proxy of the
    environment that cannot be used.
    """
    server = checked_url(url)
    proxy = proxy_to(server)
    known = trust if server.startswith("https://") else None

    try:
        return Bot(
            token,
            base_url=f"{server}/bot",
            base_file_url=f"{server}/file/bot",
            request=Request(connections=_CONNECTIONS, trust=known, proxy=proxy),
            get_updates_request=Request(connections=_ASKING, trust=known, proxy=proxy),
        )
    except InvalidToken:
        # The vendor's text holds the token.
        raise TokenError from None


@asynccontextmanager
async def introduced(
    token: str, *, url: str = API, trust: Trust = ssl.create_default_context
) -> AsyncIterator[Bot]:
    """Give the bot once the server has said who it is; its connections are closed at the end.

    Raises ``TokenError``, ``UnreachableError``, and ``ConfigError`` as ``made_bot`` does.
    """
    bot = made_bot(token, url=url, trust=trust)
    try:
        await introduce(bot)
        yield bot
    finally:
        await bot.shutdown()


async def introduce(bot: Bot) -> None:
    """Ask the server who the bot is, so that the bot knows its own name.

    Raises ``TokenError`` or ``UnreachableError``; it may be asked again.
    """
    try:
        await bot.initialize()
    except InvalidToken:
        raise TokenError from None
    except TelegramError as error:
        server = bot.base_url.removesuffix(f"/bot{bot.token}")
        raise UnreachableError(server) from _without(error, bot.token)


def _without(error: TelegramError, token: str) -> TelegramError:
    """Return the error as it may be logged."""
    return type(error)(error.message.replace(token, "***"))
