"""No secret is left in a text, however it is written there."""

import html
import json
import re
import time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.blank import BLANK, blanker

# Shaped like the real ones, and nobody's.
TELEGRAM = "123456789:" + "AAE-x_" * 6
SLACK = "xox" + "b-0000-0000-" + "a1B2" * 6

ODD = "p&ss w<o>rd/é\"'\\:%+\U0001f511"


@pytest.mark.parametrize(
    "written",
    [
        ODD,
        quote(ODD),
        quote(ODD, safe=""),
        quote(ODD, safe="").lower(),
        quote_plus(ODD),
        quote(quote(ODD, safe=""), safe=""),
        json.dumps(ODD),
        json.dumps(ODD, ensure_ascii=False),
        json.dumps(json.dumps(ODD)),
        html.escape(ODD),
        repr(ODD),
        repr(ODD.encode()),
        repr({"password": ODD}),
        ascii(ODD),
    ],
)
def test_a_secret_is_blanked_in_every_spelling(written: str) -> None:
    text = blanker([ODD])(f"before {written} after")

    assert BLANK in text
    assert re.sub(r"[^a-z]", "", text) in {"beforeafter", "beforebafter", "beforepasswordafter"}


@given(
    st.text(min_size=4, max_size=40).filter(str.strip),
    st.sampled_from([str, quote_plus, json.dumps, html.escape, repr, ascii]),
)
def test_any_secret_is_blanked(secret: str, spelled: type[str]) -> None:
    secret = secret.strip()
    try:
        written = spelled(secret)
    except UnicodeEncodeError:
        return

    text = blanker([secret])(f"«{written}»")

    assert text.startswith("«")
    assert BLANK in text


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        (f"POST https://api.telegram.org/bot{TELEGRAM}/getMe 200", f"bot{BLANK}/getMe"),
        (f"/bot{quote(TELEGRAM, safe='')}/getMe", f"bot{BLANK}/getMe"),
        (f"the token {SLACK} is wrong", f"the token {BLANK} is wrong"),
        (f"token%3D{SLACK}", f"token%3D{BLANK}"),
        (f"xoxe.{SLACK}", BLANK),
        ("xapp-1-A000-111-abcdef", BLANK),
        (
            "https://hooks.slack.com/services/T0/B0/abcdef said no",
            f"https://hooks.slack.com/services/{BLANK} said no",
        ),
        (
            "wss://wss-primary.slack.com/link/?ticket=0a1b-2c3d&app_id=4e5f closed",
            f"wss://wss-primary.slack.com/link/?ticket={BLANK}&app_id=4e5f closed",
        ),
        (
            "https://hooks.slack.com/commands/T0/1/abcdef",
            f"https://hooks.slack.com/commands/{BLANK}",
        ),
        (
            "postgresql://bot:hunter2@db.example.org/briefbot",
            f"postgresql://bot:{BLANK}@db.example.org/briefbot",
        ),
    ],
)
def test_what_looks_like_a_secret_is_blanked_unasked(text: str, blanked: str) -> None:
    assert blanked in blanker([])(text)


@pytest.mark.parametrize(
    "text",
    [
        "Read seeds/: 2 articles, no problems.",
        "series=12 part=0 slot=2025-09-02T08:00",
        "http://127.0.0.1:8080/readyz",
        "16:30:12.123456 telegram:-100123456789/45",
        "the xo and the xapp",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert blanker(["hunter2", ""])(text) == text


def test_an_address_that_is_a_secret_is_blanked_in_its_parts_too() -> None:
    blank = blanker(
        ["https://hc.example.org/2f1c9a77-4d3e-key", "postgresql://bot:hun%24ter@db/briefbot"]
    )

    assert blank("GET /2f1c9a77-4d3e-key") == f"GET /{BLANK}"
    assert blank("password 'hun$ter' failed, hun%24ter") == f"password '{BLANK}' failed, {BLANK}"
    assert blank("data/briefbot.db") == "data/briefbot.db"


def test_the_key_of_a_token_is_blanked_without_its_number() -> None:
    assert blanker([TELEGRAM])(f"secret {TELEGRAM.partition(':')[2]}!") == f"secret {BLANK}!"


def test_an_address_that_makes_no_sense_is_blanked_as_a_whole() -> None:
    assert blanker(["http://[bad"])("at http://[bad now") == f"at {BLANK} now"


def test_the_longer_of_two_secrets_is_blanked_whole() -> None:
    assert blanker(["abcd", "abcdefgh"])("abcdefgh abcd") == f"{BLANK} {BLANK}"


@pytest.mark.parametrize("noise", ["://a:", "1" * 20 + ":", "xoxb-", "\\", "%25", "://@:"])
def test_a_hostile_text_is_blanked_in_time(noise: str) -> None:
    begun = time.process_time()

    blanker([ODD, TELEGRAM])(noise * 40_000)

    assert time.process_time() - begun < 2
