"""The pattern of what says that something is ahead."""

import re
from functools import lru_cache

from bot.core.prospects import Plans


@lru_cache(maxsize=8)
def future(plans: Plans) -> re.Pattern[str]:
    """Return the pattern of a verb of the future, of an appointment and of the giving of one.

    Its groups: must, would, decided, occurs, does and done of a verb; former, be, was, scheduled
    with for, moved with until, to and held of an appointment; thing of what is given one.
    """
    also = rf"(?:\s+(?:{plans.adverbs}))*"
    be = rf"(?:(?:(?P<be>{plans.be}|{plans.been})|(?P<was>{plans.was})){also}\s+)?"
    marked = rf"(?:(?:(?P<former>{plans.former})|{plans.anew})\s+)?"
    appointed = (
        rf"{marked}{be}(?:(?P<scheduled>{plans.scheduled}){also}\s+(?P<for>{plans.scheduled_for})\b"
        rf"|(?P<moved>{plans.moved})\b(?:\s+\w+){{0,6}}?\s+(?P<until>{plans.moved_to})\b"
        rf"|(?:{plans.scheduled}\s+)?(?P<to>{plans.to})\s+(?P<held>{plans.occurs}|be\s+\w+ed)\b)"
    )
    verb = (
        rf"(?:{plans.will}|(?P<would>{plans.would})|(?P<must>{plans.must})|(?P<decided>{plans.decided})\s+{plans.to}"
        rf"|{plans.intends}"
        rf"|(?:{plans.be}){also}\s+(?:(?:{plans.scheduled}){also}\s+)?{plans.to})"
        rf"{also}\s+(?=(?P<occurs>{plans.occurs})?\b)(?P<does>\w+)(?:{also}\s+(?P<done>\w+))?"
    )
    assigned = (
        rf"(?:{plans.assigned}|{plans.moved})\s+(?P<thing>(?:{plans.determiners})\s+[\w-]+"
        rf"(?:\s+(?!{plans.to}\b)[\w-]+){{0,5}}?)\s+(?:{plans.moved_to})\b"
    )
    return re.compile(rf"\b(?:{verb}|{assigned}|{appointed})", re.IGNORECASE)
