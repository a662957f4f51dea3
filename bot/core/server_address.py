"""The address of a platform's server, which tokens are sent to."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def server_address(url: str) -> str | None:
    """Return the address in its plain form, without a slash at its end.

    None for any that is not https, nor http on this very machine: a token would be read on its way.
    None as well for one with a name, a password or a query.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    secure = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    if not host or not secure or parts.query or parts.fragment or parts.username is not None:
        return None
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
