"""The process that reads feeds beside the bot, one after another, until nothing more is asked.

Usage: python -m bot.sources.feed_process, which ``FeedReader`` starts. What is asked and told are
values of the bot's own, pickled, each behind its length.
"""

import pickle
import sys
from typing import BinaryIO

from bot.sources.feed_answer import FeedAnswer, Outcome, outcome

#: What it tells first: all that it needs is there.
READY = b"ready"
#: So many bytes say how many follow.
LENGTH = 8


def packed(value: FeedAnswer | Outcome) -> tuple[bytes, bytes]:
    """Return a value as it goes from one process to the other: its length, and what it is."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return len(content).to_bytes(LENGTH, "big"), content


def serve(asked: BinaryIO, told: BinaryIO) -> None:
    """Tell what comes of each answer that is asked, in their order, until there are no more."""
    told.write(READY)
    told.flush()
    while length := asked.read(LENGTH):
        answer: FeedAnswer = pickle.loads(asked.read(int.from_bytes(length, "big")))  # noqa: S301 - the bot wrote it
        told.writelines(packed(outcome(answer)))
        told.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
