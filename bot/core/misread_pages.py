"""What is wrong with a schedule that was typed, and a line that works."""

from typing import assert_never

from bot.core.page import Code, Inline, Note, Page, Paragraph
from bot.core.phrases import listed, plain
from bot.core.schedule_changes import Clash
from bot.core.settings_commands import SetSchedule
from bot.core.timing import MAX_TIMINGS, Adjusted, Misread, Timed, TimingMistake
from bot.core.wording import Words, fill, later
from bot.core.zones import place_name

_EXAMPLE = "/schedule 8am weekdays Astana"
_EXAMPLES = {
    TimingMistake.OFFSET: "/schedule 8am Tashkent",
    TimingMistake.CRON: "/schedule 0 8 * * 1-5",
    TimingMistake.UNCLEAR: "/schedule add 10am weekends",
    TimingMistake.UNSAYABLE: "/schedule 8:30, 18:00 weekdays",
}
#: What is said of a mistake that offers nothing.
_SENTENCES = {
    TimingMistake.NO_TIME: later("I need a time of day."),
    TimingMistake.BAD_TIME: later(
        "There is no such time as {said}: times go from 00:00 to 23:59, minutes have two digits,"
        " and there are no seconds."
    ),
    TimingMistake.OFFSET: later(
        "An offset such as {said} does not say when the clocks change. Name a city instead."
    ),
    TimingMistake.UNSAYABLE: later(
        "A digest comes at times of day, written in figures, on days of the week: {said} does not"
        " fit."
    ),
    TimingMistake.CRON: later("Of a cron line I understand minutes, hours and weekdays only."),
    TimingMistake.UNCLEAR: later(
        "I cannot tell which times and days go together. Set one, then add the others."
    ),
}


def misread_page(misread: Misread, mended: str | None, *, words: Words) -> Page:
    """Return what was wrong with what was typed, and what works: the same mended, or another."""
    other = _EXAMPLES.get(misread.mistake, _EXAMPLE)
    example = other if mended is None else f"/schedule {mended}"
    return _page(misread_words(misread, words), example, words)


def clash_page(clash: Clash, asked: SetSchedule, read: Timed | Adjusted, *, words: Words) -> Page:
    """Return why what was typed, and read so, does not go with the present schedule."""
    match clash:
        case Clash.NO_TIME:
            said = fill(words.gettext("I need a time of day too."))
            example = f"/schedule {'add ' if asked.add else ''}8am {asked.typed}"
        case Clash.OTHER_ZONE:
            message = words.gettext(
                "All digests of a chat go by the time of one city. First give them that of {city}."
            )
            city = place_name(read.zone or "")
            said, example = fill(message, city=city), f"/schedule {city}"
        case Clash.TOO_MANY:
            said, example = _too_many(words), _EXAMPLE
        case _:
            assert_never(clash)
    return _page(said, example, words)


def _page(said: tuple[Inline, ...], example: str, words: Words) -> Page:
    hint = fill(words.gettext("This works: {example}"), example=Code(example))
    return Page((Paragraph(said), Note(hint)), plain(said))


def _too_many(words: Words) -> tuple[Inline, ...]:
    message = words.gettext("A chat gets its digest at {most} times at most.")
    return fill(message, most=words.number(MAX_TIMINGS))


def misread_words(misread: Misread, words: Words) -> tuple[Inline, ...]:
    """Return what was wrong with what was typed, in a sentence or two."""
    match misread.mistake:
        case TimingMistake.TOO_MANY:
            return _too_many(words)
        case TimingMistake.BAD_ZONE:
            return _unknown_place(misread, words)
        case TimingMistake.UNKNOWN_WORD:
            return _unknown_word(misread, words)
        case TimingMistake.WHICH_ZONE:
            message = words.gettext("Several time zones fit {said}. Name a city: {cities}.")
            cities = [place_name(zone) for zone in misread.meant]
            said = _quoted(misread, words)
            return fill(message, said=said, cities=listed(cities, words))
        case _:
            message = words.gettext(_SENTENCES[misread.mistake])
            return fill(message, said=_quoted(misread, words))


def _unknown_place(misread: Misread, words: Words) -> tuple[Inline, ...]:
    said = _quoted(misread, words)
    if not misread.meant:
        message = words.gettext("I do not know {said}. Name a larger city with the same time.")
        return fill(message, said=said)
    message = words.gettext("I do not know {said}. Did you mean {zones}?")
    return fill(message, said=said, zones=listed(misread.meant, words))


def _unknown_word(misread: Misread, words: Words) -> tuple[Inline, ...]:
    said = _quoted(misread, words)
    if not misread.meant:
        return fill(words.gettext("I do not understand {said}: a time, days or a city?"), said=said)
    message = words.gettext("I do not understand {said}. Did you mean {days}?")
    return fill(message, said=said, days=listed(misread.meant, words))


def _quoted(misread: Misread, words: Words) -> str:
    """Return what was wrong in quotation marks, or a word for it where it cannot be repeated."""
    if not misread.said:
        return words.gettext("that")
    return f"“{misread.said}”"
