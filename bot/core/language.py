"""What the core must know of a language: its words, and the rules made of them."""

from dataclasses import dataclass

from bot.core.amount_words import AmountWords
from bot.core.prospects import NO_PLANS, Calendar, Plans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """The word lists of one language, all in lower case; an empty list switches its rule off.

    Two are the same only when they are one: so a rule made of one is found again at once.
    """

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
    #: Words that, before a colon, credit a picture at the end of its caption ("Photo").
    credits: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    #: Verbs that report what somebody says ("said", "stressed").
    reporting: frozenset[str] = frozenset()
    #: Verbs that go with somebody's very words and report nothing else ("joked").
    quoting: frozenset[str] = frozenset()
    #: Verbs by which somebody gives a thing a name ("called it").
    naming: frozenset[str] = frozenset()
    #: Nouns of people by what they do ("geologist"), and of bodies that speak ("bank").
    occupations: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    #: Nouns of people by what they are to others ("wife").
    relations: frozenset[str] = frozenset()
    #: Nouns of what only carries somebody's words ("letter").
    carriers: frozenset[str] = frozenset()
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
    #: The same as regular expressions, for participles ("strengthening", "designed").
    participles: tuple[str, ...] = ()
    #: What begins one without a comma, as regular expressions ("during", "on the sidelines of").
    occasions: tuple[str, ...] = ()
    #: The same, for headlines only ("at a meeting").
    circumstances: tuple[str, ...] = ()
    #: Adjectives of nationality, which may go with an office ("Kazakh").
    nationalities: frozenset[str] = frozenset()
    #: First words that go on with what the sentence before says ("but").
    continuations: frozenset[str] = frozenset()
    #: What tells a question that somebody was asked, whose answer stands elsewhere.
    inquiries: str = "(?!)"
    #: Nouns of a speech ("speech", "address") by which two articles are known to be on one.
    speeches: frozenset[str] = frozenset()
    #: Phrases of sentences that serve the reader of a site, not the news ("follow us on").
    boilerplate: tuple[str, ...] = ()
    #: How it says amounts; without it there are no figures.
    amounts: AmountWords | None = None
    #: How it says dates, and what is ahead; without them nothing is.
    calendar: Calendar | None = None
    plans: Plans = NO_PLANS
