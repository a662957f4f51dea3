"""English: the times that say what an amount is true of."""

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_YEAR = r"(?:1[89]|20|21)\d\d"
_DAY = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}|{_MONTH})(?:,? {_YEAR})?"
#: What makes "a year" a point in time and no rate.
LATER = "earlier|later|ago|before|after|prior|on|since"
_RECORDS = (
    "lowest|highest|largest|biggest|smallest|fastest|slowest|strongest|weakest|worst|best|deepest"
    "|steepest|sharpest|longest|shortest|cheapest|heaviest|driest|wettest|hottest|coldest"
    "|deadliest|busiest|greatest|poorest|richest|warmest|coolest|bloodiest"
)
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[0-9]+(?:st|nd|rd|th)"
#: What before a time makes it the measure of a record or of a row: "its lowest in 11 years".
NOT_PERIODS = (
    "than|of|on|like|unlike|from(?= (?:last|the previous|a year))"
    rf"|(?:{_RECORDS})(?: [a-z-]+){{0,2}}"
    rf"|(?:its|their|his|her|the|an?) (?:{_ORDINALS})(?: straight| consecutive)?"
    r" (?!half|quarter|third|day|week|month|year)[a-z-]+"
)
_NTH = r"(?:first|second|third|fourth|last|next|past|coming|previous|same|current)"
_LENGTH = r"(?:years?|months?|weeks?|days?|hours?|decades?|centur(?:y|ies))"
_PART = (
    r"(?:the )?(?:(?:start|beginning|middle|end|turn|close|course) of |early[- ]|mid-|late )?"
    r"(?:the )?"
)
_SPAN = (
    rf"(?:{_MONTH}[-–]{_MONTH}(?: {_YEAR})?|{_DAY}|{_YEAR}"
    rf"(?:[-/–]\d{{2,4}}|(?:, {_YEAR})*,? and {_YEAR})?"
    rf"|{_NTH} (?:quarter|half|period|season|(?:\w+ )?{_LENGTH})"
    rf"(?: of (?:{_YEAR}|(?:the |this |last |next )(?:year|century|decade)))?"
    r"|year-end|(?:this|last|next) (?:year|month|week|decade|century|season)"
    r"|(?:century|decade|year|month|week|season)"
    rf"|(?:fiscal|financial) (?:year|{_YEAR})(?: {_YEAR})?(?:/\d+)?)"
)
_TO = "(?:by|in|since|until|till|during|over|for|before|after|as of|at|through|throughout|within)"
_UNIT = "(?:year|month|week|quarter|season|decade|spring|summer|autumn|fall|winter|day|night)"
PERIODS = (
    rf"{_TO} {_PART}{_SPAN}",
    rf"from {_PART}{_SPAN} (?:to|until|through) {_PART}{_SPAN}",
    rf"between {_YEAR} and {_YEAR}",
    rf"between {_DAY} and {_DAY}",
    rf"from (?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?: {_YEAR})?(?! to)",
    rf"(?:in|over|within|during) (?:the |an? (?:single )?)?(?:\w+ )?{_LENGTH}",
    r"(?-i:[Ss]ince [A-Z][\w-]+)",
    rf"(?:\w+|\d+) {_LENGTH} (?:ago|earlier)",
    rf"(?:last|this|next|every|each) {_UNIT}",
    rf"(?:a|per|each|every) (?:year|month|week|day|night|hour|second)(?! (?:{LATER})\b)",
    r"annually|yearly|monthly(?! \w+s\b)|weekly|daily|year-on-year",
    r"(?:first|second|third|fourth)-quarter",
    rf"(?<=\(){_YEAR}(?=:)",
)
#: The words of which each of these has one, if not a year in digits.
PERIOD_WORDS = frozenset(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    year years month months week weeks day days hour hours decade decades century centuries
    quarter half period season spring summer autumn fall winter night second since
    annually yearly monthly weekly daily
    """.split()
)
#: The words that they begin with, those of what makes another thing of a time included.
PERIOD_STARTS = frozenset(
    """
    by in since until till during over for before after as at through throughout within from between
    last this next every each a per annually yearly monthly weekly daily year first second third
    fourth than of on like unlike its their his her the an
    """.split()
) | frozenset(_RECORDS.split("|"))
#: The words that end "three years ago".
PERIOD_ENDS = frozenset("ago earlier".split())
