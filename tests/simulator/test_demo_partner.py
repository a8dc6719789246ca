"""The demo partner: what it takes, what it refuses and how it misbehaves when asked."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import urllib3
from standardwebhooks.webhooks import Webhook

from hotline.simulator.partner import MAX_BYTES, PartnerServer, main, read_secrets

SECRET = "whsec_" + "QUJD" * 8
OLD_SECRET = "whsec_" + "WFla" * 8
http = urllib3.PoolManager(retries=False)


@pytest.fixture
def partner() -> Iterator[str]:
    server = PartnerServer(("127.0.0.1", 0), (SECRET, OLD_SECRET))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    http.clear()
    server.shutdown()
    thread.join()
    server.server_close()


def deliver(
    partner: str, webhook_id: str, *, path: str = "/webhook", text: str = "Denkbeeldweg", secret: str = SECRET
) -> urllib3.BaseHTTPResponse:
    body = json.dumps({"specversion": "1.0", "id": webhook_id, "data": {"text": text, "place": {"street": "x"}}})
    now = datetime.now(UTC)
    headers = {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, now, body),
        "Content-Type": "application/cloudevents+json",
    }
    return http.request("POST", partner + path, body=body, headers=headers)


def received(partner: str) -> Any:
    return http.request("GET", f"{partner}/received.json").json()


def test_a_repeated_delivery_is_counted_and_kept_once(partner: str) -> None:
    assert [deliver(partner, one).status for one in ("a", "b", "a")] == [200, 200, 200]
    assert [(one["id"], one["times"]) for one in received(partner)["received"]] == [("a", 2), ("b", 1)]


def test_a_secret_that_is_being_replaced_still_signs(partner: str) -> None:
    assert deliver(partner, "a", secret=OLD_SECRET).status == 200


def test_a_wrong_signature_is_refused_and_counted(partner: str) -> None:
    assert deliver(partner, "a", secret="whsec_" + "Tm9w" * 8).status == 401
    assert http.request("POST", f"{partner}/webhook", body=b"{}").status == 401
    assert received(partner) == {"received": [], "refused": 2}


def test_an_alarm_is_kept_as_one(partner: str) -> None:
    deliver(partner, "a", path="/alarm")
    assert received(partner)["received"][0]["kind"] == "alarm"
    assert "Alarm om" in http.request("GET", partner).data.decode()


def test_only_the_last_fifty_are_kept(partner: str) -> None:
    for number in range(52):
        deliver(partner, str(number))
    kept = received(partner)["received"]
    assert (len(kept), kept[0]["id"], kept[-1]["id"]) == (50, "2", "51")


def test_it_misbehaves_as_often_as_it_is_asked_to(partner: str) -> None:
    wanted = {"status": 503, "times": 2, "retryAfter": 7}
    assert http.request("POST", f"{partner}/behave", json=wanted).status == 200
    answers = [deliver(partner, "a") for _ in range(3)]
    assert [one.status for one in answers] == [503, 503, 200]
    assert [one.headers.get("Retry-After") for one in answers] == ["7", "7", None]
    assert received(partner)["received"][0]["times"] == 1


def test_it_can_take_a_delivery_and_lose_its_answer(partner: str) -> None:
    http.request("POST", f"{partner}/behave", json={"status": 500, "times": 1, "keep": True, "delay": 0.01})
    assert [deliver(partner, "a").status for _ in range(2)] == [500, 200]
    assert received(partner)["received"][0]["times"] == 2


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"status": "bad"}', b'{"status": 99}', b'{"delay": 1000}', b'{"times": null}']
)
def test_a_wish_that_makes_no_sense_is_refused(partner: str, body: bytes) -> None:
    assert http.request("POST", f"{partner}/behave", body=body).status == 400


def test_it_forgets_when_asked(partner: str) -> None:
    deliver(partner, "a")
    http.request("POST", f"{partner}/forget")
    assert received(partner) == {"received": [], "refused": 0}


def test_bodies_are_bounded_and_other_paths_unknown(partner: str) -> None:
    assert http.request("POST", f"{partner}/webhook", body=b"x" * (MAX_BYTES + 1)).status == 413
    assert http.request("POST", f"{partner}/else").status == 404
    assert http.request("GET", f"{partner}/else").status == 404


def test_the_page_shows_markup_as_text(partner: str) -> None:
    deliver(partner, "a", text="<b>Proefmolenstraat</b>")
    answer = http.request("GET", partner)
    page = answer.data.decode()
    assert "&lt;b&gt;Proefmolenstraat" in page and "<b>Proefmolenstraat" not in page
    assert "script" not in page and "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_secret_comes_from_the_environment_or_the_home(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "partner-politie").write_text(SECRET + "\n")
    assert read_secrets({"HOTLINE_HOME": str(tmp_path)}) == (SECRET,)
    assert read_secrets({"HOTLINE_DEMO_PARTNER_SECRET": f"{OLD_SECRET},{SECRET}"}) == (OLD_SECRET, SECRET)
    assert read_secrets({"HOTLINE_HOME": str(tmp_path / "else")}) == ()


def test_it_says_what_it_misses(partner: str, capsys: pytest.CaptureFixture[str]) -> None:
    taken = int(partner.rpartition(":")[2])
    assert main({"HOTLINE_DEMO_PARTNER_SECRET": SECRET, "PORT": str(taken - 2)}) == 1
    assert main({"HOTLINE_DEMO_PARTNER_SECRET": "whsec_x", "PORT": "0"}) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2 and str(taken) in said[0] and "secret" in said[1]


def test_as_a_process_it_serves_and_stops_when_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = {**os.environ, "HOTLINE_DEMO_PARTNER_SECRET": SECRET, "PORT": str(port - 2)}
    process = subprocess.Popen(
        [sys.executable, "-m", "hotline.simulator.partner"], env=environ, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert str(port) in process.stdout.readline()
        assert deliver(f"http://127.0.0.1:{port}", "a").status == 200
        http.clear()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()
        process.communicate()
