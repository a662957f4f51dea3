"""What somebody did, and what became of it on its way to the app."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.slack.values import Json, Message


@dataclass(eq=False)
class Delivery:
    """Something to be brought to the app: an event, a command or a press."""

    #: "events_api", "slash_commands" or "interactive": the type of its Socket Mode envelope.
    kind: str
    payload: Json
    #: How often it was brought.
    attempts: int = 0
    #: Whether the app took it in time.
    acked: bool = False
    #: What the app answered with its acknowledgement, if anything.
    ack: object = None
    #: Why nobody took it, as the person is told: "dispatch_failed", "operation_timeout".
    error: str = ""
    #: Seconds until the app took it.
    seconds: float = 0.0
    #: Reads the answer.
    heard: Callable[[object], None] = field(default=lambda _: None)

    @property
    def accepts(self) -> bool:
        """Whether the acknowledgement may say something."""
        return self.kind == "slash_commands" or self.payload.get("type") in {
            "view_submission",
            "block_suggestion",
        }


@dataclass(eq=False)
class Act:
    """Something that somebody did."""

    #: None where the app is not told.
    delivery: Delivery | None = None
    #: The message that came of it, if any.
    message: Message | None = None

    @property
    def heard(self) -> bool:
        """Whether the app is told."""
        return self.delivery is not None

    @property
    def acked(self) -> bool:
        """Whether the app took it in time."""
        return self.delivery is not None and self.delivery.acked

    @property
    def error(self) -> str:
        """What the person is told where the app did not take it."""
        return "" if self.delivery is None else self.delivery.error

    @property
    def payload(self) -> Json:
        """What the app is told; LookupError where it is not."""
        if self.delivery is None:
            raise LookupError("the app is not told")
        return self.delivery.payload

    @property
    def said(self) -> Message:
        """The message that came of it; LookupError where none did."""
        if self.message is None:
            raise LookupError("no message came of it")
        return self.message
