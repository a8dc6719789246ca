"""How the number of a house, a floor and what goes with them are told: "nummer zeven", "3e verd", "12 bis, 6211 AB"."""

from __future__ import annotations

from hotline.anonymity.tokens import Tokens
from hotline.understanding.counting import ONE, read_number
from hotline.understanding.folding import word_set

NUMBERED = word_set(
    "op nummer nr at zimmer studio chambre number no numero au auf hausnummer huisnummer nommer nummero wohnung appartement apartment"
    " flat room kamer app bus"
    " apt unit le der bin la"
)
_FLOORS = word_set(
    "hoog etage verdieping verd floor stock etages hs bis links rechts boven beneden begane grond chaussee stockwerk obergeschoss"
)
ORDINALS = word_set(
    "eerste tweede derde vierde vijfde viefde zesde sjesde zevende achtste achste ach negende negend tiende elfde twaalfde dertiende veertiende"
    " vijftiende zeventiende twintigste first second third fourth fifth sixth seventh eighth ninth tenth erste erster ersten zweite zweiter zweiten"
    " dritte dritter dritten vierte vierten funfte funften sechsten siebten achten premier premiere deuxieme troisieme quatrieme cinquieme sixieme"
    " septieme huitieme 1e 2e 3e 4e 5e 6e 7e 8e 9e 1ste 2de 3de 4de 5de 6de 1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th begane eenhoog tweehoog"
    " driehoog vierhoog"
)
"""How floors are counted, also without the word for a floor: "op de vierde"."""

FLOOR_BEGINS = ORDINALS | word_set("top ground rez bovenste")
UNITS = word_set(
    "appartement apartment appart app apt unit kamer kmr room flat studio zimmer wohnung whg chambre chbr logement bus lokaal ligplaats bel"
)
"""What a house is divided into, each with a number of its own: they go with it."""
_PAINTED = word_set("rood zwart rouge noir red black rot schwarz bis ter")
_WHICH = word_set("bovenste onderste middelste linker rechter eerste tweede derde 1e 2e 3e 4e 5e")
_SHORT_ADDITION = 3
_AMOUNTS = word_set(
    "jaar jaren jaor maanden maand weken week dagen dag uur minuten meter km keer mensen jongens man personen year years months weeks days"
    " hours minutes people guys times jahre jahren monate wochen tage uhr mal leute ans mois semaines jours heures fois personnes euro euros"
    " kinderen kids kinder enfants huizen deuren doors"
)


def skip_to_number(tokens: Tokens, at: int) -> int:
    """Past ", nummer" and the like between a street and its number."""
    for _ in range(3):
        if at < len(tokens.words) and (tokens.words[at] == "," or tokens.words[at] in NUMBERED):
            at += 1
    return at


def number_end(tokens: Tokens, at: int) -> int:
    """The word after a house number that begins at `at`, 0 where none does or an amount does."""
    words = tokens.words
    if at >= len(words):
        return 0
    begin = at
    while at < len(words) and words[at] in ("nummer", "number", "numero", "nr", "no", "nommer", "hausnummer"):
        at += 1
    if at >= len(words):
        return 0
    if tokens.sorts[at][0] == "A" and words[at][0].isdigit():
        end = at + 1
    else:
        number = read_number(words, at)
        if number is None or (words[at] in ONE and number[1] == at + 1 and at == begin) or number[0] > 2999:
            return 0
        end = number[1]
    following = words[end] if end < len(words) else ""
    return 0 if following in _AMOUNTS or following == "%" else end


def floor_end(tokens: Tokens, at: int) -> int:
    """The word after "tweede etage", "veertien hoog", "3e verd", "top floor", 0 where no floor is told."""
    words = tokens.words
    for end in range(at + 1, min(len(words), at + 4)):
        if words[end] in _FLOORS and (
            words[at] in FLOOR_BEGINS or words[at][0].isdigit() or read_number(words, at) is not None
        ):
            end += 1
            while end < len(words) and words[end] in _FLOORS:
                end += 1
            return end
    return 0


def address_end(tokens: Tokens, end: int) -> int:
    """What goes on with an address: a floor, an addition, a part of the house, a postcode, a second number after a hyphen."""
    words = tokens.words
    while end < len(words):
        at = end + (words[end] == ",")
        if at >= len(words):
            break
        more = floor_end(tokens, at) or _unit_end(tokens, at)
        if not more and at == end:
            more = _addition_end(tokens, at)
        if not more and is_postcode(tokens, at):
            more = at + 2
        if not more:
            break
        end = more
    return end


def is_postcode(tokens: Tokens, at: int) -> bool:
    """Whether four digits and two letters stand at word `at`, as in a Dutch postcode."""
    words = tokens.words
    return len(words[at]) == 4 and words[at].isdigit() and at + 1 < len(words) and len(words[at + 1]) == 2


def _addition_end(tokens: Tokens, at: int) -> int:
    """The word after what stands close to a number: "a", "rechts", "zwart", "-03", "-IV"; 0 where nothing does."""
    words, start = tokens.words, tokens.spans[at][0]
    if words[at] in _PAINTED or words[at] in _FLOORS or words[at] in ("b", "c", "d"):
        return at + 1
    if words[at] == "a" and at + 1 == len(words):
        return at + 1
    hyphened = tokens.text[start - 1] == "-" and tokens.spans[at - 1][1] == start - 1
    return at + 1 if hyphened and (words[at].isdigit() or len(words[at]) <= _SHORT_ADDITION) else 0


def _unit_end(tokens: Tokens, at: int) -> int:
    """The word after "appartement 2.07", "app. 3", "3e bel"; 0 where no part of a house is told."""
    words = tokens.words
    if words[at] in UNITS:
        number = at + 1
        while number < len(words) and words[number] in (".", "nummer", "nr"):
            number += 1
        end = number_end(tokens, number)
        pointed = end and words[end : end + 1] == ["."] and end + 1 < len(words) and words[end + 1].isdigit()
        return end + 2 if pointed else end
    return at + 2 if words[at] in _WHICH and words[at + 1 : at + 2] == ["bel"] else 0
