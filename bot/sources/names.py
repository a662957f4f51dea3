"""The addresses of names, asked from the machine's name service without holding anything up."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

#: Gives the IP addresses of a host and port; raises ``OSError`` where there are none.
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

#: So many names are looked up at once.
_AT_ONCE = 32


class SystemNames:
    """The machine's name service.

    It has threads of its own: names that nobody answers for would take all of those that the
    archive and the texts need.
    """

    def __init__(self) -> None:
        """Begin without any thread."""
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="names")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host, the best first; raises ``OSError``."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _addresses, host, port)

    def close(self) -> None:
        """Look up no more; who still waits for an answer is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))
