"""Tells operations how the process and what it depends on are doing."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable, Mapping
from typing import cast

import structlog
from flask import Blueprint, Response, abort, current_app, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from hotline.web.guards import open_to_all

blueprint = Blueprint("health", __name__)
_log = structlog.get_logger()

Probe = Callable[[], str]
"""Gives "ok" or what is wrong in a few words, or raises."""


@blueprint.get("/live")
@open_to_all
def live() -> Response:
    """The process answers."""
    return Response("ok\n", content_type="text/plain")


@blueprint.get("/ready")
@open_to_all
def ready() -> tuple[Response, int]:
    """200 as long as the process can do its main work; the body lists each dependency."""
    found = {name: _probe(name, probe) for name, probe in _probes().items()}
    usable = all(found[name] == "ok" for name in _vital())
    return jsonify(ready=usable, dependencies=found), 200 if usable else 503


@blueprint.get("/metrics")
@open_to_all
def metrics() -> Response:
    """Counts for Prometheus, to this machine only."""
    if not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104 - stands for "unknown"
        abort(404)
    for gauge, count in current_app.extensions.get("hotline.gauges", {}).items():
        try:
            gauge.set(count())
        except Exception as error:  # a database that is away is told by /ready; the other counts still count
            gauge.set(math.nan)
            _log.warning("not counted", error=type(error).__name__)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _probes() -> Mapping[str, Probe]:
    return cast("Mapping[str, Probe]", current_app.extensions["hotline.probes"])


def _vital() -> frozenset[str]:
    return cast("frozenset[str]", current_app.extensions["hotline.vital"])


def _probe(name: str, probe: Probe) -> str:
    try:
        return probe()
    except Exception as error:  # whatever breaks a dependency is its state, not a failure of this page
        _log.warning("dependency down", dependency=name, error=type(error).__name__)
        return f"down ({type(error).__name__})"
