"""What holds of an article that a feed brings once more: its publication is never moved later."""

from dataclasses import replace

from bot.core.values import Article, Extent, Published, Stored

_MORE = (Extent.HEADLINE, Extent.TEASER, Extent.WHOLE)


def settled(brought: Article, stored: Stored, *, own: bool = True) -> Article | None:
    """Return the article as it is to be stored now; None where it stays as it is stored.

    It stays so where another source has brought no less of it, or the one that brings it now
    stands not at the article's ``own`` site: anybody can put words under anybody's link. Its
    publication is the earlier of the two, so that a changed date never makes it news again.
    """
    before = stored.article
    less = _MORE.index(brought.extent) <= _MORE.index(before.extent)
    if before.source != brought.source and (less or not own):
        return None
    return replace(brought, published=_published(brought.published, stored))


def _published(brought: Published | None, stored: Stored) -> Published | None:
    before = stored.article.published
    if before is None:
        # It had no date when it was first seen: one after that would make it younger.
        late = brought is not None and brought.day > stored.seen.date()
        return None if late else brought
    if brought is None:
        return before
    return min(before, brought, key=Published.latest)
