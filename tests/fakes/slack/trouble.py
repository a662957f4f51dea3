"""What can go wrong between an app and Slack, as a test asks for it."""

import asyncio
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tests.fakes.slack.arguments import METHODS
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.values import Json

#: Errors that any method may answer with (docs.slack.dev, at the end of each method's list).
COMMON: Final = frozenset(
    "access_denied accesslimited account_inactive ekm_access_denied enterprise_is_restricted "
    "fatal_error internal_error invalid_arguments invalid_auth method_deprecated missing_scope "
    "no_permission not_allowed_token_type not_authed org_login_required ratelimited rate_limited "
    "request_timeout service_unavailable team_access_not_granted team_added_to_org token_expired "
    "token_revoked two_factor_setup_required".split()
)


class Fault(Enum):
    """What becomes of a call."""

    #: It is done, and no answer ever comes.
    HANGS = "hangs"
    #: It is done, and the connection is cut in place of an answer.
    LOST = "lost"
    #: The connection is cut before it is done.
    DROPPED = "dropped"
    #: It is refused as the test says.
    REFUSED = "refused"
    #: It is done, and the answer is that it failed.
    DENIED = "denied"


@dataclass
class Trap:
    """A fault that waits for calls of one method."""

    method: str
    fault: Fault
    #: For so many calls.
    times: float = 1
    #: In this channel only, if any.
    channel: str = ""
    error: SlackError | None = None

    def takes(self, method: str, said: Json) -> bool:
        """Tell whether a call falls into it."""
        here = not self.channel or said.get("channel") == self.channel
        return self.times > 0 and here and method == self.method


class Trouble:
    """The verbs that break things."""

    def __init__(self) -> None:
        #: What the server answers to everything; 0 cuts the connection; None is well.
        self.down: int | None = None
        self.silent = False
        self.released = asyncio.Event()
        self._traps: list[Trap] = []

    def goes_down(self, status: int = 0) -> None:
        """Cut every connection from now on, or answer with a page of this HTTP status."""
        self.down = status

    def goes_silent(self) -> None:
        """Take every call from now on, do nothing, and never answer."""
        self.silent = True

    def comes_back(self) -> None:
        """Serve again; what hangs goes on hanging."""
        self.down = None
        self.silent = False

    def hangs(self, method: str, *, times: float = 1, channel: str = "") -> None:
        """Do what the next such calls ask, and never answer: a half-open connection."""
        self._traps.append(Trap(method, Fault.HANGS, times, channel))

    def loses_answer(self, method: str, *, times: float = 1, channel: str = "") -> None:
        """Do what the next such calls ask, and cut the connection in place of an answer."""
        self._traps.append(Trap(method, Fault.LOST, times, channel))

    def drops(self, method: str, *, times: float = 1, channel: str = "") -> None:
        """Cut the connection of the next such calls, and do nothing."""
        self._traps.append(Trap(method, Fault.DROPPED, times, channel))

    def refuses(
        self,
        method: str,
        error: str | SlackError,
        *,
        times: float = 1,
        channel: str = "",
    ) -> None:
        """Answer the next such calls with this error, and do nothing.

        ``SlackError("internal_error", status=500)`` says the status and more.
        """
        refusal = SlackError(error) if isinstance(error, str) else error
        assert refusal.error in COMMON | set(METHODS[method]["errors"].split()), (
            f"Slack never answers {method} with {refusal.error}"
        )
        self._traps.append(Trap(method, Fault.REFUSED, times, channel, refusal))

    def denies(
        self,
        method: str,
        error: str | SlackError = "internal_error",
        *,
        times: float = 1,
        channel: str = "",
    ) -> None:
        """Do what the next such calls ask, and answer with an error all the same: 500."""
        refusal = SlackError(error, status=500) if isinstance(error, str) else error
        self._traps.append(Trap(method, Fault.DENIED, times, channel, refusal))

    def is_well(self) -> None:
        """Take back every trap that waits."""
        self._traps.clear()

    def trapped(self, method: str, said: Json) -> Trap | None:
        """Return the trap that a call falls into, which then takes one fewer."""
        for trap in self._traps:
            if trap.takes(method, said):
                trap.times -= 1
                return trap
        return None
