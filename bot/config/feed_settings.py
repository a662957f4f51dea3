"""The feeds of the configuration as the use cases know them."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import ValidationError

from bot.app.feed import FeedSetting, FullText, Reuse
from bot.config.faults import described
from bot.config.load import Config
from bot.config.source_tables import FeedSource
from bot.core.credentials import SIGNED_IN, signs_in
from bot.core.errors import ConfigError

#: Stands for what a command line leaves open.
_OPEN = {"name": "feed", "feed": "https://example.org/"}


def setting_of(source: FeedSource, *, language: str) -> FeedSetting:
    """Return a feed as it is set up; the language is for one that names none."""
    return FeedSetting(
        name=source.name,
        address=source.feed,
        enabled=source.enabled,
        publisher=source.publisher,
        owner=source.owner,
        country=source.country,
        language=source.language or language,
        tier=source.tier,
        fulltext=FullText(source.fulltext),
        reuse=Reuse(source.quote),
    )


def feed_settings(config: Config) -> tuple[FeedSetting, ...]:
    """Return every feed of the configuration and its packs, those that are disabled, too."""
    language = config.digest.language
    feeds = (source for source in config.sources if isinstance(source, FeedSource))
    return tuple(setting_of(source, language=language) for source in feeds)


def wished(address: str, values: Mapping[str, object], *, language: str) -> FeedSetting:
    """Return a feed as a command asks for it; its name is empty where the values have none.

    The address may be that of a site, with or without its scheme. Raises ``ConfigError`` with
    every value that the configuration would not take either, the address first.
    """
    if signs_in(address):
        raise ConfigError(f"The address {SIGNED_IN}.")
    try:
        source = FeedSource.model_validate({**_OPEN, **values})
    except ValidationError as error:
        raise ConfigError("\n".join(described(error, FeedSource))) from error
    setting = setting_of(source, language=language)
    return replace(
        setting,
        name=setting.name if "name" in values else "",
        address=address.strip(),
        declared=False,
    )
