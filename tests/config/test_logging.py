"""Logs name nobody: no text of an exception, no locals, whatever is logged."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from config.logging import configure_logging
from config.settings import load_settings
from tests.config.test_settings import PRODUCTION

NUMBER = "+31600000001"


@pytest.fixture
def untouched_logging() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], level = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("mode", ["demo", "production"])
@pytest.mark.usefixtures("untouched_logging")
def test_an_exceptions_text_never_reaches_the_log(
    mode: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(load_settings(PRODUCTION if mode == "production" else {"HOTLINE_HOME": str(tmp_path)}))
    for log in (structlog.get_logger("hotline.test"), logging.getLogger("a.library")):
        try:
            secret_local = NUMBER
            raise ValueError(f"no {secret_local}")
        except ValueError:
            log.exception("failed")
    said = capsys.readouterr().err
    assert said.count("ValueError") == 2
    assert NUMBER not in said
    assert "secret_local" not in said
    if mode == "production":
        assert all(json.loads(line)["event"] == "failed" for line in said.splitlines())


@pytest.mark.usefixtures("untouched_logging")
def test_talkative_libraries_are_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(load_settings({"HOTLINE_HOME": str(tmp_path)}))
    for name in ("twilio.http_client", "werkzeug", "urllib3.connectionpool", "rq.worker", "rq.queue"):
        logging.getLogger(name).info("POST /Calls?To=%s", NUMBER)
    assert capsys.readouterr().err == ""
