"""Where the reporter lives, by rule: "bij mij op nummer zeven", "upstairs at 20a", "chez nous au troisième"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotline.anonymity.dwellings import find_address, unknown_way_end
from hotline.anonymity.houses import (
    FLOOR_BEGINS,
    NUMBERED,
    ORDINALS,
    UNITS,
    address_end,
    floor_end,
    number_end,
    skip_to_number,
)
from hotline.anonymity.learned import SURE, Run
from hotline.anonymity.sentences import MINE, WITH_US, is_stop
from hotline.anonymity.spans import Verdict
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

_LIVE = word_set(
    "woon wonen woonde woonden wonende gewoond woen woene wohne wohnen gewohnt live lived living loge logeer habite habitons habitais vis huur"
    " rent sitz wohn jhabite lebe lebt huren hure hurend vivons reside"
)
_AMONG_US = WITH_US | {
    *(("bie", "mich"), ("bij", "mich"), ("bij", "os"), ("bij", "oos"), ("bij", "us"), ("bie", "os"), ("bie", "oos")),
    ("on", "est"),
}
_I_AM = {
    ("ik", "zit"),
    ("ik", "ben"),
    ("i", "m"),
    ("i", "am"),
    ("we", "re"),
    ("we", "are"),
    ("ich", "bin"),
    ("je", "suis"),
    ("wij", "zitten"),
    ("moi", "suis"),
    ("iech", "bin"),
}
_SITTING = {
    ("ik", "zit"),
    ("iech", "zit"),
    ("ich", "sitze"),
    ("ich", "sitz"),
    ("wij", "zitten"),
    ("we", "zitten"),
    ("veer", "zitte"),
    ("wir", "sitzen"),
    ("we", "sit"),
    ("on", "est"),
    ("iech", "stoon"),
}
_MY_HOME = word_set(
    "huis flat appartement woning kamer box adres huisnummer studio etage place house room apartment door address wohnung haus zimmer"
    " adresse hausnummer tur maison appart chambre keuken balkon"
)
_OURS = word_set("ik ich iech i im wij we veer wir je on nous us ons onze our unser unsere mijn my mein mon m er bin")
_BEING = word_set(
    "zit zitten zien ben zijn am m are re s in on op im bin sind sitz sitze sitzen suis est sommes is ist hier here zelf self huis hoes house"
    " haus flat appartement the de het t der dem die das le la l au at a nummer number numero hausnummer huisnummer nommer nr no zimmer room"
    " kamer studio apt wohnung apartment chambre box logement etage own eigen wonende residing"
)
_HOMING = word_set("thuis thuiskom thoes home daheim zuhause zuhaus")
_BREAK = word_set(
    "en and und et zie zien ziet zag zagen is see saw sees sehe seht vois voit ruik ruikt smell hoor hear maar but aber mais waar where wo"
    " want omdat because niet nicht pas not vanaf van tegenover overkant gegenuber opposite across face naast next neben behind achter"
)
_ON = word_set("op auf au on im in oppe")
_AT = _ON | word_set("aan bij at an am aon de den der het")
_THE = word_set("de den n der dem the het la le au")
_AFTER_FLOOR = word_set(
    ". , ! ? ; ) links rechts left right gauche droite veur voor achter hier hei in bij bie ik iech ich je"
) | {"\n"}
_REACH = 9


_FIRST = _LIVE | _OURS | _HOMING | MINE | {pair[0] for pair in (*_AMONG_US, *_I_AM, *_SITTING)}


def find_homes(tokens: Tokens) -> Iterator[Run]:
    """The reporter's own house, as it is told after words that speak of living somewhere."""
    words = tokens.words
    at = 0
    if _FIRST.isdisjoint(words):
        return
    while at < len(words):
        begin = _begin(tokens, at) if words[at] in _FIRST else 0
        if begin:
            found = _find_house(tokens, begin)
            if found:
                yield found
                at = found.last
        at += 1


def _begin(tokens: Tokens, at: int) -> int:
    """The word after a cue at `at`, 0 where there is none."""
    words, pair = tokens.words, tuple(tokens.words[at : at + 2])
    if words[at] in _OURS:
        to = at + 1
        while to < len(words) and words[to] in _BEING and to - at < 5:
            to += 1
        if to > at + 1 and (
            tells_number(tokens, to) or (to < len(words) and tokens.is_place[to] and number_end(tokens, to + 1))
        ):
            return to - (words[to - 1] in NUMBERED)
    if pair in _AMONG_US:
        return at + 2
    if pair in _SITTING:
        return at + 2
    if pair in _I_AM:
        after = words[at + 2 : at + 4]
        return (
            at + 2
            if after
            and (after[0] in NUMBERED or after[0] in ("hier", "here", "zelf"))
            and after[0] not in ("de", "la", "der")
            else 0
        )
    if words[at] in _LIVE and not {"hij", "zij", "ze", "he", "she", "er", "sie", "il", "elle"} & set(
        words[max(0, at - 2) : at]
    ):
        return at + 1
    if words[at] in _HOMING or (words[at] in MINE and len(pair) == 2 and pair[1] in _MY_HOME):
        return at + 1 + (words[at] in MINE)
    return 0


def tells_number(tokens: Tokens, at: int) -> bool:
    """Whether a house number or a floor is told at `at`, after a word that announces one."""
    if at >= len(tokens.words):
        return False
    if floor_end(tokens, at):
        return True
    announced = tokens.words[at - 1] in NUMBERED or (at > 1 and tokens.words[at - 1] in ("is", "ist", "est", "s"))
    return (announced and number_end(tokens, at) > 0) or (
        tokens.words[at] in NUMBERED and number_end(tokens, at + 1) > 0
    )


def _find_house(tokens: Tokens, begin: int) -> Run | None:
    words = tokens.words
    for at in range(begin, min(len(words), begin + _REACH)):
        word = words[at]
        if (word in _BREAK and at > begin) or is_stop(words, at) or tokens.sorts[at][0] == "H":
            return None
        if tokens.is_place[at]:
            end = at + 1
            while end < len(words) and tokens.is_place[end]:
                end += 1
            number = number_end(tokens, skip_to_number(tokens, end))
            last = number or end
            numbered_before = at > begin and tokens.sorts[at - 1][0] == "D"
            if number or numbered_before or words[begin - 1] in _LIVE:
                return Run(at - numbered_before, address_end(tokens, last) - 1, "RA", Verdict.REMOVE, 5 * SURE)
            return None
        named = unknown_way_end(tokens, at) if words[at - 1] in _AT else 0
        if named:
            return Run(at, address_end(tokens, named) - 1, "RA", Verdict.REMOVE, 5 * SURE)
        if word in NUMBERED or word in FLOOR_BEGINS or at == begin:
            number = floor_end(tokens, at + (word in NUMBERED)) or (
                number_end(tokens, at + 1) if word in NUMBERED else 0
            )
            if not number and word in ORDINALS and at > begin and _is_floor_alone(words, at):
                number = at + 1
            if number:
                return Run(
                    at + (word in NUMBERED - UNITS), address_end(tokens, number) - 1, "RA", Verdict.REMOVE, 5 * SURE
                )
    return None


def _is_floor_alone(words: Sequence[str], at: int) -> bool:
    """Whether "op de vierde" ends here, and no "vierde keer" or "vierde oktober" is told."""
    before, after = words[at - 1], words[at + 1] if at + 1 < len(words) else "."
    on = words[at - 2] in _ON or (words[at - 2] == "d" and before == "n")
    return before in _THE and on and (after in _BREAK or after in _AFTER_FLOOR)


def find_after_name(tokens: Tokens, at: int) -> Run | None:
    """The reporter's address that is told just after the reporter's name, which ends before word `at`."""
    words, start = tokens.words, at
    while at < len(words) and words[at] in _AFTER_NAME and at - start < 5:
        at += 1
    if at >= len(words):
        return None
    floor = floor_end(tokens, at)
    if floor:
        return Run(at, address_end(tokens, floor) - 1, "RA", Verdict.REMOVE, 5 * SURE)
    address = find_address(tokens, at)
    if address:
        return Run(at, address - 1, "RA", Verdict.REMOVE, 5 * SURE)
    if not tokens.is_place[at]:
        return None
    end = at
    while end < len(words) and tokens.is_place[end]:
        end += 1
    number = number_end(tokens, skip_to_number(tokens, end))
    if number or not {"uit", "oet", "aus", "from", "van", "vaan"}.isdisjoint(words[start:at]):
        return Run(at, address_end(tokens, number or end) - 1, "RA", Verdict.REMOVE, 5 * SURE)
    return None


_AFTER_NAME = word_set("van vaan vd uit oet aus from of de der die het the la op in te hier nummer wonende") | {
    ",",
    "(",
    ":",
}
