"""What became of some articles, as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import assert_never

from bot.core.faults import fault_items
from bot.core.health import Fault
from bot.core.page import Block, Code, Heading, Inline, Item, Link, Note, Page, Paragraph, Plain
from bot.core.phrases import listed, one_line, plain
from bot.core.rank import Terms
from bot.core.why import Stage, Verdict
from bot.core.why_verb import is_address
from bot.core.wording import DayForm, Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What became of the articles that were asked about."""

    #: As typed.
    asked: str
    verdicts: tuple[Verdict, ...]
    #: How many articles were found in all.
    found: int
    #: How many articles there are, and the day of the oldest; None without any.
    searched: int
    since: date | None
    #: What could not be read and bears the words in its name.
    faults: tuple[Fault, ...] = ()


def why_page(verdicts: Verdicts, *, words: Words, zone: tzinfo, operator: bool = False) -> Page:
    """Return where the way of each article ended, or that none of the kind came in.

    How to mend what could not be read, only the operator is told.
    """
    if not verdicts.verdicts:
        return _nothing(verdicts, words, operator=operator)
    title = fill(words.gettext("Why · {words}"), words=one_line(verdicts.asked))
    blocks: list[Block] = [Heading(title)]
    for verdict in verdicts.verdicts:
        blocks += _verdict(verdict, words, zone)
    if rest := verdicts.found - len(verdicts.verdicts):
        message = words.ngettext(
            "{count} more article has these words: more words find fewer.",
            "{count} more articles have these words: more words find fewer.",
            rest,
        )
        blocks.append(Note(fill(message, count=words.number(rest))))
    blocks += _unread(verdicts.faults, words, operator=operator)
    first = verdicts.verdicts[0]
    return Page(tuple(blocks), f"{first.headline}: {plain(_said(first, words, zone))}")


def _verdict(verdict: Verdict, words: Words, zone: tzinfo) -> Iterator[Block]:
    yield Heading((Plain(verdict.headline or words.gettext("(no headline)")),), level=2)
    yield Note(_origin(verdict, words, zone))
    yield Item(_said(verdict, words, zone))
    if verdict.terms is not None:
        yield Item((Plain(_terms(verdict.terms, words)),))


def _origin(verdict: Verdict, words: Words, zone: tzinfo) -> tuple[Inline, ...]:
    """Return who printed an article and when, and when it came in."""
    article = verdict.stored.article
    name = one_line(article.publisher or article.source)
    url = article.url or ""
    who = Link(name, url) if url.startswith(("https://", "http://")) else Plain(name)
    if article.published is None:
        published = words.gettext("no date")
    else:
        published = words.day(article.published.day, DayForm.LONG)
    came = words.gettext("came in {moment}").format(
        moment=_moment(verdict.stored.seen, words, zone)
    )
    return (who, Plain(f" · {published} · {came}"))


def _said(  # noqa: PLR0911 - one a stage
    verdict: Verdict, words: Words, zone: tzinfo
) -> tuple[Inline, ...]:
    digest = "" if verdict.made is None else _moment(verdict.made, words, zone)
    match verdict.stage:
        case Stage.SHOWN:
            return fill(
                words.gettext("Not dropped: it is story {number} of the digest of {digest}."),
                number=words.number(verdict.story or 0),
                digest=digest,
            )
        case Stage.COPY:
            return fill(
                words.gettext(
                    "A duplicate of story {number} of the digest of {digest}: “{headline}”."
                ),
                number=words.number(verdict.story or 0),
                digest=digest,
                headline=one_line(verdict.original),
            )
        case Stage.SHOWN_BEFORE:
            return fill(words.gettext("An earlier digest of this chat showed it, or a copy of it."))
        case Stage.AHEAD:
            return fill(
                words.gettext("Dropped: it bears a date that lies ahead, which I do not believe.")
            )
        case Stage.OFF_TOPIC:
            return fill(
                words.gettext("Filtered: this chat follows {topics}, and it is on none of them."),
                topics=listed([one_line(topic) for topic in verdict.topics], words),
            )
        case Stage.STALE:
            days = verdict.max_age.days
            message = words.ngettext(
                "Stale: it was more than {count} day old when it came in.",
                "Stale: it was more than {count} days old when it came in.",
                days,
            )
            return fill(message, count=words.number(days))
        case Stage.IMPORTED:
            return fill(
                words.gettext(
                    "It came with the first reading of its source, and was no news of the last day "
                    "then."
                )
            )
        case Stage.WAITING | Stage.BELOW | Stage.OLDER:
            return _ranked(verdict, digest, words)
        case _:
            assert_never(verdict.stage)


def _ranked(verdict: Verdict, digest: str, words: Words) -> tuple[Inline, ...]:
    """Return how an article fares that no rule has dropped."""
    if verdict.stage is Stage.OLDER:
        return fill(
            words.gettext("Not dropped, but older than what this chat's next digest covers.")
        )
    if verdict.place is None:
        return fill(
            words.gettext(
                "Below the cut: other stories of the digest of {digest} came first, and it holds "
                "{most}."
            ),
            digest=digest,
            most=words.number(verdict.most),
        )
    place, of = words.number(verdict.place), words.number(verdict.of)
    if verdict.stage is Stage.WAITING:
        return fill(
            words.gettext("Not dropped: it would be story {place} of {of} in a digest made now."),
            place=place,
            of=of,
        )
    return fill(
        words.gettext("Below the cut: it stands {place} of {of}, and a digest holds {most}."),
        place=place,
        of=of,
        most=words.number(verdict.most),
    )


def _terms(terms: Terms, words: Words) -> str:
    # Translators: what a score is the sum of.
    message = words.gettext(
        "Score {score} = publishers {publishers} + recency {recency} + source {tier}"
    )
    return message.format(
        score=words.decimal(terms.score),
        publishers=words.decimal(terms.publishers),
        recency=words.decimal(terms.recency),
        tier=words.decimal(terms.tier),
    )


def _moment(moment: datetime, words: Words, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    day, time = words.day(local.date(), DayForm.LONG), words.time(local.time())
    # Translators: a day, then the time of that day.
    return words.gettext("{day}, {time}").format(day=day, time=time)


def _unread(faults: Sequence[Fault], words: Words, *, operator: bool) -> Iterator[Block]:
    if faults:
        yield Paragraph(fill(words.gettext("This could not be read:")))
        yield from fault_items(faults, words, operator=operator)


def _nothing(verdicts: Verdicts, words: Words, *, operator: bool) -> Page:
    unread = _unread(verdicts.faults, words, operator=operator)
    hint = words.gettext("What is read, and what is silent: {sources}")
    if not is_address(verdicts.asked):
        hint = words.gettext("Fewer words find more. What is read, and what is silent: {sources}")
    note = Note(fill(hint, sources=Code("/sources")))
    said = fill(_none(verdicts, words), asked=one_line(verdicts.asked)) + _searched(verdicts, words)
    return Page((Paragraph(said), *unread, note), plain(said))


def _none(verdicts: Verdicts, words: Words) -> str:
    """Return that there is no such article, with room for what was asked."""
    if is_address(verdicts.asked):
        if verdicts.since is None:
            return words.gettext("I have no articles yet, so none at {asked} either.")
        return words.gettext("No article at {asked} has come in.")
    if verdicts.since is None:
        return words.gettext("I have no articles yet, so none on “{asked}”.")
    return words.gettext("No article with “{asked}” in any form has come in.")


def _searched(verdicts: Verdicts, words: Words) -> tuple[Inline, ...]:
    """Return how many articles were looked through, and of which day the oldest is."""
    if verdicts.since is None:
        return ()
    message = words.ngettext(
        " I looked through {count} article, of {day}.",
        " I looked through {count} articles; the oldest is of {day}.",
        verdicts.searched,
    )
    day = words.day(verdicts.since, DayForm.LONG)
    return fill(message, count=words.number(verdicts.searched), day=day)
