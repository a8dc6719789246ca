"""Names by rule: after a title, after "my neighbour", by the words for a nickname, at the end of a letter; and the wide net."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hotline.anonymity.learned import SURE, Run
from hotline.anonymity.sentences import NO_NAMES
from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tokens import STOPS, Tokens
from hotline.understanding.folding import word_set

TITLES = word_set(
    "mevrouw mevr meneer mijnheer dhr mw heer familie fam mr mrs ms miss dr frau herr madame monsieur mme mademoiselle drs ing prof pater pastoor"
)
CLOSING = word_set(
    "gr grt groet groeten groetjes groetsjes groete groetend mvg mfg lg vg regards cheers thanks bedankt dank danke merci cordialement salutations"
    " hochachtungsvoll hoogachtend grus gruse sincerely yours best signed getekend afzender contact contactpersoon absender absenderin sender"
    " ondergetekende soussigne soussignee unterzeichnete x xx bye ciao salue afz"
)
GREETING = word_set(
    "ja nee nou eh ehm uh hallo hoi hi hai hey dag goedemorgen goedemiddag goedenavond goeiemorgen goeiemiddag goeieavond goedendag met mit with"
    " avec hier here oui non bonjour bonsoir allo salut slt yes ok oke moi c est cest it s its im i m this is dit ben ik ich iech bin heet u"
    " spreekt sie sprechen spricht dat grus gott guten tag morgen abend hello good evening morning the name my mijn mn naam name mein nom mon"
    " de heer mevrouw meneer fam familie frau herr mr mrs ms jao goojendaag gojendaag cc coucou ist die der das frau herr spreek dao hie"
    " namens mezelf bel ondergetekende writing hiermee mw dhr je suis mappelle jsuis am dus also heise heisse"
)
# A greeting that ends in one of these brings a name.
_OPENERS = word_set(
    "met mit with avec mèt hier spreekt spreek spricht sprechen is ist est ben bin am m heet heit heise heisse appelle ici its naam naom name nom"
)
# Between these words and the name may stand the small ones.
_CALLED = word_set(
    "noemen noemt noemde nennen nennt neume calls called call appelle appellent surnomme genannt gerufen genaamd alias"
)
_NICKNAME = word_set(
    "bijnaam nickname spitzname spitznamen surnom roepnaam codenaam schuilnaam bijgenaamd surnomme alias artiestennaam"
)
_SPELLED, _LONGEST_GREETING = 4, 9
_NAMING = _CALLED | _NICKNAME
_SMALL = word_set(
    "ze hem zich ihn sich him himself l is ist est sie men altijd immer always c op straat je von van als as de_facto"
)
_ARTICLES = word_set("de het d n der die das the le la l el")
_NOT_A_NAME = word_set(
    "niet not nicht pas die dat dit ik je u het een er hier daar anders vast zo hij hoe wie wat ook en and und et of me mij us ons 112 112 police"
    " politie man vrouw jongen i my mijn so it that this a an in on to at bij met geen no kein zelf iets nobody niemand"
)
_THEM_AFTER = (
    "ze hem",
    "ze m",
    "sie ihn",
    "they call",
    "ze haar",
    "ze um",
    "rufen sie",
    "wordt ie",
    "wordt hij",
    "wird er",
)


def find_callings(tokens: Tokens, taken: Sequence[Span]) -> Iterator[Run]:
    """Runs for a person's name; whose it is, is settled later. What is only unusual comes as a doubt."""
    yield from _find_spelled(tokens)
    yield from _find_opening(tokens)
    taken_at = [(one.start, one.end) for one in taken]
    for at, (word, sort) in enumerate(zip(tokens.words, tokens.sorts, strict=True)):
        if sort[0] in "wMHDLA" and word not in _NAMING:
            continue
        start, end = tokens.spans[at]
        if any(first < end and start < last for first, last in taken_at):
            continue
        before = tokens.words[at - 1] if at else ""
        if _is_unusual(tokens, at) or (_can_be_name(tokens, at) and (before in TITLES or _signs(tokens, at))):
            yield Run(at, at, "TN", Verdict.ASK, -9 * SURE)
        if word in _NAMING:
            yield from _find_nickname(tokens, at)


def _find_opening(tokens: Tokens) -> Iterator[Run]:
    """The name after "ja goeiemiddag met", "hallo hier ist", "bonjour moi c'est" at the beginning of a text."""
    words, at = tokens.words, 0
    while at < len(words) and at < _LONGEST_GREETING and (words[at] in GREETING or words[at] in ",.!:"):
        at += 1
    while at > 1 and (words[at - 1] in TITLES or words[at - 1] in _ARTICLES) and words[at - 1] not in _OPENERS:
        at -= 1
    if at == 0 or words[at - 1] not in _OPENERS:
        return
    last = at
    while last < len(words) and last - at < 3 and "P" in tokens.sorts[last]:
        last += 1
    while last < len(words) and words[last] in TITLES:
        last += 1
    if (
        last < len(words)
        and words[last] not in _NOT_A_NAME
        and tokens.sorts[last][0] in "FSfsu"
        and not tokens.is_place[last]
    ):
        yield Run(at, last, "RN", Verdict.REMOVE, 2 * SURE)


def _find_spelled(tokens: Tokens) -> Iterator[Run]:
    """A name that is told letter by letter: at least four letters in a row."""
    letters = [at for at, word in enumerate(tokens.words) if len(word) == 1 and word.isalpha()]
    first = 0
    for number, (at, following) in enumerate(pairwise([*letters, -1]), 1):
        if following != at + 1:
            if number - first >= _SPELLED:
                yield Run(letters[first], at, "RN", Verdict.REMOVE, SURE)
            first = number


def _is_unusual(tokens: Tokens, at: int) -> bool:
    """A name that is nothing else, or a capital inside a sentence on a word that nobody knows."""
    sort = tokens.sorts[at]
    if sort[0] in "FS":
        return len(sort) == 2
    if sort == "ut" and not tokens.has_capital_nouns:
        return tokens.sorts[at + 1 : at + 2] in (["uT"], ["ST"])
    return sort == "uT" and not tokens.has_capital_nouns and not tokens.words[at].endswith(NO_NAMES)


def _can_be_name(tokens: Tokens, at: int) -> bool:
    sort = tokens.sorts[at]
    return sort[0] in "FfSsu" and not tokens.is_place[at] and len(tokens.words[at]) > 1


def _signs(tokens: Tokens, at: int) -> bool:
    """Whether a word stands where a letter is signed: after a closing word, or alone after the last sentence."""
    words = tokens.words
    if words[at - 1] in CLOSING or (at > 1 and words[at - 1] in (",", ".", ":") and words[at - 2] in CLOSING):
        return True
    ends = all(word in STOPS or word == ")" for word in words[at + 1 :])
    return at > 1 and ends and words[at - 1] in STOPS and tokens.sorts[at][-1] in "tT"


def _find_nickname(tokens: Tokens, cue: int) -> Iterator[Run]:
    """ "Ze noemen hem de kale", "son surnom est le boucher", "dunne dirk noemen ze hem"."""
    words = tokens.words
    if not {"ik", "i", "ich", "je", "mij", "me", "mich", "m", "you", "u"}.isdisjoint(words[max(0, cue - 2) : cue + 2]):
        return
    if " ".join(words[cue + 1 : cue + 3]) in _THEM_AFTER or (words[cue] == "gerufen" and cue):
        first = cue - 1
        if first >= 1 and (
            words[first - 1] in _ARTICLES or words[first - 1] in _ADJECTIVES or tokens.sorts[first - 1][0] in "Ff"
        ):
            first -= 1
        if first >= 0 and words[first] not in _NOT_A_NAME and tokens.sorts[first][0] not in "MHD":
            yield Run(first, cue - 1, "TN", Verdict.SEAL, 3 * SURE)
        return
    at = cue + 1
    while at < len(words) and at - cue < 4 and (words[at] in _SMALL or words[at] in (":", "(")):
        at += 1
    if at == cue + 1 and words[cue] not in _NICKNAME and words[cue] not in ("genannt", "genaamd", "called", "appelle"):
        return
    last = at + (at < len(words) and (words[at] in _ARTICLES or words[at] in _ADJECTIVES))
    if last >= len(words) or words[last] in _NOT_A_NAME or tokens.sorts[last][0] in "MHD" or tokens.is_place[last]:
        return
    everyday = tokens.sorts[last][0] == "w" and last == at and tokens.sorts[last][-1] != "T"
    if not everyday or words[cue] in _NICKNAME:
        yield Run(at, last, "TN", Verdict.SEAL, 3 * SURE)


_ADJECTIVES = word_set(
    "dikke dunne lange korte kleine grote rooie kale blonde oude jonge kromme gekke zwarte witte schele big little fat skinny old young tall mad"
    " crazy uncle oom tante opa papa tonton petit gros grand vieux kleiner dicker langer alter"
)
