"""Groups that became supergroups while the bot listens: where they were, and where they are."""


class Moves:
    """Knows the numbers of groups that have moved; a group moves once in its life."""

    def __init__(self) -> None:
        """Begin with none."""
        self._new: dict[int, int] = {}
        self._old: dict[int, int] = {}

    def note(self, old: int, new: int) -> None:
        """Note that a group has another number from now on."""
        self._new[old], self._old[new] = new, old

    def now(self, chat: int) -> int:
        """Return the number of that chat now."""
        return self._new.get(chat, chat)

    def line(self, chat: int) -> str:
        """Return the line that all waits in which concerns the chat, under either number."""
        return str(self._old.get(chat, chat))
