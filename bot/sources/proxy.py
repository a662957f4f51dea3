"""A proxy in the environment is not used; whoever wonders why nothing answers is told so."""

from collections.abc import Mapping

_NAMES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")


def proxy_note(environ: Mapping[str, str]) -> str | None:
    """Return a clause that names the proxies that are set and not used; None without any.

    Their values are not told: they may hold a password.
    """
    names = [name for name in _NAMES if environ.get(name) or environ.get(name.lower())]
    if not names:
        return None
    proxies = f"a proxy is set ({', '.join(names)})"
    return f"{proxies} and not used: through one nobody could check which address is asked"
