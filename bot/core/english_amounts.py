"""English: its words for amounts, and for what is said of them."""

from bot.core import english_certainty as certainty
from bot.core import english_units as units
from bot.core.amount_words import AmountWords
from bot.core.english_periods import (
    NOT_PERIODS,
    PERIOD_ENDS,
    PERIOD_STARTS,
    PERIOD_WORDS,
    PERIODS,
)

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_TEENS = "sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "bln": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
_FRACTIONS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}

_LABELS = frozenset(
    """
    annex appendix article bay berth bus category chapter clause corridor covid decree
    directive division fig figure flat flight flights form gate grade group hall hiv
    highway item kilometer kilometre km law level line lot mark model no number numbers
    page pages paragraph phase pier platform protocol reactor regulation resolution road room route
    row rule schedule school section sector shaft stage stand step street table terminal track train
    type unit version volume ward well zone boeing airbus falcon soyuz formula windows chapters
    articles
    """.split()
)

_QUALIFIERS = (
    "about|around|approximately|roughly|nearly|almost|some|all but|close to|closer to|up to",
    "(?:well |just |slightly |little |far )?(?:over|under|above|below)",
    "(?:no |not |slightly |little |far |well |a little )?(?:more|less|fewer|higher|lower) than",
    "at least|at most|as (?:much|many|few|little|high|low) as|as far as",
    "an? estimated|estimated|an average of|only|just|barely|a further|an additional",
)
_CHANGES = (
    "by|ris(?:es?|ing)|rose|fell|falls?|grew|grows?|climb(?:s|ed)?|dropp?(?:ed|s)?|declined?|decreased?"
    "|increas(?:es?|ed|ing)|gain(?:s|ed)?|los(?:es?|t)|slip(?:s|ped)?|jump(?:s|ed)?|surged?|soar(?:s|ed)?"
    "|plunged?|sank|shed|added|add|up|down|cut|raised?|lowered|reduced?|extend(?:s|ed)?|went|moved"
)
_SAYING = "(?:said|says|added|adds|adding|noted|noting|recalled|stressed|saying|reported)"

_MEASURES = frozenset(
    """
    reach reached reaches rose rise rises risen rising fell fall falls fallen falling grew grow
    grows grown growing total totals totaled totalled amount amounted amounts stand stands stood
    hit hits climb climbs climbed drop drops dropped decline declines declined increase increases
    increased decrease decreases decreased cost costs worth average averages averaged cover covers
    covered exceed exceeds exceeded ascend ascends escalate escalates escalated account accounts
    accounted come comes
    came carry carries carried gain gains gained slip slips slipped
    edge edged jump jumps jumped surge surges surged soar soars soared plunge plunged tumble tumbled
    sink sank sunk ease eased shrink shrinks shrank shrunk peak peaks peaked
    doubled tripled numbered measure measures measured weigh weighs weighed span
    spans spanned remain remains remained advance advanced recover
    recovered widened narrowed
    """.split()
)
_AUXILIARIES = frozenset(
    """
    has have had will would could may might should can must expected projected anticipated estimated
    forecast predicted seen planned likely set due
    """.split()
)
_COPULAS = frozenset("is are was were be been being".split())
_LEADS = frozenset(
    """
    to by at from a an the of about around approximately roughly nearly almost some more less fewer
    than over under below above as up down much many few at least most no only just well close
    closer estimated also now already still again almost further another set total average between
    currently reportedly probably possibly out in for staggering record whopping per
    """.split()
)

AMOUNTS = AmountWords(
    numerals={
        **{word: value for value, word in enumerate(f"{_ONES} {_TEENS}".split(), start=1)},
        **{word: 10 * value for value, word in enumerate(_TENS.split(), start=2)},
    },
    scales=_SCALES,
    short_scales={"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12},
    fractions=_FRACTIONS,
    bare_fractions={"half": 2},
    number_joint="and",
    and_half="and a half",
    article="an?",
    articles=frozenset({"a", "an"}),
    section="the|this|that|first|second|latter|other|last|next|better|final|opening|each|its|their",
    currency_signs=units.SIGNS,
    currency_codes=units.CODES,
    currencies=units.CURRENCIES,
    units=units.UNITS,
    durations=units.DURATIONS,
    rates=units.RATES,
    minus="(?<!plus or )minus",
    range_joint="to|or",
    range_both=("between", "and"),
    range_from="from",
    ratio="in|out of",
    ranges="rang(?:es?|ed|ing)|var(?:y|ies|ied|ying)",
    changes=_CHANGES,
    clock=r"[ap]\.?m\b\.?|GMT|UTC|hours GMT|o['’]clock|hrs\b",
    margins="plus or minus|plus-or-minus|±|give or take",
    age="aged?|age of|ages|(?:older|younger) than|under the age of",
    labels=_LABELS,
    label_phrases="Group of|GROUP OF|Agenda|AGENDA|Vision|VISION|Expo|EXPO",
    year_before="in|since|by|until|till|of|from|during|for|before|after|and|to|early|late",
    scores="win|victory|defeat|loss|draw|lead|score|result|margin|triumph|scoreline",
    qualifiers=_QUALIFIERS,
    leading="the|an?|its|their|his|her|another|further",
    qualifiers_behind=("or (?:more|less|so|fewer|higher|lower)", "at (?:most|least)"),
    hedges=certainty.HEDGES,
    hedge_words=certainty.HEDGE_WORDS,
    hedges_of=(
        "projected|expected|forecast|estimated|anticipated|predicted|foreseen|envisaged|planned",
        "hoped|proposed|(?-i:may|MAY)|might|could|should|likely|probably|possibly|seen",
        "reportedly|allegedly|apparently|believed|thought",
    ),
    hedges_behind=("estimate[ds]?", "reckons?|reckoned", "predict(?:s|ed)?"),
    periods=PERIODS,
    rate_periods=r"(?:an?|per) \w+",
    attributive_periods=r"\w+-quarter",
    not_periods=NOT_PERIODS,
    period_words=PERIOD_WORDS,
    period_starts=PERIOD_STARTS,
    period_ends=PERIOD_ENDS,
    denials=certainty.DENIALS,
    refusals=certainty.REFUSALS,
    denial_words=certainty.DENIAL_WORDS,
    conditions="Were (?:the|a|an|it|they|he|she)|WERE THE|Should|SHOULD|Had (?:the|it|they)",
    untrue=(
        r"(?:is|are|was|were|be|as) (?:\w+ )?(?:untrue|false|fabricated|incorrect|baseless"
        r"|unfounded|fake|not true)"
    ),
    undone=(
        r"[\w\s-]{0,60}\b(?:is|are|was|were|been|being|be) (?:\w+ )?(?:rejected|scrapped|shelved"
        r"|vetoed|cancell?ed|abandoned|blocked|withdrawn|turned down|voted down|called off|dropped)"
    ),
    untrue_next=(
        r"(?:That|This|It|These|Those|Both|The (?:figures?|numbers?|reports?|claims?))\b[^.]{0,40}"
        r"\b(?:untrue|false|wrong|denied|fabricated|incorrect|not true|baseless)"
    ),
    openers=(
        "and|but|while|whereas|which|with|as|compared|or|where|who|whom|whose|though|although|up|down|against|said"
        "|says|adding(?: that)?|citing|killing|including|of which|in which|of whom|yet|so"
    ),
    breaks=(
        rf"{_SAYING}(?: (?:on )?\w+day)? that\b",
        r"(?:said|says) (?=(?:the|an?|it|they|he|she|its|their) )",
        r"According to [^,.;]{1,80},",
        r"and which\b",
        r"and\b(?= (?:is|are|was|were|will|would|has|have) )",
    ),
    says="said|says|told|reports|reported|noted|added|believes?|quipped|admitted|stressed|remarked",
    now="now|today|currently|already|at present",
    contrasts="but|while|whereas|compared|against|though|although|now|today",
    comparisons="from|against|compared|versus|than",
    asides=f"who|whom|whose|which|{_SAYING}|says?|told|tells",
    relative="which",
    relative_person="who",
    frees="and|but|while|whereas|yet|though|although",
    links=(
        r"\s*\((?:\d{4}:)?",
        r"[^\d,;:.“”\"()]{0,40},?\sor",
        r",?\s(?:up|down)(?:\sfrom)?",
        r",?\s(?:from|to)",
        r",\sat",
        r",?\sagainst",
        r"[^\d,;:.“”\"()]{0,30}\sout of",
    ),
    compared="(?:more|less|higher|lower|fewer|faster|slower|above|below)(?: than)?",
    of=r"of(?!\s\d{4}\b)(?: (?:the|its|their|all|those|these|our|his|her))*",
    of_before="of",
    of_generic="(?:range|total|average|maximum|minimum|value|number|level|rate|price)s?",
    yardsticks=(
        r"(?:[\w’'-]+\s){0,2}?"
        "(?:GDP|GNP|gross (?:domestic|national) product|(?:economic|national) output)"
    ),
    pronouns=frozenset("them us you it whom which these those they he she that this who".split()),
    trailing="worth|by|to|at|of|from|in|on|for|with|than|as|and|or|the|an?",
    phrase_ends=(
        "and|but|while|that|who|whom|which|whose|will|would|could|may|might|should|can|has|have|had"
        "|is|are|was|were|said|says|from|than|when|where|if|because|after|before|out of|against|at"
        "|or|compared|instead|worth"
    ),
    modifiers="new|more|fewer|less|other|further|such|additional|extra|own|old",
    no_nouns=frozenset(
        """
        apiece each annually yearly monthly weekly daily earlier later ago altogether long wide high
        deep old away tall thick heavy next last this early late respectively already nearby overall
        abroad ashore online nationwide worldwide apart together more less across aboard now today
        here there then also only alone won plus minus fewer less year unit
        """.split()
    ),
    participle="ed",
    measures=_MEASURES,
    copulas=_COPULAS,
    auxiliaries=_AUXILIARIES,
    leads=_LEADS,
    determiner="the|an?|its|their|his|her|our|total",
    change="to|from",
    stands_for="were|was|are|had|have|has|could|would|died|said|say|of",
)
