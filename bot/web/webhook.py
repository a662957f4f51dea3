"""The addresses that a platform posts what happens in its chats to."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

#: Takes the headers and the body of a post; returns the status, the headers and the body of the
#: answer. The names of headers are in small letters.
Take = Callable[[Mapping[str, str], bytes], Awaitable[tuple[int, Mapping[str, str], bytes]]]


def webhook_route(
    path: str, header: str, take: Callable[[bytes, str], Awaitable[int]]
) -> web.RouteDef:
    """Return a route for posts: their body and the header's value are taken, for a status."""

    async def posted(request: web.Request) -> web.Response:
        status = await take(await request.read(), request.headers.get(header, ""))
        return web.Response(status=status)

    return web.post(path, posted)


def answered_route(path: str, take: Take) -> web.RouteDef:
    """Return a route for posts that are answered with more than a status."""

    async def posted(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        status, said, body = await take(headers, await request.read())
        return web.Response(status=status, headers=said, body=body)

    return web.post(path, posted)
