"""A difference shows both texts whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hotline.web.desk.difference import compare_words

texts = st.text("ab \n.", max_size=30)


@given(texts, texts)
def test_both_texts_stand_in_the_difference(before: str, after: str) -> None:
    steps = list(compare_words(before, after))
    assert "".join(words for what, words in steps if what != "new") == before
    assert "".join(words for what, words in steps if what != "gone") == after
    assert all(words for _, words in steps)


def test_words_that_change_together_stand_together() -> None:
    assert list(compare_words("Ik zie vanuit mijn raam dat er", "Gezien is dat er")) == [
        ("gone", "Ik zie vanuit mijn raam"),
        ("new", "Gezien is"),
        ("same", " dat er"),
    ]
