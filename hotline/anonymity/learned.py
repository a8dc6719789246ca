"""What the tagger claims, as runs of words: surely the reporter's, surely somebody else's, or for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tagger import Tag, load_model
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

SURE, _LEAD = 60, 40
"""A run of words is claimed for sure from this margin over nothing, and this lead over the other side."""

_LEAST = -280
"""Below this margin nothing is even looked at."""

_NAMES = frozenset(("RN", "TN", "RH", "TH"))
# Down to which margin a word is worth a person's look, by the first letter of its sort or those of its roles; "^" for an
# unknown or ambiguous word that begins with a capital inside a sentence.
_WORTH: dict[str, dict[str, int]] = {
    "N": {"F": -280, "S": -200, "A": -120, "u": -60, "f": -40, "s": -40, "^": -240},
    "H": {"u": -40, "A": -120, "F": -280, "S": -200},
    "A": {"D": -60, "L": -60, "N": -60, "A": -60},
    "W": {"J": -120, "E": -60, "u": -40},
    "C": {"T": -160, "u": -40, "L": -40},
    "B": {"D": -60, "N": -60},
    "R": {"R": -40},
}
# Where names are written with capitals, a word in small letters is one only when it is claimed this much.
_SMALL_LETTERS = 200
# Without one of these in the sentence a place is the nuisance's, and no address of the reporter's.
_HOME = word_set(
    "woon wonen woonde woonden gewoond woonachtig woen woene mij ons us thuis huur adres huisnummer postcode bewoner live lived living"
    " stay staying rent home address wohne wohnen gewohnt wohnhaft mir uns adresse hausnummer habite habitons habité vis loge chez moi"
    " nous on woning kamer flat huis room house wohnung zit logeer"
)
# Nor is anything the reporter's work or town in a sentence that does not speak of the reporter.
_SELF = word_set(
    "ik ich iech i wij we veer wir je j nous on mijn my mein meine mon ma onze unser als as comme met mit with avec namens its cest c"
)
# Nor is a number an age or a date of birth without one of these.
_BORN = word_set(
    "geboren geboortedatum geboortejaar geboorte jarig verjaardag leeftijd born birth birthday dob age aged geburtsdatum geburtstag jahrgang"
    " alter ne nee naissance anniversaire bouwjaar ben bin am m ai bis gebaore word als as a"
)
_GATES = {"RA": _HOME, "RW": _SELF, "RB": _BORN, "RC": _SELF | _HOME}
MINE = word_set("mijn mn mien miene mie onze us my our mein meine meinem meinen meiner unser unsere unserem mon ma mes notre nos")
STOPS = frozenset(".!?;\n")
_SHORT = 2


@dataclass(slots=True)
class Run:
    """Words `first` to `last` as one label's, with its verdict and the best margin among them."""

    first: int
    last: int
    label: str
    verdict: Verdict
    margin: int


def find_runs(tokens: Tokens, taken: Sequence[Span]) -> list[Run]:
    """What the tagger found outside `taken`; places are never names."""
    tags = [tag for tag in load_model().tag(tokens, _LEAST) if _may_be(tokens, tag, taken)]
    named = {tag.at for tag in tags if tag.label == "RN" and tag.margin > 0}
    tags = [tag for tag in tags if _fits_sentence(tokens, tag, named)]
    return [run for part in _part(tags) for run in _judge(tokens, part)]


def _may_be(tokens: Tokens, tag: Tag, taken: Sequence[Span]) -> bool:
    sort = tokens.sorts[tag.at]
    if sort[0] == "H" or (tag.label in _NAMES and tokens.is_place[tag.at]):
        return False
    if tag.label[1] == "N" and sort[-1] == "l" and sort[0] not in "FA" and tokens.has_capital_names and tag.margin < _SMALL_LETTERS:
        return False
    start, end = tokens.spans[tag.at]
    for one in taken:
        if one.start < end and start < one.end and (one.verdict is not Verdict.KEEP or tag.label not in ("RB", "RA")):
            return False
    return True


def _fits_sentence(tokens: Tokens, tag: Tag, named: set[int]) -> bool:
    gate = _GATES.get(tag.label)
    if gate is None or stands_before(tokens.words, tag.at, gate):
        return True
    return tag.label in ("RA", "RC", "RW") and not named.isdisjoint(range(tag.at - 9, tag.at))


def stands_before(words: Sequence[str], at: int, wanted: frozenset[str]) -> bool:
    """Whether one of these words stands before word `at`, or at it, in its sentence."""
    while True:
        if words[at] in wanted:
            return True
        at -= 1
        if at < 0 or words[at] in STOPS:
            return False


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
