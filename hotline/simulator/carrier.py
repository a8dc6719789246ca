"""A telephone call as the carrier runs it: it plays TwiML strictly and turns what a person does into webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Literal

from hotline.simulator.exchange import Exchange, Form, Jar, Method, Request, geography, resolve
from hotline.simulator.listening import Gather, open_gather
from hotline.simulator.refusals import Refusal
from hotline.simulator.sounds import Sound, sound_of
from hotline.simulator.twiml import Verb, read_voice

MAX_DOCUMENTS = 20
"""Documents that may follow each other without anybody being asked anything."""

_ENDED = {"CallDuration": "1", "Duration": "1", "SequenceNumber": "0", "CallbackSource": "call-progress-events"}
Status = Literal["ringing", "in-progress", "completed", "busy", "no-answer"]


class NotListening(Exception):
    """Nobody listens for this now: the call is over, or waits for something else."""


class NotPlayed(Exception):
    """TwiML that Twilio would take and that this exchange does not play."""


@dataclass(slots=True)
class Call:
    """One incoming call. `heard` holds every sentence so far, `listening` what it waits for, `parked` a queue, dial or tape.

    `extra` adds fields that Twilio may send, such as `CallerName` or `FromCity`.
    """

    exchange: Exchange
    number: str
    extra: Mapping[str, str] = field(default_factory=dict)
    sid: str = ""
    status: Status = "ringing"
    sounds: list[Sound] = field(default_factory=list)
    listening: Gather | None = None
    parked: Verb | None = None
    over: bool = False
    last_twiml: str = ""
    _cookies: Jar = field(default_factory=Jar)
    _last: Request | None = None
    _rest: tuple[Verb, ...] = ()
    _document: str = ""

    @property
    def heard(self) -> list[str]:
        """Everything said so far, sentence by sentence."""
        return [sound.text for sound in self.sounds if sound.kind == "say"]

    def dial(self) -> None:
        """Calls the line, and hears its first words."""
        if self.sid:
            raise NotListening("this call was dialled before")
        self.sid = self.exchange.make_sid("CA")
        self.exchange.ledger.begin_call(self.sid)
        self._go("POST", self.exchange.address("/voice/incoming"), {})

    def press(self, keys: str, *, during_prompt: bool = False) -> None:
        """Presses keys one after the other; what one question leaves goes to the next.

        Keys that do not end the input wait for more, or for `wait`. `during_prompt` means that the line still
        speaks: where it cannot be interrupted, the keys are lost.
        """
        for key in keys:
            if key not in "0123456789*#" or not key:
                raise ValueError("a telephone has the keys 0-9, * and #")
            gather = self._gather("keys")
            if during_prompt and not gather.barge_in:
                return
            if gather.take(key):
                self._finish(gather)
            during_prompt = False

    def say(self, words: str, *, confidence: float | None = 0.9) -> None:
        """Says something that the recogniser hears in these words."""
        gather = self._gather("speech")
        if gather.pressed:
            raise NotListening("keys came first, so speech is not heard")
        score = {} if confidence is None else {"Confidence": f"{confidence:.8f}"}
        self._answer(gather, {"SpeechResult": words, **score})

    def wait(self) -> None:
        """Stays silent until the time to answer has run out; keys pressed before are sent then.

        Nobody takes a `<Dial>`; in a queue, waiting changes nothing; a tape that hears nothing is passed over.
        """
        if self.parked is None:
            self._finish(self._gather("silence"))
        elif self.parked.name == "Dial":
            self._leave_dial(self.parked)
        elif self.parked.name == "Record":
            self._play_on()

    def leave_message(self, *, hang_up: bool = False) -> str:
        """Speaks to the tape, and ends with `#` or by putting the telephone down; gives the recording's id."""
        tape = self.parked
        if tape is None or tape.name != "Record":
            raise NotListening("no tape runs")
        sid, self.parked = self.exchange.make_sid("RE"), None
        self.exchange.ledger.add_recording(sid, self.sid)
        action = resolve(self._document, tape.attributes.get("action", ""))
        url = f"https://api.twilio.com/2010-04-01/Accounts/{self.exchange.account_sid}/Recordings/{sid}"
        fields = {"RecordingSid": sid, "RecordingUrl": url, "RecordingDuration": "9"}
        if not hang_up:
            self._go("POST", action, {**fields, "Digits": "#"})
            return sid
        self.status = "completed"
        self.exchange.notify(Request("POST", action, self._fields({**fields, "Digits": "hangup"})), self._cookies)
        self._end("completed")
        return sid

    def hang_up(self) -> None:
        """Puts the telephone down; the line hears of it only through its status callback."""
        if self.over or not self.sid:
            raise NotListening("there is no call")
        if self.parked is not None and self.parked.name == "Enqueue" and "action" in self.parked.attributes:
            action = resolve(self._document, self.parked.attributes["action"])
            self.status = "completed"
            self.exchange.notify(Request("POST", action, self._fields({"QueueResult": "hangup"})), self._cookies)
        self._end("completed")

    def repeat_last(self) -> bytes:
        """Delivers the last webhook once more, signed the same, and gives the raw answer; the call itself stays."""
        if self._last is None:
            raise NotListening("nothing was sent yet")
        return self.exchange.deliver(self._last, self._cookies).body

    # ---- playing -------------------------------------------------------------------------

    def _go(self, method: Method, url: str, fields: Form) -> None:
        """Fetches a document and plays it, and what it leads to, until somebody is asked something or the call ends."""
        self.listening, self.parked = None, None
        target: tuple[Method, str] | None = (method, url)
        for _ in range(MAX_DOCUMENTS):
            if target is None:
                return
            verbs = self._fetch(*target, fields)
            if verbs is None:
                return self._end("completed")
            self.status, fields = "in-progress", {}
            target = self._play(verbs)
        raise NotPlayed(f"{MAX_DOCUMENTS} documents followed each other without a question")

    def _fetch(self, method: Method, url: str, fields: Form) -> tuple[Verb, ...] | None:
        """A document's verbs, the fallback's where it failed, None where that failed too."""
        self._document = url
        self._last = Request(method, url, self._fields(fields))
        self.exchange.ledger.add_event(self.sid, method, url)
        try:
            verbs, body = self.exchange.fetch(self._last, read_voice, self._cookies)
        except Refusal as refusal:
            error = {"ErrorCode": str(refusal.code), "ErrorUrl": url}
            self._document = self.exchange.address("/voice/fallback")
            fallback = Request(self.exchange.fallback_method, self._document, self._fields({**fields, **error}))
            try:
                verbs, body = self.exchange.fetch(fallback, read_voice, self._cookies)
            except Refusal:
                return None
        self.last_twiml = body.decode(errors="replace")
        return verbs

    def _play(self, verbs: tuple[Verb, ...]) -> tuple[Method, str] | None:
        """Plays verbs up to a question or the end; gives the next document where one is named."""
        for place, verb in enumerate(verbs):
            self._rest = verbs[place + 1 :]
            match verb.name:
                case "Say" | "Play" | "Pause":
                    self.sounds += sound_of(verb, interruptible=False)
                case "Gather":
                    gather = open_gather(verb, self._document)
                    for child in verb.children:
                        self.sounds += sound_of(child, interruptible=gather.barge_in)
                    self.listening = gather
                    return None
                case "Redirect":
                    method: Method = "GET" if verb.attributes.get("method") == "GET" else "POST"
                    return method, resolve(self._document, verb.text)
                case "Enqueue" | "Dial" | "Record":
                    self.parked = verb
                    return None
                case "Reject":
                    self._end("busy" if verb.attributes.get("reason") == "busy" else "no-answer")
                    return None
                case "Hangup":
                    self._end("completed")
                    return None
                case _:
                    raise NotPlayed(f"this exchange does not play <{verb.name}>")
        self._end("completed")
        return None

    # ---- answering -----------------------------------------------------------------------

    def _gather(self, wanted: Literal["keys", "speech", "silence"]) -> Gather:
        gather = self.listening
        if gather is None or self.over:
            raise NotListening("the call is over" if self.over else "nothing is being asked")
        if (wanted == "keys" and not gather.keys) or (wanted == "speech" and not gather.speech):
            raise NotListening(f"{wanted} is not listened for here")
        return gather

    def _finish(self, gather: Gather) -> None:
        """Input ended by a key, by its length or by time."""
        if gather.pressed:
            self._answer(gather, {"Digits": gather.pressed})
        elif gather.action_on_empty:
            empty = {"Digits": "", **({"SpeechResult": ""} if gather.speech else {})}
            self._answer(gather, empty if self.exchange.empty_result == "empty" else {})
        else:
            self._play_on()

    def _answer(self, gather: Gather, fields: Form) -> None:
        self._go(gather.method, gather.action, fields)

    def _leave_dial(self, dial: Verb) -> None:
        if "action" not in dial.attributes:
            return self._play_on()
        method: Method = "GET" if dial.attributes.get("method") == "GET" else "POST"
        self._go(method, resolve(self._document, dial.attributes["action"]), {"DialCallStatus": "no-answer"})

    def _play_on(self) -> None:
        """Nothing was answered: the next verb of the same document plays."""
        self.listening, self.parked = None, None
        target = self._play(self._rest)
        if target is not None:
            self._go(*target, {})

    def _end(self, status: Status) -> None:
        self.listening, self.parked, self.over, self.status = None, None, True, status
        self.exchange.ledger.end_call(self.sid, self.exchange.now())
        fields = self._fields({**_ENDED, "Timestamp": format_datetime(self.exchange.now())})
        self.exchange.notify(Request("POST", self.exchange.address("/voice/status"), fields), self._cookies)

    def _fields(self, fields: Form) -> dict[str, str]:
        """The fields of every voice webhook, and those of this one."""
        called = self.exchange.voice_number
        return {
            "CallSid": self.sid,
            "AccountSid": self.exchange.account_sid,
            "ApiVersion": "2010-04-01",
            "Direction": "inbound",
            "CallStatus": self.status,
            "From": self.number,
            "Caller": self.number,
            "To": called,
            "Called": called,
            **geography("From", self.number),
            **geography("To", called),
            **self.extra,
            **fields,
        }
