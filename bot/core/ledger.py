"""The figures in the news, as printed, as a page."""

from collections.abc import Iterator

from bot.core.origin import Occasion, Selection, called, provenance
from bot.core.page import Block, Entry, Heading, Inline, Page, Paragraph, Plain, Strong
from bot.core.phrases import one_line, plain
from bot.core.remainder import nothing_blocks, remainder
from bot.core.values import Figure
from bot.core.wording import Words, fill

#: How many figures a page shows before the rest is counted.
MOST_FIGURES = 20


def figures_page(
    found: Selection[Figure], *, sought: str, occasion: Occasion, words: Words
) -> Page:
    """Return the figures in the order given: what each counts, whose words, and where it stands."""
    title = fill(words.gettext("Figures · newest first · words as printed"))
    if sought:
        title = fill(words.gettext("Figures on “{words}” · newest first"), words=sought)
    if not found.first:
        message = words.gettext("No figure fits “{words}”.")
        said = fill(message if sought else words.gettext("I have no figures yet."), words=sought)
        return Page(tuple(nothing_blocks(said, "/figures", sought, occasion, words)), plain(said))
    blocks: list[Block] = [Heading(title)]
    for traced in found.first:
        spans = [Plain(part + " · ") for part in figure_parts(traced.fact, words)]
        blocks.append(
            Entry(
                (Strong(one_line(traced.fact.text)),),
                (*spans, *provenance(traced.origin, occasion, words)),
            )
        )
    blocks += remainder(found.more, occasion, words, narrower="/figures WORDS")
    return Page(tuple(blocks), plain(title))


def figure_parts(figure: Figure, words: Words) -> Iterator[str]:
    """Yield what is said of a figure: what it counts, its time, its qualifier, whose words."""
    for part in (figure.counts, figure.period, figure.hedge):
        if said := one_line(part):
            yield said
    if figure.speaker is not None:
        message = words.gettext("{name}'s words")
        yield message.format(name=called(figure.speaker))
    elif figure.quoted:
        yield words.gettext("quoted words")


def figures_part(figures: tuple[Figure, ...], words: Words, *, most: int) -> Iterator[Block]:
    """Yield the figures of one story under their title, at most so many; minor ones are left out.

    Nothing is yielded where there is none.
    """
    major = [figure for figure in figures if not figure.minor]
    if not major:
        return
    yield Heading((Plain(words.gettext("Figures")),), level=2)
    for figure in major[:most]:
        spans: tuple[Inline, ...] = (Plain(" · ".join(figure_parts(figure, words))),)
        yield Entry((Strong(one_line(figure.text)),), spans)
    if rest := len(major[most:]):
        message = words.ngettext("and {count} more", "and {count} more", rest)
        yield Paragraph(fill(message, count=words.number(rest)))
