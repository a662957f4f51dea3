"""What who asks reads when the archive fails; what is not for them goes to the log."""

import logging

from bot.core.ask import Ask
from bot.core.errors import StoreError, ZoneError
from bot.core.page import Note, Page
from bot.core.trouble_pages import trouble_page, unnumbered_note
from bot.core.wording import Words

log = logging.getLogger(__name__)


def troubled_page(error: StoreError | ZoneError, ask: Ask, *, words: Words) -> Page:
    """Return what went wrong in place of the answer."""
    operator = ask.asker.operator
    if isinstance(error, StoreError) and not operator:
        log.error("An answer to %s failed. %s", ask.destination, error)
    return trouble_page(error, words=words, operator=operator)


def troubled_note(error: StoreError, ask: Ask, *, words: Words) -> Note:
    """Return what went wrong, to stand below a digest whose numbers could not be kept."""
    operator = ask.asker.operator
    if not operator:
        log.error("The numbers of a digest in %s will not be known. %s", ask.destination, error)
    return unnumbered_note(error, words=words, operator=operator)
