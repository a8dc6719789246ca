"""No sentence of the line or of the form asks who somebody is, in any language (`domain.md` §1.2: questions that endanger)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple

import pytest

from hotline.web.public_words import WORDS
from ivr_flows.channels import Language
from ivr_flows.load import load_prompts

OWN: dict[Language, str] = {
    "nl": r"\b(?:uw|je|jouw) (?:eigen )?(?:voor|achter)?(?:naam|adres|huisnummer|(?:telefoon)?nummer|leeftijd|e-?mail\w*|geboorte\w*|beroep|werk)\b",
    "en": r"\byour (?:own )?(?:first |last )?(?:name|address|(?:house |phone )?number|age|e-?mail\w*|birth\w*|job)\b",
    "de": r"\bihre[nrm]? (?:eigene\w? )?(?:vor|nach)?(?:namen?|adresse|hausnummer|(?:telefon)?nummer|alter|e-?mail\w*|geburt\w*|beruf)\b",
    "fr": r"\bvotre (?:propre )?(?:pr[ée]?)?(?:nom|adresse|num[ée]ro(?! de rue)|[âa]ge|e-?mail\w*|naissance|m[ée]tier)\b",
}
"""What is the reporter's own: a sentence may name it only to say that it is not wanted, or that it is kept or wiped."""

NOT: dict[Language, str] = {
    "nl": r"\b(?:niet|geen|nooit)\b",
    "en": r"\b(?:not|no|never|don't)\b",
    "de": r"\b(?:nicht|keine\w?|nie)\b",
    "fr": r"\b(?:ne|pas|jamais|sans)\b|\bn'",
}
KEPT: dict[Language, str] = {
    "nl": r"\b(?:wissen|gewist|bewaren|bewaard)\b",
    "en": r"\b(?:delete|deleted|erase|erased|wipe|wiped|keep|kept)\b",
    "de": r"\b(?:l(?:ö|oe)schen|gel(?:ö|oe)scht|speichern|gespeichert|verschl(?:ü|ue)sselt)\b",
    "fr": r"\beffa[cç]\w*|\bgard\w*",
}
ENDANGERING: dict[Language, str] = {
    "nl": r"hoe heet|hoe oud|woont u|waar (?:staat|bent) u|bent u (?:de|een|zelf)\b|ken(?:t|nen) u\b|hoe weet u|wie weet dit"
    r"|welk raam|terugbellen|wie bent u",
    "en": r"what(?:'s| is) your|how old|where (?:do you live|are you)|do you live|are you (?:a|an|the) |do you know (?:him|her|them)"
    r"|how do you know|who else knows|call you back|who are you",
    "de": r"wie hei(?:ß|ss)en|wie alt|wohnen sie|wo (?:stehen|sind) sie|sind sie (?:der|die|ein)|kennen sie|woher wissen"
    r"|wer wei(?:ß|ss) das|zur[üu]ckrufen|wer sind sie",
    "fr": r"comment vous appelez|quel [âa]ge|habitez-vous|o[ùu] [êe]tes-vous|[êe]tes-vous (?:le|la|un|une)\b|connaissez-vous|comment (?:le )?savez"
    r"|qui d'autre|vous rappeler|qui [êe]tes-vous",
}
OFFERS = "care_"
"""Prompts that offer help to who asked for it ("Ben je een kind? Bel …"): they wait for no answer."""

SENTENCE = re.compile(r"(?<=[.!?:])\s+")


def asks(language: Language, text: str) -> list[str]:
    """The sentences of a text that ask who somebody is."""
    found = []
    for sentence in SENTENCE.split(text.lower()):
        names = re.search(OWN[language], sentence) and not re.search(f"{NOT[language]}|{KEPT[language]}", sentence)
        if names or (sentence.rstrip().endswith("?") and re.search(ENDANGERING[language], sentence)):
            found.append(sentence)
    return found


def told() -> Iterator[tuple[Language, str]]:
    """Every sentence that is said, sent or shown to a reporter."""
    for language, catalog in load_prompts().catalogs.items():
        for name, prompt in catalog.prompts.items():
            if not name.startswith(OFFERS):
                yield from ((language, form.source) for form in (prompt.voice, prompt.text, prompt.web))
    for language, words in WORDS.items():
        yield from ((language, one) for one in astuple(words))


def test_nobody_is_asked_who_they_are() -> None:
    texts = list(told())
    assert not [(language, found) for language, text in texts if (found := asks(language, text))]
    assert len(texts) > 1000
    refused = {language for language, text in texts if re.search(OWN[language], text.lower())}
    assert refused == set(WORDS), "in every language somebody is told not to give their own name"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Wat is uw naam?"),
        ("nl", "Wij helpen u graag. Zeg uw naam."),
        ("nl", "Hoe heet u?"),
        ("nl", "Hoe oud bent u?"),
        ("nl", "Waar woont u?"),
        ("nl", "Hoe kent u hem?"),
        ("nl", "Waar staat u nu?"),
        ("nl", "Mogen wij u terugbellen?"),
        ("nl", "Wie weet dit nog meer?"),
        ("nl", "Bent u zelf gebruiker?"),
        ("nl", "Vul uw telefoonnummer in."),
        ("en", "What is your name?"),
        ("en", "Send your address."),
        ("en", "How do you know them?"),
        ("de", "Wie heißen Sie?"),
        ("de", "Nennen Sie Ihre Telefonnummer."),
        ("fr", "Quel âge avez-vous ?"),
        ("fr", "Dites votre nom."),
    ],
)
def test_a_question_that_endangers_is_seen(language: Language, text: str) -> None:
    assert asks(language, text)
