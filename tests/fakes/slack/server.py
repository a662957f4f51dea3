"""A strict Slack on loopback, for tests that drive the real slack-bolt and slack_sdk.

How to use it:

    async with fake_slack() as slack:
        client = AsyncWebClient(slack.settings.bot_token, base_url=f"{slack.url}/api/")
        # or SLACK_API_URL=f"{slack.url}/api/" and the tokens of slack.settings for a whole bot

        anna = slack.user("Anna", zone="Asia/Almaty", role="admin")   # guest, owner; team= ...
        news = slack.channel("news", members=[anna, slack.bot])        # private=True, shared=True
        press = anna.says("/brief 1", in_=news)        # a command; acked, error: what became of it
        anna.says("@Briefbot brief", in_=news)         # a mention; thread= puts it in a thread
        anna.says("https://example.org/a")             # a direct message
        await slack.until(lambda: news.messages)       # until the bot has written
        news.last.text, .blocks, .shown, .links, .pings, .notification, .thread, .metadata
        news.ephemeral_to(anna)                        # what only Anna sees
        press = anna.presses(news.last, "Sources")     # chooses, forges, uses (a shortcut)
        await slack.until(lambda: press.acked)
        anna.opens_home(); anna.home.shown             # the Home tab; clicks, picks act in it
        anna.modal.title; anna.submits({"time": "08:00"}); anna.complaints; anna.closes()
        news.adds(slack.bot, by=anna)                  # removes, archives, dies, renames ...
        news.restricted = "restricted_action_read_only_channel"

In Socket Mode (as it begins) deliveries wait for a connection: ``slack.sockets`` are those that
are open (``warns``, ``refreshes``, ``cuts``, ``wedges``). ``await slack.listens_at(url)`` turns to
HTTP: the address is verified, and deliveries are signed; ``slack.requests.knocks`` sends a body
of your own, forged or replayed. ``slack.courier.patience`` and ``.retries`` are Slack's seconds.
``slack.again(act)`` brings a delivery once more, as it was.

What goes wrong (``trouble.py``): ``goes_down``, ``goes_silent``, ``comes_back``, ``hangs``,
``loses_answer``, ``drops``, ``refuses`` (any error), ``denies`` (done, then an error), ``floods``,
``revokes_token``, ``uninstalls``. Rate limits are off; ``fake_slack(limits=Limits())`` turns them
on; ``clock`` (seconds since 1970) makes them, triggers and answers a matter of the test's own time.
``slack.calls`` are all calls as they were read.

A call that Slack's tables or the limits of blocks forbid is refused and kept in ``slack.faults``;
the test fails at the end of the block if any is left. A test that means to send one clears them.
"""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from tests.fakes.slack.acting import Person
from tests.fakes.slack.acts import Act
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.courier import Courier
from tests.fakes.slack.limits import UNLIMITED, Limits
from tests.fakes.slack.requests import Requests
from tests.fakes.slack.settings import Settings
from tests.fakes.slack.user import User
from tests.fakes.slack.values import BOT_USER, TEAM_ID, Json
from tests.fakes.slack.web_api import WebApi

_LARGEST: Final = 64 * 1024 * 1024


class FakeSlack(WebApi):
    """The server: what it knows, what breaks it, and what was asked of it."""

    def __init__(self, settings: Settings, clock: Callable[[], float], limits: Limits) -> None:
        super().__init__(settings, clock, limits)
        self.requests = Requests(self, "")
        self.courier = Courier(self)
        self.courier.way = self.sockets
        self.post = self.courier.post

    def user(
        self,
        name: str,
        *,
        role: str = "",
        zone: str = "Europe/London",
        locale: str = "en-GB",
        team: str = TEAM_ID,
    ) -> Person:
        """Return a new person; ``role`` is "admin", "owner", "guest" or "single guest"."""
        number = self.new_id("U")
        made = Person(
            id=number, name=name, role=role, zone=zone, locale=locale, team=team, world=self
        )
        self.users[made.id] = made
        return made

    def channel(
        self,
        name: str,
        *,
        members: Sequence[User] | None = None,
        creator: User | None = None,
        private: bool = False,
        shared: bool = False,
    ) -> Channel:
        """Return a new channel, with the bot in it unless members are named."""
        people = [self.bot] if members is None else members
        keeper = creator or next((one for one in people if not one.is_bot), None)
        kind = "private" if private else "public"
        inside = [one.id for one in people]
        made = self.make_channel(name, kind, inside, keeper.id if keeper else "U0000KEEPER")
        made.shared = shared
        return made

    def called(self, method: str) -> list[Json]:
        """Return what each call of a method said, oldest first."""
        return [call.said for call in self.calls if call.method == method]

    def floods(self, method: str, seconds: float, channel: Channel | None = None) -> None:
        """Refuse a method for so many seconds, in one channel or everywhere."""
        self.rates.close(method, seconds, "" if channel is None else channel.id)

    def revokes_token(self, error: str = "token_revoked") -> None:
        """Refuse the bot's token from now on, with this error; the app is told first."""
        revoked = {"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}
        self.happens("tokens_revoked", revoked)
        self.settings.token_error = error

    def uninstalls(self) -> None:
        """Take the app out of the workspace."""
        self.happens("app_uninstalled", {"type": "app_uninstalled"})
        self.settings.token_error = "account_inactive"  # noqa: S105 # an error's name

    async def listens_at(self, url: str) -> bool:
        """Send deliveries to this address from now on, if the app proves that it is there."""
        self.settings.socket_mode = False
        self.requests.url = url
        verified = await self.requests.verifies()
        if verified:
            self.courier.way = self.requests
        return verified

    def again(self, act: Act) -> None:
        """Bring what was brought once more: the same event, a second time."""
        assert act.delivery is not None, "the app was not told of it"
        self.post(act.delivery)


@asynccontextmanager
async def fake_slack(
    settings: Settings | None = None,
    *,
    clock: Callable[[], float] = time.time,
    limits: Limits = UNLIMITED,
    port: int = 0,
) -> AsyncIterator[FakeSlack]:
    """Serve a Slack on loopback; fail at the end if a call was against its rules."""
    slack = FakeSlack(settings or Settings(), clock, limits)
    app = web.Application(client_max_size=_LARGEST)
    app.router.add_route("*", "/api/{method}", slack.answer)
    app.router.add_post("/actions/{key:.+}", slack.hear_answer)
    app.router.add_post("/upload/v1/{id}", slack.take_file)
    app.router.add_get("/link/", slack.sockets.serve)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.5, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        slack.released.set()
        await slack.courier.close()
        await slack.sockets.close()
        await runner.cleanup()
    assert not slack.faults, "\n".join(slack.faults)
