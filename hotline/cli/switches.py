"""Says what an installation takes upon itself by switching voice messages or pictures on."""

from __future__ import annotations

from config.settings import Settings
from hotline.domain.attachments import FIGURES


def warn_of(here: Settings) -> tuple[str, ...]:
    """A sentence for each switch that is on."""
    warnings = []
    if here.takes_voice:
        warnings.append(
            "HOTLINE_VOICEMAIL is on. A distorted voice is not anonymous: an attacker who knows nothing of the method errs "
            f"in {FIGURES['naive']} of cases (50% is guessing), one who distorts alike in {FIGURES['informed']}, one who "
            f"adapts in {FIGURES['adaptive']}, naming the right speaker of ten {FIGURES['of_ten']} of the time."
        )
    if here.takes_pictures:
        warnings.append(
            "HOTLINE_PICTURES is on. A picture loses its metadata and keeps what it shows: reflections, and the view from "
            "the reporter's own window."
        )
    return tuple(warnings)
