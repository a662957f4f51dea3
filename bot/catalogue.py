"""The words of a language, from the message catalogues in ``locale/``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import ConfigError
from bot.core.wording import DayForm, English, Words

if TYPE_CHECKING:
    from gettext import GNUTranslations

#: Where the catalogues are: ``LANGUAGE/LC_MESSAGES/briefbot.po``.
LOCALE = Path(__file__).parent / "locale"

# What of a date each form says, as Unicode's locale data (CLDR) names it.
_SKELETONS = {
    DayForm.WEEKDAY: "yMMMMEEEd",
    DayForm.NEAR: "MMMMEEEEd",
    DayForm.LONG: "yMMMMd",
    DayForm.MONTH: "yMMMM",
    DayForm.BRIEF_WEEKDAY: "MMMEd",
    DayForm.BRIEF_YEAR: "yMMMd",
    DayForm.BRIEF: "MMMd",
}


def words(language: str, *, folder: Path = LOCALE) -> Words:
    """Return the words of a language by its ISO 639 code.

    Raises ``ConfigError`` when there is no catalogue of it, or none that can be read.
    """
    if language == "en":
        return English()
    known = languages(folder)
    if language not in known:
        there = ", ".join(known)
        raise ConfigError(f"I do not speak {language!r}. Choose one of these languages: {there}.")
    return _translated(language, folder / language / "LC_MESSAGES" / "briefbot.po")


def languages(folder: Path = LOCALE) -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue, English among them."""
    found = (path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/briefbot.po"))
    return tuple(sorted({"en", *found}))


@dataclass(frozen=True, slots=True)
class _Translated:
    """A language with a catalogue; its numbers and dates come from Unicode's locale data."""

    translations: "GNUTranslations"
    write_number: Callable[[float], str]
    write_day: Callable[[str, date], str]
    write_time: Callable[[time], str]

    def gettext(self, message: str) -> str:
        return self.translations.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.translations.ngettext(one, many, count)

    def pgettext(self, context: str, message: str) -> str:
        return self.translations.pgettext(context, message)

    def number(self, value: int) -> str:
        return self.write_number(value)

    def decimal(self, value: float) -> str:
        return self.write_number(round(value, 2))

    def day(self, day: date, form: DayForm) -> str:
        return self.write_day(_SKELETONS[form], day)

    def time(self, moment: time) -> str:
        return self.write_time(moment)


def _translated(language: str, path: Path) -> Words:
    # These take longer to import than a short command takes to run, and English needs none.
    from gettext import GNUTranslations  # noqa: PLC0415 - see above

    from babel import Locale  # noqa: PLC0415 - see above
    from babel.dates import format_skeleton, format_time  # noqa: PLC0415 - see above
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - see above
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - see above
    from babel.numbers import format_decimal  # noqa: PLC0415 - see above

    locale = Locale.parse(language)
    compiled = BytesIO()
    try:
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=locale, abort_invalid=True))
    except (OSError, UnicodeDecodeError, PoFileError) as error:
        raise ConfigError(f"The catalogue {path} cannot be read: {error}.") from error
    compiled.seek(0)
    return _Translated(
        GNUTranslations(compiled),
        partial(format_decimal, locale=locale),
        partial(format_skeleton, locale=locale),
        partial(format_time, format="short", locale=locale),
    )
