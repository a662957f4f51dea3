"""Commands that change which feeds are read: ``sources add``, ``remove`` and ``import``.

As in ``cli``, each loads what it needs, so that other commands start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

import sys
from typing import TYPE_CHECKING, NoReturn

import typer

from bot.operate.arguments import ConfigPath
from bot.operate.source_arguments import (
    Address,
    Called,
    Country,
    File,
    FullText,
    Language,
    Name,
    OwnedBy,
    Publisher,
    Quote,
    Tier,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.app.feed import FeedSetting
    from bot.app.source_list import Addition, Already, Discovered, NewFeed, Several
    from bot.config.load import Config

#: So many faults of a list are told; more help nobody.
_TOLD = 10
#: No list of feeds is larger, in bytes.
LARGEST_LIST_BYTES = 10_000_000


def add(  # noqa: PLR0913 - one a setting of a feed
    address: Address,
    *,
    name: Called = None,
    publisher: Publisher = None,
    owner: OwnedBy = None,
    country: Country = None,
    language: Language = None,
    tier: Tier = None,
    fulltext: FullText = None,
    quote: Quote = None,
    config: ConfigPath = None,
) -> None:
    """Find a feed, try it, and read it from now on."""
    from bot.config.load import load
    from bot.operate.source_work import listed

    settings = load(config)
    given = {
        "name": name,
        "publisher": publisher,
        "owner": owner and owner.value,
        "country": country,
        "language": language,
        "tier": tier,
        "fulltext": fulltext and fulltext.value,
        "quote": quote and quote.value,
    }
    wish = _wished(address, given, settings)
    _tell(listed(settings, lambda sources: sources.list.add(wish), writes=True), settings)


def remove(name: Name, *, config: ConfigPath = None) -> None:
    """Read a feed no more."""
    from bot.app.source_list import Declared, Unknown
    from bot.config.load import load
    from bot.operate.source_work import listed
    from bot.operate.sources import not_known
    from bot.operate.work import say

    settings = load(config)
    found = listed(settings, lambda sources: sources.list.remove(name), writes=True)
    match found:
        case Unknown():
            raise not_known(found)
        case Declared():
            _refuse(
                f"{found.name} stands in the configuration ({settings.path}, or a pack that it "
                "names): take it out there, or set enabled = false."
            )
        case _:
            say(f"{found.setting.name} is read no more. Its articles stay in the archive.")


def bring(file: File, *, config: ConfigPath = None) -> None:
    """Add the feeds of an OPML file."""
    from bot.config.load import load
    from bot.operate.source_work import listed
    from bot.operate.work import note, say

    settings = load(config)
    feeds, faults = _outline(file)
    found = listed(settings, lambda sources: sources.list.bring(feeds), writes=True)
    counts = [f"{len(found.added)} added", f"{len(found.known)} read already"]
    if faults:
        counts.append(f"{len(faults)} not taken")
    say(f"{_called(file)}: {', '.join(counts)}.")
    for fault in faults[:_TOLD]:
        note(fault)
    if rest := len(faults[_TOLD:]):
        note(f"and {rest} more")
    if any(one.folders or one.category for one in found.added):
        note("Folders and categories are kept for briefbot sources export; nothing else uses them.")
    if found.added:
        note("To see what they answer: briefbot sources check")
    raise typer.Exit(0 if found.added or found.known else 1)


def _wished(address: str, given: "Mapping[str, object]", settings: "Config") -> "FeedSetting":
    """Return the feed that is asked for; raises ``typer.BadParameter``."""
    from bot.config.feed_settings import wished
    from bot.core.errors import ConfigError

    values = {key: value for key, value in given.items() if value is not None}
    try:
        return wished(address, values, language=settings.digest.language)
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from error


def _tell(found: "Addition", settings: "Config") -> None:
    """Say what became of a feed that was to be added."""
    from bot.app.source_list import Already, NameTaken, Several

    match found:
        case Already():
            _already(found, settings)
        case NameTaken():
            _refuse(f"{found.name} is the name of another source: choose one with --name.")
        case Several():
            _choose(found, settings)
        case _:
            _added(found, settings)


def _added(found: "NewFeed", settings: "Config") -> None:
    from bot.console.source_listing import HEADLINES, described, found_row
    from bot.operate.work import note, say, zone

    setting = found.setting
    _, title, items, newest = found_row(found.found, zone=zone(settings))
    say(f"{setting.name} is read from now on: {setting.address}")
    count = "1 item" if found.found.items == 1 else f"{items} items"
    say(f"{title}, {count}, the newest of {newest}")
    for headline in found.found.headlines[:HEADLINES]:
        say(f"- {headline}")
    note(f"It is set up with {described(setting)}.")


def _already(found: "Already", settings: "Config") -> None:
    from bot.operate.work import say

    setting = found.setting
    off = "" if setting.enabled else ", and turned off there: enabled = false"
    where = "stands in the configuration" if setting.declared else "is read already"
    say(f"{setting.name} {where}{off}. Its address: {setting.address}")
    if found.others:
        say("The site has other feeds, too. To add one, name its address:")
        _show(found.others, settings)


def _choose(found: "Several", settings: "Config") -> NoReturn:
    from bot.operate.work import note, say

    say(f"The site has {len(found.found)} feeds. Nothing was added: choose one by its address.")
    _show(found.found, settings)
    note(f"briefbot sources add {found.found[0].address}")
    raise typer.Exit(1)


def _show(found: "Sequence[Discovered]", settings: "Config") -> None:
    from bot.console.source_listing import FOUND_HEADINGS, found_row
    from bot.console.table import write_table
    from bot.operate.work import zone

    here = zone(settings)
    rows = [found_row(one, zone=here) for one in found]
    write_table(FOUND_HEADINGS, rows, sys.stdout, whole="ADDRESS")


def _refuse(sentence: str) -> NoReturn:
    from bot.core.errors import BriefbotError

    raise BriefbotError(sentence)


def _outline(file: str) -> "tuple[tuple[FeedSetting, ...], tuple[str, ...]]":
    """Return the feeds of a list, and what of it cannot be taken; raises ``BriefbotError``."""
    from bot.core.errors import SourceError
    from bot.core.faults import what_words
    from bot.core.health import Reason
    from bot.core.wording import English
    from bot.sources.opml import read_opml

    try:
        outline = read_opml(_content(file))
    except SourceError as error:
        if error.fault.reason is Reason.NOT_A_FEED:
            _refuse(f"{_called(file)} is no list of feeds in OPML. Nothing was added.")
        said = what_words(error.fault, English(), operator=True)
        _refuse(f"{_called(file)} {said}. Nothing was added.")
    return outline.feeds, outline.faults


def _called(file: str) -> str:
    return "The input" if file == "-" else file


def _content(file: str) -> bytes:
    """Return what a file holds; raises ``BriefbotError``."""
    from pathlib import Path

    try:
        if file == "-":
            content = sys.stdin.buffer.read(LARGEST_LIST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(LARGEST_LIST_BYTES + 1)
    except OSError as error:
        _refuse(f"{_called(file)} cannot be read: {error.strerror}. Check the path.")
    if len(content) > LARGEST_LIST_BYTES:
        _refuse(f"{_called(file)} is larger than 10 MB: it cannot be a list of feeds.")
    return content
