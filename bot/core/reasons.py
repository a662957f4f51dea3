"""Why something could not be read, in plain words, and what who runs the bot can do about it."""

from typing import assert_never

from bot.core.health import Reason
from bot.core.wording import Words


def reason_words(reason: Reason, words: Words, *, operator: bool = False) -> str:
    """Return what is wrong, behind the name of what it is wrong with; the operator: the remedy too.

    What a chat reads holds no advice that nobody there can follow.
    """
    what = _what(reason, words)
    remedy = _remedy(reason, words) if operator else ""
    if not remedy:
        return what
    # Translators: what is wrong with a source or a file, and what to do about it.
    return words.gettext("{fault}; {remedy}").format(fault=what, remedy=remedy)


def _remedy(reason: Reason, words: Words) -> str:  # noqa: C901, PLR0911 - a row a reason
    """Return what who keeps the sources can do; empty where that is nothing, or goes without."""
    match reason:
        case Reason.ABSENT:
            return words.gettext("make it, or correct its path in the configuration")
        case Reason.UNREADABLE:
            return words.gettext("check who may read it")
        case Reason.NOT_A_FOLDER:
            return words.gettext("name a folder in the configuration")
        case Reason.BINARY:
            return words.gettext("save the article as plain text")
        case Reason.TOO_LARGE:
            return words.gettext("split it if it is yours, or raise its limit in the configuration")
        case Reason.BAD_ENCODING:
            return words.gettext("save it as UTF-8 if it is yours")
        case Reason.BAD_DATE:
            return words.gettext("correct it if it is yours")
        case Reason.FUTURE_DATE:
            return words.gettext("correct it if it is yours, or wait for the day")
        case Reason.GONE:
            return words.gettext("remove it, or find its new address")
        case Reason.NOT_A_FEED:
            return words.gettext("look for its address again")
        case _:
            return ""


def _what(  # noqa: C901, PLR0911, PLR0912 - a row a reason
    reason: Reason, words: Words
) -> str:
    match reason:
        case Reason.ABSENT:
            return words.gettext("is not there")
        case Reason.UNREADABLE:
            return words.gettext("cannot be read")
        case Reason.NOT_A_FOLDER:
            return words.gettext("is not a folder")
        case Reason.NOT_A_FILE:
            return words.gettext("is not a plain file; only plain files are read")
        case Reason.EMPTY:
            return words.gettext("is empty; there is nothing to read")
        case Reason.BINARY:
            return words.gettext("is not text")
        case Reason.TOO_LARGE:
            return words.gettext("is too large")
        case Reason.UNKNOWN_KIND:
            return words.gettext("is of a kind I do not read; I read .txt, .md and .html")
        case Reason.BAD_ENCODING:
            return words.gettext("has letters I cannot decode")
        case Reason.NO_TEXT:
            return words.gettext("has no text of an article in it")
        case Reason.BAD_FRONT_MATTER:
            return words.gettext("has lines between its --- marks that I do not understand")
        case Reason.BAD_DATE:
            return words.gettext("bears a date that cannot be right")
        case Reason.FUTURE_DATE:
            return words.gettext("bears a date that lies ahead")
        case Reason.NOT_STORED:
            return words.gettext("could not be stored; I try again at the next reading")
        case Reason.FORBIDDEN_ADDRESS:
            return words.gettext("is at an address that I may not ask")
        case Reason.NO_SUCH_HOST:
            return words.gettext("is at a host that no name server knows")
        case Reason.NO_CONNECTION:
            return words.gettext("takes no connection")
        case Reason.NO_ANSWER:
            return words.gettext("gives no answer in time")
        case Reason.BAD_CERTIFICATE:
            return words.gettext("shows a certificate that I cannot trust")
        case Reason.BAD_ANSWER:
            return words.gettext("answers what no web server should")
        case Reason.HTTP_ERROR:
            return words.gettext("answers with an error")
        case Reason.TOO_MANY_REQUESTS:
            return words.gettext("wants to be asked less often; I wait as long as it says")
        case Reason.REDIRECTED_TOO_OFTEN:
            return words.gettext("sends me on and on")
        case Reason.GONE:
            return words.gettext("was ended by its publisher")
        case Reason.ROBOTS:
            return words.gettext("asks robots not to read it")
        case Reason.NOT_A_FEED:
            return words.gettext("is no feed")
        case Reason.LOGIN_PAGE:
            return words.gettext("wants somebody to sign in")
        case Reason.BROKEN_FEED:
            return words.gettext("is a broken feed; what could be read of it was read")
        case Reason.ENTITIES:
            return words.gettext("declares entities, which can be used to fill the memory")
        case _:
            assert_never(reason)
