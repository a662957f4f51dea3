"""Prepares what a slot posts: the digest of one chat, made once for all that get the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from bot.app.digest import HOURS
from bot.app.issue import Copy, Issue, Sheet, Wanted
from bot.app.look import SETTLING, Look
from bot.app.outbox import Channel, Closed, Filled, Job
from bot.app.ports import Edition
from bot.app.press import Press
from bot.app.slots import Lives, Stretch
from bot.core.delivery import Series, State
from bot.core.late import Gap, Lateness, explaining, marked_late, reason
from bot.core.subscription import QuietPolicy, Subscription

#: How long before something was due a stretch of running may have ended to explain why it is late.
STRETCHES = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareDigest:
    """Prepares digests; raises ``StoreError`` when the archive or the memory of runs fails."""

    press: Press
    lives: Lives
    channels: Mapping[str, Channel]

    async def __call__(self, job: Job) -> Filled | Closed:
        """Return the digest for the chat, or that it is a quiet day and the chat wants no post.

        Only a digest for a slot is left out on a quiet day: one that somebody asked for is not.
        """
        series = job.series
        name = series.destination.channel
        if name not in self.channels:
            return Closed(State.REFUSED, f"Nothing here can post to {series.destination}.")
        known = job.subscription or Subscription(
            destination=series.destination, language=self.press.language
        )
        look, wanted = await self._wanted(job, known)
        issue = await look.issues.get(wanted, partial(self.press.issue, look, wanted))
        if issue.quiet and series.slot is not None and known.quiet is QuietPolicy.SKIP:
            return Closed(State.QUIET, issue.quiet)
        late = await self._lateness(series, look)
        copy = Copy(wanted=wanted, late=late, channel=name, flat=known.flat)
        make = partial(look.aside.do, _sheet, issue, copy, self.channels[name])
        sheet = await look.sheets.get(copy, make)
        return Filled(
            page=sheet.page,
            payloads=sheet.payloads,
            until=issue.until,
            edition=_edition(series, issue, look),
            why=sheet.why,
        )

    async def _wanted(self, job: Job, known: Subscription) -> tuple[Look, Wanted]:
        """Return what the chat's digest is to be made from, and how."""
        look = await self.press.looks.current(job.since)
        topics = tuple(sorted(set(known.topics), key=lambda topic: (topic.casefold(), topic)))
        # A window that ends ahead of now was posted before the clock was set back.
        posted = job.since if job.since is not None and job.since <= look.made else None
        start = look.made - timedelta(hours=HOURS) if posted is None else posted - SETTLING
        candidates = await look.since(start, topics, self.press.beat)
        fresh = look.unshown(candidates, job.shown)
        is_first = job.since is None and not job.shown
        return look, Wanted(
            ids=fresh.ids,
            read=fresh.read,
            repeated=fresh.repeated,
            since=None if fresh.ids or is_first else posted or start,
            topics=topics,
            length=known.length,
            language=known.language,
            zone=known.schedule.zone if known.schedule else "",
        )

    async def _lateness(self, series: Series, look: Look) -> Lateness | None:
        """Return how a digest for a slot comes late, or what it covers; None when it does not."""
        if series.slot is None:
            return None
        late = Lateness(due=series.due, sent=look.made, covers=series.covers)
        if late.is_late:
            gaps = await look.gaps.get(series.due, partial(self._gaps, series.due))
            gap = explaining(gaps, due=series.due, sent=look.made)
            return Lateness(due=series.due, sent=look.made, covers=series.covers, gap=gap)
        return late if late.covers else None

    async def _gaps(self, due: datetime) -> tuple[Gap, ...]:
        return tuple(_between(await self.lives.since(due - STRETCHES), due))


def _between(stretches: Sequence[Stretch], due: datetime) -> Iterator[Gap]:
    """Yield the times between stretches of running; the first has no start if none is known."""
    if stretches and stretches[0].began > due:
        yield Gap(None, stretches[0].began)
    for one, other in pairwise(stretches):
        yield Gap(one.last, other.began)


def _sheet(issue: Issue, copy: Copy, channel: Channel) -> Sheet:
    page, late, why = issue.page, copy.late, ""
    if late is not None:
        page = marked_late(page, late, words=issue.words, zone=issue.zone)
        why = reason(late, words=issue.words, zone=issue.zone)
    return Sheet(page=page, payloads=channel.render(page, flat=copy.flat), why=why)


def _edition(series: Series, issue: Issue, look: Look) -> Edition | None:
    """Return what ``/brief N`` means there from now on, where the digest has stories."""
    if not issue.stories:
        return None
    return Edition(destination=str(series.destination), made=look.made, stories=issue.stories)
