"""All that the server knows: the bot, the people, their chats, files and menus."""

import asyncio
import time
from collections.abc import Callable
from itertools import count

from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.errors import bad_request
from tests.fakes.bot_api.feed import Feed
from tests.fakes.bot_api.flood import UNLIMITED, Flood, Limits
from tests.fakes.bot_api.place import Place
from tests.fakes.bot_api.values import File, Json, Person, Press, Webhook


class World:
    """The server's memory, and the verbs that set the scene."""

    def __init__(
        self,
        token: str,
        *,
        username: str = "Brief_Bot",
        clock: Callable[[], float] = time.time,
        limits: Limits = UNLIMITED,
    ) -> None:
        self.token = token
        self.clock = clock
        self.me = Person(int(token.partition(":")[0]), "Briefbot", username, "", is_bot=True)
        self.privacy = True
        self.flood = Flood(clock, limits)
        self.feed = Feed(self.changed)
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.files: dict[str, File] = {}
        self.presses: dict[str, Press] = {}
        #: Commands by what they are for: scope, chat, user, language.
        self.menus: dict[tuple[str, int, int, str], list[Json]] = {}
        #: Names and descriptions of the bot by method ("MyName") and language.
        self.words: dict[tuple[str, str], str] = {}
        #: The rights that the bot asks for when it is added, in channels and elsewhere.
        self.rights: dict[bool, Json] = {}
        self.webhook = Webhook()
        #: What stands before servers on this machine: where a call of each public host goes.
        self.fronts: dict[str, str] = {}
        self._waiting: set[asyncio.Future[None]] = set()
        self._numbers = count(1)

    def person(self, name: str, *, username: str | None = None, language: str = "en") -> Person:
        """Return a new person."""
        number = 1000 + next(self._numbers)
        known = name.lower() if username is None else username
        made = Person(number, name, known, language)
        self.people[made.id] = made
        return made

    def private(self, person: Person | str, *, started: bool = True, topics: bool = False) -> Chat:
        """Return the bot's chat with somebody, who has pressed Start unless said otherwise.

        It may have topics, as chats of a bot have whose owner let them.
        """
        who = self.person(person) if isinstance(person, str) else person
        statuses = {who.id: "member", **({self.me.id: "member"} if started else {})}
        chat = Chat(
            self, who.id, "private", who.name, person=who, people={who.id: who}, statuses=statuses
        )
        chat.forum = topics
        self.adopt(chat)
        return chat

    def group(self, title: str, *, owner: Person | None = None, bot: str = "member") -> Chat:
        """Return a new small group; ``bot`` is what the bot is in it: "left", "member" ..."""
        return self._gathering("group", title, owner, bot)

    def supergroup(
        self, title: str, *, owner: Person | None = None, bot: str = "member", forum: bool = False
    ) -> Chat:
        """Return a new supergroup, with topics if it is a forum."""
        chat = self._gathering("supergroup", title, owner, bot)
        chat.forum = forum
        return chat

    def channel(
        self,
        title: str,
        *,
        owner: Person | None = None,
        bot: str = "administrator",
        username: str = "",
    ) -> Chat:
        """Return a new channel."""
        chat = self._gathering("channel", title, owner, bot)
        chat.username = username
        return chat

    def _gathering(self, kind: str, title: str, owner: Person | None, bot: str) -> Chat:
        keeper = owner or self.person("Owner", username="owner")
        number = self.new_chat_id(kind)
        statuses = {keeper.id: "creator", self.me.id: bot}
        people = {keeper.id: keeper}
        chat = Chat(self, number, kind, title, people=people, statuses=statuses)
        # The first message says that it was made; no topic has its number.
        chat.last_id = 1
        self.adopt(chat)
        return chat

    def new_chat_id(self, kind: str) -> int:
        """Return a number that no chat has; a group's and a supergroup's look different."""
        number = next(self._numbers)
        return -5_000_000 - number if kind == "group" else -1_002_000_000_000 - number

    def adopt(self, place: Place) -> None:
        """Keep one more chat."""
        assert isinstance(place, Chat)
        self.chats[place.id] = place

    def chat(self, number: int | str) -> Chat:
        """Return the chat of this number or @name; raise ApiError when there is none."""
        if isinstance(number, int) and number in self.chats:
            return self.chats[number]
        for one in self.chats.values():
            if one.username and f"@{one.username}".lower() == str(number).lower():
                return one
        raise bad_request("chat not found")

    def somebody(self, number: int) -> Person:
        """Return the person of this number; raise ApiError when there is none."""
        if number == self.me.id:
            return self.me
        if number not in self.people:
            raise bad_request("invalid user_id specified")
        return self.people[number]

    def store(self, name: str, content: bytes) -> File:
        """Keep a file."""
        kept = File(f"file{next(self._numbers)}", name, content)
        self.files[kept.id] = kept
        return kept

    def tell(self, kind: str, content: Json) -> bool:
        """Queue an update; tell whether the bot wants that kind."""
        return self.feed.add({kind: content})

    def sends_raw(self, **update: object) -> None:
        """Queue an update exactly as it is given, however malformed."""
        self.feed.add(update)

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
