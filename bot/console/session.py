"""A time at the terminal: the digest, then answers to what is typed, and news as it comes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.app.gather import Gather
from bot.console.lines import lines as lines_of
from bot.console.notes import Notes
from bot.console.signals import Work, begun, until_over
from bot.console.terminal import Aside, Terminal, asked
from bot.core.ask import Ask
from bot.core.errors import StoreError
from bot.core.faults import Reading, reading_page
from bot.core.greeting import busy_page, ended, hint_page, stopped
from bot.core.page import Page
from bot.core.round_page import round_page
from bot.core.verbs import VERBS
from bot.core.wording import Words

#: Old articles are looked for at the start and then so often, in seconds.
HOUSEKEEPING_EVERY = 24 * 60 * 60.0

#: So long, in seconds, is an answer waited for before a person can type on.
MOMENT = 1.0
#: So long, in seconds, are the last words waited for when nobody reads them.
LAST_WORDS = 0.5

#: Waits until the news was read.
Ready = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a time at the terminal ended."""

    #: Whether the archive took in all that was read.
    sound: bool
    #: Whether SIGTERM or SIGINT ended it.
    stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a time at the terminal needs."""

    gather: Gather
    answer: Callable[[Ask], Awaitable[Page]]
    words: Words
    #: Articles that no source has held for so many days are deleted.
    keep_days: int
    #: Where what is typed is kept.
    history: Path
    #: What is typed comes from here; the digest and answers go to the second, notes to the third.
    typed: TextIO
    out: TextIO
    screen: TextIO
    #: What posts to the terminal by itself: it makes room for what is typed, too.
    posts: Terminal | None = None
    #: Takes the notes of a bot that stays, if its screen is for machines.
    record: Notes | None = None

    async def run(
        self, opening: Sequence[str], *, stay: bool, duties: Sequence[Callable[[Ready], Work]] = ()
    ) -> Ended:
        """Read the news, print the digest, answer until the input ends, and tell what comes in.

        With ``stay`` only SIGTERM or SIGINT ends it; without, they do too. Duties go on
        meanwhile, and are given what waits until the news was read.
        """
        ears, news = self._ears(), _News(self.gather)
        voice = ears.terminal(self.out)
        notes = self.record if stay and self.record else ears.terminal(self.screen)
        if self.posts is not None:
            self.posts.aside = ears.aside

        async def tell(reading: Reading) -> None:
            await notes.tell(reading_page(reading, words=self.words))

        async def post() -> None:
            await news.first()
            for page in news.pages(self.words):
                await notes.tell(page)
            await notes.say("")
            await voice.send(await self.answer(asked("/brief")))
            if ears.prompts:
                await voice.tell(hint_page(self.words))

        async def talk() -> None:
            for sentence in opening:
                await notes.say(sentence)
            await self._converse(ears, post(), stay=stay)
            if stay or not ears.prompts:
                await voice.say(ended(self.words, stay=stay))

        beside = (news.watch(tell), self._keep_house(notes), *(each(news.ready) for each in duties))
        told_to = await until_over(talk(), beside=beside, stay=stay)
        if told_to:
            with suppress(TimeoutError):
                await asyncio.wait_for(notes.say(stopped(self.words)), LAST_WORDS)
        return Ended(sound=news.sound, stopped=told_to)

    async def chat(self) -> None:
        """Answer what is typed until the input ends, or SIGTERM or SIGINT comes."""
        ears, news = self._ears(), _News(self.gather)

        async def tell(_: Reading) -> None:
            """Tell nobody: the next answer has the news."""

        async def read() -> None:
            await news.first()

        await until_over(self._converse(ears, read()), beside=(news.watch(tell),))

    async def _converse(self, ears: "_Ears", first: Work, *, stay: bool = False) -> None:
        """Do the first work, then answer every line that says something.

        A pipe gets every answer before its next line is heard. A person can type on while an
        answer takes long, and what is then not answered at the end is left, unless the bot stays.
        """
        voice = ears.terminal(self.out)

        async def reply(line: str) -> None:
            await voice.send(await self.answer(asked(line)))

        async with begun(patience=MOMENT if ears.prompts else None) as works:
            if not await works.begin(first):
                await voice.tell(busy_page(self.words))
            async for line in ears.lines:
                if line.strip() and not await works.begin(reply(line)):
                    await voice.tell(busy_page(self.words))
            if stay:
                await works.finish()

    async def _keep_house(self, notes: Notes) -> None:
        while True:
            try:
                await self.gather.prune(days=self.keep_days)
            except StoreError as error:
                await notes.say(str(error))
            await asyncio.sleep(HOUSEKEEPING_EVERY)

    def _ears(self) -> "_Ears":
        if not (self.typed.isatty() and self.out.isatty()):
            return _Ears(lines=lines_of(self.typed.fileno()))
        # Loading it takes longer than a short conversation, and only people need it.
        from bot.console.prompt import Prompt  # noqa: PLC0415 - see above

        verbs = {verb.slash: self.words.gettext(verb.summary) for verb in VERBS}
        prompt = Prompt(verbs, history=self.history)
        return _Ears(lines=prompt.lines(), aside=prompt.aside, prompts=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ears:
    """What is typed, and how to speak without disturbing who types."""

    lines: AsyncIterator[str]
    aside: Aside = nullcontext
    prompts: bool = False

    def terminal(self, stream: TextIO) -> Terminal:
        return Terminal(stream, aside=self.aside)


class _News:
    """What the sources bring, told once: a first reading, then every change."""

    def __init__(self, gather: Gather) -> None:
        self._gather = gather
        self._ready = asyncio.Event()
        self._last: dict[str, Reading] = {}
        #: What the feeds brought at first: they are many, and told together.
        self._feeds: Sequence[Reading] = ()

    @property
    def sound(self) -> bool:
        """Say whether the archive was well at the last reading of every source."""
        last = (*self._last.values(), *self._feeds)
        return not any(reading.trouble for reading in last)

    async def ready(self) -> None:
        """Wait until the first reading is done."""
        await self._ready.wait()

    async def first(self) -> None:
        """Read what there is, once."""
        async with asyncio.TaskGroup() as group:
            watched = group.create_task(self._gather.once(), name="read sources")
            asked = group.create_task(self._gather.feeds_once(), name="look at feeds")
        readings, self._feeds = watched.result(), asked.result()
        self._last = {reading.source: reading for reading in readings}
        self._ready.set()

    def pages(self, words: Words) -> Iterator[Page]:
        """Yield what the first reading brought."""
        for reading in self._last.values():
            yield reading_page(reading, words=words)
        if self._feeds:
            yield round_page(self._feeds, words=words)

    async def watch(self, tell: Callable[[Reading], Awaitable[None]]) -> None:
        """Tell what comes after the first reading, until cancelled."""

        async def tell_news(reading: Reading) -> None:
            self._last[reading.source] = reading
            self._feeds = [one for one in self._feeds if one.source not in {"", reading.source}]
            await tell(reading)

        await self.ready()
        told = (*self._last.values(), *self._feeds)
        await self._gather.watch(tell_news, told=told)
