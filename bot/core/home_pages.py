"""What a person sees of their chats in one place: when digests come, and how the last came."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from bot.core.became import became, due_words
from bot.core.delivery import Series, State
from bot.core.page import Block, Entry, Heading, Note, Page, Paragraph, Plain, Strong
from bot.core.phrases import plain
from bot.core.settings_rows import schedule_rows, topic_words
from bot.core.subscription import Subscription
from bot.core.wording import Words, fill


def home_page(chats: int, unserved: int, invite: str, *, words: Words) -> Page:
    """Return what stands above so many chats, with what is typed where the bot is missing.

    Of those that are not served nothing but their number is told.
    """
    title = fill(words.gettext("Digests in your channels"))
    if chats:
        said = words.gettext(
            "What is set in the channels that we share. Where I am missing, type {invite}."
        )
    else:
        said = words.gettext(
            "We share no channel that I serve. Type {invite} in one, and it is shown here."
        )
    blocks: list[Block] = [Heading(title), Paragraph(fill(said, invite=Strong(invite)))]
    if unserved:
        message = words.ngettext(
            "{count} shared channel is left out: I serve only those that my operator lists.",
            "{count} shared channels are left out: I serve only those that my operator lists.",
            unserved,
        )
        blocks.append(Note((Plain(message.format(count=words.number(unserved))),)))
    return Page(tuple(blocks), plain(title))


def overview_page(
    chat: Subscription, last: Sequence[Series], *, now: datetime, zone: tzinfo, words: Words
) -> Page:
    """Return what a chat gets, and what became of its last digests, the latest first."""
    return Page((*_set(chat, now, words), *_last(last, now, zone, words)))


def unshown_page(*, words: Words) -> Page:
    """Return that something cannot be shown now, and what to do."""
    return _sentence(
        words.gettext(
            "I cannot show that just now. Try again in a minute; if it stays so, the operator's"
            " log says why."
        )
    )


def waiting_page(*, words: Words) -> Page:
    """Return that what was asked for is being looked up."""
    return _sentence(words.gettext("One moment …"))


def saving_page(*, words: Words) -> Page:
    """Return that what was entered is being stored."""
    return _sentence(words.gettext("Saving …"))


def unfilled_page(*, words: Words) -> Page:
    """Return that nobody knows which form it was that was sent off."""
    return _sentence(words.gettext("I do not know this window (any more). Nothing was changed."))


def late_page(*, words: Words) -> Page:
    """Return that a window could not be opened, for the press came too late."""
    return _sentence(
        words.gettext("That took too long, and no window was opened. Press it once more.")
    )


def gone_chat_page(*, words: Words) -> Page:
    """Return that a chat is none of the person's any more, or is not served."""
    return _sentence(words.gettext("That channel is not among those that we share and I serve."))


def _sentence(said: str) -> Page:
    return Page((Paragraph((Plain(said),)),), said)


def _set(chat: Subscription, now: datetime, words: Words) -> Iterator[Block]:
    yield from schedule_rows(chat, now=now, words=words)
    topics = (Plain(topic_words(chat.topics, words)),)
    yield Entry((Strong(words.gettext("Topics")),), topics)


def _last(series: Sequence[Series], now: datetime, zone: tzinfo, words: Words) -> Iterator[Block]:
    newest = max((one.due for one in series if one.state is State.POSTED), default=None)
    for one in series:
        made_up = newest is not None and newest > one.due
        said = became(one, now=now, made_up=made_up, words=words)
        yield Note((Plain(f"{due_words(one, zone=zone, words=words)} · {said}"),))
