"""A command's work on the list of sources done, and its faults in words."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.config.load import Config
from bot.core.errors import BriefbotError, SourceError
from bot.core.faults import fault_words
from bot.core.wording import English
from bot.operate.version import version
from bot.operate.work import finished
from bot.wiring.logging import logged
from bot.wiring.sources import Sources, listing

T = TypeVar("T")


def listed(config: Config, work: Callable[[Sources], Awaitable[T]], *, writes: bool = False) -> T:
    """Return what the work returns, done on the list of sources.

    Raises ``BriefbotError``, with the words of a fault for an address that could not be asked.
    """

    async def opened() -> T:
        async with listing(config, version=version(), writes=writes) as sources:
            return await work(sources)

    with logged(config, level="warning"):
        try:
            return finished(opened())
        except SourceError as error:
            raise BriefbotError(f"{fault_words(error.fault, English(), operator=True)}.") from error
