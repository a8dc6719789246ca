"""The learned tagger is small, light, and made again from its sentences to the byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from build.tagging_manner import Dice
from build.tagging_sentences import make_sentences
from build.told_sentences import told_sets, vary_told
from build.train_tagger import SEED, SENTENCES, train
from config.neighbourhoods import load_gazetteer
from hotline.anonymity.lexicon import kinds, read_lines
from hotline.anonymity.tagger import LABELS, LANE, MODEL, pack, read_weights, unpack, write_weights
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import fold

ROOT = Path(__file__).parents[2]
MOST_BYTES, MOST_MEGABYTES = 1_200_000, 40
WEIGHTS = st.lists(st.integers(-(1 << LANE - 1), (1 << LANE - 1) - 1), min_size=len(LABELS), max_size=len(LABELS))
_WEIGH = """
import resource, sys
from hotline.anonymity.scrub import scrub
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
import hotline.understanding.numbers, phonenumbers, stdnum
scrub("Mijn naam is Jo Voorbeeld en ik woon op de Denkbeeldweg 3, bel 06-12345678")
assert "numpy" not in sys.modules
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_training_again_gives_the_same_bytes() -> None:
    assert train(SENTENCES, SEED) == MODEL.read_text(encoding="utf-8")


def test_the_model_is_small_and_running_it_takes_little() -> None:
    assert MODEL.stat().st_size < MOST_BYTES
    told = subprocess.run([sys.executable, "-c", _WEIGH], cwd=ROOT, capture_output=True, check=True, text=True)
    assert int(told.stdout) < MOST_MEGABYTES


@given(WEIGHTS, WEIGHTS)
def test_a_sum_of_packed_weights_is_the_packed_sum(one: list[int], two: list[int]) -> None:
    halves = [weight // 2 for weight in one], [weight // 2 for weight in two]
    assert unpack(pack(one)) == tuple(one)
    assert unpack(pack(halves[0]) + pack(halves[1])) == tuple(map(sum, zip(*halves, strict=True)))


@given(WEIGHTS)
def test_weights_come_back_from_the_file(weights: list[int]) -> None:
    assert unpack(read_weights(write_weights(weights))) == tuple(weights)


def test_small_words_of_names_are_no_trade_employer_brand_or_town() -> None:
    told = {"de", "la", "van", "von", "du"}
    assert told.isdisjoint(word for word, kind in kinds().items() if not {*"JEBT"}.isdisjoint(kind.sort[1:]))


def test_made_sentences_are_the_same_every_time_and_label_every_character() -> None:
    first, again = (list(make_sentences(300, 5)) for _ in range(2))
    assert first == again
    assert all(len(one.text) == len(one.labels) for one in first)
    told = vary_told(told_sets()[:3], 5)
    assert {label for one in first for label in one.labels} == {*LABELS, "O"} - {"RX", "TX"}
    assert {"RX", "TX"} < {label for one in told for label in one.labels}


def test_the_dice_are_the_same_on_every_machine() -> None:
    dice = Dice(1)
    assert [dice.below(1000) for _ in range(5)] == [774, 153, 196, 870, 34]


def test_every_place_that_the_line_knows_is_protected() -> None:
    missing = set(load_gazetteer().names) - set(read_lines("places"))
    assert not missing, "add these to hotline/anonymity/lexicon/places.txt"


def test_streets_that_carry_a_persons_name_are_places() -> None:
    for street in (
        "Jan van Eyckstraat",
        "jan van eyckstraat",
        "Anne Frankplein",
        "Burgemeester Kessensingel",
        "rue Denkbeeldweg",
    ):
        text = f"er wordt gedeald in de {street} elke avond"
        tokens = Tokens(text, fold(text))
        told = [word for word, placed in zip(tokens.words, tokens.is_place, strict=True) if placed]
        assert told[-1] == fold(street).split()[-1], street
        assert street.startswith(("Jan", "jan")) is (told[0] == "jan")


def test_the_lists_hold_folded_words_with_a_kind() -> None:
    assert kinds()["kevin"].sort == "F"
    assert kinds()["jan"].sort[0] in "Ff"
    assert kinds()["straat"].sort.startswith("w")
    assert "R" in kinds()["buurvrouw"].sort
