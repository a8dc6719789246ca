"""Reads the Procfile into processes that can be started."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from string import Template

from honcho.environ import parse_procfile

from hotline.embedded.supervise import Process


def read_procfile(text: str, environ: Mapping[str, str], skip: frozenset[str] = frozenset()) -> list[Process]:
    """The processes but for those to skip; `$PORT` and `${DESK_PORT}` stand for the environment's.

    A program without a folder is the one beside this Python. Raises KeyError for a variable that is not set.
    """
    found = []
    for name, command in parse_procfile(text).processes.items():
        if name in skip:
            continue
        words = shlex.split(Template(command).substitute(environ))
        if words[0] == "python":
            words[0] = sys.executable
        elif "/" not in words[0]:
            words[0] = os.path.join(os.path.dirname(sys.executable), words[0])
        found.append(Process(name, words))
    return found
