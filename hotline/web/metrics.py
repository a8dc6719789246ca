"""Counts for Prometheus; no label holds anything about a person or a report."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

TURNS = Counter("hotline_turns_total", "Turns answered, by channel", ["channel"])
FAILURES = Counter(
    "hotline_webhook_failures_total", "Webhooks answered with the failure sentence", ["channel", "error"]
)
LATE_ERASURES = Gauge("hotline_erasures_late", "Calls and messages that Twilio should have forgotten by now")
WAITING_NUMBERS = Gauge("hotline_return_paths", "Reporters who asked for one text when there is news, and still wait")
