"""What is to be done with what was heard, and in which order."""

from typing import Protocol, assert_never

from bot.app import crowd
from bot.slack.address import Address
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Heard,
    Linked,
    Moved,
    Opened,
    Pressed,
    Submitted,
    Typed,
    Uninstalled,
    Went,
)

#: What somebody asks and waits for.
Asked = Typed | Pressed | Linked
#: Something that was heard, and what is to be done with it.
Job = crowd.Job[Heard]


class Windows(Protocol):
    """Slack's own surfaces: the Home tab and windows. Raises ``StoreError`` at most."""

    async def open(self, said: Typed | Pressed) -> bool:
        """Open the window of a conversation's settings; say whether it is open."""
        ...

    async def opened(self, heard: Opened) -> None:
        """Show the Home tab."""
        ...

    async def clicked(self, heard: Clicked) -> None:
        """Do what a button there says."""
        ...

    async def submitted(self, heard: Submitted) -> None:
        """Save what a form holds."""
        ...

    async def stands(self, change: Came | Went | Archived | Moved) -> None:
        """Know where the bot is from now on."""
        ...

    async def flooded(self, heard: Clicked | Submitted) -> None:
        """Say that it is more than can be done."""
        ...


def line_of(heard: Heard) -> str:
    """Return the line in which it has its turn: things of one line are done in order.

    What can open a window has one of its own, for it has to be opened within 3 seconds.
    """
    match heard:
        case Typed() | Pressed() | Linked():
            return f"{heard.place.whole} {heard.trigger}"
        case Came() | Went() | Archived():
            # That of what is typed there without a trigger.
            return f"{heard.place.whole} "
        case Moved():
            # What is said where a channel has moved to is heard behind the move.
            return f"{Address(heard.place.workspace, heard.new).destination} "
        case Clicked():
            return f"{heard.person.name} {heard.trigger}"
        case Opened() | Submitted():
            return f"{heard.person.name} {type(heard).__name__}"
        case Uninstalled():
            return heard.workspace
        case _:
            assert_never(heard)
