"""The numbers are shown as Prometheus reads them."""

import asyncio

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bot.app.counts import Counts
from bot.app.numbers import BOUNDS, Numbers, ReadNumbers, SourceNumbers, Spread, Timings
from bot.core.delivery import State
from bot.core.errors import StoreError
from bot.core.health import Standing
from bot.web.metrics import metrics_routes, metrics_text
from bot.web.server import Server


def shown(numbers: Numbers) -> dict[tuple[str, ...], float]:
    """Return each sample by its name and the values of its labels, as a reader finds it."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics_text(numbers).decode())
        for sample in family.samples
    }


def asked(read: ReadNumbers) -> httpx.Response:
    async def ask() -> httpx.Response:
        server = Server(host="127.0.0.1", port=0)
        server.add_routes(metrics_routes(read))
        async with server.open() as address, httpx.AsyncClient(trust_env=False) as client:
            return await client.get(f"{address}/metrics")

    return asyncio.run(ask())


def test_what_never_happened_is_shown_as_zero() -> None:
    found = shown(Numbers(version="1.2.3", counts=Counts()))

    assert found["briefbot_info", "1.2.3"] == 1
    zeros = [
        *(("briefbot_slots_total", state) for state in ("due", "missed", "covered", "quiet")),
        *(
            ("briefbot_parts_total", outcome)
            for outcome in ("delivered", "deferred", "moved", "refused", "unsure")
        ),
        ("briefbot_digests_late_total",),
        ("briefbot_parts_interrupted_total",),
        ("briefbot_queue_works",),
        ("briefbot_queue_oldest_seconds",),
        ("briefbot_answers_given_up_total",),
    ]
    assert {name: found[name] for name in zeros} == dict.fromkeys(zeros, 0.0)


def test_what_delivery_did_is_shown() -> None:
    counts = Counts()
    counts.slots.update({State.DUE: 7, State.MISSED: 2, State.COVERED: 1, State.QUIET: 4})
    counts.late = 3
    counts.parts.update(delivered=40, deferred=2)
    counts.interrupted = 1
    counts.seconds = 2.5
    counts.answers.update(delivered=5)
    counts.unanswered = 1

    found = shown(Numbers(version="1", counts=counts, queue=12, queue_age=4.5))

    assert found["briefbot_slots_total", "due"] == 7
    assert found["briefbot_slots_total", "missed"] == 2
    assert found["briefbot_slots_total", "covered"] == 1
    assert found["briefbot_slots_total", "quiet"] == 4
    assert found["briefbot_digests_late_total",] == 3
    assert found["briefbot_parts_total", "delivered"] == 40
    assert found["briefbot_parts_total", "deferred"] == 2
    assert found["briefbot_parts_interrupted_total",] == 1
    assert found["briefbot_parts_seconds_total",] == 2.5
    assert found["briefbot_answer_messages_total", "delivered"] == 5
    assert found["briefbot_answers_given_up_total",] == 1
    assert found["briefbot_queue_works",] == 12
    assert found["briefbot_queue_oldest_seconds",] == 4.5


def test_each_source_is_shown_by_a_name_that_may_be_odd() -> None:
    odd = 'TASS "wire"\n\\ ТАСС'

    found = shown(
        Numbers(
            version="1",
            counts=Counts(),
            sources=(
                SourceNumbers(name=odd, ok=True, standing=Standing.QUIET, age=60.0),
                SourceNumbers(name="new", ok=False, standing=Standing.FAILING, age=None),
            ),
            looking=3,
            looks={"new": 2, "failed": 1},
        )
    )

    assert found["briefbot_sources", "quiet"] == found["briefbot_sources", "failing"] == 1
    assert found["briefbot_sources", "stale"] == 0
    assert found[("briefbot_feed_looks_waiting",)] == 3
    assert found["briefbot_feed_looks_total", "new"] == 2
    assert found["briefbot_feed_looks_total", "nothing new"] == 0
    assert found["briefbot_source_ok", odd] == 1
    assert found["briefbot_source_newest_age_seconds", odd] == 60
    assert found["briefbot_source_ok", "new"] == 0
    assert ("briefbot_source_newest_age_seconds", "new") not in found


def test_answers_are_shown_as_a_histogram_that_adds_up() -> None:
    timings = Timings(lambda: 0.0)
    for seconds in (0.005, 0.03, 0.03, 60.0):
        timings.add("brief", seconds)

    found = shown(Numbers(version="1", counts=Counts(), answers=timings.spreads()))

    buckets = [found["briefbot_answer_seconds_bucket", str(bound), "brief"] for bound in BOUNDS]
    assert buckets == [1, 1, 3, 3, 3, 3, 3, 3, 3, 3]
    assert found["briefbot_answer_seconds_bucket", "+Inf", "brief"] == 4
    assert found["briefbot_answer_seconds_count", "brief"] == 4
    assert found["briefbot_answer_seconds_sum", "brief"] == 60.065


def test_the_page_says_what_it_is() -> None:
    async def read() -> Numbers:
        return Numbers(version="1", counts=Counts(), answers={"help": Spread((1,) * 11, 1.0)})

    answer = asked(read)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "# TYPE briefbot_slots_total counter" in answer.text


def test_numbers_that_cannot_be_looked_up_are_told() -> None:
    async def read() -> Numbers:
        raise StoreError("The archive is damaged.")

    answer = asked(read)

    assert (answer.status_code, answer.text) == (503, "The archive is damaged.\n")
