"""The words beside a quotation that say whose it is."""

import re
from dataclasses import dataclass

from bot.core.language import Language
from bot.core.values import Span

#: How far from its quotation an attribution may reach, in characters.
_REACH = 200
#: What names a speaker has at most this many words.
_LABEL_WORDS = 12

_CLAUSE = re.compile(
    r"\s*[,–—-]?\s*(?P<clause>(?:[^,.;:!?…“”«»„\"()–—]"
    r"|(?<=\b[A-Z])\.|(?<=\b[MD][rs])\.|(?<=\bMrs)\.|\.(?=\w))*)(?P<stop>[^\w\s]|)"
)
_PIECES = re.compile(
    r"[,;:!?…“”«»„\"()–—]+|(?<!\b[A-Z])(?<!\b[MD][rs])(?<!\bMrs)\.(?!\w)|\n[^\S\n]*\n"
)
_APPOSITION = re.compile(r"\s+[^,.;:!?“”«»\"\n]{1,80},\s+(?P<verb>[a-z]+)\b")
#: Behind these no attribution waits for the quotation that follows.
_ENDS = frozenset('.!?…。！？”"»')
_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it"})
#: Endings of what stands between two names and is no noun: "praising", "thanked", "meets".
_VERBAL = ("ing", "ed", "s")
_PARTICIPLES = ("ing", "ed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is said to speak, in the article's words, and where that stands."""

    label: str
    said: Span


def is_pronoun(label: str) -> bool:
    """Say whether a label only stands for a name."""
    return label.lower() in _PRONOUNS


def behind(text: str, outer: Span, block: Span, language: Language) -> Attribution | None:
    """Return the attribution right behind a quotation of a paragraph: "…," Tokayev said."""
    if not language.reporting:
        return None
    clause = _CLAUSE.match(text, outer.end, min(block.end, outer.end + _REACH))
    if clause is None or clause["stop"] == ":":
        return None
    words = clause["clause"].split()
    label = _turned(words, language) or _straight(text, outer, block, clause, language)
    if label is None and clause["stop"] == "," and _is_name(words):
        apposed = _APPOSITION.match(text, clause.end(), min(block.end, clause.end() + _REACH))
        if apposed and _is_verb(apposed["verb"], language):
            return Attribution(label=" ".join(words), said=Span(outer.end, apposed.end()))
    if label is None or not _is_label(label, language):
        return None
    return Attribution(label=" ".join(label), said=Span(outer.end, clause.end("clause")))


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
    if label is None and len(breaks) > 1 and words and _is_verb(words[0], language):
        label, begun = _apposed(window, breaks, at_start=start == block.start)
    if label is None or not _is_label(label, language):
        return None
    return Attribution(label=" ".join(label), said=Span(start + begun, outer.start))


def _turned(words: list[str], language: Language) -> list[str] | None:
    """Return the label of "said Tokayev at the meeting" or "according to Tokayev"."""
    opener = language.according.split()
    if opener and words[: len(opener)] == opener:
        return words[len(opener) :]
    if not words or words[0] not in language.reporting:
        return None
    label = words[1:]
    for place, word in enumerate(label):
        if word in language.adjuncts:
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
    inside = text[outer.end - 2 : outer.end - 1]
    closes = inside in ("!", "?") or _begins(text, outer, block)
    if inside in (".", "…"):
        fits = not rest and clause["stop"] in (".", "")
    elif inside == "," or text[outer.end : outer.end + 1] == ",":
        fits = True
    else:
        fits = closes and (not rest or rest[0] in language.adjuncts)
    return _without_adverbs(words[:verb]) if fits else None


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
        fits = not rest or rest[0] in language.adjuncts
    else:
        fits = rest in ([], ["that"])
    return _without_adverbs(words[:verb]) if fits else None


def _apposed(
    window: str, breaks: list[re.Match[str]], *, at_start: bool
) -> tuple[list[str] | None, int]:
    """Return the label of "Wang Yi, the foreign minister, said", and where it begins."""
    first, last = breaks[-2], breaks[-1]
    begun = breaks[-3].end() if len(breaks) > len((first, last)) else 0
    words = window[begun : first.start()].split()
    is_whole = begun > 0 or at_start
    if first.group() == last.group() == "," and is_whole and _is_name(words):
        return words, begun
    return None, begun


def _verb(words: list[str], language: Language) -> int | None:
    """Return where the reporting verb stands behind at least one word, if there is one."""
    places = (n for n, word in enumerate(words) if n and _is_verb(word, language))
    return next(places, None)


def _is_verb(word: str, language: Language) -> bool:
    return word in language.reporting and not word.endswith("ing")


def _without_adverbs(words: list[str]) -> list[str]:
    while words and (words[-1].endswith("ly") or words[-1] in ("also", "has", "had", "later")):
        words = words[:-1]
    return words


def _is_name(words: list[str]) -> bool:
    return 1 < len(words) <= len("FMLS") and all(word[0].isupper() for word in words)


def _is_label(words: list[str], language: Language) -> bool:
    """Say whether words can stand for a speaker: a name, an office, a role or a pronoun."""
    if not words or len(words) > _LABEL_WORDS:
        return False
    lowered = [word.lower() for word in words]
    if len(words) == 1 and is_pronoun(words[0]):
        return True
    named = [phrase for phrase, _ in (*language.offices, *language.role_words)]
    known = {word for phrase in named for word in phrase.split()}
    first = lowered[0]
    if first not in language.determiners and first not in known:
        is_noun = words[0][0].isupper() or (len(words) > 1 and words[1][0].isupper())
        if not is_noun or first in language.stop_words or words[0].endswith(_PARTICIPLES):
            return False
    elif not any(word in known or words[n][0].isupper() for n, word in enumerate(lowered)):
        return False
    last = max((n for n, word in enumerate(words) if word[0].isupper()), default=0)
    if words[-1] in language.stop_words or lowered[-1] in language.reporting:
        return False
    joints = language.determiners | language.links | known
    return not any(
        word.islower()
        and word not in joints
        and (word.endswith(_VERBAL) or word in language.stop_words)
        for word in words[:last]
    )
