"""The forms a list can be written in."""

from enum import StrEnum


class Listing(StrEnum):
    """How a list is written: as a table for people, or for other programs."""

    TEXT = "text"
    JSON = "json"
