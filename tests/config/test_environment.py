"""The variables of the environment, secrets in files among them."""

from pathlib import Path

import pytest

from bot.config.environment import environment
from bot.core.errors import ConfigError

KEPT = "123456:not-a-real-token"


def test_nothing_is_set_and_everything_has_its_default() -> None:
    found = environment()

    assert (found.http_host, found.http_port, found.data_dir) == ("127.0.0.1", 8080, Path("data"))
    assert found.secrets() == ()


def test_a_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    file.write_text(f"{KEPT}\n")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(file))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")

    found = environment()

    assert found.telegram_bot_token is not None
    assert found.telegram_bot_token.get_secret_value() == KEPT
    assert sorted(found.secrets()) == [KEPT, "xoxb-1"]
    assert KEPT not in repr(found)


def test_a_secret_is_given_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    file.write_text(KEPT)
    monkeypatch.setenv("LLM_API_KEY_FILE", str(file))
    monkeypatch.setenv("LLM_API_KEY", "another")

    with pytest.raises(ConfigError) as caught:
        environment()

    assert str(caught.value) == "LLM_API_KEY and LLM_API_KEY_FILE are both set. Keep one of them."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b" \n", "holds no secret: one line is expected."),
        (b"x" * 10_001, "holds no secret: one line is expected."),
        (b"\xff\xfe", "is not UTF-8 text."),
        (None, "cannot be read: No such file or directory."),
    ],
)
def test_a_file_without_a_secret_is_said_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, message: str
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("SLACK_APP_TOKEN_FILE", str(file))

    with pytest.raises(ConfigError) as caught:
        environment()

    assert str(caught.value) == f"SLACK_APP_TOKEN_FILE: {file} {message}"


def test_all_faulty_secrets_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY_FILE", "/none/llm")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", "/none/slack")

    with pytest.raises(ConfigError) as caught:
        environment()

    assert sorted(str(caught.value).splitlines()) == [
        "LLM_API_KEY_FILE: /none/llm cannot be read: No such file or directory.",
        "SLACK_BOT_TOKEN_FILE: /none/slack cannot be read: No such file or directory.",
    ]


def test_all_wrong_variables_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "80 80")

    with pytest.raises(ConfigError) as caught:
        environment()

    assert str(caught.value) == "HTTP_PORT is '80 80': expected a whole number from 0 to 65535."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081"),
        ("TELEGRAM_API_URL", "http://localhost:8081/"),
        ("TELEGRAM_API_URL", "https://telegram.example.org/api"),
        ("TELEGRAM_WEBHOOK_URL", "https://bot.example.org/telegram/webhook"),
        ("TELEGRAM_WEBHOOK_URL", "https://bot.example.org:8443/x"),
    ],
)
def test_an_address_that_is_safe_is_taken(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert getattr(environment(), name.lower()) == value.rstrip("/")


@pytest.mark.parametrize("value", ["https://slack.example.org/api", "http://127.0.0.1:8082/api/"])
def test_the_address_of_slack_is_a_folder(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert environment().slack_api_url == "https://slack.com/api/"

    monkeypatch.setenv("SLACK_API_URL", value)

    assert environment().slack_api_url == f"{value.rstrip('/')}/"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        *(
            (
                "TELEGRAM_API_URL",
                value,
                "an address that begins with https://, or http://127.0.0.1:8081",
            )
            for value in ("http://example.org", "127.0.0.1:8081", "https://", "https://a:b@c.org")
        ),
        (
            "SLACK_API_URL",
            "http://slack.com/api/",
            "an address that begins with https://, or http://127.0.0.1:8082/api/",
        ),
        *(
            (
                "TELEGRAM_WEBHOOK_URL",
                value,
                "an address that begins with https:// and has port 443, 80, 88 or 8443, or none",
            )
            for value in ("http://bot.example.org/x", "https://bot.example.org:8080/x", "https:///")
        ),
    ],
)
def test_an_address_that_is_not_safe_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigError) as caught:
        environment()

    # A password in it is nobody's to read.
    shown = value.replace("a:b@", "…@")
    assert str(caught.value) == f"{name} is {shown!r}: expected {expected}."
