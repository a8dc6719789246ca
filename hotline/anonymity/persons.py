"""Whose a name is, by what stands around it: an introduction, a greeting, a signature, or words that point at somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hotline.anonymity.callings import CLOSING, GREETING, TITLES
from hotline.anonymity.learned import Run
from hotline.anonymity.sentences import MINE, STOPS
from hotline.anonymity.spans import Verdict
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

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
_NAMES = ("naam", "naom", "name", "nom", "noam")
_IS = word_set("is ist est was luidt lautet s")
_AFTERGREETING = word_set(
    "hier here again weer writing zoals with a speaking nochmal am ik ich i je j aan spreekt van aus uit from oet mein"
)
_I = word_set("ik ich iech i im je j ick jsuis")
_I_AM = word_set("ben bin heet heit heise heisse am m suis appelle im jsuis mappelle")
_ABOUT, _FEWEST_BEFORE = 8, 3
_OF = word_set("van vaan of von de d")
_LITTLE = word_set("dus de die der n de le la eh me also euh")
_FROM = word_set("van aus uit from oet mein aan")
_BACK = word_set(
    "terugbellen terugbelt zuruckrufen rappeler rappelez rappelle demander demandez vraag vragen ask fragen frag nach bereiken joindre voornaam"
    " roepnaam"
)
_THEM = word_set(
    "genaamd noemt noemen nennt nennen called named dude fella guy gast dealer dealers zekere certain gewisser jongen jong mieter huurder bijnaam"
    " spitznamen spitzname surnom nickname bestuurder verkoper verkaufer vendeur chauffeur eigenaar wirt tenant owner typ type mec hem him ihn"
)
_HE = word_set("hij ze zij he she er sie il elle die der gast jongen dealer heisst heist heet sappelle")


def settle_persons(tokens: Tokens, runs: Sequence[Run]) -> None:
    """Give every name to the reporter or to somebody else; runs are changed in place."""
    names = [run for run in runs if run.label in ("RN", "TN")]
    for run in names:
        side = _side(tokens, run)
        if side:
            run.label, run.verdict = side, Verdict.ASK
        if side or run.verdict is not Verdict.ASK:
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
    at = run.first - 1
    while at >= 0 and words[at] in _LITTLE:
        at -= 1
    if run.first and words[run.first - 1].endswith(_NEAR):
        return "TN"
    if _is_child(tokens, run):
        return "RN"
    if at > 0 and words[at] in _I_AM and words[at - 1] in _I:
        return "RN"
    if _is_told_as_mine(words, run) or (run.first and words[run.first - 1] in ("ik", "iech", "ich")):
        return "RN"
    if not _BACK.isdisjoint(before) or _is_greeting(tokens, run) or _is_signature(tokens, run):
        return "RN"
    if not _THEM.isdisjoint(before) and _I.isdisjoint(before) and STOPS.isdisjoint(before):
        return "TN"
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


def _is_told_as_mine(words: Sequence[str], run: Run) -> bool:
    """Whether "mijn achternaam is" stands before the name, or "is de naam", "is mijn naam" after it."""
    before, after = words[max(0, run.first - 3) : run.first], words[run.last + 1 : run.last + 4]
    if len(before) > 2 and before[0] in MINE and before[1].endswith(_NAMES) and before[2] in _IS:
        return True
    named = len(after) > 2 and after[0] in _IS and after[2].endswith(_NAMES)
    return named and (after[1] in MINE or after[1] in ("de", "der", "the", "le"))


def _is_greeting(tokens: Tokens, run: Run) -> bool:
    """Whether only a greeting or an introduction stands before the name, at the beginning of the text."""
    before = [word for word in tokens.words[: run.first] if word not in (",", ".", "!", ":")]
    after = tokens.words[run.last + 1 : run.last + 2]
    if len(before) > 6 or not all(word in GREETING for word in before):
        return False
    if (
        before
        and before[-1] in ("die", "der", "das", "de")
        and "hier" not in before
        and "ist" not in before
        and "met" not in before
    ):
        return False
    if not after or after[0] in STOPS or after[0] in (",", ":"):
        return bool(before)
    return after[0] in _AFTERGREETING and (bool(before) or after[0] not in _FROM)


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
