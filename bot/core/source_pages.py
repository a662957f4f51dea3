"""Every source and how it fares, the worst first, as a page of at most a screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import assert_never

from bot.core.coverage import covered, standing_words
from bot.core.faults import failing_words, faults_words
from bot.core.health import Health, Standing
from bot.core.moments import moment_words
from bot.core.page import Block, Entry, Heading, Item, Page, Paragraph, Plain, Strong
from bot.core.phrases import listed, one_line, plain
from bot.core.wording import DayForm, Words, fill

#: So many sources are told one by one; of the rest, so many are named.
SHOWN, NAMES = 12, 8
#: Beyond so many sources they are counted first, and each has at most so many lines of faults.
FEW, FAULTS = 5, 2

_WORST_FIRST = tuple(reversed(Standing))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """How a page is to be read."""

    words: Words
    now: datetime
    zone: tzinfo
    #: Whether who runs the bot reads it, who can mend what is wrong.
    operator: bool

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def moment(self, moment: datetime) -> str:
        return moment_words(moment, today=self.today, words=self.words, zone=self.zone)


def sources_page(  # noqa: PLR0913 - what is shown, in which words, when and to whom
    healths: Sequence[Health],
    *,
    unread: Sequence[str] = (),
    words: Words,
    now: datetime,
    zone: tzinfo,
    operator: bool = False,
) -> Page:
    """Return every source with its health and its faults; the unread were never checked yet.

    How to mend a fault, and where on the machine it is, only the operator is told.
    """
    title = fill(words.gettext("Sources"))
    if not healths and not unread:
        said = fill(words.gettext("There is none."))
        if operator:
            said += fill(
                words.gettext(" Name a folder or a feed under [[sources]] in the configuration.")
            )
        return Page((Heading(title), Paragraph(said)), plain(said))
    sight = _Sight(words=words, now=now, zone=zone, operator=operator)
    few = len(healths) + len(unread) <= FEW
    ordered = sorted(healths, key=lambda health: _WORST_FIRST.index(health.standing))
    blocks: list[Block] = [Heading(title)]
    if not few:
        blocks.append(Paragraph((Plain(_counts(healths, unread, sight)),)))
    for health in ordered[:SHOWN]:
        blocks += _source(health, sight, most=None if few else FAULTS)
    blocks += _rest(ordered[SHOWN:], words)
    left = max(0, SHOWN - len(ordered))
    not_read = words.gettext("not read yet")
    blocks += [_entry(one_line(name), not_read) for name in unread[:left]]
    if further := unread[left:]:
        blocks.append(_more(further, not_read, words))
    return Page(tuple(blocks), plain(title))


def daily_words(daily: float, words: Words) -> str:
    """Return how many items a source brings, by the day, the week or the month."""
    if daily >= 1:
        count = round(daily)
        message = words.ngettext("{count} item a day", "{count} items a day", count)
    elif daily * 7 >= 1:
        count = round(daily * 7)
        message = words.ngettext("{count} item a week", "{count} items a week", count)
    else:
        count = max(1, round(daily * 30))
        message = words.ngettext("{count} item a month", "{count} items a month", count)
    return message.format(count=words.number(count))


def _counts(healths: Sequence[Health], unread: Sequence[str], sight: _Sight) -> str:
    words = sight.words
    count = len(healths) + len(unread)
    message = words.ngettext("{count} source: {counts}", "{count} sources: {counts}", count)
    coverage = covered(healths, zone=sight.zone, read=0, duplicates=0, shown=0)
    counts = [standing_words(coverage, words)]
    if unread:
        many = words.gettext("{count} not read yet")
        counts.append(many.format(count=words.number(len(unread))))
    said = words.pgettext("list", ", ").join(counts)
    return message.format(count=words.number(count), counts=said)


def _rest(healths: Sequence[Health], words: Words) -> Iterator[Block]:
    """Yield the sources that are only named, by how they stand."""
    for standing in _WORST_FIRST:
        names = [health.source for health in healths if health.standing is standing]
        if names:
            yield _more(names, _standing(standing, words), words)


def _more(names: Sequence[str], said: str, words: Words) -> Entry:
    count = words.ngettext("{count} more", "{count} more", len(names))
    named = listed([one_line(name) for name in names], words, most=NAMES)
    # Translators: how some sources stand, and their names: "ok: TASS, UN News".
    message = words.gettext("{standing}: {names}").format(standing=said, names=named)
    return _entry(count.format(count=words.number(len(names))), message)


def _source(health: Health, sight: _Sight, *, most: int | None) -> Iterator[Block]:
    """Yield a source with at most so many lines of what is wrong with it."""
    stands, *rest = _watched(health, sight) if health.is_watched else _asked(health, sight)
    spans = (Plain(stands), *(Plain(f" · {part}") for part in rest))
    yield Entry((Strong(one_line(health.source)),), spans)
    words = sight.words
    lines = list(faults_words(health.faults, words, operator=sight.operator))
    if health.standing in {Standing.FAILING, Standing.RETIRED}:
        lines.insert(0, failing_words(health, words, operator=sight.operator))
    for line in lines[:most]:
        yield Item((Plain(line),))
    if lines[len(lines[:most]) :]:
        yield Item((Plain(words.gettext("and more")),))


def _watched(health: Health, sight: _Sight) -> Iterator[str]:
    """Yield how a folder fares."""
    words = sight.words
    count = words.ngettext("{count} article", "{count} articles", health.articles)
    yield _standing(health.standing, words)
    yield count.format(count=words.number(health.articles))
    yield from _newest(health, words)
    checked = health.checked.astimezone(sight.zone)
    moment = words.time(checked.time())
    if checked.date() != sight.today:
        day = words.day(checked.date(), DayForm.LONG)
        # Translators: a day, then the time of that day.
        moment = words.gettext("{day}, {time}").format(day=day, time=moment)
    yield words.gettext("checked {moment}").format(moment=moment)


def _asked(health: Health, sight: _Sight) -> Iterator[str]:
    """Yield how a feed fares."""
    words = sight.words
    standing = _standing(health.standing, words)
    if health.since is None:
        yield standing
    else:
        # Translators: how a source stands, and since when: "failing since 08:00".
        since = words.gettext("{standing} since {moment}")
        yield since.format(standing=standing, moment=sight.moment(health.since))
    if health.tries > 1:
        tries = words.ngettext("{count} try", "{count} tries", health.tries)
        yield tries.format(count=words.number(health.tries))
    yield from _last_news(health, sight)
    if health.daily:
        yield daily_words(health.daily, words)
    if health.next is not None:
        yield words.gettext("next look {moment}").format(moment=sight.moment(health.next))


def _last_news(health: Health, sight: _Sight) -> Iterator[str]:
    """Yield of when the newest article of a feed is, or else when it last brought something."""
    at = health.brought if health.newest is None else health.newest.at
    if at is not None:
        yield sight.words.gettext("last news {moment}").format(moment=sight.moment(at))
    else:
        yield from _newest(health, sight.words)


def _newest(health: Health, words: Words) -> Iterator[str]:
    if health.newest is not None:
        day = words.day(health.newest.day, DayForm.LONG)
        yield words.gettext("newest {day}").format(day=day)


def _standing(standing: Standing, words: Words) -> str:
    match standing:
        case Standing.OK:
            return words.gettext("ok")
        case Standing.QUIET:
            return words.gettext("quiet")
        case Standing.STALE:
            return words.gettext("stale")
        case Standing.FAILING:
            return words.gettext("failing")
        case Standing.RETIRED:
            return words.gettext("ended by its publisher")
        case _:
            assert_never(standing)


def _entry(term: str, said: str) -> Entry:
    return Entry((Strong(term),), (Plain(said),))
