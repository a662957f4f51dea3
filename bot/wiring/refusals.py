"""Why a platform does not take the bot, asked as a run ends that may have had no time to hear."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.config.load import Config
from bot.core.errors import BriefbotError
from bot.wiring.channels import Ways

#: So long, in seconds, is an answer of a platform waited for.
PATIENCE = 5.0
#: After so many seconds it is told that one is waited for.
_WHILE = 1.0


async def refusals(config: Config, opened: Ways, *, tell: Callable[[str], object]) -> Sequence[str]:
    """Return a sentence for each platform that knows no such bot, or gives no answer.

    Where that takes a while, who waits is told what for.
    """
    waited_for = f"Waiting for an answer of {' and '.join(opened.platforms)}."
    telling = asyncio.get_running_loop().call_later(_WHILE, tell, waited_for)
    asked = (
        _refusal(lambda: _telegram(config, opened)),
        _refusal(lambda: _slack(config, opened)),
    )
    try:
        return [why for why in await asyncio.gather(*asked) if why]
    finally:
        telling.cancel()


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
        async with asyncio.timeout(PATIENCE):
            await introduce(line.bot)
    except TimeoutError:
        raise UnreachableError(config.environment.telegram_api_url) from None


async def _slack(config: Config, opened: Ways) -> None:
    line = opened.slack
    if line is None:
        return
    from bot.slack.client import UnreachableError, introduce  # noqa: PLC0415 - loads the client
    from bot.slack.inspection import matches  # noqa: PLC0415 - the same
    from bot.slack.opening import preflight  # noqa: PLC0415 - the same
    from bot.wiring.slack_line import secret  # noqa: PLC0415 - the same

    app_token = secret(config, "slack_app_token")
    try:
        async with asyncio.timeout(PATIENCE):
            me = await introduce(line.questions)
            if app_token:
                await preflight(line.posts, app_token)
                await matches(line.questions, me, app_token)
    except TimeoutError:
        raise UnreachableError(line.server) from None
