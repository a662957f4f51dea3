"""What one person alone sees goes only to Slack, and never comes twice where that can be known."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from aiohttp import web

from bot.app.counts import Counts
from bot.app.reply import Replies
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.core.wording import English
from bot.slack.channel import SlackChannel
from bot.slack.client import Me, made_clients, made_session
from bot.slack.connection import Connection
from bot.slack.ephemeral import LASTING, USES, Corner, Ephemeral, is_hook
from bot.slack.heard import Person, Place
from tests.fakes.delivery import SetClock
from tests.fakes.ears import Unlimited, page
from tests.fakes.slack.acting import Person as Somebody
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.values import BOT_USER, TEAM_ID
from tests.fakes.slack_ears import ANY_RATE

WORDS = English()


@dataclass
class Stage:
    slack: FakeSlack
    ephemeral: Ephemeral
    anna: Somebody
    news: Channel
    waited: list[float]
    now: list[float]

    def corner(self, url: str | None = None) -> Corner:
        """Return where Anna is answered: by the address of a command of hers, if no other."""
        told = self.slack.new_hook(self.news, self.anna.id) if url is None else url
        return Corner(
            place=Place(workspace=TEAM_ID, conversation=self.news.id),
            person=Person(workspace=TEAM_ID, id=self.anna.id),
            url=told,
        )

    @property
    def seen(self) -> list[str]:
        return [one.shown for one in self.news.ephemeral_to(self.anna)]

    @property
    def told(self) -> list[str]:
        """What stands in Anna's own chat with the bot."""
        return [one.shown for one in self.slack.direct(self.anna.id).messages]


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    async with fake_slack() as slack, made_session() as session:
        server = f"{slack.url}/api/"
        clients = made_clients(slack.settings.bot_token, url=server, session=session)
        channel = SlackChannel(clients, rates=ANY_RATE)
        waited: list[float] = []
        now = [0.0]

        async def sleep(seconds: float) -> None:
            waited.append(seconds)
            await asyncio.sleep(0)

        replies = Replies(
            channels={"slack": channel},
            paces=Unlimited(),
            clock=SetClock(),
            counts=Counts(),
            sleep=sleep,
        )
        ephemeral = Ephemeral(
            line=Connection(clients.posts, clients.questions, session, channel, server),
            me=lambda: Me(TEAM_ID, BOT_USER, "B0000BOT", "briefbot"),
            replies=replies,
            seconds=lambda: now[0],
        )
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        yield Stage(slack, ephemeral, anna, news, waited, now)


def play(scene: Callable[[Stage], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with staged() as stage:
            await scene(stage)

    asyncio.run(whole())


def test_an_address_is_used_so_often_and_so_long() -> None:
    async def scene(here: Stage) -> None:
        corner = here.corner()
        for number in range(USES + 1):
            assert await here.ephemeral.say(corner, page(str(number)), words=WORDS)
        assert corner.left == 0
        old = here.corner()
        here.now[0] = LASTING
        assert await here.ephemeral.say(old, page("late"), words=WORDS)

        assert here.seen == ["0", "1", "2", "3", "4", "5", "late"]
        assert len(here.slack.called("chat.postEphemeral")) == 2

    play(scene)


def test_an_address_that_slack_takes_no_more_is_left() -> None:
    async def scene(here: Stage) -> None:
        gone = here.corner(f"{here.slack.url}/actions/nobody")
        here.slack.faults.clear()
        assert await here.ephemeral.say(gone, page("one"), words=WORDS)
        used = here.corner()
        for _ in range(USES):
            await here.ephemeral.say(used, page("again"), words=WORDS)
        used.left = USES
        assert await here.ephemeral.say(used, page("last"), words=WORDS)
        here.slack.faults.clear()

        assert here.seen == ["one", *["again"] * USES, "last"]

    play(scene)


@pytest.mark.parametrize(
    ("url", "server", "allowed"),
    [
        ("https://hooks.slack.com/commands/T1/2/x", "https://slack.com/api/", True),
        ("https://hooks.slack-gov.com/a", "https://slack-gov.com/api/", True),
        ("http://127.0.0.1:81/actions/x", "http://127.0.0.1:81/api/", True),
        ("http://127.0.0.1:82/actions/x", "http://127.0.0.1:81/api/", False),
        ("http://hooks.slack.com/commands", "https://slack.com/api/", False),
        ("https://hooks.slack.com:8443/a", "https://slack.com/api/", False),
        ("https://hooks.slack.com.example.org/a", "https://slack.com/api/", False),
        ("https://hooks.slack.com@example.org/a", "https://slack.com/api/", False),
        ("https://me@hooks.slack.com/a", "https://slack.com/api/", False),
        ("http://169.254.169.254/latest", "https://slack.com/api/", False),
        ("file:///etc/passwd", "https://slack.com/api/", False),
        ("https://[", "https://slack.com/api/", False),
        ("https://hooks.slack.com:x/", "https://slack.com/api/", False),
        ("", "https://slack.com/api/", False),
    ],
)
def test_answers_go_to_slack_alone(url: str, server: str, *, allowed: bool) -> None:
    assert is_hook(url, server) is allowed


def test_a_forged_address_gets_nothing() -> None:
    async def scene(here: Stage) -> None:
        called: list[str] = []

        async def steal(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            called.append("called")
            writer.close()

        thief = await asyncio.start_server(steal, "127.0.0.1", 0)
        async with thief:
            port = thief.sockets[0].getsockname()[1]
            corner = here.corner(f"http://127.0.0.1:{port}/actions/steal")
            assert await here.ephemeral.say(corner, page("secret"), words=WORDS)
            await here.ephemeral.remove(corner)

        assert (here.seen, called) == (["secret"], [])
        assert len(here.slack.called("chat.postEphemeral")) == 1

    play(scene)


def test_an_answer_follows_nobody_elsewhere() -> None:
    async def scene(here: Stage) -> None:
        followed: list[str] = []

        async def there(_: web.Request) -> web.Response:
            raise web.HTTPTemporaryRedirect("/elsewhere")

        async def elsewhere(request: web.Request) -> web.Response:
            followed.append(await request.text())
            return web.Response(text="ok")

        app = web.Application()
        app.router.add_post("/actions/a", there)
        app.router.add_post("/elsewhere", elsewhere)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host = f"http://127.0.0.1:{runner.addresses[0][1]}"
        ephemeral = replace(
            here.ephemeral, line=replace(here.ephemeral.line, server=f"{host}/api/")
        )
        try:
            assert await ephemeral.say(
                here.corner(f"{host}/actions/a"), page("secret"), words=WORDS
            )
        finally:
            await runner.cleanup()

        # It came by another way.
        assert (followed, here.seen) == ([], ["secret"])

    play(scene)


def test_where_nobody_can_be_told_in_the_channel_it_comes_in_their_own_chat() -> None:
    async def scene(here: Stage) -> None:
        here.news.removes(here.slack.bot)

        assert await here.ephemeral.say(here.corner(""), page("hello"), words=WORDS)
        here.slack.settings.messages_tab = False
        assert not await here.ephemeral.say(here.corner(""), page("hello"), words=WORDS)

        assert (here.seen, here.told) == ([], ["hello"])

    play(scene)


def test_who_is_asked_to_wait_waits_and_says_it_once() -> None:
    async def scene(here: Stage) -> None:
        slower = SlackError("ratelimited", status=429, retry_after=7)
        here.slack.refuses("chat.postEphemeral", slower, times=2)

        assert await here.ephemeral.say(here.corner(""), page("hello"), words=WORDS)

        assert (here.seen, here.waited) == (["hello"], [7.0, 7.0])

    play(scene)


def test_what_may_be_there_is_not_said_twice(caplog: pytest.LogCaptureFixture) -> None:
    async def scene(here: Stage) -> None:
        here.slack.denies("chat.postEphemeral")

        assert await here.ephemeral.say(here.corner(""), page("hello"), words=WORDS)

        assert (here.seen, here.told) == (["hello"], [])
        assert "may be lost" in caplog.text

    play(scene)


def test_blocks_that_slack_cannot_read_come_as_words(caplog: pytest.LogCaptureFixture) -> None:
    async def scene(here: Stage) -> None:
        here.slack.refuses("chat.postEphemeral", "invalid_blocks")

        assert await here.ephemeral.say(here.corner(""), page("hello"), words=WORDS)

        assert here.seen == ["hello"]
        assert here.news.ephemeral_to(here.anna)[0].blocks == []
        assert "a bug of ours" in caplog.text

    play(scene)


def test_only_one_message_takes_the_place_of_another() -> None:
    async def scene(here: Stage) -> None:
        await here.ephemeral.say(here.corner(), page("panel"), words=WORDS)
        (panel,) = here.news.ephemeral_to(here.anna)
        url = here.slack.new_hook(here.news, here.anna.id, panel)
        long = Page(tuple(Paragraph((Plain("word " * 590),)) for _ in range(6)), "long")

        await here.ephemeral.say(here.corner(url), page("changed"), words=WORDS, replace=True)
        changed = list(here.seen)
        await here.ephemeral.say(here.corner(url), long, words=WORDS, replace=True)
        after = len(here.seen)
        await here.ephemeral.remove(here.corner(url))

        assert changed == ["changed"]
        assert (after > 2, panel.edits, panel.deleted) == (True, 1, True)

    play(scene)


def long(messages: int) -> Page:
    """Return a page of so many messages, each numbered."""
    # Four such paragraphs are all that one message holds.
    made = (f"{number // 4} {'word ' * 560}" for number in range(4 * messages))
    return Page(tuple(Paragraph((Plain(words),)) for words in made), "long")


def numbers(shown: list[str]) -> list[str]:
    return [one.partition(" ")[0] for one in shown]


def test_a_page_that_an_address_cannot_hold_comes_whole_in_one_place() -> None:
    async def scene(here: Stage) -> None:
        inside = here.corner()
        assert await here.ephemeral.say(inside, long(USES + 2), words=WORDS)
        here.news.removes(here.slack.bot)
        outside = here.corner()
        assert await here.ephemeral.say(outside, long(USES + 2), words=WORDS)

        assert numbers(here.seen) == [*"0123456", "My"]
        assert numbers(here.told) == list("0123456")
        assert (inside.left, outside.left) == (USES, USES - 1)

    play(scene)


def test_a_page_that_is_refused_in_its_middle_goes_on_elsewhere() -> None:
    async def scene(here: Stage) -> None:
        here.news.removes(here.slack.bot)
        corner = here.corner()
        assert await here.ephemeral.say(corner, page("before"), words=WORDS)
        # Slack counts more than the bot does.
        corner.left = USES

        assert await here.ephemeral.say(corner, long(USES), words=WORDS)

        assert numbers(here.seen) == ["before", *"0123"]
        assert numbers(here.told) == ["4"]

    play(scene)


def test_an_address_is_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def scene(here: Stage) -> None:
        corner = here.corner()
        here.slack.goes_down()
        buttons = Buttons(((Button("1", "/brief 1"),),))
        shown = Page((Paragraph((Plain("hello"),)), buttons), "hello")
        await here.ephemeral.say(corner, shown, words=WORDS)
        await here.ephemeral.remove(corner)

        secret = corner.url.rpartition("/actions/")[2]
        assert secret not in caplog.text
        assert secret not in repr(corner)

    play(scene)
