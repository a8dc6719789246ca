"""The desk's pages: the queue, one report, what waits for a decision, and the lines."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response

from hotline.services.release import Delay
from hotline.web.desk import (
    attachment_views,
    dialogue_views,
    feedback_views,
    guard_views,
    hold_views,
    line_views,
    queue_views,
    report_views,
    search_views,
    sight_views,
    words,
)
from hotline.web.desk.difference import compare_words
from hotline.web.desk.state import DeskState


def create_blueprint(*, delay: Delay, reaction_delay: Delay, neighbourhoods: Sequence[str] = ()) -> Blueprint:
    """The desk under `/desk`; expects `init_login`, CSRF protection and a `DeskHouse` in the app."""
    blueprint = Blueprint("desk", __name__, url_prefix="/desk", template_folder="../templates")
    state = DeskState(delay, reaction_delay, tuple(neighbourhoods))
    queue_views.add_to(blueprint, state)
    report_views.add_to(blueprint, state)
    feedback_views.add_to(blueprint, state)
    line_views.add_to(blueprint)
    dialogue_views.add_to(blueprint, state)
    search_views.add_to(blueprint)
    attachment_views.add_to(blueprint)
    guard_views.add_to(blueprint, state)
    sight_views.add_to(blueprint)
    hold_views.add_to(blueprint)
    blueprint.app_context_processor(
        lambda: {"words": words, "switchers": line_views.SWITCHERS, "compare_words": compare_words}
    )
    blueprint.after_request(_forbid_storing)
    return blueprint


def _forbid_storing(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
