"""Where the reporter comes from, by rule: "ik kom uit Heerlen", "wir sind aus Würselen"."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.anonymity.learned import SURE, Run
from hotline.anonymity.sentences import LEADING
from hotline.anonymity.spans import Verdict
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

_FROM = word_set("uit from aus oet de in vanuit depuis a")
_COMING = word_set(
    "kom komen ben zijn bin am m are re sind suis sommes viens venons woon wonen live lived habite habitons wohne wohnen vis woen koum"
    " grew moved student studente studentin couple koppel reisegruppe groep appelle bel bellen ruf rufe calling fahr fahre komme kommen manage"
    " home back etait est travel visiting vakantie urlaub vacances holiday tegenwoordig zoe groete groeten navette pendel pendle jviens jsuis"
    " jhabite domicilie wohn lebe"
)
_BEING = word_set("ben zijn bin zin")
_WE = word_set("ik ich iech isch i wij we veer wir je j nous on jviens jsuis jhabite")


def find_origins(tokens: Tokens) -> Iterator[Run]:
    """The town that the reporter comes from or lives in."""
    words = tokens.words
    if _WE.isdisjoint(words):
        return
    for at in range(1, len(words)):
        sort, listed = tokens.sorts[at], "T" in tokens.kinds[at].sort
        of = listed and words[at - 1] in ("van", "vaan") and at > 1 and words[at - 2] in _BEING
        if not of and words[at - 1] not in _FROM:
            continue
        if not (listed or sort[0] == "u") or (tokens.is_place[at] and not listed):
            continue
        before = words[max(0, at - 5) : at - 1]
        if (
            not _COMING.isdisjoint(before)
            and not _WE.isdisjoint(words[max(0, at - 12) : at])
            and words[at] not in LEADING
        ):
            strict = listed or sort[-1] == "T" or (words[at - 1] not in ("in", "de", "a") and sort[-1] == "n")
            yield Run(at, at, "RC", Verdict.REMOVE if strict else Verdict.ASK, 2 * SURE)
