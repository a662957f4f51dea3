"""What the core must know of a language: its words, and the rules made of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The word lists of one language, all in lower case; an empty list switches its rule off."""

    #: ISO 639-1, or "" for the rules that hold in any script.
    code: str
    #: The algorithm of snowballstemmer, or "" for none.
    stemmer: str = ""
    stop_words: frozenset[str] = frozenset()
    #: Words that a full stop follows without ending the sentence ("Mr", "Gen").
    abbreviations: frozenset[str] = frozenset()
    #: Words that a full stop follows and that may yet end the sentence ("U.S", "Inc").
    closing_abbreviations: frozenset[str] = frozenset()
    #: Words that begin a sentence more often than they follow an abbreviation.
    starters: frozenset[str] = frozenset()
    months: tuple[str, ...] = ()
    #: Verbs that report what somebody says ("said", "stressed").
    reporting: frozenset[str] = frozenset()
    #: What stands before who says a thing ("according to").
    according: str = ""
    #: Words that end the naming of a speaker behind the verb ("said Tokayev at the meeting").
    adjuncts: frozenset[str] = frozenset()
    #: Words that join another person or body to the one who speaks ("spokesman for Tokayev").
    links: frozenset[str] = frozenset()
    #: Verbs that only an agency ends a report with ("Trend reports").
    agency_verbs: frozenset[str] = frozenset()
    #: Nouns of office ("president", "foreign minister"), each with the role it is a kind of.
    offices: tuple[tuple[str, str], ...] = ()
    #: Words that stand for a person of that role ("head of state"), with the role.
    role_words: tuple[tuple[str, str], ...] = ()
    first_person: frozenset[str] = frozenset()
    #: Openers that may be left out, each up to its comma ("furthermore").
    openers: tuple[str, ...] = ()
    #: The same as regular expressions, for openers with a free word ("in a strategic move").
    opener_patterns: tuple[str, ...] = ()
    #: Adjectives that add nothing to a number ("staggering").
    intensifiers: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    #: Words whose presence forbids leaving out the clause around them: negation and hedges.
    guarded: frozenset[str] = frozenset()
    #: Words that point back to an earlier sentence ("such", "this").
    demonstratives: frozenset[str] = frozenset()
    #: Words that point back unless their own sentence has named what they mean ("he", "its").
    pronouns: frozenset[str] = frozenset()
    #: Ordinals and the like that point back after a definite article ("inaugural", "latter").
    back_adjectives: frozenset[str] = frozenset()
    #: Words that, behind a comma, begin a trailing clause a short line can do without ("which").
    clause_starters: frozenset[str] = frozenset()
    #: Endings of the participles that begin such a clause ("strengthening").
    participles: tuple[str, ...] = ()
    #: Phrases that begin one without a comma ("during", "on the sidelines of").
    occasions: tuple[str, ...] = ()
    #: The same, for headlines only ("after").
    circumstances: tuple[str, ...] = ()
    #: Nouns of a speech ("speech", "address") by which two articles are known to be on one.
    speeches: frozenset[str] = frozenset()
    #: Phrases of sentences that serve the reader of a site, not the news ("follow us on").
    boilerplate: tuple[str, ...] = ()
