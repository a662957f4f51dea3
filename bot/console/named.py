"""Whether words on the command line name files."""

from collections.abc import Sequence
from pathlib import Path

_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})


def names_files(words: Sequence[str]) -> bool:
    """Say whether files are meant: some exist, or look like none but a path."""
    return any(
        Path(word).is_file() or "/" in word or Path(word).suffix.lower() in _SUFFIXES
        for word in words
    )
