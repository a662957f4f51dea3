"""Text from anywhere made harmless for a terminal."""

import re

# Whole sequences first, so that their letters do not stay behind: CSI, then the strings
# (OSC, DCS, SOS, PM, APC) up to their end, then the two- and three-character escapes; ECMA-48.
_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,1000}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-Z\\`-~]"
)
_SPACES = re.compile(r"[\s\x85\u2028\u2029]+")
# C0, DEL, C1; what turns the direction of all that follows; halves of characters.
_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# A joiner beside anything but emoji: Rich, which counts cells, cannot break a line there.
_EMOJI = r"\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_JOINERS = re.compile(rf"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_HALVES = re.compile(r"[\ud800-\udfff]")


def plain(text: str) -> str:
    """Return the text as one line that moves no cursor, rings no bell, and can be encoded.

    Rich can wrap it wherever it likes.
    """
    text = _SPACES.sub(" ", _SEQUENCES.sub("", text))
    text = _JOINERS.sub("", _HARMFUL.sub("", text))
    return _HALVES.sub("\ufffd", text)
