"""A platform's server is reached over https, or on this very machine."""

import pytest

from bot.core.server_address import server_address


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://slack.com/api/", "https://slack.com/api"),
        (" https://api.telegram.org ", "https://api.telegram.org"),
        ("HTTPS://Example.ORG:8443/bot", "https://example.org:8443/bot"),
        ("http://127.0.0.1:8082/api/", "http://127.0.0.1:8082/api"),
        ("http://localhost:1/", "http://localhost:1"),
        ("http://[::1]:8081", "http://[::1]:8081"),
    ],
)
def test_a_safe_address_is_kept_in_its_plain_form(url: str, plain: str) -> None:
    assert server_address(url) == plain


@pytest.mark.parametrize(
    "url",
    [
        "",
        "slack.com/api/",
        "http://slack.com/api/",
        "http://10.0.0.1/",
        "http://127.0.0.1.example.org/",
        "ftp://example.org/",
        "https://",
        "https://name@example.org/",
        "https://example.org/?to=elsewhere",
        "https://example.org/#part",
        "https://example.org:99999/",
        "https://[::1/",
    ],
)
def test_a_token_is_sent_to_no_other(url: str) -> None:
    assert server_address(url) is None
