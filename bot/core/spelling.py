"""Which words are slips of others: how many letters it takes to mend them."""

#: A word of more letters may have two slips in it, a shorter one only one.
_SHORT = 5


def is_slip(typed: str, meant: str) -> bool:
    """Say whether what was typed is nearly the other, but for a slip or two.

    One letter is wrong, missing, too many or has changed places with its neighbour; where the last
    word has more than five letters, that may happen twice.
    """
    return slips(typed, meant) <= (1 if len(typed.rpartition(" ")[2]) <= _SHORT else 2)


def slips(typed: str, meant: str) -> int:
    """Return how many letters differ (Damerau's distance, each pair of letters turned once)."""
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for row, letter in enumerate(typed, start=1):
        now = [row]
        for column, other in enumerate(meant, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != other))
            turned = typed[row - 2 : row] == meant[column - 2 : column][::-1]
            if row > 1 and column > 1 and turned:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
