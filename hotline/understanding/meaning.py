"""Everything that the flow may want to know of one utterance, by name."""

from __future__ import annotations

import re

from hotline.understanding.danger import mentions_danger
from hotline.understanding.numbers import spoken_digits
from hotline.understanding.places import Gazetteer
from hotline.understanding.yes_no import yes_no

_POSTCODE = re.compile(r"62(?:1[1-9]|2[0-9])")


def understand(text: str, lang: str, gazetteer: Gazetteer) -> dict[str, str]:
    """What `text` means: only the keys that were found.

    `yes_no` ("yes", "no"), `place` (a known name), `neighbourhood` (a name of our list), `outside` ("yes" when the
    place is not in Maastricht), `postcode` (6211 to 6229), `digits` (three or more in a row), `danger` ("yes").
    """
    found: dict[str, str] = {}
    if answer := yes_no(text, lang):
        found["yes_no"] = answer
    if place := gazetteer.find_place(text):
        found["place"] = place.name
        if place.neighbourhood:
            found["neighbourhood"] = place.neighbourhood
        if place.kind == "outside":
            found["outside"] = "yes"
    digits = spoken_digits(text)
    if len(digits) >= 3:
        found["digits"] = digits
        if _POSTCODE.fullmatch(digits):
            found["postcode"] = digits
    if mentions_danger(text):
        found["danger"] = "yes"
    return found
