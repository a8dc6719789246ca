"""Number plates as they are spelled aloud, letter by letter or by a spelling alphabet, and the forms that plates have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from hotline.understanding.folding import fold, word_set
from hotline.understanding.numbers import SAID
from hotline.understanding.utterance import Utterance

# Side codes of the Dutch register (RDW) and the neighbours' forms: L a letter, 9 a digit, _ what separates.
_IN_THREE = (
    "LL_99_99 99_99_LL 99_LL_99 LL_99_LL LL_LL_99 99_LL_LL 99_LLL_9 9_LLL_99 LL_999_L L_999_LL LLL_99_L L_99_LLL"
    " 9_LL_999 999_LL_9 9_LLL_999 LL_999_LL"
)
THREE_GROUPS: Sequence[str] = _IN_THREE.split()
TWO_GROUPS: Sequence[str] = ("LLL_999", "999_LLL", "LL_9999")

_LETTERS = {
    "nl": "aa=a ah=a bee=b be=b cee=c ce=c see=c dee=d de=d ee=e ef=f gee=g ge=g haa=h ha=h ie=i jee=j kaa=k ka=k el=l"
    " em=m en=n oo=o pee=p pe=p ku=q kuu=q er=r es=s tee=t te=t uu=u vee=v ve=v wee=w we=w ix=x iks=x ij=y ypsilon=y"
    " zet=z zed=z",
    "en": "ay=a eff=f aitch=h eye=i jay=j kay=k ell=l oh=o queue=q cue=q ar=r ess=s you=u ex=x why=y zee=z",
    "de": "beh=b zeh=c deh=d eh=e geh=g hah=h ih=i jott=j jot=j kah=k emm=m enn=n peh=p kuh=q err=r teh=t uh=u fau=v"
    " vau=v weh=w zett=z",
    "fr": "bé=b cé=c dé=d effe=f gé=g ache=h ji=j elle=l emme=m enne=n pé=p erre=r esse=s té=t vé=v ixe=x zède=z",
}
_ALPHABETS = {
    "nl": "Anton Bernard Cornelis Dirk Eduard Ferdinand Gerard Hendrik Izaak Isaac Johan Jan Karel Lodewijk Maria Nico"
    " Nicolaas Otto Pieter Quirinius Quotiënt Richard Rudolf Simon Theodor Theodoor Utrecht Victor Willem Xantippe"
    " Xanthippe IJsbrand Ypsilon Zacharias Zaandam",
    "en": "alfa alpha bravo charlie delta echo foxtrot golf hotel india juliett juliet kilo lima mike november oscar"
    " papa quebec romeo sierra tango uniform whiskey whisky xray yankee zulu",
    "de": "Berta Cäsar Dora Emil Friedrich Gustav Heinrich Ida Julius Kaufmann Konrad Ludwig Martha Nordpol Paula"
    " Quelle Samuel Siegfried Ulrich Viktor Wilhelm Zeppelin",
    "fr": "Anatole Berthe Célestin Désiré Eugène François Gaston Henri Irma Joseph Kléber Louis Marcel Nicolas Pierre"
    " Quintal Raoul Suzanne Thérèse Ursule William Xavier Yvonne Zoé",
}
# "A van Anton", "A wie Anton", "a comme Anatole", "A as in alpha": the name repeats the letter.
_AS_IN = word_set("van wie comme as for von")
# Letters' names that are everyday words: they make a plate only beside others that are not, or after the word for a plate.
_WEAK = word_set("de en er es el te we u a o i ge ha you why eye elle ce se ie ar see be")
_SKIP = frozenset((",", ".", "streepje", "dash", "tiret", "strich", "liggend"))
_CUES = word_set(
    "kenteken kentekens nummerplaat kentekenplaat plaat plate plates kennzeichen nummernschild plaque immatriculation"
)
_WRITTEN = re.compile(r"(?<![\w-])[a-z0-9]{1,3}-[a-z0-9]{2,3}-[a-z0-9]{1,3}(?![\w-])")


def _spell() -> dict[str, str]:
    spelled = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"}
    for row in _LETTERS.values():
        spelled.update((word, letter) for word, _, letter in (fold(pair).partition("=") for pair in row.split()))
    for row in _ALPHABETS.values():
        spelled.update((fold(word), fold(word)[0]) for word in row.split())
    return {word: letter.upper() for word, letter in spelled.items()} | {"ijsbrand": "Y"}


_SPELLED = _spell()
_SURE = frozenset(_SPELLED) - _WEAK
_FORMS = {form.replace("_", ""): tuple(map(len, form.split("_"))) for form in (*TWO_GROUPS, *reversed(THREE_GROUPS))}
_SHAPES = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "L" * 26 + "9" * 10)
_LONGEST = max(map(len, _FORMS))
_SYMBOLS, _BETWEEN = frozenset(_SPELLED) | frozenset(SAID), _SKIP | _AS_IN
_FEWEST = 3
"""Symbols of a plate that is spelled."""


class _Symbol(NamedTuple):
    """A letter or digits; `sure` where the word can hardly be anything but a letter."""

    text: str
    start: int
    end: int
    sure: bool


class Plate(NamedTuple):
    """A plate in its normal form, `AE-12-OU`, and the words from which to which it is spelled."""

    text: str
    start: int
    end: int


def normalise_plate(letters: str) -> str | None:
    """`ae12ou` as `AE-12-OU`, None where no country's plates look like that."""
    bare = letters.upper()
    form = _FORMS.get(bare.translate(_SHAPES))
    if form is None:
        return None
    groups, at = [], 0
    for length in form:
        groups.append(bare[at : at + length])
        at += length
    return "-".join(groups)


def find_plate(utterance: Utterance) -> str | None:
    """The first plate that is written with hyphens or spelled aloud, in its normal form."""
    if "-" in utterance.folded:
        for match in _WRITTEN.finditer(utterance.folded):
            if plate := normalise_plate(match.group().replace("-", "")):
                return plate
    return next((plate.text for plate in find_spelled(utterance.words)), None)


def find_spelled(words: Sequence[str]) -> Iterator[Plate]:
    """Every plate that is spelled in `words`: letters and digits in a row that together have a plate's form."""
    cued = not _CUES.isdisjoint(words)
    repeated = any(word in _AS_IN and before in _SPELLED for before, word in pairwise(words))
    if not (cued or repeated) and _SURE.isdisjoint(words):
        return
    run: list[_Symbol] = []
    at = _begin(words)
    while at < len(words):
        symbol = _read_symbol(words, at)
        if symbol:
            run.append(symbol)
            at = symbol.end
            continue
        if run and words[at] not in _SKIP:
            yield from _read_run(run, cued=cued)
            run = []
        at += 1
    yield from _read_run(run, cued=cued)


def _begin(words: Sequence[str]) -> int:
    """The first word that can be a symbol, or the end where never enough can stand in a row: far cheaper than reading them."""
    told = [at for at, word in enumerate(words) if word in _SYMBOLS or word.isdigit()]
    row = 1
    for at, following in pairwise(told):
        row = row + 1 if following == at + 1 or words[at + 1] in _BETWEEN else 1
        if row == _FEWEST:
            return told[0]
    return len(words)


def _read_symbol(words: Sequence[str], at: int) -> _Symbol | None:
    word = words[at]
    letter = _SPELLED.get(word)
    if letter:
        end = _repeated(words, at + 1, letter)
        return _Symbol(letter, at, end or at + 1, sure=bool(end) or word not in _WEAK)
    digits = SAID.get(word) or (word if word.isascii() and word.isdigit() else "")
    return _Symbol(digits, at, at + 1, sure=False) if digits and len(digits) <= _LONGEST else None


def _repeated(words: Sequence[str], at: int, letter: str) -> int:
    """Where `van Anton` after an A ends, 0 where the letter is not told again."""
    skip = at + 2 if words[at : at + 2] == ["as", "in"] else at + 1 if words[at : at + 1] and words[at] in _AS_IN else 0
    return skip + 1 if skip and skip < len(words) and words[skip][:1].upper() == letter else 0


def _read_run(run: Sequence[_Symbol], *, cued: bool) -> Iterator[Plate]:
    if len(run) < _FEWEST or not (cued or any(symbol.sure for symbol in run)):
        return
    first = 0
    while first < len(run) - 1:
        found = _read_from(run, first, cued=cued)
        if found is None:
            first += 1
            continue
        last, plate = found
        yield Plate(plate, run[first].start, run[last].end)
        first = last + 1


def _read_from(run: Sequence[_Symbol], first: int, *, cued: bool) -> tuple[int, str] | None:
    """The longest plate that begins at `first`; without the word for a plate, half of its letters must be letters for sure."""
    letters, found = "", None
    for last in range(first, len(run)):
        letters += run[last].text
        if len(letters) > _LONGEST:
            break
        plate = normalise_plate(letters) if last - first + 1 >= _FEWEST else None
        if plate:
            told = run[first : last + 1]
            sure = sum(symbol.sure for symbol in told)
            if cued or 2 * sure >= sum(symbol.text.isalpha() for symbol in told):
                found = last, plate
    return found
