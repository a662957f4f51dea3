"""A time at the terminal: the digest, then answers to what is typed, and news as it comes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.app.answer import Answer
from bot.app.gather import Gather
from bot.console.lines import lines as lines_of
from bot.console.signals import until_over
from bot.console.terminal import DESTINATION, Aside, Terminal
from bot.core.errors import StoreError
from bot.core.faults import Reading, reading_page
from bot.core.page import Code, Note, Page, Plain
from bot.core.verbs import VERBS
from bot.core.wording import Words

#: Old articles are looked for at the start and then so often, in seconds.
HOUSEKEEPING_EVERY = 24 * 60 * 60.0

_HINT = Page(
    (
        Note(
            (
                Plain("Type "),
                Code("/brief 1"),
                Plain(" for story 1 in full, "),
                Code("/help"),
                Plain(" for the rest, Ctrl-D to leave."),
            )
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a time at the terminal needs."""

    gather: Gather
    answer: Answer
    words: Words
    #: Articles that no source has held for so many days are deleted.
    keep_days: int
    #: Where what is typed is kept.
    history: Path
    #: What is typed comes from here; the digest and answers go to the second, notes to the third.
    typed: TextIO
    out: TextIO
    screen: TextIO

    async def run(self, opening: Sequence[str], *, stay: bool) -> None:
        """Read the news, print the digest, answer until the input ends, and tell what comes in.

        With ``stay`` only SIGTERM or SIGINT ends it; without, they do too.
        """
        ears, news = self._ears(), _News(self.gather)
        notes = ears.terminal(self.screen)

        async def tell(reading: Reading) -> None:
            await notes.tell(reading_page(reading, words=self.words))

        async def talk() -> None:
            for sentence in opening:
                await notes.say(sentence)
            for reading in await news.first():
                await tell(reading)
            await notes.say("")
            await self._post_and_converse(ears, stay=stay)

        beside = (news.watch(tell), self._keep_house(notes))
        if await until_over(talk(), beside=beside, stay=stay):
            await notes.say("Stopped.")

    async def chat(self) -> None:
        """Answer what is typed until the input ends, or SIGTERM or SIGINT comes."""
        ears, news = self._ears(), _News(self.gather)

        async def tell(_: Reading) -> None:
            """Tell nobody: the next answer has the news."""

        async def talk() -> None:
            await news.first()
            await self._converse(ears)

        await until_over(talk(), beside=(news.watch(tell),))

    async def _post_and_converse(self, ears: "_Ears", *, stay: bool) -> None:
        voice = ears.terminal(self.out)
        await voice.send(await self.answer(DESTINATION, "/brief"))
        if ears.prompts:
            await voice.tell(_HINT)
        await self._converse(ears)
        if stay:
            await voice.say("End of input. I stay until I am stopped.")
        elif not ears.prompts:
            await voice.say("End of input. Stopped.")

    async def _converse(self, ears: "_Ears") -> None:
        """Answer every line that says something before the next one is heard."""
        voice = ears.terminal(self.out)
        async for line in ears.lines:
            if line.strip():
                await voice.send(await self.answer(DESTINATION, line))

    async def _keep_house(self, notes: Terminal) -> None:
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
        self._told: dict[str, Reading] = {}

    async def first(self) -> Sequence[Reading]:
        readings = await self._gather.once()
        self._told = {reading.source: reading for reading in readings}
        self._ready.set()
        return readings

    async def watch(self, tell: Callable[[Reading], Awaitable[None]]) -> None:
        """Tell what comes after the first reading, until cancelled."""

        async def tell_news(reading: Reading) -> None:
            before = self._told.pop(reading.source, None)
            if before is None or not _says_no_more(reading, before):
                await tell(reading)

        await self._ready.wait()
        await self._gather.watch(tell_news)


def _says_no_more(reading: Reading, before: Reading) -> bool:
    """Say whether nothing came in since, and the same went wrong."""
    if reading.new or reading.changed or reading.withdrawn:
        return False
    wrong = (reading.failing, reading.faults, reading.trouble)
    return wrong == (before.failing, before.faults, before.trouble)
