"""Gives a view the house that its process holds, and the time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request

from hotline.domain.lines import Line, find_called
from hotline.services.house import Clock, DeskHouse, IntakeHouse

if TYPE_CHECKING:  # the intake's own, which the desk need not load
    from hotline.services.turns import Reply
    from hotline.web.statement import Statement
    from ivr_flows.channels import Language
    from ivr_flows.load import Script


def desk_house() -> DeskHouse:
    """The desk's house; `create_app` put it there."""
    return cast(DeskHouse, current_app.extensions["hotline.desk"])


def intake_house() -> IntakeHouse:
    """The intake's house; `create_app` put it there."""
    return cast(IntakeHouse, current_app.extensions["hotline.intake"])


def now() -> datetime:
    """The present moment, aware and in UTC, by the clock that `create_app` was given."""
    return cast(Clock, current_app.extensions["hotline.clock"])()


def lines() -> tuple[Line, ...]:
    """The lines of this installation, the main one first; `create_app` put them there."""
    return cast("tuple[Line, ...]", current_app.extensions["hotline.lines"])


def called_line() -> Line:
    """The line whose number the caller or texter chose, as the signed form says, or on a fallback its address."""
    return find_called(lines(), g.get("called") or request.args.get("To", ""))


def main_line() -> Line:
    """The line to which the web form belongs."""
    return lines()[0]


def offered_languages() -> tuple[Language, ...]:
    """The languages of the web form: those of the current flow that the main line offers."""
    line = main_line()
    flow = intake_house().flows.current(line.key).flow
    return tuple(one for one in flow.languages if one in line.languages)


def privacy_statement() -> Statement:
    """What residents are promised; `create_app` read it."""
    return cast("Statement", current_app.extensions["hotline.statement"])


def script_of(reply: Reply, line: Line) -> Script:
    """The script to answer with: the conversation's version, else the line's current one."""
    return reply.script or intake_house().flows.current(line.key)
