"""Which addresses the server accepts as links, and what it makes of them."""

import re

#: What the server has a meaning for besides web pages.
_OWN = ("tg://", "ton://", "tonsite://")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_PERSON = re.compile(r"tg://user\?id=(\d+)")
_AUTHORITY = re.compile(
    r"(?P<user>(?:[^/?#@]*@)?)(?P<host>\[[0-9a-f:.]+\]|[^/?#:@]*)(?::(?P<port>[0-9]*))?$"
)
_UNSAFE = re.compile(r"[\s\x00-\x20<>\"]")


class LinkError(ValueError):
    """The address cannot be a link; the text says why, in the server's words."""


def checked_link(url: str) -> str:
    """Return the address as the server keeps it; raise LinkError when it would not."""
    url = url.strip()
    if url.lower().startswith(_OWN):
        return url
    scheme, rest = _parted(url)
    place = re.search(r"[/?#]", rest)
    authority, tail = (rest[: place.start()], rest[place.start() :]) if place else (rest, "")
    found = _AUTHORITY.match(authority.lower())
    if found is None or _UNSAFE.search(authority):
        raise LinkError("Wrong HTTP URL")
    host, port = found["host"], found["port"]
    if not host:
        raise LinkError("URL host is empty")
    if port is not None and not 0 < int(port or 0) < 2**16:
        raise LinkError("Wrong port number specified in the URL")
    if "." not in host and not host.startswith("["):
        raise LinkError("Wrong HTTP URL")
    if not tail.startswith("/"):
        tail = f"/{tail}"
    beside = "" if port is None else f":{port}"
    tail = re.sub(r"\s", "%20", tail)
    return f"{scheme}://{found['user']}{host}{beside}{tail}"


def _parted(url: str) -> tuple[str, str]:
    found = _SCHEME.match(url)
    if found is None:
        return "http", url
    scheme = found[1].lower()
    if scheme not in {"http", "https"}:
        raise LinkError("Unsupported URL protocol")
    return scheme, url[found.end() :]


def linked_person(url: str) -> int | None:
    """Return the number of the person whom a link mentions, if it mentions one."""
    found = _PERSON.match(url)
    return int(found[1]) if found else None
