"""Which buttons a page gets: all that they say can be typed as well."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.page import Button, Buttons
from bot.core.search_verb import SearchFor
from bot.core.settings_verbs import SETTINGS
from bot.core.verbs import BRIEF, SOURCES
from bot.core.wording import Words

#: No more buttons stand in a row: more are too narrow for a finger.
ROW = 8


def digest_buttons(numbers: Sequence[int], made: datetime, words: Words) -> Buttons:
    """Return a button for each story of a digest, then its sources and the settings."""
    stories = [Button(words.number(number), f"{BRIEF.slash} {number}") for number in numbers]
    last = (Button(words.gettext("Sources"), SOURCES.slash), settings_button(words))
    return Buttons((*_rows(stories), last), made)


def story_buttons(number: int, stories: int, made: datetime, words: Words) -> Buttons:
    """Return the buttons of a story in full: its sentences, and the next of so many stories."""
    said = f"{BRIEF.slash} {number} sources"
    row = (Button(words.gettext("Sources"), said), *_next(number, stories, words))
    return Buttons((row,), made)


def sentences_buttons(number: int, stories: int, made: datetime, words: Words) -> Buttons:
    """Return the buttons below a story's sentences: the story itself, and the next one."""
    label = words.gettext("Story {number}").format(number=words.number(number))
    row = (Button(label, f"{BRIEF.slash} {number}"), *_next(number, stories, words))
    return Buttons((row,), made)


def search_buttons(asked: SearchFor, pages: int, words: Words) -> Iterator[Buttons]:
    """Yield a button for what else was found, where there is more."""
    if asked.page < pages:
        yield Buttons(((Button(words.gettext("More"), asked.on(asked.page + 1)),),))


def settings_button(words: Words) -> Button:
    """Return the button that shows what the chat has set."""
    return Button(words.gettext("Settings"), SETTINGS.slash)


def _next(number: int, stories: int, words: Words) -> Iterator[Button]:
    if number < stories:
        yield Button(f"{words.number(number + 1)} →", f"{BRIEF.slash} {number + 1}")


def _rows(buttons: Sequence[Button]) -> Iterator[tuple[Button, ...]]:
    """Yield the buttons in as few rows as will do, which are of about the same length."""
    count = -(-len(buttons) // ROW)
    width = -(-len(buttons) // count) if count else 1
    for start in range(0, len(buttons), width):
        yield tuple(buttons[start : start + width])
