"""A name or a password in an address is seen, and repeated nowhere."""

import pytest

from bot.core.credentials import signs_in, unsigned


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://user:word@x.example/z", "https://…@x.example/z"),
        ("https://user@x.example", "https://…@x.example"),
        ("https://user:a@b@x.example/", "https://…@x.example/"),
        ("https://user:a/b#c@x.example/", "https://…@x.example/"),
        ("ftp://@x.example/", "ftp://…@x.example/"),
    ],
)
def test_who_signs_in_is_left_out(address: str, shown: str) -> None:
    assert signs_in(address)
    assert unsigned(f'feed is "{address}"') == f'feed is "{shown}"'


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example/@user",
        "https://x.example:8080/@user",
        "https://x.example/?a=b@c",
        "https://x.example/a//b@c",
        "me@x.example",
        "",
    ],
)
def test_a_sign_elsewhere_is_no_password(address: str) -> None:
    assert not signs_in(address)
    assert unsigned(address) == address
