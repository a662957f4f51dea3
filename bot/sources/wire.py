"""A connected socket as it is: for what needs no TLS, in half the work of asyncio's own."""

import asyncio
import socket

#: So many bytes are read at a time.
_READ = 65_536


class Wire(asyncio.Transport):
    """Brings what comes over a socket to who listens, and sends what it is given."""

    def __init__(self, connected: socket.socket, listener: asyncio.Protocol) -> None:
        """Begin to listen on a socket that never blocks; it is closed with this."""
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self._socket = connected
        # The event loop knows it by its number: for a socket it would write down its two ends.
        self._number = connected.fileno()
        self._listener = listener
        self._unsent = b""
        listener.connection_made(self)
        self._loop.add_reader(self._number, self._read)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send bytes, those that do not fit now as soon as they do."""
        if self._unsent:
            self._unsent += data
            return
        self._unsent = bytes(data)
        if self._send():
            self._loop.add_writer(self._number, self._send_on)

    def pause_reading(self) -> None:
        """Let the other side wait."""
        self._loop.remove_reader(self._number)

    def resume_reading(self) -> None:
        """Listen again, unless it is closed."""
        if self._socket.fileno() >= 0:
            self._loop.add_reader(self._number, self._read)

    def abort(self) -> None:
        """Close it at once."""
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._number)
            if self._unsent:
                self._loop.remove_writer(self._number)
            self._socket.close()

    def _read(self) -> None:
        try:
            came = self._socket.recv(_READ)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._lose(error)
            return
        if came:
            self._listener.data_received(came)
        else:
            # Nothing is sent to who has closed it: what is kept for later is not to stay half open.
            self.abort()
            self._listener.eof_received()

    def _send_on(self) -> None:
        if not self._send():
            self._loop.remove_writer(self._number)

    def _send(self) -> bool:
        """Send what can be sent; return whether something is left."""
        try:
            sent = self._socket.send(self._unsent)
        except (BlockingIOError, InterruptedError):
            return True
        except OSError as error:
            self._lose(error)
            return False
        self._unsent = self._unsent[sent:]
        return bool(self._unsent)

    def _lose(self, error: OSError) -> None:
        self.abort()
        self._listener.connection_lost(error)
