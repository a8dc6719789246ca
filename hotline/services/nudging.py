"""The way back by text, workers' side: text whoever asked for it that there is news, once, and forget the number.

The message leaves at a random hour of a later day, so that the desk's records beside the carrier's list of messages do
not tell whose report it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random
from typing import Literal

import redis

from hotline.anonymity.return_path import meet
from hotline.anonymity.seal import SealError, decrypt
from hotline.domain.dayparts import MAASTRICHT, local_day
from hotline.domain.letter import Letter, load_letter
from hotline.services import erasing
from hotline.services.house import DispatchHouse
from hotline.storage import nudges
from hotline.storage.nudges import News
from hotline.storage.return_paths import ReturnPaths, Waiting
from hotline.storage.session import transaction

_log = logging.getLogger(__name__)

FROM_HOUR, TO_HOUR = 9, 21
"""Messages leave between these hours in Maastricht."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a message fared. `later`: it surely did not leave. `lost`: it never will, or may have left unseen."""

    result: Literal["sent", "later", "lost"]
    sid: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Where the numbers wait, and how a message leaves; `at_once` is the demo's, which needs no patience."""

    paths: ReturnPaths
    send: Callable[[Letter], Sending]
    at_once: bool


def tell_news(house: DispatchHouse, post: Post, now: datetime, chance: Callable[[], float] = random) -> int:
    """Text what has its turn, looked at once a minute; gives how many messages left.

    Running it twice, or in two processes at once, is harmless: one alone takes a number out of Redis, before it sends.
    """
    today = local_day(now)
    left = _minutes_left(now)
    if not post.at_once and left <= 0:
        return 0
    until = today if post.at_once else today - timedelta(days=1)
    with transaction(house.engine) as session:
        waiting = nudges.list_news(session, until=until)
    sent = 0
    for news in waiting:
        if post.at_once or chance() < 1 / left:
            sent += _tell(house, post, news, now)
    return sent


def _minutes_left(now: datetime) -> int:
    """Minutes until the end of the day's hours; 0 outside of them. One in so many chances spreads evenly over them."""
    local = now.astimezone(MAASTRICHT)
    return TO_HOUR * 60 - (local.hour * 60 + local.minute) if FROM_HOUR <= local.hour < TO_HOUR else 0


def _tell(house: DispatchHouse, post: Post, news: News, now: datetime) -> bool:
    keys = meet(house.keys().pair.private, news.reply_public)
    try:
        waiting = post.paths.take(keys.mark)
    except redis.RedisError as error:
        _log.warning("news not told yet: %s", type(error).__name__)
        return False
    sending = Sending("lost")
    if waiting is not None:
        language = "nl"
        try:
            letter = load_letter(decrypt(keys.key, waiting.encrypted))
            language, sending = letter.language, post.send(letter)
        except SealError:  # it lay under this mark and opens with no key of ours: nothing to send
            pass
        _settle(post.paths, keys.mark, waiting, language, sending)
        if sending.result == "later":
            return False
    if sending.sid:
        erasing.note_sent(house, sending.sid, now)
    with transaction(house.engine) as session:
        nudges.drop(session, news.id)
    return sending.result == "sent"


def _settle(paths: ReturnPaths, mark: bytes, waiting: Waiting, language: str, sending: Sending) -> None:
    """Put the number back, or remember that it is over. With Redis away just now it is gone, which was told may happen."""
    try:
        if sending.result == "later":
            paths.put_back(mark, waiting)
        else:
            paths.end(mark, waiting, language)
    except redis.RedisError as error:
        _log.warning("a return path is lost: %s", type(error).__name__)
