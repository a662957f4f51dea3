"""An answer of HTTP/1.1 is read as servers write it, and no further than its end."""

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.answering import Answering
from bot.sources.request import ClosedError, PiecesError, RulesError
from bot.sources.stop import StopError

OK = b"HTTP/1.1 200 OK\r\n"
SIZED = OK + b"Content-Length: 4\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
#: What answers come to: status, content, whether it is whole, whether another may follow.
Seen = tuple[int | None, bytes, bool, bool]


def read(*parts: bytes) -> Answering:
    answer = Answering()
    for part in parts:
        answer.feed(part)
    return answer


def seen(*parts: bytes) -> Seen:
    answer = read(*parts)
    status = answer.head[0] if answer.head else None
    return status, b"".join(answer.pieces), answer.is_whole, answer.is_followed


def headers(*lines: bytes) -> Sequence[tuple[bytes, bytes]]:
    answer = read(OK + b"\r\n".join(lines) + b"\r\n\r\n")
    assert answer.head is not None
    return answer.head[1]


@pytest.mark.parametrize(
    "answer",
    [
        SIZED + b"news",
        CHUNKED + b"3\r\nnew\r\n1\r\ns\r\n0\r\n\r\n",
        CHUNKED + b"4;name=value\r\nnews\r\n0\r\nTrailer: x\r\n\r\n",
        CHUNKED + b"4  \r\nnews\r\n0\r\n\r\n",
        b"HTTP/1.1 200\r\nContent-Length: 4\r\n\r\nnews",
        b"HTTP/1.2 200 OK\r\nContent-Length: 4\r\n\r\nnews",
        b"HTTP/1.1 200 OK\nContent-Length: 4\n\nnews",
        OK + b"Upgrade: h2,h2c\r\nConnection: Upgrade, Keep-Alive\r\nContent-Length: 4\r\n\r\nnews",
        b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nnews",
        b"HTTP/1.1 100 Continue\r\n\r\n" + SIZED + b"news",
        b"HTTP/1.1 103 Hint\r\nLink: x\r\nConnection: close\r\n\r\n" + SIZED + b"news",
    ],
)
@given(cut=st.integers(1, 200))
def test_an_answer_is_the_same_however_it_comes(answer: bytes, cut: int) -> None:
    parts = [part for part in (answer[:cut], answer[cut:]) if part]

    assert seen(*parts) == (200, b"news", True, True)


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Connection: close\r\nContent-Length: 4\r\n\r\nnews",
        b"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nnews",
        OK + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnews\r\n0\r\n\r\n",
        SIZED + b"news" + SIZED + b"more",
        SIZED + b"news" + OK + b"A: b\0\r\n\r\n",
        SIZED + b"newsjunk",
        SIZED + b"newsH",
        OK + b"Connection: close\r\nContent-Length: 4\r\n\r\nnewsjunk",
    ],
)
def test_nothing_follows_where_another_answer_could_not_be_told_apart(answer: bytes) -> None:
    assert seen(answer) == (200, b"news", True, False)


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize("line", [b"", b"Content-Length: 9\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_some_answers_have_no_content_whatever_they_say(status: int, line: bytes) -> None:
    assert seen(b"HTTP/1.1 %d x\r\n%b\r\n" % (status, line)) == (status, b"", True, True)


def test_what_names_no_length_ends_with_the_connection() -> None:
    begun = (OK + b"A: b\r\n\r\nne", b"ws")

    assert seen(*begun) == (200, b"news", False, False)
    assert seen(*begun, b"") == (200, b"news", True, False)


@pytest.mark.parametrize(
    "answer",
    [
        OK,
        SIZED + b"new",
        CHUNKED,
        CHUNKED + b"4\r\nnews\r\n",
        CHUNKED + b"4\r\nnews\r\n0\r\n",
        b"HTTP/1.1 103 Hint\r\n\r\n",
    ],
)
def test_an_answer_that_breaks_off_is_not_whole(answer: bytes) -> None:
    with pytest.raises(ClosedError):
        read(answer, b"")


def test_headers_come_without_the_spaces_around_them() -> None:
    found = headers(b"A: b \t", b"B:", b"C:  d", b"X: \xe9\x01", b"Long: 1\r\n 2", b"A: e")

    assert found == [
        *((b"A", b"b"), (b"B", b""), (b"C", b"d")),
        *((b"X", b"\xe9\x01"), (b"Long", b"1 2"), (b"A", b"e")),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length : 4\r\n\r\nnews",
        b"220 mail.example.org ESMTP\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 099 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nx",
        *(
            OK + line + b"\r\n\r\n"
            for line in (
                *(b"A B: c", b"A : b", b": b", b"no colon", b"A: b\0c", b"A: b\rc", b"A: \x0bb"),
                *(b"Content-Length: x", b"Content-Length: -1", b"Content-Length: +1"),
                *(b"Content-Length: 1\r\nContent-Length: 2", b"Content-Length: " + b"9" * 30),
                *(b"Transfer-Encoding: gzip", b"Transfer-Encoding: gzip, chunked"),
                b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            )
        ),
    ],
)
def test_an_answer_that_breaks_the_rules_is_none(answer: bytes) -> None:
    with pytest.raises(RulesError):
        read(answer)


@pytest.mark.parametrize("chunk", [b"g\r\n", b"-1\r\n", b"4\r\nnewsXX", b"f" * 30 + b"\r\n"])
def test_nonsense_behind_a_head_comes_after_the_head(chunk: bytes) -> None:
    answer = read(CHUNKED + chunk)

    assert answer.head is not None
    assert (answer.broken is not None, answer.is_whole, answer.is_followed) == (True, False, False)


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"A: " + b"b" * 200_000,
        OK + b"A: b\r\n" * 1100,
        b"\r\n" * 100_000,
        CHUNKED + b"1;" + b"x" * 200_000,
        CHUNKED + b"0\r\n" + b"A: " + b"b" * 200_000,
    ],
)
def test_what_never_comes_to_the_point_is_left(answer: bytes) -> None:
    with pytest.raises(RulesError):
        read(*(answer[start : start + 1000] for start in range(0, len(answer), 1000)))


def test_many_lines_behind_the_content_are_left() -> None:
    answer = read(CHUNKED + b"0\r\n" + b"A: b\r\n" * 1100)

    assert answer.broken is not None


def test_many_hints_are_left() -> None:
    with pytest.raises(PiecesError):
        read(b"HTTP/1.1 103 Hint\r\n\r\n" * 101)


@given(
    head=st.sampled_from([b"", OK, SIZED, CHUNKED, SIZED + b"news", OK + b"A: b\r\n\r\n"]),
    parts=st.lists(st.binary(min_size=1)),
)
def test_whatever_comes_is_an_answer_or_none(head: bytes, parts: list[bytes]) -> None:
    answer = Answering()
    with suppress(StopError):
        for part in (head, *parts, b""):
            answer.feed(part)

    assert not (answer.is_whole and answer.head is None)
