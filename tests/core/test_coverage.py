"""What a digest was made from tells sources that are silent from those that are well."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.coverage import (
    coverage_words,
    covered,
    is_down,
    is_thin,
    standing_words,
    thin_note,
    unread,
)
from bot.core.health import Fault, Health, Reason, Standing
from bot.core.page import Page
from bot.core.values import Coverage
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.press import NOW

TODAY = NOW.date()
LOST = Fault(name="wire", reason=Reason.NO_ANSWER)


def source(standing: Standing, name: str = "wire", *, since: datetime | None = None) -> Health:
    rhythm = Standing.OK if standing is Standing.FAILING else standing
    fault = LOST if standing is Standing.FAILING else None
    return Health(source=name, failing=fault, checked=NOW, rhythm=rhythm, since=since)


def made(*healths: Health) -> Coverage:
    return covered(healths, zone=UTC, read=9, duplicates=2, shown=0)


def sentence(coverage: Coverage, *, kept_out: int = 0) -> str:
    return coverage_words(coverage, kept_out, English(), today=TODAY)


def test_a_quiet_source_counts_as_well_and_the_others_are_told_apart() -> None:
    may = datetime(2025, 5, 3, 22, tzinfo=UTC)

    coverage = made(
        source(Standing.OK),
        source(Standing.QUIET),
        source(Standing.STALE, since=may),
        source(Standing.FAILING, since=NOW),
        source(Standing.RETIRED),
    )

    assert sentence(coverage) == (
        "Sources: 2 ok, 1 stale since 3 May, 1 failing, 1 ended by the publisher. "
        "Read 9, duplicates 2, shown 0."
    )
    assert standing_words(coverage, English()) == (
        "2 ok, 1 stale, 1 failing, 1 ended by the publisher"
    )


def test_since_when_a_source_is_stale_is_said_of_one_and_with_its_year_of_an_earlier_one() -> None:
    long = source(Standing.STALE, since=NOW - timedelta(days=400))

    assert sentence(made(long)).startswith("Sources: 0 ok, 1 stale since 29 Jul 2024. ")
    assert sentence(made(long, long)).startswith("Sources: 0 ok, 2 stale. ")
    assert made(source(Standing.STALE)).since is None
    assert made(replace(long, since=NOW)).since == date(2025, 9, 2)


def test_what_could_not_be_stored_is_counted_and_whose_words_the_lines_are_is_said() -> None:
    coverage = replace(made(source(Standing.OK)), shown=1)

    assert sentence(coverage, kept_out=2) == (
        "Sources: 1 ok. Read 9, duplicates 2, shown 1. 2 could not be stored. "
        "Lines are the sources' own words, shortened only."
    )


@pytest.mark.parametrize(
    ("standings", "down", "thin"),
    [
        ([Standing.OK, Standing.FAILING], False, False),
        ([Standing.QUIET, Standing.STALE, Standing.FAILING], False, True),
        ([Standing.STALE], False, True),
        ([Standing.STALE, Standing.FAILING], False, True),
        ([Standing.FAILING], True, True),
        ([Standing.RETIRED], True, False),
        ([Standing.OK, Standing.RETIRED], False, False),
        ([], False, False),
    ],
)
def test_nothing_read_is_down_and_more_than_half_silent_is_thin(
    standings: list[Standing], *, down: bool, thin: bool
) -> None:
    coverage = made(*map(source, standings))

    assert (is_down(coverage), is_thin(coverage)) == (down, thin)


def test_sources_that_could_not_be_read_are_those_that_fail_or_were_ended() -> None:
    failing, ended = source(Standing.FAILING), source(Standing.RETIRED)

    assert unread([source(Standing.STALE), failing, source(Standing.OK), ended]) == [failing, ended]


def test_a_thin_digest_names_the_sources_that_are_silent() -> None:
    failing = source(Standing.FAILING, "a")
    stale, well = source(Standing.STALE, "b"), source(Standing.OK, "c")

    def said(*healths: Health) -> str:
        return text(Page(thin_note(healths, English()), ""))

    assert said(failing, well) == "1 of 2 sources could not be read (a): news may be missing."
    assert said(failing, stale, well) == (
        "2 of 3 sources bring no news (a, b): news may be missing."
    )
