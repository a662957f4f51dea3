"""Asks Slack what somebody waits for, and gives it up in time."""

import asyncio
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.complaint import PAUSE, named_wait
from bot.slack.waits import Waits

#: An answer is waited for so many seconds, tries and all: people wait for what follows from it.
PATIENCE = 5.0


class ClosedError(SlackClientError):
    """Slack wants no calls of a method for now, so it was not called."""

    def __init__(self, seconds: float) -> None:
        """Keep for how long."""
        super().__init__(f"It is not asked for {seconds:.0f} seconds.")
        self.seconds = seconds


class Questions(AsyncWebClient):
    """A client whose calls change nothing, and keep nobody waiting.

    While Slack wants no calls of a method, none is made: a wait inside the call would hold up all
    who ask for something else.
    """

    def __init__(
        self,
        token: str,
        how: Mapping[str, Any],
        *,
        seconds: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        """Ask with the token; ``how`` is what else the library takes.

        ``seconds`` only go forward; after ``patience`` of them a call raises ``TimeoutError``.
        """
        super().__init__(token, **how)
        self._patience = patience
        self._waits = Waits(seconds=seconds)

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:  # noqa: ANN401 - it is passed on
        """Call the method. Raises what the library does, and ``ClosedError``."""
        wait = self._waits.left(api_method)
        if wait is not None:
            raise ClosedError(wait.seconds)
        try:
            async with asyncio.timeout(self._patience):
                return await super().api_call(api_method, **given)
        except SlackApiError as error:
            said = error.response
            if getattr(said, "status_code", 0) == HTTPStatus.TOO_MANY_REQUESTS:
                asked = named_wait(said.headers.get("Retry-After"))
                self._waits.note(api_method, PAUSE if asked is None else asked)
            raise
