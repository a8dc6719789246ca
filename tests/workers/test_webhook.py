"""Posting an event: signed as the standard says, to the open internet alone, believing only the status line."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from standardwebhooks.webhooks import Webhook

from hotline.domain.partners import Partner
from hotline.domain.retry import Outcome
from hotline.services.dispatch import Parcel
from tests.workers.endpoint import SECRET, Answer, Endpoint, open_endpoint
from workers.partners import webhook
from workers.partners.address import RefusedAddress, Unresolved, find_target, is_public
from workers.partners.payload import CONTENT_TYPE
from workers.partners.webhook import Post, WebhookAdapter, read_answer, sign

OIN = "0" * 20
DELIVERY = UUID(int=7)
PARCEL = Parcel(
    DELIVERY, "report", "politie", None, b'{"reportId":"r-1","text":"Startinformatie","time":"2026-11-23T02:00:00Z"}'
)
OTHER_SECRET = "whsec_ZGVua2JlZWxkd2VnLWRlbmtiZWVsZHdlZw=="


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with open_endpoint() as found:
        yield found


def deliver(url: str, secret: str = SECRET, *, demo: bool = True, parcel: Parcel = PARCEL) -> Outcome:
    partner = Partner("politie", "Politie", "webhook", url=url, secret=secret)
    return WebhookAdapter(partner, OIN, Post(allow_private=demo)).deliver(parcel, datetime.now(UTC))


def test_the_partner_gets_one_cloud_event_that_the_public_library_verifies(endpoint: Endpoint) -> None:
    assert deliver(endpoint.url) == Outcome(True)
    (arrival,) = endpoint.arrivals
    assert arrival.event() == {
        "specversion": "1.0",
        "id": str(DELIVERY),
        "source": f"urn:nld:oin:{OIN}:systeem:drugsmeldpunt",
        "type": "nl.drugsoverlast.melding.doorgezet.v1",
        "datacontenttype": "application/json",
        "subject": "r-1",
        "time": "2026-11-23T02:00:00Z",
        "data": {"reportId": "r-1", "text": "Startinformatie"},
    }
    assert arrival.headers["webhook-id"] == str(DELIVERY)
    assert arrival.headers["content-type"] == CONTENT_TYPE


def test_each_attempt_sends_the_same_bytes_under_the_same_id(endpoint: Endpoint) -> None:
    endpoint.plan = [Answer(500)]
    assert not deliver(endpoint.url).ok
    assert deliver(endpoint.url).ok
    first, second = endpoint.arrivals
    assert first.body == second.body
    assert endpoint.ids == [str(DELIVERY)] * 2


@pytest.mark.parametrize("known", [SECRET, OTHER_SECRET])
def test_while_secrets_rotate_either_verifies(endpoint: Endpoint, known: str) -> None:
    assert deliver(endpoint.url, f"{SECRET}, {OTHER_SECRET}").ok
    assert endpoint.arrivals[0].event(known)["subject"] == "r-1"


def test_our_signature_is_the_library_s_own() -> None:
    now = datetime.now(UTC)
    theirs = Webhook(SECRET).sign("id-1", now, "lichaam")
    assert sign([SECRET], "id-1", now, b"lichaam")["webhook-signature"] == theirs


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_\x80", "geen base64!", ","])
def test_a_bad_secret_is_a_failure_for_good(endpoint: Endpoint, secret: str) -> None:
    outcome = deliver(endpoint.url, secret)
    assert outcome.permanent
    assert endpoint.arrivals == []


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 429, 500, 502, 503])
def test_whatever_is_not_2xx_failed_and_is_not_followed(endpoint: Endpoint, status: int) -> None:
    endpoint.plan = [Answer(status, {"Location": endpoint.url + "/elders"})]
    outcome = deliver(endpoint.url)
    assert outcome == Outcome(False, f"De partner antwoordde met status {status}.")
    assert len(endpoint.arrivals) == 1


def test_410_ends_it(endpoint: Endpoint) -> None:
    endpoint.plan = [Answer(410)]
    assert deliver(endpoint.url).permanent


NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("99999999999999999999", timedelta(hours=24)),
        ("Mon, 23 Nov 2026 02:40:00 GMT", timedelta(minutes=10)),
        ("Mon, 23 Nov 2020 02:40:00 GMT", timedelta(0)),
        ("straks", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_honoured_within_reason(header: str, wait: timedelta | None) -> None:
    assert read_answer(503, header, NOW).wait == wait


def test_a_dropped_connection_is_tried_again(endpoint: Endpoint) -> None:
    endpoint.plan = [Answer(None)]
    outcome = deliver(endpoint.url)
    assert not outcome.ok
    assert not outcome.permanent


def test_nobody_home_is_tried_again() -> None:
    outcome = deliver("http://127.0.0.1:1/webhook")
    assert outcome == Outcome(False, "Geen verbinding met de partner.")


def test_a_silent_partner_is_given_up(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "READ_SECONDS", 0.1)
    endpoint.plan = [Answer(200, delay=20)]
    assert deliver(endpoint.url) == Outcome(False, "De partner antwoordde niet op tijd.")


def test_a_slow_partner_has_longer_to_answer_than_to_be_reached(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "CONNECT_SECONDS", 0.3)
    endpoint.plan = [Answer(200, delay=0.6)]
    assert deliver(endpoint.url) == Outcome(True)


def test_an_answer_in_drops_is_cut_off(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "LONGEST_CALL", 0.3)
    endpoint.plan = [Answer(200, drip=True)]
    outcome = deliver(endpoint.url)
    assert not outcome.ok
    assert not outcome.permanent


def test_too_large_is_refused_before_it_leaves(endpoint: Endpoint) -> None:
    parcel = Parcel(DELIVERY, "report", "politie", None, b'{"reportId":"r","time":"t","text":"' + b"x" * 20_000 + b'"}')
    assert deliver(endpoint.url, parcel=parcel) == Outcome(False, "Het bericht is te groot.", permanent=True)
    assert endpoint.arrivals == []


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://10.1.2.3/x",
        "https://192.168.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[64:ff9b::7f00:1]/x",
        "https://[2002:7f00:1::]/x",
        "https://[fe80::1]/x",
        "https://0.0.0.0/x",
        "https://0x7f000001/x",
        "https://2130706433/x",
        "http://93.184.216.34/x",
        "ftp://93.184.216.34/x",
        "file:///etc/passwd",
        "https://u:p@93.184.216.34/x",
        "https:///x",
        "https://host:99999/x",
        "geen url",
    ],
)
def test_production_calls_nothing_inside_a_network_and_nothing_in_clear(url: str) -> None:
    with pytest.raises((RefusedAddress, Unresolved)):
        find_target(url, allow_private=False)


def test_a_private_address_is_a_failure_for_good_that_names_none(endpoint: Endpoint) -> None:
    outcome = deliver(endpoint.url.replace("http:", "https:"), demo=False)
    assert outcome == Outcome(False, "Het adres van de partner ligt in een besloten netwerk.", permanent=True)
    assert endpoint.arrivals == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [("93.184.216.34", True), ("2606:2800:220:1::1", True), ("224.0.0.1", False), ("100.64.0.1", False), ("x", False)],
)
def test_open_internet(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_the_call_goes_to_the_checked_address_and_asks_for_the_name() -> None:
    target = find_target("https://localhost:8443/a?b=c", allow_private=True)
    assert (target.host, target.host_header, target.path) == ("localhost", "localhost:8443", "/a?b=c")
    assert target.address in ("127.0.0.1", "::1")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for the name `localhost`, of nobody's authority."""
    path = tmp_path / "cert.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    command = ["openssl", "req", "-x509", *key, *subject, "-keyout", str(path), "-out", str(tmp_path / "c")]
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + (tmp_path / "c").read_text())
    return path


def call_tls(certificate: Path, name: str, *, trusted: bool) -> Outcome:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    trust = ssl.create_default_context()
    if trusted:
        trust.load_verify_locations(certificate)
    with open_endpoint(context) as endpoint:
        url = endpoint.url.replace("127.0.0.1", name)
        return Post(allow_private=True, tls=trust).send(url, [SECRET], "id-1", b"{}", datetime.now(UTC))


def test_tls_is_checked_against_the_name_though_the_connection_goes_to_the_address(certificate: Path) -> None:
    assert call_tls(certificate, "localhost", trusted=True).ok
    for name, trusted in (("localhost", False), ("127.0.0.1", True)):
        outcome = call_tls(certificate, name, trusted=trusted)
        assert outcome == Outcome(False, "De beveiligde verbinding is niet te vertrouwen.")
