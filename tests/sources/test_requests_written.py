"""A request says what is asked and nothing else."""

from collections.abc import Mapping

import pytest

from bot.sources.guard import Target
from bot.sources.http1 import written
from bot.sources.request import Request


def request(path: str = "/feed?a=b", headers: Mapping[str, str] | None = None) -> bytes:
    return written(
        Request(
            target=Target("http", "news.example", 8080, path),
            headers=headers or {},
            max_bytes=1,
            opening=1,
            silence=1,
        )
    )


def test_a_request_is_written_line_by_line() -> None:
    assert request(headers={"User-Agent": "Briefbot", "If-None-Match": '"é"'}) == (
        b"GET /feed?a=b HTTP/1.1\r\nHost: news.example:8080\r\n"
        b'User-Agent: Briefbot\r\nIf-None-Match: "\xe9"\r\n\r\n'
    )


@pytest.mark.parametrize("path", ["", "/a b", "/a\r\nX: y", "/a\n", "/a\0", "/é", "/\u4e0a"])
def test_a_path_that_would_say_more_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        request(path)


@pytest.mark.parametrize(
    "header",
    [
        *(("A", "b\r\nX: y"), ("A", "b\n"), ("A", "b\r"), ("A", "\0"), ("A", "\u4e0a")),
        *(("", "b"), ("A B", "c"), ("A:", "b"), ("A\r\nX", "y"), ("é", "b")),
    ],
)
def test_a_header_that_would_say_more_is_refused(header: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        request(headers=dict([header]))
