"""The two web processes, for looking at."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.structure.apps import both_apps


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory, valkey_url: str) -> dict[str, Flask]:
    """`intake` and `desk`."""
    folder: Path = tmp_path_factory.mktemp("house")
    return both_apps(folder, valkey_url)
