"""Lines that answer from a script, for tests of the exchange that calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Thread
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from hotline.domain.lines import Line
from hotline.simulator.exchange import Exchange, Form, Method, Reply
from hotline.simulator.numbers import Kind

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
LINES = (
    Line("main", "Drugsmeldpunt", ("+31433505111",), ("+3197000000001",)),
    Line("exercise", "Oefenlijn", ("+31600000001",), ("+31600000002",), is_training=True),
)


def twiml(inside: str) -> Reply:
    """An answer with these verbs."""
    return Reply(
        200, "text/xml; charset=utf-8", f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>'.encode()
    )


@dataclass
class ScriptedLine:
    """Answers by path, and keeps every request; an answer may be a list, used up one by one."""

    answers: Mapping[str, Reply | list[Reply] | Exception]
    requests: list[tuple[Method, str, dict[str, str], dict[str, str]]] = field(default_factory=list)

    def send(self, method: Method, url: str, form: Form, headers: Mapping[str, str]) -> Reply:
        self.requests.append((method, url, dict(form), dict(headers)))
        path = url.removeprefix("http://line.test").partition("?")[0]
        answer = self.answers.get(path, Reply(204, "text/plain", b""))
        if isinstance(answer, Exception):
            raise answer
        return answer.pop(0) if isinstance(answer, list) else answer

    def sent_to(self, path: str) -> list[dict[str, str]]:
        return [
            form for _, url, form, _ in self.requests if url.removeprefix("http://line.test").partition("?")[0] == path
        ]


def number_sids() -> Callable[[Kind], str]:
    """Identifiers that count up, so that a test knows them."""
    count = 0

    def make(kind: Kind) -> str:
        nonlocal count
        count += 1
        return f"{kind}{count:032x}"

    return make


def exchange_for(line: ScriptedLine) -> Exchange:
    """An exchange that calls this line."""
    return Exchange(
        "http://line.test",
        "AC" + "0" * 32,
        "token",
        "+31433505111",
        "+3197000000001",
        line.send,
        lambda: NOW,
        number_sids(),
    )


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """A WSGI app behind a real socket; gives its address."""
    server = make_server("127.0.0.1", 0, app, handler_class=_Silent)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def menu_app(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    """A tiny line: a menu, an echo of the choice, an echo of a text."""
    form = dict(parse_qsl(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()))
    chosen = form.get("Digits") or form.get("SpeechResult") or "niets"
    ask = '<Gather input="dtmf speech" numDigits="1" action="/voice/chosen" actionOnEmptyResult="true" finishOnKey="">'
    inside = {
        "/voice/incoming": f'{ask}<Say language="nl-NL">Voor één, toets 1.</Say></Gather>',
        "/voice/chosen": f"{ask}<Say>U koos {chosen}.</Say></Gather>",
        "/sms/incoming": "<Message>Dank u.</Message><Message>Nog een bericht.</Message>",
    }.get(environ["PATH_INFO"], "")
    start("200 OK", [("Content-Type", "text/xml; charset=utf-8")])
    return [f"<Response>{inside}</Response>".encode()]


def mounted(prefix: str) -> WSGIApplication:
    """The tiny line under a prefix that its server has taken off the path."""

    def app(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        return menu_app({**environ, "PATH_INFO": prefix + environ["PATH_INFO"]}, start)

    return app
