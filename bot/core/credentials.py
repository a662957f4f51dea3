"""Addresses with a name and a password in them, which no list and no message may show."""

import re

#: What stands before the host (RFC 3986, section 3.2.1). A password may hold what it should not: a
#: slash, where it is not the port that ends before one.
_SIGNED_IN = re.compile(r"(?<=://)(?:[^/?#\r\n]*|[^/?#@:\s]*:(?!\d+[/?#])[^\s]*)@")
#: What is said of such an address.
SIGNED_IN = "has a name or a password in it, which lists would show: leave it out"


def signs_in(address: str) -> bool:
    """Say whether an address has a name or a password in it."""
    return _SIGNED_IN.match(address, address.find("://") + len("://")) is not None


def unsigned(words: str) -> str:
    """Return words without the names and passwords of the addresses in them."""
    return _SIGNED_IN.sub("…@", words)
