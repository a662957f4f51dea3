"""What the operator's commands show, for people and for other programs."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from bot.app.operator import Tally
from bot.app.records import Record
from bot.app.telling import Said
from bot.console.look import Look
from bot.console.operations import (
    RECORD_HEADINGS,
    SUBSCRIPTION_HEADINGS,
    UNKNOWN_HEADINGS,
    idle_row,
    receipt_page,
    receipt_record,
    record_row,
    running_row,
    standing_row,
    stuck_row,
    subscription_record,
    subscription_row,
    tally_rows,
    told_blocks,
    unknown_row,
)
from bot.console.render import render
from bot.console.table import write_table
from bot.console.titles import titled
from bot.core.delivery import Fate, Kind, Receipt, Series, State
from bot.core.page import Block, Page
from bot.core.subscription import (
    Destination,
    Schedule,
    Standing,
    Subscription,
    Timing,
    destination_of,
)
from tests.fakes.operations import NOW, slot

ASTANA = ZoneInfo("Asia/Almaty")
PLACE = Destination("file", "team.txt")
SLOT = slot(NOW.date())
POSTED = Series(
    id=57,
    kind=Kind.DIGEST,
    destination=PLACE,
    subscription=1,
    slot=SLOT,
    due=SLOT.moment,
    state=State.POSTED,
    ended=NOW,
    parts=2,
)
FIRST = Receipt(
    series=57, part=0, fate=Fate.DELIVERED, attempts=2, interrupted=1, reference="367", changed=NOW
)
SECOND = Receipt(series=57, part=1, fate=Fate.REFUSED, attempts=1, why="Too long.", interrupted=2)
ACTIVE = Subscription(
    destination=PLACE,
    schedule=Schedule(timings=(Timing(time(8), (0, 1, 2, 3, 4)),), zone="Asia/Almaty"),
    topics=("rail",),
    next=SLOT,
    owner="77",
    declared=True,
)
BARE = Subscription(destination=destination_of("terminal"))


class Wide(io.StringIO):
    """A terminal of some width."""

    def isatty(self) -> bool:
        return True


def shown(*blocks: Block) -> list[str]:
    return render(Page(blocks), Look()).splitlines()


def test_a_subscription_is_a_row_of_what_comes_when() -> None:
    assert subscription_row(ACTIVE, now=NOW) == (
        "file:team.txt",
        "weekdays at 08:00, Astana time (Asia/Almaty, UTC+5)",
        "2025-09-02 08:00",
        "active",
    )
    assert subscription_row(BARE, now=NOW) == ("terminal", "none", "-", "active")


def test_a_chat_has_its_name_beside_its_address_where_that_is_known() -> None:
    titles = {"slack:T0/C0": "#news", "telegram:-1001": "SCO news"}
    thread, topic = destination_of("slack:T0/C0/1.000001"), destination_of("telegram:-1001/7")
    other = destination_of("slack:T0/C1")
    slack = replace(BARE, destination=destination_of("slack:T0/C0"))
    posted = replace(POSTED, destination=topic)

    assert [titled(one, titles) for one in (thread, topic, other)] == [
        "slack:T0/C0/1.000001 “#news”",
        "telegram:-1001/7 “SCO news”",
        "slack:T0/C1",
    ]
    assert subscription_row(slack, now=NOW, titles=titles)[0] == "slack:T0/C0 “#news”"
    assert subscription_record(slack, titles=titles)["title"] == "#news"
    row = record_row(Record(posted, ()), zone=UTC, titles=titles)
    assert row[1] == "telegram:-1001/7 “SCO news”"
    assert receipt_record(Record(posted, ()), titles=titles)["title"] == "SCO news"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("x) telegram:-100999 (real", "x) telegram:-100999 (real"),
        ("x” telegram:-100999 “real", "x’ telegram:-100999 ’real"),
        ('x" telegram:-100999 "real', "x’ telegram:-100999 ’real"),
        ("a\u200bb\u2060\u202ec\ufeff\ud800", "abc"),
        ("a" * 30, "a" * 30),
        ("long " * 20, "long long long long long long…"),
        ("上" * 128, f"{'上' * 14}…"),
        ("e\u0301" * 64, "e\u0301" * 29 + "…"),
        ("a" + "\u0301" * 127, "a" + "\u0301" * 59 + "…"),
    ],
)
def test_no_name_of_a_chat_can_pass_for_an_address_or_fill_a_table(title: str, shown: str) -> None:
    place = "telegram:-1002000000002/12"

    said = titled(destination_of(place), {"telegram:-1002000000002": title})

    assert said == f"{place} “{shown}”"
    assert cell_len(said) <= len(place) + 33


def test_a_name_of_which_nothing_is_seen_is_not_shown() -> None:
    assert titled(PLACE, {str(PLACE): "\u200b \u2060"}) == str(PLACE)


def test_why_a_chat_is_not_served_stands_in_its_row() -> None:
    paused = replace(BARE, standing=Standing.PAUSED)
    stopped = replace(BARE, standing=Standing.STOPPED, reason="The chat is gone.")

    assert subscription_row(paused, now=NOW)[3] == "paused"
    assert subscription_row(stopped, now=NOW)[3] == "stopped: The chat is gone."


def test_programs_get_all_of_a_subscription_and_no_person() -> None:
    record = subscription_record(ACTIVE)

    assert json.loads(json.dumps(record)) == {
        "destination": "file:team.txt",
        "title": "",
        "timings": [{"at": "08:00", "days": [0, 1, 2, 3, 4]}],
        "zone": "Asia/Almaty",
        "next": {"day": "2025-09-02", "at": "08:00", "utc": "2025-09-02T03:00:00+00:00"},
        "standing": "active",
        "reason": "",
        "topics": ["rail"],
        "length": "standard",
        "language": "en",
        "silent": False,
        "quiet": "post",
        "flat": False,
        "grace_hours": 6.0,
        "declared": True,
    }
    bare = subscription_record(BARE)
    assert (bare["timings"], bare["zone"], bare["next"]) == ([], None, None)


def test_a_slot_is_a_row_of_what_became_of_it() -> None:
    assert record_row(Record(POSTED, (FIRST, SECOND)), zone=ASTANA) == (
        *("57", "file:team.txt", "2025-09-02 08:00", "posted", "1/2", "3", "3", "Too long."),
    )
    assert unknown_row(POSTED, zone=ASTANA) == ("57", "file:team.txt", "2025-09-02 08:00")


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        (Kind.DIGEST, "2025-09-02 08:00, at once"),
        (Kind.AGAIN, "2025-09-02 08:00, again"),
        (Kind.NOTICE, "2025-09-02 08:00, notice"),
    ],
)
def test_what_has_no_slot_says_why_it_was_posted(kind: Kind, when: str) -> None:
    asked = replace(POSTED, kind=kind, slot=None, state=State.DUE, parts=0, why="Why.")

    row = record_row(Record(asked, ()), zone=ASTANA)

    assert row[2:] == (when, "due", "-", "0", "0", "Why.")


def test_a_receipt_tells_part_by_part() -> None:
    page = receipt_page(Record(replace(POSTED, why="late"), (FIRST, SECOND)), zone=ASTANA)

    assert shown(*page.blocks) == [
        "Receipt 57",
        "destination  file:team.txt",
        "slot         2025-09-02 08:00",
        "state        posted · late",
        (
            "part 1 of 2  delivered · reference 367 · 2 attempts"
            " · interrupted once: it may be there twice"
        ),
        "part 2 of 2  refused · interrupted 2 times: it may be there twice · Too long.",
        "ended        2025-09-02 09:00",
    ]
    assert page.summary == "Receipt 57: posted"


def test_a_receipt_of_what_is_on_its_way_says_what_to_do() -> None:
    waiting = replace(POSTED, slot=None, state=State.SENDING, ended=None)

    lines = shown(*receipt_page(Record(waiting, ()), zone=UTC).blocks)

    assert lines[2] == "asked for    2025-09-02 03:00, at once"
    assert lines[-1] == (
        "It is still on its way. To look again, or to stop it: "
        "briefbot receipts --stuck · briefbot cancel 57"
    )


def test_programs_get_all_of_a_receipt() -> None:
    record = receipt_record(Record(POSTED, (FIRST, SECOND)))

    assert json.loads(json.dumps(record)) == {
        "number": 57,
        "kind": "digest",
        "destination": "file:team.txt",
        "title": "",
        "slot": {"day": "2025-09-02", "at": "08:00", "utc": "2025-09-02T03:00:00+00:00"},
        "due": "2025-09-02T03:00:00+00:00",
        "state": "posted",
        "why": "",
        "covers": 0,
        "ended": "2025-09-02T04:00:00+00:00",
        "parts": [
            {
                "part": 0,
                "fate": "delivered",
                "reference": "367",
                "attempts": 2,
                "interrupted": 1,
                "why": "",
                "changed": "2025-09-02T04:00:00+00:00",
            },
            {
                "part": 1,
                "fate": "refused",
                "reference": None,
                "attempts": 1,
                "interrupted": 2,
                "why": "Too long.",
                "changed": None,
            },
        ],
    }
    bare = receipt_record(Record(replace(POSTED, slot=None, ended=None), ()))
    assert (bare["slot"], bare["ended"]) == (None, None)


def test_the_status_says_who_runs_what_is_stuck_and_what_was_told() -> None:
    told = [Said(NOW, "The chat is gone.")]
    subscriptions = (ACTIVE, BARE, replace(BARE, standing=Standing.STOPPED))

    assert shown(
        running_row(4711, NOW, zone=ASTANA),
        standing_row(subscriptions),
        stuck_row(2),
        *tally_rows(Tally(late=1, missed=2, waiting=3, parts=4)),
        *told_blocks(told, zone=ASTANA),
    ) == [
        "Running        yes, process 4711, since 2025-09-02 09:00",
        "Subscriptions  2 active, 1 stopped",
        "Stuck          2: briefbot receipts --stuck",
        "Last 7 days    1 late, 2 missed",
        "Waiting        posts: 3, their parts to be sent: 4",
        "",
        "Told to the operator in the last 7 days",
        "• 2025-09-02 09:00 · The chat is gone.",
    ]


def test_the_status_of_a_bot_that_rests() -> None:
    assert shown(idle_row(), standing_row(()), stuck_row(0), *told_blocks((), zone=ASTANA)) == [
        "Running        no: nothing is posted by itself. briefbot run --stay starts it",
        "Subscriptions  none",
        "Stuck          nothing",
    ]
    assert shown(*tally_rows(Tally(late=0, missed=0, waiting=0, parts=0))) == [
        "Last 7 days  0 late, 0 missed",
        "Waiting      nothing",
    ]
    assert shown(running_row(None, None, zone=ASTANA)) == ["Running  yes"]


def test_a_table_in_a_pipe_has_a_line_a_row() -> None:
    out = io.StringIO()
    long = "A reason that is longer than any terminal is wide. " * 5
    rows = [
        subscription_row(ACTIVE, now=NOW),
        ("上海合作", "none", "-", f"stopped: {long}\x1b[31m"),
    ]

    write_table(SUBSCRIPTION_HEADINGS, rows, out)

    lines = out.getvalue().splitlines()
    assert len(lines) == 3
    assert lines[0].split() == list(SUBSCRIPTION_HEADINGS)
    assert lines[2].endswith("stopped: " + long.strip())
    assert all(line == line.rstrip() for line in lines)
    columns = {
        cell_len(line[: line.index(word)])
        for line, word in zip(lines, ("SCH", "week", "none"), strict=True)
    }
    assert len(columns) == 1


def test_a_table_in_a_terminal_keeps_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    out = Wide()
    row = record_row(Record(replace(POSTED, why="The chat is gone. " * 4), ()), zone=ASTANA)

    write_table(RECORD_HEADINGS, [row], out)

    lines = out.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= 60
    assert "\x1b" not in out.getvalue()


def test_a_table_in_a_terminal_has_headings_that_stand_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    out = Wide()

    write_table(UNKNOWN_HEADINGS, [("1", "terminal", "2025-09-02 08:00")], out)

    first, second = out.getvalue().splitlines()
    assert first.startswith("\x1b[1mNUMBER")
    assert second.split() == ["1", "terminal", "2025-09-02", "08:00"]


def test_a_moment_is_shown_in_the_zone_that_is_asked_for() -> None:
    late = replace(POSTED, slot=None, due=datetime(2025, 9, 2, 23, tzinfo=UTC) + timedelta(0))

    assert unknown_row(late, zone=ASTANA)[2] == "2025-09-03 04:00, at once"
