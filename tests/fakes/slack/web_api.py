"""The Web API over HTTP: who may call, what is done, what keeps it from being answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from tests.fakes.slack import chat, conversations, files, views
from tests.fakes.slack.answering import use_hook
from tests.fakes.slack.arguments import METHODS, Asked, asked, checked, read_object
from tests.fakes.slack.errors import MalformedError, SlackError, missing_scope
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.settings import Settings
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.trouble import Fault, Trouble
from tests.fakes.slack.values import APP_ID, BOT_ID, BOT_USER, TEAM_ID, Json
from tests.fakes.slack.world import World

#: The methods that are here, besides the few that the server answers by itself.
SERVED: Final[Mapping[str, Callable[[World, Json], Json]]] = {
    **chat.METHODS,
    **conversations.METHODS,
    **views.METHODS,
    **files.METHODS,
}
_OF_APP: Final = "apps.connections.open"


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it was read, when it came by the server's clock, and how it was answered."""

    method: str
    said: Json
    moment: float
    #: The HTTP status; 0 where the connection was cut or left hanging.
    status: int
    #: The error; empty where there was none.
    error: str = ""


class WebApi(World, Trouble):
    """The workspace, as it is called."""

    def __init__(self, settings: Settings, clock: Callable[[], float], limits: Limits) -> None:
        World.__init__(self, settings, clock, limits)
        Trouble.__init__(self)
        self.calls: list[Call] = []
        self.sockets = Sockets(self)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Serve one call of the Web API."""
        if self.silent:
            await self.released.wait()
        if self.down is not None or self.silent:
            return self._broken(request)
        method, said = request.match_info["method"], dict[str, object]()
        try:
            call = await asked(request)
            self._admit(method, call)
            said = checked(method, call)
            fault, body = self._done(method, said, call)
        except SlackError as error:
            return self._refused(method, said, error)
        self._noted(method, said, 0 if fault else 200)
        if fault is Fault.HANGS:
            await self.released.wait()
        return _cut(request) if fault else web.json_response(body, headers=self._scopes(method))

    def _admit(self, method: str, call: Asked) -> None:
        """Raise SlackError where this token may not call this method."""
        settings = self.settings
        if method not in METHODS:
            raise MalformedError("unknown_method")
        if method == "api.test":
            return
        if not call.token:
            raise SlackError("not_authed")
        if call.token not in {settings.bot_token, settings.app_token}:
            raise SlackError("invalid_auth")
        of_app = call.token == settings.app_token
        if method != "auth.test" and of_app != (method == _OF_APP):
            raise SlackError("not_allowed_token_type")
        if not of_app and settings.token_error:
            raise SlackError(settings.token_error)
        has = settings.app_scopes if of_app else settings.scopes
        needed = ["connections:write"] if method == _OF_APP else METHODS[method]["scopes"]
        if needed and not has.intersection(needed):
            raise missing_scope(needed, sorted(has))

    def _done(self, method: str, said: Json, call: Asked) -> tuple[Fault | None, Json]:
        """Do what is asked; return what keeps it from being answered, and the answer."""
        channel = str(said.get("channel", ""))
        self.rates.call(method, METHODS[method]["tier"], channel)
        trap = self.trapped(method, said)
        if trap is not None and trap.fault is Fault.REFUSED and trap.error is not None:
            raise trap.error
        if trap is not None and trap.fault is Fault.DROPPED:
            return trap.fault, {}
        body = {"ok": True} | self._result(method, said, call)
        if trap is not None and trap.error is not None:
            raise trap.error
        return None if trap is None else trap.fault, body

    def _result(self, method: str, said: Json, call: Asked) -> Json:
        if method in SERVED:
            return SERVED[method](self, said)
        if method == _OF_APP:
            return self.sockets.invites(call.verb)
        if method == "auth.test":
            return self._identity(call.token)
        if "error" in said:
            raise SlackError(said["error"])
        return {"args": dict(call.given)}

    def _identity(self, token: str) -> Json:
        if token == self.settings.app_token:
            return {"app_id": APP_ID, "app_name": "Briefbot"}
        return {
            "url": "https://fake.slack.com/",
            "team": "Fake",
            "user": "briefbot",
            "team_id": TEAM_ID,
            "user_id": BOT_USER,
            "bot_id": BOT_ID,
            "is_enterprise_install": False,
        }

    def _scopes(self, method: str) -> dict[str, str]:
        return {
            "X-OAuth-Scopes": ",".join(sorted(self.settings.scopes)),
            "X-Accepted-OAuth-Scopes": ",".join(METHODS[method]["scopes"]),
        }

    def _refused(self, method: str, said: Json, error: SlackError) -> web.Response:
        if isinstance(error, MalformedError):
            self.faults.append(f"{method}: {error}")
        self._noted(method, said, error.status, error.error)
        headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
        return web.json_response(error.json(), status=error.status, headers=headers)

    def _broken(self, request: web.Request) -> web.StreamResponse:
        if self.down:
            return web.Response(status=self.down, text="<html>no gateway</html>")
        return _cut(request)

    def _noted(self, method: str, said: Json, status: int, error: str = "") -> None:
        self.calls.append(Call(method, said, self.clock(), status, error))
        self.changed()

    async def hear_answer(self, request: web.Request) -> web.StreamResponse:
        """Serve one answer to a ``response_url``."""
        if self.down is not None:
            return self._broken(request)
        said: Json = {}
        try:
            said = read_object(await request.text())
            use_hook(self, request.match_info["key"], said)
        except SlackError as error:
            return self._refused("response_url", said, error)
        self._noted("response_url", said, 200)
        return web.Response(text="ok")

    async def take_file(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of a file."""
        number = request.match_info["id"]
        if number not in self.files:
            return web.Response(status=404)
        try:
            return web.Response(text=files.take(self, number, await request.read()))
        except SlackError as error:
            return self._refused("upload", {"id": number}, error)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
