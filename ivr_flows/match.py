"""Which option of a menu somebody meant."""

from __future__ import annotations

from ivr_flows.model import Language, Said
from ivr_flows.nodes import Menu, Option
from ivr_flows.words import find_spans, fold


def match_option(menu: Menu, said: Said, language: Language) -> Option | None:
    """By key, by what was understood, by words on word boundaries, or by yes and no; two options at once mean none.

    A word that is part of a longer one that matched too does not count: "geen gevaar" is not "gevaar".
    """
    folded = fold(said.text)
    for option in menu.options:
        if option.key == folded:
            return option
    understood = [option for option in menu.options if _is_meant(option, said)]
    if len(understood) == 1:
        return understood[0]
    hits = [(span, option) for option in menu.options for span in find_spans(folded, option.words.get(language, ()))]
    spans = [span for span, _ in hits]
    whole = [option for span, option in hits if not _is_inside(span, spans)]
    if whole:
        return whole[0] if all(option is whole[0] for option in whole) else None
    meant = said.meaning.get("yes_no")
    answering = [option for option in menu.options if meant and meant in (*option.sets.values(), option.wording)]
    return answering[0] if len(answering) == 1 else None


def _is_meant(option: Option, said: Said) -> bool:
    """Whether the words mean every answer that the option gives; "no, but he has a knife" is no plain yes to danger."""
    denied = said.meaning.get("yes_no") == "no" and "yes" in option.sets.values()
    return (
        bool(option.sets) and not denied and all(said.meaning.get(name) == value for name, value in option.sets.items())
    )


def _is_inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(one != span and one[0] <= span[0] and span[1] <= one[1] for one in spans)
