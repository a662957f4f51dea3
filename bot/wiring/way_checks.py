"""The ways out of the bot looked at: chats, the operator, the HTTP address, the heartbeat."""

import asyncio
import errno
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bot.config.environment import Environment
from bot.config.load import Config
from bot.console.checks import Check
from bot.core.errors import StoreError
from bot.core.subscription import Destination, destination_of
from bot.store import place
from bot.store.alone import holder
from bot.store.destinations import destinations
from bot.store.inspection import inspect
from bot.wiring.parts import ARCHIVE, POSTS


async def chats(config: Config) -> Sequence[Check]:
    """Look at where digests go, and where the operator is told what to mend."""
    declared = {destination_of(each.to) for each in config.subscriptions}
    found = sorted(declared | await _kept(config.data_dir / ARCHIVE), key=str)
    faults = await asyncio.to_thread(lambda: [_fault(each, config) for each in found])
    count = f"{len(found)} {'chat' if len(found) == 1 else 'chats'}" if found else "none yet"
    broken = tuple(fault for fault in faults if fault)
    served = Check(part="subscriptions", found=count, broken=broken)
    return served, await asyncio.to_thread(_operator, config)


async def address(environment: Environment) -> Check:
    """Say whether the HTTP address can be had, or the running bot has it."""
    host, port = environment.http_host, environment.http_port
    shown = f"{host}:{port}"
    try:
        await asyncio.to_thread(_bind, host, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        try:
            running = await holder(environment.data_dir) if taken else None
        except StoreError:
            running = None
        if running is not None:
            return Check(part="address", found=f"{shown}, used by the running bot")
        why = "another program uses it" if taken else str(error.strerror or error)
        mend = f"{shown} cannot be used: {why}. Name another in HTTP_HOST or HTTP_PORT."
        return Check(part="address", found=shown, broken=(mend,))
    return Check(part="address", found=f"{shown}, free" if port else f"{host}, any free port")


def settings(environment: Environment) -> Iterator[Check]:
    """Yield what is wrong or right about the heartbeat's address, which is not shown."""
    url = environment.heartbeat_url
    if url is None:
        yield Check(part="heartbeat", found="not set: HEARTBEAT_URL names who notices a dead bot")
    elif _is_web_address(url.get_secret_value()):
        yield Check(part="heartbeat", found="an address is set")
    else:
        mend = "HEARTBEAT_URL is no web address: it begins with https:// and a host."
        yield Check(part="heartbeat", found="", broken=(mend,))


async def _kept(archive: Path) -> frozenset[Destination]:
    """Return the chats of the archive; none of one that is absent, older or broken."""
    try:
        found = await inspect(archive)
        if found.schema is None or found.older:
            return frozenset()
        return frozenset(await destinations(archive))
    except StoreError:
        # The archive's own line says so.
        return frozenset()


def _operator(config: Config) -> Check:
    named = config.operator.destination
    if named is None:
        told = (
            "no destination: faults are told by briefbot status, in the log, and to whoever has "
            "claimed the bot"
        )
        return Check(part="operator", found=told)
    fault = _fault(destination_of(named), config)
    return Check(part="operator", found=named, broken=(fault,) if fault else ())


def _fault(destination: Destination, config: Config) -> str:
    """Return why nothing can be posted there, and how that is mended; empty where it can."""
    match destination.channel:
        case "terminal":
            why = ""
        case "file":
            why = _file_fault(config.data_dir / POSTS / destination.address)
        case "telegram":
            token = config.environment.telegram_bot_token
            why = "TELEGRAM_BOT_TOKEN is not set." if token is None else ""
        case "slack":
            token = config.environment.slack_bot_token
            why = "SLACK_BOT_TOKEN is not set." if token is None else ""
        case _:
            why = f"nothing here posts there. briefbot forget {destination}"
    return f"{destination}: {why}" if why else ""


def _file_fault(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder. Name a file in it."
    if not place.writable(path):
        return f"{path} cannot be written. Mend that, or name another file."
    return ""


def _bind(host: str, port: int) -> None:
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as tried:
        # As the server does: an address that was just let go is free.
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind(where)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
