"""What a look at a feed has found: what of it is to be stored, and what there is to say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from bot.app.feed import FeedSetting, Item
from bot.app.feed_familiar import Glance, due
from bot.app.feed_identity import Met
from bot.app.feed_items import Known, Shelf, Taken
from bot.app.feed_site import own_articles
from bot.app.feed_texts import Page, Worded
from bot.app.ports import Found
from bot.core.health import Fault
from bot.core.newest import newest_of
from bot.core.values import Article, Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What was taken of a feed."""

    new: int = 0
    changed: int = 0
    #: How many articles of the feed are stored; None where nothing was stored now.
    articles: int | None = None
    newest: Published | None = None
    #: For each item of the feed its publication, or its first sighting where only a day is known.
    moments: tuple[datetime, ...] = ()
    faults: tuple[Fault, ...] = ()
    #: Whether pages are left to be read at the next look.
    unfinished: bool = False
    #: Whether pages could not be read that are tried once more.
    failed: bool = False
    #: What the archive said when it failed; nothing was taken then.
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look at a feed showed, beside what was known before."""

    setting: FeedSetting
    seen: Glance
    shelf: Shelf
    #: Each piece of news once, without the rest of what was seen.
    met: Sequence[Met]
    #: The keys of items that only repeat another here, with the article of that.
    repeated: Mapping[bytes, str]

    @property
    def is_apart(self) -> bool:
        """Say whether no item has to do with another one, or with the rest."""
        return not (self.repeated or self.seen.rest.has({each.article for each in self.met}))

    def fresh(self) -> list[tuple[Met, Page]]:
        """Return what is new, has changed or is unfinished, and what became of their pages."""
        every = ((each, _page(self.setting, each)) for each in self.met)
        return [(each, page) for each, page in every if page is not None]

    def found(self, worded: Sequence[Worded]) -> list[Found]:
        """Return the articles to be stored: without those whose page was tried in vain again."""
        found = []
        for each in worded:
            version = f"{_mark(self.setting, each.met)}{each.page.value}"
            known = each.met.known
            if known is None or known.version != version:
                article = _article(self.setting, each)
                found.append(Found(article=article, version=version))
        return found

    def took(self, worded: Sequence[Worded], now: datetime) -> Took:
        """Return what there is to say of it."""
        newest = None
        for each in worded:
            newest = newest_of(newest, each.item.published, now=now)
        return Took(
            new=sum(each.met.known is None for each in worded),
            changed=sum(_is_changed(self.setting, each) for each in worded),
            newest=newest,
            moments=(
                *self.seen.rest.moments,
                *(moment(each.item, each.known.seen if each.known else now) for each in self.met),
            ),
            unfinished=any(each.page is Page.WAITING for each in worded),
            failed=any(each.page is Page.FAILED for each in worded),
        )

    def keys(self, now: datetime) -> Mapping[bytes, tuple[str, datetime]]:
        """Return all keys that are shown, with their articles and when these were first seen.

        Those of the rest are left out.
        """
        keys = {key: (article, now) for key, article in self.repeated.items()}
        for each in self.met:
            seen = now if each.known is None else each.known.seen
            keys |= dict.fromkeys(each.keys.those(), (each.article, seen))
        return keys

    def taken(self, found: Sequence[Found], keys: Mapping[bytes, tuple[str, datetime]]) -> Taken:
        """Return what is to be stored: articles, keys that are new, and which are shown."""
        known, shown = self.shelf.known, self.shelf.shown
        return Taken(
            found=found,
            own=own_articles(self.setting, [one.article for one in found]),
            keys={k: what for k, what in keys.items() if k not in known and k not in shown},
            back=[key for key in keys if key in known and key not in shown],
            gone=[key for key in shown - self.seen.rest.keys if key not in keys],
        )

    def known(self, found: Sequence[Found], now: datetime) -> dict[int, Known]:
        """Return what is known from now on of each item, by its place."""
        versions = {one.article.id: one.version for one in found}
        by_item = {id(each.item): each for each in self.met}
        known = {}
        for place, (item, _, _) in enumerate(self.seen.items):
            if (each := by_item.get(id(item))) is not None:
                before = each.known
                since, version = (before.seen, before.version) if before else (now, None)
                version = versions.get(each.article, version)
                known[place] = Known(article=each.article, seen=since, version=version)
        return known


def moment(item: Item, seen: datetime) -> datetime:
    """Return when an item was published to the minute, else when it was first seen."""
    published = item.published
    return seen if published is None or published.at is None else published.at


def _page(setting: FeedSetting, met: Met) -> Page | None:
    """Return what became of the page of an item that is new, has changed or is unfinished.

    None for one that is as it was, and for one that the archive has let go of.
    """
    if met.known is None:
        return Page.WAITING
    if met.known.version is None:
        return None
    if not met.familiar and met.known.version[:-1] != _mark(setting, met):
        return Page.WAITING
    return due(met.known)


def _is_changed(setting: FeedSetting, worded: Worded) -> bool:
    known = worded.met.known
    if known is None or known.version is None:
        return False
    mark = _mark(setting, worded.met)
    return known.version[:-1] != mark or worded.page is Page.SETTLED


def _mark(setting: FeedSetting, met: Met) -> str:
    """Return what tells whether an item has changed: its words, not its date."""
    item = met.item
    said = "\0".join(
        (
            item.title or "",
            item.text,
            item.extent.value,
            met.keys.address,
            item.language or setting.language,
            item.publisher or setting.publisher or "",
            setting.fulltext.value,
            setting.reuse.value,
        )
    )
    return blake2b(said.encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _article(setting: FeedSetting, worded: Worded) -> Article:
    item = worded.item
    return Article(
        id=worded.met.article,
        source=setting.name,
        text=item.text,
        title=item.title,
        url=item.url,
        language=item.language or setting.language,
        published=item.published,
        publisher=item.publisher or setting.publisher,
        extent=item.extent,
    )
