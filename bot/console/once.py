"""An answer written once: a digest, one story of it, or what a search finds."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.app.answer import Answer
from bot.app.feeds import MOMENT
from bot.app.gather import Gather
from bot.app.linked import BusyError, Linked
from bot.app.wish import wish_of
from bot.console.form import Form
from bot.console.output import complain, write_page, write_record
from bot.console.record import Json, brief_record, digest_record, results_record
from bot.console.terminal import DESTINATION, asked
from bot.console.whole import write_whole
from bot.core.address import BriefOf
from bot.core.fact_verbs import StorySources
from bot.core.faults import faults_words
from bot.core.misuse import Misuse
from bot.core.origin import Traced
from bot.core.search_verb import SearchFor
from bot.core.subscription import destination_of
from bot.core.values import Digest, Event
from bot.core.verbs import DigestFor, StoryNumber, parse
from bot.core.wording import Words

#: Makes a calendar file of events, and says how many of them are in it.
MakeCalendar = Callable[[Sequence[Traced[Event]]], tuple[bytes, int]]

#: The name by which a stream stands for a file, as commands have it.
STREAM = "-"

#: Said while feeds are looked at for longer than a moment.
WAITING = f"Looking at the feeds whose time has come, for at most {MOMENT:.0f} seconds."


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """What it takes to read the news and write an answer."""

    gather: Gather
    answer: Answer
    words: Words
    calendar: MakeCalendar
    #: So long, in seconds, are feeds waited for without a word.
    moment: float = 1.0

    async def write(self, typed: str, form: Form, *, out: TextIO, screen: TextIO) -> bool:
        """Read the sources, then write what is answered to what was typed.

        What could not be read is said on the screen. Returns whether every source and the archive
        could be read, and the words were a command that could be obeyed. A page that is named
        needs no source.
        """
        sound = isinstance(parse(typed), BriefOf) or await self._read(screen)
        record = await self._record(typed) if form is Form.JSON else None
        if record is not None:
            write_record(record, out)
            return sound
        page = await self.answer(asked(typed))
        if form is Form.JSON:
            write_record({"problem": page.summary}, out)
            return False
        write_page(page, form, out)
        return sound and await self._obeyed(typed)

    async def calendar_file(
        self, days: int | None, file: Path, *, out: TextIO, screen: TextIO
    ) -> bool:
        """Read the sources, then write a calendar file of what is ahead, and say what it holds.

        The file "-" is the stream itself; what it holds is then said on the screen.
        Returns whether every source and the archive could be read. Raises ``BriefbotError`` when
        the archive fails or the file cannot be written.
        """
        sound = await self._read(screen)
        events, undated = await self.answer.facts.dated(days)
        content, count = await asyncio.to_thread(self.calendar, events)
        if str(file) == STREAM:
            out.write(content.decode())
            out.flush()
            complain(_written(count, undated, "standard output"), screen)
            return sound
        await asyncio.to_thread(write_whole, file, content)
        out.write(f"{_written(count, undated, str(file))}\n")
        return sound

    async def _obeyed(self, typed: str) -> bool:
        """Say whether what was typed is a command, and its story one that there is."""
        command = parse(typed)
        if isinstance(command, BriefOf):
            return await self._linked(command) is not None
        if not isinstance(command, StoryNumber | StorySources):
            return not isinstance(command, Misuse)
        edition = await self.answer.editions.last(DESTINATION)
        if edition is None or command.number > len(edition.stories):
            return False
        archive = self.answer.digests.archive
        found = [await archive.article(each) for each in edition.stories[command.number - 1]]
        return any(found)

    async def _linked(self, command: BriefOf) -> Linked | None:
        """Return the page's brief; asked twice, it is read once."""
        try:
            found = await self.answer.linked.of(command.address)
        except BusyError:
            return None
        return found if isinstance(found, Linked) else None

    async def _read(self, screen: TextIO) -> bool:
        """Read the sources; say what could not be read, and whether most could."""
        async with asyncio.TaskGroup() as group:
            watched = group.create_task(self.gather.once(), name="read sources")
            asked = group.create_task(self.gather.feeds_once(), name="look at feeds")
            waited, _ = await asyncio.wait({asked}, timeout=self.moment)
            if not waited:
                complain(WAITING, screen)
        readings, feeds = watched.result(), asked.result()
        for reading in readings:
            faults = reading.faults if reading.failing is None else (reading.failing,)
            for line in faults_words(faults, self.words, operator=True):
                complain(f"{line}.", screen)
        # Feeds are many, and one that is down is nothing of note: they are told together.
        failing = [reading.failing for reading in feeds if reading.failing is not None]
        for line in faults_words(failing, self.words, operator=True):
            complain(f"{line}.", screen)
        troubles = dict.fromkeys(each.trouble for each in (*readings, *feeds) if each.trouble)
        for trouble in troubles:
            complain(trouble, screen)
        silent = bool(feeds) and len(failing) == len(feeds)
        return not (silent or troubles or any(reading.failing for reading in readings))

    async def _record(self, typed: str) -> Json | None:
        """Return the answer as a record, or None where there is nothing to record."""
        command = parse(typed)
        if isinstance(command, DigestFor):
            kept = await self.answer.settings.saving.of(destination_of(DESTINATION))
            digests = self.answer.digests
            wish = wish_of(kept, command.words, standard=digests.beat.size)
            made, _ = await digests.reported(wish)
            return digest_record(made) if isinstance(made, Digest) else None
        if isinstance(command, BriefOf):
            found = await self._linked(command)
            return None if found is None else {"briefs": [brief_record(found.brief)]}
        if isinstance(command, SearchFor):
            return results_record(await self.answer.searches.results(command))
        if isinstance(command, StoryNumber | StorySources):
            edition = await self.answer.editions.last(DESTINATION)
            if edition is None or not 1 <= command.number <= len(edition.stories):
                return None
            told = await self.answer.digests.story(edition, command.number)
            return None if told is None else {"briefs": [brief_record(told.story.brief)]}
        return None


def _written(count: int, undated: int, file: str) -> str:
    """Return how many events a calendar file holds, and how many it could not hold."""
    held = f"{count} {'event' if count == 1 else 'events'} written to {file}."
    if not count:
        held = f"No event ahead has a day: {file} holds an empty calendar."
    if not undated:
        return held
    without = "1 more has" if undated == 1 else f"{undated} more have"
    return f"{held} {without} no day and cannot stand in a calendar: briefbot upcoming shows all."
