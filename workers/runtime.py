"""What a worker's process is made of, built from the settings; nothing else in `workers` reads them."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import redis

from config.logging import configure_logging
from config.partners import PartnersError, load_partners
from config.settings import Settings, SettingsError, load_settings
from hotline.domain import erasure
from hotline.domain.letter import Letter
from hotline.services.erasing import Erase
from hotline.services.fetching import Fetch
from hotline.services.house import Clock, DispatchHouse, utc_now
from hotline.services.nudging import Post as TextPost
from hotline.services.nudging import Sending
from hotline.services.wakeup import Bell
from hotline.storage.keyfiles import read_dispatch
from hotline.storage.keyservice import key_source
from hotline.storage.return_paths import ReturnPaths
from hotline.storage.session import open_engine
from workers.alarms import MailAlarm, UnusedAlarm, WebhookAlarm
from workers.partners.port import PartnerAdapter
from workers.partners.webhook import Post
from workers.ways import Runtime, build_adapters

if TYPE_CHECKING:
    from twilio.rest import Client

REDIS_SECONDS = 5


def begin() -> None:
    """Set this process's logging up, before anything is logged; wrong settings end it with a sentence each."""
    try:
        configure_logging(load_settings(os.environ))
        this_runtime()
    except (SettingsError, PartnersError) as error:
        sys.exit(str(error))


@cache
def this_runtime() -> Runtime:
    """The runtime of this process, built at its first use."""
    return build_runtime(load_settings(os.environ))


def open_redis() -> redis.Redis:
    """A client for RQ's loop; its reads have no time-out, because RQ blocks on them."""
    return redis.Redis.from_url(load_settings(os.environ).redis_url, socket_connect_timeout=REDIS_SECONDS)


def build_house(settings: Settings, clock: Clock = utc_now) -> DispatchHouse:
    """A house with the dispatch's database role and keys and nobody else's."""
    source = key_source(settings.keys, settings.key_service)
    return DispatchHouse(
        engine=open_engine(settings.database_url_for("dispatch"), pool_size=2),
        keys=lambda: read_dispatch(source),
        bell=Bell(_open_client(settings)),
        clock=clock,
    )


def build_runtime(settings: Settings, clock: Clock = utc_now) -> Runtime:
    """The house of a worker, with the ways out of it."""
    post = Post(allow_private=settings.is_demo)
    ways = build_adapters(load_partners(settings.partners_file), settings.oin, post)
    alarms, texts = _build_alarms(settings, post), _build_texts(settings)
    erase, fetch = reach_twilio(settings), _reach_media(settings)
    return Runtime(build_house(settings, clock), ways, alarms, erase, fetch, texts)


def _reach_media(settings: Settings) -> Fetch:
    """Also where both switches are off: what came before they were switched off must still be fetched."""

    def fetch_there(path: str) -> bytes:
        from hotline.telephony.media import fetch  # late, as for erasing

        return fetch(_open_twilio(settings), path)

    return fetch_there


def _build_texts(settings: Settings) -> TextPost:
    def send(letter: Letter) -> Sending:
        from hotline.telephony.send import send_text

        return Sending(*send_text(_open_twilio(settings), letter.to, letter.sender, letter.text))

    return TextPost(ReturnPaths(_open_client(settings)), send, at_once=settings.is_demo)


def reach_twilio(settings: Settings) -> Erase:
    """How something is erased at this installation's Twilio, whose library is loaded with the first erasure."""

    def erase_there(kind: erasure.Kind, sid: str) -> erasure.Outcome:
        from hotline.telephony.erase import erase  # Twilio's library takes 12 MB, so only who erases loads it

        return erase(_open_twilio(settings), kind, sid)

    return erase_there


@cache
def _open_twilio(settings: Settings) -> Client:
    from hotline.telephony.rest import open_client

    return open_client(settings.twilio_api_url, settings.twilio_account_sid, settings.twilio_auth_tokens)


def _open_client(settings: Settings) -> redis.Redis:
    return redis.Redis.from_url(settings.redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS)


def _build_alarms(settings: Settings, post: Post) -> dict[str, PartnerAdapter]:
    desk_url = settings.desk_url.rstrip("/")
    sender = f"drugsmeldpunt@{urlsplit(desk_url).hostname or 'localhost'}"
    ways: dict[str, PartnerAdapter] = {
        "mail": MailAlarm(settings.smtp_url, settings.alarm_email, sender, desk_url),
        "webhook": WebhookAlarm(settings.alarm_webhook, settings.alarm_secret, settings.oin, desk_url, post),
    }
    if settings.alarm_webhook and not settings.alarm_email:
        ways["mail"] = UnusedAlarm()
    if settings.alarm_email and not settings.alarm_webhook:
        ways["webhook"] = UnusedAlarm()
    return ways  # with neither, both rows fail and say so at the desk
