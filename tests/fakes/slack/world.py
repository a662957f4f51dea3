"""All that the server knows: the workspace, its people and channels, views, files and triggers."""

import asyncio
import copy
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Final

from tests.fakes.slack.acts import Act, Delivery
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.limits import Limits, Rates
from tests.fakes.slack.settings import Settings
from tests.fakes.slack.user import User
from tests.fakes.slack.values import (
    APP_ID,
    BOT_USER,
    TEAM_ID,
    File,
    Json,
    Message,
    View,
    elements,
)

#: Seconds for which a trigger opens a modal (docs.slack.dev, views.open).
TRIGGER: Final = 3.0
#: How often, and for how many seconds, an answer may go to a ``response_url``.
HOOK_USES: Final = 5
HOOK_LIFE: Final = 1800.0


@dataclass(eq=False)
class Hook:
    """Where an answer to a command or a press may be sent."""

    channel: Channel
    user: str
    ends: float
    #: The message that was pressed.
    message: Message | None = None
    used: int = 0


class World:
    """The server's memory."""

    def __init__(self, settings: Settings, clock: Callable[[], float], limits: Limits) -> None:
        self.url = ""
        self.settings = settings
        self.clock = clock
        self.rates = Rates(clock, limits)
        self.bot = User(id=BOT_USER, name="Briefbot", is_bot=True)
        self.users: dict[str, User] = {BOT_USER: self.bot}
        self.channels: dict[str, Channel] = {}
        #: The modals that each person sees, the topmost last.
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.hooks: dict[str, Hook] = {}
        self.acts: list[Act] = []
        #: What the app did against the rules; a test fails on it.
        self.faults: list[str] = []
        #: Takes what is to be brought to the app.
        self.post: Callable[[Delivery], None] = lambda _: None
        self._triggers: dict[str, tuple[str, float]] = {}
        self._exchanged: set[str] = set()
        self._waiting: set[asyncio.Future[None]] = set()
        self._numbers = count(1)
        self._last_ts = 0

    def new_id(self, letter: str) -> str:
        """Return a number that nothing else has, as Slack makes them: C00000012."""
        return f"{letter}{next(self._numbers):08}"

    def new_ts(self) -> str:
        """Return a moment that no message has: seconds since 1970 with six digits."""
        self._last_ts = max(int(self.clock() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06}"

    def make_channel(self, name: str, kind: str, members: list[str], creator: str) -> Channel:
        """Return a new conversation."""
        letter = {"public": "C", "private": "C", "im": "D", "mpim": "G"}[kind]
        made = Channel(self, self.new_id(letter), name, kind, members, creator)
        self.channels[made.id] = made
        return made

    def place(self, name: str) -> Channel:
        """Return the conversation of this number or #name; raise SlackError if there is none."""
        for one in self.channels.values():
            if one.id == name or (one.kind == "public" and f"#{one.name}" == name):
                return one
        raise SlackError("channel_not_found")

    def where(self, message: Message) -> Channel:
        """Return the conversation that a message is in; LookupError where there is none."""
        for one in self.channels.values():
            if message in one.history or message in one.whispers:
                return one
        raise LookupError(f"nowhere is a message of {message.ts}")

    def direct(self, user: str) -> Channel:
        """Return the direct message of the bot and somebody; it is opened if need be."""
        for one in self.channels.values():
            if one.kind == "im" and {user, BOT_USER} <= set(one.members):
                return one
        return self.make_channel("directmessage", "im", [user, BOT_USER], BOT_USER)

    def named(self, blocks: list[Json]) -> list[Json]:
        """Return blocks with a name for each block and element that has none."""
        named: list[Json] = copy.deepcopy(blocks)
        for block in named:
            block.setdefault("block_id", self.new_id("b"))
        for one in elements(named):
            one.setdefault("action_id", self.new_id("a"))
        return named

    def new_view(self, user: str, content: Json) -> View:
        """Return a new view for somebody."""
        kept = content | {"blocks": self.named(content["blocks"])}
        view = View(self.new_id("V"), user, kept, self.new_ts())
        self.changed()
        return view

    def change_view(self, view: View, content: Json) -> None:
        """Show something else in a view."""
        view.content = content | {"blocks": self.named(content["blocks"])}
        view.hash = self.new_ts()
        self.changed()

    def new_trigger(self, user: str) -> str:
        """Return a trigger for a modal."""
        number = next(self._numbers)
        trigger = f"{number}.{TEAM_ID[1:].encode().hex()}.{number:032x}"
        self._triggers[trigger] = (user, self.clock() + TRIGGER)
        return trigger

    def exchange(self, trigger: str) -> str:
        """Return whose trigger it is; raise SlackError if it is used, too old or unknown."""
        if trigger in self._exchanged:
            raise SlackError("exchanged_trigger_id")
        if trigger not in self._triggers:
            raise SlackError("invalid_trigger_id")
        user, end = self._triggers[trigger]
        if self.clock() > end:
            raise SlackError("expired_trigger_id")
        self._exchanged.add(trigger)
        return user

    def new_hook(self, channel: Channel, user: str, message: Message | None = None) -> str:
        """Return a ``response_url``."""
        key = f"{TEAM_ID}/{next(self._numbers)}/fake"
        self.hooks[key] = Hook(channel, user, self.clock() + HOOK_LIFE, message)
        return f"{self.url}/actions/{key}"

    def happens(self, name: str, event: Json) -> Act | None:
        """Tell the app of an event; None where it is not subscribed to it."""
        if self.settings.token_error or not self.settings.hears(name):
            return None
        moment = self.new_ts()
        payload = {
            "token": "deprecated",
            "team_id": TEAM_ID,
            "context_team_id": TEAM_ID,
            "api_app_id": APP_ID,
            "event": {"event_ts": moment, **event},
            "type": "event_callback",
            "event_id": self.new_id("Ev"),
            "event_time": int(self.clock()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM_ID,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }
        return self.sends(Act(Delivery("events_api", payload)))

    def sends(self, act: Act) -> Act:
        """Bring what somebody did to the app."""
        self.acts.append(act)
        if act.delivery is not None:
            self.post(act.delivery)
        return act

    def changed(self) -> None:
        """Wake whoever waits for something to happen."""
        for one in self._waiting:
            if not one.done():
                one.set_result(None)

    async def until(self, condition: Callable[[], object], *, seconds: float | None = 5) -> None:
        """Wait until the condition holds; raise TimeoutError when it does not in time.

        Only what happens on the server wakes it; None waits for ever.
        """
        async with asyncio.timeout(seconds):
            while not condition():
                waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiting.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiting.discard(waiter)
