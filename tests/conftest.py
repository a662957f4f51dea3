"""What holds for every test: settings of the machine do not reach it, nor it the network."""

import re
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

# A deadline would fail a good test on a busy machine.
#: ARGS="--hypothesis-profile thorough" looks harder.
settings.register_profile("house", deadline=None, max_examples=30)
settings.register_profile("thorough", deadline=None)
settings.load_profile("house")


# A shell lets what it starts in the background ignore Ctrl-C, and all that is started by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the person who runs the tests has set for the bot or the terminal."""
    ours = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    for name in (*ours, "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)


def refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    """Stop a test that reaches out; unlike a patch, an audit hook sees every way out."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host not in {None, "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1"}:
        message = f"a test wants to reach {host!r}; tests stay on this machine"
        raise PermissionError(message)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> None:
    """Keep the tests on this machine for as long as they run."""
    sys.addaudithook(refuse_the_network)
