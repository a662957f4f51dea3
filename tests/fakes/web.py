"""A site on this machine that is served beside the test, for commands that run to their end."""

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.fakes.feed_server import HOST, Answer, feed_server

#: So many seconds are more than it needs to begin and to end.
_PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Web:
    """The site."""

    port: int

    def url(self, path: str) -> str:
        """Return the address of a page."""
        return f"http://{HOST}:{self.port}{path}"


@contextmanager
def serving(pages: Mapping[str, Answer]) -> Iterator[Web]:
    """Serve the pages by their paths from a thread of its own, until the end."""
    begun = threading.Event()
    known: list[tuple[Web, asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        over = asyncio.Event()
        async with feed_server() as server:
            site = await server.site(pages)
            known.append((Web(site.port), asyncio.get_running_loop(), over))
            begun.set()
            await over.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert begun.wait(_PATIENCE)
    web, loop, over = known[0]
    try:
        yield web
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(_PATIENCE)
