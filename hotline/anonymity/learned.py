"""What the tagger claims, as runs of words: surely the reporter's, surely somebody else's, or for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tagger import CUES, Tag, load_model
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

SURE, _LEAD = 60, 40
"""A run of words is claimed for sure from this margin over nothing, and this lead over the other side."""

_BOLD, _STREET, _LOUD = 120, 250, 350
"""So much a word must be claimed where the sentence does not speak of the reporter: to be asked about, to be taken out."""

_LEAST = -280
"""Below this margin nothing is even looked at."""

_NAMES = frozenset(("RN", "TN", "RH", "TH"))
# Down to which margin a word is worth a person's look, by the first letter of its sort or those of its roles; "^" for an
# unknown or ambiguous word that begins with a capital inside a sentence.
_WORTH: dict[str, dict[str, int]] = {
    "N": {"F": -280, "S": -200, "A": -120, "u": -60, "f": -20, "s": 0, "^": -240},
    "H": {"u": -40, "A": -120, "F": -280, "S": -200},
    "A": {"D": -60, "L": -60, "N": -60, "A": -60},
    "W": {"J": -120, "E": -60, "u": -40},
    "C": {"T": -160, "u": -40, "L": -40},
    "B": {"D": -60, "N": -60},
    "R": {"R": -40},
}
# Where names are written with capitals, a word in small letters is one only when it is claimed this much.
_SMALL_LETTERS = 200
_CAPITAL_NOUN = 200
# Without one of these in the sentence a place is the nuisance's, and no address of the reporter's.
_HOME = word_set(
    "woon wonen woonde woonden gewoond woonachtig woen woene mij thuis huur live lived living rent wohne wohnen gewohnt wohnhaft mir habite"
    " habitons habitais vis loge chez moi logeer huisnummer hausnummer"
)
# Nor is anything the reporter's work or town in a sentence that does not speak of the reporter.
_SELF = word_set(
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
_HERALD = 4
_GATES = {"RA": _HOME, "RW": _SELF, "RB": _BORN, "RC": _SELF | _HOME}
MINE = word_set(
    "mijn mn mien miene mie onze us my our mein meine meinem meinen meiner unser unsere unserem mon ma mes notre nos"
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
STOPS = frozenset(".!?;\n")
_SHORT = 2
_ABBREVIATED = 4


@dataclass(slots=True)
class Run:
    """Words `first` to `last` as one label's, with its verdict and the best margin among them."""

    first: int
    last: int
    label: str
    verdict: Verdict
    margin: int
    needs_name: bool = False


def find_runs(tokens: Tokens, taken: Sequence[Span]) -> list[Run]:
    """What the tagger found outside `taken`; places are never names."""
    tags = [tag for tag in load_model().tag(tokens, _LEAST) if _may_be(tokens, tag, taken)]
    named = {tag.at for tag in tags if tag.label == "RN" and tag.margin > 0}
    runs = [
        run for part in _part([tag for tag in tags if _may_stand(tokens, tag, named)]) for run in _judge(tokens, part)
    ]
    return [kept for run in runs if (kept := _weigh(tokens, run, named))]


def _may_stand(tokens: Tokens, tag: Tag, named: set[int]) -> bool:
    return (
        tag.label not in _GATES
        or (tag.margin >= _BOLD and tag.label != "RB")
        or _fits_sentence(tokens, tag.label, tag.at, named)
    )


def _weigh(tokens: Tokens, run: Run, named: set[int]) -> Run | None:
    """A run whose sentence does not speak of the reporter stays for a person, and for sure only when claimed loudly."""
    if run.label not in _GATES or any(_fits_sentence(tokens, run.label, at, named) for at in (run.first, run.last)):
        run.needs_name = run.label == "RA" and not _is_home(tokens, run.first) and run.margin < _LOUD
        return run
    if run.label == "RA" and run.margin < _STREET and _is_at_street(tokens, run):
        return None
    if run.margin < _BOLD * (2 if run.label == "RW" else 1):
        return None
    return run if run.margin >= _LOUD else replace(run, verdict=Verdict.ASK)


def _is_at_street(tokens: Tokens, run: Run) -> bool:
    """Whether a run holds a street or goes on after one: without a word of living there it is the nuisance's."""
    return any(tokens.is_place[max(0, run.first - 2) : run.last + 2])


def _is_home(tokens: Tokens, at: int) -> bool:
    return _is_own_address(tokens.words, at) or stands_before(tokens.words, at, _HOME)


def _may_be(tokens: Tokens, tag: Tag, taken: Sequence[Span]) -> bool:
    sort = tokens.sorts[tag.at]
    if sort[0] == "H" or (tag.label in _NAMES and tokens.is_place[tag.at]):
        return False
    if tag.label[1] == "N" and (
        _is_thing(sort) or (sort == "uT" and tag.margin < 5 * SURE and tokens.words[tag.at].endswith(NO_NAMES))
    ):
        return False
    if tag.label[1] == "N" and sort == "uT" and tokens.has_capital_nouns and tag.margin < _CAPITAL_NOUN:
        return False
    if (
        tag.label[1] == "N"
        and sort[-1] == "l"
        and sort[0] not in "FA"
        and tokens.has_capital_names
        and tag.margin < _SMALL_LETTERS
    ):
        return False
    if tag.label[1] == "N" and tag.margin < _LOUD and _is_unheralded(tokens, tag.at):
        return False
    if tag.label == "RA" and _counts(tokens, tag.at):
        return False
    start, end = tokens.spans[tag.at]
    for one in taken:
        if one.start < end and start < one.end and (one.verdict is not Verdict.KEEP or tag.label not in ("RB", "RA")):
            return False
    return True


def _is_thing(sort: str) -> bool:
    """Whether a word is a brand, a drug or a country and no name."""
    return "B" in sort[:-1] and sort[0] in "wu"


def _counts(tokens: Tokens, at: int) -> bool:
    following = tokens.words[at + 1 : at + 2]
    return (
        tokens.sorts[at][0] in "DwA"
        and bool(following)
        and following[0] in _COUNTED
        and not {"D", "N"}.isdisjoint(tokens.sorts[at][:-1])
    )


def _is_unheralded(tokens: Tokens, at: int) -> bool:
    """Whether a word that is an everyday one too stands in small letters where nothing says that a name comes."""
    sort = tokens.sorts[at]
    if sort[0] not in "fsw" or sort[-1] not in "nl":
        return False
    beside = [tokens.sorts[one][0] for one in (at - 1, at + 1) if 0 <= one < len(tokens.sorts)]
    return CUES.isdisjoint(tokens.words[max(0, at - _HERALD) : at + 2]) and not {"F", "S"} & set(beside)


def _fits_sentence(tokens: Tokens, label: str, at: int, named: set[int]) -> bool:
    if label == "RW" and _WORKING.isdisjoint(tokens.words[max(0, at - _REACH) : at + 1]):
        return False
    if label == "RB" and not _is_age(tokens, at):
        return False
    if label == "RA" and _is_own_address(tokens.words, at):
        return True
    if stands_before(tokens.words, at, _GATES[label]):
        return True
    return label in ("RA", "RC", "RW") and not named.isdisjoint(range(at - 6, at))


def _is_age(tokens: Tokens, at: int) -> bool:
    """Whether a birth is spoken of in the sentence, or the reporter's "I am" stands just before."""
    near = tokens.words[max(0, at - _NEAR) : at]
    return not _AM.isdisjoint(near) or stands_before(tokens.words, at, _BIRTH)


def _is_own_address(words: Sequence[str], at: int) -> bool:
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


def _part(tags: Iterable[Tag]) -> Iterator[list[Tag]]:
    """Tags of one label in a row, those that claim apart from those that nearly do."""
    run: list[Tag] = []
    for tag in tags:
        before = run[-1] if run else tag
        if run and (tag.label != before.label or tag.at != before.at + 1 or (tag.margin >= 0) != (before.margin >= 0)):
            yield run
            run = []
        run.append(tag)
    if run:
        yield run


def _judge(tokens: Tokens, run: list[Tag]) -> Iterator[Run]:
    label, best = run[0].label, max(run, key=lambda tag: tag.margin)
    if label[1] in "AWCB" and all(tokens.words[tag.at] in LEADING for tag in run):
        return
    if label[1] == "H":
        label = "TH" if MINE.isdisjoint(tokens.words[max(0, run[0].at - 5) : run[0].at]) else "RH"
    if best.margin >= SURE and (best.lead >= _LEAD or label[1] == "H"):
        yield Run(run[0].at, run[-1].at, label, Verdict.REMOVE if label[0] == "R" else Verdict.SEAL, best.margin)
        return
    if len(tokens.words) <= _SHORT and all(tokens.sorts[tag.at][0] == "u" for tag in run):
        return  # an answer such as "timmerfabriek": nobody is asked for a name
    worth = [tag for tag in run if best.margin >= SURE or _is_worth(tokens, tag)]
    if worth:
        yield Run(worth[0].at, worth[-1].at, label, Verdict.ASK, best.margin)


def _is_worth(tokens: Tokens, tag: Tag) -> bool:
    """Whether a person should look at a word that the tagger does not claim for sure."""
    limits, sort = _WORTH[tag.label[1]], tokens.sorts[tag.at]
    if tag.label == "RR" and MINE.isdisjoint(tokens.words[max(0, tag.at - 2) : tag.at]):
        return False
    if sort[-1] in "TU" and sort[0] in "ufs" and tag.margin >= limits.get("^", 1) and not tokens.has_capital_nouns:
        return True
    return any(tag.margin >= limits[letter] for letter in sort[:-1] if letter in limits)


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
