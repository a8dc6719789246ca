"""Logs that can name nobody: type and place of a failure, never its text, no addresses, no request lines."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

from config.settings import Settings

_QUIET = ("twilio.http_client", "werkzeug", "urllib3", "rq.worker", "rq", "alembic.runtime.migration", "_granian")


def configure_logging(settings: Settings) -> None:
    """JSON lines in production, short lines in a demo; libraries speak from WARNING on."""
    chain: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso" if settings.mode == "production" else "%H:%M:%S", utc=True),
        _name_failure,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if settings.mode == "production"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        foreign_pre_chain=chain,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*chain, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _name_failure(logger: Any, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """An exception becomes its type and where our code stood: its text and its locals may hold anything."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    elif isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    record = event.get("_record")
    if not info and record is not None:
        info, record.exc_info, record.exc_text = record.exc_info, None, None
    if info and info[0] is not None:
        event["error"] = info[0].__name__
        event["at"] = _innermost(info[2])
    return event


def _innermost(trace: Any) -> str:
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place, trace = f"{code.co_name}:{trace.tb_lineno}", trace.tb_next
    return place
