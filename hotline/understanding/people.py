"""How many people there are."""

from __future__ import annotations

from hotline.understanding.counting import ONE
from hotline.understanding.folding import word_set
from hotline.understanding.phrases import Hits, Table
from hotline.understanding.utterance import Utterance

WORDS: Table = {
    "crowd": {
        "5-10": {
            "nl": "tiental, z'n vijven, z'n zessen, z'n zevenen, z'n achten",
            "en": "half a dozen",
            "de": "halbes Dutzend",
            "fr": "dizaine",
        },
        "2-4": {
            "nl": "z'n tweeën, z'n drieën, z'n vieren, een paar jongens, een paar mannen, een paar mensen,"
            " paar jongeren, stel jongens, een stel",
            "en": "a couple of guys, a few guys, a few people, couple of men",
            "de": "zu zweit, zu dritt, zu viert, ein paar Leute, ein paar Männer, ein paar Jugendliche",
            "fr": "quelques jeunes, quelques hommes, quelques personnes",
        },
        ">10": {
            "nl": "tientallen, meer dan tien, heel veel mensen",
            "en": "dozens, more than ten, over ten",
            "de": "dutzende, mehr als zehn",
            "fr": "dizaines, plus de dix",
        },
    },
}

# "drie jongens": a number counts people only before one of these, with one or two words between ("drie jonge mannen").
_PEOPLE = word_set(
    "jongen jongens man mannen vrouw vrouwen mensen personen persoon jongeren dealers dealer kerels lui meisjes meisje"
    " gasten verslaafden junks junk drugsrunners runners runner zwervers figuren jonges luuj maander tieners guy guys"
    " people person men woman women boys boy girls teenagers kids addicts addict youths persons manner mann frau"
    " frauen leute personen jugendliche jugendlichen jungs typen kerle maenner homme hommes femme femmes jeune jeunes"
    " personnes personne gens mecs mec types individus garcons ados"
)
_ONE_PERSON = word_set(
    "jongen man vrouw persoon dealer kerel lui meisje junk runner guy person woman boy girl addict mann frau homme"
    " femme jeune personne mec type"
)
_NOT_BETWEEN = word_set("keer uur dagen weken maanden jaar van de het in op times per fois mal ans of years a")
_ABOUT = word_set(
    "ongeveer stuk of een wel zo n denk ik about around maybe ungefahr etwa environ peut etre ou or oder met with mit"
    " avec ze zijn they are es sind sie ils sont een"
)
_BOUNDS = ((1, "1"), (4, "2-4"), (10, "5-10"))


def find_count(utterance: Utterance, hits: Hits) -> str | None:
    """How many people, as one of the four sizes."""
    words = utterance.words
    ones = {at: (1, at + 1) for at, word in enumerate(words) if word in ("a", "an", "n")}
    for _, (value, after) in sorted((utterance.numbers | ones).items()):
        for ahead in (after, after + 1, after + 2):
            if ahead >= len(words) or words[ahead] in _NOT_BETWEEN or words[ahead] in ".,!":
                break
            if words[ahead] in _PEOPLE and (value > 1 or words[ahead] in _ONE_PERSON):
                return _size(value)
    if hits.get("crowd"):
        return hits["crowd"][0].value
    return _count_alone(utterance) if len(words) <= 6 else None


def _count_alone(utterance: Utterance) -> str | None:
    """`twee of drie`, `een stuk of vijf`, `zes`: an answer that is nothing but a number in words."""
    words, numbers = utterance.words, utterance.numbers
    largest, at = 0, 0
    while at < len(words):
        number = numbers.get(at)
        if number and not words[at].isdigit() and (words[at] not in ONE or len(words) == 1):
            largest, at = max(largest, number[0]), number[1]
        elif words[at] in _ABOUT or words[at] in ".,!":
            at += 1
        else:
            return None
    return _size(largest) if 0 < largest < 100 and len(numbers) <= 3 else None


def _size(value: int) -> str:
    return next((name for bound, name in _BOUNDS if value <= bound), ">10")
