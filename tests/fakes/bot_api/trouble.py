"""What can go wrong between a bot and the server, as a test asks for it."""

import asyncio
from dataclasses import dataclass
from enum import Enum

from tests.fakes.bot_api.errors import ApiError
from tests.fakes.bot_api.values import Json


class Fault(Enum):
    """What becomes of a request."""

    #: It is done, and no answer ever comes.
    HANGS = "hangs"
    #: It is done, and the connection is cut in place of an answer.
    LOST = "lost"
    #: The connection is cut before it is done.
    DROPPED = "dropped"
    #: It is refused as the test says.
    REFUSED = "refused"


@dataclass
class Trap:
    """A fault that waits for requests of one method."""

    method: str
    fault: Fault
    #: For so many requests.
    times: float = 1
    #: In this chat only, if any.
    chat: int | None = None
    error: ApiError | None = None

    def takes(self, method: str, said: Json) -> bool:
        """Tell whether a request falls into it."""
        here = self.chat is None or said.get("chat_id") in {self.chat, str(self.chat)}
        return self.times > 0 and here and method.lower() == self.method.lower()


class Trouble:
    """The verbs that break things."""

    def __init__(self) -> None:
        #: What the server answers to everything; 0 cuts the connection; None is well.
        self.down: int | None = None
        self.silent = False
        self.revoked = False
        self.released = asyncio.Event()
        self._traps: list[Trap] = []

    def goes_down(self, status: int = 0) -> None:
        """Cut every connection from now on, or answer with a page of this HTTP status."""
        self.down = status

    def goes_silent(self) -> None:
        """Take every request from now on, do nothing, and never answer."""
        self.silent = True

    def comes_back(self) -> None:
        """Serve again; what hangs goes on hanging."""
        self.down = None
        self.silent = False

    def revokes_token(self) -> None:
        """Answer 401 to everything: the owner has revoked the token."""
        self.revoked = True

    def hangs(self, method: str, *, times: float = 1, chat: int | None = None) -> None:
        """Do what the next such requests ask, and never answer: a half-open connection."""
        self._traps.append(Trap(method, Fault.HANGS, times, chat))

    def loses_answer(self, method: str, *, times: float = 1, chat: int | None = None) -> None:
        """Do what the next such requests ask, and cut the connection in place of an answer."""
        self._traps.append(Trap(method, Fault.LOST, times, chat))

    def drops(self, method: str, *, times: float = 1, chat: int | None = None) -> None:
        """Cut the connection of the next such requests, and do nothing."""
        self._traps.append(Trap(method, Fault.DROPPED, times, chat))

    def refuses(
        self,
        method: str,
        code: int,
        description: str,
        *,
        times: float = 1,
        chat: int | None = None,
        **parameters: int,
    ) -> None:
        """Answer the next such requests with this error, as the server words it."""
        error = ApiError(code, description, **parameters)
        self._traps.append(Trap(method, Fault.REFUSED, times, chat, error))

    def is_well(self) -> None:
        """Take back every trap that waits."""
        self._traps.clear()

    def trapped(self, method: str, said: Json) -> Trap | None:
        """Return the trap that a request falls into, which then takes one fewer."""
        for trap in self._traps:
            if trap.takes(method, said):
                trap.times -= 1
                return trap
        return None
