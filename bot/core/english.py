"""English: its word lists."""

from bot.core import english_speakers as speakers
from bot.core.english_amounts import AMOUNTS
from bot.core.english_plans import CALENDAR, PLANS
from bot.core.language import Language

_STOP_WORDS = """
a about above across after again against all almost along already also although always am among an
and another any are around as at away back be became because become been before behind being below
between both but by came can cannot come could did do does doing done down during each either else
even ever every few first for former from further get give go going got had has have having he her
here hers him his how however i if in indeed into is it its itself just last least less let like
made make many may me meanwhile might more moreover most much must my near never new no nor not now
of off often on once one only onto or other others our out over own per put rather s said same say
saying says see seen several shall she should since so some still such t take than that the their
them then there therefore these they this those though through thus to together too took toward
towards two under until up upon us use used very via was we well were what when where whether which
while who whom whose why will with within without would yet you your
"""

_ABBREVIATIONS = """
mr mrs ms dr prof gen col maj capt lt sgt cmdr adm rev hon sen rep gov pres st mt ft messrs mme
fr sr supt det insp vs no nos fig vol pp ed eds al i.e e.g cf approx dept univ assn
ave blvd rd pvt cpl brig
"""

_CLOSING_ABBREVIATIONS = """
u.s u.k u.n e.u u.a.e u.s.s.r d.c a.m p.m inc corp co ltd llc plc jr etc bros ph.d m.d b.a m.a
jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun calif mass fla wash
ore ariz colo conn va pa n.y n.j l.a km kg cm ft in est gmt sq bn mln
"""

_STARTERS = """
the a an this that these those he she it they we i you his her its their our my in on at by for
from with after before during as when while if although though but and or so yet however meanwhile
there here what who why how according also since until both all some many most more another each
"""

_REPORTING = """
said says say told tells added adds stated states noted notes stressed stresses emphasized
emphasised emphasizes emphasises underscored underscores underlined underlines highlighted
highlights pointed points remarked remarks declared declares announced announces explained explains
argued argues claimed claims warned warns insisted insists asserted asserts affirmed affirms
reiterated reiterates recalled recalls observed observes commented comments replied replies answered
answers asked asks continued continues concluded concludes articulated articulates urged urges
acknowledged acknowledges admitted admits confirmed confirms denied denies expressed suggested
suggests mentioned mentions wrote writes tweeted posted remarking saying stating adding noting
believes thinks maintained maintains conceded concedes
"""

_OFFICES = (
    ("president", "head of state"),
    ("king", "head of state"),
    ("queen", "head of state"),
    ("emir", "head of state"),
    ("sultan", "head of state"),
    ("prime minister", "head of government"),
    ("premier", "head of government"),
    ("chancellor", "head of government"),
    ("deputy prime minister", "deputy head of government"),
    ("vice prime minister", "deputy head of government"),
    ("vice president", "vice president"),
    ("foreign minister", "minister"),
    ("minister of foreign affairs", "minister"),
    ("defense minister", "minister"),
    ("defence minister", "minister"),
    ("finance minister", "minister"),
    ("deputy minister", "deputy minister"),
    ("deputy foreign minister", "deputy minister"),
    ("minister", "minister"),
    ("secretary-general", "secretary-general"),
    ("secretary general", "secretary-general"),
    ("deputy secretary-general", "deputy secretary-general"),
    ("secretary of state", "minister"),
    ("secretary", "secretary"),
    ("ambassador", "ambassador"),
    ("governor", "governor"),
    ("mayor", "mayor"),
    ("senator", "senator"),
    ("speaker", "speaker"),
    ("chairman", "chair"),
    ("chairwoman", "chair"),
    ("chairperson", "chair"),
    ("chair", "chair"),
    ("director", "director"),
    ("director-general", "director"),
    ("chief executive", "chief executive"),
    ("ceo", "chief executive"),
    ("spokesman", "spokesperson"),
    ("spokeswoman", "spokesperson"),
    ("spokesperson", "spokesperson"),
    ("general", "general"),
    ("professor", "professor"),
)

_ROLE_WORDS = (
    ("head of state", "head of state"),
    ("head of government", "head of government"),
    ("diplomat", "ambassador"),
    ("envoy", "ambassador"),
    ("official", "minister"),
)

_OPENERS = (
    "furthermore",
    "moreover",
    "in addition",
    "additionally",
    "also",
    "therefore",
    "thus",
    "hence",
    "consequently",
    "as a result",
    "accordingly",
    "in turn",
    "meanwhile",
    "at the same time",
    "besides",
    "notably",
    "importantly",
    "significantly",
    "in particular",
    "in this regard",
    "in this context",
    "in this connection",
    "in this respect",
    "against this background",
    "overall",
    "in general",
    "in conclusion",
    "finally",
    "lastly",
    "then",
    "of course",
    "well",
    "for example",
    "for instance",
    "in fact",
    "indeed",
    "it should be noted that",
    "it is worth noting that",
    "as previously reported",
)

_NATIONALITIES = """
afghan albanian algerian american argentine armenian australian austrian azerbaijani bangladeshi
belarusian belgian bolivian bosnian brazilian british bulgarian cambodian canadian chilean chinese
colombian croatian cuban cypriot czech danish dutch egyptian estonian ethiopian finnish french
georgian german greek hungarian indian indonesian iranian iraqi irish israeli italian japanese
jordanian kazakh kazakhstani kenyan korean kuwaiti kyrgyz laotian latvian lebanese libyan lithuanian
malaysian maldivian maltese mexican moldovan mongolian montenegrin moroccan nepali nepalese nigerian
norwegian omani pakistani palestinian peruvian philippine polish portuguese qatari romanian russian
saudi senegalese serbian singaporean slovak slovenian somali spanish sudanese swedish swiss syrian
tajik tanzanian thai tunisian turkish turkmen ugandan ukrainian us uzbek venezuelan vietnamese
yemeni zambian
"""

_BOILERPLATE = (
    "follow us",
    "subscribe to",
    "sign up",
    "read more",
    "click here",
    "scroll down",
    "photo:",
    "photo by",
    "image:",
    "image courtesy",
    "file photo",
    "getty images",
    "all rights reserved",
    "copyright",
    "share this",
    "see also",
    "related article",
    "watch the video",
    "download the app",
    "telegram channel",
    "this article was",
    "cookies",
    "advertisement",
    "editing by",
    "reporting by",
    "additional reporting",
    "updated to correct",
    "earlier version of this",
    "contributed to this report",
    "writing by",
)

ENGLISH = Language(
    code="en",
    stemmer="english",
    stop_words=frozenset(_STOP_WORDS.split()),
    abbreviations=frozenset(_ABBREVIATIONS.split()),
    closing_abbreviations=frozenset(_CLOSING_ABBREVIATIONS.split()),
    starters=frozenset(_STARTERS.split()),
    credits=("Image", "Photo", "Photograph", "Picture"),
    months=tuple(
        """
        january february march april may june july august september october november december
        """.split()
    ),
    reporting=frozenset(_REPORTING.split()),
    quoting=speakers.QUOTING,
    naming=speakers.NAMING,
    occupations=speakers.OCCUPATIONS,
    bodies=speakers.BODIES,
    carriers=speakers.CARRIERS,
    relations=speakers.RELATIONS,
    according="according to",
    adjuncts=frozenset(
        """
        during in at on after while as when adding to that by with before over about through near
        outside inside behind under via last late early today yesterday
        """.split()
    ),
    links=frozenset("and or of for to".split()),
    agency_verbs=frozenset("reports reported informs writes".split()),
    offices=_OFFICES,
    role_words=_ROLE_WORDS,
    first_person=frozenset("i we me us my our ours myself ourselves".split()),
    openers=_OPENERS,
    opener_patterns=(
        (
            r"in (?:an?|another) (?:[a-z-]+ ){0,2}"
            r"(?:initiative|move|step|gesture|bid|effort|development|sign|statement|breakthrough)"
        ),
    ),
    intensifiers=frozenset(
        "staggering whopping impressive massive huge enormous stunning remarkable".split()
    ),
    determiners=frozenset("the a an".split()),
    nationalities=frozenset(_NATIONALITIES.split()),
    continuations=frozenset(
        "but and or nor so yet still otherwise both another then else neither instead".split()
    ),
    inquiries=(
        r"asked\b(?:(?<=\bwas asked)|(?<=\bwere asked)|(?<=\bwhen asked)"
        r"|(?<=\basked) (?:whether|if|about)\b)"
    ),
    guarded=frozenset(
        """
        not no never nor neither none nobody nothing without unless except if but only although
        though despite however hardly barely scarcely may might could would should can must likely
        unlikely possibly probably perhaps reportedly allegedly apparently expected projected
        anticipated estimated planned proposed aims about around approximately nearly almost over
        under least most than up some until whether according citing said says saying told tells
        adding stating noting warned warning announced announcing claiming arguing stressing
        reported reports excluding barring pending end next last week month year today tomorrow
        yesterday monday tuesday wednesday thursday friday saturday sunday when after before since
        """.split()
    ),
    demonstratives=frozenset("such this these those".split()),
    pronouns=frozenset("it they he she his her its their him them".split()),
    back_adjectives=frozenset(
        """
        inaugural latter former same first second third other others next said two three rest pair
        event move decision
        organization organisation document agreement initiative meeting forum project company
        """.split()
    ),
    clause_starters=frozenset("which who whose where alongside including".split()),
    participles=(r"(?!exclud|barr|pend|accord|regard)[a-z]{3,}ing", "designed", "aimed", "based"),
    occasions=(
        "during",
        "amid",
        "on the sidelines of",
        "in the course of",
        "as part of",
        "within the framework of",
    ),
    circumstances=(
        "ahead of",
        (
            r"at (?:an?|the) (?:[\w-]+ )?"
            r"(?:meeting|summit|session|ceremony|conference|forum|briefing|congress|event)"
        ),
        r"in (?:an?|the) (?:[\w-]+ )?(?:statement|letter|interview|speech|address|message)",
    ),
    speeches=frozenset("speech address remarks statement speaking addressing".split()),
    boilerplate=_BOILERPLATE,
    amounts=AMOUNTS,
    calendar=CALENDAR,
    plans=PLANS,
)
