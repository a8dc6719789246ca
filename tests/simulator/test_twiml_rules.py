"""What the strict reader of TwiML lets through and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

from hotline.simulator.refusals import BodyTooLarge, NotWellFormed, Refusal, SchemaViolated, WrongContentType
from hotline.simulator.signing import sign
from hotline.simulator.text_phone import count_segments
from hotline.simulator.twiml import read_messaging, read_voice

XML = "text/xml; charset=utf-8"


def voice(inside: str) -> bytes:
    return f"<Response>{inside}</Response>".encode()


GOOD = [
    "",
    "<!-- a remark --><Hangup/>",
    '<Say voice="Polly.Laura-Neural" language="nl-NL">Dag.</Say>',
    '<Say voice="Google.nl-NL-Chirp3-HD-Kore" language="nl-NL">Dag.</Say>',
    '<Say voice="Polly.Lisa-Neural" language="nl-BE">Dag.</Say>',
    '<Say>Bel <say-as interpret-as="digits">112</say-as>.<break time="300ms"/></Say>',
    '<Say><prosody rate="90%"><s>Rustig <lang xml:lang="fr-FR">bonjour</lang></s></prosody></Say>',
    "<Play>https://example.org/a.wav</Play>",
    '<Play digits="1w2"/>',
    '<Pause length="2"/>',
    '<Gather numDigits="1" finishOnKey="" timeout="6" action="/x?turn=2" method="POST"><Say>Ja?</Say><Pause/></Gather>',
    '<Gather input="dtmf speech" speechTimeout="auto" profanityFilter="false" actionOnEmptyResult="true"/>',
    '<Gather input="speech" speechModel="googlev2_telephony" speechTimeout="2" language="nl-NL"/>',
    '<Gather input="speech dtmf" speechModel="deepgram_nova-2" language="nl-BE" hints="a, b"/>',
    '<Redirect method="POST">https://example.org/next</Redirect>',
    '<Reject reason="busy"/>',
    '<Enqueue waitUrl="/voice/wait" action="/voice/left">desk</Enqueue>',
    '<Dial callerId="+31433505111" timeout="20"><Client>operator</Client></Dial>',
    '<Dial><Queue url="/voice/whisper">desk</Queue></Dial>',
    '<Record maxLength="60" playBeep="true" action="/voice/recording"/>',
]

BAD = {
    "unknown verb": "<Shout>Hallo</Shout>",
    "lower case verb": "<say>Hallo</say>",
    "verb under the wrong one": "<Say>Hallo<Gather/></Say>",
    "hang-up inside gather": "<Gather><Hangup/></Gather>",
    "gather inside gather": "<Gather><Gather/></Gather>",
    "text between verbs": "Hallo<Hangup/>",
    "text in gather": "<Gather>Hallo</Gather>",
    "text after a nested verb": "<Gather><Say>Ja?</Say>en</Gather>",
    "empty say": "<Say>  </Say>",
    "unknown attribute": '<Gather numdigits="1"/>',
    "snake case attribute": '<Gather num_digits="1"/>',
    "attribute of another verb": '<Hangup reason="busy"/>',
    "unknown voice": '<Say voice="Polly.Nobody">Dag</Say>',
    "voice of another language": '<Say voice="Polly.Laura-Neural" language="de-DE">Dag</Say>',
    "unknown language": '<Say language="nl">Dag</Say>',
    "endless say": f"<Say>{'a' * 4097}</Say>",
    "input with a comma": '<Gather input="dtmf,speech"/>',
    "input twice": '<Gather input="dtmf dtmf"/>',
    "empty input": '<Gather input=""/>',
    "no digits": '<Gather numDigits="0"/>',
    "digits as a word": '<Gather numDigits="one"/>',
    "digits in another script": '<Gather numDigits="\u0661"/>',
    "two finish keys": '<Gather finishOnKey="#*"/>',
    "letter as finish key": '<Gather finishOnKey="a"/>',
    "no timeout": '<Gather timeout="0"/>',
    "negative timeout": '<Gather timeout="-1"/>',
    "half a second": '<Gather timeout="1.5"/>',
    "python boolean": '<Gather actionOnEmptyResult="True"/>',
    "number as boolean": '<Gather profanityFilter="0"/>',
    "unknown model": '<Gather input="speech" speechModel="whisper"/>',
    "auto with a model (13335)": '<Gather input="speech" speechModel="googlev2_telephony" speechTimeout="auto"/>',
    "model without this language": '<Gather input="speech" speechModel="phone_call" language="nl-NL"/>',
    "too many hints": f'<Gather hints="{",".join(["a"] * 501)}"/>',
    "long hint": f'<Gather hints="{"a" * 101}"/>',
    "action with a space": '<Gather action="/voice/a b"/>',
    "action of another scheme": '<Gather action="javascript:alert(1)"/>',
    "other method": '<Gather method="PUT"/>',
    "lower case method": '<Redirect method="post">/x</Redirect>',
    "redirect to nowhere": "<Redirect/>",
    "redirect with a child": "<Redirect><Say>x</Say></Redirect>",
    "play of nothing": "<Play/>",
    "play of a sentence": "<Play>een liedje</Play>",
    "pause of nothing": '<Pause length="0"/>',
    "pause with text": "<Pause>1</Pause>",
    "unknown reason": '<Reject reason="angry"/>',
    "queue without a name": "<Enqueue/>",
    "dial nobody": "<Dial/>",
    "caller id that is a name": '<Dial callerId="meldpunt"><Client>operator</Client></Dial>',
    "unknown ssml": "<Say><marquee>Dag</marquee></Say>",
    "say-as without a kind": "<Say><say-as>112</say-as></Say>",
    "message in a call": "<Message>Dag</Message>",
}


@pytest.mark.parametrize("inside", GOOD)
def test_twiml_that_twilio_plays_is_read(inside: str) -> None:
    read_voice(voice(inside), XML)


@pytest.mark.parametrize("inside", BAD.values(), ids=BAD.keys())
def test_twiml_that_twilio_refuses_is_refused(inside: str) -> None:
    with pytest.raises(SchemaViolated) as refused:
        read_voice(voice(inside), XML)
    assert str(refused.value).startswith("12200 ")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<Response>",
        b"<Response><Say>a & b</Say></Response>",
        b"<Response><Say>\x07</Say></Response>",
        b"<Response><Say>&#7;</Say></Response>",
        b"<Response><Say>\xff\xfe</Say></Response>",
        b'<?xml version="1.0" encoding="unheard-of"?><Response/>',
        b'<!DOCTYPE r [<!ENTITY a "aa">]><Response><Say>&a;</Say></Response>',
        b"<Response/><Response/>",
    ],
)
def test_what_is_no_xml_is_refused(body: bytes) -> None:
    with pytest.raises(NotWellFormed):
        read_voice(body, XML)


@pytest.mark.parametrize("kind", ["", "text/html", "application/json", "text/plain; charset=utf-8"])
def test_another_content_type_is_refused(kind: str) -> None:
    with pytest.raises(WrongContentType):
        read_voice(voice(""), kind)


@pytest.mark.parametrize("kind", ["text/xml", "application/xml", "Text/XML; charset=UTF-8"])
def test_xml_content_types_are_read(kind: str) -> None:
    assert read_voice(voice(""), kind) == ()


def test_more_than_64_kb_is_refused() -> None:
    with pytest.raises(BodyTooLarge):
        read_voice(voice("<!--" + "x" * 65536 + "-->"), XML)


def test_another_root_is_refused() -> None:
    with pytest.raises(SchemaViolated):
        read_voice(b"<html/>", XML)


def test_a_refusal_repeats_no_words_of_the_answer() -> None:
    with pytest.raises(SchemaViolated) as refused:
        read_voice(voice('<Say voice="Proefmolenstraat">Denkbeeldweg</Say>'), XML)
    assert "Proefmolenstraat" not in str(refused.value)
    assert "Denkbeeldweg" not in str(refused.value)


def test_ssml_is_taken_off_the_words() -> None:
    inside = '<Say>Uw code: <say-as interpret-as="digits">482</say-as><break/>193. <sub alias="dokter">dr.</sub></Say>'
    assert read_voice(voice(inside), XML)[0].text == "Uw code: 482 193. dokter"


def test_what_twilios_own_library_builds_is_read() -> None:
    response = VoiceResponse()
    gather = Gather(input="dtmf speech", num_digits=1, finish_on_key="", action="/voice/1", action_on_empty_result=True)
    gather.say("Wat is er aan de hand?", voice="Polly.Laura-Neural", language="nl-NL")
    response.append(gather)
    verbs = read_voice(str(response).encode(), XML)
    assert [verb.name for verb in verbs] == ["Gather"]


@given(st.binary(max_size=300))
def test_no_bytes_get_past_the_reader_in_another_way(body: bytes) -> None:
    try:
        read_voice(body, XML)
    except Refusal:
        return


@given(st.text(max_size=60))
def test_no_attribute_value_breaks_the_reader(value: str) -> None:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode("utf-8", "surrogatepass")
    for name in (b"action", b"timeout", b"input", b"hints", b"finishOnKey"):
        try:
            read_voice(b"<Response><Gather " + name + b'="' + escaped + b'"/></Response>', XML)
        except Refusal:
            continue


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<Message>Dag</Message>",
        "<Message><Body>Dag</Body></Message>",
        '<Message action="/sms/status">Dag</Message>',
    ],
)
def test_replies_that_twilio_sends_are_read(inside: str) -> None:
    read_messaging(voice(inside), XML)


@pytest.mark.parametrize(
    "inside",
    [
        "<Message/>",
        "<Message>Dag<Body>Dag</Body></Message>",
        "<Message><Body>a</Body><Body>b</Body></Message>",
        f"<Message>{'a' * 1601}</Message>",
        "<Say>Dag</Say>",
        "Dag",
        '<Message to="iemand">Dag</Message>',
    ],
)
def test_replies_that_twilio_refuses_are_refused(inside: str) -> None:
    with pytest.raises(SchemaViolated):
        read_messaging(voice(inside), XML)


@given(st.dictionaries(st.text(st.characters(codec="ascii"), min_size=1), st.text(st.characters(codec="utf-8"))))
def test_signatures_are_those_of_twilios_validator(form: dict[str, str]) -> None:
    url = "https://example.org/voice/incoming?turn=1"
    assert RequestValidator("token").validate(url, form, sign(url, form, "token"))


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("é" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ë" * 70, 1),
        ("ë" * 71, 2),
    ],
)
def test_segments_are_counted_in_the_units_of_their_alphabet(text: str, segments: int) -> None:
    assert count_segments(text) == segments
