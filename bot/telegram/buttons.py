"""Buttons of digests that were pressed just before: however many press one, it brings one message.

A group may get twenty messages in a minute, and each copy would take the place of an answer.
"""

from collections.abc import Callable

from bot.app.lately import Lately

#: A button: its chat, the message that it stands under, and what it carries.
Button = tuple[str, int, str]


class Buttons:
    """Knows which were pressed, until a minute after their message was sent."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        """Begin with none; ``seconds`` only go forward."""
        self._asked: dict[Button, str] = {}
        self._promised: set[Button] = set()
        self._brought: Lately[Button, Button] = Lately(seconds)
        self._shown: Lately[Button, str] = Lately(seconds)

    def is_pressed(self, button: Button) -> bool:
        """Say whether its message is there, or still to come."""
        return button in self._asked or self._brought.of(button) is not None

    def press(self, button: Button, query: str) -> None:
        """Note that the press of that id is about to bring its message."""
        self._asked[button] = query

    def promise(self, button: Button) -> None:
        """Note that somebody else was told that the message comes, if it is still to come."""
        if button in self._asked:
            self._promised.add(button)

    def is_promised(self, button: Button) -> bool:
        """Say whether somebody else was told that the message comes."""
        return button in self._promised

    def bring(self, button: Button) -> None:
        """Note that its message was sent."""
        self._brought.keep(button, button)

    def show(self, button: Button, text: str) -> None:
        """Note what it let pop up."""
        self._shown.keep(button, text)

    def shown(self, button: Button) -> str | None:
        """Return what it let pop up in the last minute; None where it did not."""
        return self._shown.of(button)

    def leave(self, button: Button, query: str) -> None:
        """Note that the press of that id is over, whatever came of it."""
        if self._asked.get(button) == query:
            del self._asked[button]
            self._promised.discard(button)
