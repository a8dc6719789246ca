"""Who can open what, and what the code alone brings back."""

from __future__ import annotations

from datetime import date

import pytest

from hotline.anonymity.keyring import DeskKeys, DispatchKeys, IntakeKeys, KeyGone, make_pair, pair_of
from hotline.anonymity.reply import unlock
from hotline.anonymity.seal import SealError, open_sealed, seal
from hotline.domain.codes import CodeTypo, make_code

DAY = date(2026, 11, 23)
MONTH_PAIR, DAY_PAIR, DISPATCH_PAIR = make_pair("2026-11"), make_pair("2026-11-23"), make_pair("dispatch")
INTAKE = IntakeKeys({"2026-11": MONTH_PAIR.public}, {"2026-11-23": DAY_PAIR.public}, DISPATCH_PAIR.public, b"p" * 32)
DESK = DeskKeys({"2026-11": MONTH_PAIR}, {"2026-11-23": DAY_PAIR}, DISPATCH_PAIR.public)


def test_the_desk_opens_what_the_intake_sealed_and_the_workers_do_not() -> None:
    for key in (INTAKE.month(DAY), INTAKE.day(DAY), DESK.month(DAY), DESK.day(DAY)):
        sealed = seal(key.raw, b"melding")
        assert DESK.open(key.id, sealed) == b"melding"
        with pytest.raises(SealError):
            DispatchKeys(DISPATCH_PAIR).open(sealed)


def test_the_workers_open_what_the_desk_sealed_for_them() -> None:
    assert INTAKE.dispatch == DESK.dispatch
    assert DispatchKeys(DISPATCH_PAIR).open(seal(DESK.dispatch.raw, b"versie")) == b"versie"


def test_a_missing_key_is_named_with_what_to_do() -> None:
    for attempt in (
        lambda: INTAKE.month(date(2027, 3, 1)),
        lambda: DESK.month(date(2027, 3, 1)),
        lambda: DESK.open("2027-03", b""),
    ):
        with pytest.raises(KeyGone, match=r"2027-03.*hotline up") as gone:
            attempt()
        assert gone.value.key_id == "2027-03"
    with pytest.raises(KeyGone):
        INTAKE.day(date(2026, 11, 24))


def test_no_private_half_shows_in_a_repr() -> None:
    keys = repr((DESK, INTAKE, DispatchKeys(DISPATCH_PAIR), unlock(make_code(1), b"p" * 32)))
    for secret in (MONTH_PAIR.private, DISPATCH_PAIR.private, INTAKE.pepper):
        assert repr(secret) not in keys


def test_the_code_and_the_pepper_bring_the_reply_key_back() -> None:
    code = make_code(4821937055)
    reply = unlock(code, b"p" * 32)
    assert unlock("482 193 705 514", b"p" * 32) == reply
    assert open_sealed(reply.private, seal(reply.public, b"terugkoppeling")) == b"terugkoppeling"
    assert pair_of("reply", reply.private).public == reply.public
    for other in (unlock(make_code(4821937056), b"p" * 32), unlock(code, b"q" * 32)):
        assert not {other.lookup, other.private, other.public} & {reply.lookup, reply.private, reply.public}
    assert pair_of("lookup", reply.lookup).public != reply.public


def test_a_mistyped_code_costs_nothing() -> None:
    with pytest.raises(CodeTypo):
        unlock("482193705515", b"p" * 32)
