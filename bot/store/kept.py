"""Facts as JSON values, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.core.values import Event, Figure, Precision, Quote, Span, Speaker, When

Kept = Mapping[str, Any]


def kept_figure(figure: Figure) -> Kept:
    """Return what JSON can hold of a figure."""
    return {**_kept(figure), "values": [str(value) for value in figure.values]}


def kept_quote(quote: Quote) -> Kept:
    """Return what JSON can hold of a quotation."""
    return _kept(quote)


def kept_event(event: Event) -> Kept:
    """Return what JSON can hold of an event."""
    when = event.when
    return {
        **_kept(event),
        "spans": [[span.start, span.end] for span in event.spans],
        "when": {
            "text": when.text,
            "precision": when.precision.value,
            "first": when.first and when.first.isoformat(),
            "last": when.last and when.last.isoformat(),
        },
    }


def figure_of(kept: Kept, article: str) -> Figure:
    """Return the figure; raises what ``legible`` understands when it is none."""
    values = tuple(_number(value) for value in kept["values"])
    return Figure(**{**_fields(kept, article), "values": values})


def quote_of(kept: Kept, article: str) -> Quote:
    """Return the quotation; raises what ``legible`` understands when it is none."""
    first, last = kept["sentences"]
    return Quote(**{**_fields(kept, article), "sentences": (first, last)})


def event_of(kept: Kept, article: str) -> Event:
    """Return the event; raises what ``legible`` understands when it is none."""
    when = kept["when"]
    fields = {
        "spans": tuple(Span(start, end) for start, end in kept["spans"]),
        "when": When(
            text=when["text"],
            precision=Precision(when["precision"]),
            first=_day(when["first"]),
            last=_day(when["last"]),
        ),
    }
    return Event(**{**_fields(kept, article), **fields})


def _kept(fact: Figure | Quote | Event) -> dict[str, Any]:
    """Return the fields of a fact without its article, which its row names."""
    return {name: value for name, value in asdict(fact).items() if name != "article"}


def _fields(kept: Kept, article: str) -> dict[str, Any]:
    speaker = kept["speaker"]
    return {**kept, "article": article, "speaker": speaker and Speaker(**speaker)}


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
