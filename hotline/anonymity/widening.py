"""What goes with a run of words that is surely claimed: the rest of a name, of a date, an address, a trade."""

from __future__ import annotations

from hotline.anonymity.callings import TITLES
from hotline.anonymity.learned import Run
from hotline.anonymity.sentences import LEADING, MONTHS
from hotline.anonymity.spans import Verdict
from hotline.anonymity.tokens import Tokens
from hotline.anonymity.works import employer_end, tail_end
from hotline.understanding.folding import word_set

_WITH_WORK = word_set(
    "werk werken werkte wirk work working works arbeite arbeiten travaille bosse studeer study studiere etudie drive rij fahre putze poets"
)
_NO_PARTICLE = word_set("en et in of op t de und and")
_LINK_WORK = word_set("bij in op van aan at for of in bei im am an der chez a au pour de du dans vom von voor")
_HOUSE = frozenset("DN")
# Whose clause it is: what stands between one of these and the work belongs to it ("ik sta achter de toog bij …").
_I = word_set("ik ich iech i je j wij we veer wir nous als as comme")
_CLAUSE = 6
_BEFORE_PART = word_set("de het een t der die das the la le l in op aan im an au van vaan")
_PARTS = word_set(
    "deur door tur porte kamer room zimmer chambre unit appartement apartment wohnung etage verdieping floor stock hoog bel knop kant zijde side"
    " links rechts left right gauche droite boven beneden achter voor bus ligplaats standplaats ingang entree trap escalier blok gebouw flat app apt"
    " parterre begane grond rechtsaf bovenste onderste achterste voorste tweede derde vierde vijfde eerste middelste zwart rood bis nr nummer"
)


def widen(tokens: Tokens, run: Run, floor: int, limit: int) -> None:
    """Let a run grow, in place, to no further than after word `floor` and before word `limit`."""
    act = _WIDEN.get(run.label)
    if act is not None:
        act(tokens, run, floor, limit)


def _widen_name(tokens: Tokens, run: Run, floor: int, limit: int) -> None:
    """Title and initials before a name, the rest of the surname after it."""
    words = tokens.words
    while run.first - 1 > floor:
        if words[run.first - 1] in TITLES or (
            len(words[run.first - 1]) == 1
            and words[run.first - 1].isalpha()
            and tokens.sorts[run.first - 1][-1] in "tTUn"
        ):
            run.first -= 1
        elif (
            run.first - 2 > floor
            and words[run.first - 1] == "."
            and len(words[run.first - 2]) == 1
            and words[run.first - 2].isalpha()
        ):
            run.first -= 2
        else:
            break
    while True:
        at = run.last + 1
        while (
            at < limit
            and at - run.last < 5
            and (("P" in tokens.sorts[at] and words[at] not in _NO_PARTICLE) or _is_initial(tokens, at))
        ):
            at += 1
        after_particle = at > run.last + 1 and "P" in tokens.sorts[at - 1]
        if at >= limit or tokens.is_place[at] or not _is_surname(tokens, at, after_particle=after_particle):
            break
        run.last = at


def _is_letter(tokens: Tokens, at: int) -> bool:
    return len(tokens.words[at]) == 1 and tokens.words[at].isalpha() and tokens.sorts[at][-1] in "nl"


def _is_initial(tokens: Tokens, at: int) -> bool:
    before = tokens.words[at - 1]
    return (len(tokens.words[at]) == 1 and tokens.sorts[at][-1] in "TU") or (
        tokens.words[at] == "." and len(before) == 1 and before.isalpha()
    )


def _is_surname(tokens: Tokens, at: int, *, after_particle: bool) -> bool:
    """Whether a name goes on here; "de Boer" and "van den Berg" are everyday words with a capital."""
    sort = tokens.sorts[at]
    return sort[0] in "FS" or (sort[-1] in "TU" and sort[0] in ("sfuw" if after_particle else "sfu"))


def _widen_work(tokens: Tokens, run: Run, floor: int, limit: int) -> None:
    """The verb before a work; the employer after a trade: "bij het MUMC", "in Heer", "of the school"."""
    if run.first - 1 > floor and tokens.words[run.first - 1] in _WITH_WORK:
        run.first -= 1
    while run.last > run.first and tokens.words[run.last] in LEADING:
        run.last -= 1
    if (
        tokens.words[run.last + 1 : run.last + 2]
        and tokens.words[run.last + 1] in _LINK_WORK
        and _is_trade(tokens, run.last)
    ):
        run.last = max(run.last, min(employer_end(tokens, run.last + 2), limit - 1))
    elif tokens.text[tokens.spans[run.last][1] :].lstrip().startswith("&") and run.last + 1 < limit:
        run.last += 1  # "Klinkers & Zoon"
    run.last = max(run.last, min(tail_end(tokens, run.last), limit - 1))
    if run.verdict is Verdict.REMOVE:
        _begin_clause(tokens, run, floor)


def _begin_clause(tokens: Tokens, run: Run, floor: int) -> None:
    """Back to the "ik" or "als" of the clause: what is done there is part of the work ("doe de bar op de roeivereniging")."""
    for at in range(run.first - 1, max(floor, run.first - 1 - _CLAUSE), -1):
        if tokens.sorts[at][0] == "M":
            return
        if tokens.words[at] in _I:
            run.first = at + 1
            return


def _is_trade(tokens: Tokens, at: int) -> bool:
    return "J" in tokens.sorts[at][:-1]


def _widen_birth(tokens: Tokens, run: Run, floor: int, limit: int) -> None:
    """The other parts of a date that are told beside it."""
    while run.first - 1 > floor and (
        _is_date(tokens, run.first - 1) or (_is_dot(tokens, run.first - 1) and _is_date(tokens, run.first - 2))
    ):
        run.first -= 1
    while run.last + 1 < limit and (
        _is_date(tokens, run.last + 1)
        or (run.last + 2 < limit and _is_dot(tokens, run.last + 1) and tokens.words[run.last + 2].isdigit())
    ):
        run.last += 1


def _is_dot(tokens: Tokens, at: int) -> bool:
    return tokens.words[at] in (".", "/") and at > 0 and tokens.words[at - 1].isdigit()


def _is_date(tokens: Tokens, at: int) -> bool:
    return tokens.words[at] in MONTHS or not {"D", "N"}.isdisjoint(tokens.sorts[at][:-1]) or tokens.sorts[at][0] == "A"


def _widen_address(tokens: Tokens, run: Run, floor: int, limit: int) -> None:
    """The street of a house number, before it or after it; the number, postcode after a street."""
    at = run.first - 1
    while at > floor and run.first - at < 4 and (tokens.words[at] in LEADING or tokens.words[at] == ","):
        at -= 1
    while at > floor and tokens.is_place[at]:
        run.first = at
        at -= 1
    at = run.last + 1
    while (
        at < limit
        and tokens.words[at] in ("de", "la", "du", "der", "nummer", "number", "numero", "nr")
        and at - run.last < 3
    ):
        at += 1
    while at < limit and (
        tokens.is_place[at] or (tokens.is_place[at - 1] and not _HOUSE.isdisjoint(tokens.sorts[at][:-1]))
    ):
        run.last = at
        at += 1
    _add_parts(tokens, run, limit)


def _add_parts(tokens: Tokens, run: Run, limit: int) -> None:
    """What tells the door: ", deur 914", "kamer 3", "bovenste bel", "links"."""
    at = run.last + 1
    while at < limit and at - run.last < 3:
        word, sort = tokens.words[at], tokens.sorts[at]
        numbered = sort[0] == "A" or not _HOUSE.isdisjoint(sort[:-1])
        if word in _PARTS or (numbered and tokens.words[at - 1] in _PARTS):
            run.last = at
        elif word != "," and word not in _BEFORE_PART:
            return
        at += 1


_WIDEN = {"RN": _widen_name, "TN": _widen_name, "RW": _widen_work, "RA": _widen_address, "RB": _widen_birth}
