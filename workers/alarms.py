"""Wakes somebody for a P0 by what is not a browser tab: a mail and a webhook, without a word of the report."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from hotline.domain.retry import Outcome
from hotline.services.dispatch import Parcel
from workers.partners.payload import wrap_alarm
from workers.partners.webhook import Post

SMTP_SECONDS = 15
_MAILS = {
    "alarm": ("P0: open de desk", "P0-melding. Open de desk."),
    "erasing": (
        "Wissen bij de telefoondienst loopt achter",
        "De telefoondienst bewaart nog gesprekken of berichten die al gewist moesten zijn.\n"
        "Kijk op de server met: hotline erase --dry-run",
    ),
    "judging": (
        "Gemarkeerde woorden wachten te lang",
        "Bij een of meer meldingen wachten gemarkeerde woorden al twee dagen op een oordeel.\n"
        "Over een dag kan niemand ze meer lezen. Kijk aan de desk bij 'Eerst beoordelen'.",
    ),
}
"""A parcel's kind → subject and text."""


@dataclass(frozen=True, slots=True)
class MailAlarm:
    """Mails the duty address. `smtp_url` is `smtp://[user:password@]host:port` or `smtps://…`."""

    smtp_url: str = field(repr=False)
    to: str
    sender: str
    desk_url: str

    def deliver(self, parcel: Parcel, now: datetime) -> Outcome:
        """Send the mail; its Message-ID is the alarm's id, so that a repeat shows as one."""
        if not self.smtp_url or not self.to:
            return Outcome(False, "Er is geen adres voor alarm per mail ingesteld.", permanent=True)
        message = EmailMessage()
        subject, text = _MAILS[parcel.kind]
        message["Subject"] = subject
        message["From"], message["To"] = self.sender, self.to
        message["Message-ID"] = f"<{parcel.delivery_id}@drugsmeldpunt>"
        message["Importance"] = "high"
        message.set_content(f"{text}\n{self.desk_url}/desk\n")
        try:
            self._send(message)
        except (TimeoutError, OSError, smtplib.SMTPException, ValueError) as error:
            return Outcome(False, f"De mail kon niet weg ({type(error).__name__}).")
        return Outcome(True)

    def _send(self, message: EmailMessage) -> None:
        parts = urlsplit(self.smtp_url)
        host, tls = parts.hostname or "localhost", ssl.create_default_context()
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SMTP_SECONDS, context=tls)
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=SMTP_SECONDS)
        with server:
            if parts.username:
                if parts.scheme == "smtp":
                    server.starttls(context=tls)
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)


class UnusedAlarm:
    """The way that this installation does not use because it has the other one; its rows go without a trace."""

    def deliver(self, parcel: Parcel, now: datetime) -> Outcome:
        """Nothing to do."""
        return Outcome(True)


@dataclass(frozen=True, slots=True)
class WebhookAlarm:
    """Posts a signed event to the alarm address, such as a pager service's."""

    url: str
    secret: str = field(repr=False)
    oin: str
    desk_url: str
    post: Post

    def deliver(self, parcel: Parcel, now: datetime) -> Outcome:
        """Post the alarm; the alarm's id is the `webhook-id`."""
        if not self.url:
            return Outcome(False, "Er is geen adres voor alarm per webhook ingesteld.", permanent=True)
        body = wrap_alarm(parcel, self.oin, self.desk_url)
        secrets = [part.strip() for part in self.secret.split(",") if part.strip()]
        return self.post.send(self.url, secrets, str(parcel.delivery_id), body, now)
