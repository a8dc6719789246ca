"""Streets that no list knows, by the ending of their name, with the number and the landmark that are told beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hotline.understanding.counting import ONE, read_number
from hotline.understanding.folding import word_set
from hotline.understanding.utterance import STOPS, Utterance

_NAMES_END_IN = (
    "straat straot straote straatje straten weg wegske hof plein laan kade singel brug dijk pad gracht dreef steeg"
    " baan park poort boulevard lane strasse strase plantsoen allee dries veld passage promenade"
)
_ENDINGS = tuple(_NAMES_END_IN.split())
_LAST_LETTERS = frozenset(ending[-3:] for ending in _ENDINGS)
_VERBS = ("slaan", "gaan")
# Words with such an ending that are no names.
_NO_STREETS = word_set(
    "onderweg halverwege snelweg autoweg landweg ringweg hoofdweg spoorweg zandweg fietspad voetpad bospad wandelpad"
    " zebrapad zandpad schoolplein speelplein parkeerplein kerkplein dorpsplein marktplein kerkhof gerechtshof"
    " ophaalbrug spoorbrug voetgangersbrug bahnhof friedhof schulhof autobahn umweg heimweg gehweg radweg fussweg"
    " fusweg parkweg vandaalweg hauptstrasse hauptstrase zijstraat winkelstraat woonstraat hoofdstraat achterstraat"
    " dwarsstraat sportpark speelpark vakantiepark wagenpark pretpark voetbalveld sportveld grasveld speelveld"
    " trapveld renbaan loopbaan startbaan schietbaan rijbaan ijsbaan kegelbaan sluipweg uitweg tegenweg voorweg omweg"
    " doorweg veelbelovend ontwikkeling verwaarloosd wandelpark skatepark binnenhof hierweg daarweg altijd geweld"
    " bedrijvenpark industriepark woonpark businesspark wagenveld slagveld werkveld mijnenveld airplane plane explane"
)
# Told as a word of its own ("Proefmolen straat"), these endings still make a name of the word before.
_APART = word_set("straat straot laan plein kade singel weg hof brug")
_BEFORE_APART = word_set("de het t ut der in op aan the la le d")
_NO_NAMES = word_set(
    "hele zelfde volgende drukke donkere andere mijn onze jouw uw hun deze die dezelfde eigen lange korte eerste tweede"
)
_TITLES = word_set(
    "prof professor burg burgemeester pres president past pastoor kap kapelaan min minister dr dokter mgr monseigneur"
    " sint st pater koning koningin prins prinses graaf hertog kardinaal bisschop deken kolonel generaal kapitein"
    " luitenant frans 1e 2e eerste tweede oude aw lange korte grote kleine hoge lage nieuwe"
)
_LINKS = word_set("van vd v d de den der ten ter")
_SPELLED_OUT = {
    "prof": "Professor", "burg": "Burgemeester", "pres": "President", "past": "Pastoor", "kap": "Kapelaan", "min": "Minister", "dr": "Dokter",
}  # fmt: skip
_NUMBER_WORDS = word_set("nummer nr no number num numero huisnummer hausnummer nummero n")
_AT = frozenset(("op", "at", "au"))
_SKIP = frozenset(("bij", "op", "at", "bei", "vooral", "au", "het", ",", "."))
_OWN = word_set("woon wonen mijn mij ik wij ons live my wohne mein habite mon ma")
_WITHIN = 7
# After a number that follows a street's name at once: these make it an amount or a floor, and not a house.
_AMOUNTS = word_set(
    "jongens jongen mannen man vrouwen mensen personen jongeren keer uur dagen weken maanden jaar minuten meter auto"
    " autos scooters dealers runners kinderen guys men people times boys kids hours days weeks cars manner leute"
    " manner jungs mal uhr tage wochen autos jeunes hommes personnes fois heures jours semaines voitures gens kerels"
    " meisjes zakjes vaten spuiten u h euro procent e"
)
_ADDITIONS = word_set("zwart rood bis hs rd zw a b c d e f g h i ii iii")
_WORDS_AS_ADDITION = word_set("zwart rood bis hs")
_NUMBER = re.compile(r"[1-9]\d{0,3}[a-z]?")
_BEFORE_DETAIL = word_set(
    "bij naast achter voor tegenover onder near behind opposite bei hinter neben vor unter gegenuber derriere devant"
    " bie tegen pres cote face"
)
_ARTICLES = word_set("de het t ut der die das dem den the la le les l un une du d a")
_DETAILS = word_set(
    "parkeergarage garage garageboxen station kiosk bushalte brug bankje school park supermarkt winkel kerk bioscoop"
    " speeltuin ingang parkeerplaats viaduct tunnel tankstation loods sporthal bibliotheek flat markt pinautomaat"
    " fietsenstalling water boot haven bridge shop supermarket church cinema playground entrance carpark tunnel"
    " library harbour parkhaus bahnhof brucke bushaltestelle kirche kino spielplatz supermarkt tankstelle eingang"
    " parking gare pont arret eglise cinema supermarche ecole parc port kiosque"
)


class Street(NamedTuple):
    """A street as it was told, words `start` up to `end`."""

    name: str
    number: str
    detail: str
    start: int
    end: int

    @property
    def told(self) -> str:
        """Name with number, or with the landmark beside it."""
        if self.number:
            return f"{self.name} {self.number}"
        return self.detail or self.name


def may_name_street(words: Sequence[str]) -> bool:
    """Whether any word ends as streets do: far cheaper than finding them."""
    return not _LAST_LETTERS.isdisjoint(word[-3:] for word in words)


def find_streets(utterance: Utterance) -> Iterator[Street]:
    """Every street in the text, listed or not."""
    words = utterance.words
    for at, word in enumerate(words):
        if (
            word[-3:] not in _LAST_LETTERS
            or not word.endswith(_ENDINGS)
            or word in _NO_STREETS
            or word.endswith(_VERBS)
        ):
            continue
        if len(word) > 5 and word not in _ENDINGS:
            start = _find_start(utterance, at)
        elif word in _APART and _is_name_apart(words, at):
            start = at - 1
        else:
            continue
        yield _read_street(utterance, start, at + 1)


def _is_name_apart(words: Sequence[str], at: int) -> bool:
    if at < 2:
        return at == 1 and len(words[0]) >= 5 and words[0] not in _NO_NAMES and not words[0].endswith("e")
    name = words[at - 1]
    return (
        len(name) >= 4
        and name.isalpha()
        and not name.endswith("e")
        and name not in _NO_NAMES
        and words[at - 2] in _BEFORE_APART
    )


def _find_start(utterance: Utterance, at: int) -> int:
    """The first word of the name: titles belong to it, and capitals or links after a title ("Pastoor van Oppenstraat")."""
    start = at
    while start > max(0, at - 4):
        back = start - 1
        if utterance.words[back] == "." and back and utterance.words[back - 1] in _TITLES:
            back -= 1  # "Pres. Rooseveltlaan"
        if not _belongs(utterance, back):
            break
        start = back
    return start


def _belongs(utterance: Utterance, at: int) -> bool:
    word, before = utterance.words[at], utterance.words[at - 1] if at else ""
    if word in _TITLES or (word == "van" and utterance.has_capital(at)):
        return True
    return before in _TITLES and word not in STOPS and (word in _LINKS or utterance.has_capital(at))


def _read_street(utterance: Utterance, start: int, end: int) -> Street:
    words = utterance.words
    name = utterance.told(start, end)
    _, _, rest = name.partition(" ")
    if words[start] in _SPELLED_OUT and rest:
        name = f"{_SPELLED_OUT[words[start]]} {rest.lstrip('. ')}"
    name = name[0].upper() + name[1:]
    number = _read_house(utterance, end) or _read_house_before(words, start)
    if number:
        return Street(name, number, "", start, end)
    before, after = _find_detail(words, start, end)
    if before < start:
        return Street(name, "", utterance.told(before, end), before, end)
    detail = f"{name} {utterance.told(end + (words[end] in STOPS), after)}" if after > end else ""
    return Street(name, "", detail, start, end)


def _read_house(utterance: Utterance, end: int) -> str | None:
    """The number after a street: at once ("straat 8", "straat acht"), or within a few words after "nummer"."""
    words = utterance.words
    at = end
    while at < min(len(words), end + _WITHIN) and words[at] not in _OWN:
        marked = at > end and words[at - 1] in _NUMBER_WORDS
        close = all(word in _SKIP or word in _NUMBER_WORDS for word in words[end:at]) and words[end:at] != ["."]
        if marked or (close and "op" not in words[end:at]):
            found = _read_number_at(utterance, at, marked=marked)
            if found:
                return found
        at += 1
    return None


def _read_number_at(utterance: Utterance, at: int, *, marked: bool) -> str | None:
    words = utterance.words
    word = words[at]
    if _NUMBER.fullmatch(word):
        number, after = word, at + 1
    else:
        said = read_number(words, at)
        if said is None or (not marked and word in ONE):
            return None
        number, after = str(said[0]), said[1]
    following = words[after] if after < len(words) else "."
    if not marked and following in _AMOUNTS:
        return None
    return _add(utterance, number, after)


def _add(utterance: Utterance, number: str, after: int) -> str:
    """The house number with its addition: `14 zwart`, `12-b`, `12 bis`; a letter alone only where nothing else follows."""
    words = utterance.words
    if after >= len(words) or words[after] not in _ADDITIONS or not number[-1].isdigit():
        return number
    between = utterance.text[utterance.spans[after - 1][1] : utterance.spans[after][0]]
    last = after + 1 >= len(words) or words[after + 1] in STOPS
    if between == "-" or words[after] in _WORDS_AS_ADDITION or last:
        return f"{number}{'-' if between == '-' else ' '}{utterance.told(after, after + 1)}"
    return number


def _read_house_before(words: Sequence[str], start: int) -> str | None:
    """`nummer 14 in de Proefmolenstraat`, `8 Testkapelstraat`."""
    at = start
    while at > 0 and (words[at - 1] in _ARTICLES or words[at - 1] in ("in", "van", "op", "aan", "on", "of", "der")):
        at -= 1
    for back in (1, 2, 3):
        if at - back < 0:
            break
        marked = at - back > 0 and (
            words[at - back - 1] in _NUMBER_WORDS or (at < start and words[at - back - 1] in _AT)
        )
        number = read_number(words, at - back)
        if (
            number
            and number[1] == at
            and words[at - back] not in ONE
            and (marked or (at == start and words[at - 1].isdigit()))
        ):
            return str(number[0])
    return None


def _find_detail(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Where a landmark beside the street begins or ends: `bij de parkeergarage Boschstraat`, `Boschstraat, près du cinéma`."""
    at = end + (end < len(words) and words[end] == ",")
    if at < len(words) and words[at] in _BEFORE_DETAIL:
        for last in range(at + 1, min(len(words), at + 4)):
            if words[last] in _DETAILS:
                return start, last + 1
            if words[last] not in _ARTICLES:
                break
    if start >= 2 and words[start - 1] in _DETAILS:
        for first in range(start - 2, max(-1, start - 5), -1):
            if words[first] in _BEFORE_DETAIL:
                return first, end
            if words[first] not in _ARTICLES:
                break
    return start, end
