"""What the core must know of a language to read its figures."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AmountWords:
    """The words of amounts, in lower case; a text is a regular expression, as is each of a tuple.

    Two are the same only when they are one: so a rule made of one is found again at once.
    """

    # The numbers themselves: plain words with what they are worth.
    #: Cardinals up to ninety-nine, those of two words left out.
    numerals: Mapping[str, int]
    #: What multiplies the number before it: "hundred", "million".
    scales: Mapping[str, int]
    #: The same, set behind the digits without a gap: "3bn".
    short_scales: Mapping[str, int]
    #: Parts of one that need a count before them ("quarter"), and those that stand alone ("half").
    fractions: Mapping[str, int]
    bare_fractions: Mapping[str, int]
    #: What joins the words of one number, what adds half to it, and the indefinite article, the
    #: latter in plain words, too.
    number_joint: str
    and_half: str
    article: str
    articles: frozenset[str]
    #: What makes a part a section of something: "the second half".
    section: str

    # What belongs to an amount.
    #: Signs before it, codes before it (plain, in capitals), and words behind it.
    currency_signs: tuple[str, ...]
    currency_codes: tuple[str, ...]
    currencies: tuple[str, ...]
    units: tuple[str, ...]
    #: Units of time: an amount of these is a duration.
    durations: tuple[str, ...]
    #: What a price is for: "a barrel".
    rates: tuple[str, ...]
    minus: str
    #: What joins the ends of a range, what opens one of the two, and what parts a ratio.
    range_joint: str
    range_both: tuple[str, str]
    range_from: str
    ratio: str
    #: What before "from" makes a range of it.
    ranges: str
    #: What leads to a change, of which the end may follow: "by $4 to $56".
    changes: str

    # What only looks like an amount.
    #: Words of a time of day behind a number.
    clock: str
    #: What makes a number the margin of another: "plus or minus".
    margins: str
    #: What stands before an age.
    age: str
    #: Words before a number that make it a name ("article"), and phrases that do, as they stand.
    labels: frozenset[str]
    label_phrases: str
    #: What stands before a bare year.
    year_before: str
    #: Nouns behind two numbers that make them a score.
    scores: str

    # What is said of an amount.
    #: Qualifiers right before it, what may stand between, and qualifiers right behind it.
    qualifiers: tuple[str, ...]
    leading: str
    qualifiers_behind: tuple[str, ...]
    #: Words that make what follows them in their clause uncertain: "projected".
    hedges: tuple[str, ...]
    #: Plain words of which each of these has one.
    hedge_words: frozenset[str]
    #: Those that may follow an amount which is their subject: "half may burn".
    hedges_of: tuple[str, ...]
    #: The same behind the amount's clause, with who says so: ", she estimated".
    hedges_behind: tuple[str, ...]
    #: Times that say what an amount is true of; and what before one makes it something else.
    periods: tuple[str, ...]
    not_periods: str
    #: Plain words of which each of these has one, years in digits aside; those that begin it,
    #: digits aside; and those that end what any word may begin.
    period_words: frozenset[str]
    period_starts: frozenset[str]
    period_ends: frozenset[str]
    #: Those of them that belong to the amount right before them alone; what is true now only.
    rate_periods: str
    #: Those that belong to the noun right behind them alone: "third-quarter loss".
    attributive_periods: str
    now: str
    #: What denies the rest of its clause, and what denies the rest of its sentence.
    denials: tuple[str, ...]
    refusals: tuple[str, ...]
    #: Plain words of which each of these has one, and each of "untrue".
    denial_words: frozenset[str]
    #: What opens a condition at the head of a sentence.
    conditions: str
    #: How the same sentence, and how the next one, takes an amount back.
    untrue: str
    untrue_next: str
    #: What becomes of a plan that comes to nothing.
    undone: str

    # How a clause is built.
    #: Words that open a clause behind a comma; those that open one without it.
    openers: str
    breaks: tuple[str, ...]
    #: Those that open what is said of the noun before, those that free what follows from a denial,
    #: and those that set one time against another.
    relative: str
    #: The first of these where the noun is a person.
    relative_person: str
    frees: str
    contrasts: str
    #: What opens another time or amount that this one is measured against.
    comparisons: str
    #: Verbs and pronouns behind an amount after which a time is not the amount's.
    asides: str
    #: What stands between two amounts that say the same of the same thing, or say what it was.
    links: tuple[str, ...]
    #: What follows an amount that is measured against another.
    compared: str
    #: Verbs that say who says so, behind a comma.
    says: str
    #: "of" behind an amount, with what may follow it before the noun, and before an amount;
    #: pronouns that may stand instead of a noun.
    of: str
    of_before: str
    pronouns: frozenset[str]
    #: Nouns before "of" that do not say what is counted: "a range of".
    of_generic: str
    #: What a share is measured against, which is not what it counts: "3 percent of GDP".
    yardsticks: str
    #: Words at which the naming of what is counted ends.
    phrase_ends: str
    #: Words at which no naming ends.
    trailing: str
    #: Words between an amount and its noun: "new", "more".
    modifiers: str
    #: Words right behind an amount that are not the noun it counts ("apiece"), and their endings.
    no_nouns: frozenset[str]
    participle: str
    #: Verbs between what is counted and its amount ("reached", "total"); forms of "be", which
    #: measure where the amount has a unit; and what may stand before either.
    measures: frozenset[str]
    copulas: frozenset[str]
    auxiliaries: frozenset[str]
    #: Words that may stand between such a verb and the amount.
    leads: frozenset[str]
    #: What before such a word makes it a noun: "the total".
    determiner: str
    #: What leads to the end of a change that is counted: "shrink to 15 people".
    change: str
    #: Verbs behind an amount that stands for those it counts: "four were brought ashore".
    stands_for: str
