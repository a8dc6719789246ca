"""`/api/v1` for partner systems, after the Dutch API Design Rules."""

from __future__ import annotations

from flask import Blueprint

from hotline.web.api import description, edges, reports

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
"""Expects a `DeskHouse` in the app, and to be exempt from CSRF protection: a bearer key is no cookie."""

reports.add_to(blueprint)
description.add_to(blueprint)
edges.add_to(blueprint)
