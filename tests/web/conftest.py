"""The desk's pages, for the tests of what stands on them."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.desk_house import Desk
from tests.web.desk_app import make_desk_app


@pytest.fixture
def app(desk: Desk) -> Flask:
    """Its pages."""
    return make_desk_app(desk)
