"""What the tagger claims, as spans: surely the reporter's, surely somebody else's, or for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tagger import Tag, load_model
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

_KINDS = {
    "RN": "name", "RA": "address", "RW": "work", "RR": "relation", "RC": "city", "RB": "birthdate", "RH": "handle",
    "TN": "name", "TH": "handle",
}  # fmt: skip
_SURE, _LEAD = 60, 40
"""A run of words is claimed for sure from this margin over nothing, and this lead over the other side."""

_LEAST = -280
"""Below this margin nothing is even looked at."""

_NAMES = frozenset(("RN", "TN", "RH", "TH"))
# Down to which margin a word is worth a person's look, by the first letter of its sort or those of its roles; "^" adds to
# an unknown or ambiguous word that it begins with a capital inside a sentence.
_WORTH: dict[str, dict[str, int]] = {
    "N": {"F": -280, "S": -200, "A": -120, "u": -60, "f": -40, "s": -40, "^": -240},
    "H": {"u": -40, "A": -120, "F": -280, "S": -200},
    "A": {"D": -40, "L": -40, "N": -40, "A": -40},
    "W": {"J": -80, "E": -60, "u": -40},
    "C": {"T": -160, "u": -40, "L": -40},
    "B": {"D": -40, "N": -40},
    "R": {"R": -40},
}
# Without one of these in the sentence a place is the nuisance's, and no address of the reporter's.
_HOME = word_set(
    "woon wonen woonde woonden woonachtig woen woene mij ons us thuis huur adres huisnummer postcode bewoner live living stay staying rent"
    " home address wohne wohnen wohnhaft mir uns adresse hausnummer habite habitons vis loge chez moi nous on woning kamer flat huis room"
    " house wohnung zit"
)
# Nor is anything the reporter's work in a sentence that does not speak of the reporter.
_SELF = word_set(
    "ik ich iech i wij we veer ich wir je j nous on mijn my mein meine mon ma onze als as comme met mit with avec namens"
)
# Nor is a number an age or a date of birth without one of these.
_BORN = word_set(
    "geboren geboortedatum geboortejaar geboorte jarig verjaardag leeftijd born birth birthday dob age aged geburtsdatum geburtstag jahrgang"
    " alter ne nee naissance anniversaire age bouwjaar ben bin am m ai bis gebaore"
)
_GATES = {"RA": _HOME, "RW": _SELF, "RB": _BORN}
_MINE = word_set(
    "mijn mn mien miene mie onze us my our mein meine meinem meinen meiner unser unsere unserem mon ma mes notre nos"
)
# What goes with a work or a name that is taken out, and would tell nothing without it.
_WITH_WORK = word_set(
    "werk werken werkte wirk work working works arbeite arbeiten travaille bosse studeer study studiere etudie drive rij fahre"
)
_TRIMMED = frozenset(("RA", "RW", "RC", "RB"))
_LEADING = word_set(
    "op in aan de het een t 'n bij als voor van nummer nr at on the a an in as for of number no auf der die das dem den als bei im am an"
    " einer einem fur nummer au a la le l un une comme chez dans pour du des numero de en uit zelf bie veur es nommer nummero"
)
_TITLES = word_set(
    "mevrouw mevr meneer mijnheer dhr familie mr mrs ms miss dr frau herr madame monsieur mme mademoiselle"
)
_STOPS = frozenset(".!?;\n")
_CHUNK = re.compile(r"[\w.@-]*\w")


@dataclass(slots=True)
class _Run:
    """Words `first` to `last` as one label's, with its verdict and the best margin among them."""

    first: int
    last: int
    label: str
    verdict: Verdict
    margin: int


def find_learned(tokens: Tokens, taken: Sequence[Span]) -> list[Span]:
    """Spans of what the tagger found outside `taken`; places are never names."""
    tags = [tag for tag in load_model().tag(tokens, _LEAST) if _may_be(tokens, tag, taken)]
    runs = [run for part in _part(tags) for run in _judge(tokens, part)]
    runs = _settle(tokens, sorted([*runs, *_houses(tokens, taken)], key=lambda run: run.first))
    return [_span(tokens, run) for run in runs]


def _houses(tokens: Tokens, taken: Sequence[Span]) -> Iterator[_Run]:
    """The reporter's house numbers that a rule found, so that their street goes with them."""
    numbers = {one.start for one in taken if one.kind == "address" and one.verdict is Verdict.REMOVE}
    for at, (start, _) in enumerate(tokens.spans):
        if start in numbers:
            yield _Run(at, at, "RA", Verdict.REMOVE, _SURE)


def _may_be(tokens: Tokens, tag: Tag, taken: Sequence[Span]) -> bool:
    if tokens.symbols[tag.at][0] == "[" or (tag.label in _NAMES and tokens.is_place[tag.at]):
        return False
    start, end = tokens.spans[tag.at]
    for one in taken:
        if one.start < end and start < one.end and (one.verdict is not Verdict.KEEP or tag.label not in ("RB", "RA")):
            return False
    gate = _GATES.get(tag.label)
    return gate is None or _stands_before(tokens.words, tag.at, gate)


def _stands_before(words: Sequence[str], at: int, wanted: frozenset[str]) -> bool:
    """Whether one of these words stands before word `at`, or at it, in its sentence."""
    while True:
        if words[at] in wanted:
            return True
        at -= 1
        if at < 0 or words[at] in _STOPS:
            return False


def _part(tags: Iterable[Tag]) -> Iterator[list[Tag]]:
    """Tags of one label in a row, those that claim apart from those that nearly do."""
    run: list[Tag] = []
    for tag in tags:
        before = run[-1] if run else tag
        if run and not (
            tag.label == before.label and tag.at == before.at + 1 and (tag.margin >= 0) == (before.margin >= 0)
        ):
            yield run
            run = []
        run.append(tag)
    if run:
        yield run


def _judge(tokens: Tokens, run: list[Tag]) -> Iterator[_Run]:
    label, best = run[0].label, max(run, key=lambda tag: tag.margin)
    if label in _TRIMMED and all(tokens.words[tag.at] in _LEADING for tag in run):
        return
    if label[1] == "H":
        label = "TH" if _MINE.isdisjoint(tokens.words[max(0, run[0].at - 5) : run[0].at]) else "RH"
    if best.margin >= _SURE and (best.lead >= _LEAD or label[1] == "H"):
        yield _Run(run[0].at, run[-1].at, label, Verdict.REMOVE if label[0] == "R" else Verdict.SEAL, best.margin)
        return
    if len(tokens.words) <= 2 and all(tokens.sorts[tag.at][0] == "u" for tag in run):
        return  # an answer such as "timmerfabriek": nobody is asked for a name
    worth = [tag for tag in run if best.margin >= _SURE or _is_worth(tokens, tag)]
    if worth:
        yield _Run(worth[0].at, worth[-1].at, label, Verdict.ASK, best.margin)


def _is_worth(tokens: Tokens, tag: Tag) -> bool:
    """Whether a person should look at a word that the tagger does not claim for sure."""
    limits, sort = _WORTH[tag.label[1]], tokens.sorts[tag.at]
    if tag.label == "RR" and _MINE.isdisjoint(tokens.words[max(0, tag.at - 2) : tag.at]):
        return False
    if sort[-1] in "TU" and sort[0] in "ufs" and tag.margin >= limits.get("^", 1) and not tokens.has_capital_nouns:
        return True
    return any(tag.margin >= limits[letter] for letter in sort[:-1] if letter in limits)


def _settle(tokens: Tokens, runs: list[_Run]) -> list[_Run]:
    """Runs side by side become one; a name goes on to its last word; one name is one person's throughout."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and run.first == last.last + 1 and _goes_with(last, run):
            strong = max(last, run, key=lambda one: (one.verdict is not Verdict.ASK, one.margin))
            joined[-1] = replace(strong, first=last.first, last=run.last)
        else:
            joined.append(run)
    for at, run in enumerate(joined):
        if run.verdict is not Verdict.ASK:
            limit = joined[at + 1].first if at + 1 < len(joined) else len(tokens.words)
            floor = joined[at - 1].last if at else -1
            _widen(tokens, run, floor, limit)
        _trim(tokens, run)
        _add_street(tokens, run)
    own = {
        word for run in joined if run.label == "RN" and run.verdict is Verdict.REMOVE for word in _names_in(tokens, run)
    }
    theirs = {
        word for run in joined if run.label == "TN" and run.verdict is Verdict.SEAL for word in _names_in(tokens, run)
    }
    for run in joined:
        if run.label in ("RN", "TN") and not own.isdisjoint(_names_in(tokens, run)):
            run.label, run.verdict = "RN", Verdict.REMOVE
        elif run.label in ("RN", "TN") and run.verdict is Verdict.ASK and not theirs.isdisjoint(_names_in(tokens, run)):
            run.label, run.verdict = "TN", Verdict.SEAL
    return joined


def _trim(tokens: Tokens, run: _Run) -> None:
    """Leaves "op", "in de", "as a" standing before an address or a work."""
    while run.label in _TRIMMED and run.first < run.last and tokens.words[run.first] in _LEADING:
        run.first += 1


def _add_street(tokens: Tokens, run: _Run) -> None:
    """The street of a house whose number is surely the reporter's: before the number or after it."""
    if run.label != "RA" or run.verdict is Verdict.ASK:
        return
    at = run.first - 1
    while at >= 0 and run.first - at < 4 and (tokens.words[at] in _LEADING or tokens.words[at] == ","):
        at -= 1
    while at >= 0 and tokens.is_place[at]:
        run.first = at
        at -= 1
    while run.last + 1 < len(tokens.words) and tokens.is_place[run.last + 1] and tokens.words[run.last] not in _STOPS:
        run.last += 1


def _goes_with(one: _Run, two: _Run) -> bool:
    if one.label == two.label or (one.label[1] == "N" and two.label[1] == "N"):
        return True
    doubt = Verdict.ASK in (one.verdict, two.verdict)
    return doubt and {one.label, two.label} in (
        {"RA", "RB"},
        {"RN", "RC"},
        {"RA", "RC"},
        {"TN", "RC"},
        {"RN", "RW"},
        {"TN", "RW"},
    )


def _names_in(tokens: Tokens, run: _Run) -> list[str]:
    """The telling words of a run."""
    at = range(run.first, run.last + 1)
    return [tokens.words[one] for one in at if tokens.sorts[one][0] in "FfSsu" and len(tokens.words[one]) > 2]


def _widen(tokens: Tokens, run: _Run, floor: int, limit: int) -> None:
    """What belongs to a name or a work that is surely one: its title before it, the rest of the surname after it."""
    if run.label in ("RN", "TN"):
        if run.first - 1 > floor and tokens.words[run.first - 1] in _TITLES:
            run.first -= 1
        at = run.last + 1
        while (
            at < limit
            and "P" in tokens.sorts[at]
            and at - run.last < 4
            and tokens.words[at] not in ("en", "et", "in", "of", "op", "t", "de")
        ):
            at += 1
        if at < limit and not tokens.is_place[at] and _is_surname(tokens, at):
            run.last = at
    elif run.label == "RW" and run.first - 1 > floor and tokens.words[run.first - 1] in _WITH_WORK:
        run.first -= 1


def _is_surname(tokens: Tokens, at: int) -> bool:
    sort = tokens.sorts[at]
    return sort[0] in "FS" or (sort[-1] in "TU" and sort[0] in "sfu")


def _span(tokens: Tokens, run: _Run) -> Span:
    start, end = tokens.spans[run.first][0], tokens.spans[run.last][1]
    if run.label in ("RH", "TH") and (whole := _CHUNK.match(tokens.text, start)):
        end = max(end, whole.end())
    return Span(start, end, _KINDS[run.label], run.verdict)
