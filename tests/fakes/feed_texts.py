"""Feeds as the net serves them: typical ones of any size, made by number."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

#: When the newest item of a made feed was published.
NEWEST = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)

_WORDS = (
    "ministers of the member states met in Tashkent to discuss trade transit energy and water the "
    "council approved a programme for railways across the steppe while exports of grain rose by "
    "twelve percent officials said that talks on customs would go on until autumn and a new bank "
    "may lend money for roads bridges and ports along the Caspian sea"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item before it is written down in the manner of a format; markup stands in its texts."""

    title: str
    link: str
    guid: str
    published: datetime
    summary: str = ""
    content: str = ""


def sentence(number: int, length: int = 16) -> str:
    """Return a sentence of so many words, another one for another number."""
    words = [
        _WORDS[(number * 7 + place * (number % 5 + 1)) % len(_WORDS)] for place in range(length)
    ]
    words[-1] = f"{words[-1]}{number}"
    return f"{words[0].capitalize()} {' '.join(words[1:])}."


def prose(number: int, words: int) -> str:
    """Return about so many words as HTML paragraphs of three sentences."""
    sentences = [sentence(number * 100 + place) for place in range(max(1, words // 16))]
    parts = [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
    return "\n".join(f"<p>{part}</p>" for part in parts)


def entries(  # noqa: PLR0913 - each with its default: a feed is made of what it differs in
    count: int,
    *,
    first: int = 0,
    words: int = 0,
    summary: int = 32,
    host: str = "https://news.example",
    newest: datetime = NEWEST,
    gap: timedelta = timedelta(minutes=30),
) -> list[Entry]:
    """Return so many items, the newest first, the oldest with the number ``first``.

    Their content has about ``words`` words and their summaries ``summary``; none where that is 0.
    """
    return [
        Entry(
            title=sentence(number, 9).removesuffix("."),
            link=f"{host}/articles/{number}",
            guid=f"{host}/?p={number}",
            published=newest - gap * (first + count - 1 - number),
            summary=" ".join(sentence(number * 50 + at) for at in range(summary // 16)),
            content=prose(number, words) if words else "",
        )
        for number in range(first + count - 1, first - 1, -1)
    ]


def rss(items: Sequence[Entry], *, title: str = "News of the steppe", head: str = "") -> bytes:
    """Return RSS 2.0 as WordPress writes it; ``head`` goes into the channel as it is."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">\n<channel>\n'
        f"<title>{escape(title)}</title>\n"
        '<atom:link href="https://news.example/feed/" rel="self" type="application/rss+xml" />\n'
        "<link>https://news.example</link>\n<description>All the news</description>\n"
        f"<language>en-US</language>\n{head}\n{''.join(map(_rss_item, items))}</channel>\n</rss>\n"
    ).encode()


def _rss_item(item: Entry) -> str:
    content = (
        f"\t<content:encoded><![CDATA[{item.content}]]></content:encoded>\n" if item.content else ""
    )
    return (
        f"<item>\n\t<title>{escape(item.title)}</title>\n\t<link>{escape(item.link)}</link>\n"
        "\t<dc:creator><![CDATA[Desk]]></dc:creator>\n"
        f"\t<pubDate>{format_datetime(item.published)}</pubDate>\n"
        "\t<category><![CDATA[Economy]]></category>\n\t<category><![CDATA[Trade]]></category>\n"
        f'\t<guid isPermaLink="false">{escape(item.guid)}</guid>\n'
        f"\t<description><![CDATA[{item.summary}]]></description>\n{content}</item>\n"
    )


def atom(items: Sequence[Entry], *, title: str = "News of the steppe") -> bytes:
    """Return Atom 1.0."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="en">\n<title>{escape(title)}</title>\n<id>https://news.example/</id>\n'
        '<link rel="self" href="https://news.example/atom.xml"/>\n'
        f"<updated>{NEWEST.isoformat()}</updated>\n{''.join(map(_atom_entry, items))}</feed>\n"
    ).encode()


def _atom_entry(item: Entry) -> str:
    content = f'\t<content type="html">{escape(item.content)}</content>\n' if item.content else ""
    return (
        f"<entry>\n\t<title>{escape(item.title)}</title>\n"
        f'\t<link rel="alternate" type="text/html" href="{escape(item.link)}"/>\n'
        f"\t<id>{escape(item.guid)}</id>\n\t<published>{item.published.isoformat()}</published>\n"
        f"\t<updated>{item.published.isoformat()}</updated>\n"
        f"\t<summary>{escape(item.summary)}</summary>\n{content}</entry>\n"
    )


def json_feed(items: Sequence[Entry], *, title: str = "News of the steppe") -> bytes:
    """Return JSON Feed 1.1."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "language": "en",
            "items": [
                {
                    "id": item.guid,
                    "url": item.link,
                    "title": item.title,
                    "date_published": item.published.isoformat(),
                    "summary": item.summary,
                    **({"content_html": item.content} if item.content else {}),
                }
                for item in items
            ],
        }
    ).encode()


def typical(count: int) -> list[bytes]:
    """Return so many feeds of the sizes that news sites serve.

    Of ten: four of WordPress with ten whole articles, three wires of 25 teasers, one of 50
    headlines, one Atom feed of 20 whole entries, one with 100 teasers.
    """
    made: list[bytes] = []
    for number in range(count):
        host, kind = f"https://site{number}.example", number % 10
        if kind < 4:
            made.append(rss(entries(10, words=500, host=host), title=f"Site {number}"))
        elif kind < 7:
            made.append(rss(entries(25, summary=48, host=host), title=f"Wire {number}"))
        elif kind == 7:
            made.append(rss(entries(50, summary=0, host=host), title=f"Headlines {number}"))
        elif kind == 8:
            made.append(atom(entries(20, words=400, host=host), title=f"Atom {number}"))
        else:
            made.append(rss(entries(100, summary=32, host=host), title=f"Long {number}"))
    return made
