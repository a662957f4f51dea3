"""Which words of an article can stand for a speaker."""

from functools import lru_cache

from bot.core.language import Language

#: What names a speaker has at most this many words.
_WORDS = 12
_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it"})
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
#: Words that stand for one of several who stay unnamed.
_SOME = frozenset({"one", "another", "others", "two", "both", "some", "several"})
#: Small words inside a name: "Mohammed bin Salman".
_PARTICLES = frozenset({"bin", "ibn", "al", "el", "de", "da", "van", "der", "von", "la", "del"})
#: A person's name has at most this many words.
_NAME = 5
#: Endings of what stands between two names and is no noun: "praising", "thanked", "meets".
_VERBAL = ("ing", "ed", "s")
_PARTICIPLES = ("ing", "ed")


def is_pronoun(label: str) -> bool:
    """Say whether a label only stands for a name."""
    return label.lower() in _PRONOUNS


def is_owned(word: str) -> bool:
    """Say whether a word says whose the next one is: "her", "Norland's"."""
    return word.lower() in _OWNERS or word.endswith(("'s", "’s", "s'", "s’"))


def is_name(words: list[str]) -> bool:
    """Say whether words are the name of a person in full: at least two, in capitals."""
    return (
        1 < len(words) <= _NAME
        and words[-1][0].isupper()
        and all(word[0].isupper() or word in _PARTICLES for word in words)
        and not any(is_owned(word) for word in words)
    )


def is_verb(word: str, language: Language) -> bool:
    """Say whether a word is a verb of saying, in a form that has a subject."""
    return (word in language.reporting or word in language.quoting) and not word.endswith("ing")


def roles(language: Language) -> frozenset[str]:
    """Return the nouns that say what a person is, and the words that offices are made of."""
    return _roles(language)


def is_label(words: list[str], language: Language) -> bool:
    """Say whether words can stand for a speaker: a name, an office, a role, a body or a pronoun."""
    if not words or len(words) > _WORDS:
        return False
    lowered = [word.lower() for word in words]
    if lowered[0] in _SOME and (len(words) == 1 or lowered[1] == "of"):
        return lowered[-1] != "of"
    if len(words) == 1 and is_pronoun(words[0]):
        return True
    known = roles(language)
    if words[-1] in language.stop_words or is_verb(lowered[-1], language):
        return False
    if _head(lowered, language) in language.carriers:
        return False
    return _begins(words, known, language) and not _breaks(words, known, language)


def _begins(words: list[str], known: frozenset[str], language: Language) -> bool:
    """Say whether a name or a noun can begin here."""
    first = words[0].lower()
    if first in language.determiners or first in _SOME or is_owned(words[0]):
        return len(words) > 1
    if first in known:
        return True
    if first in language.stop_words:
        return False
    is_participle = len(words) > 1 and first.endswith(_PARTICIPLES) and not is_name(words)
    if is_participle and words[1].lower() not in known:
        return False
    # Without a determiner only a name, or what stands before one, can speak.
    return words[0][0].isupper() or words[-1][0].isupper()


def _breaks(words: list[str], known: frozenset[str], language: Language) -> bool:
    """Say whether a verb or another small word stands where a name goes on."""
    joints = language.determiners | language.links | known
    last = max((n for n, word in enumerate(words) if word[0].isupper()), default=0)
    for n, word in enumerate(words):
        if not word.islower() or word in joints or is_owned(word) or word in _SOME:
            continue
        if word in language.stop_words and word not in ("from", "in", "at"):
            return True
        follows = words[n + 1].lower() if n + 1 < len(words) else ""
        if n and n < last and word.endswith(_VERBAL) and follows not in known:
            return True
    return False


def _head(lowered: list[str], language: Language) -> str:
    """Return the noun that a phrase is about: "sign" of "a sign at the gate"."""
    joints = language.links | {"from", "in", "at", "on"}
    cut = next((n for n, word in enumerate(lowered) if n and word in joints), len(lowered))
    return lowered[cut - 1]


@lru_cache(maxsize=8)
def _roles(language: Language) -> frozenset[str]:
    phrases = [phrase for phrase, _ in (*language.offices, *language.role_words)]
    return frozenset(word for phrase in phrases for word in phrase.split()) | language.occupations
