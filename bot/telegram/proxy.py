"""The proxy that the environment names for a server."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from bot.core.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Proxy:
    """What leads to a server, if anything does."""

    #: Without name and password.
    url: str | None = None
    #: What it is told, which may hold a password.
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


#: None.
DIRECT = Proxy()


def proxy_to(server: str) -> Proxy:
    """Return the proxy that the environment names for that address; none leads to this machine.

    Raises ``ConfigError`` for one that cannot be used.
    """
    address = urlsplit(server)
    host = address.hostname or ""
    excepted = proxy_bypass(host) or proxy_bypass(f"{host}:{address.port or 443}")
    if address.scheme == "http" or excepted:
        return DIRECT
    named = getproxies()
    given = named.get("https") or named.get("all")
    if not given:
        return DIRECT
    try:
        return _read(given if "://" in given else f"http://{given}")
    except ValueError:
        # Neither it nor what is wrong with it is told: it may hold a password.
        raise ConfigError(
            "The proxy that the environment names (HTTPS_PROXY, ALL_PROXY) cannot be used for "
            "Telegram. Name one as http://HOST:PORT, or none."
        ) from None


def _read(given: str) -> Proxy:
    """Return a proxy by its address; raises ``ValueError`` for what is none."""
    read = urlsplit(given)
    user, host = unquote(read.username or ""), read.hostname or ""
    # A port that is none is told when it is asked for.
    _ = read.port
    more = read.path.strip("/") or read.query or read.fragment
    if read.scheme.lower() not in {"http", "https"} or not host or ":" in user or more:
        raise ValueError
    url = f"{read.scheme}://{read.netloc.rpartition('@')[2]}"
    if read.username is None:
        return Proxy(url)
    told = b64encode(f"{user}:{unquote(read.password or '')}".encode()).decode()
    return Proxy(url, {"Proxy-Authorization": f"Basic {told}"})
