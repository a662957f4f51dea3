"""A strict Bot API on loopback, for tests that drive the real python-telegram-bot.

How to use it:

    async with fake_bot_api() as api:
        bot = Bot(api.token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")
        # or TELEGRAM_API_URL=api.url and TELEGRAM_BOT_TOKEN=api.token for a whole bot

        chat = api.private("Anna")                 # also group, supergroup, channel
        chat.says(None, "/brief")                  # an update; chat.person speaks
        await api.until(lambda: chat.messages)     # until the bot has written
        assert chat.last.text == "..."             # what the chat shows, parsed
        assert chat.last.shown("bold") == ["..."]  # the words under such entities
        press = chat.presses(chat.last, "Sources") # or data="..." to forge one
        await api.until(lambda: press.answered)    # press.answer is what popped up

    anna = api.person("Anna", language="ru")
    team = api.supergroup("SCO news", owner=anna, forum=True, bot="left")
    team.adds_bot(by=anna)                         # kicks_bot, promotes_bot, mutes_bot, dies ...
    topic = team.topic("Trade")                    # deletes_topic, closes_topic
    team.says(anna, "/brief", topic=topic)         # .heard: did privacy mode let it through?
    new = group.migrates()                         # the supergroup with its new number

    api.fronts["bot.example.org"] = "http://127.0.0.1:8080"   # what a webhook's host leads to

What goes wrong (``trouble.py``): ``goes_down``, ``goes_silent``, ``comes_back``,
``revokes_token``, ``floods``, ``second_poller``, ``hangs``, ``loses_answer``, ``drops``,
``refuses`` (any error word for word), ``sends_raw`` (a malformed update).
Flood control is off; ``fake_bot_api(limits=Limits())`` turns it on, for messages and files and
not for edits; ``clock`` (seconds since 1970) makes it a matter of the test's own time.
``api.calls`` are all requests as they were read, ``api.unanswered`` the presses that wait.

A request that the tables of the API forbid is refused with 400 and kept in ``api.faults``; the
test fails at the end of the block if any is left. A test that means to send one clears them.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from inspect import isawaitable
from typing import Final

from aiohttp import web

from tests.fakes.bot_api import asking, listening, menus, sending
from tests.fakes.bot_api.arguments import checked
from tests.fakes.bot_api.errors import ApiError, MalformedError
from tests.fakes.bot_api.flood import UNLIMITED, Limits
from tests.fakes.bot_api.place import Place
from tests.fakes.bot_api.trouble import Fault, Trouble
from tests.fakes.bot_api.values import Json, Press, Upload
from tests.fakes.bot_api.world import World

TOKEN: Final = "123456:fake-token-of-the-tests"  # noqa: S105 # opens nothing but this server
#: The methods of the API that are here.
SERVED: Final[Mapping[str, Callable[[World, Json], object]]] = {
    **sending.METHODS,
    **asking.METHODS,
    **menus.METHODS,
    **listening.METHODS,
}
_NAMES: Final = {name.lower(): name for name in SERVED}
#: Bytes of a request: the largest file, and what comes with it.
_LARGEST = 52 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it was read, when it came by the server's clock, and how it was answered."""

    method: str
    said: Json
    moment: float
    #: The HTTP status; 0 where the connection was cut or left hanging.
    status: int


class FakeBotApi(World, Trouble):
    """The server: what it knows, what breaks it, and what was asked of it."""

    def __init__(
        self, token: str, username: str, clock: Callable[[], float], limits: Limits
    ) -> None:
        World.__init__(self, token, username=username, clock=clock, limits=limits)
        Trouble.__init__(self)
        self.url = ""
        self.calls: list[Call] = []
        self.faults: list[str] = []

    def called(self, method: str) -> list[Json]:
        """Return what each request of a method said, oldest first."""
        return [call.said for call in self.calls if call.method == method]

    @property
    def unanswered(self) -> list[Press]:
        """The presses of buttons that the bot has not answered."""
        return [one for one in self.presses.values() if not one.answered]

    def goes_down(self, status: int = 0) -> None:
        """Cut every connection from now on, or answer with a page of this HTTP status."""
        super().goes_down(status)
        self.feed.end()

    def revokes_token(self) -> None:
        """Answer 401 to everything: the owner has revoked the token."""
        super().revokes_token()
        self.feed.end()

    def floods(self, retry_after: float, chat: Place | None = None) -> None:
        """Refuse to send for so many seconds, in one chat or everywhere."""
        self.flood.close(retry_after, None if chat is None else chat.id)

    def second_poller(self) -> None:
        """Let another bot fetch with the same token: ours is told of a conflict."""
        self.feed.meet_rival()

    def second_poller_leaves(self) -> None:
        """Let ours fetch alone again."""
        self.feed.rival = False

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Serve one request of the API."""
        if self.silent:
            await self.released.wait()
        if self.down is not None or self.silent:
            return self._broken(request)
        said: Json = {}
        method = request.match_info["method"]
        try:
            method, said = await self._understood(request)
            result, fault = await self._done(method, said)
        except ApiError as error:
            if isinstance(error, MalformedError):
                self.faults.append(f"{method}: {error}")
            self._noted(method, said, error.code)
            return _refusal(error)
        if self.down is not None:
            # It went down while a poll waited.
            return self._broken(request)
        if fault is None:
            self._noted(method, said, 200)
            return web.json_response({"ok": True, "result": result})
        self._noted(method, said, 0)
        if fault is Fault.HANGS:
            await self.released.wait()
        return _cut(request)

    def _broken(self, request: web.Request) -> web.StreamResponse:
        if self.down:
            return web.Response(status=self.down, text="<html>no gateway</html>")
        return _cut(request)

    async def _understood(self, request: web.Request) -> tuple[str, Json]:
        token = request.match_info["token"]
        number, _, secret = token.partition(":")
        if not number.isdecimal() or not secret:
            raise ApiError(404, "Not Found")
        if self.revoked or token != self.token:
            raise ApiError(401, "Unauthorized")
        name = request.match_info["method"].lower()
        if name not in _NAMES:
            raise MalformedError(404, "Not Found: method not found")
        return _NAMES[name], checked(_NAMES[name], await _given(request))

    async def _done(self, method: str, said: Json) -> tuple[object, Fault | None]:
        """Do what is asked; return the result, and what keeps it from being answered."""
        trap = self.trapped(method, said)
        if trap is not None and trap.error is not None:
            raise trap.error
        if trap is not None and trap.fault is Fault.DROPPED:
            return None, trap.fault
        result = SERVED[method](self, said)
        if isawaitable(result):
            result = await result
        return result, None if trap is None else trap.fault

    def _noted(self, method: str, said: Json, status: int) -> None:
        self.calls.append(Call(method, said, self.clock(), status))
        self.changed()

    async def fetched(self, request: web.Request) -> web.StreamResponse:
        """Serve one file."""
        kept = self.files.get(request.match_info["id"])
        if request.match_info["token"] != self.token or kept is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=kept.content)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.json_response(body, status=error.code, headers=headers)


async def _given(request: web.Request) -> dict[str, object]:
    """Return the parameters of a request, from its address and its body."""
    given: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
        return given
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given[name] = Upload(value.filename, value.file.read())
        else:
            given[name] = value
    return given


@asynccontextmanager
async def fake_bot_api(
    token: str = TOKEN,
    *,
    username: str = "Brief_Bot",
    clock: Callable[[], float] = time.time,
    limits: Limits = UNLIMITED,
    port: int = 0,
) -> AsyncIterator[FakeBotApi]:
    """Serve a Bot API on loopback; fail at the end if a request was against its tables."""
    api = FakeBotApi(token, username, clock, limits)
    app = web.Application(client_max_size=_LARGEST)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", api.answer)
    app.router.add_get("/file/bot{token:[^/]+}/documents/{id}", api.fetched)
    # A poll ends when its bot hangs up.
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.5, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    courier = asyncio.create_task(listening.carry(api, pause=0.02), name="webhook")
    try:
        yield api
    finally:
        api.released.set()
        api.feed.end()
        courier.cancel()
        with suppress(asyncio.CancelledError):
            await courier
        await runner.cleanup()
    assert not api.faults, "\n".join(api.faults)
