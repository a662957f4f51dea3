"""May this address be asked? Its scheme, host and port are judged here, its IP in ``networks``."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

import idna

from bot.core.health import Reason
from bot.sources.networks import Reach, reach
from bot.sources.stop import StopError

#: The longest address that is asked: servers refuse longer ones, and none is typed.
MAX_URL = 2000
#: How an operator lets the bot read a source of the house.
OWN = "[fetch] allow_private = true lets your own sources be there"
#: What holds where that is so: a public name may be led inside by whoever owns it.
NAMED = "[fetch] private_hosts names those of your house"
#: Where neither is so yet.
BOTH = "[fetch] allow_private = true and private_hosts let your own sources be there"
ELSEWHERE = "only its own host and port may be there"
#: The ports that a web address may leave out.
PORTS = {"http": 80, "https": 443}

#: Top names that are for the house alone (RFC 2606, RFC 6761, RFC 6762, ICANN's ".internal"), or
#: that many houses use and nobody can register.
_INWARD = frozenset("corp home internal intranet lan local localhost private test".split())
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
#: Web browsers read a name whose last part looks like this as a number.
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
#: What may stand in a path and in a query; "%" because most links are quoted already.
_PATH, _QUERY = "/%:@!$&'()*+,;=~-._", "/?%:@!$&'()*+,;=~-._[]|^`{}"


@dataclass(frozen=True)
class Target:
    """An address that may be asked, as far as its words tell; it is kept, and asked often."""

    scheme: str
    #: A name in ASCII and lower case, or an IP address without brackets.
    host: str
    port: int
    #: The path and the query, quoted.
    path: str

    @cached_property
    def endpoint(self) -> str:
        """Return the host with its port, by which servers are told apart."""
        return f"{self._host}:{self.port}"

    @cached_property
    def site(self) -> str:
        """Return the host as the Host header names it, without the port of its scheme."""
        return self._host if PORTS[self.scheme] == self.port else self.endpoint

    @cached_property
    def url(self) -> str:
        """Return the whole address."""
        return f"{self.scheme}://{self.site}{self.path}"

    @cached_property
    def _host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def target(url: str, *, ports: Collection[int], own: str | None = None) -> Target:
    """Return the address in its parts; ``own`` is the endpoint that may be local.

    Raises ``StopError`` with what is wrong with it.
    """
    found = _parts(url)
    if found.endpoint == own:
        return found
    if found.port not in ports:
        raise _stop(
            f"port {found.port} is not among those allowed", hint="[fetch] ports names these"
        )
    if found.host == "localhost" or found.host.endswith(".localhost"):
        raise _stop("it leads into a private network", hint=OWN)
    return found


def endpoint(url: str) -> str:
    """Return host and port of an operator's own address, for what is asked in its name.

    Raises ``StopError`` when it is no web address.
    """
    return _parts(url).endpoint


def is_inward(place: str, hosts: Collection[str]) -> bool:
    """Say whether an endpoint is of the house: an address, a name nobody can buy, or of these."""
    host = place.rpartition(":")[0]
    labels = host.split(".")
    if host.startswith("[") or labels[-1].isdigit() or len(labels) == 1:
        return True
    named = {each.lower().rstrip(".") for each in hosts}
    return labels[-1] in _INWARD or labels[-2:] == ["home", "arpa"] or host in named


def is_nowhere(place: str) -> bool:
    """Say whether an endpoint is a number that is never asked, whatever an operator allows."""
    host = place.rpartition(":")[0].strip("[]")
    is_number = ":" in host or host.rpartition(".")[2].isdigit()
    return is_number and reach(host) is Reach.NOWHERE


@lru_cache(maxsize=4096)
def _parts(url: str) -> Target:
    address = url.strip(" \t\r\n\f")
    if len(address) > MAX_URL:
        raise _stop(f"it is longer than {MAX_URL} characters")
    if _CONTROLS.search(address):
        raise _stop("it has control characters in it")
    try:
        split = urlsplit(address)
        port = split.port
    except ValueError:
        raise _stop("it is no web address") from None
    scheme = split.scheme
    if scheme not in PORTS:
        raise _stop("it does not begin with http:// or https://")
    if "\\" in split.netloc or not split.netloc:
        raise _stop("it is no web address")
    if "@" in split.netloc:
        raise _stop("it has a name or a password in it")
    path = quote(split.path, safe=_PATH, errors="replace") or "/"
    query = quote(split.query, safe=_QUERY, errors="replace")
    return Target(
        scheme,
        _host(split.netloc),
        PORTS[scheme] if port is None else port,
        f"{path}{query and '?'}{query}",
    )


def _host(netloc: str) -> str:
    """Return the host as it is looked up and compared; ``hostname`` would mend too much."""
    if netloc.startswith("["):
        return _ipv6(netloc[1:].partition("]")[0])
    host = netloc.partition(":")[0]
    if "%" in host:
        raise _stop("its host is written in codes")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise _stop("its host is no name that exists") from None
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(host)
    if len(host) > 253 or not all(map(_NAME.fullmatch, labels)):  # noqa: PLR2004 - RFC 1035
        raise _stop("its host is no name that exists")
    return host


def _ipv4(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except AddressValueError:
        raise _stop("its host is a number written in an unusual way") from None


def _ipv6(host: str) -> str:
    try:
        ip = IPv6Address(host)
    except AddressValueError:
        raise _stop("its host is no address that exists") from None
    if ip.scope_id is not None:
        raise _stop("its host is of this machine's own link")
    return str(ip)


def _stop(detail: str, *, hint: str = "") -> StopError:
    return StopError(Reason.FORBIDDEN_ADDRESS, detail, hint=hint)
