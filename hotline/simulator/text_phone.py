"""A text phone: sends a message as the carrier delivers it and reads the replies in the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hotline.simulator.carrier import NotListening, NotPlayed
from hotline.simulator.exchange import Exchange, Jar, Request, geography, resolve
from hotline.simulator.refusals import Refusal
from hotline.simulator.twiml import Verb, read_messaging

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = frozenset("^{}\\[~]|€\f")


@dataclass(slots=True)
class TextPhone:
    """One telephone that texts; `replies` holds all that came back, `extra` adds fields that Twilio may send."""

    exchange: Exchange
    number: str
    extra: Mapping[str, str] = field(default_factory=dict)
    replies: list[str] = field(default_factory=list)
    last_twiml: str = ""
    _cookies: Jar = field(default_factory=Jar)
    _last: Request | None = None

    def send(self, text: str) -> list[str]:
        """Texts the line and gives the replies, none where it answers with an empty `<Response>`."""
        url = self.exchange.address("/sms/incoming")
        sid = self.exchange.make_sid("SM")
        self.exchange.ledger.add_message(sid, direction="inbound")
        self._last = Request("POST", url, self._fields(sid, text))
        verbs, url = self._fetch(self._last)
        replies = self._play(verbs, url)
        self.replies += replies
        return replies

    def repeat_last(self) -> bytes:
        """Delivers the last text once more under the same `MessageSid`, and gives the raw answer."""
        if self._last is None:
            raise NotListening("nothing was sent yet")
        return self.exchange.deliver(self._last, self._cookies).body

    def _fetch(self, request: Request) -> tuple[tuple[Verb, ...], str]:
        try:
            verbs, body = self.exchange.fetch(request, read_messaging, self._cookies)
        except Refusal as refusal:
            error = {"ErrorCode": str(refusal.code), "ErrorUrl": request.url}
            url = self.exchange.address("/sms/fallback")
            request = Request(self.exchange.fallback_method, url, {**request.form, **error})
            try:
                verbs, body = self.exchange.fetch(request, read_messaging, self._cookies)
            except Refusal:
                return (), url
        self.last_twiml = body.decode(errors="replace")
        return verbs, request.url

    def _play(self, verbs: tuple[Verb, ...], document: str) -> list[str]:
        replies = []
        for verb in verbs:
            if verb.name == "Redirect":
                raise NotPlayed("this exchange does not follow a <Redirect> of a text message")
            text = next((child.text for child in verb.children if child.name == "Body"), verb.text)
            replies.append(text.strip())
            self._report_sent(verb, document)
        return replies

    def _report_sent(self, verb: Verb, document: str) -> None:
        """Twilio tells `<Message action>` what became of the reply, which is a message of its own."""
        sid = self.exchange.make_sid("SM")
        self.exchange.ledger.add_message(sid, direction="outbound-reply")
        address = verb.attributes.get("action", verb.attributes.get("statusCallback"))
        if address is None:
            return
        for status in ("sent", "delivered"):
            form = {
                "MessageSid": sid,
                "SmsSid": sid,
                "MessageStatus": status,
                "SmsStatus": status,
                "AccountSid": self.exchange.account_sid,
                "ApiVersion": "2010-04-01",
                "From": self.exchange.sms_number,
                "To": self.number,
            }
            self.exchange.notify(Request("POST", resolve(document, address), form), self._cookies)

    def _fields(self, sid: str, text: str) -> dict[str, str]:
        return {
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsMessageSid": sid,
            "SmsStatus": "received",
            "AccountSid": self.exchange.account_sid,
            "ApiVersion": "2010-04-01",
            "From": self.number,
            "To": self.exchange.sms_number,
            "Body": text,
            "NumMedia": "0",
            "NumSegments": str(count_segments(text)),
            **geography("From", self.number),
            **geography("To", self.exchange.sms_number),
            **self.extra,
        }


def count_segments(text: str) -> int:
    """How many segments a text takes: 160 or 153 units each in GSM-7, else 70 or 67 in UCS-2 (3GPP TS 23.038)."""
    if all(one in _GSM or one in _GSM_DOUBLE for one in text):
        units, single, part = sum(2 if one in _GSM_DOUBLE else 1 for one in text), 160, 153
    else:
        units, single, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if units <= single else -(-units // part)
