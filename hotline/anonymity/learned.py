"""What the tagger claims, as runs of words: surely the reporter's, surely somebody else's, or for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hotline.anonymity.features import OF_ME
from hotline.anonymity.sentences import (
    GATES,
    LEADING,
    MINE,
    NO_NAMES,
    SELF,
    counts,
    fits_sentence,
    is_home,
    stands_before,
)
from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tagger import LABELS, LANE, Tag, lift_over, load_model
from hotline.anonymity.tokens import Tokens
from hotline.anonymity.whose import lean
from hotline.understanding.folding import word_set

SURE = 60
"""What a rule's run counts as a claim; several times so much where the rule is stronger."""

_SURE, _LEAD = 20, 20
"""The tagger's run of words is claimed for sure from this margin over nothing, and this lead over the other side."""

_LOUD = 350
"""So much a word must be claimed where the sentence does not speak of the reporter, and an everyday word to be a name."""

_PLAIN, _UNLISTED = 300, 500
"""So much a work must be claimed where nothing around it speaks of the reporter or of working; so much where no list knows a word of it."""

_ELSEWHERE = 300
"""So far an address must lean away from the reporter to be no home, however it is claimed."""

_CRYING = 1000
"""So much a word must be claimed as a name that is longer than names are."""

_LOOSE = 250

_NAMES = frozenset(("RN", "TN", "RH", "TH"))
# Down to which margin a word is worth a person's look, by the first letter of its sort or those of its roles; "^" for an
# unknown or ambiguous word that begins with a capital inside a sentence.
_WORTH: dict[str, dict[str, int]] = {
    "N": {"F": -560, "S": -400, "A": -240, "u": -200, "f": -300, "s": -150, "^": -480},
    "H": {"u": -80, "A": -240, "F": -560, "S": -400},
    "A": {"D": -40, "L": -40, "N": -40, "A": -40},
    "W": {"J": -240, "E": -40, "u": -20},
    "C": {"T": -320, "u": -80, "L": -80},
    "B": {"D": -120, "N": -120},
    "R": {"R": -80},
}
# Where names are written with capitals, a word in small letters is one only when it is claimed this much.
_SMALL_LETTERS = 60
_CAPITAL_NOUN = 60
_SHORT, _LONG = 2, 11
_NEAR_ACCOUNT = 7
_ACCOUNTS = word_set(
    "account accounts acc insta instagram ig snap snapchat telegram signal tiktok facebook fb twitter discord twitch reddit gamertag handle user"
    " username gebruikersnaam benutzername profiel profil profile page pagina compte konto kanaal channel kanal chaine dm pseudo alias nick"
)


@dataclass(slots=True)
class Run:
    """Words `first` to `last` as one label's, with its verdict and the best margin among them."""

    first: int
    last: int
    label: str
    verdict: Verdict
    margin: int
    needs_name: bool = False


def find_tags(tokens: Tokens) -> tuple[Tag, ...]:
    """The words that the tagger claims or nearly claims."""
    return tuple(load_model().tag(tokens, _lift))


@cache
def _lift(sort: str) -> int:
    """So much less than a claim is looked at in a word of this sort."""
    return lift_over({label: min(-_LOOSE, _limit(label, sort, capitals_tell=True)) for label in LABELS})


def _limit(label: str, sort: str, *, capitals_tell: bool) -> int:
    """From which margin on a word of this sort is worth a person's look; beyond every margin where it never is."""
    limits = _WORTH.get(label[1], {})
    found = [limits[letter] for letter in sort[:-1] if letter in limits]
    if capitals_tell and sort[-1] in "TU" and sort[0] in "ufs":
        found.append(limits.get("^", 1))
    return min(found, default=1 << LANE)


def find_runs(tokens: Tokens, claims: Sequence[Tag], taken: Sequence[Span]) -> list[Run]:
    """What the tagger found outside `taken`; places are never names."""
    tags = [tag for tag in claims if tag.label[1] != "X" and _may_be(tokens, tag, taken)]
    named = {tag.at for tag in tags if tag.label == "RN" and tag.margin > 0}
    runs = [run for part in _part(tags) for run in _judge(tokens, part)]
    return [run for run in runs if _stands(tokens, run, named)]


def _stands(tokens: Tokens, run: Run, named: set[int]) -> bool:
    """Whether the sentence speaks of the reporter where the run needs it; a home or a town may be claimed loudly instead."""
    if run.label == "RA":
        own = lean("home", tokens, run.first, run.last)
        if own <= -_ELSEWHERE or (own >= 0 and not OF_ME.isdisjoint(tokens.words)):
            return own >= 0
    if run.label not in GATES or any(fits_sentence(tokens, run.label, at, named) for at in (run.first, run.last)):
        run.needs_name = run.label == "RA" and not is_home(tokens, run.first) and run.margin < _LOUD
        return True
    if run.label == "RW":
        listed = any("J" in sort or "E" in sort for sort in tokens.sorts[run.first : run.last + 1])
        return run.margin >= (_PLAIN if listed else _UNLISTED)
    speaks = run.label == "RC" or (run.label == "RA" and stands_before(tokens.words, run.first, SELF))
    return speaks and run.margin >= _LOUD


def _may_be(tokens: Tokens, tag: Tag, taken: Sequence[Span]) -> bool:
    sort = tokens.sorts[tag.at]
    if tag.margin < -_LOOSE and not _is_worth(tokens, tag):
        return False
    if sort[0] == "H" or (tag.label in _NAMES and tokens.is_place[tag.at]):
        return False
    if tag.label[1] == "N" and (
        _is_thing(sort)
        or _is_abbreviation(tokens, tag.at)
        or (tag.margin < _LOUD and sort[0] == "w" and sort[-1] in "ln")  # "onder" between two words taken for names
        or (tag.margin < _CRYING and _is_compound(tokens, tag.at))
        or (sort == "uT" and tag.margin < 5 * _SURE and tokens.words[tag.at].endswith(NO_NAMES))
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
    if tag.label[1] == "H" and not _may_be_account(tokens, tag.at):
        return False
    if tag.label == "RA" and counts(tokens, tag.at):
        return False
    start, end = tokens.spans[tag.at]
    return not any(
        one.start < end and start < one.end and (one.verdict is not Verdict.KEEP or tag.label not in ("RB", "RA"))
        for one in taken
    )


def _may_be_account(tokens: Tokens, at: int) -> bool:
    """Whether a word is written as names of accounts are, or an account is spoken of near it."""
    word = tokens.words[at]
    return (
        tokens.sorts[at][0] == "A"
        or "_" in word
        or not _ACCOUNTS.isdisjoint(tokens.words[max(0, at - _NEAR_ACCOUNT) : at + _NEAR_ACCOUNT])
    )


def _is_compound(tokens: Tokens, at: int) -> bool:
    """Whether a word that no list has is longer than names in small letters are: "lampionrekken"."""
    sort = tokens.sorts[at]
    return sort[0] == "u" and sort[-1] in "ln" and len(tokens.words[at]) >= _LONG


def _is_abbreviation(tokens: Tokens, at: int) -> bool:
    """Whether a word is two capitals that no list knows: "EK", "BU"."""
    return tokens.sorts[at] == "uU" and len(tokens.words[at]) == _SHORT


def _is_thing(sort: str) -> bool:
    """Whether a word is a brand, a drug or a country and no name."""
    return "B" in sort[:-1] and sort[0] in "wu"


def _part(tags: Iterable[Tag]) -> Iterator[list[Tag]]:
    """Tags of one label in a row, those that claim apart from those that nearly do."""
    run: list[Tag] = []
    for tag in tags:
        before = run[-1] if run else tag
        if run and (tag.label != before.label or tag.at != before.at + 1 or _claims(tag) != _claims(before)):
            yield run
            run = []
        run.append(tag)
    if run:
        yield run


def _claims(tag: Tag) -> bool:
    """Whether a word counts as claimed: in a work or an address a little less will do, since its small words are everybody's."""
    return tag.margin >= (-_LOOSE if tag.label in ("RW", "RA") else 0)


def _judge(tokens: Tokens, run: list[Tag]) -> Iterator[Run]:
    label, best = run[0].label, max(run, key=lambda tag: tag.margin)
    if label[1] in "AWCB" and all(tokens.words[tag.at] in LEADING for tag in run):
        return
    if label[1] == "H":
        label = "TH" if MINE.isdisjoint(tokens.words[max(0, run[0].at - 5) : run[0].at]) else "RH"
    if best.margin >= _SURE and (best.lead >= _LEAD or label[1] == "H"):
        yield Run(run[0].at, run[-1].at, label, Verdict.REMOVE if label[0] == "R" else Verdict.SEAL, best.margin)
        return
    if len(tokens.words) <= _SHORT and all(tokens.sorts[tag.at][0] == "u" for tag in run):
        return  # an answer such as "timmerfabriek": nobody is asked for a name
    worth = [tag for tag in run if best.margin >= _SURE or _is_worth(tokens, tag)]
    if worth:
        yield Run(worth[0].at, worth[-1].at, label, Verdict.ASK, best.margin)


def _is_worth(tokens: Tokens, tag: Tag) -> bool:
    """Whether a person should look at a word that the tagger does not claim for sure."""
    if tag.label == "RR" and MINE.isdisjoint(tokens.words[max(0, tag.at - 2) : tag.at]):
        return False
    return tag.margin >= _limit(tag.label, tokens.sorts[tag.at], capitals_tell=not tokens.has_capital_nouns)
