import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.links import canonical, site

PAGE = "https://n.example/a/b"


@pytest.mark.parametrize(
    "url",
    [
        "https://n.example/a/b",
        "http://n.example/a/b",
        "  HTTPS://N.Example/a/b\n",
        "https://n.example:443/a/b",
        "http://n.example:80/a/b/",
        "https://n.example./a/b",
        "https://somebody:secret@n.example/a/b",
        "https://n.example/a/b#comments",
        "https://n.example/a/b?",
        "https://n.example/a/b?utm_source=rss&utm_medium=feed&UTM_Campaign=x",
        "https://n.example/a/b?fbclid=1&gclid=2&yclid=3&mc_cid=4&_openstat",
        "https://n.example/a/./c/../b",
        "https://n.example/%61/b",
    ],
)
def test_two_ways_to_write_an_address_are_one_page(url: str) -> None:
    assert canonical(url) == PAGE


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://n.example", "https://n.example"),
        ("https://n.example/", "https://n.example"),
        ("https://n.example/?p=12&utm_source=rss", "https://n.example?p=12"),
        ("https://n.example/A?b=2&a=1", "https://n.example/A?b=2&a=1"),
        ("https://n.example/A?flag&utm_id", "https://n.example/A?flag"),
        ("https://n.example:8443/a", "https://n.example:8443/a"),
        (
            "https://n.example/новости",
            "https://n.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        ),
        ("https://n.example/%d0%bd", "https://n.example/%D0%BD"),
        ("https://n.example/a b%2fc~%7e", "https://n.example/a%20b%2Fc~~"),
        ("https://n.example/100%", "https://n.example/100%25"),
        ("https://n.example/a/../..", "https://n.example"),
        ("https://новости.example/a", "https://xn--b1amnebsh.example/a"),
        (f"https://{'я' * 70}.example/a", f"https://{'я' * 70}.example/a"),
        ("http://[::1]:8080/a", "https://[::1]:8080/a"),
        ("https://n.example/a\ud800", "https://n.example/a%3F"),
    ],
)
def test_what_may_name_another_page_is_kept(url: str, same: str) -> None:
    assert canonical(url) == same


@pytest.mark.parametrize(
    "url",
    ["", "a word", "mailto:a@b.example", "javascript:alert(1)", "https://", "https://./a",
     "https://[::1/a", "https://n.example:99999/a", "news/seed.txt"],
)  # fmt: skip
def test_what_is_no_web_address_stays_as_it_is(url: str) -> None:
    assert canonical(f" {url} ") == url


_PIECES = st.sampled_from(
    "a B / // . .. ? & = # % %2 %2f %2E %41 %d0 ; utm_source=x é 。 + @ : :80 [ ] \\ İ ß".split()
)


@given(
    st.sampled_from(["http://", "https://", "HTTP://", ""]),
    st.sampled_from(["n.example", "N.EXAMPLE:80", "новости.example", "[::1]:8080", "a。b", ""]),
    st.lists(_PIECES | st.sampled_from(" \t\ud800") | st.text(max_size=3), max_size=12),
)
def test_a_canonical_address_is_its_own(scheme: str, host: str, rest: list[str]) -> None:
    once = canonical(scheme + host + "".join(rest))

    assert canonical(once) == once


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://www.wire.example/news/1", "wire.example"),
        ("http://feeds.Wire.example.:8080/rss", "wire.example"),
        ("https://feeds.bbci.co.uk/news", "bbci.co.uk"),
        ("https://www.mfa.gov.kz/", "mfa.gov.kz"),
        ("https://gov.kz/", "gov.kz"),
        ("https://24.kg/rss", "24.kg"),
        ("http://192.0.2.7/feed", "192.0.2.7"),
        ("http://[2001:db8::1]/feed", "2001:db8::1"),
        ("http://localhost:8000/", "localhost"),
        ("http://[1::2", ""),
        ("no address", ""),
    ],
)
def test_a_site_is_what_its_owner_holds(url: str, owner: str) -> None:
    assert site(url) == owner
