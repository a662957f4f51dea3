"""Remarks at the foot of a page, each with a mark where it belongs."""

from collections.abc import Iterator

from bot.core.origin import differs
from bot.core.page import Block, Note, Plain
from bot.core.phrases import one_line
from bot.core.values import Speaker
from bot.core.wording import Words

_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Footnotes:
    """The remarks of one page; what is remarked twice has one mark."""

    def __init__(self, words: Words) -> None:
        """Begin with none."""
        self._words = words
        self._remarks: list[str] = []

    def mark(self, *, unpaired: bool, speaker: Speaker | None) -> str:
        """Return the mark of what is to be said of some words and their speaker, with a space.

        Empty when their marks pair and the source names the speaker as we do.
        """
        label = one_line(speaker.label) if speaker is not None and differs(speaker) else ""
        if not (unpaired or label):
            return ""
        remark = self._remark(label, unpaired=unpaired)
        if remark not in self._remarks:
            self._remarks.append(remark)
        return f" {_mark(self._remarks.index(remark))}"

    def blocks(self) -> Iterator[Block]:
        """Yield the remarks in the order of their marks."""
        for place, remark in enumerate(self._remarks):
            yield Note((Plain(f"{_mark(place)} {remark}"),))

    def _remark(self, label: str, *, unpaired: bool) -> str:
        words = self._words
        if not label:
            return words.gettext("The quotation marks do not pair in the source.")
        if not unpaired:
            return words.gettext("The speaker stands there as “{label}”.").format(label=label)
        message = words.gettext(
            "The quotation marks do not pair in the source; the speaker stands there as “{label}”."
        )
        return message.format(label=label)


def _mark(place: int) -> str:
    return _MARKS[place] if place < len(_MARKS) else f"({place + 1})"
