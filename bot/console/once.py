"""A digest, or one story of it, written once."""

from dataclasses import dataclass
from typing import TextIO

from bot.app.answer import Answer
from bot.app.gather import Gather
from bot.console.form import Form
from bot.console.output import complain, write_page, write_record
from bot.console.record import Json, brief_record, digest_record
from bot.console.terminal import DESTINATION
from bot.core.faults import fault_words
from bot.core.values import Digest
from bot.core.verbs import DigestFor, Misuse, StoryNumber, parse
from bot.core.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """What it takes to read the news and write a digest of it."""

    gather: Gather
    answer: Answer
    words: Words

    async def write(self, sought: str, form: Form, *, out: TextIO, screen: TextIO) -> bool:
        """Read the sources, then write what ``/brief`` with these words answers.

        What could not be read is said on the screen. Returns whether every source and the archive
        could be read, and the words were a command.
        """
        sound = await self._read(screen)
        text = f"/brief {sought}"
        record = await self._record(text) if form is Form.JSON else None
        if record is not None:
            write_record(record, out)
            return sound
        page = await self.answer(DESTINATION, text)
        if form is Form.JSON:
            write_record({"problem": page.summary}, out)
            return False
        write_page(page, form, out)
        return sound and not isinstance(parse(text), Misuse)

    async def _read(self, screen: TextIO) -> bool:
        readings = await self.gather.once()
        for reading in readings:
            faults = reading.faults if reading.failing is None else (reading.failing,)
            for fault in faults:
                complain(f"{fault_words(fault, self.words)}.", screen)
            if reading.trouble:
                complain(reading.trouble, screen)
        return not any(reading.failing or reading.trouble for reading in readings)

    async def _record(self, text: str) -> Json | None:
        """Return the digest or the story as a record, or None where there is neither."""
        command = parse(text)
        if isinstance(command, DigestFor):
            made = await self.answer.digests.today(command.words)
            return digest_record(made) if isinstance(made, Digest) else None
        if isinstance(command, StoryNumber):
            edition = await self.answer.editions.last(DESTINATION)
            if edition is None or not 1 <= command.number <= len(edition.stories):
                return None
            told = await self.answer.digests.story(edition, command.number)
            return None if told is None else {"briefs": [brief_record(told.story.brief)]}
        return None
