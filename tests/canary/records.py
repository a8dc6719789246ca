"""What a process says, as bytes: log records with all they carry, and the surroundings that a child process is given."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Iterator

from hotline.canary.search import Piece

_CLOCK = ("created", "msecs", "relativeCreated")
"""What logging itself reads off a clock and lets nobody set: so many decimals end in any six digits of a number."""


def log_records(records: Iterable[logging.LogRecord]) -> Iterator[Piece]:
    """Each record as any handler could write it, but for its moment: message, arguments, all that an exception carries."""
    for record in list(records):
        carried = {name: value for name, value in vars(record).items() if name not in _CLOCK}
        told = [record.getMessage(), repr(record.msg), repr(record.args), repr(carried)]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            told += traceback.format_exception(error)
        while error is not None:
            told += [repr(error.args), repr(vars(error))]
            error = error.__cause__ or error.__context__
        yield Piece("log records", "at every level", "\n".join(told).encode("utf-8", "replace"))
