"""What a text can be found by: the sounds of its words and their stems, near-spellings, and the places that it names.

A report and a search for it are read by this one function, so that whatever was written is found by itself, by another form
of the word, by what sounds like it, and by a slip of one letter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import Stemmer

from hotline.understanding.folding import word_set
from hotline.understanding.places import Gazetteer
from hotline.understanding.plates import normalise_plate
from hotline.understanding.sounds import sound_out
from hotline.understanding.streets import find_streets
from hotline.understanding.utterance import STOPS, Utterance

STEMMERS: Mapping[str, str] = {"nl": "dutch", "en": "english", "de": "german", "fr": "french"}
"""The languages that a word can be read in, with the name of each one's stemmer."""

LONG = 6
"""Letters of a sound from which on a slip of one letter is forgiven; shorter words would meet each other."""

_KEPT = 2
_PLATE_GROUPS = 3
# The commonest words of the four languages, as one list: a search does not know the language of the reports, and a word
# that only one of them drops would hide every report in another. "mes" is a knife, so the French list lacks it.
COMMON = (
    word_set(
        "de het een en van in op te dat die dit is was zijn waren ik je jij u hij zij ze wij we er om aan met voor niet"
        " ook maar of als bij naar uit door over tot dan nog wel al zo kan wordt worden werd heb hebt heeft hebben had"
        " toe daar hier wat wie waar hoe hun hen hem haar mijn ons onze uw deze ja nee zich dus want omdat toen der 't"
    )
    | word_set(
        "the a an and of in on at to for from with by is are was were be been has have had i you he she it we they them"
        " their this that these those there here not no yes but or as if so my our your his her its do does did will"
        " would can could who what when where how"
    )
    | word_set(
        "der die das dem den des ein eine einen einem und ist sind war hat haben wird werden ich du er sie es wir ihr"
        " nicht auch aber oder mit von zu bei nach aus auf im am an um für vor als wie was wo noch da dort mein meine sich"
        " wenn dass"
    )
    | word_set(
        "le la les un une des du de et est sont a au aux en dans sur avec pour par pas ne que qui se ce cette ces il elle"
        " ils elles je tu nous vous on mais ou comme mon ma son sa ses leur leurs"
    )
)
# What haste and dialect write so differently that no rule of sound brings it back.
_SAME = {
    "dieler": "dealer", "dielers": "dealer", "deeler": "dealer", "deelers": "dealer", "diler": "dealer", "dilers": "dealer",
    "dielen": "dealen", "deele": "dealen", "gedield": "dealen", "gedealt": "dealen", "gedealed": "dealen", "dealt": "dealen",
    "dealde": "dealen", "weed": "wiet", "wied": "wiet", "skunk": "wiet", "mets": "mes", "metske": "mes", "hoes": "huis",
    "hoeze": "huizen", "aovend": "avond", "jonges": "jongens", "pliesie": "politie", "plisie": "politie", "polisie": "politie",
    "ff": "even", "w8": "wacht", "mss": "misschien", "ppl": "people", "nr": "nummer",
}  # fmt: skip


class Word(NamedTuple):
    """One word of a text, from `start` up to `end`, and all that it can be found by."""

    start: int
    end: int
    terms: frozenset[str]


def read_words(text: str, languages: Collection[str], gazetteer: Gazetteer | None) -> list[Word]:
    """The words of `text` but for the commonest and the scrubber's placeholders, read in each of these languages.

    Every such word of a place's name also carries the place, as `@` and its name by sound, and of a plate the plate.
    """
    utterance = Utterance(text)
    names: dict[int, set[str]] = {}
    for name, start, end in _find_names(utterance, gazetteer):
        for at in range(start, end):
            names.setdefault(at, set()).add(name)
    # A stemmer keeps a state while it works, so threads cannot share one; making it costs a third of a microsecond.
    stemmers = [Stemmer.Stemmer(STEMMERS[language], maxCacheSize=0) for language in sorted(languages)]
    found = []
    for at, (word, (start, end)) in enumerate(zip(utterance.words, utterance.spans, strict=True)):
        if _tells(word):
            found.append(Word(start, end, _spell(word, stemmers) | names.get(at, frozenset())))
    return found


def name_spots(text: str, gazetteer: Gazetteer | None) -> frozenset[str]:
    """The streets and landmarks that a text names, as terms; a neighbourhood is too wide to be a spot."""
    utterance = Utterance(text)
    streets = (street.name for street in find_streets(utterance))
    found = (one.place for one in gazetteer.find_places(utterance)) if gazetteer else ()
    places = (place.name for place in found if place.kind in ("landmark", "street") and not place.vague)
    return frozenset(map(_sound_name, (*streets, *places)))


def gather(words: Sequence[Word]) -> frozenset[str]:
    """All that a text of these words can be found by."""
    return frozenset().union(*(word.terms for word in words))


def meets(asked: Sequence[frozenset[str]], terms: Collection[str]) -> bool:
    """Whether a text of these terms answers to every word of a search, of which there is at least one."""
    return bool(asked) and all(not one.isdisjoint(terms) for one in asked)


def _tells(word: str) -> bool:
    return word[0] not in "[.,!" and word not in COMMON and (len(word) > 1 or word.isdigit())


def _spell(word: str, stemmers: Sequence[Stemmer.Stemmer]) -> frozenset[str]:
    word = _SAME.get(word, word)
    # The word itself too: a slip in an ending makes another stem of it.
    sounds = set(sound_out({word, *(stemmer.stemWord(word) for stemmer in stemmers)}))
    return frozenset(near for sound in sounds for near in (sound, *_without_one(sound)))


def _without_one(sound: str) -> Iterator[str]:
    """A long word without one of its letters, the first two kept: two words one slip apart share one of these."""
    if len(sound) >= LONG and sound.isalpha():
        yield from (sound[:at] + sound[at + 1 :] for at in range(_KEPT, len(sound)))


def _find_names(utterance: Utterance, gazetteer: Gazetteer | None) -> Iterator[tuple[str, int, int]]:
    """What stretches of words name: each place and street, and each plate however it is divided."""
    for street in find_streets(utterance):
        yield _sound_name(street.name), street.start, street.end
    for place, start, end in gazetteer.find_places(utterance) if gazetteer else ():
        yield _sound_name(place.name), start, end
    words = utterance.words
    for start in range(len(words)):
        for end in range(start + 1, min(start + _PLATE_GROUPS, len(words)) + 1):
            if plate := normalise_plate("".join(words[start:end])):
                yield plate, start, end


def _sound_name(name: str) -> str:
    return "@" + "".join(word for word in sound_out(Utterance(name).words) if word not in STOPS)
