"""Whether the bot is alive, and whether it can work: what a supervisor asks."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

_SILENT = {"Cache-Control": "no-store"}


def health_routes(
    ready: Callable[[], Awaitable[Sequence[str]]],
) -> tuple[web.RouteDef, ...]:
    """Return ``/healthz`` (the process is alive) and ``/readyz`` (it can do its work).

    Not ready is answered with status 503 and a line for each part that is not well.
    """

    async def healthz(_: web.Request) -> web.Response:
        # Whoever reads this knows that the event loop turns, and no more is asked.
        return web.Response(text="alive\n", headers=_SILENT)

    async def readyz(_: web.Request) -> web.Response:
        missing = await ready()
        if not missing:
            return web.Response(text="ready\n", headers=_SILENT)
        said = "".join(f"{line}\n" for line in missing)
        return web.Response(text=f"not ready\n{said}", status=503, headers=_SILENT)

    return web.get("/healthz", healthz), web.get("/readyz", readyz)
