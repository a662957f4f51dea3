"""English: how surely an amount is so."""

#: A noun and no verb stands before these.
_VERB = r"(?!\s(?:worth|of|in|for|with|at|on|by|from|are|were|is|was|have|had|will|would|and|or)\b)"
HEDGES = (
    rf"projected|projects{_VERB}|projecting|expect(?:ed|s)?|expecting|forecast(?:ed)?|forecasting",
    rf"(?<!beat )(?<!beats )(?<!missed )(?<!topped )(?<!above )(?<!below )forecasts{_VERB}",
    "estimate[ds]?|estimating|anticipate[ds]?|predict(?:ed|s)?|foresee[ns]?|envisage[ds]?",
    "planned|(?<!the )(?<!an )(?<!a )(?<!its )(?<!this )(?<!their )plans?",
    "planning|intend(?:s|ed)?|aim(?:s|ed|ing)? (?:at|to)|aims|hope[ds]?|hoping",
    "seek(?:s|ing)?|sought|wish(?:es)?(?= to)|means?(?= to)|targeted|propose[ds]?|proposing",
    "(?-i:may|MAY)|might|could|should|likely|probably|possibly|perhaps|seen|poised|on track",
    "reportedly|allegedly|apparently|believed|thought|tentatively|provisionally|preliminary",
    r"pledged(?= to)|promis(?:ed|es|ing)(?= to| \W?\d)|threaten(?:s|ed|ing)?(?= to)",
    "vow(?:s|ed)?(?= to)",
    r"claim(?:s|ed)?(?= (?:that|to|it|he|she|they)\b)",
)
#: The words of which each of these has one.
HEDGE_WORDS = frozenset(
    """
    projected projects projecting expect expected expects expecting forecast forecasted forecasting
    forecasts estimate estimated estimates estimating anticipate anticipated anticipates predict
    predicted predicts foresee foreseen foresees envisage envisaged envisages planned plan plans
    planning intend intends intended aim aims aimed aiming hope hoped hopes hoping seek seeks
    seeking sought wish wishes mean means targeted propose proposed proposes proposing may might
    could should likely probably possibly perhaps seen poised track reportedly allegedly apparently
    believed thought tentatively provisionally preliminary pledged promised promises promising
    threaten threatens threatened threatening vow vows vowed claim claims claimed
    """.split()
)

#: What denies the rest of its clause, and what denies the rest of its sentence.
DENIALS = (
    "no(?! (?:more|less|fewer|later|matter)\\b)(?!\\.)",
    "not(?! (?:only|more|less|fewer|just)\\b)",
    r"\w+n['’]t|never|neither|nor|cannot|if|unless|whether|instead of|rather than|without",
    "none(?= of)|(?<!a )few(?= of)|(?:hardly|scarcely|barely) any|yet to|fail(?:s|ed|ing)? to",
    "(?:un|in)able to|far from|stopped short of",
)
REFUSALS = (
    "den(?:y|ies|ied)|denying|reject(?:s|ed|ing)?|refus(?:es|ed|ing)|dismiss(?:es|ed|ing)?",
    "false|falsely|untrue|fabricated|baseless|unfounded|debunk(?:s|ed)",
)
#: The words of which each of these has one, and each way to take an amount back.
DENIAL_WORDS = frozenset(
    """
    no not t never neither nor cannot if unless whether instead rather without none few any yet
    fail fails failed failing able unable inable far stopped
    deny denies denied denying reject rejects rejected rejecting refuses refused refusing
    dismiss dismisses dismissed dismissing false falsely untrue fabricated baseless unfounded
    debunks debunked incorrect fake true
    """.split()
)
