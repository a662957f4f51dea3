"""The operator is told what has changed in one text with few names and every count."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.health import Fault, Health, Reason, Standing
from bot.core.outage_words import Change, outage_words
from bot.core.wording import English
from tests.fakes.press import NOW


def change(
    name: str,
    standing: Standing,
    *,
    before: Standing = Standing.OK,
    reason: Reason = Reason.NO_ANSWER,
) -> Change:
    failing = standing is Standing.FAILING
    health = Health(
        source=name,
        failing=Fault(name=name, reason=reason) if failing else None,
        checked=NOW,
        rhythm=Standing.OK if failing else standing,
        next=NOW,
    )
    return Change(health, before)


def said(*changes: Change, sources: int = 50) -> str:
    return outage_words(changes, sources=sources, words=English())


def test_changes_of_every_kind_are_one_text_the_worst_first() -> None:
    stale = change("c", Standing.STALE)
    since = replace(stale.health, since=datetime(2025, 5, 3, tzinfo=UTC))

    assert said(
        change("a", Standing.QUIET, before=Standing.FAILING),
        change("b", Standing.OK, before=Standing.STALE),
        replace(stale, health=since),
        change("d\nd", Standing.FAILING),
        change("e", Standing.RETIRED),
    ) == (
        "The source e was ended by its publisher. "
        "It is asked no more: remove it, or find its new address. "
        "The source d d cannot be read. d d: gives no answer in time. "
        "The source c has brought nothing since 3 May 2025, longer than usual. "
        'To see what it answers: briefbot sources check "c". '
        "The source a can be read again. The source b brings news again."
    )


def test_at_most_ten_are_named_in_all_and_every_kind_is_counted() -> None:
    gone = [change(f"e{number}", Standing.RETIRED) for number in range(2)]
    failing = [change(f"f{number}", Standing.FAILING) for number in range(6)]
    other = change("g", Standing.FAILING, reason=Reason.BAD_CERTIFICATE)
    stale = [change(f"s{number}", Standing.STALE) for number in range(4)]
    back = [change(f"b{number}", Standing.OK, before=Standing.FAILING) for number in range(3)]
    news = [change(f"n{number}", Standing.OK, before=Standing.STALE) for number in range(2)]

    assert said(*gone, *failing, other, *stale, *back, *news) == (
        "2 sources were ended by their publishers: e0, e1. "
        "They are asked no more: remove them, or find their new addresses. "
        "7 sources cannot be read: f0, f1, f2, f3, f4, f5, g. "
        "Why: gives no answer in time (6); shows a certificate that I cannot trust (1). "
        "4 sources have brought nothing for far longer than usual: s0 and 3 more. "
        "To see what they answer: briefbot sources check. "
        "3 sources can be read again. 2 sources bring news again."
    )


def test_that_nothing_at_all_can_be_read_is_said_so() -> None:
    failing = [change(name, Standing.FAILING) for name in "ab"]

    assert said(*failing, sources=2) == (
        "None of my 2 sources can be read: a, b. The network may be down. "
        "Why: gives no answer in time (2)."
    )
