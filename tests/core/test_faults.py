"""What could not be read is told by name, reason and remedy."""

import pytest

from bot.core.faults import Reading, failing_words, fault_items, fault_words, reading_page
from bot.core.values import Fault, Reason
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.stories import health


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


@pytest.mark.parametrize(("count", "last"), [(10, "9.txt"), (47, "and 37 more")])
def test_a_long_list_of_faults_says_how_many_are_left_out(count: int, last: str) -> None:
    faults = tuple(Fault(name=f"{number}.txt", reason=Reason.EMPTY) for number in range(count))

    items = fault_items(faults, English())

    assert len(items) <= 11
    assert last in str(items[-1])


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
            Reading(source="seeds", trouble="The disk is full. Free some room."),
            "Read seeds: 0 articles, 1 problem.\n_The disk is full. Free some room._",
        ),
    ],
)
def test_a_reading_says_what_it_brought(reading: Reading, said: str) -> None:
    assert text(reading_page(reading, words=English())) == said
