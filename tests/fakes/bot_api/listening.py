"""The methods by which a bot hears: fetching updates, or having them sent to a webhook."""

import asyncio
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.bot_api.errors import bad_request
from tests.fakes.bot_api.values import Json, Webhook
from tests.fakes.bot_api.world import World

_PORTS = frozenset({80, 88, 443, 8443})
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # a header's name
_MOST = 100


async def get_updates(world: World, said: Json) -> list[Json]:
    """Return what has happened, waiting for it if asked to."""
    return await world.feed.poll(
        said.get("offset", 0),
        min(max(said.get("limit", _MOST), 1), _MOST),
        said.get("timeout", 0),
        said.get("allowed_updates"),
    )


def set_webhook(world: World, said: Json) -> bool:
    """Send updates to an address from now on, or nowhere when it is empty."""
    url: str = said["url"]
    if not url:
        return delete_webhook(world, said)
    _check_address(url)
    secret = said.get("secret_token", "")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    world.feed.allow(said.get("allowed_updates"))
    _forget(world, said)
    world.webhook = Webhook(url, secret, said.get("max_connections", 40))
    world.feed.hook(on=True)
    world.changed()
    return True


def delete_webhook(world: World, said: Json) -> bool:
    """Send updates nowhere; they wait to be fetched."""
    _forget(world, said)
    world.webhook = Webhook()
    world.feed.hook(on=False)
    world.changed()
    return True


def get_webhook_info(world: World, said: Json) -> Json:
    """Say where updates are sent, and how that went."""
    del said
    hook = world.webhook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.feed.pending),
    }
    if hook.url:
        info |= {"max_connections": hook.connections, "allowed_updates": sorted(world.feed.allowed)}
    if hook.error:
        info |= {"last_error_message": hook.error, "last_error_date": hook.error_date}
    return info


def _check_address(url: str) -> None:
    """Refuse what Telegram does not call; only this machine may be called without TLS."""
    parts = urlsplit(url)
    if parts.hostname in _HERE:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _forget(world: World, said: Json) -> None:
    if said.get("drop_pending_updates"):
        world.feed.pending.clear()


async def carry(world: World, *, pause: float) -> None:
    """Send each update to the webhook until it is taken, seconds apart; never return."""
    async with aiohttp.ClientSession() as session:
        while True:
            await world.until(lambda: _near(world) and world.feed.pending, seconds=None)
            hook, update = world.webhook, world.feed.pending[0]
            hook.error = await _carried(session, hook, _address(world), update)
            if hook.error:
                hook.error_date = int(world.clock())
                world.changed()
                await asyncio.sleep(pause)
            elif update in world.feed.pending:
                world.feed.pending.remove(update)
            world.changed()


def _near(world: World) -> bool:
    """Tell whether the webhook is on this machine; no test calls any other."""
    return urlsplit(_address(world)).hostname in _HERE


def _address(world: World) -> str:
    """Return where a call of the webhook goes, behind what stands before it."""
    parts = urlsplit(world.webhook.url)
    front = world.fronts.get(parts.hostname or "")
    return world.webhook.url if front is None else f"{front}{parts.path}"


async def _carried(
    session: aiohttp.ClientSession, hook: Webhook, address: str, update: Json
) -> str:
    """Send one update; return what went wrong, if anything did."""
    headers = {_SECRET: hook.secret} if hook.secret else {}
    try:
        async with session.post(address, json=update, headers=headers) as answer:
            await answer.read()
            if answer.ok:
                return ""
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except aiohttp.ClientError as error:
        return f"Connection failed: {type(error).__name__}"


METHODS: dict[str, Callable[[World, Json], object]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
