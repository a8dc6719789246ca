"""What the learned tagger looks at: each word, the kind it is of, its neighbours, and what was said just before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from hotline.anonymity.tokens import STOPS, Tokens
from hotline.understanding.folding import word_set

Key = str | tuple[str, ...]
"""What a weight is kept for. In the model's file its words stand with blanks between."""

_PAD = ["<s>"] * 3
OF_ME = word_set(
    "ik ich iech i je j wij we veer wir nous on mijn mn mien miene mie my mein meine mon ma onze our unser notre"
)
OF_OTHERS = word_set(
    "hij zij ze die deze he she they er sie il elle ils zijn haar his her sein ihr son dealer dealers dealerin jongen man guy typ type mec "
    "kerel gast hem him ihn hun their deze een a ein un"
)
_CUES = word_set(
    "heet heten heette heit naam naom name namen named called call noem noemen noemt genoemd genaamd noemde neume namens nennen nennt heisst "
    "heist heisse heise heiss namens genannt bijnaam nickname spitzname surnom appelle appellent appelez nom nomme spreekt spricht spreche "
    "speaking speak parlez met mit mèt with avec ben bin am m suis zekere certain gewisser woon wonen woont woen woene live lives wohne wohnen "
    "wohnt habite habitons adres address adresse werk werkt work works arbeite travaille bosse studeer study studiere geboren born ne nee jaar "
    "jahre ans uit oet from aus viens kom koum come komme insta snap snapchat instagram telegram account als as comme voor groet groeten "
    "groetjes mvg regards gruss grus gruse grusse cordialement bedankt thanks merci danke"
)

STARTS = ((3, 2, 1, 4, 5), (0,), (1, 2, 3, 4), (2, 3), *[(0,)] * 8)
"""For each sequence, where in it the row of every template begins: the keys of the words themselves, or of their neighbours."""

ROWS = sum(map(len, STARTS))
"""How many templates look at words; those after them look at the label of the word before too."""

TEMPLATES = ROWS + 3


def sequences(tokens: Tokens) -> list[Iterable[Key]]:
    """The keys in the order of the words, some sequences with keys for what is before and after the text."""
    words, sorts, here = [*_PAD, *tokens.symbols, *_PAD], [*_PAD, *tokens.sorts, *_PAD], tokens.sorts
    count = len(here)
    from_begin, to_end = ("0123" + "4" * count)[:count], ("4" * count + "321")[-count:]
    named = [sort[0] in "uFS" for sort in here]
    return [
        words,
        here,
        pairwise(words),
        pairwise(sorts),
        zip(words[2:], here, strict=False),
        zip(here, words[4:], strict=False),
        zip(words[1:], words[2:], here, strict=False),
        zip(_states(tokens.words), here, strict=True),
        [(word[-3:], sort) if may else "" for word, sort, may in zip(tokens.words, here, named, strict=True)],
        [(word[:3], word[-1:]) if may else "" for word, may in zip(tokens.words, named, strict=True)],
        zip(from_begin, to_end, here, strict=True),
        zip(sorts[1:], sorts[2:], here, strict=False),
    ]


def feature_rows(tokens: Tokens) -> list[Sequence[Key]]:
    """For each template that looks at words a row with one key per word, empty where there is none."""
    count = len(tokens.words)
    rows: list[Sequence[Key]] = []
    for keys, starts in zip(map(list, sequences(tokens)), STARTS, strict=True):
        rows += [keys[start : start + count] for start in starts]
    return rows


def chain_keys(tokens: Tokens, at: int) -> tuple[Key, Key, Key]:
    """What the templates look at that go with the label of the word before."""
    following = tokens.symbols[at + 1] if at + 1 < len(tokens.symbols) else "<s>"
    return tokens.sorts[at], tokens.symbols[at], (tokens.sorts[at], following)


def write_key(key: Key) -> str:
    """A key as it stands in the model's file."""
    return key if isinstance(key, str) else " ".join(key)


def read_key(told: str) -> Key:
    """The opposite of writing."""
    return tuple(told.split(" ")) if " " in told else told


def _states(words: Iterable[str]) -> list[str]:
    """Before each word: the last cue in the sentence, how far back it is, and of whom the sentence speaks."""
    states: list[str] = []
    cue, far, who = "", 0, ""
    for word in words:
        states.append(f"{cue}{far}{who}")
        if word in STOPS:
            cue, far, who = "", 0, ""
        elif word in _CUES:
            cue, far = word, 0
        elif cue:
            far += 1
            if far > 5:
                cue, far = "", 0
        if word in OF_ME:
            who = "I"
        elif word in OF_OTHERS:
            who = "T"
    return states
