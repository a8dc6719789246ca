"""What tells whose something is, is learned again to the byte, and looks no farther than it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build.train_whose import SEED, train
from hotline.anonymity.scrub import scrub
from hotline.anonymity.tokens import Tokens
from hotline.anonymity.whose import KINDS, MODEL, clues, lean, load_weights
from hotline.understanding.folding import fold

MOST_BYTES = 900_000
FARTHEST = 15
"""Words to either side beyond which nothing counts."""


def lean_of(kind: str, text: str, words: str) -> int:
    tokens = Tokens(text, fold(text))
    told = Tokens(words, fold(words)).words
    first = next(at for at in range(len(tokens.words)) if tokens.words[at : at + len(told)] == told)
    return lean(kind, tokens, first, first + len(told) - 1)


def test_training_again_gives_the_same_bytes() -> None:
    assert train(SEED) == MODEL.read_text(encoding="utf-8")


def test_the_model_is_small_and_has_every_kind() -> None:
    assert MODEL.stat().st_size < MOST_BYTES
    assert tuple(load_weights()) == KINDS


@pytest.mark.parametrize(
    ("kind", "own", "others", "words"),
    [
        (
            "name",
            "ja goedenavond u spreekt met kevin van hierboven",
            "die dealer heet kevin en hij staat er weer",
            "kevin",
        ),
        ("name", "my name is kevin and I live upstairs", "a guy called kevin sells there", "kevin"),
        (
            "home",
            "ik woon in de Denkbeeldweg 12 en hoor het",
            "er wordt gedeald bij de Denkbeeldweg 12",
            "denkbeeldweg 12",
        ),
        (
            "home",
            "ich wohne Denkbeeldweg 12, ich sehe alles",
            "in der Denkbeeldweg 12 verkaufen sie Koks",
            "denkbeeldweg 12",
        ),
        ("number", "bel mij terug op 06 12345678", "op het kaartje van de dealer staat 06 12345678", "06 12345678"),
        ("number", "mijn eigen auto AE-12-OU is bekrast", "de dealer rijdt in een Audi AE-12-OU", "ae 12 ou"),
    ],
)
def test_the_words_around_tell_whose_it_is(kind: str, own: str, others: str, words: str) -> None:
    assert lean_of(kind, own, words) > 0 > lean_of(kind, others, words)


@given(st.lists(st.sampled_from(["ik", "hij", "woon", "kevin", "12", ".", "de", "markt"]), min_size=1, max_size=40))
def test_what_is_far_away_does_not_count(words: list[str]) -> None:
    far = " ".join(["daar"] * FARTHEST)
    near = Tokens(text := f"{far} jan {far}", fold(text))
    longer = Tokens(text := f"{' '.join(words)} {far} jan {far} {' '.join(words)}", fold(text))
    here = len(longer.words) - len(near.words) - (len(longer.words) - len(near.words)) // 2
    at = next(one for one, word in enumerate(longer.words) if word == "jan" and one >= here)
    assert set(clues(near, FARTHEST, FARTHEST)) == set(clues(longer, at, at))


def test_a_plate_that_was_noted_is_no_plate_of_ones_own() -> None:
    assert scrub("ik noteerde AE-12-OU").sealed[0].text == "AE-12-OU"
    assert not scrub("ik rijd zelf in een Fiat AE-12-OU").sealed


def test_a_bare_address_is_where_the_nuisance_is() -> None:
    assert scrub("Boschstraat 100").text == "Boschstraat 100"
    assert scrub("op de Denkbeeldweg 12A").text == "op de Denkbeeldweg 12A"


def test_a_long_text_full_of_names_and_numbers_keeps_no_number() -> None:
    told = "Kevin woont op Denkbeeldweg 12, bel 06 12345678. " * 400
    assert "12345678" not in scrub(told).text
