"""Briefs of single files, without an archive."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TextIO

from bot.console.form import Form
from bot.console.output import complain, write_page, write_record
from bot.console.record import brief_record, fault_record
from bot.core.brief import brief
from bot.core.compose import stories_blocks
from bot.core.faults import fault_words
from bot.core.health import Fault, Reason
from bot.core.page import Page
from bot.core.shown import showable
from bot.core.stories import group
from bot.core.values import Article, Brief
from bot.core.wording import Words

#: Gives the article in the file of that name, what is wrong with the file, or both.
Read = Callable[[str], tuple[Article | None, Fault | None]]


def brief_files(  # noqa: PLR0913 - what to read, how to write it, and where to
    names: Sequence[str],
    read: Read,
    *,
    lines: int,
    form: Form,
    words: Words,
    now: datetime,
    out: TextIO,
    screen: TextIO,
) -> bool:
    """Write a brief of each file, and say on the screen what could not be read.

    Returns whether all could.
    """
    readings = [read(name) for name in dict.fromkeys(names)]
    articles = [article for article, _ in readings if article is not None]
    faults = [fault for _, fault in readings if fault is not None]
    if form is Form.JSON:
        briefs = [brief_record(brief(article, lines=lines)) for article in articles]
        write_record({"briefs": briefs, "problems": [fault_record(f) for f in faults]}, out)
    elif articles:
        # A page of briefs shows no facts, and they take their time.
        shows = [
            showable(article, lines=lines, lead=False, with_facts=False) for article in articles
        ]
        write_page(briefs_page(shows, lines=lines, words=words, now=now), form, out)
    for fault in faults:
        absent = fault.reason is Reason.ABSENT
        said = (
            f"{fault.name} does not exist; check the path"
            if absent
            else fault_words(fault, words, operator=True)
        )
        complain(f"{said}.", screen)
    return not faults


def briefs_page(briefs: Sequence[Brief], *, lines: int, words: Words, now: datetime) -> Page:
    """Return the briefs as stories stand in a digest, without its frame."""
    stories = group(briefs, {each.article.id: (each.article,) for each in briefs})
    blocks = stories_blocks(stories, lines=lines, today=now.date(), words=words)
    return Page(tuple(blocks), briefs[0].headline.text)
