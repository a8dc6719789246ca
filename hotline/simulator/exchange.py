"""The telephone exchange: signs each webhook, sends it, reads the answer strictly and remembers what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from typing import Literal, NamedTuple
from urllib.parse import urlencode, urljoin

from hotline.simulator.ledger import Ledger
from hotline.simulator.numbers import MakeSid, make_sid
from hotline.simulator.refusals import Refusal, RetrievalFailed
from hotline.simulator.signing import sign
from hotline.simulator.twiml import Verb

Method = Literal["GET", "POST"]
Form = Mapping[str, str]
Read = Callable[[bytes, str], tuple[Verb, ...]]


class Reply(NamedTuple):
    """What the line answered; `cookies` are its `Set-Cookie` headers."""

    status: int
    content_type: str
    body: bytes
    cookies: tuple[str, ...] = ()


Send = Callable[[Method, str, Form, Mapping[str, str]], Reply]
"""Sends `(method, url, form, headers)`; raises OSError where nothing answers. A GET has its form in the URL."""


@dataclass(frozen=True, slots=True)
class Request:
    """One signed webhook, as it can be delivered again."""

    method: Method
    url: str
    form: Form


@dataclass(frozen=True, slots=True)
class Alert:
    """One failed webhook. Twilio would keep the request with it; the exchange keeps only where and why."""

    path: str
    refusal: Refusal


@dataclass(slots=True)
class Exchange:
    """One line at the carrier: its two numbers, its account and its webhooks.

    `retries` is the `#rc=` of the webhook's URL: how often one more try follows on no answer or a 5xx.
    `empty_result` says what a silent `<Gather actionOnEmptyResult>` posts: nothing about input, or an empty
    `Digits` (and `SpeechResult` where it listened for speech). Twilio documents neither, so a line must bear both.
    `ledger` is what the carrier keeps of its calls and messages.
    """

    public_url: str
    account_sid: str
    auth_token: str
    voice_number: str
    sms_number: str
    send: Send
    now: Callable[[], datetime]
    make_sid: MakeSid = make_sid
    retries: int = 1
    empty_result: Literal["absent", "empty"] = "absent"
    fallback_method: Method = "GET"
    alerts: list[Alert] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)

    def address(self, path: str) -> str:
        """The line's public address with this path."""
        return self.public_url.rstrip("/") + path

    def fetch(self, request: Request, read: Read, cookies: Jar) -> tuple[tuple[Verb, ...], bytes]:
        """The answer's verbs and its raw body; a failure is noted in `alerts` and raised."""
        reply = self.deliver(request, cookies)
        try:
            return read(reply.body, reply.content_type), reply.body
        except Refusal as refusal:
            self._note(request, refusal)
            raise

    def notify(self, request: Request, cookies: Jar) -> None:
        """Tells the line something and minds only that it was taken; a failure is noted in `alerts`."""
        try:
            self.deliver(request, cookies)
        except Refusal:
            return

    def deliver(self, request: Request, cookies: Jar) -> Reply:
        """Sends the request, again while that may help; every failed try is noted in `alerts`, the last is raised."""
        tries = 0
        while True:
            tries += 1
            failure, passing = None, False
            try:
                reply = self._send_once(request, cookies)
            except OSError as error:
                failure, passing = RetrievalFailed(f"no answer ({type(error).__name__})"), True
            else:
                if 200 <= reply.status < 300:
                    return reply
                failure, passing = RetrievalFailed(f"status {reply.status}"), reply.status >= 500
            self._note(request, failure)
            if not passing or tries > self.retries:
                raise failure

    def _send_once(self, request: Request, cookies: Jar) -> Reply:
        url, form = request.url, request.form
        if request.method == "GET":
            url, form = url + ("&" if "?" in url else "?") + urlencode(form), {}
        headers = {
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": sign(url, form, self.auth_token),
            "I-Twilio-Idempotency-Token": self.make_sid("SM")[2:],
            **({"Cookie": cookies.header()} if cookies.header() else {}),
        }
        reply = self.send(request.method, url, form, headers)
        cookies.keep(reply.cookies)
        return reply

    def _note(self, request: Request, refusal: Refusal) -> None:
        self.alerts.append(Alert(request.url.removeprefix(self.public_url.rstrip("/")).partition("?")[0], refusal))


class Jar:
    """The cookies of one call, or of one pair of numbers that text each other."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def keep(self, headers: tuple[str, ...]) -> None:
        """Takes over what `Set-Cookie` headers set; one that cannot be read is dropped."""
        for header in headers:
            try:
                cookie: SimpleCookie = SimpleCookie(header)
            except CookieError:
                continue
            self._values.update({name: morsel.value for name, morsel in cookie.items()})

    def header(self) -> str:
        """The `Cookie` header, or nothing."""
        return "; ".join(f"{name}={value}" for name, value in self._values.items())


def resolve(document: str, address: str) -> str:
    """An address in a document as an absolute one; an empty one means the document itself."""
    return urljoin(document, address)


def geography(side: Literal["From", "To"], number: str) -> dict[str, str]:
    """The place that Twilio adds for a number: a country where it knows one, and empty names of city, state and zip."""
    country = "NL" if number.startswith("+31") else "US" if number.startswith("+1") else ""
    return {f"{side}City": "", f"{side}State": "", f"{side}Zip": "", f"{side}Country": country}
