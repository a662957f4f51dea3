"""A digest as a page."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from bot.core.buttons import digest_buttons
from bot.core.coverage import coverage_words, is_down, is_thin, thin_note, unread
from bot.core.diary import ahead_of_today
from bot.core.extent_words import extent_words
from bot.core.faults import failing_words, unstored, unstored_note
from bot.core.health import Health
from bot.core.page import Block, Code, Heading, Inline, Item, Note, Page, Paragraph, Plain
from bot.core.phrases import NAMED, line_spans, listed, numbered, one_line, plain, publishers_of
from bot.core.shown import shown
from bot.core.values import Digest, Story
from bot.core.wording import DayForm, Words, fill


def digest_page(  # noqa: PLR0913 - a digest, and how it is to be read
    digest: Digest,
    healths: Sequence[Health],
    *,
    lines: int,
    words: Words,
    zone: tzinfo,
    topics: Sequence[str] = (),
    operator: bool = False,
) -> Page:
    """Return the digest as people read it, with at most so many lines a story.

    Days are said in the zone. Sources that are down are said before anything else. The topics are
    those that the chat follows, if it does not follow all. How to mend a source, only the operator
    is told.
    """
    today = digest.made.astimezone(zone).date()
    down = _is_down(digest)
    kept_out = sum(unstored(health.faults) for health in healths)
    if down:
        title = _down_title(digest, words)
    elif digest.newest is not None:
        title = _old_title(digest, digest.newest, words)
    elif digest.stories:
        title = _title(digest, words.day(today, DayForm.WEEKDAY))
    else:
        title = fill(words.gettext("{title} · no articles yet"), title=digest.title)
    blocks: list[Block] = [Heading(title), *unstored_note(healths, words)]
    if down:
        blocks += _down(digest, healths, words, operator=operator)
    elif is_thin(digest.coverage):
        blocks += thin_note(healths, words)
    if digest.stories:
        blocks.append(Paragraph((Plain(_overview(digest.stories, words)),)))
    elif not down and not kept_out:
        message = words.gettext(
            "No source has brought an article yet. Put one into a folder I watch: "
            "{sources} shows them."
        )
        blocks.append(Paragraph(fill(message, sources=Code("/sources"))))
    blocks += stories_blocks(digest.stories, lines=lines, today=today, words=words)
    blocks += ahead_of_today(digest.stories, today, words)
    counted = coverage_words(digest.coverage, kept_out, words, today=today)
    blocks.append(Note((Plain(" ".join((*topics_words(topics, words), counted))),)))
    blocks.append(digest_buttons([story.number for story in digest.stories], digest.made, words))
    return Page(tuple(blocks), _summary(digest, title, today, words))


def stories_blocks(
    stories: Sequence[Story], *, lines: int, today: date, words: Words
) -> Iterator[Block]:
    """Yield each story as it stands in a digest, with at most so many lines."""
    for story in stories:
        yield Heading(numbered(story, words), level=2)
        for line in shown(story.brief, limit=lines, lead=False):
            yield Item(line_spans(line))
        yield Note((Plain(_provenance(story, today, words)),))


def _title(digest: Digest, day: str) -> tuple[Inline, ...]:
    parts = [digest.title, f"“{digest.words}”", day] if digest.words else [digest.title, day]
    return (Plain(" · ".join(parts)),)


def _old_title(digest: Digest, newest: date, words: Words) -> tuple[Inline, ...]:
    day = words.day(newest, DayForm.LONG)
    if not any(_is_dated(story, newest) for story in digest.stories):
        message = words.gettext(
            "{title} · no news in the last 24 hours · what I have bears no date, first seen {day}"
        )
        return fill(message, title=digest.title, day=day)
    if not digest.words:
        message = words.gettext(
            "{title} · no news in the last 24 hours · the newest I have is of {day}"
        )
        return fill(message, title=digest.title, day=day)
    message = words.gettext(
        "{title} · no news on “{words}” in the last 24 hours · the newest I have is of {day}"
    )
    return fill(message, title=digest.title, words=digest.words, day=day)


def _is_dated(story: Story, newest: date) -> bool:
    """Say whether the story has a date that was believed when the newest were chosen."""
    published = story.brief.article.published
    return published is not None and published.day <= newest


def _is_down(digest: Digest) -> bool:
    """Say whether no source could be read and there is no news: that is no quiet day."""
    quiet = digest.newest is not None or not digest.stories
    return quiet and is_down(digest.coverage)


def _down_title(digest: Digest, words: Words) -> tuple[Inline, ...]:
    return fill(words.gettext("{title} · I could not read the news"), title=digest.title)


def _down(
    digest: Digest, healths: Sequence[Health], words: Words, *, operator: bool
) -> Iterator[Block]:
    failing = unread(healths)
    count = len(failing)
    message = words.ngettext(
        "This is not a quiet day: my only source could not be read.",
        "This is not a quiet day: none of my {count} sources could be read.",
        count,
    )
    yield Paragraph(fill(message, count=words.number(count)))
    for health in failing[:NAMED]:
        yield Item((Plain(failing_words(health, words, operator=operator)),))
    if rest := len(failing[NAMED:]):
        message = words.ngettext(
            "and {count} more: {sources} shows it", "and {count} more: {sources} shows them", rest
        )
        yield Item(fill(message, count=words.number(rest), sources=Code("/sources")))
    if digest.newest is None:
        yield Paragraph((Plain(words.gettext("I have no older news either.")),))
        return
    day = words.day(digest.newest, DayForm.LONG)
    yield Paragraph(fill(words.gettext("The newest I have is of {day}:"), day=day))


def _overview(stories: Sequence[Story], words: Words) -> str:
    count = words.ngettext("{count} story", "{count} stories", len(stories))
    first = count.format(count=words.number(len(stories)))
    numbers = {story.number for story in stories}
    if len(stories) > 1 and numbers == {stories[0].number, *stories[0].same_speech}:
        first = words.gettext("{stories}, one speech").format(stories=first)
    publishers = dict.fromkeys(name for story in stories for name in publishers_of(story))
    return f"{first} · {listed(tuple(publishers), words)}"


def _provenance(story: Story, today: date, words: Words) -> str:
    """Return who printed a story, when and where, and an earlier story on the same speech."""
    article = story.brief.article
    publishers = publishers_of(story)
    parts = [listed(publishers, words)] if publishers else []
    if article.published is None:
        parts.append(words.gettext("no date"))
    else:
        day = article.published.day
        form = DayForm.BRIEF if day.year == today.year else DayForm.BRIEF_YEAR
        parts.append(words.day(day, form))
    if article.place:
        parts.append(one_line(article.place.split(",")[0]))
    said = " · ".join((words.pgettext("list", ", ").join(parts), *extent_words(article, words)))
    earlier = [str(number) for number in story.same_speech if number < story.number]
    if not earlier:
        return said
    same = words.gettext("same speech as {numbers}").format(numbers=listed(earlier, words))
    return f"{said} · {same}"


def topics_words(topics: Sequence[str], words: Words) -> tuple[str, ...]:
    """Return a sentence that names the topics a digest is narrowed to; none without any."""
    if not topics:
        return ()
    named = listed([one_line(topic) for topic in topics], words)
    return (words.gettext("Topics: {topics}.").format(topics=named),)


def _summary(digest: Digest, title: Sequence[Inline], today: date, words: Words) -> str:
    """Return the page in a line: its title or day, the first headline, and how many follow."""
    if not digest.stories or digest.newest is not None:
        return plain(title)
    first = one_line(digest.stories[0].brief.headline.text)
    rest = len(digest.stories) - 1
    day = words.day(today, DayForm.BRIEF_WEEKDAY)
    if not rest:
        message = words.gettext("{title}, {day}: {headline}")
        return message.format(title=digest.title, day=day, headline=first)
    message = words.ngettext(
        "{title}, {day}: {headline} (and {count} more)",
        "{title}, {day}: {headline} (and {count} more)",
        rest,
    )
    return message.format(title=digest.title, day=day, headline=first, count=words.number(rest))
