"""The bot on duty: what it does beside the talk."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.app.duty import RHYTHMS, Duty
from bot.app.endings import Endings
from bot.app.facts import AT_ONCE
from bot.app.numbers import Numbers, source_numbers
from bot.app.outages import ToldHealths
from bot.app.readiness import Hindrance, Readiness, answers
from bot.app.timed import Timed
from bot.console.session import Ready
from bot.console.signals import Work
from bot.core.errors import StoreError
from bot.engine.local import Engine
from bot.wiring.bot import Bot, Parts
from bot.wiring.feeds import feed_engine
from bot.wiring.parts import SystemClock

if TYPE_CHECKING:
    from bot.wiring.slack import Room as SlackRoom
    from bot.wiring.telegram import Room


@asynccontextmanager
async def on_duty(
    bot: Bot, *, serve: bool, adopt: bool = False
) -> AsyncIterator[Sequence[Callable[[Ready], Work]]]:
    """Give the works that the bot does beside the talk.

    With ``serve`` its health and its numbers are served over HTTP meanwhile; so is what a platform
    calls. Raises ``ConfigError`` when nothing can be served there, and ``StrangerError`` when the
    database belongs to another bot of a platform, unless it is to be adopted.

    From an archive in memory nothing is posted, for what it posted would be posted again from the
    one on the disk: then there are no works, and to ``serve`` raises ``StoreError``.
    """
    if bot.trouble:
        if serve:
            raise StoreError(bot.trouble)
        yield ()
        return
    from bot.timetable.bell import open_bell  # noqa: PLC0415 - loads APScheduler, only to run

    made, clock = bot.parts, SystemClock()
    delivering, url = made.delivery, made.config.environment.heartbeat_url
    writing = Hindrance()
    ready = Readiness(
        {
            "archive": answers(made.answer.digests.archive.count),
            "the archive takes nothing in": writing,
            "delivery": delivering.pulse,
        }
    )
    asking = feed_engine(made.feeds, clock)
    async with AsyncExitStack() as stack:
        bell = await stack.enter_async_context(open_bell(RHYTHMS))
        heartbeat = None
        if serve and url is not None:
            heartbeat = await _heartbeat(stack, url.get_secret_value(), ready)
        rooms = _Rooms(
            await _telegram(made, adopt=adopt),
            await _slack(made, adopt=adopt),
            delivering.endings,
        )
        if serve or rooms.hooked:
            await _serve(stack, made, asking, ready, rooms)
        duty = Duty(
            engine=delivering.engine.run,
            publish=delivering.publish,
            lives=delivering.lives,
            declare=delivering.declare,
            clean=lambda: delivering.clean(clock.now()),
            feeds=partial(_look, made, asking),
            heartbeat=heartbeat,
            clock=clock,
            pulse=delivering.pulse,
            writing=writing,
        )
        works: list[Callable[[Ready], Work]] = [
            lambda wait: duty.keep(bell.rings, ready=wait),
            partial(_when_ready, partial(_ask, made, asking)),
        ]
        yield [*works, *rooms.works()]


@dataclass(frozen=True, slots=True)
class _Rooms:
    """The rooms of the platforms that are set up."""

    telegram: "Room | None"
    slack: "SlackRoom | None"
    #: The digests that their chats end.
    endings: Endings

    @property
    def hooked(self) -> bool:
        """Say whether one of them is called, and must be served then."""
        rooms = (self.telegram, self.slack)
        return any(room.hooked for room in rooms if room is not None)

    def works(self) -> Iterator[Callable[[Ready], Work]]:
        """Yield what goes on in them."""
        if (telegram := self.telegram) is not None:
            yield partial(_when_ready, telegram.telegram.run)
            yield lambda _: telegram.arrive()
        if (slack := self.slack) is not None:
            yield partial(_when_ready, slack.slack.run)
            yield lambda _: slack.arrive()
        yield lambda _: self.endings.follow(
            {room.channel: room.ended for room in (telegram, slack) if room is not None}
        )


async def _look(made: Parts, asking: Engine) -> None:
    """Put works for the feeds that are due, tell what waits to be told, and find facts."""
    try:
        await made.feeds.due(asking)
        await made.renewal.some(AT_ONCE)
    finally:
        if isinstance(made.told, ToldHealths):
            await made.told.due()


async def _ask(made: Parts, asking: Engine) -> None:
    """Look at feeds until cancelled; what came of the last looks is kept, too."""
    try:
        await asking.run()
    finally:
        with suppress(StoreError):
            # What is lost is asked once more.
            await made.feeds.book.write()


async def _when_ready(work: Callable[[], Awaitable[None]], wait: Ready) -> None:
    """Do the work once the news was read: the first who asks gets an answer from it."""
    await wait()
    await work()


async def _telegram(made: Parts, *, adopt: bool) -> "Room | None":
    line = made.ways.telegram
    if line is None:
        return None
    from bot.wiring.telegram import recognised, room  # noqa: PLC0415 - loads the client

    await recognised(made.config, made.database, adopt=adopt)
    return room(
        made.config,
        made.delivery,
        line,
        answer=Timed(made.spoken, made.timings),
        tongues=made.spoken.tongues,
        show=made.ways.terminal.tell,
    )


async def _slack(made: Parts, *, adopt: bool) -> "SlackRoom | None":
    line = made.ways.slack
    if line is None:
        return None
    from bot.wiring.slack import recognised, room  # noqa: PLC0415 - loads the client

    found = room(
        made.config,
        made.delivery,
        line,
        answer=Timed(made.spoken, made.timings),
        tongues=made.spoken.tongues,
        show=made.ways.terminal.tell,
        adopt=adopt,
    )
    await recognised(line, made.database, adopt=adopt)
    return found


async def _heartbeat(
    stack: AsyncExitStack, url: str, ready: Readiness
) -> Callable[[], Awaitable[None]]:
    from bot.app.heartbeat import Heartbeat  # noqa: PLC0415 - only where somebody listens
    from bot.web.heartbeat import open_call  # noqa: PLC0415 - loads httpx

    call = await stack.enter_async_context(open_call(url))
    return Heartbeat(call, ready=ready).beat


async def _serve(
    stack: AsyncExitStack,
    made: Parts,
    asking: Engine,
    ready: Readiness,
    rooms: _Rooms,
) -> None:
    from bot.web.health import health_routes  # noqa: PLC0415 - loads aiohttp, only to stay
    from bot.web.metrics import metrics_routes  # noqa: PLC0415 - see above
    from bot.web.server import Server  # noqa: PLC0415 - see above

    async def numbers() -> Numbers:
        engine = made.delivery.engine
        healths = await made.answer.digests.checked()
        return Numbers(
            version=made.version,
            counts=made.delivery.counts,
            queue=engine.depth,
            queue_age=engine.age,
            sources=source_numbers(healths, SystemClock().now()),
            looking=asking.depth,
            looks=made.feeds.looks,
            answers=made.timings.spreads(),
        )

    environment = made.config.environment
    server = Server(host=environment.http_host, port=environment.http_port)
    server.add_routes((*health_routes(ready), *metrics_routes(numbers)))
    if rooms.telegram is not None and rooms.telegram.hooked:
        from bot.telegram.webhook import HEADER, PATH  # noqa: PLC0415 - loads the client
        from bot.web.webhook import webhook_route  # noqa: PLC0415 - see above

        server.add_routes([webhook_route(PATH, HEADER, rooms.telegram.telegram.take)])
    if rooms.slack is not None and rooms.slack.hooked:
        from bot.slack.manifest import PATH as CALLED  # noqa: PLC0415 - only where Slack calls
        from bot.web.webhook import answered_route  # noqa: PLC0415 - see above

        server.add_routes([answered_route(CALLED, rooms.slack.slack.take)])
    await stack.enter_async_context(server.open())
