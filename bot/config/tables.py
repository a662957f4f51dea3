"""The tables of the configuration file; each field's description says what is right there."""

import zoneinfo
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _known_zone(name: str) -> str:
    if name not in zoneinfo.available_timezones():
        raise ValueError(name)
    return name


Title = Annotated[str, Field(pattern=r"^[^\pC\s]([^\pC]{0,58}[^\pC\s])?$")]
Name = Annotated[str, Field(pattern=r"^\w([\w .-]{0,38}[\w.-])?$")]
Zone = Annotated[str, AfterValidator(_known_zone)]
Folder = Annotated[str, Field(pattern=r"^\PC+$")]


class Table(BaseModel):
    """A table of the file; each field's description says what is right, in plain words."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Digest(Table):
    """What a digest covers and how long it is."""

    title: Title = Field(default="SCO", description="a name of 1 to 60 characters, in quotes")
    lines: int = Field(default=3, ge=1, le=7, description="a whole number from 1 to 7")
    stories: int = Field(default=10, ge=1, le=50, description="a whole number from 1 to 50")
    zone: Zone = Field(default="Asia/Almaty", description='a time zone such as "Asia/Almaty"')
    language: Literal["en"] = Field(
        default="en", description='"en", the only language there is yet'
    )
    max_age_days: int = Field(default=3, ge=1, le=365, description="a whole number from 1 to 365")
    gazetteer: Folder | None = Field(
        default=None, description='the path of a gazetteer, in quotes: "sco.toml"'
    )


class Retention(Table):
    """How long things are kept, in days."""

    articles_days: int = Field(
        default=365, ge=1, le=36500, description="a whole number from 1 to 36500"
    )


class FolderSource(Table):
    """A watched folder of articles; a relative path starts at the working directory."""

    name: Name = Field(
        description="a name of 1 to 40 letters, digits, spaces, dots, dashes or underscores"
    )
    folder: Folder = Field(description='the path of a folder, in quotes: "seeds"')
    publisher: Title | None = Field(
        default=None, description="a name of 1 to 60 characters, in quotes"
    )
    language: Literal["en"] | None = Field(None, description='"en", the only language there is yet')
    max_megabytes: int = Field(default=5, ge=1, le=100, description="a whole number from 1 to 100")


class Document(Table):
    """The file as a whole."""

    digest: Digest = Field(default=Digest(), description="a table that begins with [digest]")
    retention: Retention = Field(
        default=Retention(), description="a table that begins with [retention]"
    )
    sources: tuple[FolderSource, ...] = Field(
        strict=False,
        min_length=1,
        description="one table or more, each beginning with [[sources]]",
    )
