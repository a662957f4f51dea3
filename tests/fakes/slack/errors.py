"""What Slack answers when it refuses a request."""

from collections.abc import Sequence


class SlackError(Exception):
    """A refusal: the error's word, the HTTP status, and what stands beside it in the answer."""

    def __init__(
        self,
        error: str,
        *,
        status: int = 200,
        retry_after: int = 0,
        messages: Sequence[str] = (),
        **beside: object,
    ) -> None:
        super().__init__(" ".join((error, *messages)))
        self.error = error
        self.status = status
        #: Seconds; 0 where the caller is not told to wait.
        self.retry_after = retry_after
        self.messages = tuple(messages)
        self.beside = beside

    def json(self) -> dict[str, object]:
        """Return the body of the answer."""
        body: dict[str, object] = {"ok": False, "error": self.error, **self.beside}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


class MalformedError(SlackError):
    """A request that Slack's tables do not allow: the caller's bug, whatever it says."""


def too_many(seconds: int) -> SlackError:
    """Return a refusal of a request that came too soon."""
    return SlackError("ratelimited", status=429, retry_after=seconds)


def missing_scope(needed: Sequence[str], provided: Sequence[str]) -> SlackError:
    """Return a refusal of a token that may not do this; any one of the needed scopes would do."""
    return SlackError("missing_scope", needed=",".join(needed), provided=",".join(provided))
