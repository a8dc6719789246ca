"""State and outputs survive, and nothing else is let in."""

from __future__ import annotations

import pytest

from ivr_flows.codec import CodecError, dump_outputs, dump_state, load_outputs, load_state
from ivr_flows.model import Answered, Finish, Listen, Lookup, Notify, Output, Speak, State

STATE = State(
    "report-1", "where", "voice", "nl", {"place": "é 🙂"}, {"code": "1"}, ("danger", "kind"), ("where",), 2, False
)
OUTPUTS: tuple[Output, ...] = (
    Speak("code_read", {"code": "482193705514"}),
    Answered("place", 'Denkbeeldweg "12"'),
    Notify("alarm"),
    Lookup("report_status", {"code": "1"}),
    Listen(
        keys=True,
        speech=True,
        digits=1,
        finish="",
        hints=("places",),
        node="now",
        choices=(("1", "now.yes"),),
        can_skip=True,
    ),
    Listen(keys=True, speech=False, barge_in=False),
    Finish("completed"),
)


def test_round_trip() -> None:
    assert load_state(dump_state(STATE)) == STATE
    assert load_outputs(dump_outputs(OUTPUTS)) == OUTPUTS
    assert load_outputs(dump_outputs(())) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"{}",
        b"[]",
        b'["f","n","fax","nl",{},{},[],[],0,false]',
        b'["f","n","sms","xx",{},{},[],[],0,false]',
        b'["f","n","sms","nl",{},{},[],[],true,false]',
        b'["f","n","sms","nl",{"a":1},{},[],[],0,false]',
        b'["f","n","sms","nl",{},{},[1],[],0,false]',
        b'["f",1,"sms","nl",{},{},[],[],0,false]',
        b'["f","n","sms","nl",{},{},"x",[],0,0]',
    ],
)
def test_a_state_that_does_not_fit(data: bytes) -> None:
    with pytest.raises(CodecError):
        load_state(data)


@pytest.mark.parametrize(
    "data",
    [
        b"7",
        b"[7]",
        b'[["speak"]]',
        b'[["shout","x"]]',
        b'[["listen",true,true,1,"*",6,true,[],"n",[],false]]',
        b'[["speak","p",{"a":1}]]',
        b'[["listen",true,true,true,"",6,true,[],"n",[],false]]',
        b'[["listen",true,true,1,"",6,true,[],"n",[["1"]],false]]',
        b'[["speak","p",{},"xx"]]',
    ],
)
def test_outputs_that_do_not_fit(data: bytes) -> None:
    with pytest.raises(CodecError):
        load_outputs(data)
