"""A language whose letters are Cyrillic, so that a bare English word stands out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from bot.core.page import Buttons, Code, Entry, Page
from bot.core.verbs import VERBS
from bot.core.wording import DayForm


@dataclass(frozen=True)
class Strange:
    """Writes each letter of a message as one and the same."""

    def gettext(self, message: str) -> str:
        return re.sub(r"\{\w+\}|[A-Za-z]", lambda one: one[0] if len(one[0]) > 1 else "ж", message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        assert context
        return self.gettext(message)

    def number(self, value: int) -> str:
        return f"<{value}>"

    def decimal(self, value: float) -> str:
        return f"<{value}>"

    def day(self, day: date, form: DayForm) -> str:
        return f"<{day:%Y%m%d} {form.value.count(' ')}>"

    def time(self, moment: time) -> str:
        return f"<{moment:%H%M}>"


WORDS = Strange()
#: Zones and their cities are names, the same in every language.
PLACES = re.compile(
    r"Astana|Tashkent|Asia/\w+|Europe/\w+|UTC\+\d|Moscow|Kaliningrad|Samara|Yekaterinburg"
)

_VERBS = re.compile("|".join(verb.slash for verb in VERBS))


def untyped(page: Page) -> Iterator[str]:
    """Yield the words of a page and its summary, but for names and what is typed as it stands."""
    typed = set()
    for block in page.blocks:
        if isinstance(block, Buttons):
            yield from (_bare(button.label) for row in block.rows for button in row)
            continue
        for span in (*(block.term if isinstance(block, Entry) else ()), *block.spans):
            if isinstance(span, Code):
                typed.add(span.text)
            else:
                yield _bare(span.text)
    summary = page.summary
    # The longest first: one may be the beginning of another.
    for text in sorted(typed, key=len, reverse=True):
        summary = summary.replace(text, "")
    yield _bare(summary)


def _bare(text: str) -> str:
    return _VERBS.sub("", PLACES.sub("", text))
