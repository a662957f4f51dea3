"""Whose words a narrated sentence quotes in its middle."""

import re

from bot.core.attributions import Attribution, without_adverbs
from bot.core.labels import is_label, is_name, is_owned, is_verb
from bot.core.language import Language
from bot.core.sentences import sentences
from bot.core.values import Span

#: A sentence that runs further before its quotation is not read, in characters.
_REACH = 500
#: Fewer words in marks are a term or a turn of phrase, and nobody's speech.
_WORDS = 4

_OWNING = (["of"], ["by"])

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»")
#: Words after which it is open whose words follow.
_OPEN = frozenset(
    """
    denied denies asked asks who which whom whose read reads titled entitled quoting quoted citing
    """.split()
)
#: "LAHORE:", "NEW YORK, Sept 25, 2025 (Reuters) -".
_DATELINE = re.compile(r"\A[A-Z]{3,}[^:\n]{0,80}?(?:: | (?:--?|–|—) )")
_BLUNT = re.compile(r"(?P<label>(?:[A-Z][\w.’'-]+ ){1,4}|He |She )(?P<rest>[a-z][^\n:]*):\s*")


def within(text: str, outer: Span, block: Span, language: Language) -> Attribution | None:
    """Return who speaks where a sentence goes on in his words: He called it "…", X said it is "…".

    The speaker is the subject of the sentence's first verb of saying; another one with a subject
    of its own, or words on what only carries words ("a sign"), leave it open.
    """
    if not language.reporting or len(outer.of(text).split()) < _WORDS:
        return None
    start = max(block.start, outer.start - _REACH)
    found = sentences(text[start : outer.start], language)
    if not found or (len(found) == 1 and start > block.start):
        return None
    said = Span(start + found[-1].start, outer.start)
    words = _DATELINE.sub("", _QUOTED.sub(" ", said.of(text)))
    first = text[outer.start + 1]
    if first.isupper() and first != "I":
        label = _blunt(words, language)
    else:
        label = _subject(words, language)
    if label is None or not is_label(label, language):
        return None
    return Attribution(label=" ".join(label), said=said, partial=True)


def _subject(sentence: str, language: Language) -> list[str] | None:
    clauses = [clause.split() for clause in re.split(r"[,;:()–—]", sentence)]
    for number, words in enumerate(clauses):
        place = next((n for n, word in enumerate(words) if _tells(word, language)), None)
        if place is None:
            continue
        rest = words[place + 1 :], *clauses[number + 1 :]
        if words[place] in _OPEN or any(_is_open(clause, language) for clause in rest):
            return None
        if clauses[-1][-1:] and clauses[-1][-1].lower() in language.carriers:
            return None
        subject = words[:place] if place else _apposed(clauses[:number], language)
        if subject and subject[0] in ("But", "And", "Yet", "Still"):
            subject = subject[1:]
        return without_adverbs(subject)
    return None


def _apposed(clauses: list[list[str]], language: Language) -> list[str]:
    """Return the subject of "Norland's prime minister, Astrid Fjeld, called"."""
    if len(clauses) != len(("minister", "Fjeld")):
        return []
    one, other = clauses
    if is_name(one[-2:]):
        return one
    begins = one and (one[0].lower() in language.determiners or is_owned(one[0]))
    return other if begins and is_name(other) else []


def _is_open(words: list[str], language: Language) -> bool:
    """Say whether what follows the verb may make the quoted words somebody else's."""
    for place, word in enumerate(words):
        if word in _OPEN or (word in language.carriers and words[place + 1 :][:1] in _OWNING):
            return True
        if place and _tells(word, language) and words[place - 1] not in ("and", "but", "to"):
            return True
    return False


def _blunt(sentence: str, language: Language) -> list[str] | None:
    """Return the subject of a sentence that a colon ends: "Tokayev was blunt: …"."""
    match = _BLUNT.fullmatch(sentence)
    if match is None or match["label"].strip().lower() in language.determiners:
        return _beside_colon(sentence, language)
    rest = match["rest"].split()
    others = [word for word in rest if word[0].isupper() and word.lower() not in language.months]
    if others or any(_is_open([word], language) for word in rest):
        return None
    return match["label"].split()


def _beside_colon(sentence: str, language: Language) -> list[str] | None:
    """Return the name in "Li Wen: …" or "The founder, Li Wen, put it this way: …"."""
    clauses = [clause.split() for clause in sentence.rstrip().removesuffix(":").split(",")]
    if not sentence.rstrip().endswith(":") or ":" in sentence.rstrip()[:-1]:
        return None
    if len(clauses) == 1 and is_name(clauses[0]):
        return clauses[0]
    rest = clauses[2:]
    if len(rest) != 1 or any(word[0].isupper() or _is_open([word], language) for word in rest[0]):
        return None
    return _apposed(clauses[:2], language) or None


def _tells(word: str, language: Language) -> bool:
    return is_verb(word, language) or word in language.naming
