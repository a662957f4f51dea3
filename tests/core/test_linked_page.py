"""The brief of a page says whence it is; one that was not read says why."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core.brief import brief
from bot.core.health import Fault, Reason
from bot.core.linked_page import busy_page, linked_page, unread_page
from bot.core.page import Link, Note
from bot.core.values import Article, Extent, Published
from bot.core.wording import English
from tests.fakes.pages import text
from tests.fakes.strange import WORDS as STRANGE
from tests.fakes.strange import untyped

WORDS = English()
READ = datetime(2025, 9, 2, 8, 5, tzinfo=UTC)
ARTICLE = Article(
    id="https://example.org/harbour",
    source="example.org",
    url="https://www.example.org/harbour",
    title="Port Ember opens",
    text=(
        "The harbour of Port Ember opened on Monday, said Mayor Anna Lind. It cost $5 million. "
        '"We are proud of every stone," Mayor Anna Lind said. '
        "A second pier will be opened on 3 May 2026."
    ),
    published=Published(day=date(2025, 9, 1)),
    place="Port Ember",
    publisher="Ember Times",
)


def page_of(article: Article, *, stored: bool = False) -> str:
    made = brief(article, lines=7, whole=True)
    return text(linked_page(made, read=READ, stored=stored, words=WORDS, zone=UTC))


def test_a_page_is_told_with_its_facts_and_where_it_stands() -> None:
    first, origin, *lines = page_of(ARTICLE).split("\n")

    assert first == "# Port Ember opens"
    assert origin == "Ember Times · Port Ember · 1 September 2025"
    assert any("$5 million" in line for line in lines)
    assert any("We are proud of every stone" in line for line in lines)
    assert any("3 May 2026" in line for line in lines)
    assert lines[-1] == "_Read at 08:05: example.org. It is not kept in the archive._"


def test_the_link_leads_to_the_page() -> None:
    made = linked_page(brief(ARTICLE), read=READ, stored=False, words=WORDS, zone=UTC)
    notes = [block for block in made.blocks if isinstance(block, Note)]

    assert Link("example.org", "https://www.example.org/harbour") in notes[-1].spans


def test_an_article_without_a_publisher_is_its_source_s() -> None:
    said = page_of(replace(ARTICLE, source="Herald", publisher=None), stored=True)

    assert said.split("\n")[1] == "Herald · Port Ember · 1 September 2025"


def test_of_a_headline_alone_it_is_said_so() -> None:
    said = page_of(replace(ARTICLE, text="", extent=Extent.HEADLINE))

    assert "Only the headline is kept here: the link leads to the article." in said
    assert "open to all" not in said


def test_an_article_of_the_archive_is_called_so() -> None:
    assert page_of(ARTICLE, stored=True).endswith(
        "_The article: example.org. It is in the archive._"
    )


def test_a_broken_link_is_shown_as_it_is() -> None:
    assert "Read at 08:05: http://[x. It" in page_of(replace(ARTICLE, url="http://[x"))


def test_little_is_said_of_little() -> None:
    bare = replace(
        ARTICLE, text="Port Ember opens", published=None, place=None, publisher=None, url=None
    )
    said = page_of(replace(bare, extent=Extent.TEASER))

    assert said.split("\n")[1:] == [
        "example.org · no date",
        "_Only a part of that page is open to all._",
        "The article says no more than this.",
        "_Read at 08:05: example.org. It is not kept in the archive._",
    ]


def test_a_page_that_was_not_read_to_its_end_is_called_so() -> None:
    long = replace(ARTICLE, text="Rain fell. " * 9000, extent=Extent.TEASER)

    assert "_That page is very long: I have read its beginning only._" in page_of(long)


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_is_a_sentence_for_who_asked(reason: Reason) -> None:
    page = unread_page(Fault(name="https://example.org/", reason=reason), words=WORDS)

    assert text(page) == page.summary
    assert page.summary[0].isupper()
    assert page.summary[-1] in ".?"


def test_what_the_machine_says_stands_in_brackets() -> None:
    fault = Fault(name="x", reason=Reason.NO_ANSWER, detail="30\nseconds")

    assert text(unread_page(fault, words=WORDS)) == (
        "That site gives no answer in time (30 seconds). Try again later."
    )


@pytest.mark.parametrize("reason", Reason)
def test_brackets_stand_within_the_sentence_that_they_belong_to(reason: Reason) -> None:
    said = text(unread_page(Fault(name="x", reason=reason, detail="{why} 30%"), words=WORDS))

    assert re.search(r"\w \(\{why\} 30%\)[.,:]", said), said


def test_no_word_of_it_is_left_in_english() -> None:
    article = replace(ARTICLE, title="я", text="я", publisher="я", place="я", url="http://я/")
    pages = [
        *(unread_page(Fault(name="я", reason=reason), words=STRANGE) for reason in Reason),
        unread_page(Fault(name="я", reason=Reason.EMPTY, detail="я"), words=STRANGE),
        busy_page(words=STRANGE),
    ]
    for extent in Extent:
        for stored in (True, False):
            for day in (article.published, None):
                made = brief(replace(article, extent=extent, published=day))
                pages.append(linked_page(made, read=READ, stored=stored, words=STRANGE, zone=UTC))

    latin = [said for page in pages for said in untyped(page) if set("abcdefghi") & set(said)]

    assert latin == []
