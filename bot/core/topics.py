"""The topics that a chat follows: joined, taken out, and told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bot.core.gazetteer import Gazetteer
from bot.core.page import (
    Block,
    Button,
    Buttons,
    Code,
    Heading,
    Inline,
    Item,
    Note,
    Page,
    Paragraph,
    Plain,
)
from bot.core.phrases import listed, plain
from bot.core.settings_buttons import undo_buttons
from bot.core.settings_commands import MAX_TOPICS
from bot.core.settings_rows import topic_words
from bot.core.wording import Words, fill

#: So many topics are proposed before the rest is counted.
PROPOSED = 30

_NEAR = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A topic, and how many articles of the last days are on it."""

    topic: str
    matched: int
    searched: int
    #: The name of the gazetteer that comes nearest to it, or is it.
    near: str | None = None
    #: Whether the chat followed it before.
    known: bool = False


def joined(followed: Sequence[str], topics: Sequence[str]) -> tuple[str, ...]:
    """Return the topics that were followed and those that join them, each once."""
    by_name = {topic.casefold(): topic for topic in (*topics, *followed)}
    return tuple(
        by_name[name] for name in dict.fromkeys(topic.casefold() for topic in (*followed, *topics))
    )


def without(
    followed: Sequence[str], topics: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is left of the topics, and which of those to be taken out are none of them.

    "all" means all of them, unless one is called so.
    """
    names = {topic.casefold() for topic in followed}
    out = {topic.casefold() for topic in topics}
    if out == {"all"} and "all" not in names:
        return (), ()
    unknown = tuple(topic for topic in topics if topic.casefold() not in names)
    return tuple(topic for topic in followed if topic.casefold() not in out), unknown


def near_name(topic: str, gazetteer: Gazetteer) -> str | None:
    """Return the name of the gazetteer that comes nearest to a topic: itself where it is one."""
    known = {topic.name.casefold(): topic.name for topic in gazetteer.topics}
    for actor in gazetteer.actors:
        known |= {name.casefold(): name for name in (actor.name, *actor.aliases)}
    return _nearest(topic, known)


def topics_page(topics: Sequence[str], proposed: Sequence[str], *, words: Words) -> Page:
    """Return what the digest covers, and which other topics are known by name."""
    title = fill(words.gettext("Topics of this chat"))
    blocks: list[Block] = [Heading(title)]
    if topics:
        blocks += (Item((Plain(topic),)) for topic in topics)
        message = words.gettext("The digest has only what is on one of these. One less: {unfollow}")
        blocks.append(Note(fill(message, unfollow=Code(f"/unfollow {topics[0]}"))))
    else:
        blocks.append(Paragraph((Plain(words.gettext("The digest covers everything.")),)))
    known = {topic.casefold() for topic in topics}
    free = [name for name in proposed if name.casefold() not in known]
    if free:
        message = words.gettext("I know these by all their words: {topics}")
        names = listed(free, words, most=PROPOSED)
        blocks.append(Paragraph(fill(message, topics=names)))
    message = words.gettext("Any other words will do too: {follow}")
    example = f"/follow {free[0] if free else words.gettext('WORDS')}"
    blocks.append(Note(fill(message, follow=Code(example))))
    blocks.append(Buttons(((Button(words.gettext("Choose topics"), "/settings topics"),),)))
    return Page(tuple(blocks), plain(title))


def followed_page(
    tried: Sequence[Tried], topics: Sequence[str], *, before: Sequence[str], words: Words
) -> Page:
    """Return what each new topic finds, and what the digest covers from now on."""
    blocks: list[Block] = [Item(found(each, words)) for each in tried]
    if topics != before:
        blocks.append(Paragraph(covers(topics, words)))
        if not before:
            said = words.gettext("Until now it covered everything.")
            blocks.append(Paragraph((Plain(said),)))
        blocks += (_undo(words), undo_buttons(words))
    return Page(tuple(blocks), plain(found(tried[0], words)))


def unfollowed_page(
    unknown: Sequence[str], topics: Sequence[str], *, before: Sequence[str], words: Words
) -> Page:
    """Return what the digest covers from now on, and which topics it never covered."""
    blocks: list[Block] = [Item(_not_followed(topic, topics, words)) for topic in unknown]
    covered = covers(topics, words)
    blocks.append(Paragraph(covered))
    if topics != before:
        blocks += (_undo(words), undo_buttons(words))
    first = _not_followed(unknown[0], topics, words) if unknown else covered
    return Page(tuple(blocks), plain(first))


def too_many_page(topics: Sequence[str], *, words: Words) -> Page:
    """Return that the chat can follow no more topics, and how to make room."""
    message = words.gettext(
        "A chat follows {most} topics at most; this one has {count}. Take one out first: {unfollow}"
    )
    example = f"/unfollow {topics[0]}" if topics else "/unfollow trade"
    said = fill(
        message,
        most=words.number(MAX_TOPICS),
        count=words.number(len(topics)),
        unfollow=Code(example),
    )
    return Page((Paragraph(said),), plain(said))


def covers(topics: Sequence[str], words: Words) -> tuple[Inline, ...]:
    """Return what the digest covers, in a sentence."""
    if not topics:
        return fill(words.gettext("The digest covers everything."))
    message = words.gettext("The digest covers only: {topics}.")
    return fill(message, topics=topic_words(topics, words))


def found(tried: Tried, words: Words) -> tuple[Inline, ...]:
    """Return what a topic finds, and what else may have been meant by it."""
    return tuple(_pieces(tried, words))


def _pieces(tried: Tried, words: Words) -> Iterator[Inline]:
    if tried.known:
        yield from fill(words.gettext("“{topic}” is followed already. "), topic=tried.topic)
    if not tried.searched:
        message = words.gettext("“{topic}”: I have no articles of the last 30 days to try it on.")
        yield from fill(message, topic=tried.topic)
        return
    message = words.ngettext(
        "“{topic}”: {matched} of the {searched} article of the last 30 days.",
        "“{topic}”: {matched} of the {searched} articles of the last 30 days.",
        tried.searched,
    )
    yield from fill(
        message,
        topic=tried.topic,
        matched=words.number(tried.matched),
        searched=words.number(tried.searched),
    )
    if tried.matched or (tried.near or "").casefold() == tried.topic.casefold():
        return
    unfollow = Code(f"/unfollow {tried.topic}")
    if tried.near is None:
        message = words.gettext(" Is it spelt right? {unfollow} takes it out.")
        yield from fill(message, unfollow=unfollow)
        return
    message = words.gettext(" Did you mean {follow}? {unfollow} takes the other out.")
    yield from fill(message, follow=Code(f"/follow {tried.near}"), unfollow=unfollow)


def _not_followed(topic: str, topics: Sequence[str], words: Words) -> tuple[Inline, ...]:
    near = _nearest(topic, {each.casefold(): each for each in topics})
    if near is None:
        return fill(words.gettext("“{topic}” is not followed here."), topic=topic)
    message = words.gettext("“{topic}” is not followed here. Did you mean {unfollow}?")
    return fill(message, topic=topic, unfollow=Code(f"/unfollow {near}"))


def _undo(words: Words) -> Note:
    return Note(fill(words.gettext("Take it back: {undo}"), undo=Code("/settings undo")))


def _nearest(name: str, known: dict[str, str]) -> str | None:
    near = get_close_matches(name.casefold(), list(known), 1, _NEAR)
    return known[near[0]] if near else None
