"""The bot's numbers as Prometheus reads them."""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import get_args

from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.app.feeds import LOOKS
from bot.app.numbers import BOUNDS, Numbers, ReadNumbers, Spread
from bot.core.delivery import Outcome, State
from bot.core.errors import StoreError
from bot.core.health import Standing

#: What can become of a slot that has come, and of a part: shown from the first moment on.
_SLOTS = (State.DUE, State.MISSED, State.COVERED, State.QUIET)
_OUTCOMES = tuple(kind.__name__.lower() for kind in get_args(Outcome))


def metrics_routes(read: ReadNumbers) -> tuple[web.RouteDef, ...]:
    """Return ``/metrics``; numbers that cannot be looked up are answered with status 503."""

    async def metrics(_: web.Request) -> web.Response:
        try:
            numbers = await read()
        except StoreError as error:
            return web.Response(text=f"{error}\n", status=503)
        return web.Response(
            body=metrics_text(numbers), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )

    return (web.get("/metrics", metrics),)


def metrics_text(numbers: Numbers) -> bytes:
    """Return the numbers in Prometheus's text format, with those of the process beside them."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Shown(numbers))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Shown(Collector):
    """The numbers of one moment."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    def collect(self) -> Iterator[Metric]:
        numbers = self._numbers
        yield InfoMetricFamily("briefbot", "The running version.", {"version": numbers.version})
        yield from _delivery(numbers)
        yield GaugeMetricFamily(
            "briefbot_queue_works", "Works that wait or are in hand.", numbers.queue
        )
        yield GaugeMetricFamily(
            "briefbot_queue_oldest_seconds",
            "How long the oldest work could have been begun already.",
            numbers.queue_age,
        )
        yield from _sources(numbers)
        yield from _feeds(numbers)
        yield _histogram(
            "briefbot_answer_seconds", "How long answers to commands took.", numbers.answers
        )


def _delivery(numbers: Numbers) -> Iterator[Metric]:
    counts = numbers.counts
    yield _counter(
        "briefbot_slots",
        "Slots that have come, by what was decided of each.",
        "state",
        {state.value: counts.slots[state] for state in _SLOTS},
    )
    yield CounterMetricFamily(
        "briefbot_digests_late", "Digests so late that they say so.", counts.late
    )
    yield _counter(
        "briefbot_parts",
        "Attempts to send a part, by what came of each.",
        "outcome",
        {outcome: counts.parts[outcome] for outcome in _OUTCOMES},
    )
    yield CounterMetricFamily(
        "briefbot_parts_interrupted",
        "Parts sent again because nobody knows whether they arrived.",
        counts.interrupted,
    )
    yield CounterMetricFamily(
        "briefbot_parts_seconds", "How long the attempts to send parts took.", counts.seconds
    )
    yield _counter(
        "briefbot_answer_messages",
        "Attempts to send a message of an answer, by what came of each.",
        "outcome",
        {outcome: counts.answers[outcome] for outcome in _OUTCOMES},
    )
    yield CounterMetricFamily(
        "briefbot_answers_given_up", "Answers that could not be sent.", counts.unanswered
    )


def _sources(numbers: Numbers) -> Iterator[Metric]:
    well = GaugeMetricFamily(
        "briefbot_source_ok", "Whether a source could be read (1) or not (0).", labels=["source"]
    )
    age = GaugeMetricFamily(
        "briefbot_source_newest_age_seconds",
        "How long ago the newest article of a source was published.",
        labels=["source"],
    )
    for source in numbers.sources:
        well.add_metric([source.name], source.ok)
        if source.age is not None:
            age.add_metric([source.name], source.age)
    yield well
    yield age


def _feeds(numbers: Numbers) -> Iterator[Metric]:
    standing = GaugeMetricFamily(
        "briefbot_sources", "Sources, by how they stand.", labels=["standing"]
    )
    for each in Standing:
        count = sum(source.standing is each for source in numbers.sources)
        standing.add_metric([each.value], count)
    yield standing
    yield GaugeMetricFamily(
        "briefbot_feed_looks_waiting", "Looks at feeds that wait or are under way.", numbers.looking
    )
    yield _counter(
        "briefbot_feed_looks",
        "Looks at feeds, by what came of each.",
        "outcome",
        {outcome: numbers.looks.get(outcome, 0) for outcome in LOOKS},
    )


def _counter(
    name: str, documentation: str, label: str, counts: Mapping[str, int]
) -> CounterMetricFamily:
    family = CounterMetricFamily(name, documentation, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family


def _histogram(
    name: str, documentation: str, spreads: Mapping[str, Spread]
) -> HistogramMetricFamily:
    family = HistogramMetricFamily(name, documentation, labels=["verb"])
    bounds = (*map(str, BOUNDS), "+Inf")
    for value, spread in sorted(spreads.items()):
        buckets = list(zip(bounds, accumulate(spread.counts), strict=True))
        family.add_metric([value], buckets, spread.seconds)
    return family
