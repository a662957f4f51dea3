"""The address that a platform posts what happens in its chats to."""

from collections.abc import Awaitable, Callable

from aiohttp import web


def webhook_route(
    path: str, header: str, take: Callable[[bytes, str], Awaitable[int]]
) -> web.RouteDef:
    """Return a route for posts: their body and the header's value are taken, for a status."""

    async def posted(request: web.Request) -> web.Response:
        status = await take(await request.read(), request.headers.get(header, ""))
        return web.Response(status=status)

    return web.post(path, posted)
