"""Finds in what a partner writes to a reporter what only one person could recognise, and what nobody may ask.

Whatever stands here is read aloud to whoever keys the code. Whoever answers a question that names a plate, a minute or
somebody's words has shown to have been there; a sentence that names a place or a kind of nuisance tells who listens
along what was reported (`anonymity.md`, Before release: both ways; `domain.md` §1.2, never ask).
"""

from __future__ import annotations

import re

from hotline.anonymity.exact_times import find_dates, find_minutes
from hotline.anonymity.single_source import judge
from hotline.anonymity.spans import PLACEHOLDERS
from hotline.understanding.folding import fold

_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"[\"“”„«»]|(?<!\w)['‘’][^'‘’]+['‘’](?!\w)")
# A street by its ending: those that are no word of their own in any case, the others where a name's capital begins them.
_STREET = re.compile(
    r"\b\w{3,}(?:straat|laan|plein|steeg|singel|kade)\b|\b[A-ZÀ-Ý]\w{2,}(?:weg|hof|pad|dijk|park|poort|berg|ruwe)\b"
)
# A name after a preposition ("in Wyck", "op de Markt"), but for the names of whoever writes or helps.
_NAMED = re.compile(
    r"\b(?:in|op|bij|aan|naast|achter|tegenover|rond|langs|uit|naar) (?:de |het |'t )?"
    r"(?!Politie|Gemeente|Maastricht|Limburg|Nederland|Meld|Veilig|Slachtofferhulp|Drugsmeldpunt|GGD|OM|Mondriaan)[A-ZÀ-Ý]\w+"
)
_NUMBERED = re.compile(r"\b(?:nummer|nr\.?|huisnummer) ?\d|\b\d{1,2}(?:[:.]\d\d| ?uur)\b", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:drug\w*|deal(?:t|en|er|ers|de)?|gedeald|wiet\w*|hennep\w*|cannabis|coke|cocaine|heroine|xtc|crack|speed|\w*kwekerij\w*"
    r"|drugspand|lab|laboratorium|spuit(?:en)?|vaten|jerrycans?|dumping\w*|coffeeshops?|runners?|junks?|verslaafden?|gebruikers)\b"
)
_NEVER = re.compile(
    r"\b(?:hoe heet u|uw (?:voor|achter)?naam|wie bent u|wat is uw \w*naam|uw (?:eigen )?(?:adres|leeftijd|telefoonnummer|nummer|geslacht|beroep|werk"
    r"|raam|balkon|huis|woning|portiek|buurman|buurvrouw|buren|partner|broer|zus|zoon|dochter|man|vrouw|ex|familie|e-mail\w*)"
    r"|waar woont u|woont u|bij u (?:thuis|in)|waar (?:staat|bent|stond|was) u|hoe oud bent|hoe kent u|kent u (?:hem|haar|hen|ze|de)"
    r"|bent u (?:zelf )?(?:de |een |zijn |haar )?(?:buurman|buurvrouw|klant|gebruiker|verslaafd|familie|bewoner|huurder)"
    r"|wie (?:weet|zag|wist) (?:dit|dat|het) nog|terugbellen|uw contact\w*|hoe weet u|vanaf welk|vanuit welk)\b"
)


def find_planted(text: str) -> tuple[str, ...]:
    """What must go from a scrubbed question before it is asked, in Dutch: `een cijfer`, `een straat` …"""
    found = {
        "een cijfer (een tijd, een huisnummer)": _DIGIT.search(text),
        "een straat": _STREET.search(text),
        "een plek": _NAMED.search(text),
        "woorden tussen aanhalingstekens": _QUOTED.search(text),
        "een naam, kenteken of account": any(one in text for one in PLACEHOLDERS.values()),
        "iets over de melder zelf": _NEVER.search(fold(text)) or _is_about_one(text),
        "een precieze tijd": any(True for _ in find_minutes(text)),
    }
    return tuple(what for what, where in found.items() if where)


def find_told(text: str) -> tuple[str, ...]:
    """What must go from a scrubbed sentence before a reporter hears it, in Dutch; counts ("2 aanhoudingen") may stay."""
    folded = fold(text)
    found = {
        "een straat": _STREET.search(text),
        "een plek": _NAMED.search(text),
        "een huisnummer of een tijd": _NUMBERED.search(text)
        or any(True for _ in find_minutes(text))
        or any(True for _ in find_dates(text)),
        "woorden tussen aanhalingstekens": _QUOTED.search(text),
        "een soort overlast": _KIND.search(folded),
        "iets over de melder zelf": _is_about_one(text),
    }
    return tuple(what for what, where in found.items() if where)


def _is_about_one(text: str) -> bool:
    """Whether the guard finds what only one person could know; a partner's own "ik" and "wij" say nothing of a reporter."""
    return any(one.kind not in ("self", "quoted", "minute", "gender", "home") for one in judge(text).reasons)
