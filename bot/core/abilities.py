"""What chats of one platform can do and those of another cannot."""

from enum import Enum


class Ability(Enum):
    """What chats of a platform can do; settings that would change nothing are not offered."""

    #: A message has a thread below it, so that a digest can be folded.
    THREADS = "threads"
    #: Who posts decides whether a post makes a sound.
    SOUND = "sound"


#: What chats can do, and what those can of which nothing else is known.
Abilities = frozenset[Ability]
USUAL: Abilities = frozenset({Ability.SOUND})
