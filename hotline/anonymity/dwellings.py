"""The reporter's own home, by what is said of it: "mijn balkon op de tweede", "Merelpad 9, dat ben ik", "adres? Merelpad 9"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hotline.anonymity.callings import CLOSING
from hotline.anonymity.features import OF_ME
from hotline.anonymity.houses import ORDINALS, address_end, floor_end, is_postcode, number_end, skip_to_number
from hotline.anonymity.learned import SURE, Run
from hotline.anonymity.sentences import MINE
from hotline.anonymity.spans import Span, Verdict, overlaps
from hotline.anonymity.tokens import STOPS, Tokens, is_shortened
from hotline.anonymity.whose import lean
from hotline.understanding.folding import word_set

_HOME, _ANYWHERE = -100, 200
"""From which leaning on an address is the reporter's: in doubt it is, but not in a text that speaks of no reporter."""

_MY_HOME = word_set(
    "huis hoes flat appartement woning kamer box huisnummer studio etage plek place house room apartment door address adres adresse hausnummer"
    " wohnung haus zimmer tur deur maison appart chambre keuken balkon balcony balcon raam venster window fenster fenetre loggia serre"
    " dakterras terras terrace terrasse zolder attic bel bell klingel sonnette voordeur keukenraam badkamerraam slaapkamer slaapkamerraam bedroom"
    " kitchen kuche cuisine schuifpui erker portiek brievenbus letterbox briefkasten hausnr huisnr numero unit"
    " gordijn gordijnen zolderraam dakraam hoekraam zolderkamer garage benedenwoning bovenwoning woonkamer woonkamerraam schuur stoep huisje"
    " kamertje kelder kelderraam wohnzimmer wohnzimmerfenster schlafzimmer schlafzimmerfenster kuchenfenster keller garagentor jardin garten"
    " garden salon garagedeur deurbel leesstoel atelierwoning woonboot woonschip"
)
_LINKS = word_set(
    "is ist est s op in aan van on at in im am auf der dem den de het t the la le l a au aux dans nr nummer no number numero hausnummer huisnummer"
    " dat that das it its c ja yes oui eh uh uhm um euh also nee nein no die zelf hier here"
) | {",", ":", "("}
_ASKED = _LINKS | {"?", ">"}
_OWN = word_set("eigen own eigene eigenen propre nieuwe new neue neuen nouvelle")
_US = MINE | word_set("ons os oos oss")
_WHERE = word_set("postcode plz adres address adresse anschrift adr hausnr huisnr huisnummer hausnummer")
_YOURS = word_set("u uw your je jouw ihre deine votre ton mijn my meine mon")
_ARTICLES = word_set("het the die der das l la t")
_LIVE = word_set("woon woont wonen live wohne wohnst wohnen habite habitez")
_OF_OTHERS = word_set("van vaan of von vom du des overlast waar where wo ou dealer hun their zijn his leur hem")
_ME_AFTER = {
    ("dat", "ben", "ik"), ("da", "ben", "ik"), ("daar", "woon", "ik"), ("daar", "zit", "ik"), ("that", "is", "me"), ("that", "s", "me"),
    ("thats", "me"), ("das", "bin", "ich"), ("bin", "ich"), ("ben", "ik"), ("woon", "ik"), ("woon", "iech"), ("wohne", "ich"), ("c", "est", "moi"),
    ("c", "est", "chez"), ("i", "live"), ("is", "mijn"), ("is", "my"), ("ist", "meine"), ("ist", "mein"), ("where", "i", "live"),
    ("waar", "ik", "woon"),
    ("wo", "ich", "wohne"), ("est", "mon"), ("est", "ma"), ("zijn", "wij"), ("dat", "zijn", "wij"), ("is", "van", "ons"),
    ("is", "ons"), ("is", "onze"), ("is", "dus", "mijn"), ("ist", "meins"), ("is", "meins"), ("ist", "unser"), ("ist", "unsere"),
    ("sind", "wir"), ("is", "mine"), ("is", "ours"), ("is", "our"), ("zien", "veer"), ("est", "notre"), ("est", "nous"),
}  # fmt: skip
_HERE = frozenset(("hier", "here", "ici"))
_FIRST_AFTER = _HERE | {several[0] for several in _ME_AFTER}
_WAYS = word_set(
    "road rd lane street passage row yard path tower house court close walk avenue way hill square crescent terrace mews wharf steps alley"
)
_WAY_ENDS = tuple(
    word_set(
        "gang steeg gats gatske hoek poort schans plantsoen singel pad passage stiege stieg horst pfad kamp hof laan straat weg"
        " plein dreef gracht kade gasse strasse allee platz ring ufer wal markt dijk akker veld donk eind lane street road weeg straot"
    )
)
_SIGNING = CLOSING | word_set("bewoner bewoners bewoonster namens")
_SIGNED_LINKS = word_set("van vaan v d de den der uit oet aus from of du het t allen ons") | {",", "/", "\n"}
_FEWEST, _REACH, _GREETING, _LONGEST, _LONGEST_NAME = 6, 4, 5, 9, 9


def find_dwellings(tokens: Tokens, taken: Sequence[Span]) -> Iterator[Run]:
    """Addresses that the words before or after them make the reporter's home; where no rule says why, outside `taken`."""
    words, addresses = tokens.words, tuple(find_addresses(tokens))
    yield from _find_signed(tokens, addresses)
    yield from _find_told(tokens, addresses, taken)
    for at, word in enumerate(words):
        if word in _US and (home := _after_own(words, at)):
            yield from _told_at(tokens, home, rooms=True)
        elif (word in _WHERE or word in "?,") and _asks(tokens, at):
            yield from _told_at(tokens, at + 1, rooms=False)
        elif word in _FIRST_AFTER and _is_me(words, at):
            yield from _ending_at(tokens, at - (at > 0 and words[at - 1] in (",", ".")))


def _find_told(tokens: Tokens, addresses: Iterable[tuple[int, int]], taken: Sequence[Span]) -> Iterator[Run]:
    """Those outside `taken` that the whole sentence makes the reporter's home."""
    speaks = not OF_ME.isdisjoint(tokens.words)
    for first, end in addresses:
        if lean("home", tokens, first, end - 1) < (_HOME if speaks else _ANYWHERE):
            continue
        if not overlaps(tokens.spans[first][0], tokens.spans[end - 1][1], taken):
            yield Run(first, end - 1, "RA", Verdict.REMOVE, 0)


def _after_own(words: Sequence[str], at: int) -> int:
    """The word after "mijn balkon", "my own house", of which the first is word `at`; 0 where no home is told."""
    home = at + 1
    if words[home : home + 1] and words[home] in _OWN:
        home += 1
    return home + 1 if home < len(words) and words[home] in _MY_HOME else 0


def _ending_at(tokens: Tokens, end: int) -> Iterator[Run]:
    """The longest address that ends before word `end`."""
    for first in range(max(0, end - _LONGEST), end - 1):
        if find_address(tokens, first) == end:
            yield _run(first, end)
            return


def _find_signed(tokens: Tokens, addresses: Iterable[tuple[int, int]]) -> Iterator[Run]:
    """The address under a letter: after a closing word and a name, or after a name that is a sentence with it."""
    words, sorts = tokens.words, tokens.sorts
    for first, end in addresses:
        if end < len(words) and words[end] not in STOPS:
            continue
        at = first
        while at and first - at < _LONGEST_NAME and words[at - 1] not in _SIGNING and _is_of_name(words, sorts, at - 1):
            at -= 1
        signed = at and words[at - 1] in _SIGNING
        alone = at < first - 1 and words[first - 1] == "," and (at == 0 or words[at - 1] in STOPS)
        if signed or (alone and end >= len(words) - 1):
            yield _run(first, end)


def _is_of_name(words: Sequence[str], sorts: Sequence[str], at: int) -> bool:
    """Whether a word can stand between a closing word and an address: of a name, a comma, a point after an initial, "van de"."""
    if words[at] == ".":
        return at > 0 and len(words[at - 1]) == 1
    return sorts[at][-1] in "TU" or (sorts[at][-1] == "t" and sorts[at][0] in "FSu") or words[at] in _SIGNED_LINKS


def find_addresses(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Every address, whoever's: its first word and the word after it."""
    numbers = [at for at, sort in enumerate(tokens.sorts) if sort[0] in "DA" or "N" in sort[:-1]]
    at = 0
    for number in numbers:
        if "N" in tokens.sorts[number] and not _is_near_way(tokens, number):
            continue
        for first in range(max(at, number - _REACH), number + 1):
            end = find_address(tokens, first) or unknown_way_end(tokens, first)
            # "12 on the Market" is an amount as often as a house.
            if end and (first < number or tokens.is_place[first + 1]):
                yield first, end
                at = end
                break


def _is_near_way(tokens: Tokens, at: int) -> bool:
    """Whether something near word `at` can be a way or a place; far cheaper than looking for an address."""
    begin, end = max(0, at - _REACH), at + _REACH
    if any(tokens.is_place[begin:end]) or any(sort[0] == "u" for sort in tokens.sorts[begin:end]):
        return True
    words = tokens.words[begin:end]
    return not _WAYS.isdisjoint(words) or any(word.endswith(_WAY_ENDS) for word in words)


def unknown_way_end(tokens: Tokens, at: int) -> int:
    """The word after a number that follows a word which no list knows, as with streets of no usual name; 0 where none does."""
    if at >= len(tokens.words) or tokens.sorts[at][0] != "u" or len(tokens.words[at]) < _FEWEST:
        return 0
    number = number_end(tokens, at + 1)
    return address_end(tokens, number) if number else 0


def find_address(tokens: Tokens, at: int) -> int:
    """The word after a street with its number, a number with its street, or a postcode with one, that begins at `at`; 0 where none does."""
    words = tokens.words
    if at >= len(words) or tokens.sorts[at][0] in "MH":
        return 0
    if is_postcode(tokens, at):
        return number_end(tokens, at + 2)
    street = _street_end(tokens, at)
    if street:
        number = number_end(tokens, skip_to_number(tokens, street + is_shortened(words, street - 1)))
        return address_end(tokens, number) if number else 0
    number = number_end(tokens, at) if tokens.sorts[at][0] in "DA" or "N" in tokens.sorts[at][:-1] else 0
    if number:
        for end in range(number, min(len(words), number + 3)):
            if words[end] in _WAYS and end > number:
                return address_end(tokens, end + 1)
            if tokens.is_place[end] or (end == number and words[end].endswith(_WAY_ENDS) and len(words[end]) > _FEWEST):
                return address_end(tokens, end + 1)
    return 0


def _street_end(tokens: Tokens, at: int) -> int:
    words = tokens.words
    if tokens.is_place[at] and not (at and tokens.is_place[at - 1]):
        end = at
        while end < len(words) and tokens.is_place[end]:
            end += 1
        return end
    if tokens.sorts[at][0] in "uwS" and len(words[at]) > _FEWEST and words[at].endswith(_WAY_ENDS):
        return at + 1
    if _WAYS.isdisjoint(words[at + 1 : at + 4]):
        return 0
    for end in range(at + 1, min(len(words), at + 4)):
        if words[end] in _WAYS:
            return end + 1
        if tokens.sorts[end][0] in "MHD":
            break
    return 0


def _told_at(tokens: Tokens, begin: int, *, rooms: bool) -> Iterator[Run]:
    """The address at `begin`, after small words; with `rooms` a floor or a number alone too."""
    words = tokens.words
    for at in range(begin, min(len(words), begin + _REACH + 1)):
        end = find_address(tokens, at) or unknown_way_end(tokens, at)
        if not end:
            floor = floor_end(tokens, at)
            end = address_end(tokens, floor) if floor else 0
        if not end and (rooms or words[begin - 1] in _WHERE):
            number = number_end(tokens, at) if at > begin or not rooms else 0
            end = address_end(tokens, number) if number else (at + 1 if rooms and words[at] in ORDINALS else 0)
        if end:
            yield _run(at, end)
            return
        if words[at] not in _ASKED and not (words[at] == "." and words[begin - 1] in _WHERE):
            return


def _asks(tokens: Tokens, at: int) -> bool:
    """Whether "adres?", "adres:", "waar woon je?" is answered after word `at`."""
    words = tokens.words
    after = words[at + 1] if at + 1 < len(words) else ""
    if words[at] in _WHERE:
        told_of = at > 0 and words[at - 1] in _ARTICLES  # "het adres is" may be anybody's
        told = find_address(tokens, at + 1) or unknown_way_end(tokens, at + 1)
        if told and (at == 0 or words[at - 1] in STOPS or words[at - 1] in (",", "(")):
            return True
        others = at + 2 < len(words) and words[at + 2] in _OF_OTHERS
        return not others and (after == "?" or (after in (":", "is", "ist", "s", ",", "dat") and not told_of))
    if words[at] in ("?", ","):
        near = words[max(0, at - 4) : at]
        if words[at] == "?" and not _WHERE.isdisjoint(near) and not _YOURS.isdisjoint(words[max(0, at - 6) : at]):
            return True
        return not _LIVE.isdisjoint(near) and not {"waar", "where", "wo", "ou"}.isdisjoint(near)
    return False


def _is_me(words: list[str], at: int) -> bool:
    """Whether "dat ben ik" stands at word `at`, or "hier" after an address with which a text begins."""
    here = words[at] in _HERE and at <= _GREETING
    return here or any(tuple(words[at : at + size]) in _ME_AFTER for size in (2, 3))


def _run(first: int, end: int) -> Run:
    return Run(first, end - 1, "RA", Verdict.REMOVE, 5 * SURE)
