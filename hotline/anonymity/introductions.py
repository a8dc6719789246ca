"""The plainest ways to say who one is, which hold whatever the learned tagger thinks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotline.anonymity.spans import Span, Verdict

_INTRODUCTION = re.compile(
    r"\b(?:mijn naam is|mien naom is|ik heet|(?:u|je) spreekt met|my name is|my name's|mein name ist|ich heisse|ich heise"
    r"|je m'appelle|mon nom est)\s{1,3}"
    r"(?P<name>[^\W\d_][\w'-]*(?: (?:van|von|de|der|den|ten|ter|la|le|du|el|al)\b){0,3}(?: [^\W\d_][\w'-]*)?)"
)
_AFTER_NO_NAME = (
    "niet geen onbekend geheim anoniem prive nee niks doet dat die hier toch liever en maar u ik hij zij we wij ze het de een er"
    " want omdat kunt kan mag wil zag zie heb ben bel belt woon over van voor met op in om bij not no anonymous private secret and"
    " but i you he she they is the a about unimportant nicht kein geheim und aber ich sie anonym unwichtig pas et mais"
    " j je il elle vous secret anonyme meneer mevrouw iemand somebody jemand quelqu'un naam nummer"
)
_PARTICLES = frozenset({"van", "von", "de", "der", "den", "het", "ten", "ter", "la", "le", "du"})
_NO_NAME = frozenset(_AFTER_NO_NAME.split())


_OWN_HOUSE = re.compile(
    r"\b(?:ik woon|wij wonen|we wonen|ich woon|ich woen|iech woen|bij mij|bij ons|bie us|i live|we live|ich wohne|wir wohnen"
    r"|bei mir|bei uns|j'habite|nous habitons"
    r"|chez moi|chez nous|on est|on habite)\b"
    r"(?:(?!\b(?:en|and|und|et|zie|zien|zag|is|see|saw|sehe|vois|maar|but|aber|mais|vanaf|sinds|tot)\b)[^.!?;\d\[\]]){0,40}?"
    r"\b(?:nummer|nr|no|huisnummer|op|number|at|numero|nummero|nommer|hausnummer|au|n)\b[.° ]{0,2}"
    r"(?P<house>\d{1,4}(?: ?[a-h]\b)?)"
    r"(?!\d| ?(?:jaar|jaren|maand|maanden|week|weken|dag|dagen|uur|min|meter|m\b|km|hoog|personen|mensen|jongens|years?|months?"
    r"|weeks?|days?|jahre?n?|monate?|wochen?|tage?|ans?|mois|semaines?|jours?|metres?|januari|februari|maart|april|mei|juni|juli|augustus"
    r"|september|oktober|november|december|[^\W\d_]{3,}(?:straat|weg|laan|hof|plein))|[:.-]\d)"
)


def find_self(folded: str, digits: int) -> Iterator[Span]:
    """The reporter's name after "mijn naam is" and the like, and the number of the house after "ik woon op", in a text of so many digits."""
    for match in _INTRODUCTION.finditer(folded):
        taken: list[str] = []
        for word in match.group("name").split(" "):
            if word in _NO_NAME and not (taken and word in _PARTICLES):
                break
            taken.append(word)
        while taken and taken[-1] in _NO_NAME | _PARTICLES:
            taken.pop()
        if taken:
            start = match.start("name")
            yield Span(start, start + len(" ".join(taken)), "name", Verdict.REMOVE)
    for match in _OWN_HOUSE.finditer(folded) if digits else ():
        yield Span(*match.span("house"), "address", Verdict.REMOVE)
