"""Of whom a sentence speaks: the words around a word that make it the reporter's home, work, age, or none of these."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.anonymity.tokens import STOPS, Tokens
from hotline.understanding.folding import word_set

# Without one of these in the sentence a place is the nuisance's, and no address of the reporter's.
_HOME = word_set(
    "woon wonen woonde woonden gewoond woonachtig woen woene mij thuis huur live lived living rent wohne wohnen gewohnt wohnhaft mir habite"
    " habitons habitais vis loge chez moi logeer huisnummer hausnummer"
)
# Nor is anything the reporter's work or town in a sentence that does not speak of the reporter.
SELF = word_set(
    "ik ich iech i wij we veer wir je j nous on mijn my mein meine mon ma onze unser als as comme met mit with avec namens its cest c"
)
# Nor is a number an age or a date of birth without one of these.
_BORN = word_set(
    "geb geboren geboortedatum geboortejaar geboorte jarig verjaardag leeftijd born birth birthday dob age aged geburtsdatum geburtstag jahrgang"
    " alter ne nee naissance anniversaire bouwjaar ben bin am m ai bis gebaore word als as a"
)
# A work is told at most so many words after one of these.
_WORKING = word_set(
    "werk werken werkte wirk work working works worked arbeite arbeiten arbeitete travaille travaillais bosse ben bin was war am m suis etais"
    " been be als as comme que studeer study studiere etudie eigenaar owner inhaber proprietaire run own fuhre tiens bezorg deliver rij drive"
    " fahre poets clean putze nettoie menage stage ausbildung namens behalf auftrag baas boss chef collega collegas s colleagues kollegen"
    " collegues supervisor beroep beruf metier job geef teach doe sta zit loop maak volunteer winkel heb have habe board vorstand bestuur lid"
    " van from of aus de vom its zaak praktijk bedrijf personeel medewerker es"
)
_REACH = 6
_ADDRESS = word_set("adres address adresse anschrift")
_BIRTH = _BORN - word_set("ben bin am m ai bis word als as a")
_AM = word_set("ben bin am m word bis ai")
_NEAR = 4
GATES = {"RA": _HOME, "RW": SELF, "RB": _BORN, "RC": SELF | _HOME}
MINE = word_set(
    "mijn mn mien miene mie onze us my our mein meine meinem meinen meiner unser unsere unserem mon ma mes notre nos"
)
WITH_US = frozenset(
    (
        ("bij", "ons"),
        ("bij", "mij"),
        ("bie", "us"),
        ("bie", "miech"),
        ("bei", "uns"),
        ("bei", "mir"),
        ("chez", "nous"),
        ("chez", "moi"),
    )
)
MONTHS = word_set(
    "januari februari maart april mei juni juli augustus september oktober november december january february march may june july august"
    " october januar februar marz juni juli dezember janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
    " of the th st nd rd van le am den vom"
)
# After a number: then it is an amount or a date, and no house.
_COUNTED = MONTHS | word_set(
    "jaar jaren maand maanden week weken dag dagen uur minuten meter keer mensen jongens mannen man personen years months weeks days hours"
    " minutes people guys men times jahre jahren monate wochen tage uhr mal leute manner jungs ans mois semaines jours heures fois personnes euro"
    " euros gram gramm grammes kilo procent prozent percent scooters auto autos cars voitures dealers klanten customers kunden clients"
)
_ABBREVIATED = 4
LEADING = word_set(
    "op in aan de het een t 'n bij als voor van nummer nr at on the a an in as for of number no auf der die das dem den als bei im am an"
    " einer einem fur nummer au a la le l un une comme chez dans pour du des numero de en uit zelf bie veur es nommer nummero"
)
"""Small words that stand before an address or a work and tell nothing."""
# Capitals that begin the name of a place or of a thing, by how it ends.
NO_NAMES = tuple(
    word_set(
        "wijk buurt kwartier markt hal toren flat winkel shop huis zaal centrum school club bad sluis haven poort veld berg dorp kerk kapel hof "
        "gaard bus lijn straat weg laan plein brug park brucke strasse platz haus halle garten viertel isch ische ischer aans aanse ais aise ien "
        "ienne street road square bridge house hall court market"
    )
)


def is_home(tokens: Tokens, at: int) -> bool:
    """Whether the sentence speaks of the reporter's living somewhere, before word `at`."""
    return is_own_address(tokens.words, at) or stands_before(tokens.words, at, _HOME)


def counts(tokens: Tokens, at: int) -> bool:
    """Whether word `at` is a number of something, or of a date, and no house's."""
    following = tokens.words[at + 1 : at + 2]
    return (
        tokens.sorts[at][0] in "DwA"
        and bool(following)
        and following[0] in _COUNTED
        and not {"D", "N"}.isdisjoint(tokens.sorts[at][:-1])
    )


def fits_sentence(tokens: Tokens, label: str, at: int, named: set[int]) -> bool:
    """Whether the sentence lets word `at` be a `label`; `named` are the words of the reporter's name."""
    if label == "RW" and _WORKING.isdisjoint(tokens.words[max(0, at - _REACH) : at + 1]):
        return False
    if label == "RB" and not _is_age(tokens, at):
        return False
    if label == "RA" and is_own_address(tokens.words, at):
        return True
    if stands_before(tokens.words, at, GATES[label]):
        return True
    return label in ("RA", "RC", "RW") and not named.isdisjoint(range(at - 6, at))


def _is_age(tokens: Tokens, at: int) -> bool:
    """Whether a birth is spoken of in the sentence, or the reporter's "I am" stands just before."""
    near = tokens.words[max(0, at - _NEAR) : at]
    return not _AM.isdisjoint(near) or stands_before(tokens.words, at, _BIRTH)


def is_own_address(words: Sequence[str], at: int) -> bool:
    """Whether "my address" or "address:" stands before word `at`, and not "the address"."""
    for back in range(max(1, at - 8), at):
        if words[back] in _ADDRESS and (words[back - 1] in MINE or words[back + 1] == ":"):
            return True
    return at > 1 and words[0] in _ADDRESS and words[1] == ":"


def stands_before(words: Sequence[str], at: int, wanted: frozenset[str]) -> bool:
    """Whether one of these words stands before word `at`, or at it, in its sentence."""
    while True:
        if words[at] in wanted:
            return True
        at -= 1
        if at < 0 or is_stop(words, at):
            return False


def is_stop(words: Sequence[str], at: int) -> bool:
    """Whether a sentence ends at word `at`; a point after an abbreviation ("geb.", "mr.") or a number ends none."""
    return words[at] in STOPS and not (
        words[at] == "." and at > 0 and (len(words[at - 1]) < _ABBREVIATED or words[at - 1].isdigit())
    )
