"""Telegram looked at: whose the token is, and whether its webhook is delivered to."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.config.environment import Environment
from bot.console.checks import Check
from bot.core.errors import BriefbotError

if TYPE_CHECKING:
    from bot.telegram.webhook import Standing

_PART = "Telegram"
_HOOK = "Telegram webhook"


async def telegram(environment: Environment, patience: float) -> Sequence[Check]:
    """Ask Telegram who the token's bot is; nothing is looked at where no token is set.

    Where Telegram is to call the bot, how that goes is asked, too. So long, in seconds, is an
    answer waited for.
    """
    token = environment.telegram_bot_token
    if token is None:
        return ()
    from bot.sources.trust import trusting  # noqa: PLC0415 - loads httpx
    from bot.telegram.client import UnreachableError, introduced  # noqa: PLC0415 - loads the client
    from bot.telegram.webhook import standing_of  # noqa: PLC0415 - the same

    secret, url = token.get_secret_value().strip(), environment.telegram_api_url
    try:
        async with (
            asyncio.timeout(patience),
            introduced(secret, url=url, trust=trusting) as bot,
        ):
            me = bot.bot
            everything = bool(me.can_read_all_group_messages)
            known = _introduced(str(me.username), everything=everything, joins=me.can_join_groups)
            return (known, *await _called(lambda: standing_of(bot), environment))
    except TimeoutError:
        why = str(UnreachableError(url))
    except BriefbotError as error:
        why = str(error)
    return (Check(part=_PART, found="", broken=(why,)), *_hook(environment))


def _introduced(name: str, *, everything: bool, joins: bool | None) -> Check:
    hears = "all messages" if everything else "commands and replies"
    found = f"@{name}, hears {hears} in groups"
    if joins:
        return Check(part=_PART, found=found)
    mend = "It cannot be added to groups. Let it: @BotFather, /setjoingroups, Enable."
    return Check(part=_PART, found=found, broken=(mend,))


async def _called(
    ask: Callable[[], Awaitable["Standing"]], environment: Environment
) -> Sequence[Check]:
    """Look at the webhook; nothing where the bot asks for updates itself."""
    if environment.telegram_webhook_url is None:
        return ()
    try:
        standing = await ask()
    except BriefbotError as error:
        return tuple(_hook(environment, why=str(error)))
    return tuple(_hook(environment, standing))


def _hook(
    environment: Environment, standing: "Standing | None" = None, *, why: str = ""
) -> Iterator[Check]:
    """Yield what is known of the webhook without Telegram, and with what that says."""
    url = environment.telegram_webhook_url
    if url is None:
        return
    known = "" if standing is None else _known(standing, url)
    faults = (why, _path_fault(url), "" if standing is None else _fault(standing, environment))
    yield Check(part=_HOOK, found=f"{url}{known}", broken=tuple(each for each in faults if each))


def _path_fault(url: str) -> str:
    from bot.telegram.webhook import PATH  # noqa: PLC0415 - loads the client

    path = urlsplit(url).path or "/"
    if path == PATH:
        return ""
    return (
        f"TELEGRAM_WEBHOOK_URL leads to {path}, but the bot is called at {PATH} alone: "
        "end the address with that."
    )


def _known(standing: "Standing", url: str) -> str:
    from bot.telegram.webhook import waiting  # noqa: PLC0415 - loads the client

    said = "" if standing.url else ", set when the bot starts"
    said += f", {waiting(standing.waiting)}" if standing.waiting else ", nothing waits"
    if standing.error and standing.failed and standing.url == url:
        said += f", last error on {standing.failed:%d %B %Y, %H:%M} UTC: {standing.error}"
    return said


def _fault(standing: "Standing", environment: Environment) -> str:
    """Return what keeps updates away, and how that is mended; empty where nothing does."""
    from bot.telegram.webhook import PATH, at_host, waiting  # noqa: PLC0415 - loads the client

    if standing.url not in {"", environment.telegram_webhook_url}:
        return (
            f"Telegram calls another address{at_host(standing.url)}. Start the bot anew: it sets "
            "its own. If the other comes back, another program has the bot's token: stop that "
            "one, or revoke the token at @BotFather."
        )
    if not (standing.url and standing.error and standing.waiting):
        return ""
    return (
        f"Telegram could not deliver there ({standing.error}), and {waiting(standing.waiting)}: "
        f"let the bot run, and the proxy there pass {PATH}, with its headers, to "
        f"{environment.http_host}:{environment.http_port} (HTTP_HOST:HTTP_PORT)."
    )
