"""What people type between quotation marks, without the marks."""

_DOUBLE_QUOTES = '"“”„‟«»「」『』'
_SINGLE_QUOTES = "'‘’‚‹›"
_BLANKS = str.maketrans(_DOUBLE_QUOTES, " " * len(_DOUBLE_QUOTES))


def unquoted(words: str) -> str:
    """Return the words without quotation marks; an apostrophe inside a word stays."""
    bare = (word.strip(_SINGLE_QUOTES) for word in words.translate(_BLANKS).split())
    return " ".join(word for word in bare if word)
