"""What the Bot API answers when it refuses a request."""


class ApiError(Exception):
    """A refusal: the HTTP status, the description, and what ``parameters`` says beside it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class MalformedError(ApiError):
    """A request that the tables of the API do not allow: the caller's bug, whatever it says."""


def bad_request(description: str, **parameters: int) -> ApiError:
    """Return a refusal of this request."""
    return ApiError(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> ApiError:
    """Return a refusal of everything in this chat."""
    return ApiError(403, f"Forbidden: {description}")


def conflict(description: str) -> ApiError:
    """Return a refusal of a way to listen."""
    return ApiError(409, f"Conflict: {description}")


def too_many(seconds: int) -> ApiError:
    """Return a refusal of a request that came too soon."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
