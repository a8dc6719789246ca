"""Where a text says that it happens: the place as the report should name it, its neighbourhood, and whether that is sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hotline.understanding.folding import word_set
from hotline.understanding.phrases import Hits, Table
from hotline.understanding.places import Found, Gazetteer, Place
from hotline.understanding.streets import Street, find_streets
from hotline.understanding.utterance import STOPS, Utterance

# Where the reporter is at home. After "ik woon" nothing is a place of the report; after "bij ons" no street is.
WORDS: Table = {
    "own": {
        "home": {
            "nl": "ik woon, wij wonen, we wonen, woon ik, wonen wij, wonen we, mijn huis, ons huis, mijn adres,"
            " ons adres, mijn flat, mijn woning, mijn appartement, ich woen, ik ben woonachtig, waar ik woon,"
            " mijn voordeur, mijn deur, bij mij thuis, bij mij, bie miech",
            "en": "i live, we live, my house, our house, my address, my flat, my apartment, my place, our place,"
            " my home, my door, at mine",
            "de": "ich wohne, wir wohnen, wohne ich, mein Haus, unser Haus, meine Adresse, meine Wohnung,"
            " meiner Wohnung, meinem Haus, bei mir",
            "fr": "j'habite, nous habitons, on habite, ma maison, notre maison, mon adresse, mon appartement, chez moi",
        },
        "ours": {
            "nl": "bij ons, mijn straat, onze straat, bie us, onze flat, ons portiek, ons gebouw, mijn portiek, mijn gebouw",
            "en": "my street, our street, my building, our building",
            "de": "bei uns, meine Straße, unsere Straße, meiner Straße, unserer Straße",
            "fr": "chez nous, ma rue, notre rue, notre immeuble, mon immeuble",
        },
        "": {
            "nl": "bij mij in de buurt, bij ons in de buurt, bij mij in de wijk, bij ons in de wijk, niet bij mij, niet bij ons",
            "en": "not my house, not my street",
            "de": "bei mir in der Nähe, bei uns in der Nähe, nicht bei mir",
            "fr": "pas chez moi",
        },
    }
}
_REACH = 10
_I = frozenset(("ik", "wij", "we", "ich"))
_IS = frozenset(("is", "s", "ist", "est", "staat", "steht", "was"))
_BUT = word_set("maar but aber mais daar dort")
_BEFORE_PLACE = word_set(
    "in op aan bij langs onder achter voor naast tegenover rond nabij hoek buurt wijk over door te rondom richting"
    " tussen omgeving om bie aon oppe near on at by behind opposite along around under beside between close next to"
    " outside across im am an auf bei vor hinter neben unter dans sur devant derriere pres rue place vers sous cote au"
    " aux a"
)
_AWAY = word_set("uit vanuit naar richting from towards aus nach vers provenance")
_BACK = 3
_ENTRANCE = word_set(
    "cafe bar kroeg restaurant hotel winkel supermarkt coffeeshop eetcafe snackbar cafetaria club kapper"
)
_SMALL = word_set("de het t the la le les l die der das d")


class _Spot(NamedTuple):
    """A place in the text; the lower its rank, the better it says where. `clear`: told as the place where it is."""

    rank: tuple[bool, int, int]
    told: str
    place: Place | None
    clear: bool


def find_location(utterance: Utterance, hits: Hits, gazetteer: Gazetteer, language: str) -> dict[str, str]:
    """`place`, `neighbourhood`, `outside` and `unsure_place`, as far as they are told; never the reporter's own address."""
    home, ours = _own_words(utterance.words, hits)
    known = [one for one in gazetteer.find_places(utterance) if one.start not in home]
    streets = [one for one in find_streets(utterance) if one.start not in home and one.start not in ours]
    told = _rank(utterance, known, streets, named=language != "de")
    spots = sorted((spot for spot in told if spot.clear or utterance.is_short), key=lambda spot: spot.rank)
    if not spots:
        return {}
    best = spots[0]
    found = {"place": best.told}
    if best.place is not None and best.place.kind == "outside":
        return found | {"outside": "yes"}
    said = next(
        (spot.place.name for spot in spots if spot.place and spot.place.kind == "neighbourhood" and not spot.rank[0]),
        None,
    )
    own = best.place.neighbourhood if best.place else None
    if own or said:
        found["neighbourhood"] = own or said or ""
    elif best.place is not None and best.place.several:
        found["unsure_place"] = "yes"
    return found


def _rank(utterance: Utterance, known: Sequence[Found], streets: Sequence[Street], *, named: bool) -> Iterator[_Spot]:
    by_word = {one.start: one for one in known}
    covered: set[int] = set()
    for street in streets:
        one = next((by_word[at] for at in range(street.start, street.end) if at in by_word), None)
        if one is not None and one.end >= street.end:
            covered.add(one.start)
            street = street._replace(name=one.place.name, detail=_rename(street, one.place))
            if one.place.kind != "street" and not street.number:
                street = street._replace(detail="")
            yield _weigh(utterance, street.start, 0 if street.number else 1, street.told, one.place)
        elif one is None or one.place.kind == "neighbourhood":
            yield _weigh(utterance, street.start, 0 if street.number else 1, street.told, None)
    for one in known:
        if one.start not in covered:
            rank = {"street": 1, "landmark": 1, "outside": 2, "neighbourhood": 4}[one.place.kind]
            yield _weigh(utterance, one.start, 3 if one.place.vague else rank, one.place.name, one.place)
    if named:  # German writes every noun with a capital
        yield from _find_named(utterance)


def _weigh(utterance: Utterance, at: int, rank: int, told: str, place: Place | None) -> _Spot:
    before = utterance.words[max(0, at - _BACK) : at]
    away = not _AWAY.isdisjoint(before[-2:])
    begins = not before or before[-1] in STOPS
    clear = not away and (rank == 0 or begins or not _BEFORE_PLACE.isdisjoint(before))
    return _Spot((away, rank, at), told, place, clear)


def _rename(street: Street, place: Place) -> str:
    """The detail with the name that the list has, where the street was told in another spelling."""
    if not street.detail:
        return ""
    name = street.name
    for told in (name, name[0].lower() + name[1:]):
        if told in street.detail:
            return street.detail.replace(told, place.name, 1)
    return street.detail


def _find_named(utterance: Utterance) -> Iterator[_Spot]:
    """`café De Fictie`: a business with the capitals that follow its kind."""
    words = utterance.words
    for at, word in enumerate(words):
        if word not in _ENTRANCE:
            continue
        end = at + 1
        while end < len(words) and end <= at + 3 and (words[end] in _SMALL or utterance.has_capital(end)):
            end += 1
        while end > at + 1 and not utterance.has_capital(end - 1):
            end -= 1
        if end > at + 1:
            yield _weigh(utterance, at, 1, utterance.told(at, end), None)


def _own_words(words: Sequence[str], hits: Hits) -> tuple[set[int], set[int]]:
    """The words that tell of the reporter's own house, and those that tell of their own street."""
    marked: dict[str, set[int]] = {"home": set(), "ours": set()}
    for hit in hits.get("own", ()):
        if not hit.value:
            continue
        end, stops = hit.end, ".!" if hit.value == "home" else ".!,"
        end += end < len(words) and words[end] == ","
        while end < len(words) and end < hit.end + _REACH and words[end] not in stops and words[end] not in _BUT:
            end += 1
        start = hit.start
        # "op Testkapelstraat 17 woon ik", "Testkapelstraat 17, dat is mijn huis": the address stands before it.
        turned, called = words[hit.end - 1] in _I, start > 0 and words[start - 1] in _IS
        while (turned or called) and start and words[start - 1] not in (".!" if called else ".,!"):
            start -= 1
        marked[hit.value].update(range(start, end))
    return marked["home"], marked["ours"]
