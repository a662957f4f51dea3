"""An article that is brought again is never younger than it was."""

from datetime import UTC, date, datetime

import pytest

from bot.core.newest import newest_of
from bot.core.sighting import settled
from bot.core.values import Article, Extent, Published, Stored

SEEN = datetime(2025, 9, 2, 8, tzinfo=UTC)
FIRST, SECOND = Published(day=date(2025, 9, 1)), Published(day=date(2025, 9, 3))


def article(
    source: str = "Wire", extent: Extent = Extent.WHOLE, published: Published | None = None
) -> Article:
    return Article(id="a", source=source, text="It rained.", extent=extent, published=published)


def stored(of: Article) -> Stored:
    return Stored(article=of, seen=SEEN, imported=False)


@pytest.mark.parametrize(
    ("before", "brought", "after"),
    [
        (FIRST, SECOND, FIRST),
        (SECOND, FIRST, FIRST),
        (FIRST, None, FIRST),
        (None, FIRST, FIRST),
        (None, SECOND, None),
        (None, None, None),
    ],
)
def test_a_publication_is_never_moved_later(
    before: Published | None, brought: Published | None, after: Published | None
) -> None:
    found = settled(article(published=brought), stored(article(published=before)))

    assert found is not None
    assert found.published == after


@pytest.mark.parametrize(
    ("before", "brought", "own", "replaces"),
    [
        (Extent.WHOLE, Extent.WHOLE, True, False),
        (Extent.WHOLE, Extent.TEASER, True, False),
        (Extent.TEASER, Extent.WHOLE, True, True),
        (Extent.HEADLINE, Extent.TEASER, True, True),
        (Extent.TEASER, Extent.WHOLE, False, False),
    ],
)
def test_another_source_replaces_only_less_and_only_at_its_own_site(
    before: Extent, brought: Extent, *, own: bool, replaces: bool
) -> None:
    found = settled(article("Post", brought), stored(article("Wire", before)), own=own)

    assert (found is not None) == replaces


def test_its_own_source_always_replaces() -> None:
    brought = article(extent=Extent.HEADLINE)

    assert settled(brought, stored(article())) == brought


def test_the_newest_is_the_later_one_that_is_not_to_come() -> None:
    assert newest_of(FIRST, None, now=SEEN) == FIRST
    assert newest_of(FIRST, SECOND, now=SEEN) == FIRST
    assert newest_of(None, None, now=SEEN) is None
