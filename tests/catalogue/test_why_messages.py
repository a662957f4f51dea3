"""Every word that tells what became of an article goes through the catalogues."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta

from bot.core.health import Fault, Reason
from bot.core.page import Page
from bot.core.rank import Terms
from bot.core.values import Article, Published, Stored
from bot.core.why import Stage, Verdict
from bot.core.why_page import Verdicts, why_page
from tests.fakes.press import NOW
from tests.fakes.strange import WORDS, untyped

ARTICLE = Article(id="я", source="я", text="я", published=Published(day=NOW.date()))
VERDICT = Verdict(
    stored=Stored(article=ARTICLE, seen=NOW, imported=False),
    headline="я",
    stage=Stage.SHOWN,
    made=NOW,
    terms=Terms(publishers=0.7, recency=0.5, tier=0.1),
    topics=("я", "ю"),
    max_age=timedelta(days=3),
)
FOUND = Verdicts(asked="я", verdicts=(), found=0, searched=2, since=NOW.date())


def _pages() -> Iterator[Page]:
    undated = replace(VERDICT.stored, article=replace(ARTICLE, published=None))
    for stage in Stage:
        for place in (None, 2):
            verdicts = (
                replace(VERDICT, stage=stage, place=place),
                replace(VERDICT, stage=stage, stored=undated, headline="", made=None),
            )
            yield _page(replace(FOUND, verdicts=verdicts, found=4))
    for searched in (1, 2):
        yield _page(replace(FOUND, searched=searched))
    for asked in ("я", "https://я"):
        yield _page(replace(FOUND, asked=asked))
        yield _page(replace(FOUND, asked=asked, since=None))
    yield _page(replace(FOUND, faults=(Fault(name="я", reason=Reason.EMPTY),)))


def _page(verdicts: Verdicts) -> Page:
    return why_page(verdicts, words=WORDS, zone=UTC)


def test_no_word_of_it_is_left_in_english() -> None:
    texts = [text for page in _pages() for text in untyped(page)]
    latin = [text for text in texts if re.search("[A-Za-z]", text.replace("https://", ""))]

    assert latin == []
