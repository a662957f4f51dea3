"""Measures rounds over a thousand feeds on this machine, and how many feeds a parser reads.

Beside the bot, in the same run and in processes of their own: reader, which keeps what it reads,
too, and bare requests of httpx, which keep nothing.

Usage: python -m tests.benchmarks.feeds [FEEDS]
"""

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from bot.core.errors import FeedError
from bot.sources.feed_text import read_feed
from tests.benchmarks.feed_methods import METHODS, Racer, Round, racer
from tests.benchmarks.feed_sites import Sites, sites
from tests.benchmarks.tables import progress, table
from tests.fakes.feed_texts import typical
from tests.fakes.odd_feeds import ALL, Odd

FEEDS = 1000
#: The promises: against reader where a third has news, against bare requests where none has.
FASTER, UNCHANGED = 5.0, 1.5
#: Memory is flat when the last of so many rounds holds no more than this above the fifth's, in MB.
ROUNDS, FLAT = 20, 15.0
#: The best of so many rounds counts, with news and where nothing has changed.
BEST_OF = 5
#: Between two rounds: what the bot leaves a server in peace between two requests, and a little.
PAUSE = 1.1
#: So many feeds are parsed, and the best of so many times counts.
PARSED, TIMES = 100, 3
_NOW = datetime(2026, 5, 5, tzinfo=UTC)

#: Reads a feed and returns the titles of its items.
Parser = Callable[[bytes, str], list[str]]


async def main(count: int) -> int:
    """Print the tables; return 1 when a promise is broken."""
    progress(f"making {count:,} feeds")
    async with AsyncExitStack() as stack:
        served = await stack.enter_async_context(sites(count))
        racers = {
            name: await stack.enter_async_context(racer(name, served.addresses)) for name in METHODS
        }
        first = await raced(racers, "the first round")
        news: list[dict[str, Round]] = []
        same: list[dict[str, Round]] = []
        for _ in range(BEST_OF):
            await served.answer("news")
            news.append(await raced(racers, "a third has news, ten are slow, ten broken"))
            await served.answer("all")
            # What was slow or broken is sound again, which is new to all of them.
            await raced(racers, "all are sound again")
            same.append(await raced(racers, "nothing has changed"))
        long = await many(served, racers["ours"])
    kinds = {"first": first, "a third changed": _best(news), "unchanged": _best(same)}
    print(_rounds(count, kinds))
    print(_parsers())
    ours = [one["ours"] for one in (first, *news, *same)]
    return int(not _promises(kinds, [*ours, *long], bare=[one["bare"] for one in (*news, *same)]))


async def raced(racers: dict[str, Racer], what: str) -> dict[str, Round]:
    """Let each do a round, one after the other."""
    progress(what)
    found: dict[str, Round] = {}
    for name, one in racers.items():
        await asyncio.sleep(PAUSE)
        found[name] = await one.round()
    return found


async def many(served: Sites, ours: Racer) -> list[Round]:
    """Let the bot do many rounds, some of them with news."""
    progress(f"{ROUNDS} rounds of the bot")
    found: list[Round] = []
    for number in range(ROUNDS):
        if number % 5 < 2:
            await served.answer("news" if number % 5 == 0 else "all")
        await asyncio.sleep(PAUSE)
        found.append(await ours.round())
    return found


def _best(rounds: list[dict[str, Round]]) -> dict[str, Round]:
    """Return the quickest round of each."""
    return {name: min((one[name] for one in rounds), key=_seconds) for name in rounds[0]}


def _promises(kinds: dict[str, dict[str, Round]], rounds: list[Round], bare: list[Round]) -> bool:
    """Print what was promised and what came of it; return whether all of it holds."""
    news, same = kinds["a third changed"], kinds["unchanged"]
    faster = news["reader"].seconds / news["ours"].seconds
    times = same["ours"].seconds / same["bare"].seconds
    later = rounds[-ROUNDS:]
    grown = later[-1].megabytes - later[4].megabytes
    blocks, longest = sum(one.blocks for one in rounds), max(one.longest for one in rounds)
    others = sum(one.blocks for one in bare)
    print(f"with news {faster:.1f} times as fast as reader, promised {FASTER:.0f}")
    print(f"unchanged {times:.2f} times as long as bare requests, promised {UNCHANGED:.1f}")
    print(f"memory {grown:+.0f} MB over the last {ROUNDS - 5} rounds, promised {FLAT:.0f} at most")
    print(
        f"the event loop was away for over 50 ms {blocks} times in {len(rounds)} rounds, "
        f"at most {1000 * longest:.0f} ms; that of bare requests {others} times in {len(bare)}"
    )
    return faster >= FASTER and times <= UNCHANGED and grown <= FLAT


def _seconds(one: Round) -> float:
    return one.seconds


def _rounds(count: int, kinds: dict[str, dict[str, Round]]) -> str:
    rows = [
        [
            f"{kind}: {name}",
            f"{one.seconds:.2f}",
            f"{one.cpu:.2f}",
            f"{one.megabytes:.0f}",
            f"{one.items:,}" if name != "bare" else "",
            f"{one.seconds / found['bare'].seconds:.2f}",
        ]
        for kind, found in kinds.items()
        for name, one in found.items()
    ]
    headings = ["", "seconds", "of a core", "MB", "items kept", "to bare"]
    return table(f"A round over {count:,} feeds", headings, rows)


def _parsers() -> str:
    progress("parsers")
    feeds = typical(PARSED)
    size = sum(map(len, feeds)) / 1e6
    rows = []
    for name, parse in {"ours": _ours, "feedparser": _peer, "fastfeedparser": _fast}.items():
        took = min(_timed(parse, feeds) for _ in range(TIMES))
        right = sum(_is_right(parse, odd) for odd in ALL)
        rows.append([name, f"{PARSED / took:.0f}", f"{size / took:.1f}", f"{right} of {len(ALL)}"])
    headings = ["", "feeds a second", "MB a second", "odd feeds read right"]
    return table(f"{PARSED} feeds of {1000 * size / PARSED:.0f} kB", headings, rows)


def _timed(parse: Parser, feeds: list[bytes]) -> float:
    begun = time.perf_counter()
    for content in feeds:
        parse(content, "application/xml")
    return time.perf_counter() - begun


def _is_right(parse: Parser, odd: Odd) -> bool:
    try:
        return sorted(parse(odd.content, odd.content_type)) == sorted(odd.titles)
    except Exception:  # noqa: BLE001 - a peer may raise anything for what it cannot read
        return False


def _ours(content: bytes, kind: str) -> list[str]:
    address = "https://news.example/feed.xml"
    try:
        found = read_feed(content, address=address, content_type=kind, now=_NOW, language="en")
    except FeedError:
        return []
    return [one.title or "" for one in found.items]


def _peer(content: bytes, kind: str) -> list[str]:
    import feedparser  # noqa: PLC0415 - peers are there for the bench alone

    found = feedparser.parse(content, response_headers={"content-type": kind})
    return [entry.get("title", "") for entry in found.entries]


def _fast(content: bytes, kind: str) -> list[str]:
    import fastfeedparser  # noqa: PLC0415

    del kind
    return [entry.get("title", "") for entry in fastfeedparser.parse(content).entries]


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else FEEDS)))
