"""What the core must know of a language to read its dates and its plans."""

from dataclasses import dataclass

#: Matches nothing: the words of a language that has none.
NEVER = "(?!)"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calendar:
    """The words of dates, all in lower case; those of one meaning are joined by "|"."""

    #: January first, each with its short forms without their stop.
    months: tuple[str, ...]
    #: Monday first.
    weekdays: tuple[str, ...]
    #: "First" first, for days and quarters in words.
    ordinals: tuple[str, ...]
    seasons: str
    #: What names a part of a month or a year before it, with what joins them: "early", "mid-".
    parts: str
    #: The words of which one stands in every such name.
    part_words: frozenset[str]
    half: str
    quarter: str
    month: str
    year: str
    tomorrow: str
    #: The words of which one stands in every time without a figure or a name.
    spans: frozenset[str]
    #: What makes a weekday, month or year the coming one, and what makes it the one gone by.
    coming: str
    current: str
    gone: str
    #: What joins the two ends of a range.
    until: str
    both: str
    #: What joins a day and its month: "of".
    of: str
    the: str
    #: Words that stand before a time, and those behind which a bare month or year is one.
    prepositions: tuple[str, ...]
    #: Words behind which a time only describes a thing: "the May 5 talks".
    describing: str
    spells: tuple[str, ...]
    #: Times that cannot be counted, as regular expressions: "the coming months".
    vague: tuple[str, ...]
    #: The words of which one stands in every one of these.
    vague_words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plans:
    """The words by which something is said to be ahead; all are joined by "|", and may be none."""

    #: Verbs of the future ("will"), of duty ("must"), and "would", which needs a word of saying.
    will: str = NEVER
    must: str = NEVER
    would: str = NEVER
    #: Forms of "be" that hold now, those that hold since, those of the past; and "to".
    be: str = NEVER
    been: str = NEVER
    was: str = NEVER
    to: str = NEVER
    #: Words that may stand between the parts of a verb.
    adverbs: str = NEVER
    #: Plain words of which one begins whatever says that a thing is ahead.
    future_starts: frozenset[str] = frozenset()
    #: Participles of what has its time ("scheduled"), and of what was given another ("postponed").
    scheduled: str = NEVER
    moved: str = NEVER
    #: Verbs that give a thing its time: "set the hearing for".
    assigned: str = NEVER
    #: What stands between either participle and its time.
    scheduled_for: str = NEVER
    moved_to: str = NEVER
    #: What marks a time as no longer the one ("originally"), and as the new one ("now").
    former: str = NEVER
    anew: str = NEVER
    #: Verbs of intention with their "to".
    intends: str = NEVER
    #: Those of them that are past, and tell of a decision.
    decided: str = NEVER
    #: Infinitives that only say that a thing takes place ("be held"), and those that hold it.
    occurs: str = NEVER
    #: Plain words of which each of those that say so has one.
    occurs_words: frozenset[str] = frozenset()
    holds: str = NEVER
    #: What a grant of time begins with: "have", before "until".
    granted: str = NEVER
    #: What may stand between "is" and a time: "on the agenda for".
    agenda: str = NEVER
    #: The same in the present: "takes place".
    occurring: str = NEVER
    #: Verbs that need no exact day to be an event: "open", "launch".
    eventful: str = NEVER
    #: Verbs in the present that a timetable uses: "begins", "meet".
    timetabled: str = NEVER
    #: Plurals without an ending, behind which such a verb may stand.
    plurals: frozenset[str] = frozenset()
    #: Verbs of amounts and states, which make a projection of a sentence.
    amounts: str = NEVER
    #: Endings and forms of participles, which date what stands before them: "signed".
    participles: str = NEVER
    #: Words that make a plan uncertain, denied or dropped.
    conditions: str = NEVER
    doubts: str = NEVER
    denials: str = NEVER
    dropped: str = NEVER
    #: Plain words of which each condition and each of what is dropped or shaken has one.
    dropped_words: frozenset[str] = frozenset()
    #: What may yet happen to a plan, behind a word of doubt: "be delayed".
    shaken: str = NEVER
    #: Subjects that deny their clause: "no", "nobody".
    nobody: str = NEVER
    #: Finite verbs that are not ahead, by which a piece is known to have one.
    finite: str = NEVER
    #: Subjects of which "is to" tells the purpose and not the future.
    purposes: str = NEVER
    #: Words that begin a relative clause, and conjunctions that begin a clause of equal rank.
    relatives: str = NEVER
    conjunctions: str = NEVER
    #: Prepositions and participles that hang a piece on the one before it: "between".
    hanging: str = NEVER
    #: Prepositions that begin the setting of a sentence: "on the sidelines of".
    setting: str = NEVER
    #: The participle that says in what manner: "coinciding".
    manner: str = NEVER
    #: What stands before a thing that another takes the place of: "instead of".
    instead: str = NEVER
    #: "That" behind a word of saying, and whom such a word may have for its hearers.
    that: str = NEVER
    hearers: str = NEVER
    #: Determiners before a thing, left out of its name.
    determiners: str = NEVER
    #: Prepositions of place, and of the last day of a term.
    places: str = NEVER
    limits: str = NEVER
    #: Determiners that point back, and the adjective that does not: "the", "next".
    definite: str = NEVER
    ahead: str = NEVER
    #: Adjectives that make a thing one of a row, still to come: "next".
    successive: str = NEVER
    #: Nouns of things that are held: "forum".
    occasions: str = NEVER
    #: Subjects that name nothing by themselves: "the next one"; the relative that owns: "whose".
    hollow: str = NEVER
    whose: str = NEVER
    #: What stands between two times of which one will hold: "or".
    alternatives: str = NEVER
    #: A time of day: "for 10 a.m.".
    clock: str = NEVER
    #: Verbs of going with their preposition of place: "travel to".
    goes_to: str = NEVER
    #: What a stop in a name is behind: "Ash v. Oak".
    versus: tuple[str, ...] = ()
    #: The first person singular, whose plans are no news.
    myself: str = NEVER
    #: What points back to a thing named before.
    back: str = NEVER
    #: Words of a time that is no appointment: "today", "annually".
    unscheduled: str = NEVER
    #: Prepositions of a time that is not when a thing happens: "since".
    elsewhen: str = NEVER
    #: Those of when something begins, and the one of what it is meant for.
    begins: str = NEVER
    aim: str = NEVER


#: Of a language whose plans are not known.
NO_PLANS = Plans()
