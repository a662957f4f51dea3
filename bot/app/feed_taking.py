"""What a feed brings, taken into the archive: each piece of news once, with its text."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.app.feed import Brought, FeedSetting, Item, Reuse
from bot.app.feed_familiar import Familiar, Glance, Showed, due, glance, whole
from bot.app.feed_findings import Findings, Took, moment
from bot.app.feed_identity import Apart, meet, told_apart
from bot.app.feed_items import FeedItems, Shelf
from bot.app.feed_site import credible
from bot.app.feed_texts import Texts
from bot.app.ports import Clock
from bot.app.revision import Revision
from bot.core.errors import StoreError
from bot.core.health import Fault, Reason


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
        items = credible(setting, brought.items)
        if items is not brought.items:
            brought = replace(brought, items=tuple(items))
        readable = brought.in_order()
        wordless = [item for item in brought.items if not _says_something(setting, item)]
        if wordless:
            readable = [
                one for one in readable if isinstance(one, bytes) or _says_something(setting, one)
            ]
        faults = tuple(Fault(name=each.url or each.key, reason=Reason.NO_TEXT) for each in wordless)
        seen = glance(showed, readable)
        if seen.same and not any(due(known) for _, _, known in seen.items):
            return Took(moments=_moments(seen), faults=faults)
        try:
            findings = await self._findings(setting, seen)
            if seen.rest.items and not findings.is_apart:
                findings = await self._findings(setting, whole(showed, readable))
        except StoreError as error:
            return Took(faults=faults, trouble=str(error))
        took = await self._stored(findings, imported=imported)
        return replace(took, faults=(*faults, *took.faults)) if faults else took

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

    async def _findings(self, setting: FeedSetting, seen: Glance) -> Findings:
        apart = told_apart(seen.items)
        shelf = await self._shelf(setting, apart, seen)
        met, repeated = meet(setting.name, apart, shelf.known, alone=not seen.rest.items)
        return Findings(setting, seen, shelf, met, repeated)

    async def _shelf(self, setting: FeedSetting, apart: Sequence[Apart], seen: Glance) -> Shelf:
        """Return what is known of the items that are not familiar, and what the feed showed."""
        sought = {key for _, keys, known in apart if known is None for key in keys.those()}
        if seen.shown is None:
            return await self.items.known(setting.name, sought)
        if not sought:
            return Shelf(known={}, shown=seen.shown)
        shelf = await self.items.known(setting.name, sought, shown=False)
        return Shelf(known=shelf.known, shown=seen.shown)

    async def _stored(self, findings: Findings, *, imported: bool) -> Took:
        """Store what is new or has changed, with its texts, and remember what the feed shows."""
        setting = findings.setting
        worded = await self.texts.worded(setting, findings.fresh())
        now = self.revision.sighting(self.clock.now())
        found, keys = findings.found(worded), findings.keys(now)
        taken, took = findings.taken(found, keys), findings.took(worded, now)
        if taken.changes:
            self.familiar.forget(setting)
            try:
                count = await self.items.take(setting.name, taken, now=now, imported=imported)
            except StoreError as error:
                lost = (Fault(name=one.article.id, reason=Reason.NOT_STORED) for one in found)
                return Took(faults=tuple(lost), trouble=str(error))
            self.revision.number += bool(found)
            took = replace(took, articles=count)
        self.familiar.keep(setting, findings.seen, findings.known(found, now), keys)
        return took


def _moments(seen: Glance) -> tuple[datetime, ...]:
    known = (moment(item, known.seen) for item, _, known in seen.items if known)
    return (*seen.rest.moments, *known)


def _says_something(setting: FeedSetting, item: Item) -> bool:
    return bool(item.title or (item.text and setting.reuse is not Reuse.HEADLINE))
