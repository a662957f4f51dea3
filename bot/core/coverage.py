"""What a digest was made from: how many sources are well, and how many are silent or not read."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from bot.core.faults import missing_note
from bot.core.health import Health, Standing
from bot.core.page import Block, Paragraph
from bot.core.phrases import listed
from bot.core.values import Coverage
from bot.core.wording import DayForm, Words, fill

_WELL = (Standing.OK, Standing.QUIET)


def covered(
    healths: Sequence[Health], *, zone: tzinfo, read: int, duplicates: int, shown: int
) -> Coverage:
    """Return what a digest was made from; a source that is quiet within its rhythm is well.

    Since when the only stale one is silent is said by its day in the zone.
    """
    stale = [health for health in healths if health.standing is Standing.STALE]
    since = stale[0].since if len(stale) == 1 else None
    return Coverage(
        ok=sum(health.standing in _WELL for health in healths),
        stale=len(stale),
        failing=sum(health.standing is Standing.FAILING for health in healths),
        retired=sum(health.standing is Standing.RETIRED for health in healths),
        since=None if since is None else since.astimezone(zone).date(),
        read=read,
        duplicates=duplicates,
        shown=shown,
    )


def unread(healths: Sequence[Health]) -> list[Health]:
    """Return the sources that could not be read, those that their publishers ended among them."""
    return [each for each in healths if each.standing in {Standing.FAILING, Standing.RETIRED}]


def is_down(coverage: Coverage) -> bool:
    """Say whether no source could be read, so that having no news means nothing."""
    return coverage.failing + coverage.retired > 0 and coverage.ok + coverage.stale == 0


def is_thin(coverage: Coverage) -> bool:
    """Say whether more than half of the sources that are still there are silent."""
    return coverage.failing + coverage.stale > coverage.ok


def thin_note(healths: Sequence[Health], words: Words) -> tuple[Block, ...]:
    """Return the warning that news may be missing: which sources failed or are silent too long."""
    silent = {Standing.FAILING, Standing.STALE}
    names = [health.source for health in healths if health.standing in silent]
    if not any(health.standing is Standing.STALE for health in healths):
        return missing_note(healths, words)
    message = words.ngettext(
        "{silent} of {count} source brings no news ({names}): news may be missing.",
        "{silent} of {count} sources bring no news ({names}): news may be missing.",
        len(healths),
    )
    counts = {"silent": words.number(len(names)), "count": words.number(len(healths))}
    return (Paragraph(fill(message, names=listed(names, words), **counts)),)


def coverage_words(coverage: Coverage, kept_out: int, words: Words, *, today: date) -> str:
    """Return what a digest was made from, and how many articles could not be stored."""
    sources = words.pgettext("list", ", ").join(_standings(coverage, words, today))
    counts = words.gettext("Read {read}, duplicates {duplicates}, shown {shown}.")
    lost = words.ngettext("{count} could not be stored.", "{count} could not be stored.", kept_out)
    own = words.gettext("Lines are the sources' own words, shortened only.")
    said = (
        # Translators: how many sources are well, and how many are not: "12 ok, 1 failing".
        words.gettext("Sources: {counts}.").format(counts=sources),
        counts.format(
            read=words.number(coverage.read),
            duplicates=words.number(coverage.duplicates),
            shown=words.number(coverage.shown),
        ),
        *([lost.format(count=words.number(kept_out))] if kept_out else []),
        *([own] if coverage.shown else []),
    )
    return " ".join(said)


def standing_words(coverage: Coverage, words: Words) -> str:
    """Return how many sources stand how: "12 ok, 1 stale, 1 failing"."""
    return words.pgettext("list", ", ").join(_standings(coverage, words, None))


def _standings(coverage: Coverage, words: Words, today: date | None) -> Iterator[str]:
    # Translators: these count sources, side by side.
    yield words.gettext("{count} ok").format(count=words.number(coverage.ok))
    if coverage.stale and coverage.since is not None and today is not None:
        form = DayForm.BRIEF if coverage.since.year == today.year else DayForm.BRIEF_YEAR
        message = words.gettext("{count} stale since {day}")
        day = words.day(coverage.since, form)
        yield message.format(count=words.number(coverage.stale), day=day)
    elif coverage.stale:
        yield words.gettext("{count} stale").format(count=words.number(coverage.stale))
    if coverage.failing:
        yield words.gettext("{count} failing").format(count=words.number(coverage.failing))
    if coverage.retired:
        message = words.gettext("{count} ended by the publisher")
        yield message.format(count=words.number(coverage.retired))
