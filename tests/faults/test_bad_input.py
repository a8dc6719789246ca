"""Webhooks as nobody should send them: a clear answer, nothing stored, never a 5xx."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hotline.simulator.twiml import read_messaging, read_voice
from tests.faults.webhooks import call_fields, post, stored, text_fields
from tests.world import World

NOTHING = {"conversations": 0, "turns": 0, "reports": 0, "report_parts": 0, "deliveries": 0}
NOBODY = "00000000-0000-4000-8000-000000000000"
"""An id that no conversation has."""

PATHS = ("/voice/incoming", f"/voice/step/{NOBODY}/0", "/voice/status", "/sms/incoming", "/sms/status")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "change", [{"signature": ""}, {"signature": "AAAA"}, {"signature": "é\x7f"}, {"token": "of-somebody-else"}]
)
def test_what_the_carrier_did_not_sign_is_refused(world: World, path: str, change: dict[str, str]) -> None:
    answer = post(world, path, {**call_fields(), **text_fields("1")}, **change)
    assert answer.status_code == 403
    assert stored(world) == NOTHING


def test_a_signature_of_another_request_is_refused(world: World) -> None:
    from hotline.telephony.signature import parse_form, sign

    fields = b"CallSid=CA1&From=%2B31600001234"
    mine = sign("http://localhost:8000/voice/status", parse_form(fields), world.settings.twilio_auth_tokens[0])
    assert post(world, "/voice/incoming", fields, signature=mine).status_code == 403
    assert post(world, "/voice/incoming?x=1", fields, signature=mine).status_code == 403
    assert stored(world) == NOTHING


def test_a_query_string_is_signed_too(world: World) -> None:
    assert post(world, "/voice/incoming?a=b&a=c", call_fields()).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_too_large_is_said(world: World, path: str) -> None:
    assert post(world, path, {**call_fields(), "Body": "x" * 70_000}).status_code == 413
    assert stored(world) == NOTHING


@pytest.mark.parametrize("path", ["/voice/incoming", "/voice/status", "/sms/incoming"])
@pytest.mark.parametrize("fields", [b"", b"From=%2B31600001234", b"CallSid=&MessageSid=", b"&&&", b"\xff\xfe=\x00"])
def test_without_an_id_nothing_happens(world: World, path: str, fields: bytes) -> None:
    answer = post(world, path, fields)
    assert answer.status_code in (204, 400)
    assert stored(world) == NOTHING


def test_more_fields_than_anybody_sends_are_not_read(world: World) -> None:
    body = "&".join(["CallSid=CA1", *(f"a{number}=b" for number in range(300))]).encode()
    assert post(world, "/voice/incoming", body).status_code in (400, 403)
    assert stored(world) == NOTHING


@pytest.mark.parametrize(
    "path",
    [
        f"/voice/step/{NOBODY}/0",
        f"/voice/step/{NOBODY}/99999999999999999999999",
        "/voice/step/not-a-call/0",
        f"/voice/step/{NOBODY}/-1",
        f"/voice/step/{NOBODY}/{'9' * 5000}",
    ],
)
def test_an_unknown_call_ends_politely(world: World, path: str) -> None:
    answer = post(world, path, call_fields())
    assert answer.status_code in (200, 404)
    if answer.status_code == 200:
        assert "al klaar" in answer.get_data(as_text=True)
        read_voice(answer.data, answer.content_type)
    assert stored(world) == NOTHING


def test_a_turn_in_the_future_changes_nothing(world: World) -> None:
    caller = world.caller().calls()
    before = stored(world)
    conversation = caller.call.last_twiml.split("/voice/step/")[1].split("/")[0]
    for turn in (2, 7, 40_000, 2**31, 2**63, 2**70):
        answer = post(world, f"/voice/step/{conversation}/{turn}", call_fields(caller.call.sid, Digits="2"))
        assert answer.status_code == 200
        assert "al klaar" in answer.get_data(as_text=True)
    assert stored(world) == before
    caller.presses("2").is_asked()


def test_another_calls_conversation_stays_closed(world: World) -> None:
    caller = world.caller().calls()
    before = stored(world)
    conversation = caller.call.last_twiml.split("/voice/step/")[1].split("/")[0]
    for turn in (0, 1, 2):
        answer = post(world, f"/voice/step/{conversation}/{turn}", call_fields(Digits="2"))
        assert "al klaar" in answer.get_data(as_text=True)
    assert stored(world) == before
    caller.presses("2").is_asked()


@pytest.mark.parametrize("number", ["", "anonymous", "+266696687", "Restricted", "sip:x@y", "+" + "9" * 60])
def test_a_withheld_number_is_taken(world: World, number: str) -> None:
    answer = post(world, "/voice/incoming", {**call_fields(), "From": number})
    assert answer.status_code == 200
    read_voice(answer.data, answer.content_type)
    answer = post(world, "/sms/incoming", text_fields("er wordt gedeald op de Markt", number=number))
    assert answer.status_code == 200
    read_messaging(answer.data, answer.content_type)


STRANGE = [
    "\x00\x01\x1b[31mrood\x7f",
    "regel\r\nlevel=error event=vals",
    "🚨🏠👨‍👩‍👧‍👦 dealers",
    "<script>alert(1)</script> ]]> &amp; <Hangup/>",
    '=HYPERLINK("http://x")',
    "%s %(x)s {0} {code} ${x}",
    "\ud800 half".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\u202e\u200b\ufeff omgekeerd",
    "x" * 9000,
]


@pytest.mark.parametrize("words", STRANGE, ids=[str(number) for number in range(len(STRANGE))])
def test_strange_words_are_kept_and_spoken_safely(
    world: World, words: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1").says(words).is_asked()
    caller.says(words).hangs_up()
    texter = world.texter().texts(words)
    texter.texts("KLAAR")
    assert statuses_are_closed(world)
    logged = capsys.readouterr()
    assert words.strip() not in logged.out + logged.err + caplog.text


def statuses_are_closed(world: World) -> bool:
    from tests.faults.webhooks import statuses

    return set(statuses(world)) <= {"incomplete", "complete"}


@pytest.mark.parametrize("body", [b"Body=%FF%FE%00", b"Body=caf\xe9 op de Markt", b"Body=%ED%A0%80"])
def test_bytes_that_are_no_text(world: World, body: bytes) -> None:
    answer = post(world, "/sms/incoming", b"MessageSid=SM1&From=%2B12025550123&" + body)
    assert answer.status_code == 200
    read_messaging(answer.data, answer.content_type)
    call = b"CallSid=CA1&From=%2B31600001234"
    incoming = post(world, "/voice/incoming", call).get_data(as_text=True)
    step = "/voice/step/" + incoming.split("/voice/step/")[1].split('"')[0]
    answer = post(world, step, call + b"&" + body.replace(b"Body", b"SpeechResult"))
    assert answer.status_code == 200
    read_voice(answer.data, answer.content_type)


def test_a_doubled_field_is_one(world: World) -> None:
    answer = post(world, "/voice/incoming", [*call_fields().items(), ("CallSid", "CA2"), ("From", "+31600009999")])
    assert answer.status_code == 200
    assert stored(world)["conversations"] == 1


@pytest.mark.parametrize("path", ["/voice/incoming", "/sms/incoming"])
def test_other_methods_are_refused(world: World, path: str) -> None:
    client = world.intake.test_client()
    asks: list[Callable[..., object]] = [client.get, client.put, client.delete]
    for ask in asks:
        assert getattr(ask(path), "status_code", 0) == 405


@pytest.mark.parametrize("path", ["/voice/fallback", "/sms/fallback"])
def test_the_fallback_asks_nothing_of_anybody(world: World, path: str) -> None:
    answer = world.intake.test_client().get(path)
    (read_voice if path.startswith("/voice") else read_messaging)(answer.data, answer.content_type)
    assert "112" in answer.get_data(as_text=True).replace("1, 1, 2", "112")


def test_a_picture_is_refused_kindly_and_the_words_beside_it_count(world: World) -> None:
    picture = {"NumMedia": "1", "MediaUrl0": "https://example.test/media", "MediaContentType0": "image/jpeg"}
    texter = world.texter(**picture).texts("er liggen spuiten bij de speeltuin in Wyck")
    texter.reads("Wij kunnen geen foto's bekijken", "Gevaar nu?")
    first = texter.delivers_again().decode()
    assert "geen foto" in first
    world.texter(**picture).texts("").reads("Wij kunnen geen foto's bekijken")
    with world.owner.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 1
