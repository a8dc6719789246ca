"""Alarms: a mail and a webhook that say that there is something, and not a word of what."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller

from hotline.services.dispatch import Parcel
from tests.workers.endpoint import SECRET, Endpoint, open_endpoint
from workers.alarms import MailAlarm, WebhookAlarm
from workers.partners.webhook import Post

PARCEL = Parcel(UUID(int=9), "alarm", "mail", None, b'{"report": "geheim-id", "priority": "P0"}')
DESK = "https://desk.example"


class Mailbox:
    """What a mail server took in; refuses when told to."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refuse = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return "451 later"
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def mail() -> Iterator[tuple[Mailbox, str]]:
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def alarm(url: str, to: str = "dienst@example.org") -> MailAlarm:
    return MailAlarm(url, to, "drugsmeldpunt@desk.example", DESK)


def test_the_mail_says_open_the_desk_and_nothing_of_the_report(mail: tuple[Mailbox, str]) -> None:
    mailbox, url = mail
    assert alarm(url).deliver(PARCEL, datetime.now(UTC)).ok
    ((to, message),) = mailbox.mails
    assert to == ["dienst@example.org"]
    assert message.get_payload(decode=True).decode().splitlines() == ["P0-melding. Open de desk.", f"{DESK}/desk"]
    assert message["Message-ID"] == f"<{PARCEL.delivery_id}@drugsmeldpunt>"
    assert "geheim" not in message.as_string()


def test_the_operators_mail_says_where_to_look(mail: tuple[Mailbox, str]) -> None:
    mailbox, url = mail
    late = Parcel(UUID(int=8), "erasing", "mail", None, b'{"late": 2}')
    assert alarm(url).deliver(late, datetime.now(UTC)).ok
    ((_, message),) = mailbox.mails
    assert message["Subject"] == "Wissen bij de telefoondienst loopt achter"
    assert "hotline erase --dry-run" in message.get_payload(decode=True).decode()


def test_a_mail_server_that_refuses_or_is_away_is_tried_again(mail: tuple[Mailbox, str]) -> None:
    mailbox, url = mail
    mailbox.refuse = True
    outcomes = [
        alarm(url).deliver(PARCEL, datetime.now(UTC)),
        alarm("smtp://127.0.0.1:1").deliver(PARCEL, datetime.now(UTC)),
    ]
    for outcome in outcomes:
        assert not outcome.ok
        assert not outcome.permanent
        assert "example" not in outcome.reason


@pytest.mark.parametrize(("url", "to"), [("", "x@example.org"), ("smtp://x", "")])
def test_mail_that_is_not_set_up_is_a_failure_for_good_with_the_reason(url: str, to: str) -> None:
    outcome = alarm(url, to).deliver(PARCEL, datetime.now(UTC))
    assert outcome.permanent
    assert outcome.reason == "Er is geen adres voor alarm per mail ingesteld."


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with open_endpoint() as found:
        yield found


def test_the_webhook_is_signed_and_names_no_report_and_no_time(endpoint: Endpoint) -> None:
    way = WebhookAlarm(endpoint.url, SECRET, "0" * 20, DESK, Post(allow_private=True))
    assert way.deliver(PARCEL, datetime.now(UTC)).ok
    event = endpoint.arrivals[0].event()
    assert event["data"] == {"priority": "P0", "desk": f"{DESK}/desk"}
    assert endpoint.ids == [str(PARCEL.delivery_id)]
    assert "time" not in event
    assert b"geheim" not in endpoint.arrivals[0].body


def test_a_webhook_that_is_not_set_up_is_a_failure_for_good() -> None:
    assert WebhookAlarm("", "", "0" * 20, DESK, Post(allow_private=True)).deliver(PARCEL, datetime.now(UTC)).permanent
