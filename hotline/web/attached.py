"""What callers and texters hear where voice messages and pictures are taken: fixed words, and the tape's TwiML.

They stand outside of the flow, so that its versions and proofs are the same whether an installation takes them or not.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from hotline.domain.attachments import LONGEST_MESSAGE_S
from hotline.domain.lines import Line
from ivr_flows.channels import Language
from ivr_flows.model import Listen, Notify, Output
from ivr_flows.render.twiml import SAY_LANGUAGE

SILENCE_S = 5
"""Seconds of silence that end a message."""

DANGER = "danger"
"""How the questions begin that the flow asks about danger and in it; a test compares."""

_OFFER: dict[Language, str] = {
    "nl": "Er is nu niemand vrij. U kunt uw melding inspreken. Noem uw naam niet. Wij vervormen uw stem, maar toch kan "
    "iemand u misschien herkennen. Binnen een dag vernietigen wij het bericht. Wilt u dit niet? Zeg dan niets. "
    "Spreek na de toon en sluit af met een hekje.",
    "en": "Nobody is free now. You can record your report. Do not say your name. We distort your voice, but somebody may "
    "still recognise you. We destroy the message within a day. Rather not? Then say nothing. Speak after the tone and end with the hash key.",
    "de": "Im Moment ist niemand frei. Sie können Ihre Meldung aufsprechen. Nennen Sie Ihren Namen nicht. Wir verzerren "
    "Ihre Stimme, aber vielleicht erkennt Sie trotzdem jemand. Wir vernichten die Nachricht innerhalb eines Tages. "
    "Lieber nicht? Dann sagen Sie nichts. Sprechen Sie nach dem Ton und enden Sie mit der Raute-Taste.",
    "fr": "Personne n'est libre pour le moment. Vous pouvez enregistrer votre message. Ne dites pas votre nom. Nous "
    "déformons votre voix, mais quelqu'un peut quand même vous reconnaître. Le message est détruit au bout d'un jour au "
    "plus. Vous ne voulez pas ? Ne dites rien. Parlez après le signal et terminez par la touche dièse.",
}
_THANKS: dict[Language, str] = {
    "nl": "Dank u. Uw bericht is er. We gaan verder.",
    "en": "Thank you. We have your message. Let's go on.",
    "de": "Danke. Ihre Nachricht ist da. Wir machen weiter.",
    "fr": "Merci. Nous avons votre message. Continuons.",
}
_GOT_PICTURE: dict[Language, str] = {
    "nl": "Uw foto is er. Wij halen tijd, plaats en toestel eruit. Wat op de foto staat, blijft.",
    "en": "We have your picture. We take out time, place and device. What it shows stays.",
    "de": "Ihr Foto ist da. Wir entfernen Zeit, Ort und Gerät. Was es zeigt, bleibt.",
    "fr": "Nous avons votre photo. Nous enlevons heure, lieu et appareil. Ce qu'elle montre reste.",
}


def wants_tape(outputs: tuple[Output, ...]) -> bool:
    """Whether this turn's caller asked for a person, and no question about danger waits: that one nobody may put off."""
    waiting = next((one.node for one in outputs if isinstance(one, Listen)), None)
    return Notify("person") in outputs and waiting is not None and not waiting.startswith(DANGER)


def offer_tape(line: Line, language: Language, address: str) -> str:
    """The TwiML that asks to speak after the tone; `address` hears of the message, or that there was only silence."""
    action = escape(address, {'"': "&quot;"})
    tape = (
        f'<Record action="{action}" method="POST" maxLength="{LONGEST_MESSAGE_S}" timeout="{SILENCE_S}" finishOnKey="#" '
        'playBeep="true" trim="trim-silence"/>'
    )
    redirect = f'<Redirect method="POST">{escape(address)}</Redirect>'
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{_say(line, language, _OFFER)}{tape}{redirect}</Response>'


def say_thanks(line: Line, language: Language, document: str) -> str:
    """A turn's TwiML with thanks before it."""
    return document.replace("<Response>", f"<Response>{_say(line, language, _THANKS)}", 1)


def write_thanks(language: Language) -> str:
    """The message that says that a picture came."""
    return _GOT_PICTURE[language]


def _say(line: Line, language: Language, words: dict[Language, str]) -> str:
    voice = escape(line.speech(language).voice)
    return f'<Say language="{SAY_LANGUAGE[language]}" voice="{voice}">{escape(words[language])}</Say>'
