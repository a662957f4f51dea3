"""What a platform posts is handed over as it came, and answered as its room says."""

import asyncio
from collections.abc import Mapping

import aiohttp

from bot.web.server import LARGEST, Server
from bot.web.webhook import answered_route


def test_a_post_is_handed_over_whole_and_answered_with_headers_and_a_body() -> None:
    taken: list[tuple[Mapping[str, str], bytes]] = []

    async def take(headers: Mapping[str, str], body: bytes) -> tuple[int, Mapping[str, str], bytes]:
        taken.append((headers, body))
        return 401, {"X-Slack-No-Retry": "1", "Content-Type": "application/json"}, b'{"no": 1}'

    async def whole() -> tuple[int, str, str, bytes]:
        server = Server(host="127.0.0.1", port=0)
        server.add_routes([answered_route("/slack/events", take)])
        async with server.open() as url, aiohttp.ClientSession() as session:
            posted = session.post(
                f"{url}/slack/events", data=b"a=%41&b=\xff", headers={"X-Slack-Signature": "v0=1"}
            )
            async with posted as answer:
                said = answer.headers
                return (
                    answer.status,
                    said["X-Slack-No-Retry"],
                    said["Content-Type"],
                    await answer.read(),
                )

    assert asyncio.run(whole()) == (401, "1", "application/json", b'{"no": 1}')
    ((headers, body),) = taken
    assert body == b"a=%41&b=\xff"
    assert headers["x-slack-signature"] == "v0=1"
    assert all(name == name.lower() for name in headers)


def test_only_posts_of_a_bearable_size_are_handed_over() -> None:
    async def take(_: Mapping[str, str], __: bytes) -> tuple[int, Mapping[str, str], bytes]:
        raise AssertionError

    async def whole() -> list[int]:
        server = Server(host="127.0.0.1", port=0)
        server.add_routes([answered_route("/slack/events", take)])
        async with server.open() as url, aiohttp.ClientSession() as session:
            async with session.get(f"{url}/slack/events") as got:
                first = got.status
            async with session.post(f"{url}/slack/events", data=b"x" * (LARGEST + 1)) as posted:
                return [first, posted.status]

    assert asyncio.run(whole()) == [405, 413]
