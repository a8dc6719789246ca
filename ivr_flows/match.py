"""Which option of a menu somebody meant."""

from __future__ import annotations

from ivr_flows.model import Language, Said
from ivr_flows.nodes import Menu, Option
from ivr_flows.words import find_spans, fold


def match_option(menu: Menu, said: Said, language: Language) -> Option | None:
    """By key, by yes or no, or by words on word boundaries; two options at once mean none.

    A word that is part of a longer one that matched too does not count: "geen gevaar" is not "gevaar".
    """
    folded = fold(said.text)
    for option in menu.options:
        if option.key == folded:
            return option
    meant = said.meaning.get("yes_no")
    if meant:
        by_meaning = [option for option in menu.options if meant in option.sets.values()]
        if len(by_meaning) == 1:
            return by_meaning[0]
    hits = [(span, option) for option in menu.options for span in find_spans(folded, option.words.get(language, ()))]
    spans = [span for span, _ in hits]
    whole = [option for span, option in hits if not _is_inside(span, spans)]
    return whole[0] if whole and all(option is whole[0] for option in whole) else None


def _is_inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(one != span and one[0] <= span[0] and span[1] <= one[1] for one in spans)
