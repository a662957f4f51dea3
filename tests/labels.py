"""The labels of our own articles: what a careful reader would say of each."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

#: Where the articles lie, the labels of each beside it.
FOLDER = Path(__file__).parent / "labelled" / "articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLabel:
    """Somebody's words; the speaker is empty where nobody can be known."""

    text: str
    speaker: str
    minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLabel:
    """An amount; what is empty demands nothing, the hedge apart."""

    text: str
    values: tuple[Decimal, ...]
    #: Words that must appear in what is counted.
    about: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    period: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLabel:
    """Something ahead; without days where the text gives only words, or nothing."""

    when: str
    #: Words that must appear in the description.
    what: tuple[str, ...]
    first: date | None = None
    last: date | None = None
    minor: bool = False


Label = QuoteLabel | FigureLabel | EventLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """All that is labelled of one article."""

    quotes: tuple[QuoteLabel, ...] = ()
    figures: tuple[FigureLabel, ...] = ()
    events: tuple[EventLabel, ...] = ()


def read(path: Path) -> Labels:
    """Return the labels that lie beside an article of the labelled set."""
    rows: dict[str, Any] = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    return Labels(
        quotes=tuple(QuoteLabel(**row) for row in rows.get("quotes", ())),
        figures=tuple(map(_figure, rows.get("figures", ()))),
        events=tuple(map(_event, rows.get("events", ()))),
    )


def _figure(row: dict[str, Any]) -> FigureLabel:
    return FigureLabel(
        text=row["text"],
        values=tuple(map(Decimal, row["value"].split(".."))),
        about=tuple(row["about"]),
        hedges=tuple(filter(None, row["hedge"].split("; "))),
        period=row["period"],
        minor=row["minor"],
    )


def _event(row: dict[str, Any]) -> EventLabel:
    return EventLabel(
        when=row["when"],
        what=tuple(row["what"]),
        first=row.get("first"),
        last=row.get("last"),
        minor=row["minor"],
    )
