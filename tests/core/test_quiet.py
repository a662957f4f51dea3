"""A day without news is not taken for a day on which the news could not be read."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.coverage import is_down
from bot.core.health import Fault, Health, Reason
from bot.core.origin import Selection, Traced
from bot.core.page import Button, Buttons, Page
from bot.core.quiet import Quiet, down_page, is_certain, nothing_new, quiet_page
from bot.core.values import Digest, Event
from bot.core.wording import English
from tests.fakes.facts import IN_2027, UNDATED, event, origin
from tests.fakes.pages import text
from tests.fakes.press import NOW
from tests.fakes.stories import digest, health

ALMATY = ZoneInfo("Asia/Almaty")
YESTERDAY = NOW - timedelta(days=1)
LOST = Fault(name="a.txt", reason=Reason.NOT_STORED)


def ahead(*events: Event, more: int = 0) -> Selection[Event]:
    traced = tuple(Traced(fact=one, origin=origin()) for one in events)
    return Selection(first=traced, more=more)


def without_news(*, ok: int = 1, failing: int = 0, newest: date | None = None) -> Digest:
    return digest(ok=ok, failing=failing, newest=newest)


def quiet(*healths: Health, made: Quiet) -> Page:
    return quiet_page(made, healths or [health()], words=English(), zone=ALMATY)


def down(*healths: Health, newest: date | None = date(2025, 9, 1)) -> Page:
    made = without_news(ok=0, failing=len(healths), newest=newest)
    return down_page(made, healths, words=English(), zone=ALMATY)


def failing(name: str = "wire", *, since: datetime | None) -> Health:
    return replace(health(name, failing=True), since=since)


def test_a_quiet_day_says_since_when_what_is_ahead_and_when_the_last_news_was() -> None:
    page = quiet(
        made=Quiet(
            digest=without_news(newest=date(2025, 9, 1)),
            since=YESTERDAY,
            ahead=ahead(event("summit", IN_2027), event("forum", UNDATED, where="Astana")),
        )
    )

    assert text(page) == (
        "# SCO · Tue 2 September 2025 · quiet day\n"
        "Nothing new on SCO since Mon 1 Sep, 08:00.\n"
        "## Ahead\n"
        "2027 = summit\n"
        "no date given = forum · Astana\n"
        "_Sources: 1 ok. Read 0, duplicates 0, shown 0. The last news is of 1 September 2025._"
    )
    assert page.summary == "SCO · Tue 2 September 2025 · quiet day"
    # Below a page with a digest's moment, a press of it opens a message of its own.
    assert page.blocks[-1] == Buttons(((Button("Settings", "/settings"),),), NOW)


def test_a_quiet_day_on_some_topics_names_them() -> None:
    made = Quiet(digest=without_news(), since=NOW, topics=("AI", "{trade}\nroutes"))

    assert text(quiet(made=made)) == (
        "# SCO · Tue 2 September 2025 · quiet day\n"
        "Nothing new on “AI”, “{trade} routes” since 08:00.\n"
        "_Topics: AI, {trade} routes. Sources: 1 ok. Read 0, duplicates 0, shown 0._"
    )
    assert nothing_new(made, words=English(), zone=ALMATY) == (
        "Nothing new on “AI”, “{trade} routes” since 08:00."
    )


def test_an_event_that_many_articles_tell_is_ahead_once_and_the_rest_is_counted() -> None:
    meetings = [event(f"meeting {number}", IN_2027) for number in (1, 1, 2, 3, 4, 5, 6)]
    made = Quiet(digest=without_news(), since=NOW, ahead=ahead(*meetings, more=7))

    said = text(quiet(made=made))

    assert said.count("meeting 1") == 1
    assert "2027 = meeting 5\n_and 8 more: /upcoming_" in said


def test_a_quiet_day_with_most_sources_silent_says_so_in_its_second_line() -> None:
    healths = [health("a", failing=True), health("b", failing=True), health("c")]
    made = Quiet(digest=without_news(ok=1, failing=2), since=NOW)

    lines = text(quiet(*healths, made=made)).split("\n")

    assert lines[1] == "2 of 3 sources could not be read (a, b): news may be missing."
    assert not is_certain(made.digest, healths)
    assert is_certain(without_news(ok=1, failing=1), healths)


def test_a_day_whose_news_could_not_be_stored_is_not_called_quiet() -> None:
    healths = [health(faults=(LOST,))]
    made = Quiet(digest=without_news(), since=NOW)

    lines = text(quiet(*healths, made=made)).split("\n")

    assert lines[0] == "# SCO · Tue 2 September 2025 · no news could be stored"
    assert lines[1].startswith("1 article could not be stored")
    assert "1 could not be stored." in lines[-1]
    assert not is_certain(made.digest, healths)


def test_sources_that_are_down_are_told_with_what_each_says_and_what_comes_next() -> None:
    page = down(failing(since=NOW - timedelta(hours=10)))

    assert text(page) == (
        "# SCO · Tue 2 September 2025 · I could not read the news\n"
        "This is not a quiet day: I have not been able to read my only source since "
        "Mon 1 Sep, 22:00.\n"
        "- wire/: cannot be read (Permission denied)\n"
        "What I miss will be in the first digest after that is mended. "
        "The last news I read is of 1 September 2025: /brief shows it.\n"
        "_Sources: 0 ok, 1 failing. Read 0, duplicates 0, shown 0._"
    )
    assert page.summary == "SCO · Tue 2 September 2025 · I could not read the news"


def test_several_sources_are_down_since_the_last_of_them_went() -> None:
    said = text(
        down(
            failing("a", since=NOW - timedelta(hours=1)),
            failing("b", since=NOW - timedelta(hours=2)),
            newest=None,
        )
    )

    assert "I have not been able to read any of my 2 sources since 07:00.\n" in said
    assert "- b/: cannot be read (Permission denied), since 06:00\n" in said
    assert "after that is mended. I have no older news either.\n" in said


def test_a_chat_whose_sources_are_down_reads_no_path_of_the_machine_and_no_advice() -> None:
    gone = Fault(name="news", reason=Reason.ABSENT, hint="/srv/news")

    said = text(down(replace(health("news"), failing=gone)))

    assert "\n- news: is not there\n" in said
    assert "/srv" not in said
    assert "configuration" not in said


def test_since_when_sources_are_down_is_left_out_where_nobody_knows() -> None:
    said = text(down(*(failing(str(number), since=None) for number in range(6))))

    assert "This is not a quiet day: none of my 6 sources could be read.\n" in said
    assert "- 0/: cannot be read (Permission denied)\n" in said
    assert "- and 2 more: /sources shows them\n" in said


def test_down_means_that_no_source_at_all_could_be_read() -> None:
    assert is_down(without_news(ok=0, failing=1).coverage)
    assert not is_down(without_news(ok=1, failing=5).coverage)
    assert not is_down(without_news(ok=0, failing=0).coverage)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "The operator was told at {}."),
        (48, "The operator was told on 31 August 2025 at {}."),
    ],
)
def test_that_the_operator_was_told_is_said_where_it_is_so(hours: int, said: str) -> None:
    made, healths = without_news(ok=0, failing=1), [failing(since=YESTERDAY)]
    told = made.made - timedelta(hours=hours)
    at = f"{told.astimezone(ALMATY):%H:%M}"

    page = down_page(made, healths, words=English(), zone=ALMATY, told=told)

    assert said.format(at) in text(page)
    assert "operator" not in text(down(*healths))
