"""English: the words of its dates and of what is ahead."""

from bot.core.prospects import Calendar, Plans


def _any(words: str) -> str:
    """Return a list of words as alternatives; "_" stands for the gap inside one."""
    return "|".join(word.replace("_", r"\s+") for word in words.split())


_PERIODS = r"(?:day|week|month|year|season|decade)s?"

CALENDAR = Calendar(
    months=(
        "january|jan",
        "february|feb",
        "march|mar",
        "april|apr",
        "may",
        "june|jun",
        "july|jul",
        "august|aug",
        "september|sept|sep",
        "october|oct",
        "november|nov",
        "december|dec",
    ),
    weekdays=(
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ),
    ordinals=tuple(
        """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth
        twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first
        """.split()
    ),
    seasons=_any("spring summer autumn fall winter"),
    parts=(
        r"(?:later\s+(?:in\s+)?|(?:early|mid|late|middle)(?:\s+in\s+|\s+|-)(?:the\s+)?"
        r"|(?:the\s+)?(?:(?:very\s+)?(?:end|beginning|start|middle|close)"
        r"|(?:first|second|latter|last)\s+(?:half|days?|weeks?))\s+of\s+(?:the\s+)?)"
    ),
    part_words=frozenset(
        "later early mid late middle end beginning start close half day days week weeks".split()
    ),
    half="half",
    quarter="quarter",
    month="month",
    year="year",
    tomorrow="tomorrow",
    spans=frozenset(
        """
        day days week weeks weekend month months quarter half year years season seasons decade
        decades tomorrow spring summer autumn fall winter
        """.split()
    ),
    coming=_any("next coming upcoming"),
    current="this",
    gone=_any("last past previous since every each"),
    until=_any("to through until till"),
    both="and",
    of="of",
    the="the",
    prepositions=tuple(
        """
        on in by until till from for at between before during starting beginning through throughout
        within to of since after over
        """.split()
    ),
    describing=_any("the a an its his her their our"),
    spells=("in", "by", "until", "till", "from", "for", "during", "before", "through", "to"),
    vague=(
        rf"(?:the\s+|this\s+)?(?:coming|upcoming|next)\s+(?:few\s+|\w+\s+){{0,2}}?{_PERIODS}\b",
        r"the\s+(?:new|following|current)\s+(?:\w+\s+)?(?:year|season)\b",
        r"the\s+(?:year|month|week|day)\s+after\s+(?:next|tomorrow)\b",
        r"later\s+(?:this|next)\s+week\b",
        r"(?:this|next)\s+(?:week|weekend)\b",
        r"(?:early|mid|late|the\s+(?:end|beginning)\s+of)[\s-]+(?:this|next)\s+week\b",
        r"the\s+day\s+of\s+the\s+\w+\b",
    ),
    vague_words=frozenset("the this next coming upcoming later early mid late".split()),
)

PLANS = Plans(
    will=_any("will shall"),
    must=_any("must have_to has_to"),
    would="would",
    be=_any("is are"),
    been=_any("has_been have_been remains?"),
    was=_any("was were had_been been"),
    to="to",
    adverbs=r"\w+ly|also|then|again|now|next|soon|still|both|all|once|there|first|well|itself",
    future_starts=frozenset(
        """
        will shall must have has would is are remain remains was were had been to
        originally initially previously formerly earlier now instead
        plan plans aim aims intend intends agreed decided
        scheduled planned set slated due expected timetabled timed fixed booked poised called
        adjourned postponed rescheduled moved delayed put pushed brought shifted
        """.split()
    ),
    scheduled=_any(
        "scheduled planned set slated due expected timetabled timed fixed booked poised"
    ),
    moved=_any(
        """
        adjourned postponed rescheduled moved delayed put_off put_back pushed_back brought_forward
        shifted
        """
    ),
    assigned=_any("scheduled set fixed called"),
    scheduled_for=_any("for on in next this tomorrow from between"),
    moved_to=_any("to until till for"),
    former=_any("originally initially previously formerly earlier"),
    anew=_any("now instead"),
    intends=_any(
        """
        plans?_to aims?_to intends?_to is_going_to are_going_to
        (?:is|are)_preparing_to
        (?:is|are)_(?:\\w+ly_)?positioned_to
        """
    ),
    decided=_any("agreed decided"),
    occurs=_any(
        """
        take_place be_held occur be_convened happen be_organi[sz]ed be_staged be_hosted
        be_conducted go_ahead
        """
    ),
    occurs_words=frozenset(
        "place held occur convened happen organised organized staged hosted conducted ahead".split()
    ),
    granted=r"(?:has|have)(?=\s+until\b)",
    agenda=_any("on for by until from in the agenda calendar programme program schedule"),
    occurring=_any("takes?_place"),
    holds=_any("convene host hold organi[sz]e stage"),
    eventful=_any(
        """
        follow open reopen launch start begin commence end close meet gather convene visit sign
        inaugurate unveil assemble resume vote elect host hold organi[sz]e stage publish release
        introduce present announce celebrate chair
        """
    ),
    timetabled=_any(
        """
        begins? starts? opens? reopens? closes? ends? meets? gathers? convenes? votes? hosts? holds?
        takes?_place returns? leaves? departs? arrives? sails? fl(?:y|ies) visits? publish(?:es)?
        plays? faces? expires? releases? announces? decides? launch(?:es)? resumes? falls?_due
        comes?_into_(?:force|effect) enters?_into_force takes?_effect takes?_office kicks?_off
        runs? sits? debates? elects? travels? receives? goes_to_the_polls go_to_the_polls performs?
        ships? delivers? reviews? sets?_out heads? addresses? joins? unveils? hands?_over
        premieres? concludes? goes_on_sale go_on_sale gets?_under_way considers? discuss(?:es)?
        signs? presents? inaugurates? celebrates? tours? hears?
        """
    ),
    plurals=frozenset(
        "they we you people women men children police both all two three four five".split()
    ),
    amounts=_any(
        """
        grow rise fall reach increase decrease decline drop exceed total amount cost carry replace
        shrink expand double triple halve average stand remain stay earn need seat employ produce
        process account hit climb surpass range vary contribute make become continue_to depend mean
        help allow enable span last have serve provide generate get keep like
        """
    ),
    participles=(
        r"\w{2,}ed|held|begun|made|given|won|built|born|paid|put|set|laid|sent|brought|shown|taken"
    ),
    conditions=_any("if unless provided_that whether in_case assuming as_long_as"),
    doubts=_any(
        r"""
        may might could hopes? hoped wants? wanted wish(?:es)? would_like threatened threatens?
        propos(?:ed|es|al) possibly perhaps maybe projected forecast estimated predicted should
        would_have no_earlier_than as_early_as at_the_earliest have_been_to rumou?red believed
        doubts? tentatively rumou?rs?
        """
    ),
    denials=_any("not never no_longer nobody nothing neither nor hardly cannot denied denies"),
    dropped=_any(
        """
        cancelled canceled scrapped dropped called_off abandoned fell_through shelved ruled_out
        suspended is_off are_off too_is_off
        """
    ),
    dropped_words=frozenset(
        """
        if unless provided whether case assuming long delayed postponed moved put
        cancelled canceled scrapped dropped off abandoned through shelved ruled suspended
        """.split()
    ),
    nobody=_any("no neither none nobody nothing few hardly"),
    finite=r"is|are|was|were|has|have|had|do|does|did|can|could|\w{2,}ed|met|took|went|came|gave",
    shaken=r"be\s+(?:delayed|postponed|cancell?ed|moved|put\s+off|called\s+off|dropped)",
    purposes=_any(
        "task aim goal purpose idea objective priority challenge point problem question target job"
    ),
    relatives=_any("which who whose whom where that when"),
    conjunctions=_any("and but while whereas or so then yet"),
    hanging=_any(
        """
        between with from in at including such_as like near under worth built also originally
        now formerly previously initially currently
        """
    ),
    setting=_any("on at during in as_part_of"),
    manner=r"\w{2,}ing",
    instead=_any("instead_of in_place_of rather_than"),
    that="that",
    hearers=_any("reporters journalists parliament lawmakers"),
    determiners=_any("the an a its their his her our this"),
    places=_any("in at near"),
    limits=_any("by until till before"),
    definite=_any("the this its"),
    ahead="next",
    successive=_any("next inaugural first second third final"),
    occasions=_any(
        """
        forum summit conference congress meeting session council week festival exhibition games expo
        dialogue talks fair symposium assembly seminar workshop concert tournament cup election
        elections referendum vote ceremony inauguration visit convention hearing race marathon
        auction tender parade match opening launch round event
        """
    ),
    hollow=r"(?:the\s+)?(?:(?:next|first|second|last|other|new|latest)\s+)?ones?|(?:the\s+)?next|courts?",
    whose="whose",
    alternatives="or",
    clock=r"(?:(?:at|for|from|by)\s+)?\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b\.?|GMT|UTC)",
    goes_to=_any("travels?_to fl(?:y|ies)_to heads?_to returns?_to come_to go_to moves?_to"),
    versus=(" v.", " vs."),
    myself=r"I|me|my",
    back=_any("it they this these"),
    begins=_any("on from"),
    aim="for",
    unscheduled=_any(
        """
        soon shortly today tonight yesterday annually regularly every each daily weekly monthly
        periodically now
        """
    ),
    elsewhen=_any("since after of within through throughout to"),
)
