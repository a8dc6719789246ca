"""What the reporter does and where, by rule: "ik werk bij …", "I clean at …", "als eigenaar van …", and where such words end."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.anonymity.learned import SURE, Run
from hotline.anonymity.sentences import LEADING, stands_before
from hotline.anonymity.spans import Verdict
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

_I = word_set("ik ich iech i wij we wir j je nous mijn my mein meine mon")
_AM = word_set("ben bin was war am m suis etais been als as comme iech ich tant que")
_BEFORE_JOB = word_set(
    "ik i ich je een de een a an the der die das ein eine einziger einzige un une le la l zelf vroeger ook nu nog hier daar also former ex"
    " oud selbst fruher auch weil only en"
)
_DOING = word_set(
    "werk werken werkte wirk work working works worked arbeite arbeiten arbeitete travaille travaillais bosse clean cleaning poets putze"
    " nettoie teach studeer study studiere etudie bezorg deliver rij drive fahre volunteer nachtdienst dienst stage ausbildung kassa shifts lade"
    " menage intern boss baas chef collegas kollegen collegues colleagues supervisor klanten clients clienten patienten eigenaar"
    " eigenares owner inhaber"
    " zing zingen sing singe singen chante chantons train trainer trainen speel spiele joue repareer bedien geef"
    " vaar vare varen bak bakke bakken kook kokke koken knip knippe tap tappe tappen verkoop verkoupe verkopen beheer bestuur runnen dirige"
    " leite lei teken draai spuit sjnij snij begonnen jobbe serveer verzorg schenk sjenk vend vends koche backe verkaufe sell cook bake"
    " serve manage inhaberin proprietaire gerant gerante beheerder voorzitter bestuurslid lid member mitglied membre penningmeester secretaris"
    " manager leiter leiterin directeur directrice directeurs run own fuhre tiens"
)
_AT = word_set(
    "bij voor in op at for bei beim fur im chez a au aux pour dans van vom von of an am der du de del la le l with met mit avec oan bie"
)
_NOT_WORK = word_set(
    "nacht nachts huis thuis home house avond avonds weekend ploegendienst morgen maandag dinsdag woensdag donderdag vrijdag zaterdag zondag night"
    " evening morning hause nachtschicht schicht nuit maison soir matin straat street rue maastricht mestreech tuin garden buurt auto bus die dat"
    " mij ons hem haar hun them him her me us mir uns ihm ihr lui eux nous zijn werk work arbeit plezier"
)
_CLOSED = word_set(
    "ici en and und et maar but aber mais dus so want die wie wo daar there hier here dort ik ich iech i je j wij we wir ze zij he she they er sie"
    " es is was moet must muss dois heb hab have has hat had hatte ai am bin suis ben kom kommt komt come zie see sehe vois om dat that dass"
    " omdat because weil parce als when wenn quand toen then dann waar where ou met with mit avec naast achter voor ten tot sinds seit depuis"
    " since dagelijks elke every jeden chaque nu now jetzt maintenant dont qui que wordt worden wird kan can kann peut gaat goes geht va noemt"
    " zit zitten staat staan steht stehen ligt gisteren yesterday gestern aan aon on nadat daarom ook auch aussi too word werd"
)
_INSIDE = word_set("de het der den van du des d la le les l of the sint st saint zur zum fur voor op aan im am in a au")
_WHERE = word_set(
    "op in aan naast boven achter tegenover bij van at on in of by next to above behind near beside an am neben uber hinter gegenuber bei im der"
    " a au sur dans du de de_la pres cote derriere aon oonder"
)
_LONGEST = 6


def find_works(tokens: Tokens) -> Iterator[Run]:
    """Trades that the reporter claims, and employers after words for working."""
    if _I.isdisjoint(tokens.words):
        return
    for at, word in enumerate(tokens.words):
        if "J" in tokens.sorts[at][:-1] and tokens.sorts[at][0] != "L":
            back = at - 1
            if at and tokens.text[tokens.spans[at - 1][1] : tokens.spans[at][0]] == "-":
                back -= 1  # "Lkw-Fahrer"
            while back >= 0 and tokens.words[back] in _BEFORE_JOB and at - back < 5:
                back -= 1
            if back >= 0 and tokens.words[back] in _AM and stands_before(tokens.words, back, _I):
                first = at - (tokens.text[tokens.spans[at - 1][1] : tokens.spans[at][0]] == "-")
                yield Run(first, at, "RW", Verdict.REMOVE, 3 * SURE)
        if word in _DOING and stands_before(tokens.words, at, _I):
            yield from _find_employer(tokens, at)


def _find_employer(tokens: Tokens, doing: int) -> Iterator[Run]:
    """The employer at most three words after the word for working."""
    for at in range(doing + 1, min(len(tokens.words), doing + 5)):
        if tokens.words[at] in _AT:
            last = employer_end(tokens, at + 1)
            if last <= at and at + 1 < len(tokens.words) and tokens.words[at + 1] in _NOT_WORK:
                continue
            if last > at:
                first = at + 1
                while first < last and tokens.words[first] in LEADING:
                    first += 1
                yield Run(first, last, "RW", Verdict.REMOVE, 3 * SURE)
            return
        if tokens.words[at] in _CLOSED or tokens.sorts[at][0] in "M":
            return


def employer_end(tokens: Tokens, at: int) -> int:
    """The last word of an employer's or school's name that begins at `at`; before `at` where there is none."""
    words, start = tokens.words, at
    while at < len(words) and words[at] in LEADING and at - start < 3:
        at += 1
    if at >= len(words) or words[at] in _NOT_WORK or words[at] in _CLOSED or tokens.sorts[at][0] in "MHD":
        return start - 1
    last = at
    while last + 1 < len(words) and last - at < _LONGEST:
        after = last + 1
        if _goes_on(tokens, after, first=at):
            last = after
        elif (words[after] in _INSIDE) and after + 1 < len(words) and _goes_on_linked(tokens, after + 1):
            last = after + 1
        elif words[after] in ("en", "and", "und", "et") or _is_ampersand(tokens, last):
            if after < len(words) and _is_ampersand(tokens, last) and _goes_on_linked(tokens, after):
                last = after
            else:
                break
        else:
            break
    return tail_end(tokens, last)


def tail_end(tokens: Tokens, last: int) -> int:
    """Where "op de hoek", "next to the bank", "aan de Geusseltweg" after an employer ends."""
    words = tokens.words
    for _ in range(2):
        at = last + 1
        while at < len(words) and at - last < 4 and (words[at] in _WHERE or (at > last + 1 and words[at] in LEADING)):
            at += 1
        if at == last + 1 or at >= len(words) or words[at] in _CLOSED - {"hoek"} or tokens.sorts[at][0] in "MHDN":
            return last
        last = at
        while last + 1 < len(words) and (tokens.is_place[last + 1] and tokens.is_place[last]):
            last += 1
    return last


def _goes_on(tokens: Tokens, at: int, *, first: int) -> bool:
    """Whether a word without a link goes on with a name: a capital where there are capitals, no everyday word elsewhere."""
    sort = tokens.sorts[at]
    if tokens.words[at] in _CLOSED or sort[0] in "MH":
        return False
    glued = tokens.text[tokens.spans[at - 1][1] : tokens.spans[at][0]] in ("-", "'")
    if sort[-1] in "ltT" and sort[0] != "L":
        return glued or sort[-1] == "T" or (sort[0] in "u" and at - first < 2)
    return sort[0] in "uFSfsA" or "E" in sort[:-1] or glued or tokens.words[at] in ("sint", "st", "saint", "sankt")


def _goes_on_linked(tokens: Tokens, at: int) -> bool:
    sort = tokens.sorts[at]
    if tokens.words[at] in _CLOSED or tokens.words[at] in _NOT_WORK or sort[0] in "MHDN":
        return False
    return sort[-1] == "T" or sort[0] in "uFSfL" or not {"E", "T", "s"}.isdisjoint(sort[:-1])


def _is_ampersand(tokens: Tokens, at: int) -> bool:
    end = tokens.spans[at][1]
    return tokens.text[end : end + 3].strip().startswith("&")
