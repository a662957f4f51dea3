"""Links as identities: two ways to write one address come out alike."""

import re
from urllib.parse import quote, unquote, urlsplit

#: Names of parameters that say whence a reader came, and change nothing of the page: those of
#: Google Analytics, Matomo, Meta, Microsoft, Yandex, Mailchimp, HubSpot, Marketo and At Internet.
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh "
    "mc_cid mc_eid mkt_tok oly_anon_id oly_enc_id vero_id wickedid _openstat _ga _gl _hsenc _hsmi "
    "__hstc __hssc __hsfp hsctatracking srsltid ns_mchannel ns_source ns_campaign ns_linkname "
    "ns_fee at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 ftag spm "
    "cmpid guccounter guce_referrer guce_referrer_sig".split()
)
_FAMILIES = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "at_recipient_")
_PORTS = {"http": 80, "https": 443}
#: What may stand in a path, and in a query, as it is (RFC 3986, section 3).
_PATH, _QUERY = "/:@!$&'()*+,;=~", "/?:@!$'()*+,;=~"
#: What stays as it is in both.
_AS_IS = re.compile(r"[A-Za-z0-9\-._~/:@!$'()*+,;=]*")
_HOST = re.compile(r"[^\s\x00-\x20\x7f%\\<>^`{|}\"]+")
#: All that IDNA (RFC 3490, section 3.1) takes for a dot.
_DOTS = ".。．｡"
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
#: What registries of countries put before their own two letters.
_SECOND = frozenset("ac co com edu gob gov gouv go info mil ne net nom or org".split())
_DOTTED = re.compile(r"/\.{1,2}(?:/|$)")


def canonical(url: str) -> str:
    """Return the address in the form that identifies its page, with the scheme https.

    Alike are http and https, capitals of the host, the default port, the fragment, tracking
    parameters, needless escapes and a slash at the end (RFC 3986, section 6.2.2). What is no web
    address comes back as it is, without the white space around it.
    """
    plain = url.strip()
    try:
        parts = urlsplit(plain)
        port = parts.port
    except ValueError:
        return plain
    host = _ascii((parts.hostname or "").rstrip(_DOTS)).rstrip(".")
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host):
        return plain
    where = f"[{host}]" if ":" in host else host
    if port is not None and port not in _PORTS.values():
        where = f"{where}:{port}"
    path = _without_dots(_escaped(parts.path, _PATH)).rstrip("/")
    query = "&".join(
        _escaped(pair, _QUERY) for pair in parts.query.split("&") if pair and not _tracks(pair)
    )
    return f"https://{where}{path}{'?' if query else ''}{query}"


def site(url: str) -> str:
    """Return the part of an address's host that its owner holds, as far as its form tells.

    "https://feeds.bbci.co.uk/news" is of "bbci.co.uk"; empty where it is no web address.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    if ":" in host or host.rpartition(".")[2].isdigit():
        return host
    labels = host.split(".")
    held = 3 if len(labels[-1]) == 2 and labels[-2:-1] and labels[-2] in _SECOND else 2  # noqa: PLR2004
    return ".".join(labels[-held:])


def _tracks(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    return name in _TRACKING or name.startswith(_FAMILIES)


def _ascii(host: str) -> str:
    """Return the host as name servers know it; browsers show the same name in its own letters."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host


def _escaped(part: str, kept: str) -> str:
    """Return a part of an address with each character written in the one way it should be."""
    if _AS_IS.fullmatch(part):
        return part
    pieces: list[str] = []
    end = 0
    for run in re.finditer(r"(?:%[0-9a-fA-F]{2})+", part):
        pieces += [quote(part[end : run.start()], safe=kept, errors="replace"), _settled(run[0])]
        end = run.end()
    return "".join([*pieces, quote(part[end:], safe=kept, errors="replace")])


def _settled(run: str) -> str:
    """Return escapes in capitals; those of letters, digits and "-._~" become these."""

    def settle(match: re.Match[str]) -> str:
        character = chr(int(match[0][1:], 16))
        is_plain = character.isascii() and (character.isalnum() or character in "-._~")
        return character if is_plain else match[0].upper()

    return _ESCAPE.sub(settle, run)


def _without_dots(path: str) -> str:
    """Return a path without its "." and ".." (RFC 3986, section 5.2.4)."""
    if not _DOTTED.search(path):
        return path
    found: list[str] = []
    for step in path.split("/")[1:]:
        if step == "..":
            found = found[:-1]
        elif step != ".":
            found.append(step)
    return "".join(f"/{step}" for step in found)
