"""What only one person could know is found in four languages, weighed, and said otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.anonymity.clues import apply_reasons
from hotline.anonymity.single_source import LIMIT, MIDDLE, find_copied, judge

HARMLESS = (
    "Drie jongens geven zakjes aan mensen op scooters.",
    "Elke avond tussen 20:00 en 23:00 staan er auto's.",
    "'s Nachts is er veel lawaai, en 's morgens liggen er spuiten.",
    "Er hangt een chemische lucht. Er staan vaten achter de loods.",
    "Two men sell drugs to people in cars, every weekend.",
    "Zwei Männer verkaufen Drogen an Leute in Autos.",
    "Bel ons op. Wij zien u graag, en mijn [naam] is bij ons.",
    "Deux hommes vendent de la drogue à des gens en voiture.",
    "Ze zitten in het portiek en roken. Een busje rijdt weg voor 3.50 euro.",
    "",
)
LOCKED = {
    "view": (
        "Ik zie vanuit mijn raam hoe ze dealen",
        "Op mijn deurbelcamera staan ze",
        "vanaf ons kleine balkon",
        "I can see it from my bedroom window",
        "Aus meinem Küchenfenster",
        "je vois de ma fenêtre que ça deale",
    ),
    "own_place": (
        "Ze zitten op de trap in ons portiek",
        "in mien gang",
        "in onze achtertuin",
        "In our stairwell",
        "in unserem Treppenhaus",
        "dans notre cage d'escalier",
        "op de stoep voor mijn voordeur",
    ),
    "home": (
        "Ik woon ernaast",
        "bij mij in het portiek",
        "de mensen boven ons",
        "I live upstairs",
        "chez nous",
        "wir wohnen hier",
    ),
    "relation": (
        "mijn broer dealt",
        "mijn ex verkoopt",
        "onze oude buurvrouw",
        "my ex-husband sells",
        "mein Nachbar",
        "mon beau-frère",
    ),
    "role": (
        "ik ben de enige die dit weet",
        "ik ben zijn moeder",
        "I'm the only one who knows",
        "nur ich weiß es",
        "je suis sa femme",
    ),
    "reporter": (
        "De melder is bang",
        "Beller wil anoniem blijven",
        "The caller saw it",
        "die Anruferin",
        "l'appelante",
    ),
    "gender": ("Mevrouw belt over spuiten", "een meneer met een tas", "Madame a peur"),
}
MIDDLING = {
    "interior": ("In de slaapkamer liggen pakketten", "op zolder staan planten", "under the bed", "im Keller", "sous son lit"),
    "minute": ("Om 03:47 stopte een auto", "om kwart voor vier", "at ten past nine", "um 23:12 Uhr", "à 23h12", "rond 3.47 uur"),
    "said": ("Hij zei tegen mij dat het mag", "ze heeft het mij zelf verteld", "he told me", "er sagte mir", "il m'a dit"),
    "quoted": ('Hij riep "wat moet je hebben"', "Er stond ‘kom om vijf uur’ op", "Sie sagten «komm her»"),
    "telling": ("Zij vertelt dat het vaak is", "She says that it is often"),
    "own_street": ("in mijn straat", "in our street", "in unserer Straße", "dans ma rue"),
}  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_what_anybody_can_see_scores_nothing(text: str) -> None:
    assert judge(text).reasons == ()


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in LOCKED.items() for text in texts])
def test_what_surely_names_one_person_locks(kind: str, text: str) -> None:
    score = judge(f"{HARMLESS[0]} {text}.")
    assert kind in {one.kind for one in score.reasons}
    assert score.is_locked and not score.needs_second_look


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in MIDDLING.items() for text in texts])
def test_what_likely_does_asks_for_a_second_look(kind: str, text: str) -> None:
    score = judge(f"{text}. {HARMLESS[0]}")
    assert {one.kind for one in score.reasons} - {"self"} == {kind}
    assert score.needs_second_look and not score.is_locked


def test_the_answer_about_guessing_weighs_and_two_likely_clues_lock() -> None:
    assert judge(HARMLESS[0], {"guess": "yes"}).needs_second_look
    assert judge(HARMLESS[0], {"guess": "no"}).points == 0
    assert judge("Op zolder staan planten.", {"guess": "yes"}).is_locked


def test_the_place_is_read_too_and_says_that_it_is_the_place() -> None:
    (reason,) = judge("Er wordt gedeald.", {"place": "Testkapelstraat, in ons portiek"}).reasons
    assert (reason.field, reason.words) == ("place", "ons portiek")


def test_twelve_words_in_a_row_are_a_quotation() -> None:
    told = "er staat dan zo een witte bus met de motor aan te wachten bij de brug"
    copied = judge(f"Om de week. {told.capitalize()}.", told=told)
    assert [one.words.lower() for one in copied.reasons] == [told]
    assert find_copied("Er staat een witte bus bij de brug te wachten.", told) is None


@pytest.mark.parametrize("text", [text for texts in [*LOCKED.values(), *MIDDLING.values()] for text in texts])
def test_what_can_be_said_otherwise_is_found_no_more(text: str) -> None:
    score = judge(text)
    left = judge(apply_reasons(text, score.reasons))
    assert {one.kind for one in left.reasons} <= {one.kind for one in score.reasons if one.instead is None} | {"self"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mijn naam is [naam]. Er wordt gedeald.", "Er wordt gedeald."),
        ("U kunt mij bellen op [nummer], er wordt gedeald.", "er wordt gedeald."),
        ("In de flat, op de 3e verdieping, wordt gedeald.", "In de flat, wordt gedeald."),
        ("They deal on the third floor.", "They deal."),
    ],
)
def test_what_weighs_little_alone_is_said_and_can_be_left_out(text: str, left: str) -> None:
    score = judge(text)
    assert score.points == 3 and not score.needs_second_look
    assert apply_reasons(text, score.reasons) == left


words = st.sampled_from([*HARMLESS[:-1], *(text for texts in [*LOCKED.values(), *MIDDLING.values()] for text in texts)])


@given(st.lists(words, max_size=4), st.text(max_size=60), st.sampled_from(["yes", "no", ""]))
def test_every_reason_points_at_its_words_and_the_points_are_theirs(told: list[str], noise: str, guess: str) -> None:
    text = f". {noise}\n".join(told)
    score = judge(text, {"guess": guess, "place": noise})
    for one in score.reasons:
        field = {"text": text, "place": noise, "guess": ""}[one.field]
        assert field[one.start : one.end] == one.words
        assert one.why.endswith(".") and one.weight > 0
    assert score.is_locked == (score.points >= LIMIT)
    assert score.needs_second_look == (MIDDLE <= score.points < LIMIT)
    assert score.points == sum({one.kind: one.weight for one in sorted(score.reasons, key=lambda r: r.weight)}.values())
    assert judge(text, {"guess": "yes", "place": noise}).points >= score.points


@given(st.text(max_size=300))
def test_any_text_can_be_judged_and_said_otherwise(text: str) -> None:
    score = judge(text)
    again = apply_reasons(text, score.reasons)
    assert judge(again).points <= max(score.points, LIMIT)
    if not any(one.instead is not None for one in score.reasons):
        assert again == text
