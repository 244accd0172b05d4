# SPDX-License-Identifier: MIT
"""Says how the bot is doing in the text format of Prometheus; ids of commands and parts only, nothing about people.

Source: https://prometheus.io/docs/instrumenting/exposition_formats/, text format 0.0.4.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping

from bot.kit.health import Snapshot

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_COUNTER = re.compile(r"outbox\.(?P<platform>[^.]+)\.(?P<outcome>\w+)")


def render(snapshot: Snapshot, outbox: Mapping[str, int], database_bytes: int) -> str:
    """Return all metrics as text. `outbox` counts the posts that are pending, sending and parked."""
    lines = [
        *_family("refdesk_start_time_seconds", "gauge", "When the bot was started, in seconds since 1970.",
                 [("", {}, snapshot.started_at.timestamp())]),
        *_family("refdesk_component_state", "gauge", "How a part is: 0 well, 1 in part, 2 down.",
                 [("", {"component": part.name}, int(part.state)) for part in snapshot.components]),
        *_family("refdesk_operations_total", "counter", "Commands, buttons and jobs that were run, by outcome.",
                 [("", {"operation": name, "outcome": outcome}, count)
                  for (name, outcome), count in sorted(snapshot.commands.items())]),
        *_family("refdesk_operation_seconds", "histogram", "How long operations took.", _buckets(snapshot)),
        *_family("refdesk_deliveries_total", "counter", "Attempts to deliver posts.", _deliveries(snapshot)),
        *_family("refdesk_outbox_posts", "gauge", "Posts that wait, by state.",
                 [("", {"state": state}, outbox.get(state, 0)) for state in ("pending", "sending", "parked")]),
        *_family("refdesk_database_bytes", "gauge", "Size of the database file.", [("", {}, database_bytes)]),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


Sample = tuple[str, Mapping[str, str], float]
"""A suffix of the family's name, labels, and the value."""


def _family(name: str, kind: str, about: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"
    for suffix, labels, value in samples:
        shown = ",".join(f'{key}="{_escaped(each)}"' for key, each in labels.items())
        yield f"{name}{suffix}{{{shown}}} {_number(value)}" if shown else f"{name}{suffix} {_number(value)}"


def _buckets(snapshot: Snapshot) -> Iterator[Sample]:
    for name, latency in sorted(snapshot.latencies.items()):
        total = 0
        for bound, count in zip(latency.bounds, latency.counts, strict=True):
            total += count
            yield "_bucket", {"operation": name, "le": _number(bound)}, total
        yield "_sum", {"operation": name}, latency.total
        yield "_count", {"operation": name}, total


def _deliveries(snapshot: Snapshot) -> Iterator[Sample]:
    for name, count in sorted(snapshot.counters.items()):
        if found := _COUNTER.fullmatch(name):
            yield "", {"platform": found["platform"], "outcome": found["outcome"]}, count


def _number(value: float) -> str:
    if math.isinf(value):
        return "+Inf"
    return str(int(value)) if value == int(value) else repr(value)


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
