"""The amounts of a sentence: numbers and ranges with the currency or unit that belongs to each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.core.amount_patterns import Rules, rules_of
from bot.core.amount_words import AmountWords
from bot.core.cues import letters
from bot.core.numerals import Number, numbers, plain
from bot.core.values import Span

#: A sign, or a word that opens a range, stands within so many characters before its number.
_BEFORE = 16
#: A number from here on is printed in full and shares no scale: "900,000 to 1.2 million".
_THOUSAND = 1000
#: A ratio is told in numbers up to here; a year is more.
_RATIO = 1000
#: So many places tell a third from a quarter.
_PLACES = Decimal("0.0001")
#: A month is known by so many letters.
_MONTH = 3
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One number or a range of two, with the currency or unit that belongs to it."""

    span: Span
    numbers: tuple[Number, ...]
    values: tuple[Decimal, ...]
    currency: str = ""
    unit: str = ""
    duration: bool = False

    @property
    def bare(self) -> bool:
        """Say whether it is a number alone."""
        return not (self.currency or self.unit)


def amounts(
    text: str, span: Span, words: AmountWords, months: tuple[str, ...]
) -> tuple[Amount, ...]:
    """Return the amounts within a span, in order; the numbers of dates and clocks are none.

    Two numbers that a hyphen joins and that are no range are a score or a season: neither counts.
    """
    rules = rules_of(words, months)
    every = numbers(text, span, words)
    if not every:
        return ()
    dates = _dates(text, span, rules, months)
    found = [
        number
        for number in every
        if not any(date.start < number.span.end and number.span.start < date.end for date in dates)
    ]
    return tuple(_apart(_joined(text, span, found, rules)))


def _dates(text: str, span: Span, rules: Rules, months: tuple[str, ...]) -> list[Span]:
    """Return where dates and clocks stand: all have a digit, and most name a month."""
    piece = span.of(text)
    if not _DIGIT.search(piece):
        return []
    named = {word[:_MONTH] for word in letters(piece)}
    is_named = any(month[:_MONTH] in named for month in months)
    form = rules.date if is_named else rules.day
    return [Span(*match.span()) for match in form.finditer(text, span.start, span.end)]


def _apart(found: Iterator[Amount]) -> Iterator[Amount]:
    """Yield the amounts of which none claims another's sign, as in "5 $ three"."""
    end = 0
    for amount in found:
        if amount.span.start >= end:
            end = amount.span.end
            yield amount


def _joined(text: str, span: Span, found: list[Number], rules: Rules) -> Iterator[Amount]:
    position = 0
    while position < len(found):
        pair = tuple(found[position : position + 2])
        if len(pair) > 1 and _is_range(text, span, pair, rules):
            position += 2
            yield _amount(text, span, pair, rules)
        elif len(pair) > 1 and _is_score(text, pair, rules):
            position += 2
        elif len(pair) > 1 and _leads_on(text, span, pair, rules):
            position += 1
        else:
            position += 1
            yield _amount(text, span, pair[:1], rules)


def _between(text: str, pair: tuple[Number, ...], rules: Rules) -> str:
    """Return what stands between two numbers, the second one's sign left out."""
    return rules.sign.sub("", text[pair[0].span.end : pair[1].span.start])


def _is_range(text: str, span: Span, pair: tuple[Number, ...], rules: Rules) -> bool:
    """Say whether two numbers are one amount: "3 to 5", "between 3 and 5", "one in five"."""
    one, two = pair
    start = _start(text, span, one, rules)
    if rules.ratio.fullmatch(text, one.span.end, two.span.start):
        bare = start == one.span.start and not rules.unit.match(text, two.span.end, span.end)
        return bare and one.value < two.value <= _RATIO and one.scale == two.scale == 1
    if _lower(one, two) >= two.value or _is_change(text, span, pair, rules):
        return False
    between = _between(text, pair, rules)
    signs = text[start : one.span.start], text[one.span.end + len(between) : two.span.start]
    if signs[1] and signs[0] != signs[1]:
        return False
    before = max(span.start, start - _BEFORE)
    if rules.joint.fullmatch(between) and (
        "%" not in between or text[two.span.end : two.span.end + 1] == "%"
    ):
        origin = rules.origin.search(text, before, start)
        return not origin or _is_spread(text, span, pair, rules)
    return bool(rules.both.fullmatch(between) and rules.opens.search(text, before, start))


def _is_change(text: str, span: Span, pair: tuple[Number, ...], rules: Rules) -> bool:
    """Say whether two numbers are a change and where it led: "cut by $4 to $56"."""
    one, start = pair[0], _start(text, span, pair[0], rules)
    before = max(span.start, start - _BEFORE)
    if not rules.parts.fullmatch(_between(text, pair, rules)):
        return False
    own = start < one.span.start or one.scale > 1 or text[one.span.end : one.span.end + 1] == "%"
    return own and bool(rules.change.search(text, before, start))


def _is_spread(text: str, span: Span, pair: tuple[Number, ...], rules: Rules) -> bool:
    """Say whether "from" opens a range and no change: "it takes from six to eight days"."""
    one, two = pair
    if rules.ranges.search(text, span.start, _start(text, span, one, rules)):
        return True
    behind = rules.unit.match(text, two.span.end, span.end)
    changes = rules.changes.search(text, span.start, one.span.start)
    return bool(behind and behind["duration"] and not changes)


def _is_score(text: str, pair: tuple[Number, ...], rules: Rules) -> bool:
    """Say whether two numbers stand side by side without being the ends of a range: "3-1"."""
    one, two = pair
    return two.value <= one.value and bool(
        rules.score.fullmatch(text, one.span.end, two.span.start)
    )


def _leads_on(text: str, span: Span, pair: tuple[Number, ...], rules: Rules) -> bool:
    """Say whether a number has its unit only behind the next: "from 3 to 5 percent"."""
    one, two = pair
    return bool(
        rules.joint.fullmatch(text, one.span.end, two.span.start)
        and not rules.unit.match(text, one.span.end, span.end)
        and rules.unit.match(text, two.span.end, span.end)
    )


def _start(text: str, span: Span, number: Number, rules: Rules) -> int:
    """Return where a number begins with its sign."""
    place = number.span.start
    sign = rules.sign.search(text, max(span.start, place - _BEFORE), place)
    return sign.start() if sign else place


def _amount(text: str, span: Span, found: tuple[Number, ...], rules: Rules) -> Amount:
    start, end = _start(text, span, found[0], rules), found[-1].span.end
    currency, unit = text[start : found[0].span.start].strip(), ""
    unit_of = rules.unit_of.match(text, end, span.end) if found[-1].fraction else None
    behind = unit_of or rules.unit.match(text, end, span.end)
    if behind and not (currency and behind["currency"]):
        end = behind.end()
        currency = currency or behind["currency"] or ""
        unit = behind["unit"] or behind["duration"] or ""
    rate = rules.rate.match(text, end, span.end) if currency else None
    if rate:
        end, unit = rate.end(), rate.group().strip()
    values = _values(text, found, rules)
    before = max(span.start, start - _BEFORE)
    minus = rules.minus.search(text, before, start) if unit else None
    if minus:
        start, values = minus.start(), tuple(sorted(-value for value in values))
    opens = rules.opens.search(text, before, start) if len(found) > 1 else None
    return Amount(
        span=Span(opens.start() if opens else start, end),
        numbers=found,
        values=values,
        currency=currency,
        unit=unit,
        duration=bool(behind and behind["duration"]),
    )


def _values(text: str, found: tuple[Number, ...], rules: Rules) -> tuple[Decimal, ...]:
    """Return what an amount is worth: a ratio as one number, a range as two of one scale."""
    if len(found) == 1:
        return (found[0].value,)
    one, two = found
    if rules.ratio.fullmatch(text, one.span.end, two.span.start):
        return ((one.value / two.value).quantize(_PLACES).normalize(),)
    return (_lower(one, two), two.value)


def _lower(one: Number, two: Number) -> Decimal:
    """Return what the first of two is worth if it shares the scale: "10-12 million"."""
    if one.scale > 1 or one.value >= _THOUSAND:
        return one.value
    return plain(one.value * two.scale)
