"""The variables of the environment: this is the only file that reads them."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """The variables ``BRIEFBOT_CONFIG`` and ``DATA_DIR``; an empty one counts as not set."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    briefbot_config: Path | None = None
    data_dir: Path = Path("data")
