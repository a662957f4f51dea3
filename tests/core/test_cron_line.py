"""Simple cron lines are understood as crontab means them; what a schedule cannot say is refused."""

from datetime import time

import pytest

from bot.core.cron_line import cron_times, is_cron


@pytest.mark.parametrize(
    ("line", "times", "days"),
    [
        ("0 8 * * 1", [(8, 0)], "0"),
        ("0 8 * * 0", [(8, 0)], "6"),
        ("0 8 * * 7", [(8, 0)], "6"),
        ("0 8 * * 0,7", [(8, 0)], "6"),
        ("0 8 * * *", [(8, 0)], "0123456"),
        ("0 8 ? * mon", [(8, 0)], "0"),
        ("30 7,19 * * 1-5", [(7, 30), (19, 30)], "01234"),
        ("0,30 8 * * *", [(8, 0), (8, 30)], "0123456"),
        ("0 */6 * * *", [(0, 0), (6, 0), (12, 0), (18, 0)], "0123456"),
        ("0 8-10 * * sat,sun", [(8, 0), (9, 0), (10, 0)], "56"),
        ("0 8-12/2 * * *", [(8, 0), (10, 0), (12, 0)], "0123456"),
        ("0 8 * * fri-mon", [(8, 0)], "0456"),
        ("0 8 * * 5-1", [(8, 0)], "0456"),
        ("0 8 * * 6-7", [(8, 0)], "56"),
        ("0 8 * * */2", [(8, 0)], "1356"),
    ],
)
def test_a_simple_line_is_understood(line: str, times: list[tuple[int, int]], days: str) -> None:
    assert cron_times(line.split()) == (
        [time(*each) for each in times],
        tuple(int(day) for day in days),
    )


@pytest.mark.parametrize(
    "line",
    [
        *("0 8 * *", "0 8 * * * *", "0 8 1 * *", "0 8 * 1 *", "0 8 L * *"),
        *("60 8 * * *", "0 24 * * *", "0 8 * * 8", "0 8 * * mo", "0 8 * * 1#2", "0 8 * * 5l"),
        *("0 8, * * *", "0 22-2 * * *", "0 8/2 * * *", "0 */0 * * *", "x 8 * * *", "0 mon * * *"),
        *("0 8 * * -1", "0 008 * * *", "0 8 * * 1-", "-5 8 * * *"),
    ],
)
def test_other_lines_are_refused(line: str) -> None:
    assert cron_times(line.split()) is None


@pytest.mark.parametrize(
    ("typed", "cron"),
    [("0 8 * * 1", True), ("*/5 8", True), ("@daily", True), ("8am weekdays", False), ("", False)],
)
def test_a_star_or_a_nickname_tells_a_cron_line(typed: str, *, cron: bool) -> None:
    assert is_cron(typed.split()) is cron
