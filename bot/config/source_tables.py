"""The tables of what is read, and how; each field's description says what is right there."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)


def _askable(address: str) -> str:
    """Return the address; who signs in, or at which port, must not stand in it in vain."""
    parts = urlsplit(address)
    if not parts.hostname or parts.port == 0 or parts.username is not None:
        raise ValueError(address)
    return address


Title = Annotated[str, Field(pattern=r"^[^\pC\s]([^\pC]{0,58}[^\pC\s])?$")]
Name = Annotated[str, Field(pattern=r"^\w([\w .-]{0,38}[\w.-])?$")]
Folder = Annotated[str, Field(pattern=r"^\PC+$")]
Web = Annotated[
    str, Field(pattern=r"^https?://[^\s\pC]+$", max_length=2000), AfterValidator(_askable)
]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Tongue = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Port = Annotated[int, Field(ge=1, le=65535)]

_WEB = 'the address of a feed, in quotes: "https://example.org/feed.xml"'


class Table(BaseModel):
    """A table of the file; each field's description says what is right, in plain words."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


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


class FeedSource(Table):
    """A feed: RSS, Atom or JSON Feed."""

    name: Name = Field(
        description="a name of 1 to 40 letters, digits, spaces, dots, dashes or underscores"
    )
    feed: Web = Field(description=_WEB)
    enabled: bool = Field(default=True, description="true or false")
    publisher: Title | None = Field(
        default=None, description="a name of 1 to 60 characters, in quotes"
    )
    #: Whose the publisher is.
    owner: Literal["state", "private", "public", "international"] | None = Field(
        default=None, description='"state", "private", "public" or "international"'
    )
    country: Country | None = Field(
        default=None, description='a country\'s two capital letters, in quotes: "KZ"'
    )
    language: Tongue | None = Field(
        default=None, description='the letters of a language, in quotes: "en", "ru", "zh"'
    )
    #: 1 for the source of record, 2 for a good one, 3 for one that adds breadth.
    tier: int = Field(default=2, ge=1, le=3, description="1, 2 or 3")
    fulltext: Literal["auto", "always", "never"] = Field(
        default="auto", description='"auto", "always" or "never"'
    )
    quote: Literal["lines", "headline"] = Field(
        default="lines", description='"lines" or "headline"'
    )


def kind_of(table: object) -> str:
    """Return which of ``SOURCES`` a table is meant to be, by the key that is in it."""
    keys = table if isinstance(table, dict) else ()
    return FeedSource.__name__ if "feed" in keys and "folder" not in keys else FolderSource.__name__


#: The two kinds of [[sources]] by what a fault's path calls them.
SOURCES: Mapping[str, type[Table]] = {
    FolderSource.__name__: FolderSource,
    FeedSource.__name__: FeedSource,
}
Source = Annotated[
    Annotated[FolderSource, Tag(FolderSource.__name__)]
    | Annotated[FeedSource, Tag(FeedSource.__name__)],
    Discriminator(kind_of),
]
#: What is right where no source stands, or something else in its place.
TABLES_OF_SOURCES = "one table or more, each beginning with [[sources]]"


class Pack(Table):
    """A file of sources, which the configuration names."""

    sources: tuple[Source, ...] = Field(strict=False, min_length=1, description=TABLES_OF_SOURCES)


class Feeds(Table):
    """Where more sources stand, and how often feeds are read."""

    packs: tuple[Folder, ...] = Field(
        default=(),
        strict=False,
        max_length=50,
        description='a list of files with [[sources]] tables, in quotes: ["sco-feeds.toml"]',
    )
    #: Between two reads of one feed, whatever its rhythm.
    least_minutes: int = Field(
        default=10, ge=1, le=1440, description="a whole number from 1 to 1440"
    )
    most_minutes: int = Field(
        default=240, ge=1, le=1440, description="a whole number from 1 to 1440"
    )

    @model_validator(mode="after")
    def _least_first(self) -> Self:
        if self.least_minutes > self.most_minutes:
            raise ValueError(self.least_minutes)
        return self


class Fetch(Table):
    """What the bot may fetch, and how much of it."""

    #: Whether the operator's own sources may stand at private addresses.
    allow_private: bool = Field(default=False, description="true or false")
    #: Those among them that have a public name.
    private_hosts: tuple[str, ...] = Field(
        default=(),
        strict=False,
        max_length=50,
        description='a list of hosts, in quotes: ["wiki.example.com"]',
    )
    ports: tuple[Port, ...] = Field(
        default=(80, 443, 8080, 8443),
        strict=False,
        max_length=50,
        description="a list of port numbers from 1 to 65535",
    )
    seconds: int = Field(default=30, ge=1, le=300, description="a whole number from 1 to 300")
    max_megabytes: int = Field(default=10, ge=1, le=100, description="a whole number from 1 to 100")
