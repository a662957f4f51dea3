"""What could not be read is told by name, reason and remedy."""

from dataclasses import replace

import pytest

from bot.core.faults import (
    Reading,
    failing_words,
    fault_items,
    fault_words,
    faults_words,
    reading_page,
    what_words,
)
from bot.core.health import Fault, Reason, Standing
from bot.core.page import Page
from bot.core.reasons import reason_words
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.stories import health

LOST = Fault(name="news", reason=Reason.ABSENT, detail="gone", hint="/srv/\nnews")


def test_a_chat_reads_no_path_and_no_advice_that_only_the_operator_can_follow() -> None:
    ended = replace(health(), rhythm=Standing.RETIRED)

    assert fault_words(LOST, English()) == "news: is not there (gone)"
    assert what_words(LOST, English()) == "is not there (gone)"
    assert failing_words(replace(health(), failing=LOST), English()) == "news: is not there (gone)"
    assert failing_words(ended, English()) == "wire: was ended by its publisher"
    assert faults_words([LOST] * 5, English()) == (
        "news, news, news, news and 1 more: each is not there",
    )
    assert [text(Page((block,), "")) for block in fault_items([LOST], English())] == [
        "- news: is not there (gone)"
    ]


def test_the_operator_reads_where_it_is_and_how_to_mend_it() -> None:
    told = "is not there; make it, or correct its path in the configuration"
    down, ended = replace(health(), failing=LOST), replace(health(), rhythm=Standing.RETIRED)

    assert what_words(LOST, English(), operator=True) == f"{told} (gone; /srv/ news)"
    assert fault_words(LOST, English(), operator=True) == f"news: {told} (gone; /srv/ news)"
    assert failing_words(down, English(), operator=True) == f"news: {told} (gone; /srv/ news)"
    assert failing_words(ended, English(), operator=True) == (
        "wire: was ended by its publisher; remove it, or find its new address"
    )
    assert faults_words([LOST] * 5, English(), operator=True) == (
        f"news, news, news, news and 1 more: each {told}",
    )
    assert [text(Page((each,), "")) for each in fault_items([LOST], English(), operator=True)] == [
        f"- news: {told} (gone; /srv/ news)"
    ]


@pytest.mark.parametrize("operator", [False, True])
@pytest.mark.parametrize("reason", Reason)
def test_no_reason_tells_a_chat_of_the_configuration(reason: Reason, *, operator: bool) -> None:
    said = reason_words(reason, English(), operator=operator)

    remedies = ("configuration", "your", "check ", "save ", "correct ", "remove ", "look for")
    assert said
    assert operator or not any(remedy in said for remedy in remedies)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    said = fault_words(Fault(name="a\nb.txt", reason=reason, detail="52\nMB"), English())

    assert said.startswith("a b.txt: ")
    assert said.endswith(" (52 MB)")
    assert len(said) > len("a b.txt:  (52 MB)")


def test_a_fault_without_detail_has_no_brackets() -> None:
    said = fault_words(Fault(name="a.txt", reason=Reason.EMPTY), English())

    assert said == "a.txt: is empty; there is nothing to read"


def test_a_source_that_is_ok_says_so() -> None:
    assert failing_words(health(), English()) == "wire: ok"


def faults(reason: Reason, count: int) -> tuple[Fault, ...]:
    return tuple(Fault(name=f"{number}.txt", reason=reason) for number in range(count))


def test_many_faults_of_one_kind_are_one_line_with_some_names_and_a_count() -> None:
    said = faults_words((*faults(Reason.NOT_STORED, 198), *faults(Reason.EMPTY, 2)), English())

    assert said == (
        (
            "0.txt, 1.txt, 2.txt, 3.txt and 194 more: each could not be stored; "
            "I try again at the next reading"
        ),
        "0.txt: is empty; there is nothing to read",
        "1.txt: is empty; there is nothing to read",
    )


def test_faults_of_many_kinds_are_told_in_at_most_eleven_lines_that_count_them_all() -> None:
    kinds = list(Reason)[:3]
    few = [fault for reason in kinds for fault in faults(reason, 4)]

    said = faults_words((*few, *faults(Reason.NOT_STORED, 7)), English())

    assert len(said) == 11
    assert said[-1] == "and 9 more"


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (Reading(source="seeds", articles=2), "Read seeds: 2 articles, no problems."),
        (Reading(source="seeds", articles=2, new=2), "Read seeds: 2 articles, no problems."),
        (Reading(source="seeds"), "Read seeds: 0 articles, no problems."),
        (
            Reading(source="seeds", articles=4, new=1, changed=2, withdrawn=3),
            "Read seeds: 4 articles, 1 new, 2 changed, 3 removed, no problems.",
        ),
        (
            Reading(source="seeds", articles=1, faults=(Fault(name="b.txt", reason=Reason.EMPTY),)),
            "Read seeds: 1 article, 1 problem.\n- b.txt: is empty; there is nothing to read",
        ),
        (
            Reading(source="seeds", failing=Fault(name="seeds/", reason=Reason.ABSENT)),
            (
                "I could not read seeds.\n"
                "- seeds/: is not there; make it, or correct its path in the configuration"
            ),
        ),
        (
            Reading(
                source="seeds",
                articles=4,
                new=2,
                faults=(
                    Fault(name="a.txt", reason=Reason.NOT_STORED),
                    Fault(name="b.txt", reason=Reason.EMPTY),
                ),
                trouble="The disk is full. Free some room.",
            ),
            (
                "Read seeds: 4 articles, 2 new, 1 could not be stored, 1 problem.\n"
                "- a.txt: could not be stored; I try again at the next reading\n"
                "- b.txt: is empty; there is nothing to read\n"
                "_The disk is full. Free some room._"
            ),
        ),
        (
            Reading(source="seeds", trouble="The disk is full. Free some room."),
            "Read seeds: 0 articles, 1 problem.\n_The disk is full. Free some room._",
        ),
    ],
)
def test_a_reading_says_what_it_brought(reading: Reading, said: str) -> None:
    assert text(reading_page(reading, words=English())) == said
