"""The reporter's own shop, place of work or function, by rule: "mijn belwinkel", "achter de toog", "hier de koster"."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.anonymity.learned import SURE, Run
from hotline.anonymity.sentences import MINE, WITH_US, stands_before
from hotline.anonymity.spans import Verdict
from hotline.anonymity.tokens import Tokens
from hotline.anonymity.works import employer_end, tail_end
from hotline.understanding.folding import word_set

_I = word_set("ik ich iech i wij we wir veer j je nous k")
_HAVE = word_set(
    "heb hebben hub have ve got habe haben ai avons tiens tenons own run drijf drijven bezit fuhre fuhren uitbaat uitbaten begin beheer beheren"
    " betreibe betreiben hatte had hadden gere"
)
_SMALL = word_set(
    "een n ne nen a an ein eine einen einem un une de het t the der die das den dem le la l les d 'n klein kleine eigen own eigene eigenes small"
    " little petit petite nieuwe neue new oud oude old alte mooie zaak van"
)
# Words that are as often a part of somebody's home, or a shop that everybody goes to.
_AT_HOME = word_set(
    "keuken kitchen kuche cuisine garage garages atelier salon kelder bibliotheek kamer lounge school scholen schule ecole gymnasium sjool hotel"
    " supermarkt supermarket supermarche winkelcentrum park parking parkeergarage station ziekenhuis hospital universiteit gemeente politie"
    " studentenhuis flat kot depot magazijn hal loods"
)
_COUNTERS = word_set(
    "toog bar kassa balie toonbank tap counter till register theke kasse tresen comptoir caisse receptie reception rezeption loket stand kraam"
)
_BEHIND = word_set("achter behind hinter hinterm derriere aan at am an op")
_STANDING = word_set(
    "sta staan stond zit zitten zat werk werken stand standing stehe steh sitze sitz suis work working was am m ben bin"
)
_LINKS = word_set("in bij van op im bei beim vom von at of dans du de la au aux a chez der")
_SHUTTING = word_set(
    "open opendeed opende opendoe openmaakte dicht dichtdeed dichtdoe sloot afsloot afsluit afsluiten afgesloten sluit sluiten sloten dichtmaakte"
    " close closed closing opened opening lock locked locking shut aufsperrte aufmachte aufschloss zusperrte zumachte abschloss abschliesse"
    " schliesse offne ferme fermais fermer fermant ouvre ouvrais ouvrir ouvrant opruimde opruim leegmaakte"
)
_INSIDE = word_set("op in aan im am auf in dem at a au aux dans sur")
_HERE = word_set("hier spreekt spricht speaking ici met mit")
_FROM = word_set("van vaan vom von from of de du uit aus oet bij bei at")
_FIRST_WORDS = 12


def find_workplaces(tokens: Tokens) -> Iterator[Run]:
    """Shops and trades that the words around make the reporter's own."""
    for at in (at for at, sort in enumerate(tokens.sorts) if "J" in sort or "E" in sort):
        if _is_trade(tokens, at):
            if at <= _FIRST_WORDS and _introduces(tokens, at):
                yield _run(at, _end_of_trade(tokens, at))
        elif _is_workplace(tokens, at) and (first := _own(tokens, at)) is not None:
            yield _run(first, _end_of_place(tokens, at))


def find_after_name(tokens: Tokens, at: int) -> Run | None:
    """The reporter's shop or trade that is told just after the reporter's name, which ends before word `at`."""
    words, start = tokens.words, at
    while at < len(words) and at - start < 4 and (words[at] in _FROM or words[at] in _SMALL or words[at] == ","):
        at += 1
    if at == start or at >= len(words) or {",", *_FROM}.isdisjoint(words[start:at]):
        return None
    if _is_workplace(tokens, at):
        return _run(at, _end_of_place(tokens, at))
    return _run(at, _end_of_trade(tokens, at)) if _is_trade(tokens, at) else None


def _is_workplace(tokens: Tokens, at: int) -> bool:
    """Whether word `at` is a shop, a workshop, an association or its like, and no place of the city."""
    return "E" in tokens.sorts[at][:-1] and tokens.sorts[at][0] != "L" and tokens.words[at] not in _AT_HOME


def _is_trade(tokens: Tokens, at: int) -> bool:
    return "J" in tokens.sorts[at][:-1] and tokens.sorts[at][0] != "L"


def _end_of_place(tokens: Tokens, at: int) -> int:
    last = tail_end(tokens, max(at, employer_end(tokens, at)))
    return last - (last > at and tokens.words[last] in _SHUTTING)


def _end_of_trade(tokens: Tokens, at: int) -> int:
    """The last word of "secretaresse van het notariskantoor"."""
    words = tokens.words
    if at + 1 < len(words) and words[at + 1] in _LINKS:
        return max(at, employer_end(tokens, at + 2))
    return at


def _introduces(tokens: Tokens, at: int) -> bool:
    """Whether "hier de", "u spreekt met de" and nothing else stands before a trade."""
    words = tokens.words
    back = at - 1
    while back >= 0 and words[back] in _SMALL:
        back -= 1
    return back >= 0 and back < at - 1 and words[back] in _HERE and (back <= 3 or words[back - 1] in _HERE)


def _own(tokens: Tokens, at: int) -> int | None:
    """The first word of the reporter's own workplace that stands at `at`; None where it may be anybody's."""
    words = tokens.words
    back = at - 1
    while back >= 0 and words[back] in _SMALL and at - back < 4:
        back -= 1
    if back < 0:
        return None
    if words[back] in MINE:
        return at
    near = words[max(0, back - 2) : back + 2]
    if words[back] in _HAVE and not _I.isdisjoint(near):
        return at
    if words[at] in _COUNTERS and words[back] in _BEHIND and _stands(words, back):
        return back
    if tuple(words[max(0, back - 2) : back]) in WITH_US and words[back] in _INSIDE:
        return at
    after = words[at + 1 : at + 3]
    if back < at - 1 and stands_before(words, at, _I) and not _SHUTTING.isdisjoint(after):
        return at
    return None


def _stands(words: list[str], behind: int) -> bool:
    """Whether "ik sta" or its like stands just before the word `behind`."""
    near = words[max(0, behind - 5) : behind]
    return not _I.isdisjoint(near) and not _STANDING.isdisjoint(near)


def _run(first: int, last: int) -> Run:
    return Run(first, last, "RW", Verdict.REMOVE, 3 * SURE)
