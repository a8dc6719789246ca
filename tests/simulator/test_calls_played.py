"""How a call is played: questions, keys, silence, failures and cookies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hotline.simulator.carrier import Call, NotListening, NotPlayed
from hotline.simulator.exchange import Reply
from hotline.simulator.numbers import WITHHELD
from hotline.simulator.text_phone import TextPhone
from hotline.simulator.twiml import read_voice
from tests.simulator.lines import ScriptedLine, exchange_for, twiml

NUMBER = "+31600001234"
BYE = twiml("<Say>Tot ziens.</Say><Hangup/>")


def call(first: str, **answers: Reply) -> tuple[Call, ScriptedLine]:
    """A call that hears this first; the other answers are at `/voice/<name>`."""
    line = ScriptedLine(
        {"/voice/incoming": twiml(first), **{f"/voice/{name}": answer for name, answer in answers.items()}}
    )
    made = Call(exchange_for(line), NUMBER)
    made.dial()
    return made, line


def test_the_first_webhook_carries_twilios_fields_signed() -> None:
    made, line = call("<Hangup/>")
    method, url, form, headers = line.requests[0]
    assert (method, url) == ("POST", "http://line.test/voice/incoming")
    assert {name: form[name] for name in ("From", "To", "CallStatus", "Direction", "ApiVersion")} == {
        "From": NUMBER,
        "To": "+31433505111",
        "CallStatus": "ringing",
        "Direction": "inbound",
        "ApiVersion": "2010-04-01",
    }
    assert form["CallSid"] == made.sid and made.sid.startswith("CA") and len(made.sid) == 34
    assert form["FromCountry"] == "NL" and form["FromCity"] == ""
    assert headers["X-Twilio-Signature"]


def test_a_withheld_number_is_a_word() -> None:
    line = ScriptedLine({"/voice/incoming": BYE})
    Call(exchange_for(line), WITHHELD).dial()
    assert line.sent_to("/voice/incoming")[0]["From"] == "anonymous"


def test_fields_that_twilio_may_add_can_be_given() -> None:
    line = ScriptedLine({"/voice/incoming": BYE})
    Call(exchange_for(line), NUMBER, {"FromCity": "MAASTRICHT", "CallerName": "X"}).dial()
    assert line.sent_to("/voice/incoming")[0]["FromCity"] == "MAASTRICHT"


def test_a_hang_up_by_the_line_ends_the_call_and_is_told() -> None:
    made, line = call("<Say>Dag.</Say><Pause/><Hangup/><Say>Te laat.</Say>")
    assert made.over and made.heard == ["Dag."]
    assert line.sent_to("/voice/status")[0]["CallStatus"] == "completed"


def test_a_document_that_ends_ends_the_call() -> None:
    made, _ = call("<Say>Dag.</Say>")
    assert made.over


def test_a_rejected_call_is_told_as_busy() -> None:
    _, line = call('<Reject reason="busy"/>')
    assert line.sent_to("/voice/status")[0]["CallStatus"] == "busy"


def test_the_number_of_digits_ends_the_input_at_once() -> None:
    made, line = call('<Gather numDigits="1" finishOnKey="" action="/voice/x"><Say>Kies.</Say></Gather>', x=BYE)
    assert made.listening is not None
    made.press("#")
    assert line.sent_to("/voice/x")[0]["Digits"] == "#"
    assert line.sent_to("/voice/x")[0]["CallStatus"] == "in-progress"


def test_the_finishing_key_ends_the_input_and_is_left_out() -> None:
    made, line = call('<Gather action="/voice/x"/>', x=BYE)
    made.press("6211#")
    assert line.sent_to("/voice/x")[0]["Digits"] == "6211"


def test_keys_without_an_end_wait_for_the_time_to_run_out() -> None:
    made, line = call('<Gather finishOnKey="" action="/voice/x"/>', x=BYE)
    made.press("62#")
    assert not line.sent_to("/voice/x")
    made.wait()
    assert line.sent_to("/voice/x")[0]["Digits"] == "62#"


def test_keys_go_on_to_the_next_question() -> None:
    made, line = call(
        '<Gather numDigits="1" action="/voice/x"/>', x=twiml('<Gather numDigits="2" action="/voice/y"/>'), y=BYE
    )
    made.press("123")
    assert (line.sent_to("/voice/x")[0]["Digits"], line.sent_to("/voice/y")[0]["Digits"]) == ("1", "23")


def test_the_finishing_key_alone_is_an_empty_answer() -> None:
    made, _ = call('<Gather action="/voice/x"/><Say>Niets gehoord.</Say>')
    made.press("#")
    assert made.heard == ["Niets gehoord."] and made.over


def test_silence_goes_on_to_the_next_verb() -> None:
    made, line = call('<Gather action="/voice/x"><Say>Kies.</Say></Gather><Redirect>/voice/y</Redirect>', y=BYE)
    made.wait()
    assert made.heard == ["Kies.", "Tot ziens."]
    assert not line.sent_to("/voice/x")


@pytest.mark.parametrize(("form", "digits"), [("absent", None), ("empty", "")])
def test_silence_is_posted_where_the_line_asks_for_it(form: str, digits: str | None) -> None:
    line = ScriptedLine(
        {
            "/voice/incoming": twiml('<Gather input="dtmf speech" actionOnEmptyResult="true" action="/voice/x"/>'),
            "/voice/x": BYE,
        }
    )
    exchange = exchange_for(line)
    exchange.empty_result = "empty" if form == "empty" else "absent"
    made = Call(exchange, NUMBER)
    made.dial()
    made.wait()
    sent = line.sent_to("/voice/x")[0]
    assert (sent.get("Digits"), sent.get("SpeechResult")) == (digits, digits)


def test_speech_is_posted_with_its_confidence() -> None:
    made, line = call('<Gather input="speech" action="/voice/x"/>', x=BYE)
    made.say("in de Proefmolenstraat", confidence=0.5)
    sent = line.sent_to("/voice/x")[0]
    assert (sent["SpeechResult"], sent["Confidence"], "Digits" in sent) == (
        "in de Proefmolenstraat",
        "0.50000000",
        False,
    )


def test_nothing_is_heard_that_is_not_listened_for() -> None:
    made, _ = call('<Gather action="/voice/x"/>')
    with pytest.raises(NotListening):
        made.say("hallo")
    spoken, _ = call('<Gather input="speech" action="/voice/x"/>')
    with pytest.raises(NotListening):
        spoken.press("1")
    over, _ = call("<Hangup/>")
    acts: list[Callable[[], None]] = [lambda: over.press("1"), lambda: over.say("hallo"), over.wait, over.hang_up]
    for act in [*acts, over.dial]:
        with pytest.raises(NotListening):
            act()


def test_keys_come_before_speech() -> None:
    made, _ = call('<Gather input="dtmf speech" action="/voice/x"/>')
    made.press("1")
    with pytest.raises(NotListening):
        made.say("hallo")


def test_keys_during_a_prompt_that_cannot_be_interrupted_are_lost() -> None:
    made, line = call('<Gather numDigits="1" bargeIn="false" action="/voice/x"><Say>Wacht.</Say></Gather>', x=BYE)
    made.press("1", during_prompt=True)
    assert not line.sent_to("/voice/x")
    assert not made.sounds[0].interruptible
    made.press("1")
    assert line.sent_to("/voice/x")


@pytest.mark.parametrize("keys", ["a", "+", "\u0661", " "])
def test_a_telephone_has_twelve_keys(keys: str) -> None:
    made, _ = call('<Gather action="/voice/x"/>')
    with pytest.raises(ValueError, match="keys"):
        made.press(keys)


def test_addresses_are_relative_to_their_document() -> None:
    line = ScriptedLine(
        {
            "/voice/incoming": twiml("<Redirect>deep/menu?turn=1</Redirect>"),
            "/voice/deep/menu": twiml('<Gather numDigits="1"/>'),
        }
    )
    made = Call(exchange_for(line), NUMBER)
    made.dial()
    assert made.listening is not None
    assert made.listening.action == "http://line.test/voice/deep/menu?turn=1"


def test_a_get_carries_its_fields_in_the_signed_url() -> None:
    made, line = call('<Gather numDigits="1" method="GET" action="/voice/x?turn=2"/>', x=BYE)
    made.press("1")
    method, url, form, _ = line.requests[1]
    assert (method, form) == ("GET", {})
    assert url.startswith("http://line.test/voice/x?turn=2&CallSid=CA") and url.endswith("Digits=1")


def test_hanging_up_is_told_through_the_status_callback_alone() -> None:
    made, line = call('<Gather actionOnEmptyResult="true" action="/voice/x"/>')
    made.hang_up()
    assert [request[1] for request in line.requests][1:] == ["http://line.test/voice/status"]
    assert line.sent_to("/voice/status")[0]["CallStatus"] == "completed"


def test_a_webhook_can_be_delivered_twice() -> None:
    made, line = call(
        '<Gather numDigits="1" action="/voice/x"><Say>Kies.</Say></Gather>', x=twiml("<Say>Ja.</Say><Gather/>")
    )
    made.press("1")
    assert b"Ja." in made.repeat_last()
    assert line.sent_to("/voice/x")[0] == line.sent_to("/voice/x")[1]
    assert made.heard == ["Kies.", "Ja."]


def test_the_last_webhook_can_be_repeated_after_hanging_up() -> None:
    made, _ = call("<Say>Dag.</Say><Gather/>")
    made.hang_up()
    assert b"Dag." in made.repeat_last()


def test_cookies_come_back_on_later_requests_of_the_call() -> None:
    asked = twiml('<Gather numDigits="1" action="/voice/x"/>')._replace(cookies=("node=a; Path=/; HttpOnly",))
    line = ScriptedLine({"/voice/incoming": asked, "/voice/x": BYE})
    made = Call(exchange_for(line), NUMBER)
    made.dial()
    made.press("1")
    assert "Cookie" not in line.requests[0][3]
    assert line.requests[1][3]["Cookie"] == "node=a"


@pytest.mark.parametrize(
    ("answer", "tries"),
    [
        (Reply(500, "text/html", b""), 2),
        (ConnectionError("gone"), 2),
        (Reply(403, "text/html", b""), 1),
        (Reply(302, "text/html", b""), 1),
        (Reply(200, "text/html", b"<Response/>"), 1),
        (twiml("<Shout/>"), 1),
    ],
)
def test_a_failed_webhook_is_noted_and_the_fallback_speaks(answer: Reply | Exception, tries: int) -> None:
    line = ScriptedLine({"/voice/incoming": answer, "/voice/fallback": BYE})
    made = Call(exchange_for(line), NUMBER)
    made.dial()
    assert made.heard == ["Tot ziens."]
    assert [alert.path for alert in made.exchange.alerts] == ["/voice/incoming"] * tries
    fallback = next(url for _, url, _, _ in line.requests if "/voice/fallback" in url)
    assert "ErrorCode=1" in fallback


def test_a_second_try_can_save_the_call_and_is_noted_all_the_same() -> None:
    line = ScriptedLine({"/voice/incoming": [Reply(503, "text/html", b""), BYE]})
    made = Call(exchange_for(line), NUMBER)
    made.dial()
    assert made.heard == ["Tot ziens."] and len(made.exchange.alerts) == 1


def test_a_fallback_that_fails_too_ends_the_call() -> None:
    line = ScriptedLine({"/voice/incoming": Reply(404, "", b""), "/voice/fallback": Reply(404, "", b"")})
    made = Call(exchange_for(line), NUMBER)
    made.dial()
    assert made.over and made.heard == [] and len(made.exchange.alerts) == 2


def test_documents_that_lead_to_each_other_are_stopped() -> None:
    with pytest.raises(NotPlayed):
        call("<Redirect>/voice/incoming</Redirect>")


def test_a_queue_is_waited_in_until_hanging_up() -> None:
    made, line = call('<Enqueue action="/voice/left">desk</Enqueue>', left=BYE)
    assert made.parked is not None and made.parked.name == "Enqueue"
    made.wait()
    made.hang_up()
    assert line.sent_to("/voice/left")[0]["QueueResult"] == "hangup"


def test_nobody_takes_a_dialled_call() -> None:
    made, line = call('<Dial action="/voice/dialled"><Client>operator</Client></Dial>', dialled=BYE)
    made.wait()
    assert line.sent_to("/voice/dialled")[0]["DialCallStatus"] == "no-answer"
    assert made.heard == ["Tot ziens."]


def test_an_alert_holds_no_number() -> None:
    line = ScriptedLine({"/voice/incoming": Reply(500, "", b"")})
    made = Call(exchange_for(line), NUMBER)
    made.dial()
    assert not any(NUMBER in f"{alert.path}{alert.refusal}" for alert in made.exchange.alerts)


def test_a_text_gets_its_replies_and_their_fate_is_told() -> None:
    line = ScriptedLine(
        {"/sms/incoming": twiml('<Message action="/sms/status">Dank u.</Message><Message>Code.</Message>')}
    )
    phone = TextPhone(exchange_for(line), NUMBER)
    assert phone.send("ë") == ["Dank u.", "Code."]
    sent = line.sent_to("/sms/incoming")[0]
    assert (sent["Body"], sent["NumMedia"], sent["NumSegments"], sent["To"]) == ("ë", "0", "1", "+3197000000001")
    told = line.sent_to("/sms/status")
    assert [one["MessageStatus"] for one in told] == ["sent", "delivered"]
    assert told[0]["MessageSid"] != sent["MessageSid"]


def test_a_text_can_be_delivered_twice_and_may_stay_unanswered() -> None:
    line = ScriptedLine({"/sms/incoming": twiml("")})
    phone = TextPhone(exchange_for(line), NUMBER)
    assert phone.send("hallo") == []
    assert b"<Response></Response>" in phone.repeat_last()
    first, second = line.sent_to("/sms/incoming")
    assert first == second


def test_a_failed_text_is_noted_and_the_fallback_answers() -> None:
    line = ScriptedLine({"/sms/incoming": Reply(500, "", b""), "/sms/fallback": twiml("<Message>Storing.</Message>")})
    phone = TextPhone(exchange_for(line), NUMBER)
    assert phone.send("hallo") == ["Storing."]
    assert len(phone.exchange.alerts) == 2


def test_a_reader_is_given_verbs_not_words() -> None:
    assert read_voice(BYE.body, BYE.content_type)[1].name == "Hangup"
