"""Posts an event as Standard Webhooks 1.0 asks: signed, to a checked address, believing only the status line."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import logging
import socket
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_match_hostname import CertificateError

from hotline.domain.partners import Partner
from hotline.domain.retry import Outcome
from hotline.services.dispatch import Parcel
from workers.partners.address import RefusedAddress, Target, Unresolved, find_target
from workers.partners.payload import CONTENT_TYPE, MAX_BYTES, wrap_report

logging.getLogger("urllib3").setLevel(logging.ERROR)  # below that it prints names, addresses and certificates

CONNECT_SECONDS, READ_SECONDS, LONGEST_CALL = 5, 15, 30
"""The last one ends a call whose answer comes in drops; it is well under the lease of `domain.retry`."""

MAX_WAIT = timedelta(hours=24)
"""A `Retry-After` beyond this is taken as this."""


class BadSecret(Exception):
    """A signing secret that is not `whsec_` and base64."""


@dataclass(frozen=True, slots=True)
class Post:
    """One signed call, as the adapters of reports and of alarms both make it. `tls` is given by tests alone."""

    allow_private: bool
    tls: ssl.SSLContext | None = None

    def send(self, url: str, secrets: Sequence[str], webhook_id: str, body: bytes, now: datetime) -> Outcome:
        """Post `body`; every way in which it can go wrong is an outcome in Dutch that names no address."""
        if len(body) > MAX_BYTES:
            return Outcome(False, "Het bericht is te groot.", permanent=True)
        try:
            headers = sign(secrets, webhook_id, now, body)
            target = find_target(url, allow_private=self.allow_private)
            status, retry_after = self._call(target, headers, body)
        except BadSecret:
            return Outcome(False, "Het geheim van de partner is ongeldig.", permanent=True)
        except RefusedAddress as refused:
            return Outcome(False, str(refused), permanent=True)
        except Unresolved:
            return Outcome(False, "De naam van de partner is niet te vinden.")
        except urllib3.exceptions.NewConnectionError:
            return Outcome(False, "Geen verbinding met de partner.")
        except (TimeoutError, urllib3.exceptions.TimeoutError):
            return Outcome(False, "De partner antwoordde niet op tijd.")
        except (ssl.SSLError, urllib3.exceptions.SSLError, CertificateError):
            return Outcome(False, "De beveiligde verbinding is niet te vertrouwen.")
        except (OSError, urllib3.exceptions.HTTPError, HTTPException, ValueError) as error:
            return Outcome(False, f"Geen verbinding met de partner ({type(error).__name__}).")
        return read_answer(status, retry_after, now)

    def _call(self, target: Target, headers: dict[str, str], body: bytes) -> tuple[int, str | None]:
        connection = self._connect(target)
        try:
            connection.connect()
            connection.timeout = READ_SECONDS  # not the socket's: the connection sets that to its own at each request
            with _cut_off_after(LONGEST_CALL, connection.sock):
                headers = {"Host": target.host_header, "Content-Type": CONTENT_TYPE, **headers}
                connection.request("POST", target.path, body=body, headers=headers, preload_content=False)
                answer = connection.getresponse()
            return answer.status, answer.headers.get("Retry-After")
        finally:
            connection.close()

    def _connect(self, target: Target) -> HTTPConnection:
        """A connection pinned to the checked address that speaks to, and checks, the name."""
        if target.scheme == "http":
            return HTTPConnection(target.address, target.port, timeout=CONNECT_SECONDS)
        return HTTPSConnection(
            target.address,
            target.port,
            timeout=CONNECT_SECONDS,
            server_hostname=target.host,
            assert_hostname=target.host,
            ssl_context=self.tls or ssl.create_default_context(),
            cert_reqs="CERT_REQUIRED",
        )


@dataclass(frozen=True, slots=True)
class WebhookAdapter:
    """A partner that receives events on an endpoint of its own."""

    partner: Partner
    oin: str
    post: Post

    def deliver(self, parcel: Parcel, now: datetime) -> Outcome:
        """Post the report's event; the delivery's id is the `webhook-id`, so that a repeat is known for one."""
        if not self.partner.url:
            return Outcome(False, "Voor deze partner is geen adres ingesteld.", permanent=True)
        body = wrap_report(parcel, self.oin)
        return self.post.send(self.partner.url, self.partner.secrets, str(parcel.delivery_id), body, now)


def sign(secrets: Sequence[str], webhook_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """The three headers; one signature per secret, so that a partner can rotate."""
    if not secrets:
        raise BadSecret
    stamp = str(int(now.timestamp()))
    signed = f"{webhook_id}.{stamp}.".encode() + body
    marks = []
    for secret in secrets:
        plain = secret.removeprefix("whsec_")
        try:
            key = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        except (binascii.Error, ValueError):
            raise BadSecret from None
        if not key:
            raise BadSecret
        marks.append("v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode())
    return {"webhook-id": webhook_id, "webhook-timestamp": stamp, "webhook-signature": " ".join(marks)}


def read_answer(status: int, retry_after: str | None, now: datetime) -> Outcome:
    """Success is 2xx alone; a redirect is a failure and is not followed; 410 ends it for good."""
    if 200 <= status < 300:
        return Outcome(True)
    if status == 410:
        return Outcome(False, "De partner heeft dit adres opgeheven (status 410).", permanent=True)
    return Outcome(False, f"De partner antwoordde met status {status}.", wait=_wait(retry_after, now))


def _wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """Seconds or an HTTP date; nonsense counts as nothing."""
    if retry_after is None:
        return None
    try:
        if retry_after.strip().isdigit():
            wait = timedelta(seconds=min(int(retry_after), int(MAX_WAIT.total_seconds())))
        else:
            moment = parsedate_to_datetime(retry_after)
            wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    except (ValueError, OverflowError):
        return None
    return max(timedelta(0), min(wait, MAX_WAIT))


class _cut_off_after:
    """Ends a socket's call after so many seconds, however slowly the other side drips."""

    def __init__(self, seconds: float, sock: socket.socket) -> None:
        self._timer = threading.Timer(seconds, _shut, (sock,))
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed already, which is what was wanted
