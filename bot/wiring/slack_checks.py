"""Slack looked at: whose its tokens are, what they may do, and how the bot hears there."""

import asyncio
from collections.abc import Awaitable, Iterator, Sequence
from typing import TYPE_CHECKING

from bot.config.environment import Environment
from bot.config.load import Config
from bot.console.checks import Check
from bot.core.errors import BriefbotError

if TYPE_CHECKING:
    from bot.slack.client import Me

_PART = "Slack"
_NAMES = ("slack_bot_token", "slack_app_token", "slack_signing_secret")


async def slack(
    environment: Environment, config: Config | None, patience: float
) -> Sequence[Check]:
    """Ask Slack who the token's bot is and what it may do; nothing where nothing is set for it.

    Whom the configuration writes to there is looked at, too, where it can be read. So long, in
    seconds, is an answer waited for.
    """
    tokens = {name: _said(environment, name) for name in _NAMES}
    token, app_token, secret = tokens.values()
    if not token:
        return tuple(_without_token(tokens))
    named, url = () if config is None else _named(config), environment.slack_api_url
    (me, why), unconnected = await asyncio.gather(
        _bot(token, url, patience), _unconnected(app_token, url, patience)
    )
    if me is None:
        bot: Sequence[Check] = (Check(part=_PART, found="", broken=(why,)),)
    else:
        bot = tuple(_standing(me, named))
    if me is not None and app_token and not unconnected:
        unconnected = await _unfit(token, app_token, url, patience)
    return (*bot, _hearing(app_token, secret, unconnected))


def _without_token(tokens: dict[str, str]) -> Iterator[Check]:
    named = [name.upper() for name, value in tokens.items() if value]
    if named:
        said = f"{' and '.join(named)} set, but not SLACK_BOT_TOKEN"
        mend = f"{said}: nothing is posted there. README: “Put it in Slack”."
        yield Check(part=_PART, found="", broken=(mend,))


def _named(config: Config) -> Sequence[str]:
    """Return the addresses on Slack that the configuration names."""
    operator = config.operator.destination
    named = [each.to for each in config.subscriptions] + ([operator] if operator else [])
    return [each for each in dict.fromkeys(named) if each.startswith("slack:")]


async def _bot(token: str, url: str, patience: float) -> "tuple[Me | None, str]":
    """Return whose the token is, or why nobody knows."""
    from bot.slack.client import introduce  # noqa: PLC0415 - loads the client
    from bot.slack.connection import connected  # noqa: PLC0415 - the same

    found: list[Me] = []

    async def ask() -> None:
        async with connected(token, url=url) as line:
            found.append(await introduce(line.questions))

    why = await _refusal(ask(), url, patience)
    return (found[0] if found else None), why


async def _unconnected(app_token: str, url: str, patience: float) -> str:
    """Return why Socket Mode is not to be had with the token; empty where it is, or no token."""
    from bot.slack.inspection import connects  # noqa: PLC0415 - loads the client

    return await _refusal(connects(app_token, url=url), url, patience) if app_token else ""


async def _unfit(token: str, app_token: str, url: str, patience: float) -> str:
    """Return why the two tokens do not belong together; empty where they do."""
    from bot.slack.inspection import fits  # noqa: PLC0415 - loads the client

    return await _refusal(fits(token, app_token, url=url), url, patience)


async def _refusal(asked: Awaitable[None], url: str, patience: float) -> str:
    """Return why Slack does not do what it is asked, or gives no answer; empty where it does."""
    from bot.slack.client import UnreachableError  # noqa: PLC0415 - loads the client

    try:
        async with asyncio.timeout(patience):
            await asked
    except TimeoutError:
        return str(UnreachableError(url))
    except BriefbotError as error:
        return str(error)
    return ""


def _standing(me: "Me", named: Sequence[str]) -> Iterator[Check]:
    from bot.slack.scopes import LOOKUP, NEEDED, WELCOME, missing  # noqa: PLC0415 - beside it

    # The id of a whole organisation says nothing of its workspaces.
    workspaces = {each: each.removeprefix("slack:").partition("/")[0] for each in named}
    elsewhere = [
        each
        for each, workspace in workspaces.items()
        if workspace.startswith("T") and workspace != me.workspace
    ]
    yield Check(
        part=_PART,
        found=f"@{me.name} in the workspace {me.workspace}",
        broken=tuple(
            f"{each} is in another workspace than the app: nothing can be posted there. Name a"
            f" channel of {me.workspace}, or set the token of an app of that workspace."
            for each in elsewhere
        ),
    )
    if me.scopes is None:
        yield Check(part="Slack scopes", found="the server does not tell them")
        return
    lacking = missing(NEEDED, me.scopes)
    less = missing((*WELCOME, *LOOKUP), me.scopes)
    broken = [f"The app has no scope {scope.name}: {scope.purpose}." for scope in lacking]
    if broken:
        broken.append(
            "Paste what briefbot slack manifest prints under “App Manifest” of the app at "
            "https://api.slack.com/apps, save it, and press “Reinstall” under “Install App”."
        )
    rest = "; ".join(f"no {scope.name}: {scope.purpose}" for scope in less)
    said = f"{len(NEEDED) - len(lacking)} of {len(NEEDED)} that are needed"
    yield Check(
        part="Slack scopes", found=f"{said}; {rest}" if rest else said, broken=tuple(broken)
    )


def _hearing(app_token: str, secret: str, unconnected: str) -> Check:
    """Say how the bot hears, and why it does not by Socket Mode, where that is known."""
    from bot.slack.inspection import secret_fault  # noqa: PLC0415 - loads the client
    from bot.slack.manifest import PATH  # noqa: PLC0415 - the same

    part = "Slack hears"
    if app_token:
        return Check(part=part, found="Socket Mode", broken=(unconnected,) if unconnected else ())
    if secret:
        fault = secret_fault(secret)
        return Check(part=part, found=f"HTTP, at {PATH}", broken=(fault,) if fault else ())
    mend = (
        "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: the bot "
        "hears nothing there, and does not start. README: “Put it in Slack”."
    )
    return Check(part=part, found="", broken=(mend,))


def _said(environment: Environment, name: str) -> str:
    found = getattr(environment, name)
    return "" if found is None else found.get_secret_value().strip()
