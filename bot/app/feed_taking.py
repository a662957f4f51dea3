"""What a feed brings, taken into the archive: each piece of news once, with its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from bot.app.feed import Brought, FeedSetting, Item, Reuse
from bot.app.feed_familiar import Familiar, Glance, Showed, due, glance
from bot.app.feed_identity import Apart, Met, meet, told_apart
from bot.app.feed_items import FeedItems, Known, Shelf, Taken
from bot.app.feed_site import credible, own_articles
from bot.app.feed_texts import Page, Texts, Worded
from bot.app.ports import Clock, Found
from bot.app.revision import Revision
from bot.core.errors import StoreError
from bot.core.health import Fault, Reason
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTaking:
    """Takes in what feeds bring."""

    items: FeedItems
    texts: Texts
    clock: Clock
    revision: Revision
    familiar: Familiar = field(default_factory=Familiar)

    async def take(
        self, setting: FeedSetting, brought: Brought, showed: Showed, *, imported: bool
    ) -> Took:
        """Store what is new or has changed, all of it together; never raises.

        ``showed`` is what was familiar of the feed when it was asked.
        """
        brought = replace(brought, items=tuple(credible(setting, brought.items)))
        readable = [
            one
            for one in brought.in_order()
            if isinstance(one, bytes) or _says_something(setting, one)
        ]
        wordless = [item for item in brought.items if not _says_something(setting, item)]
        faults = tuple(Fault(name=each.url or each.key, reason=Reason.NO_TEXT) for each in wordless)
        seen = glance(showed, readable)
        if seen.same and not any(due(known) for _, _, known in seen.items):
            return Took(moments=_moments(seen), faults=faults)
        apart = told_apart(seen.items)
        try:
            shelf = await self._shelf(setting, apart, seen)
        except StoreError as error:
            return Took(faults=faults, trouble=str(error))
        met, repeated = meet(setting.name, apart, shelf.known)
        fresh = [(each, page) for each in met if (page := _page(setting, each)) is not None]
        worded = await self.texts.worded(setting, fresh)
        taking = _Taking(setting, shelf, met, self.revision.sighting(self.clock.now()))
        found, keys = taking.found(worded), taking.keys(repeated)
        taken, took = taking.taken(found, keys), taking.took(worded)
        if taken.changes:
            self.familiar.forget(setting)
            try:
                now = self.revision.sighting(self.clock.now())
                count = await self.items.take(setting.name, taken, now=now, imported=imported)
            except StoreError as error:
                lost = (Fault(name=one.article.id, reason=Reason.NOT_STORED) for one in found)
                return Took(faults=(*faults, *lost), trouble=str(error))
            self.revision.number += bool(found)
            took = replace(took, articles=count)
        self.familiar.keep(setting, seen, taking.known(seen, found), keys)
        return replace(took, faults=faults)

    async def capped(self, setting: FeedSetting) -> str:
        """Let go of the texts that may be kept no more; return what the archive said if it failed.

        What the feed shows no more is among them: no look at it would find that.
        """
        if setting.reuse is not Reuse.HEADLINE:
            return ""
        try:
            self.revision.number += bool(await self.items.strip(setting.name))
        except StoreError as error:
            return str(error)
        return ""

    async def began(self, setting: FeedSetting) -> bool:
        """Say whether items of the feed are known, whatever is remembered of it."""
        try:
            return bool((await self.items.known(setting.name, ())).shown)
        except StoreError:
            # Nothing will be taken in then.
            return False

    async def _shelf(self, setting: FeedSetting, apart: Sequence[Apart], seen: Glance) -> Shelf:
        """Return what is known of the items that are not familiar, and what the feed showed."""
        sought = {key for _, keys, known in apart if known is None for key in keys.those()}
        if seen.shown is None:
            return await self.items.known(setting.name, sought)
        if not sought:
            return Shelf(known={}, shown=seen.shown)
        shelf = await self.items.known(setting.name, sought, shown=False)
        return replace(shelf, shown=seen.shown)


@dataclass(frozen=True, slots=True)
class _Taking:
    """What a look at a feed showed, beside what was known before."""

    setting: FeedSetting
    shelf: Shelf
    met: Sequence[Met]
    now: datetime

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

    def took(self, worded: Sequence[Worded]) -> Took:
        """Return what there is to say of it."""
        newest = None
        for each in worded:
            newest = newest_of(newest, each.item.published, now=self.now)
        return Took(
            new=sum(each.met.known is None for each in worded),
            changed=sum(_is_changed(self.setting, each) for each in worded),
            newest=newest,
            moments=tuple(
                _moment(each.item, each.known.seen if each.known else self.now) for each in self.met
            ),
            unfinished=any(each.page is Page.WAITING for each in worded),
            failed=any(each.page is Page.FAILED for each in worded),
        )

    def keys(self, repeated: Mapping[bytes, str]) -> Mapping[bytes, tuple[str, datetime]]:
        """Return all keys that are shown, with their articles and when these were first seen."""
        keys = {key: (article, self.now) for key, article in repeated.items()}
        for each in self.met:
            seen = self.now if each.known is None else each.known.seen
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
            gone=[key for key in shown if key not in keys],
        )

    def known(self, seen: Glance, found: Sequence[Found]) -> dict[int, Known]:
        """Return what is known from now on of each item, by its place."""
        versions = {one.article.id: one.version for one in found}
        by_item = {id(each.item): each for each in self.met}
        known = {}
        for place, (item, _, _) in enumerate(seen.items):
            if (each := by_item.get(id(item))) is not None:
                before = each.known
                since, version = (before.seen, before.version) if before else (self.now, None)
                version = versions.get(each.article, version)
                known[place] = Known(article=each.article, seen=since, version=version)
        return known


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


def _moment(item: Item, seen: datetime) -> datetime:
    """Return when an item was published to the minute, else when it was first seen."""
    published = item.published
    return seen if published is None or published.at is None else published.at


def _moments(seen: Glance) -> tuple[datetime, ...]:
    return tuple(_moment(item, known.seen) for item, _, known in seen.items if known)


def _says_something(setting: FeedSetting, item: Item) -> bool:
    return bool(item.title or (item.text and setting.reuse is not Reuse.HEADLINE))
