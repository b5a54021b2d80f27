"""What the server counts about itself, for Prometheus and `/healthz`."""

import asyncio

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

COMMIT_BUCKETS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0)
BATCH_BUCKETS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)


class Metrics:
    """The counters of one server, in a registry of their own. `games` and `connections` are set by who owns them."""

    def __init__(self) -> None:
        self.games = 0
        """Games that are being played."""
        self.connections = 0
        """Open WebSockets."""
        self.scraping = asyncio.Lock()
        """Held by whoever writes the exposition for a client."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.requests = Counter(
            "magnate_http_requests", "REST requests.", ("method", "route", "status"), registry=self.registry
        )
        self.request_seconds = Histogram(
            "magnate_http_request_seconds", "Time to answer a REST request.", ("route",), registry=self.registry
        )
        self.failed_logins = Counter("magnate_failed_logins", "Refused logins.", registry=self.registry)
        self.operations = Counter("magnate_storage_operations", "Committed changes.", registry=self.registry)
        self.commit_failures = Counter("magnate_storage_commit_failures", "Failed commits.", registry=self.registry)
        self.commit_seconds = Histogram(
            "magnate_storage_commit_seconds", "Time of one commit.", buckets=COMMIT_BUCKETS, registry=self.registry
        )
        self.commit_operations = Histogram(
            "magnate_storage_commit_operations", "Changes in one commit.", buckets=BATCH_BUCKETS, registry=self.registry
        )
        self.unexpected_errors = Counter(
            "magnate_unexpected_errors", "Errors in Magnate itself, by where they came up.", ("where",),
            registry=self.registry,
        )  # fmt: skip
        self.games_set_aside = Counter(
            "magnate_games_set_aside", "Games that could not go on or be restored.", registry=self.registry
        )
        self.refused_games = Counter(
            "magnate_refused_games",
            "Games that did not begin because a user was in too many, or had begun too many.",
            registry=self.registry,
        )
        self.limited_frames = Counter(
            "magnate_limited_frames", "WebSocket frames beyond the limit, of every kind.", registry=self.registry
        )
        self.actions = Counter("magnate_actions", "Accepted actions of games.", registry=self.registry)
        self.sockets_closed = Counter(
            "magnate_sockets_closed",
            "WebSockets that the server closed, by close code.",
            ("code",),
            registry=self.registry,
        )
        self.storage_ok = Gauge("magnate_storage_ok", "1 while writes succeed.", registry=self.registry)
        self.storage_ok.set(1)
        Gauge("magnate_games", "Games that are being played.", registry=self.registry).set_function(lambda: self.games)
        Gauge("magnate_connections", "Open WebSockets.", registry=self.registry).set_function(lambda: self.connections)

    def observe_commit(self, operations: int, seconds: float, ok: bool) -> None:
        """Count one commit of the storage; called from its thread."""
        self.commit_seconds.observe(seconds)
        if ok:
            self.operations.inc(operations)
            self.commit_operations.observe(operations)
        else:
            self.commit_failures.inc()

    def exposition(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        return generate_latest(self.registry)
