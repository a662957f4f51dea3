"""Slack looked at: whose its tokens are, what they may do, and how the bot hears there."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.config.environment import Environment
from bot.config.load import Config
from bot.console.checks import Check
from bot.core.errors import BriefbotError

if TYPE_CHECKING:
    from bot.slack.client import Me

_PART = "Slack"
_NAMES = ("slack_bot_token", "slack_app_token", "slack_signing_secret")


async def slack(environment: Environment, config: Config | None) -> Sequence[Check]:
    """Ask Slack who the token's bot is and what it may do; nothing where nothing is set for it.

    Whom the configuration writes to there is looked at, too, where it can be read.
    """
    tokens = {name: _said(environment, name) for name in _NAMES}
    token, app_token, secret = tokens.values()
    if not token:
        return tuple(_without_token(tokens))
    named = () if config is None else _named(config)
    bot = await _bot(token, environment, named)
    known = "" if any(each.broken and not each.found for each in bot) else token
    return (*bot, await _hearing(environment, known, app_token, secret))


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


async def _bot(token: str, environment: Environment, named: Sequence[str]) -> Sequence[Check]:
    from bot.slack.client import introduce  # noqa: PLC0415 - loads the client
    from bot.slack.connection import connected  # noqa: PLC0415 - the same

    try:
        async with connected(token, url=environment.slack_api_url) as line:
            return tuple(_standing(await introduce(line.questions), named))
    except BriefbotError as error:
        return (Check(part=_PART, found="", broken=(str(error),)),)


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


async def _hearing(environment: Environment, token: str, app_token: str, secret: str) -> Check:
    """Look at how the bot hears; the token is empty where Slack does not know whose it is."""
    from bot.slack.inspection import connects, fits, secret_fault  # noqa: PLC0415 - loads the client
    from bot.slack.manifest import PATH  # noqa: PLC0415 - the same

    part = "Slack hears"
    if app_token:
        try:
            await connects(app_token, url=environment.slack_api_url)
            if token:
                await fits(token, app_token, url=environment.slack_api_url)
        except BriefbotError as error:
            return Check(part=part, found="Socket Mode", broken=(str(error),))
        return Check(part=part, found="Socket Mode")
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
