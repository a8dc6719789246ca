"""Whose a name is: by a signature, a relation, a name beside it, and where these are silent by what was learned of the words around."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hotline.anonymity.callings import CLOSING, TITLES
from hotline.anonymity.learned import SURE, Run
from hotline.anonymity.sentences import MINE
from hotline.anonymity.spans import Verdict
from hotline.anonymity.tokens import STOPS, Tokens
from hotline.anonymity.whose import lean
from hotline.understanding.folding import word_set

_LEANING, _CLEAR = 100, 150
"""From which leaning on a name is given to a person whatever the tagger thought, and from which on nobody is asked."""

_AND = word_set("en and und et")
# Those whose name is somebody else's even after "my": they live or work near the reporter, and are what the report is about.
_NEAR = tuple(
    word_set(
        "buurman buurvrouw buren buurjongen huisbaas verhuurder verhuurster huurder naober naoberse neighbour neighbor landlord landlady tenant "
        "nachbar nachbarin vermieter vermieterin mieter voisin voisine proprietaire proprio locataire teacher leraar lehrer huisgenoot huisgenote "
        "roommate flatmate housemate mitbewohner mitbewohnerin colocataire coloc ex baas boss chef patron wijkagent "
        "meester vriend vriendin vrienden friend friends mate mates buddy freund freundin kumpel copain copine ami amie kameraad collega colleague"
        " coworker collegue kollege kollegin maat maatje naobersvrouw hoesgenoot huisarts dokter hausmeister verwalterin directrice oppas"
        " babysitter begeleider begeleidster therapeut docent trainer coach leerling klant patient"
    )
)
_OF_CIRCLE = frozenset(
    (",", "die", "der", "he", "qui", "heet", "heit", "heisst", "heist", "called", "namens", "(", "genaamd", "s")
)
_I = word_set("ik ich iech i im je j ick jsuis")
_I_AM = word_set("ben bin heet heit heise heisse am m suis appelle im jsuis mappelle")
_ABOUT, _FEWEST_BEFORE = 8, 3
_OF = word_set("van vaan of von de d")
_BACK = word_set(
    "terugbellen terugbelt zuruckrufen rappeler rappelez rappelle demander demandez vraag vragen ask fragen frag nach bereiken joindre voornaam"
    " roepnaam"
)
_HE = word_set("hij ze zij he she er sie il elle die der gast jongen dealer heisst heist heet sappelle")


def settle_persons(tokens: Tokens, runs: Sequence[Run]) -> None:
    """Give every name to the reporter or to somebody else; runs are changed in place."""
    names = [run for run in runs if run.label in ("RN", "TN")]
    for run in names:
        side = _side(tokens, run)
        own = 0 if side else lean("name", tokens, run.first, run.last)
        if side or abs(own) >= _LEANING:
            run.label = side or ("RN" if own > 0 else "TN")
        if side or run.verdict is not Verdict.ASK or (abs(own) >= _CLEAR and _is_likely(tokens, run)):
            run.verdict = Verdict.REMOVE if run.label == "RN" else Verdict.SEAL
    for one, two in pairwise(runs):
        between = tokens.words[one.last + 1 : two.first]
        if one.label[1] == two.label[1] == "N" and len(between) == 1 and between[0] in _AND:
            _share(one, two)
        if one.label == "RR" and two.label[1] == "N" and _is_named(tokens, one, between):
            near = any(word.endswith(_NEAR) for word in tokens.words[one.first : one.last + 1])
            two.label, two.verdict = ("TN", Verdict.SEAL) if near else ("RN", Verdict.REMOVE)
    for label, verdict in (("RN", Verdict.REMOVE), ("TN", Verdict.SEAL)):
        known = {
            word for run in names if (run.label, run.verdict) == (label, verdict) for word in _telling(tokens, run)
        }
        for run in names:
            if (label == "RN" or run.verdict is Verdict.ASK) and not known.isdisjoint(_telling(tokens, run)):
                run.label, run.verdict = label, verdict


def _is_likely(tokens: Tokens, run: Run) -> bool:
    """Whether a word of the run stands in the lists of names, or is nearly claimed: less will do to seal it, which loses nothing."""
    listed = any(sort[0] in "FSfs" for sort in tokens.sorts[run.first : run.last + 1])
    return listed or run.margin >= (SURE if run.label == "RN" else -2 * SURE)


def _is_named(tokens: Tokens, relation: Run, between: Sequence[str]) -> bool:
    """Whether a name goes with "my sister": next to it, or with "who is called" between."""
    mine = tokens.words[relation.first] in MINE or tokens.words[relation.first] == "m"
    if not mine or len(between) > 3 or not STOPS.isdisjoint(between):
        return False
    return not between or between[0] in _OF_CIRCLE or between[0] in TITLES


def _side(tokens: Tokens, run: Run) -> str:
    """`RN` or `TN` where the words around a name leave no doubt, else nothing."""
    words = tokens.words
    before = words[max(0, run.first - 3) : run.first]
    if run.first and words[run.first - 1].endswith(_NEAR):
        return "TN"
    if _is_child(tokens, run):
        return "RN"
    if not _BACK.isdisjoint(before) or _is_signature(tokens, run):
        return "RN"
    if (
        len(before) > 1
        and before[-1] in ("heet", "heist", "heisst", "heit", "appelle")
        and not _HE.isdisjoint(before[:-1])
    ):
        return "TN"
    return ""


def _is_child(tokens: Tokens, run: Run) -> bool:
    """Whether "ik ben de moeder van" stands before the name."""
    words, of = tokens.words, run.first - 1
    if of < _FEWEST_BEFORE or words[of] not in _OF or "R" not in tokens.sorts[of - 1][:-1]:
        return False
    before = words[max(0, of - 4) : of - 1]
    return not _I.isdisjoint(before) and not _I_AM.isdisjoint(before)


def _is_signature(tokens: Tokens, run: Run) -> bool:
    """Whether the name ends the text, or goes before an address that does, after a closing word or as a sentence of its own."""
    words = tokens.words
    before = words[run.first - 1] if run.first else ""
    if before in CLOSING or (before in (",", ":", ".") and run.first > 1 and words[run.first - 2] in CLOSING):
        return True
    after = words[run.last + 1 :]
    ends = all(word in STOPS or word == ")" for word in after)
    # "A. Zijlstra, fries om utens.": a last sentence of a name and a few words about whoever signs.
    about = 0 < len(after) <= _ABOUT and after[0] == "," and STOPS.isdisjoint(after[:-1]) and _HE.isdisjoint(after)
    return (ends or about) and before in STOPS and run.first > 1 and len(words[run.first - 2]) > 1


def _share(one: Run, two: Run) -> None:
    """ "X and Y" are on one side: the reporter's where one of them is."""
    sure = [run for run in (one, two) if run.verdict is not Verdict.ASK]
    if sure:
        label = "RN" if any(run.label == "RN" for run in sure) else "TN"
        for run in (one, two):
            run.label, run.verdict = label, Verdict.REMOVE if label == "RN" else Verdict.SEAL


def _telling(tokens: Tokens, run: Run) -> list[str]:
    at = range(run.first, run.last + 1)
    return [tokens.words[one] for one in at if tokens.sorts[one][0] in "FfSsu" and len(tokens.words[one]) > 2]
