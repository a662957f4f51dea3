"""Why the archive fails only the operator reads; all others read what they can do."""

from bot.core.errors import StoreError, ZoneError
from bot.core.page import Page
from bot.core.trouble_pages import trouble_page, unnumbered_note
from bot.core.wording import English
from tests.fakes.pages import text

FULL = StoreError("The archive /srv/news.db could not be written: the disk is full.\nFree some.")
TOLD = "The archive /srv/news.db could not be written: the disk is full. Free some."


def test_only_the_operator_reads_why_the_archive_fails() -> None:
    page = trouble_page(FULL, words=English())

    assert text(page) == page.summary
    assert page.summary == (
        "I cannot get at my archive just now. Try again in a moment; the operator finds the reason"
        " in the log."
    )
    assert text(trouble_page(FULL, words=English(), operator=True)) == TOLD


def test_what_people_can_mend_themselves_they_read() -> None:
    gone = ZoneError("Mars/Base")

    assert text(trouble_page(gone, words=English())) == str(gone)


def test_below_a_digest_only_the_operator_reads_why_its_numbers_are_lost() -> None:
    note = unnumbered_note(FULL, words=English())
    full = unnumbered_note(FULL, words=English(), operator=True)

    assert text(Page((note,))) == (
        "_Its numbers will not be known: I cannot get at my archive just now._"
    )
    assert text(Page((full,))) == f"_{TOLD}_"
