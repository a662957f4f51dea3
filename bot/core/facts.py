"""What an article says that can be checked word by word: quotations, figures, events ahead."""

from bot.core.events import events
from bot.core.figures import figures
from bot.core.quotes import quotes
from bot.core.report import Report
from bot.core.values import Facts


def facts(report: Report) -> Facts:
    """Return the facts of an article; what is uncertain is left out."""
    return Facts(figures=figures(report), quotes=quotes(report), ahead=events(report))
