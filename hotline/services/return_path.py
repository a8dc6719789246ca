"""The way back by text, reporter's side: ask for one message when there is news, take it back, see how it stands.

The number is encrypted under keys that the code brings back, lies in Redis alone, and is gone once the message was
sent, at STOP, or on the day that was told, whichever is first (`docs/decisions/0007-one-text-and-then-no-number.md`).
"""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta

import redis

from hotline.anonymity.caller import identity_of
from hotline.anonymity.reply import unlock
from hotline.anonymity.return_path import PathKeys, mark_number, meet
from hotline.anonymity.seal import SealError, decrypt, encrypt
from hotline.domain.codes import CodeTypo, parse_code
from hotline.domain.day_names import say_day
from hotline.domain.dayparts import MAASTRICHT, local_day
from hotline.domain.letter import Letter, load_letter
from hotline.services.code_check import count_wrong, open_code
from hotline.services.house import IntakeHouse
from hotline.storage import replies
from hotline.storage.return_paths import ReturnPaths
from hotline.telephony.wish import Wish
from ivr_flows.channels import LANGUAGES, Language
from ivr_flows.model import Speak
from ivr_flows.render import sms

TERM = timedelta(days=30)

_log = logging.getLogger(__name__)


def ask(house: IntakeHouse, wish: Wish, sender: str, now: datetime) -> tuple[str, ...]:
    """Keep the number for the report of this code, in the place of what was asked for before; gives the answer.

    A code that leads nowhere counts as everywhere else. With Redis away nothing is promised.
    """
    if not wish.code:
        return _write(house, "return_how", wish.language)
    try:
        code = open_code(house, wish.code)
    except CodeTypo:
        return _write(house, "return_unknown", wish.language)
    if replies.by_lookup(house.engine, code.lookup) is None:
        count_wrong(house)
        return _write(house, "return_unknown", wish.language)
    number = identity_of(wish.number)
    if number is None:
        return _write(house, "return_not_now", wish.language)
    last_day = local_day(now + TERM)
    text = " ".join(_write(house, "return_news", wish.language))
    letter = Letter(number, sender, text, wish.language, last_day.isoformat())
    keys = _meet(house, code.private)
    try:
        ReturnPaths(house.redis).keep(
            keys.mark,
            mark_number(number, house.keys().pepper),
            encrypt(keys.key, letter.dump()),
            wish.language,
            # the end of a day: the time left must not tell at which moment somebody asked
            datetime.combine(last_day + timedelta(days=1), time(), MAASTRICHT),
        )
    except redis.RedisError as error:
        _log.warning("no return path kept: %s", type(error).__name__)
        return _write(house, "return_not_now", wish.language)
    return _write(house, "return_asked", wish.language, until=say_day(last_day, wish.language))


def heed(house: IntakeHouse, wish: Wish | None) -> tuple[str, ...]:
    """What a STOP or a bare code means for the message that was asked for; nothing where none was. The flow hears both too."""
    try:
        if wish is not None and wish.kind == "stop":
            return _stop(house, wish.number)
        if wish is not None and wish.kind == "code":
            return _show(house, wish)
    except redis.RedisError as error:
        _log.warning("no return path read: %s", type(error).__name__)
    return ()


def _stop(house: IntakeHouse, number: str) -> tuple[str, ...]:
    known = identity_of(number)
    language = ReturnPaths(house.redis).stop(mark_number(known, house.keys().pepper)) if known else None
    return _write(house, "return_stopped", language) if language else ()


def _show(house: IntakeHouse, wish: Wish) -> tuple[str, ...]:
    """How it stands: waiting until a day, for the telephone that asked alone; over, for whoever has the code."""
    try:
        code = unlock(parse_code(wish.code), house.keys().pepper)
    except CodeTypo:
        return ()
    keys, paths = _meet(house, code.private), ReturnPaths(house.redis)
    waiting = paths.find(keys.mark)
    if waiting is None:
        language = paths.find_over(keys.mark)
        return _write(house, "return_over", language) if language else ()
    try:
        letter = load_letter(decrypt(keys.key, waiting.encrypted))
    except SealError:
        return ()
    if letter.to != identity_of(wish.number):
        return ()
    until = say_day(datetime.fromisoformat(letter.until).date(), letter.language)
    return _write(house, "return_waiting", letter.language, until=until)


def _meet(house: IntakeHouse, private: bytes) -> PathKeys:
    return meet(private, house.keys().dispatch_public)


def _write(house: IntakeHouse, prompt: str, language: str, **args: str) -> tuple[str, ...]:
    """The sentence, from the script that this release brings: a published one may be older."""
    known: Language = next((one for one in LANGUAGES if one == language), "nl")
    return sms.render((Speak(prompt, args),), prompts=house.flows.packaged.prompts, language=known)
