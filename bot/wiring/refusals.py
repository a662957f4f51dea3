"""Why a platform does not take the bot, asked as a run ends that may have had no time to hear."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.config.load import Config
from bot.core.errors import BriefbotError
from bot.wiring.channels import Ways

#: So long, in seconds, is an answer of a platform waited for.
_PATIENCE = 5.0


async def refusals(config: Config, opened: Ways) -> Sequence[str]:
    """Return a sentence for each platform that knows no such bot, or gives no answer."""
    asked = (
        _refusal(lambda: _telegram(config, opened)),
        _refusal(lambda: _slack(config, opened)),
    )
    return [why for why in await asyncio.gather(*asked) if why]


async def _refusal(ask: Callable[[], Awaitable[None]]) -> str:
    try:
        await ask()
    except BriefbotError as error:
        return str(error)
    return ""


async def _telegram(config: Config, opened: Ways) -> None:
    line = opened.telegram
    if line is None:
        return
    from bot.telegram.client import UnreachableError, introduce  # noqa: PLC0415 - loads the client

    try:
        async with asyncio.timeout(_PATIENCE):
            await introduce(line.bot)
    except TimeoutError:
        raise UnreachableError(config.environment.telegram_api_url) from None


async def _slack(config: Config, opened: Ways) -> None:
    line = opened.slack
    if line is None:
        return
    from bot.slack.client import UnreachableError, introduce  # noqa: PLC0415 - loads the client
    from bot.slack.opening import preflight  # noqa: PLC0415 - the same
    from bot.wiring.slack_line import secret  # noqa: PLC0415 - the same

    app_token = secret(config, "slack_app_token")
    try:
        async with asyncio.timeout(_PATIENCE):
            await introduce(line.questions)
            if app_token:
                await preflight(line.posts, app_token)
    except TimeoutError:
        raise UnreachableError(line.server) from None
