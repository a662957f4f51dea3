"""Digests made at random, and what is compared of them on two platforms."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from bot.core.compose import digest_page
from bot.core.page import Block, Buttons, Code, Entry, Inline, Item, Link, Note, Page, Plain, Strong
from bot.core.values import Digest, Line, Speaker, Story
from bot.core.wording import English
from bot.slack.pieces import typed
from tests.fakes.bot_api.text import Formatted
from tests.fakes.nasty import NASTY
from tests.fakes.press import NOW
from tests.fakes.slack_said import Line as Shown
from tests.fakes.slack_said import Said
from tests.fakes.stories import digest, health, line, story

DIGESTS = 200
#: Short ones only, for a headline of ten thousand letters is no headline.
_HOSTILE = tuple(text for text in NASTY if len(text) < 200)
_WORDS = (
    *(
        "Tokayev",
        "trade",
        "grew",
        "by",
        "30 percent",
        "$5 trillion",
        "2033",
        "саммит",
        "в 2027 году",
    ),
    *("峰会于9月1日举行", "security", "(AI)", "“four centers”", "cooperation,", "1,200.5 km"),
    *_HOSTILE,
)
_ZONE = NOW.tzinfo


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(1, 25))) + "."


def _line(chance: random.Random) -> Line:
    speakers = (None, None, Speaker(label="the head of state", name="Tokayev"))
    return line(_sentence(chance), speaker=chance.choice(speakers))


def _story(number: int, chance: random.Random) -> Story:
    made = story(
        number,
        _sentence(chance),
        *(_line(chance) for _ in range(chance.randint(0, 5))),
        same_speech=(number - 1,) if number > 1 and chance.random() < 0.2 else (),
    )
    return replace(made, publishers=tuple(chance.sample(("Trend", "TASS", "*新华社*"), k=2)))


def _digest(chance: random.Random) -> Digest:
    return digest([_story(number, chance) for number in range(1, chance.randint(1, 12) + 1)])


def generated(seed: int) -> Page:
    """Return the page of a digest, with links as those of feeds have them."""
    chance = random.Random(seed)  # noqa: S311 - the same pages each time, no secret
    assert _ZONE is not None
    page = digest_page(
        _digest(chance), [health()], lines=chance.randint(1, 4), words=English(), zone=_ZONE
    )
    return replace(page, blocks=tuple(_blocks(page, chance)))


def _blocks(page: Page, chance: random.Random) -> Iterator[Block]:
    for block in page.blocks:
        match block:
            case Note(spans):
                url = chance.choice(
                    ("https://example.org/a?b=1&c=2|d", "http://a.kz/x", "file:///")
                )
                yield Note((Link(chance.choice(_WORDS), url), Plain(" "), *spans))
            case Item(spans) if chance.random() < 0.3:
                yield Item((*spans, Plain(" "), Strong(chance.choice(_WORDS))))
            case Buttons():
                verb = Code(chance.choice(("/sources", "/brief 1", "/help search")))
                yield Entry((Strong("2027"),), (Plain(_sentence(chance)),))
                yield Note((Plain("More: "), verb))
                yield block
            case _:
                yield block


def as_typed(page: Page) -> Page:
    """Return the page with what is to be typed as Slack takes it."""

    def spelt(spans: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(
            replace(span, text=typed(span.text, "/brief")) if isinstance(span, Code) else span
            for span in spans
        )

    blocks = [
        replace(block, spans=spelt(block.spans)) if isinstance(block, Note) else block
        for block in page.blocks
    ]
    return replace(page, blocks=tuple(blocks))


def lines_of(message: Formatted) -> Iterator[Shown]:
    """Yield the lines of a message of Telegram's."""
    # Entities are counted in units of UTF-16.
    raw, start = message.text.encode("utf-16-le"), 0
    for words in message.text.split("\n"):
        end = start + len(words.encode("utf-16-le")) // 2
        inside = [one for one in message.entities if start <= one.offset < end]
        bold = any(one.type == "bold" and one.offset == start for one in inside)
        links = [
            (raw[one.offset * 2 : (one.offset + one.length) * 2].decode("utf-16-le"), url)
            for one in inside
            if one.type == "text_link"
            for url in (str(dict(one.extra)["url"]),)
        ]
        start = end + 1
        if words and not re.fullmatch(r"\(\d+/\d+\)", words):
            yield Shown(words, bold=bold, links=links)


def comparable(said: Said) -> tuple[object, ...]:
    """Return what has to be the same: headlines, words, figures and links, in order."""
    # Telegram keeps what could call somebody apart by a sign that shows nothing.
    headlines = tuple(" ".join(one.replace("\u2060", "").split()) for one in said.headlines)
    return (headlines, said.words, said.figures, said.links)
