"""An app's pages over HTTP, at an address of this machine, for a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server


@contextmanager
def serve(app: Flask) -> Iterator[BaseWSGIServer]:
    """A server of many threads on a free port, until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
