"""An address is read in one way only, however it is written."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.guard import endpoint, target
from bot.sources.networks import Reach, reach
from bot.sources.stop import StopError

PORTS = frozenset({80, 443, 8443})


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("http://example.org", "http://example.org/"),
        (" https://EXAMPLE.org:443/News?a=1#part\n", "https://example.org/News?a=1"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://example.org./", "http://example.org/"),
        ("http://münchen.example/ä", "http://xn--mnchen-3ya.example/%C3%A4"),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),
        ("http://новости.рф/", "http://xn--b1amnebsh.xn--p1ai/"),
        ("http://example.org/a b?c=d e", "http://example.org/a%20b?c=d%20e"),
        ("http://example.org/a%20b%2F?c=%D0%B0", "http://example.org/a%20b%2F?c=%D0%B0"),
        ("http://example.org/a\\b", "http://example.org/a%5Cb"),
        ("http://example.org?a=1", "http://example.org/?a=1"),
        ("http://my_host.example/", "http://my_host.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::0:1111]:8443/", "http://[2606:4700::1111]:8443/"),
        ("http://example.org//a/../b", "http://example.org//a/../b"),
        ("http://example.org/\ud800", "http://example.org/%3F"),
    ],
)
def test_an_address_is_asked_in_its_plain_form(typed: str, url: str) -> None:
    found = target(typed, ports=PORTS)

    assert found.url == url
    assert target(found.url, ports=PORTS) == found


def test_an_operator_s_own_address_may_have_any_port_and_name() -> None:
    own = endpoint("http://localhost:8080/feed.xml")

    assert own == "localhost:8080"
    assert target("http://localhost:8080/other", ports=PORTS, own=own).host == "localhost"
    with pytest.raises(StopError, match="port 8081"):
        target("http://localhost:8081/", ports=PORTS, own=own)
    assert endpoint("https://[::1]/") == "[::1]:443"


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://a.org/", "http://a.org:"]))
def test_no_text_breaks_it(text: str, start: str) -> None:
    try:
        found = target(start + text, ports=PORTS)
    except StopError:
        return
    assert found.url.isascii()
    assert target(found.url, ports=PORTS) == found


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("8.8.8.8", Reach.PUBLIC),
        ("172.15.255.255", Reach.PUBLIC),
        ("172.32.0.0", Reach.PUBLIC),
        ("100.128.0.1", Reach.PUBLIC),
        ("2606:4700:4700::1111", Reach.PUBLIC),
        ("64:ff9b::8.8.8.8", Reach.PUBLIC),
        ("192.168.0.1", Reach.PRIVATE),
        ("fd12::1", Reach.PRIVATE),
        ("198.19.0.1", Reach.PRIVATE),
        ("64:ff9b::192.168.0.1", Reach.NOWHERE),
        ("169.254.169.254", Reach.NOWHERE),
        ("fe80::1%eth0", Reach.NOWHERE),
        ("example.org", Reach.NOWHERE),
    ],
)
def test_who_an_address_leads_to(address: str, leads: Reach) -> None:
    assert reach(address) is leads


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(address: object) -> None:
    ip = ip_address(str(address))

    if reach(str(ip)) is Reach.PUBLIC:
        assert ip.is_loopback is ip.is_link_local is ip.is_multicast is False
        assert not ip.is_private or str(ip).startswith("64:ff9b:")
