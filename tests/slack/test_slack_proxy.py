"""Where a proxy is set, all that the bot sends goes by it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt import BoltResponse
from yarl import URL

from bot.app.counts import Counts
from bot.app.reply import Replies
from bot.core.wording import English
from bot.slack.client import Me
from bot.slack.connection import Connection, connected
from bot.slack.ephemeral import Corner, Ephemeral
from bot.slack.heard import Person, Place
from bot.slack.payload import File, write
from bot.slack.socket import Socket
from bot.slack.troubles import Troubles
from tests.fakes.delivery import SetClock
from tests.fakes.ears import Unlimited, page
from tests.fakes.slack.channels import post, to
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack.values import BOT_USER, TEAM_ID


@asynccontextmanager
async def proxied(seen: list[str]) -> AsyncIterator[str]:
    """Give the address of a proxy that passes requests on, and notes what they ask for."""
    serving: set[asyncio.Task[None] | None] = set()

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        verb, target, rest = head.split(" ", 2)
        seen.append(target)
        url = URL(target)
        there, onward = await asyncio.open_connection(url.host, url.port)
        # One request a connection, so that each is seen.
        rest = rest.replace("\r\n", "\r\nConnection: close\r\n", 1) if verb == "POST" else rest
        onward.write(f"{verb} {url.raw_path_qs} {rest}".encode("latin-1"))
        ways = {
            asyncio.ensure_future(copy(reader, onward)),
            asyncio.ensure_future(copy(there, writer)),
        }
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in (onward, writer):
                end.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        server.close()
        await asyncio.gather(*filter(None, serving), return_exceptions=True)


def ephemeral_of(line: Connection) -> Ephemeral:
    replies = Replies(
        channels={"slack": line.channel}, paces=Unlimited(), clock=SetClock(), counts=Counts()
    )
    me = Me(TEAM_ID, BOT_USER, "B0000BOT", "briefbot")
    return Ephemeral(line=line, me=lambda: me, replies=replies, seconds=lambda: 0.0)


class Operator:
    async def tell(self, sentence: str) -> None:
        raise AssertionError(sentence)


async def dispatch(_: object) -> BoltResponse:
    return BoltResponse(status=200)


def test_calls_files_answers_and_the_socket_go_by_the_proxy() -> None:
    async def scene() -> None:
        seen: list[str] = []
        async with (
            fake_slack() as slack,
            proxied(seen) as proxy,
            connected(slack.settings.bot_token, url=f"{slack.url}/api/") as line,
        ):
            line.posts.proxy = line.questions.proxy = proxy
            anna = slack.user("Anna")
            news = slack.channel("news", members=[anna, slack.bot])
            corner = Corner(
                place=Place(workspace=TEAM_ID, conversation=news.id),
                person=Person(workspace=TEAM_ID, id=anna.id),
                url=slack.new_hook(news, anna.id),
            )
            socket = Socket(
                client=line.posts,
                session=line.session,
                token=slack.settings.app_token,
                dispatch=dispatch,
                troubles=Troubles(tell=Operator(), clock=SetClock(), chance=lambda: 0.0),
                sleep=asyncio.sleep,
            )

            await line.questions.auth_test()
            await line.channel.send(post(to(news), write(File("a.ics", b"BEGIN"))))
            assert await ephemeral_of(line).say(corner, page("hello"), words=English())
            hearing = asyncio.create_task(socket.run())
            await slack.until(lambda: slack.sockets.open)
            hearing.cancel()
            await asyncio.wait({hearing})

            ways = [URL(one).parts[1] for one in seen]
            assert len(news.last.files) == 1
            assert [one.shown for one in news.ephemeral_to(anna)] == ["hello"]
            assert ways == ["api", "api", "upload", "api", "actions", "api", "link"]

    asyncio.run(scene())
