"""The errors of the house.

BriefbotError            a sentence for a person: what happened and what to do next
├── ConfigError          the configuration cannot be used; lists every fault at once
├── StoreError           the archive cannot be opened, read or written
├── SourceError          a whole source cannot be read
│   └── FeedError        a feed, or a page, cannot be read; says when to ask again
├── FolderTakenError     another process holds the data folder (store/alone.py)
├── StrangerError        the database belongs to another bot (app/identity.py)
└── ZoneError            a time zone is not known here (any more)
"""

from bot.core.health import Fault


class BriefbotError(Exception):
    """What happened and what to do next, in words for the person who can act on it."""


class ConfigError(BriefbotError):
    """The configuration cannot be used; the message lists every fault with its mending."""


class StoreError(BriefbotError):
    """The archive cannot be opened, read or written; the message says how to mend it."""


class SourceError(BriefbotError):
    """A whole source cannot be read."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault, whose words ``core.compose`` owns."""
        super().__init__(f"{fault.name}: {fault.reason.value} {fault.particulars}".rstrip())
        self.fault = fault


class FeedError(SourceError):
    """A feed or a page on the net cannot be read."""

    def __init__(self, fault: Fault, *, retry: float | None = None) -> None:
        """Keep the fault, and for how many seconds its server wishes not to be asked again."""
        super().__init__(fault)
        self.retry = retry


class ZoneError(BriefbotError):
    """A time zone is not known here: it was removed from the zone data, or never was in it."""

    def __init__(self, zone: str) -> None:
        """Keep the name of the zone."""
        super().__init__(
            f"The time zone {zone!r} is not in this machine's zone data (any more). "
            "Set the schedule again with a city, for example: /schedule 8am Astana"
        )
        self.zone = zone
