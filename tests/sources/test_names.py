"""Names are looked up by the machine, in time or not at all."""

import asyncio

import pytest

from bot.core.errors import FeedError
from bot.core.health import Reason
from bot.sources.client import Client, Limits
from bot.sources.names import SystemNames
from tests.fakes.feed_server import feed_server, page


def test_the_machine_knows_its_own_name() -> None:
    async def look_up() -> set[str]:
        names = SystemNames()
        try:
            return set(await names("localhost", 80))
        finally:
            names.close()

    assert "127.0.0.1" in asyncio.run(look_up())


def test_a_client_asks_the_machine_where_nothing_else_is_given() -> None:
    async def ask() -> bytes:
        async with feed_server() as server:
            site = await server.site({"/": page(b"news")})
            own = f"localhost:{site.port}"
            async with Client(Limits(allow_private=True), agent="x") as client:
                return (await client.get(f"http://{own}/", own=own)).content

    assert asyncio.run(ask()) == b"news"


def test_a_name_server_that_gives_no_answer_is_called_so() -> None:
    async def gives_up(host: str, port: int) -> tuple[str, ...]:
        raise TimeoutError(host, port)

    async def ask() -> tuple[Reason, str]:
        async with Client(Limits(), agent="x", resolve=gives_up) as client:
            with pytest.raises(FeedError) as refused:
                await client.get("http://feeds.test/")
        return refused.value.fault.reason, refused.value.fault.detail

    assert asyncio.run(ask()) == (Reason.NO_SUCH_HOST, "feeds.test: no name server answers")
