"""Gives a view the house that its process holds, and the time."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app

from hotline.services.house import Clock, DeskHouse, IntakeHouse


def desk_house() -> DeskHouse:
    """The desk's house; `create_app` put it there."""
    return cast(DeskHouse, current_app.extensions["hotline.desk"])


def intake_house() -> IntakeHouse:
    """The intake's house; `create_app` put it there."""
    return cast(IntakeHouse, current_app.extensions["hotline.intake"])


def now() -> datetime:
    """The present moment, aware and in UTC, by the clock that `create_app` was given."""
    return cast(Clock, current_app.extensions["hotline.clock"])()
