"""A mail server that keeps every mail that left, with its envelope."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller

from hotline.canary.search import Piece


class Mailbox:
    """What came in, as bytes."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """A mail comes in."""
        self.mails.append(repr((envelope.mail_from, envelope.rcpt_tos)).encode() + b"\n" + envelope.content)
        return "250 OK"

    def pieces(self) -> Iterator[Piece]:
        """Every mail."""
        for mail in self.mails:
            yield Piece("mails that left", "alarm", mail)


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """A mail server on this machine, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mailbox = Mailbox(f"smtp://127.0.0.1:{port}")
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
