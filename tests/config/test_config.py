"""The configuration: what is set, and every fault at once."""

import os
from pathlib import Path

import pytest

from bot.config.addresses import is_address
from bot.config.environment import Environment
from bot.config.load import Config, load
from bot.config.source_tables import SOURCES
from bot.config.tables import TABLES
from bot.core.errors import ConfigError
from bot.slack.address import read_address

SOURCE = '[[sources]]\nname = "news"\nfolder = "news"\n'
KINDS = 'expected one of them, folder = "seeds" or feed = "https://example.org/feed.xml".'
HINT = (
    "The file is not TOML there: each line is a [table] or a key = value,"
    " and text stands in double quotes."
)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "briefbot.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults(folder: Path, text: str | bytes) -> list[str]:
    path = written(folder, text)
    with pytest.raises(ConfigError) as raised:
        load(path)
    return str(raised.value).replace(str(path), "FILE").splitlines()


def set_values(folder: Path, text: str) -> Config:
    return load(written(folder, text))


def test_the_example_sets_what_the_defaults_are(tmp_path: Path) -> None:
    example = load(Path(__file__).parents[2] / "config" / "briefbot.toml")

    bare = set_values(tmp_path, '[[sources]]\nname = "seeds"\nfolder = "seeds"\n')

    # The pack of names is the example's own: there is none to be had everywhere.
    assert example.digest.model_copy(update={"gazetteer": None}) == bare.digest
    for table in ("retention", "sources", "schedule", "operator", "access", "telegram", "slack"):
        assert getattr(example, table) == getattr(bare, table)
    for table in ("logs", "feeds", "fetch"):
        assert getattr(example, table) == getattr(bare, table)
    assert example.subscriptions == bare.subscriptions == ()


def test_every_setting_stands_in_the_example() -> None:
    text = (Path(__file__).parents[2] / "config" / "briefbot.toml").read_text("utf-8")

    tables = (*TABLES.values(), *SOURCES.values())
    settings = {name for table in tables for name in table.model_fields}

    shown = {line.lstrip("# ").split(" = ")[0] for line in text.splitlines() if " = " in line}
    assert shown == settings


def test_all_faults_are_reported_at_once_by_key(tmp_path: Path) -> None:
    text = """
digets = 3
title = "x"
[digest]
tittle = "SCO"
lines = 12
stories = true
zone = "Almatty"
language = "ru"
[retention]
articles_days = 2020-01-01
[[sources]]
name = "a/b"
folder = 3
[[sources]]
name = "q"
[[sources]]
name = "Q"
folder = "s"
publisher = ""
feed = "x"
max_megabytes = 1.5
"""

    assert faults(tmp_path, text) == [
        'FILE: digest.language is "ru": expected "en", the only language there is yet.',
        "FILE: digest.lines is 12: expected a whole number from 1 to 7.",
        "FILE: digest.stories is true: expected a whole number from 1 to 50.",
        'FILE: digest.tittle is not a setting; did you mean "title"?',
        (
            'FILE: digest.zone is "Almatty": expected a time zone such as "Asia/Almaty";'
            ' did you mean "Asia/Almaty"?'
        ),
        'FILE: digets is not a setting; did you mean "digest"?',
        "FILE: retention.articles_days is 2020-01-01: expected a whole number from 1 to 36500.",
        'FILE: sources[1].folder is 3: expected the path of a folder, in quotes: "seeds".',
        (
            'FILE: sources[1].name is "a/b":'
            " expected a name of 1 to 40 letters, digits, spaces, dots, dashes or underscores."
        ),
        f"FILE: sources[2] has neither folder nor feed: {KINDS}",
        f"FILE: sources[3] has both folder and feed: {KINDS}",
        "FILE: sources[3].max_megabytes is 1.5: expected a whole number from 1 to 100.",
        'FILE: sources[3].name is "Q", as in sources[2]: expected a name of its own.',
        'FILE: sources[3].publisher is "": expected a name of 1 to 60 characters, in quotes.',
        'FILE: title is not a setting; did you mean "digest.title"?',
    ]


def test_a_password_in_an_address_is_named_and_never_repeated(tmp_path: Path) -> None:
    signed = '[[sources]]\nname = "{name}"\nfeed = "https://user:word@x.example/"\n'
    text = signed.format(name="a") + signed.format(name="b")

    why = "has a name or a password in it, which lists would show: leave it out."
    assert faults(tmp_path, text) == [
        f"FILE: sources[1].feed {why}",
        f"FILE: sources[2].feed {why}",
        (
            'FILE: sources[2].feed is "https://…@x.example/", as in sources[1]:'
            " expected one table for each feed."
        ),
    ]


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ("", "missing"),
        ("sources = []", "an empty list"),
        ('sources = "news"', '"news"'),
        ('[sources]\nname = "news"', "a table"),
    ],
)
def test_sources_in_a_wrong_shape_are_shown_the_right_one(
    tmp_path: Path, sources: str, found: str
) -> None:
    assert faults(tmp_path, sources) == [
        f"FILE: sources is {found}: expected one table or more, each beginning with [[sources]]."
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[digest]\ntitle = "a\\u001b[31mb"', 'digest.title is "a\\u001b[31mb": expected a name'),
        ('[digest]\ntitle = "a\\u202eb"', 'digest.title is "a�b": expected a name of 1'),
        (f'[digest]\ntitle = "{"a" * 200}"', f'digest.title is "{"a" * 59}…: expected a name'),
        ("[digest]\nlines = inf", "digest.lines is Infinity: expected a whole number"),
        ("digest = [1]", "digest is a list: expected a table that begins with [digest]."),
        ('"a\\nb" = 1', "a�b is not a setting."),
    ],
)
def test_a_wrong_value_is_shown_short_and_harmless(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (fault,) = faults(tmp_path, f"{text}\n{SOURCE}")

    assert fault.startswith(f"FILE: {sentence}")


def test_a_zone_is_found_by_its_city(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, f'[digest]\nzone = "new york"\n{SOURCE}')

    assert fault.endswith('; did you mean "America/New_York"?')


@pytest.mark.parametrize("zone", ["../../etc/passwd", "Asia", "", "/etc/localtime"])
def test_a_zone_is_a_name_of_the_list_and_never_a_path(tmp_path: Path, zone: str) -> None:
    (fault,) = faults(tmp_path, f'[digest]\nzone = "{zone}"\n{SOURCE}')

    assert fault.startswith(f'FILE: digest.zone is "{zone}": expected a time zone')


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a = ", "FILE, end of document: Invalid value."),
        ("[digest]\nlines: 3", "FILE, line 2, column 6: Expected '=' after a key"),
        (b"title = 'x'\nname = '\xff'", "FILE, line 2: not UTF-8 text."),
        (f"a = {'9' * 5000}", "FILE: a number has too many digits."),
        (f"a = {'[' * 5000}", "FILE: lists or tables are nested too deeply."),
        ("#" * 1_000_001, "FILE is larger than 1 MB. It cannot be the configuration."),
    ],
)
def test_a_file_that_is_not_toml_is_told_where(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    (fault,) = faults(tmp_path, text)

    assert fault.startswith(sentence)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    config = set_values(tmp_path, f"\ufeff{SOURCE}")

    assert [source.name for source in config.sources] == ["news"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"

    with pytest.raises(ConfigError) as raised:
        load(environment=Environment(briefbot_config=missing))

    assert str(raised.value) == (
        f"{missing} does not exist. Check --config or BRIEFBOT_CONFIG, or make the file."
    )


def test_a_folder_or_a_pipe_is_no_configuration(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for path in (tmp_path, pipe):
        with pytest.raises(ConfigError) as raised:
            load(path)
        assert str(raised.value) == f"{path} is not a file. Name the configuration file itself."


def test_a_path_that_cannot_be_read_is_told_with_the_system_s_reason(tmp_path: Path) -> None:
    path = written(tmp_path, SOURCE) / "below"

    with pytest.raises(ConfigError) as raised:
        load(path)

    assert str(raised.value) == f"{path} cannot be read: Not a directory."


def test_a_path_given_wins_over_the_environment(tmp_path: Path) -> None:
    path = written(tmp_path, SOURCE)
    environment = Environment(briefbot_config=tmp_path / "none.toml", data_dir=tmp_path / "d")

    config = load(path, environment=environment)

    assert (config.path, config.data_dir) == (path, tmp_path / "d")


def test_a_destination_is_subscribed_once(tmp_path: Path) -> None:
    file = tmp_path / "briefbot.toml"
    file.write_text(
        '[[subscriptions]]\nto = "terminal"\nwhen = "8am"\n'
        '[[subscriptions]]\nto = "terminal"\nwhen = "9am"\n'
        '[[sources]]\nname = "a"\nfolder = "a"\n'
    )

    with pytest.raises(ConfigError) as caught:
        load(file)

    assert str(caught.value) == (
        f'{file}: subscriptions[2].to is "terminal", as in subscriptions[1]: '
        "expected one table for each destination."
    )


def test_a_chat_is_subscribed_with_its_settings(tmp_path: Path) -> None:
    text = """
[[subscriptions]]
to = "file:teams/rail.txt"
when = "8am and 6pm weekdays Astana"
topics = ["rail", "trade"]
length = "short"
silent = true
quiet = "skip"
grace_hours = 2
[[subscriptions]]
to = "terminal"
when = "07:30"
[operator]
destination = "file:operator.txt"
contact = "@anna"
"""

    config = set_values(tmp_path, text + SOURCE)

    rail, terminal = config.subscriptions
    assert (rail.to, rail.topics, rail.length) == (
        "file:teams/rail.txt",
        ("rail", "trade"),
        "short",
    )
    assert (rail.silent, rail.quiet, rail.grace_hours) == (True, "skip", 2)
    assert (terminal.when, terminal.topics, terminal.quiet) == ("07:30", (), "post")
    assert config.operator.destination == "file:operator.txt"


def test_every_fault_of_a_subscription_is_told_by_key(tmp_path: Path) -> None:
    text = """
[schedule]
when = "noonish"
[[subscriptions]]
to = "telegram:0"
when = "25:00"
topics = ["a", 3]
length = "tiny"
silent = "yes"
quiet = "never"
grace_hours = 0
at = "8am"
[[subscriptions]]
language = "ru"
[operator]
destination = "slack:C1"
contact = ""
[access]
mode = "all"
people = ["anna"]
[telegram]
deleted_topic = "else"
[slack]
command = "brief"
admins = ["slack:T0123/C0456", "telegram:5"]
[logs]
form = "xml"
level = 3
[retention]
delivery_days = 1
removed_days = -1
"""

    noonish = "I do not understand “noonish”: a time, days or a city?"
    late = (
        "There is no such time as “25:00”: times go from 00:00 to 23:59, minutes have two digits,"
        " and there are no seconds."
    )
    when = 'Expected a time and days as /schedule takes them, in quotes: "8am weekdays Astana".'
    place = (
        'expected a destination in quotes: "terminal", "telegram:-1001234567890" (the number that'
        ' the bot says when it is added to the chat, no @name), "slack:T0123/C0456" (the ids that'
        ' it says there, no #name), or "file:" and a file below DATA_DIR/posts.'
    )
    assert faults(tmp_path, text + SOURCE) == [
        'FILE: access.mode is "all": expected "listed" or "open".',
        (
            'FILE: access.people[1] is "anna": expected a list of people by the ids that the bot'
            ' tells them, in quotes: ["telegram:12345678", "slack:T0123/U0456"].'
        ),
        'FILE: logs.form is "xml": expected "human" or "json".',
        'FILE: logs.level is 3: expected "debug", "info", "warning" or "error".',
        (
            'FILE: operator.contact is "": expected a name that people can write to, in quotes:'
            ' "@anna".'
        ),
        f'FILE: operator.destination is "slack:C1": {place}',
        "FILE: retention.delivery_days is 1: expected a whole number from 7 to 36500.",
        "FILE: retention.removed_days is -1: expected a whole number from 0 to 3650.",
        f'FILE: schedule.when is "noonish": {noonish} {when}',
        (
            'FILE: slack.admins[1] is "slack:T0123/C0456": expected a list of people by their ids,'
            ' in quotes: ["slack:T0123/U0456"].'
        ),
        (
            'FILE: slack.admins[2] is "telegram:5": expected a list of people by their ids, in'
            ' quotes: ["slack:T0123/U0456"].'
        ),
        (
            'FILE: slack.command is "brief": expected a slash and 1 to 31 small letters, digits or'
            ' dashes, in quotes: "/brief".'
        ),
        "FILE: subscriptions[1].at is not a setting.",
        "FILE: subscriptions[1].grace_hours is 0: expected a whole number from 1 to 168.",
        'FILE: subscriptions[1].length is "tiny": expected "short", "standard" or "long".',
        'FILE: subscriptions[1].quiet is "never": expected "post" or "skip".',
        'FILE: subscriptions[1].silent is "yes": expected true or false.',
        f'FILE: subscriptions[1].to is "telegram:0": {place}',
        "FILE: subscriptions[1].topics[2] is 3: expected a list of at most 20 words or names.",
        f'FILE: subscriptions[1].when is "25:00": {late} {when}',
        ('FILE: subscriptions[2].language is "ru": expected "en", the only language there is yet.'),
        f"FILE: subscriptions[2].to is missing: {place}",
        f"FILE: subscriptions[2].when is missing: {when.replace('Exp', 'exp')}",
        'FILE: telegram.deleted_topic is "else": expected "general" or "stop".',
    ]


@pytest.mark.parametrize(
    "address", ["file:", "file:../x", "file:a/../../x", "file:/etc/passwd", "file:.", "terminal:1"]
)
def test_a_file_that_is_posted_to_lies_below_its_folder(tmp_path: Path, address: str) -> None:
    (fault,) = faults(tmp_path, f'[[subscriptions]]\nto = "{address}"\nwhen = "8am"\n{SOURCE}')

    assert fault.startswith(f'FILE: subscriptions[1].to is "{address}": expected a destination')


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("08:00 Mars/Base", "I do not know “Mars/Base”. Name a larger city with the same time."),
        (
            "8am Tashket",
            'I do not know “Tashket”. Did you mean Asia/Tashkent? This works: "8am Asia/Tashkent".',
        ),
        (
            "08:00 GMT+5",
            "An offset such as “GMT+5” does not say when the clocks change. Name a city instead.",
        ),
        ("", "I need a time of day."),
        ("weekdays", "I need a time of day too."),
        (
            "every hour",
            (
                "A digest comes at times of day, written in figures, on days of the week: “hour”"
                " does not fit."
            ),
        ),
    ],
)
def test_a_time_that_nobody_understands_is_a_fault_with_its_reason(
    tmp_path: Path, when: str, why: str
) -> None:
    (fault,) = faults(tmp_path, f'[[subscriptions]]\nto = "terminal"\nwhen = "{when}"\n{SOURCE}')

    assert fault == (
        f'FILE: subscriptions[1].when is "{when}": {why} Expected a time and days as /schedule'
        ' takes them, in quotes: "8am weekdays Astana".'
    )


@pytest.mark.parametrize(
    "address", ["telegram:5", "telegram:-1001234567890", "telegram:-1001234567890/45"]
)
def test_a_chat_of_telegram_is_subscribed(tmp_path: Path, address: str) -> None:
    config = set_values(tmp_path, f'[[subscriptions]]\nto = "{address}"\nwhen = "8am"\n{SOURCE}')

    assert [one.to for one in config.subscriptions] == [address]


@pytest.mark.parametrize(
    "address", ["telegram:", "telegram:05", "telegram:1/0", "telegram:@sco_news", "telegram:t.me/x"]
)
def test_what_is_no_chat_of_telegram_is_a_fault(tmp_path: Path, address: str) -> None:
    (fault,) = faults(tmp_path, f'[[subscriptions]]\nto = "{address}"\nwhen = "8am"\n{SOURCE}')

    assert fault.startswith(f'FILE: subscriptions[1].to is "{address}": expected a destination')


def test_a_public_name_is_refused_with_how_the_number_is_found(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, f'[operator]\ndestination = "telegram:@sconews"\n{SOURCE}')

    assert fault == (
        'FILE: operator.destination is "telegram:@sconews": expected a destination in quotes:'
        ' "terminal", "telegram:-1001234567890" (the number that the bot says when it is added to'
        ' the chat, no @name), "slack:T0123/C0456" (the ids that it says there, no #name), or'
        ' "file:" and a file below DATA_DIR/posts.'
    )


@pytest.mark.parametrize(
    "command", ["/brief", "/sco-brief", "/b", "/сводка", "/brief_2", f"/{'a' * 31}"]
)
def test_a_command_of_slack_is_named(tmp_path: Path, command: str) -> None:
    assert (
        set_values(tmp_path, f'[slack]\ncommand = "{command}"\n{SOURCE}').slack.command == command
    )


@pytest.mark.parametrize("command", ["/", "/Brief", "/a b", "//a", "/-a", f"/{'a' * 32}", ""])
def test_a_command_that_slack_does_not_take_is_a_fault(tmp_path: Path, command: str) -> None:
    (fault,) = faults(tmp_path, f'[slack]\ncommand = "{command}"\n{SOURCE}')

    assert fault.startswith(f'FILE: slack.command is "{command}": expected a slash and 1 to 31')


def test_people_of_both_platforms_are_served_alone(tmp_path: Path) -> None:
    people = ("telegram:5", "slack:T0123/U0456", "slack:E0123/W0456")

    config = set_values(tmp_path, f"[access]\npeople = {list(people)}\n{SOURCE}")

    assert config.access.people == people


@pytest.mark.parametrize(
    "address",
    [
        "slack:T0123/C0456",
        "slack:T0123/G0456",
        "slack:T0123/D0456",
        "slack:E0123/W0456",
        "slack:T0123/U0456",
        "slack:T0123/C0456/1693526400.000100",
        # These are none.
        "slack:",
        "slack:T0123",
        "slack:T0123/",
        "slack:C0456/T0123",
        "slack:T0123/#news",
        "slack:T0123/C0456/",
        "slack:T0123/C0456/1693526400",
        "slack:T0123/C0456/1693526400.0001000",
        "slack:t0123/c0456",
        "slack:T0123/C0456/1693526400.000100/2",
        "slack:T0123/C０456",
        f"slack:T{'1' * 31}/C1",
    ],
)
def test_a_destination_on_slack_is_one_that_its_room_can_read(address: str) -> None:
    assert is_address(address) == (read_address(address.removeprefix("slack:")) is not None)
