"""In which language somebody talks, or asks to be spoken to."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.understanding.folding import fold, word_set
from hotline.understanding.utterance import Utterance

# Words that only one of the four languages has. Limburgish tells of Dutch. Names of drugs and places tell nothing.
_TELLING = {
    "nl": (
        "u kunt ze dat ik jij hij zij wij het een niet geen wat waar wanneer naar voor achter onder naast bij met ook"
        " nog maar want omdat zijn heeft hebben wordt worden staan staat zitten ligt liggen komt komen gaat gaan deze"
        " mijn onze hun veel altijd elke iedere vandaag gisteren nu uit over aan op van tegen mensen jongens huis"
        " straat buurt weer wil graag ja nee dao sjtoon edere aovend mèt veur oet neet bie aon zag jao goojen"
        " goedenavond goedemiddag goedemorgen jonges 't hun die"
    ),
    "en": (
        "the there they them their this that these those is are was were have has been i he she it we you my your with"
        " and what where when who from into near behind next some people guys selling happening right please hello yes"
        " of to speak help don't not for but always every yesterday today my somebody someone outside"
    ),
    "de": (
        "möchte etwas kann nichts es gibt mich mir habe wo ich sie wir uns ihr der das dem den ein eine einen einem"
        " nicht kein keine und oder aber mit von bei nach vor hinter auf aus ist sind war hat haben wird werden auch"
        " noch schon immer jeden jetzt hier gerade bitte ja nein guten herr frau straße haus leute männer im am zum"
        " zur vom für seit gestern heute dort viele"
    ),
    "fr": (
        "voudrais signaler quelque chose je il elle nous vous ils elles le les des du au aux une est sont dans sur"
        " avec pour pas ne qui que ce cette ces mon ma ses leur y ont sont était a à chez devant derrière près rue"
        " maison gens tous toujours chaque hier aujourd oui non s'il bonjour bonsoir merci quelqu'un beaucoup depuis"
        " et ou c'est j'ai"
    ),
}
# One of these is enough.
_SURELY = {
    "nl": "goedenavond goedemiddag goedemorgen goedendag alstublieft",
    "en": "hello please thanks",
    "de": "bitte danke entschuldigung",
    "fr": "bonjour bonsoir merci svp",
}
_NAMES = {
    "nl": "nederlands dutch niederländisch néerlandais hollands",
    "en": "english engels englisch anglais",
    "de": "deutsch duits german allemand",
    "fr": "français frans french französisch francais",
}
_OTHERS = word_set("they them he she ze zij hij die sie er ils elle il elles leur their")
_SHORT_REQUEST = 6
_ENOUGH = 3


def _spread(rows: dict[str, str]) -> dict[str, str]:
    """The words of each language; one that two languages share is dropped."""
    said: dict[str, set[str]] = {}
    for language, row in rows.items():
        for word in Utterance(row).words:
            said.setdefault(word, set()).add(language)
    return {word: languages.pop() for word, languages in said.items() if len(languages) == 1}


_LANGUAGE_OF = _spread(_TELLING)
_SURE_OF = {fold(word): language for language, row in _SURELY.items() for word in row.split()}
_ASKED = {fold(word): language for language, row in _NAMES.items() for word in row.split()}


def find_language(utterance: Utterance) -> str | None:
    """The language that `utterance` is clearly in or asks for by name, else None."""
    words = utterance.words
    return _find_request(words) or _find_spoken(words)


def _find_request(words: Sequence[str]) -> str | None:
    if len(words) > _SHORT_REQUEST or (not _OTHERS.isdisjoint(words) and "sprechen" not in words):
        return None
    return next((_ASKED[word] for word in words if word in _ASKED), None)


def _find_spoken(words: Sequence[str]) -> str | None:
    score = dict.fromkeys(_TELLING, 0)
    for language in filter(None, map(_LANGUAGE_OF.get, words)):
        score[language] += 1
    for language in filter(None, map(_SURE_OF.get, words)):
        score[language] += 2
    best, second = sorted(score, key=score.__getitem__, reverse=True)[:2]
    if score[best] >= _ENOUGH and score[best] >= 2 * score[second]:
        return best
    few = score[best] >= 2 and score[second] == 0 and 2 * score[best] >= len(words)
    return best if few else None
