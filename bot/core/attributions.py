"""The words beside a quotation that say whose it is."""

import re
from dataclasses import dataclass

from bot.core.labels import is_label, is_name, is_owned, is_pronoun, is_verb
from bot.core.language import Language
from bot.core.values import Span

__all__ = ["Attribution", "before", "behind", "is_pronoun", "without_adverbs"]

#: How far from its quotation an attribution may reach, in characters.
_REACH = 200

#: A full stop that ends no sentence: of an initial, a form of address, or inside a word.
_DOT = (
    r"(?:(?<=\b[A-Z])|(?<=\b[MD][rs])|(?<=\b(?:Mrs|Gen|Col|Maj|Sgt|Gov|Sen|Rep|Rev))"
    r"|(?<=\b(?:Prof|Capt)))\."
)
_CLAUSE = re.compile(
    rf"[\s,–—-]*(?P<clause>(?:[^,.;:!?…“”«»„\"()–—]|{_DOT}|\.(?=\w))*)(?P<stop>[^\w\s]|)"
)
_PIECES = re.compile(
    r"[,;:!?…“”«»„\"()–—]+"
    r"|(?<!\b[A-Z])(?<!\b[MD][rs])(?<!\b(?:Mrs|Gen|Col|Maj|Sgt|Gov|Sen|Rep|Rev))"
    r"(?<!\b(?:Prof|Capt))\.(?!\w)"
    r"|\n[^\S\n]*\n"
)
_APPOSITION = re.compile(r"\s+(?P<between>[^,.;:!?“”«»\"\n]{1,80}),\s+(?P<verb>[A-Za-z]+)\b")
_APPOSED_NAME = re.compile(r"\s+(?P<name>[^,.;:!?“”«»\"\n]{1,60}?)\s*(?=[,.;]|\n|$)")
#: Verbs that are followed by who hears it.
_ADDRESSING = ("told", "tells", "asked", "asks")
#: Behind these no attribution waits for the quotation that follows.
_ENDS = frozenset('.!?…。！？”"»')


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is said to speak, in the article's words, and where that stands."""

    label: str
    said: Span
    #: Whether it tells the whole sentence, and the quotation is a part of what it tells.
    partial: bool = False


def behind(text: str, outer: Span, block: Span, language: Language) -> Attribution | None:
    """Return the attribution right behind a quotation of a paragraph: "…," Tokayev said."""
    if not language.reporting:
        return None
    clause = _CLAUSE.match(text, outer.end, min(block.end, outer.end + _REACH))
    if clause is None or clause["stop"] == ":":
        return None
    words = clause["clause"].split()
    label = _turned(words, language) or _straight(text, outer, block, clause, language)
    reach = min(block.end, clause.end() + _REACH)
    if label is None and clause["stop"] == ",":
        apposed = _APPOSITION.match(text, clause.end(), reach)
        if apposed and is_verb(apposed["verb"], language):
            label = _named(words, apposed["between"].split(), language)
            if label and (text[outer.end - 2 : outer.end - 1] == "," or is_name(words)):
                return Attribution(label=" ".join(label), said=Span(outer.end, apposed.end()))
        return None
    if label is None or not is_label(label, language):
        return None
    end = clause.end("clause")
    if clause["stop"] == "," and label[-1] == words[-1] and not is_name(label[-2:]):
        named = _APPOSED_NAME.match(text, clause.end(), reach)
        if named and is_name(named["name"].split()):
            label, end = named["name"].split(), named.end()
    return Attribution(label=" ".join(label), said=Span(outer.end, end))


def before(text: str, outer: Span, block: Span, language: Language) -> Attribution | None:
    """Return the attribution right before a quotation of a paragraph: Tokayev said: "…"."""
    if not language.reporting:
        return None
    start = max(block.start, outer.start - _REACH)
    window = text[start : outer.start].rstrip()
    if window[-1:] in _ENDS:
        return None
    sign = window[-1:] if window[-1:] in (",", ":") else ""
    window = window.removesuffix(sign)
    breaks = list(_PIECES.finditer(window))
    begun = breaks[-1].end() if breaks else 0
    if not breaks and start > block.start:
        return None
    words = window[begun:].split()
    label = _introduced(words, sign, language)
    if label is None and len(breaks) > 1 and words and is_verb(words[0], language):
        label, begun = _apposed(window, breaks, language, at_start=start == block.start)
    if label is None or not is_label(label, language):
        return None
    return Attribution(label=" ".join(label), said=Span(start + begun, outer.start))


def without_adverbs(words: list[str]) -> list[str]:
    """Return a subject without the words that belong to its verb: "also", "recently", "has"."""
    while words and (
        words[-1].endswith("ly") or words[-1] in ("also", "has", "had", "later", "then")
    ):
        words = words[:-1]
    return words


def _turned(words: list[str], language: Language) -> list[str] | None:
    """Return the label of "said Tokayev at the meeting" or "according to Tokayev"."""
    opener = language.according.split()
    if opener and words[: len(opener)] == opener:
        return words[len(opener) :]
    if not words or not (words[0] in language.reporting or is_verb(words[0], language)):
        return None
    label = words[1:]
    for place, word in enumerate(label):
        # "the office in Tashkent", but "said Tokayev in Tashkent"
        if word in language.adjuncts and place:
            return label[:place]
    return label


def _straight(
    text: str, outer: Span, block: Span, clause: re.Match[str], language: Language
) -> list[str] | None:
    """Return the label of "Tokayev said", when it cannot begin a sentence of its own."""
    words = clause["clause"].split()
    verb = _verb(words, language)
    if verb is None:
        return None
    rest = words[verb + 1 :]
    inside = text[outer.start : outer.end - 1].rstrip("’'")[-1:]
    closes = inside in ("!", "?") or _begins(text, outer, block)
    if inside in (".", "…"):
        fits = not rest and clause["stop"] in (".", "")
    elif inside == "," or text[outer.end : outer.end + 1] == ",":
        fits = True
    else:
        fits = closes and (not rest or rest[0] in language.adjuncts)
    return without_adverbs(words[:verb]) if fits else None


def _begins(text: str, outer: Span, block: Span) -> bool:
    """Say whether a sentence begins with the quotation."""
    narration = text[max(block.start, outer.start - _REACH) : outer.start].rstrip()
    return not narration or narration[-1] in '.!?”"»'


def _introduced(words: list[str], sign: str, language: Language) -> list[str] | None:
    """Return the label of "Tokayev said", "Tokayev told reporters:" or "according to Tokayev,"."""
    opener = language.according.split()
    lowered = [word.lower() for word in words[: len(opener)]]
    if opener and sign == "," and lowered == opener:
        return words[len(opener) :]
    verb = _verb(words, language)
    if verb is None:
        return None
    rest = words[verb + 1 :]
    if any(word in language.reporting for word in rest):
        return None
    if sign == ":":
        fits = True
    elif sign == ",":
        fits = not rest or rest[0] in language.adjuncts or words[verb] in _ADDRESSING
    else:
        fits = rest in ([], ["that"])
    return _leading(without_adverbs(words[:verb])) if fits else None


def _leading(words: list[str]) -> list[str]:
    """Return the subject of "Tokayev smiled and", where only one is named."""
    if words[-1:] != ["and"]:
        return words
    size = next((n for n, word in enumerate(words) if word.islower() and n), 0)
    return [] if any(word[0].isupper() for word in words[size:]) else words[:size]


def _apposed(
    window: str, breaks: list[re.Match[str]], language: Language, *, at_start: bool
) -> tuple[list[str] | None, int]:
    """Return the label of "Wang Yi, the foreign minister, said", and where it begins."""
    first, last = breaks[-2], breaks[-1]
    begun = breaks[-3].end() if len(breaks) > len((first, last)) else 0
    words = window[begun : first.start()].split()
    is_whole = begun > 0 or at_start
    if first.group() == last.group() == "," and is_whole:
        return _named(words, window[first.end() : last.start()].split(), language), begun
    return None, begun


def _named(one: list[str], other: list[str], language: Language) -> list[str] | None:
    """Return which of two noun phrases, one in apposition to the other, names the speaker."""
    if is_name(one):
        return one
    if is_name(one[-2:]) and is_label(one, language):
        return one
    begins = one and (one[0].lower() in language.determiners or is_owned(one[0]))
    return other if begins and is_name(other) and is_label(one, language) else None


def _verb(words: list[str], language: Language) -> int | None:
    """Return where the reporting verb stands behind at least one word, if there is one."""
    places = (n for n, word in enumerate(words) if n and is_verb(word, language))
    return next(places, None)
