"""What is ahead is offered as a calendar file, and the page says what that holds."""

from bot.core.calendar_page import calendar_offer, calendar_page
from bot.core.fact_verbs import Upcoming
from bot.core.page import Buttons, Entry, Page, Plain, Strong
from bot.core.phrases import plain
from bot.core.verbs import parse
from bot.core.wording import English
from tests.fakes.pages import text


def test_the_offer_says_and_does_the_same() -> None:
    for days in (None, 30):
        asked = Upcoming(days)

        note, offered = calendar_offer(2, asked, English())

        assert isinstance(offered, Buttons)
        ((button,),) = offered.rows
        assert parse(button.says) == Upcoming(days, as_file=True)
        assert button.says in text(Page((note,)))


def test_nothing_is_offered_where_no_event_has_a_day() -> None:
    assert len(list(calendar_offer(0, Upcoming(), English()))) == 1


def test_the_page_of_a_file_says_what_it_holds_and_what_it_could_not() -> None:
    page = calendar_page(b"BEGIN", 2, 1, words=English())

    assert text(page) == "A calendar file with 2 events.\n_1 more has no day: /upcoming_"
    assert page.document is not None
    assert (page.document.name, page.document.content) == ("ahead.ics", b"BEGIN")
    assert plain(page.document.instead) == "Write it with briefbot upcoming --ics FILE"


def test_where_no_file_can_be_sent_its_events_are_told() -> None:
    dated = [
        Entry((Strong(f"{day} Sep 2030"),), (Plain("Bridge opens · Astana"),))
        for day in range(1, 33)
    ]
    page = calendar_page(b"BEGIN", 32, 0, dated=dated, words=English())

    told = text(Page(page.unfiled)).split("\n")
    assert told[:3] == [
        "A calendar file with 32 events.",
        "I could not send the file here. This is what it holds:",
        "1 Sep 2030 = Bridge opens · Astana",
    ]
    assert told[-1] == "_and 2 more: /upcoming_"
    assert len(told) == 33
    few = calendar_page(b"BEGIN", 1, 0, dated=dated[:1], words=English())
    assert text(Page(few.unfiled)).endswith("1 Sep 2030 = Bridge opens · Astana")


def test_an_empty_calendar_is_not_sent() -> None:
    page = calendar_page(b"BEGIN", 0, 0, words=English())

    assert text(page) == "No event ahead has a day, so there is nothing for a calendar."
    assert page.document is None
