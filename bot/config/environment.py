"""The variables of the environment: this is the only file that reads them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.credentials import unsigned
from bot.core.errors import ConfigError
from bot.core.server_address import server_address

#: More than any secret; keeps a mistaken path from filling the memory.
LARGEST_SECRET_BYTES = 10_000


#: The ports that Telegram sends updates to (Bot API, setWebhook).
_WEBHOOK_PORTS = frozenset({None, 443, 80, 88, 8443})


def _public(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.port not in _WEBHOOK_PORTS:
        raise ValueError(url)
    return url


def _server(url: str) -> str:
    server = server_address(url)
    if server is None:
        raise ValueError(url)
    return server


def _folder(url: str) -> str:
    return f"{_server(url)}/"


class Environment(BaseSettings):
    """The variables, by their names in lower case; an empty one counts as not set.

    A secret may stand in a file instead, which ``NAME_FILE`` names.
    """

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    briefbot_config: Path | None = None
    data_dir: Path = Path("data")
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    #: May hold a key of the service that listens.
    heartbeat_url: SecretStr | None = None
    telegram_bot_token: SecretStr | None = None
    #: Where Telegram sends updates, instead of being asked for them.
    telegram_webhook_url: Annotated[str, AfterValidator(_public)] | None = None
    #: Another server of the Bot API.
    telegram_api_url: Annotated[str, AfterValidator(_server)] = "https://api.telegram.org"
    telegram_webhook_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    #: Another server of Slack's Web API.
    slack_api_url: Annotated[str, AfterValidator(_folder)] = "https://slack.com/api/"
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    llm_api_key: SecretStr | None = None
    #: May hold a password.
    database_url: SecretStr | None = None
    #: No proxy is used; who wonders why nothing answers is told that one is set.
    http_proxy: SecretStr | None = None
    https_proxy: SecretStr | None = None
    all_proxy: SecretStr | None = None

    heartbeat_url_file: Path | None = None
    telegram_bot_token_file: Path | None = None
    telegram_webhook_secret_file: Path | None = None
    slack_bot_token_file: Path | None = None
    slack_app_token_file: Path | None = None
    slack_signing_secret_file: Path | None = None
    llm_api_key_file: Path | None = None
    database_url_file: Path | None = None

    @model_validator(mode="after")
    def _read_files(self) -> Self:
        given, faults = {}, []
        for name in _SECRETS:
            file = getattr(self, f"{name}_file")
            if file is not None and getattr(self, name) is not None:
                faults.append(_twice(name))
            elif file is not None:
                try:
                    given[name] = _secret(f"{name}_file", file)
                except ConfigError as error:
                    faults.append(str(error))
        if faults:
            raise ConfigError("\n".join(faults))
        # A frozen model is completed before anybody has seen it.
        self.__dict__.update(given)
        return self

    def secrets(self) -> tuple[str, ...]:
        """Return every secret that is set, for a log to leave out."""
        found = (getattr(self, name) for name in _SECRETS)
        return tuple(secret.get_secret_value() for secret in found if secret is not None)

    @property
    def proxies(self) -> Mapping[str, str]:
        """Return the proxies that are set, by the names of their variables."""
        names = ("http_proxy", "https_proxy", "all_proxy")
        found = {name.upper(): getattr(self, name) for name in names}
        return {name: secret.get_secret_value() for name, secret in found.items() if secret}


_EXPECTED = {
    "http_port": "a whole number from 0 to 65535",
    "telegram_webhook_url": (
        "an address that begins with https:// and has port 443, 80, 88 or 8443, or none"
    ),
    "telegram_api_url": "an address that begins with https://, or http://127.0.0.1:8081",
    "slack_api_url": "an address that begins with https://, or http://127.0.0.1:8082/api/",
}
_SECRETS = tuple(
    name.removesuffix("_file") for name in Environment.model_fields if name.endswith("_file")
)


def environment() -> Environment:
    """Return what the environment says.

    Raises ``ConfigError`` with every variable that cannot be used; no secret is repeated.
    """
    try:
        return Environment()
    except ValidationError as error:
        faults = [_fault(fault["loc"], fault["input"]) for fault in error.errors()]
        raise ConfigError("\n".join(faults)) from error


def _fault(where: tuple[int | str, ...], found: object) -> str:
    name = str(where[0])
    shown = "" if name in _SECRETS else f" is {unsigned(str(found))[:60]!r}"
    expected = _EXPECTED.get(name, "something else")
    return f"{name.upper()}{shown}: expected {expected}."


def _secret(name: str, file: Path) -> SecretStr:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_SECRET_BYTES + 1)
        text = content.decode().strip()
    except OSError as error:
        raise ConfigError(f"{name.upper()}: {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name.upper()}: {file} is not UTF-8 text.") from error
    if not text or len(content) > LARGEST_SECRET_BYTES:
        raise ConfigError(f"{name.upper()}: {file} holds no secret: one line is expected.")
    return SecretStr(text)


def _twice(name: str) -> str:
    upper = name.upper()
    return f"{upper} and {upper}_FILE are both set. Keep one of them."
