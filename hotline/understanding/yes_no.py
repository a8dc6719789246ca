"""Yes or no, as people say it."""

from __future__ import annotations

import re

from hotline.understanding.folding import fold

# Strong words answer by themselves; weak ones only in a short answer without a strong one. "Goed" and "ok" are no yes:
# whoever is asked whether there is danger says "alles goed hier".
_STRONG = {
    "nl": ("ja jaa jao jaja jawel jazeker jep yep zeker inderdaad", "nee neen nein nae nei nope nooit"),
    "en": ("yes yeah yep yup sure correct indeed", "no nope nah never"),
    "de": ("ja jawohl jo genau stimmt klar", "nein nee ne niemals"),
    "fr": ("oui ouais exact exactement", "non jamais"),
}
_WEAK = {
    "nl": ("klopt juist correct precies", "niet geen fout verkeerd onjuist"),
    "en": ("right true", "not wrong incorrect false"),
    "de": ("richtig korrekt", "nicht kein keine falsch"),
    "fr": ("correct juste vrai", "pas faux incorrect aucun"),
}
_UNSURE = re.compile(
    r"\b(weet (ik |het |dat |helaas |echt )*niet|geen idee|niet zeker|don'?t know|not sure|no idea|weiss? (es"
    " |ich |das |leider )*nicht|"
    r"keine ahnung|nicht sicher|sais pas|pas sure?|aucune idee|misschien|maybe|vielleicht|peut etre)\b"
)
_SETS = {lang: tuple(frozenset(row.split()) for row in (*_STRONG[lang], *_WEAK[lang])) for lang in _STRONG}
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 6


def yes_no(text: str, lang: str) -> str | None:
    """`"yes"`, `"no"`, or None when the words say neither, both, or that the person does not know."""
    folded = fold(text[:500])
    if _UNSURE.search(folded):
        return None
    words = _WORD.findall(folded)
    if not words:
        return None
    strong_yes, strong_no, weak_yes, weak_no = _SETS.get(lang, _SETS["nl"])
    # Beyond a short answer, only the word it begins with answers; what follows is a story.
    heard = words if len(words) <= _SHORT else words[:1]
    yes, no = bool(strong_yes & set(heard)), bool(strong_no & set(heard))
    if yes or no:
        return None if yes and no else "yes" if yes else "no"
    if len(words) > _SHORT:
        return None
    if weak_no & set(words):
        return "no"
    return "yes" if weak_yes & set(words) else None
