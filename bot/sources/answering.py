"""One answer of HTTP/1.1 or 1.0 as its bytes come; llhttp knows most of their rules."""

import re
from collections import deque

import httptools

from bot.sources.request import HINTS, ClosedError, Head, PiecesError, RulesError

#: A head, and what stands between two pieces of an answer, may have so many bytes and lines.
_BYTES, _LINES = 100_000, 1000
#: A status of less is none; from the second on it is that of an answer, and of no hint.
_FIRST, _FINAL = 100, 200
#: What no header may hold.
_BROKEN = re.compile(rb"[\x00\n\x0b\x0c\r]")


class Answering:
    """What a server has said of its answer so far.

    Odd servers are read as they write: lines may end without a carriage return, a header may go
    on in the next line, a length may stand beside chunks or have spaces behind it, and a hint may
    bid farewell. That is safe here: nobody else reads the same bytes in another way, and what is
    left over is never taken for another answer.
    """

    def __init__(self) -> None:
        """Begin with nothing said."""
        #: The status and the headers, once they are there.
        self.head: Head | None = None
        #: Of the content, those that nobody has taken yet.
        self.pieces: deque[bytes] = deque()
        #: Whether it has come to its end.
        self.is_whole = False
        #: Whether another request may follow once it is whole.
        self.is_followed = False
        #: What follows the pieces in place of more, where that is nonsense.
        self.broken: Exception | None = None
        self._pairs: list[tuple[bytes, bytes]] = []
        self._lines = self._hints = self._quiet = 0
        #: Whether nothing but the end of the connection ends it.
        self._is_open = False
        self._parser = httptools.HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(
            lenient_headers=True,
            lenient_version=True,
            lenient_keep_alive=True,
            lenient_chunked_length=True,
            lenient_optional_cr_before_lf=True,
            lenient_spaces_after_chunk_size=True,
        )

    def feed(self, came: bytes) -> None:
        """Take what came, or the end where that is nothing; raises ``StopError``."""
        if not came:
            return self._end()
        self._quiet += len(came)
        try:
            self._parser.feed_data(came)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            if self.head is None:
                raise RulesError from error
            # It takes nothing from what came before it.
            self.is_followed = False
            self.broken = error
        if self._quiet > _BYTES:
            raise RulesError
        if self._hints > HINTS:
            raise PiecesError
        return None

    def _end(self) -> None:
        if self.head is None or not self._is_open:
            raise ClosedError
        self.is_whole = True

    # What the parser calls; what is raised here reaches ``feed`` as an error of the parser

    def on_message_begin(self) -> None:
        """Note that something follows what was whole."""
        if self.is_whole:
            self.is_followed = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; those behind the content are of no use."""
        self._lines += 1
        # A blank behind a name would hide it from who looks for it.
        if self._lines > _LINES or _BROKEN.search(value) or name != name.strip():
            raise RulesError
        if self.head is None:
            self._pairs.append((name, value.strip()))

    def on_headers_complete(self) -> None:
        """Keep the head of the answer, and pass over the hints before it."""
        if self.is_whole:
            return
        self._quiet = self._lines = 0
        pairs, self._pairs = self._pairs, []
        status = self._parser.get_status_code()
        if status < _FIRST:
            raise RulesError
        if status < _FINAL:
            self._hints += 1
            return
        codings = [value.lower() for name, value in pairs if name.lower() == b"transfer-encoding"]
        if codings not in ([], [b"chunked"]):
            raise RulesError
        lengths = [value for name, value in pairs if name.lower() == b"content-length"]
        self._is_open = not (codings or lengths)
        # Who says both may mean two different ends.
        self.is_followed = self._parser.should_keep_alive() and not (codings and lengths)
        self.head = status, pairs

    def on_body(self, piece: bytes) -> None:
        """Keep a piece of the content."""
        if not self.is_whole:
            self._quiet = 0
            self.pieces.append(piece)

    def on_message_complete(self) -> None:
        """Note the end of the answer, if it is that of no hint."""
        self.is_whole = self.head is not None
