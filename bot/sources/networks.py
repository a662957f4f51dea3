"""Which addresses are on the public internet, as the registries of special purposes have it.

The lists are ours because those of ``ipaddress`` differ between the Pythons we run on.
"""

from enum import Enum
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address


class Reach(Enum):
    """Who an address leads to."""

    PUBLIC = "public"
    #: Machines of a house: its operator may name one of them, nobody else.
    PRIVATE = "private"
    #: The link, a group, a cloud's own interface, a tunnel, or nothing: never asked.
    NOWHERE = "nowhere"


#: IANA's registry of special IPv4 addresses. The network for trials (198.18) stands here because
#: some proxies in the machine give every host an address out of it.
_PRIVATE_4 = tuple(
    IPv4Network(network)
    for network in (
        *("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8"),
        *("172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15"),
    )
)
#: 168.63.129.16 looks public and is the inside of one cloud.
_NOWHERE_4 = tuple(
    IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
    )
)
_PRIVATE_6 = (IPv6Network("fc00::/7"), IPv6Network("::1/128"))
#: Two addresses of clouds' own interfaces inside the private ones.
_CLOUD = frozenset({IPv6Address("fd00:ec2::254"), IPv6Address("fd20:ce::254")})
#: The rest of IPv6 is not given out, or holds an IPv4 address that nobody would see.
_PUBLIC_6 = IPv6Network("2000::/3")
#: Teredo and its neighbours, documentation, 6to4, documentation again.
_NOWHERE_6 = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
#: Where a network without IPv4 shows the IPv4 world (RFC 6052): as good as the address inside it.
_NAT64 = IPv6Network("64:ff9b::/96")


@lru_cache(maxsize=4096)
def reach(address: str) -> Reach:
    """Say who an IP address leads to; what is none leads nowhere."""
    try:
        ip = ip_address(address)
    except ValueError:
        return Reach.NOWHERE
    return _reach_4(ip) if isinstance(ip, IPv4Address) else _reach_6(ip)


def _reach_4(ip: IPv4Address) -> Reach:
    if any(ip in network for network in _NOWHERE_4) or str(ip) == "100.100.100.200":
        return Reach.NOWHERE
    return Reach.PRIVATE if any(ip in network for network in _PRIVATE_4) else Reach.PUBLIC


def _reach_6(ip: IPv6Address) -> Reach:
    if ip.scope_id is not None or ip in _CLOUD:
        return Reach.NOWHERE
    if ip in _NAT64:
        inside = _reach_4(IPv4Address(int(ip) & 0xFFFF_FFFF))
        return inside if inside is Reach.PUBLIC else Reach.NOWHERE
    if any(ip in network for network in _PRIVATE_6):
        return Reach.PRIVATE
    if ip not in _PUBLIC_6 or any(ip in network for network in _NOWHERE_6):
        return Reach.NOWHERE
    return Reach.PUBLIC
