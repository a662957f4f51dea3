"""The feeds looked at as they fared last: none is asked, for that takes long."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.app.source_list import Listed
from bot.config.feed_settings import feed_settings
from bot.config.load import Config
from bot.console.checks import Check
from bot.core.coverage import covered, standing_words, unread
from bot.core.errors import StoreError
from bot.core.faults import failing_words
from bot.core.wording import English
from bot.store.inspection import inspect
from bot.wiring.parts import ARCHIVE
from bot.wiring.sources import listing

#: So many that fail are named; `briefbot sources list` has them all.
_NAMED = 5


async def feeds(config: Config) -> Sequence[Check]:
    """Count the feeds by how they stood when they were last read; none where there is no feed."""
    listed = [one for one in await _listed(config) if one.feed is not None]
    if not listed:
        return ()
    read = [one.health for one in listed if one.feed and one.feed.enabled and one.health]
    new = sum(one.feed is not None and one.feed.enabled and one.health is None for one in listed)
    off = sum(one.feed is not None and not one.feed.enabled for one in listed)
    zone = ZoneInfo(config.digest.zone)
    counts = [standing_words(covered(read, zone=zone, read=0, duplicates=0, shown=0), English())]
    counts += [f"{count} {what}" for count, what in ((new, "not read yet"), (off, "off")) if count]
    failing = unread(read)
    broken = [f"{failing_words(health, English(), operator=True)}." for health in failing[:_NAMED]]
    if rest := len(failing[_NAMED:]):
        broken.append(f"and {rest} more: briefbot sources list")
    many = f"{len(listed)} {'feed' if len(listed) == 1 else 'feeds'}"
    found = f"{many}: {', '.join(counts)}. To ask them now: briefbot sources check"
    return (Check(part="feeds", found=found, broken=tuple(broken)), *_proxies(config))


async def _listed(config: Config) -> Sequence[Listed]:
    """Return the sources with their healths; an archive that is older or broken is left alone."""
    declared = [Listed(name=one.name, health=None, feed=one) for one in feed_settings(config)]
    try:
        found = await inspect(config.data_dir / ARCHIVE)
        if not found.exists or found.schema is None or found.older:
            return declared
        # Nobody is asked, and so nobody is told the version.
        async with listing(config, version="") as sources:
            return await sources.list.all()
    except StoreError:
        # The archive's own line says so.
        return declared


def _proxies(config: Config) -> Sequence[Check]:
    """Say that a proxy is set and not used; nothing where none is."""
    from bot.sources.proxy import proxy_note  # noqa: PLC0415 - only where there are feeds

    note = proxy_note(config.environment.proxies)
    return () if note is None else (Check(part="proxy", found=note),)
