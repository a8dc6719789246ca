"""Runs of words become spans: what belongs together is joined, widened to its last word, and given to one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from hotline.anonymity.callings import find_callings
from hotline.anonymity.dwellings import find_dwellings
from hotline.anonymity.homes import find_after_name, find_homes
from hotline.anonymity.learned import SURE, Run, find_runs
from hotline.anonymity.origins import find_origins
from hotline.anonymity.persons import settle_persons
from hotline.anonymity.sentences import LEADING, MINE
from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tagger import Tag
from hotline.anonymity.tokens import Tokens
from hotline.anonymity.widening import widen
from hotline.anonymity.workplaces import find_after_name as find_work_after_name
from hotline.anonymity.workplaces import find_workplaces
from hotline.anonymity.works import find_works
from hotline.understanding.folding import word_set

_KINDS = {
    "RN": "name", "RA": "address", "RW": "work", "RR": "relation", "RC": "city", "RB": "birthdate", "RH": "handle",
    "TN": "name", "TH": "handle",
}  # fmt: skip
# Ends of words for people, so that a "voetbalvriend", an "overbuurvrouw" or a "Klassenkamerad" is known for one.
_PEOPLE_END = tuple(
    word_set(
        "vriend vriendin vrienden genoot genote genoten collega buurman buurvrouw buren moeder vader dochter zoon broer zusje kind kinderen baas "
        "meester maat maatje huurder verhuurder begeleider therapeut friend mate mates mother father brother sister boss neighbour neighbor "
        "therapist freund freundin kollege kollegin nachbar nachbarin kamerad mutter vater tochter sohn bruder schwester kinder bewohner "
        "therapeutin"
    )
)
_BETWEEN = word_set(
    "oudste jongste eigen kleine beste oude ex goede best old little own oldest youngest good kleiner kleine bester eigener eigenen guter"
    " ancien ancienne petit petite jeune propre"
)
_LIVING = word_set(
    "woon wonen woonde gewoond woen woene wohne wohnen live lived living habite habitons vis loge logeer huur rent"
)
_BETWEEN_NAME_AND_HOME = word_set(
    "van vaan uit oet aus from of de der die het the la wonende woonachtig hier adres in op te nummer"
) | {",", ".", "(", ":"}
_NAMED = word_set("heet heit heisst heist called , s")
_BRIDGE = 3
_SHORTEST_NAME = 3
_CHUNK = re.compile(r"[\w.@-]*\w")


def find_learned(tokens: Tokens, tags: Sequence[Tag], taken: Sequence[Span]) -> list[Span]:
    """Spans of what the tagger (`tags`) and the rules that help it found outside `taken`."""
    runs = [
        *find_runs(tokens, tags, taken),
        *_houses(tokens, taken),
        *_relations(tokens),
        *find_works(tokens),
        *find_workplaces(tokens),
        *find_homes(tokens),
        *find_dwellings(tokens, taken),
        *find_origins(tokens),
        *find_callings(tokens, taken),
    ]
    return [_span(tokens, run) for run in _settle(tokens, _without_overlap(runs))]


def _houses(tokens: Tokens, taken: Sequence[Span]) -> Iterator[Run]:
    """The reporter's house numbers that a rule found, so that their street goes with them."""
    numbers = {one.start for one in taken if one.kind == "address" and one.verdict is Verdict.REMOVE}
    for at, (start, _) in enumerate(tokens.spans if numbers else ()):
        if start in numbers:
            yield Run(at, at, "RA", Verdict.REMOVE, SURE)


def _relations(tokens: Tokens) -> Iterator[Run]:
    """ "My son", "mijn oudste zus", "meine Nachbarin": who somebody is to the reporter."""
    for at in [at for at, word in enumerate(tokens.words) if word in MINE]:
        to = (
            at + 2
            if at + 2 < len(tokens.words) and tokens.words[at + 1] in _BETWEEN and _is_person(tokens, at + 2)
            else at + 1
        )
        if to < len(tokens.words) and _is_person(tokens, to):
            to += tokens.text[tokens.spans[to][1] :][:1] == "-" and to + 1 < len(tokens.words)  # "belle-mère"
            yield Run(at, to, "RR", Verdict.REMOVE, 9 * SURE)
            yield from _named_after(tokens, to + 1)


def _named_after(tokens: Tokens, at: int) -> Iterator[Run]:
    """The name just after "mijn dochter", or after a comma or "heet" there; whose side it is on is settled later."""
    words, sorts = tokens.words, tokens.sorts
    at += at < len(words) and words[at] in _NAMED
    if at < len(words) and not tokens.is_place[at] and (sorts[at][0] == "F" or sorts[at] in ("fT", "uT", "ST", "sT")):
        yield Run(at, at, "RN", Verdict.ASK, SURE)


def _is_person(tokens: Tokens, at: int) -> bool:
    return not tokens.is_place[at] and ("R" in tokens.sorts[at][:-1] or tokens.words[at].endswith(_PEOPLE_END))


def _without_overlap(runs: list[Run]) -> list[Run]:
    """The runs in order, each word in the strongest only, which goes on as far as another of its kind does."""
    kept: list[Run] = []
    for run in sorted(runs, key=lambda one: (one.verdict is Verdict.ASK, -one.margin)):
        touching = [other for other in kept if other.first <= run.last and run.first <= other.last]
        if not touching:
            kept.append(run)
        elif len(touching) == 1 and touching[0].label == run.label and run.verdict is not Verdict.ASK:
            touching[0].first, touching[0].last = min(run.first, touching[0].first), max(run.last, touching[0].last)
    return sorted(kept, key=lambda one: one.first)


def _settle(tokens: Tokens, runs: list[Run]) -> list[Run]:
    """Runs side by side become one; a name goes on to its last word; one name is one person's throughout."""
    joined: list[Run] = []
    for run in runs:
        if run.label == "RA" and not _LIVING.isdisjoint(tokens.words[max(0, run.first - 4) : run.first + 1]):
            run.verdict = Verdict.REMOVE
        last = joined[-1] if joined else None
        if last and (run.first == last.last + 1 or _is_bridged(tokens, last, run)) and _goes_with(last, run):
            strong = max(last, run, key=lambda one: (one.verdict is not Verdict.ASK, one.margin))
            joined[-1] = replace(strong, first=last.first, last=run.last)
        else:
            joined.append(run)
    for at, run in enumerate(joined):
        if run.verdict is not Verdict.ASK or run.label[1] == "N":
            limit = joined[at + 1].first if at + 1 < len(joined) else len(tokens.words)
            floor = joined[at - 1].last if at else -1
            widen(tokens, run, floor, limit)
        _trim(tokens, run)
    settle_persons(tokens, joined)
    joined = _with_echoes(tokens, _with_homes_and_works(tokens, joined))
    return [
        run
        for at, run in enumerate(joined)
        if run.label != "RA" or not run.needs_name or _follows_name(tokens, joined, at)
    ]


def _with_homes_and_works(tokens: Tokens, runs: list[Run]) -> list[Run]:
    """The runs with the addresses and the works that stand after the reporter's name."""
    added: list[Run] = []
    for run, following in zip_longest(runs, runs[1:]):
        if run.label != "RN" or run.verdict is not Verdict.REMOVE:
            continue
        found = find_after_name(tokens, run.last + 1) or find_work_after_name(tokens, run.last + 1)
        if found and (following is None or found.last < following.first):
            added.append(found)
        elif found and following.label == found.label:
            following.verdict = Verdict.REMOVE
    return sorted([*runs, *added], key=lambda run: run.first)


def _with_echoes(tokens: Tokens, runs: list[Run]) -> list[Run]:
    """The runs with every other place where the same name stands, however it is written there."""
    whose = {
        tokens.words[at]: run
        for run in runs
        if run.label in ("RN", "TN") and run.verdict is not Verdict.ASK
        for at in range(run.first, run.last + 1)
        if len(tokens.words[at]) >= _SHORTEST_NAME and tokens.sorts[at][0] in "FSu"
    }
    if not whose:
        return runs
    inside = {at for run in runs for at in range(run.first, run.last + 1)}
    echoes = [
        replace(whose[word], first=at, last=at)
        for at, word in enumerate(tokens.words)
        if word in whose and at not in inside and not tokens.is_place[at]
    ]
    return sorted([*runs, *echoes], key=lambda run: run.first)


def _is_bridged(tokens: Tokens, one: Run, two: Run) -> bool:
    """Whether what stands between two runs belongs to both: a point after an initial, small words inside a work or an address."""
    between = tokens.words[one.last + 1 : two.first]
    if between == ["."]:
        return len(tokens.words[one.last]) == 1
    if one.label != two.label or one.label[1] not in "WA" or len(between) > _BRIDGE:
        return False
    return all(word in LEADING or (word == "," and one.label == "RA") for word in between)


def _follows_name(tokens: Tokens, runs: list[Run], at: int) -> bool:
    """Whether the reporter's name stands just before an address that nothing else says to be the reporter's."""
    if at == 0 or runs[at - 1].label != "RN":
        return False
    return all(word in _BETWEEN_NAME_AND_HOME for word in tokens.words[runs[at - 1].last + 1 : runs[at].first])


def _goes_with(one: Run, two: Run) -> bool:
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


def _trim(tokens: Tokens, run: Run) -> None:
    """Leaves "op", "in de", "as a" standing before an address or a work."""
    while run.label[1] in "AWCB" and run.first < run.last and tokens.words[run.first] in LEADING:
        run.first += 1


def _span(tokens: Tokens, run: Run) -> Span:
    start, end = tokens.spans[run.first][0], tokens.spans[run.last][1]
    if run.label[1] == "H" and (whole := _CHUNK.match(tokens.text, start)):
        end = max(end, whole.end())
    return Span(start, end, _KINDS[run.label], run.verdict)
