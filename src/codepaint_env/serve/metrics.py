"""What Prometheus reads of a server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OTHER = "other"
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600)


class Metrics:
    """Counts requests and pictures.

    Args:
        routes: Paths that are told apart; all others are one.
        gauges: Returns what stands now, by name.
        counters: Returns what the renderers have counted, by name.
    """

    def __init__(
        self,
        routes: tuple[str, ...],
        gauges: Callable[[], Mapping[str, float]],
        counters: Callable[[], Mapping[str, float]],
    ) -> None:
        self._routes = routes
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "codepaint_requests", "Requests answered", ("route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "codepaint_request_seconds",
            "Seconds until a request was answered",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._pictures = Counter(
            "codepaint_pictures", "Pictures answered", ("status",), registry=self._registry
        )
        self._registry.register(_Standing(gauges, counters))
        ProcessCollector(registry=self._registry)

    def count(self, status: str) -> None:
        """Counts a picture by its status."""
        self._pictures.labels(status).inc()

    def response(self) -> Response:
        """Returns everything in Prometheus's own text."""
        return Response(generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def around(self, application: ASGIApp) -> ASGIApp:
        """Returns an application whose requests are counted and timed."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await application(scope, receive, send)
                return
            route = scope["path"] if scope["path"] in self._routes else _OTHER
            began, status = time.perf_counter(), "000"

            async def noted(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = str(message["status"])
                await send(message)

            try:
                await application(scope, receive, noted)
            finally:
                self._requests.labels(route, status).inc()
                self._seconds.labels(route).observe(time.perf_counter() - began)

        return counted


class _Standing(Collector):
    """Asks for what stands now when Prometheus does."""

    def __init__(
        self, gauges: Callable[[], Mapping[str, float]], counters: Callable[[], Mapping[str, float]]
    ) -> None:
        self._gauges, self._counters = gauges, counters

    def collect(self) -> Iterator[Metric]:
        """Yields the gauges and the renderers' counters."""
        for name, value in self._gauges().items():
            yield GaugeMetricFamily(f"codepaint_{name}", name.replace("_", " "), value)
        for name, value in self._counters().items():
            yield CounterMetricFamily(f"codepaint_renderer_{name}", name.replace("_", " "), value)
