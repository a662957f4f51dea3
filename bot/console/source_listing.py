"""The sources, and what they answer, as rows for people and as records for other programs."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.app.feed import Brought, FeedSetting
from bot.app.source_checks import Checked
from bot.app.source_list import Discovered, Listed
from bot.console.record import Json, fault_record
from bot.core.faults import faults_words, what_words
from bot.core.health import Health, Reason, Standing
from bot.core.reasons import reason_words
from bot.core.values import Extent, Published
from bot.core.wording import English

SOURCE_HEADINGS = ("NAME", "STANDING", "LAST NEWS", "A DAY", "NEXT LOOK", "ADDRESS", "WHY")
CHECK_HEADINGS = ("NAME", "ANSWER", "ITEMS", "NEWEST", "TEXT", "SECONDS", "WHY")
FOUND_HEADINGS = ("ADDRESS", "TITLE", "ITEMS", "NEWEST")

#: So many headlines show what a feed brings.
HEADLINES = 3
_NOTHING = "-"
#: A feed that brings less a day is said to bring less.
_LEAST = 0.01


def source_row(listed: Listed, place: str, *, zone: tzinfo) -> tuple[str, ...]:
    """Return a source as it fares; the place is a folder's, or a feed's address."""
    health = listed.health
    return (
        listed.name,
        _standing(listed, zone),
        _NOTHING if health is None else _last_news(health, zone),
        _daily(health),
        _NOTHING if health is None or health.next is None else _moment(health.next, zone),
        place,
        "" if health is None else _why(health),
    )


def source_record(listed: Listed, place: str) -> Json:
    """Return all there is to know of a source."""
    health, feed = listed.health, listed.feed
    record: Json = {
        "name": listed.name,
        "kind": "folder" if feed is None else "feed",
        "place": place,
        "enabled": feed is None or feed.enabled,
        "declared": feed is None or feed.declared,
        "standing": None if health is None else health.standing.value,
    }
    if feed is not None:
        record |= {
            "publisher": feed.publisher,
            "owner": feed.owner,
            "country": feed.country,
            "language": feed.language,
            "tier": feed.tier,
            "fulltext": feed.fulltext.value,
            "quote": feed.reuse.value,
            "folders": [list(path) for path in feed.folders],
            "category": feed.category,
        }
    if health is not None:
        record |= {
            "since": _record(health.since),
            "brought": _record(health.brought),
            "newest": _published_record(health.newest),
            "daily": health.daily,
            "articles": health.articles,
            "checked": _record(health.checked),
            "next": _record(health.next),
            "tries": health.tries,
            "failing": health.failing and fault_record(health.failing),
            "faults": [fault_record(fault) for fault in health.faults],
        }
    return record


def check_row(checked: Checked, *, zone: tzinfo) -> tuple[str, ...]:
    """Return what a feed answered just now."""
    answer = checked.answer
    items = answer.items if isinstance(answer, Brought) else ()
    return (
        checked.setting.name,
        "fails" if checked.fails else "ok",
        str(len(items)) if answer is not None else _NOTHING,
        _newest([item.published for item in items], zone),
        _extents(Counter(item.extent for item in items)),
        f"{checked.seconds:.1f}",
        _wrong(checked),
    )


def check_record(checked: Checked) -> Json:
    """Return what a feed answered just now."""
    answer = checked.answer
    items = answer.items if isinstance(answer, Brought) else ()
    count = Counter(item.extent for item in items)
    newest = _latest([item.published for item in items])
    return {
        "name": checked.setting.name,
        "address": checked.setting.address,
        "ok": not checked.fails,
        "title": answer.title if isinstance(answer, Brought) else None,
        "moved": None if answer is None else answer.moved,
        "items": len(items),
        "newest": _published_record(newest),
        "extents": {extent.value: count[extent] for extent in Extent},
        "seconds": round(checked.seconds, 3),
        "faults": [fault_record(fault) for fault in checked.faults],
    }


def found_row(found: Discovered, *, zone: tzinfo) -> tuple[str, ...]:
    """Return a feed that was found, and how much is in it."""
    newest = _newest([found.newest], zone)
    return found.address, found.title or _NOTHING, str(found.items), newest


def described(setting: FeedSetting) -> str:
    """Return in a few words how a feed is set up, beyond its name and address."""
    said = [
        f"{term} {value}"
        for term, value in (
            ("publisher", setting.publisher),
            ("owner", setting.owner),
            ("country", setting.country),
            ("language", setting.language),
            ("tier", setting.tier),
            ("fulltext", setting.fulltext.value),
            ("quote", setting.reuse.value),
        )
        if value is not None
    ]
    return ", ".join(said)


def _standing(listed: Listed, zone: tzinfo) -> str:
    health = listed.health
    if listed.feed is not None and not listed.feed.enabled:
        return "disabled"
    if health is None:
        return "not read yet"
    since = "" if health.since is None else f" since {_moment(health.since, zone)}"
    return f"{health.standing.value}{since}"


def _last_news(health: Health, zone: tzinfo) -> str:
    """Return of when the newest article is, or else when something new was brought."""
    if health.newest is None and health.brought is not None:
        return _moment(health.brought, zone)
    return _newest([health.newest], zone)


def _daily(health: Health | None) -> str:
    if health is None or health.daily is None:
        return _NOTHING
    if 0 < health.daily < _LEAST:
        return f"<{_LEAST}"
    return English().decimal(round(health.daily, 1 if health.daily >= 1 else 2))


def _why(health: Health) -> str:
    if health.failing is not None:
        return what_words(health.failing, English(), operator=True)
    if health.standing is Standing.RETIRED:
        return reason_words(Reason.GONE, English(), operator=True)
    lines = faults_words(health.faults, English(), operator=True)
    return lines[0] if len(lines) == 1 else f"{len(health.faults)} faults" if lines else ""


def _wrong(checked: Checked) -> str:
    """Return what is wrong with a feed; what names the feed itself needs no name before it."""
    if checked.fails:
        return "; ".join(what_words(fault, English(), operator=True) for fault in checked.faults)
    return "; ".join(faults_words(checked.faults, English(), operator=True))


def _extents(count: Counter[Extent]) -> str:
    """Return how much of its articles a feed brings: "whole 18, teaser 2"."""
    said = [f"{extent.value} {count[extent]}" for extent in Extent if count[extent]]
    return ", ".join(said) or _NOTHING


def _newest(moments: Sequence[Published | None], zone: tzinfo) -> str:
    newest = _latest(moments)
    if newest is None:
        return _NOTHING
    return f"{newest.day}" if newest.at is None else _moment(newest.at, zone)


def _latest(moments: Sequence[Published | None]) -> Published | None:
    known = [one for one in moments if one is not None]
    return max(known, key=Published.latest, default=None)


def _moment(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _record(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _published_record(published: Published | None) -> str | None:
    return None if published is None else (published.at or published.day).isoformat()
