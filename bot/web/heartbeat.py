"""Calls an address of the operator's, over HTTP, so that somebody notices a dead bot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from bot.app.heartbeat import Call
from bot.core.errors import ConfigError

#: A call may take so many seconds.
PATIENCE = 10.0


@asynccontextmanager
async def open_call(url: str, *, patience: float = PATIENCE) -> AsyncIterator[Call]:
    """Give what calls the address; each call ends in time and says why it was not heard.

    The address may hold a key, so that no word of it is said but the host. Raises ``ConfigError``
    when it is none that can be called.
    """
    host = _host(url)
    async with _client() as client:

        async def call() -> str:
            try:
                # The answer's text is of no use, and could be endless.
                async with asyncio.timeout(patience), client.stream("GET", url) as answer:
                    return _refusal(host, answer.status_code)
            except TimeoutError:
                return f"{host} gives no answer in {patience:g} s."
            except httpx.HTTPError as error:
                return f"{host} cannot be reached ({type(error).__name__})."

        yield call


def _client() -> httpx.AsyncClient:
    try:
        return httpx.AsyncClient(timeout=None, follow_redirects=False)  # noqa: S113 - the call has one
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        raise ConfigError(
            "The proxy that the environment names (HTTPS_PROXY, ALL_PROXY) cannot be used. "
            "Name one that begins with http://, or none."
        ) from error


def _host(url: str) -> str:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        parsed = httpx.URL()
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise ConfigError(
            "HEARTBEAT_URL cannot be called. It must be a whole address that begins with https://."
        )
    return parsed.host


def _refusal(host: str, status: int) -> str:
    if status < httpx.codes.MULTIPLE_CHOICES:
        return ""
    if httpx.codes.is_redirect(status):
        return f"{host} sends the bot elsewhere (status {status}). Name the final address."
    return f"{host} answers with status {status}."
