"""The switches of voice messages and pictures: off by default, on with a warning that gives the measured figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import SettingsError, load_settings
from hotline.cli.switches import warn_of
from hotline.domain.attachments import FIGURES
from tests.config.test_settings import PRODUCTION

ROOT = Path(__file__).parents[2]


def test_both_are_off_and_say_nothing() -> None:
    settings = load_settings(PRODUCTION)
    assert not settings.takes_voice and not settings.takes_pictures
    assert warn_of(settings) == ()


def test_on_in_production_needs_nothing_more_and_warns() -> None:
    settings = load_settings({**PRODUCTION, "HOTLINE_VOICEMAIL": "on", "HOTLINE_PICTURES": "on"})
    voice, pictures = warn_of(settings)
    assert all(FIGURES[one] in voice for one in ("naive", "informed", "adaptive", "of_ten"))
    assert "not anonymous" in voice and "reflections" in pictures


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"HOTLINE_VOICEMAIL": "yes"}, "HOTLINE_VOICEMAIL must be on or off"),
        ({"HOTLINE_PICTURES": "on", "HOTLINE_TWILIO_API_URL": "http://api.example.org"}, "production needs https"),
        ({"HOTLINE_MODE": "demo", "HOTLINE_VOICEMAIL": "on"}, "a demo has no telephone service"),
    ],
)
def test_what_cannot_work_is_named(variables: dict[str, str], problem: str, tmp_path: Path) -> None:
    demo = {"HOTLINE_HOME": str(tmp_path)} if variables.get("HOTLINE_MODE") == "demo" else PRODUCTION
    with pytest.raises(SettingsError, match=problem):
        load_settings({**demo, **variables})


def test_the_figures_stand_beside_the_switch() -> None:
    settings = (ROOT / "docs" / "settings.md").read_text()
    assert settings.index("| `HOTLINE_VOICEMAIL` | `off` | `off` |") < settings.index(
        "## What distortion does not hide"
    )
    for figure in FIGURES.values():
        assert figure in settings.partition("## What distortion does not hide")[2]
