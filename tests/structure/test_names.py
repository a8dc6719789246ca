"""What is named as a string exists: jobs, prompts, processes of the Procfile."""

from __future__ import annotations

import importlib
import importlib.util
import re
import shlex
from pathlib import Path

from hotline.services.wakeup import JOBS
from ivr_flows.load import load_flow, load_prompts

ROOT = Path(__file__).parents[2]


def test_every_job_is_a_function() -> None:
    for name in JOBS.values():
        module, _, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function)), name


def test_the_flow_and_every_prompt_that_the_house_says_load() -> None:
    flow, prompts = load_flow(), load_prompts()
    for path in (ROOT / "hotline").rglob("*.py"):
        for key in re.findall(r'\bSpeak\("(\w+)"', path.read_text()):
            assert key in flow.said_by_house, f"{path.name} says {key}, which the flow does not list"
            assert all(key in catalog.prompts for catalog in prompts.catalogs.values()), key


def test_every_process_of_the_procfile_can_be_found() -> None:
    for line in (ROOT / "Procfile").read_text().splitlines():
        name, _, command = line.partition(":")
        words = shlex.split(command)
        if words[:2] == ["python", "-m"]:
            assert importlib.util.find_spec(words[2]), name
        else:
            module, _, factory = next(word for word in words if word.startswith("hotline.")).partition(":")
            assert callable(getattr(importlib.import_module(module), factory)), name
