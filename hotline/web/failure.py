"""What callers and texters get when nothing else works, or a line is down: fixed words in the line's languages.

They need no database, no Redis and no flow (`domain.md` §5.4).
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from hotline.domain.lines import Line
from ivr_flows.gsm7 import LIMIT, measure

_SPOKEN = {
    "nl": "Er is een storing. Is er gevaar? Bel 1, 1, 2. Geen spoed? Bel 0 9 0 0, 8 8, 4 4. "
    "Anoniem melden kan ook bij 0 8 0 0, 7 0 0 0.",
    "en": "Our system is down. Is there danger? Call 1, 1, 2. Not urgent? Call 0 9 0 0, 8 8, 4 4. "
    "You can also report anonymously at 0 8 0 0, 7 0 0 0.",
    "de": "Unser System ist gestört. Gibt es Gefahr? Rufen Sie 1, 1, 2 an. Nicht eilig? 0 9 0 0, 8 8, 4 4. "
    "Anonym melden geht auch unter 0 8 0 0, 7 0 0 0.",
    "fr": "Notre système est en panne. Y a-t-il un danger ? Appelez le 1, 1, 2. Pas urgent ? 0 9 0 0, 8 8, 4 4. "
    "Vous pouvez aussi signaler de façon anonyme au 0 8 0 0, 7 0 0 0.",
}
_WRITTEN = {
    "nl": "Er is een storing. Gevaar? Bel 112. Geen spoed? Bel 0900-8844. Anoniem melden kan ook bij 0800-7000.",
    "en": "System down. Danger? Call 112. Else 0900-8844.",
    "de": "Störung. Gefahr? 112. Sonst 0900-8844.",
    "fr": "Panne. Danger? 112. Sinon 0900-8844.",
}
_SAY_LANGUAGE = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE", "fr": "fr-FR"}


def speak_failure(line: Line) -> str:
    """The TwiML that says so in one language after another and ends the call."""
    said = "".join(
        f'<Say language="{_SAY_LANGUAGE[language]}" voice="{escape(speech.voice)}">{_SPOKEN[language]}</Say>'
        for language, speech in line.languages.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>'


def write_failure(line: Line) -> tuple[str, ...]:
    """The text messages that say so, as few as they fit in."""
    messages: list[str] = []
    for language in line.languages:
        text = _WRITTEN[language]
        if messages and measure(messages[-1]) + 1 + measure(text) <= LIMIT:
            messages[-1] = f"{messages[-1]} {text}"
        else:
            messages.append(text)
    return tuple(messages)
