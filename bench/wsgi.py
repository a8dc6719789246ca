"""The intake as it is served, and beside it a Flask application that does nothing: the yardstick."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from config.logging import configure_logging
from config.settings import load_settings
from hotline.app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def serve() -> WSGIApplication:
    """Both in one process; `/bench/bare` goes to the bare one, with none of the intake's hooks around it."""
    settings = load_settings(os.environ)
    configure_logging(settings)
    intake, bare = create_app(settings, parts=("intake",)), Flask("bench.bare")

    @bare.get("/bench/bare")
    def constant() -> str:
        return "ok"

    def choose(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        chosen = bare if environ["PATH_INFO"] == "/bench/bare" else intake
        return chosen.wsgi_app(environ, start_response)

    return choose
