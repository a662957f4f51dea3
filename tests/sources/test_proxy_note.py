"""A proxy that is set is named, and what it holds is not."""

from bot.sources.proxy import proxy_note


def test_without_a_proxy_there_is_nothing_to_say() -> None:
    assert proxy_note({}) is None
    assert proxy_note({"HTTPS_PROXY": "", "NO_PROXY": "*"}) is None


def test_proxies_are_named_without_their_passwords() -> None:
    note = proxy_note({"https_proxy": "http://me:secret@proxy:3128", "ALL_PROXY": "socks5://x"})

    assert note == (
        "a proxy is set (HTTPS_PROXY, ALL_PROXY) and not used: "
        "through one nobody could check which address is asked"
    )
