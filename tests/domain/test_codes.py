"""The report code: made, read back, and told from a mistyped one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from hotline.domain.codes import CodeTypo, in_groups, make_code, parse_code, speak_groups

NUMBERS = st.integers(0, 10**10 - 1)


@given(NUMBERS)
def test_a_made_code_reads_back_in_any_spacing_and_agrees_with_an_independent_check(number: int) -> None:
    code = make_code(number)
    assert len(code) == 12
    assert mod_97_10.is_valid(code)
    assert parse_code(code) == parse_code(in_groups(code)) == parse_code("-".join(code)) == code


@given(NUMBERS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: int, at: int, off: int) -> None:
    code = make_code(number)
    wrong = code[:at] + str((int(code[at]) + off) % 10) + code[at + 1 :]
    with pytest.raises(CodeTypo):
        parse_code(wrong)


@given(NUMBERS, st.integers(0, 10))
def test_two_neighbours_swapped_are_always_noticed(number: int, at: int) -> None:
    code = make_code(number)
    if code[at] != code[at + 1]:
        with pytest.raises(CodeTypo):
            parse_code(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


@pytest.mark.parametrize(
    "text", ["", "1", "48219370551", "4821937055140", "48219370551a", "４８２１９３７０５５１４", "x" * 9999]
)
def test_what_is_no_code_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(CodeTypo) as refused:
        parse_code(text)
    assert not text or len(text) < 2 or text not in str(refused.value)


@given(st.text())
def test_any_text_is_a_code_or_a_typo(text: str) -> None:
    try:
        assert mod_97_10.is_valid(parse_code(text))
    except CodeTypo:
        pass


def test_the_example_of_the_design() -> None:
    assert make_code(4821937055) == parse_code("482 193 705 514") == "482193705514"
    assert in_groups("482193705514") == "482 193 705 514"
    assert speak_groups("482193705514") == "4 8 2, 1 9 3, 7 0 5, 5 1 4"


@pytest.mark.parametrize("number", [-1, 10**10])
def test_a_number_out_of_range_makes_no_code(number: int) -> None:
    with pytest.raises(ValueError, match="ten digits"):
        make_code(number)
