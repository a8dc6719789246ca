"""The lines file: what is read, and where a mistake is pointed at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import phonenumbers
import pytest

from config.lines import LinesError, load_lines
from config.settings import ROOT
from hotline.domain.calendar import is_open
from hotline.domain.lines import SPEECH, Line, find_called, given_by
from hotline.simulator.languages import GATHER_LANGUAGES, VOICES

NUMBERS = {"voice_number": "+31433505111", "sms_number": "+3197000000000"}
GOOD = """
lines:
  - key: stad
    name: De stad
    voice: ['{voice_number}', '+31600000003']
    sms: '{sms_number}'
    languages: {fr: {}, nl: {voice: Polly.Ruben, speech: nl-BE}}
    hours: mo-fr 08:00-18:00
    closed: [2026-11-24]
    extra: {2026-11-28: '10:00-12:00'}
  - key: oefening
    name: Oefenen
    voice: '+31600000001'
    sms: '+31600000002'
    training: true
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "lines.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> str:
    with pytest.raises(LinesError) as caught:
        load_lines(path, **NUMBERS)
    return str(caught.value)


def test_a_good_file_is_read_in_its_order(tmp_path: Path) -> None:
    city, exercise = load_lines(write(tmp_path, GOOD), **NUMBERS)
    assert city.voice_numbers == ("+31433505111", "+31600000003") and city.sms_numbers == ("+3197000000000",)
    assert list(city.languages) == ["nl", "fr"]
    assert (city.speech("nl").voice, city.speech("nl").recogniser) == ("Polly.Ruben", "nl-BE")
    assert city.speech("fr") == SPEECH["fr"] and city.speech("de") == SPEECH["de"]
    assert is_open(city.hours, datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert not is_open(city.hours, datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert is_open(city.hours, datetime(2026, 11, 28, 10, tzinfo=UTC))
    assert exercise.is_training and not city.is_training and list(exercise.languages) == list(SPEECH)


def test_the_called_number_chooses_and_an_unknown_one_means_the_first(tmp_path: Path) -> None:
    lines = load_lines(write(tmp_path, GOOD), **NUMBERS)
    for number, key in (("+31600000003", "stad"), ("+31600000002", "oefening"), ("+32999", "stad"), ("", "stad")):
        assert find_called(lines, number).key == key


def test_what_a_line_lays_ready() -> None:
    given = given_by(Line("a", "A", (), (), {"nl": SPEECH["nl"]}), datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert given == {"line": "a", "open": "no", "training": "no", "language.nl": "yes"}


def test_the_file_of_the_repository_has_a_training_line_that_nobody_can_own() -> None:
    main, exercise = load_lines(ROOT / "config" / "lines.yaml", **NUMBERS)
    assert not main.is_training and exercise.is_training
    for number in (*exercise.voice_numbers, *exercise.sms_numbers):
        assert not phonenumbers.is_valid_number(phonenumbers.parse(number))


def test_every_usual_voice_speaks_its_language() -> None:
    for language, speech in SPEECH.items():
        assert speech.voice in VOICES[speech.recogniser] and speech.recogniser in GATHER_LANGUAGES
        assert speech.recogniser.startswith(language)


@pytest.mark.parametrize(
    ("good", "wrong", "where"),
    [
        ("key: stad", "key: De Stad", ":3: `key`: must be 2 to 31 small letters"),
        ("key: oefening", "key: stad", ":11: `key`: 'stad' is there twice"),
        ("name: De stad", "naam: De stad", ":4: `naam`: is not known"),
        ("'+31600000003'", "'06-1'", ":5: `voice`: must be numbers like"),
        ("sms: '+31600000002'", "sms: '{voice_number}'", ":14: `sms`: +31433505111 is already a number of 'stad'"),
        ("Polly.Ruben", "Polly.Amy-Neural", ":7: `voice`: 'Polly.Amy-Neural' does not speak nl-NL"),
        ("speech: nl-BE", "speech: de-DE", ":7: `speech`: 'de-DE' is not a recogniser's language for `nl`"),
        ("nl: {voice", "es: {voice", ":7: `es`: is not known"),
        ("nl: {voice: Polly.Ruben, speech: nl-BE}", "de: {}", ":7: `languages`: must have `nl`"),
        ("mo-fr 08:00-18:00", "ma-vr 8-18", ":8: `hours`: 'ma-vr 8-18' is not like"),
        ("[2026-11-24]", "[kerst]", ":9: `closed`: must be days like"),
        ("2026-11-28:", "zaterdag:", ":10: `zaterdag`: must be days like"),
        ("'10:00-12:00'", "open", ":10: `2026-11-28`: 'open' is not like"),
        ("training: true", "training: soms", ":15: `training`: is 'soms'"),
        ("hours: mo-fr 08:00-18:00", "training: true", ":8: `training`: the first line also takes unlisted numbers"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, good: str, wrong: str, where: str) -> None:
    assert good in GOOD
    path = write(tmp_path, GOOD.replace(good, wrong))
    assert f"{path}{where}" in problems(path)


def test_a_file_without_lines_or_without_sense_is_refused(tmp_path: Path) -> None:
    assert "lists nothing" in problems(write(tmp_path, "lines: []"))
    assert "not valid YAML" in problems(write(tmp_path, "lines: ["))
    assert "cannot be read" in problems(tmp_path / "none.yaml")
