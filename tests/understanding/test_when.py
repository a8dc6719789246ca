"""When, how often and how long: words, clock times in four languages, midnight and the nights when the clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.understanding.meaning import understand
from hotline.understanding.places import Gazetteer

NOWHERE = Gazetteer([])
EVENING = datetime(2026, 3, 11, 20, 40, tzinfo=UTC)  # a Wednesday, 21:40 in Maastricht
NIGHT = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)  # Thursday, 00:30 in Maastricht
MORNING = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)  # 10:00 in Maastricht


def told(name: str, text: str, lang: str = "nl", at: datetime | None = EVENING) -> str | None:
    return understand(text, lang, NOWHERE, at).get(name)


@pytest.mark.parametrize(
    ("text", "lang", "time"),
    [
        *(("half tien", "nl", "21:30"), ("half tien 's ochtends", "nl", "09:30"), ("kwart voor acht", "nl", "19:45")),
        *(
            ("kwart over drie 's nachts", "nl", "03:15"),
            ("drie uur 's nachts", "nl", "03:00"),
            ("na 22u", "nl", "22:00"),
        ),
        *(
            ("tien over half negen", "nl", "20:40"),
            ("vijf voor twaalf 's nachts", "nl", "23:55"),
            ("om tien uur", "nl", "10:00"),
        ),
        *(
            ("22:30", "nl", "22:30"),
            ("22.30 uur", "nl", "22:30"),
            ("om 9 uur vijftien 's avonds", "nl", "21:15"),
            ("0:15", "nl", "00:15"),
        ),
        *(("twaalf uur 's nachts", "nl", "00:00"), ("twaalf uur 's middags", "nl", "12:00"), ("24 uur", "nl", "00:00")),
        *(
            ("quarter to eight", "en", "19:45"),
            ("half past nine in the evening", "en", "21:30"),
            ("10pm", "en", "22:00"),
        ),
        *(
            ("12 am", "en", "00:00"),
            ("12:30 p.m.", "en", "12:30"),
            ("ten o'clock at night", "en", "22:00"),
            ("ten past six", "en", "18:10"),
        ),
        *(
            ("halb zehn abends", "de", "21:30"),
            ("Viertel nach acht", "de", "20:15"),
            ("dreiviertel acht", "de", "19:45"),
            ("um 22 Uhr", "de", "22:00"),
        ),
        *(
            ("neuf heures et demie du soir", "fr", "21:30"),
            ("21h30", "fr", "21:30"),
            ("huit heures moins le quart du soir", "fr", "19:45"),
        ),
        *(
            ("huit heures moins dix du matin", "fr", "07:50"),
            ("vingt-deux heures", "fr", "22:00"),
            ("à minuit", "fr", "00:00"),
            ("midi", "fr", "12:00"),
        ),
    ],
)
def test_a_time_of_the_clock(text: str, lang: str, time: str) -> None:
    assert told("time", text, lang) == time


@pytest.mark.parametrize(
    "text",
    [
        *(
            "twee uur geleden",
            "al twee uur lang",
            "een half uur",
            "tien jongens",
            "3,50 euro",
            "elke 10 minuten",
            "drie keer per uur",
        ),
        *(
            "tussen tien en elf uur",
            "nummer 12",
            "half",
            "kwart",
            "",
            "25:10",
            "om de hoek",
            "voor half geld",
            "half een jaar",
        ),
    ],
)
def test_what_is_no_exact_time(text: str) -> None:
    assert told("time", text) is None


def test_the_hour_is_the_last_one_before_the_call_unless_it_is_a_habit() -> None:
    assert told("time", "half tien", at=MORNING) == "09:30"
    assert told("time", "half tien", at=EVENING) == "21:30"
    assert told("time", "elke dag om half tien", at=MORNING) == "21:30"
    assert told("time", "half tien", at=None) == "21:30"
    assert told("part_of_day", "half tien") == "evening"


@pytest.mark.parametrize(
    ("text", "lang", "when"),
    [
        *(
            ("vandaag", "nl", "today"),
            ("vanavond", "nl", "today"),
            ("vannacht", "nl", "today"),
            ("een uur geleden", "nl", "today"),
        ),
        *(
            ("gisteren", "nl", "week"),
            ("deze week", "nl", "week"),
            ("drie dagen geleden", "nl", "week"),
            ("afgelopen zaterdag", "nl", "week"),
        ),
        *(("twee weken geleden", "nl", "longer"), ("vorige maand", "nl", "longer"), ("lang geleden", "nl", "longer")),
        *(
            ("11 maart", "nl", "today"),
            ("9 maart", "nl", "week"),
            ("twee maart", "nl", "longer"),
            ("12 maart", "nl", "longer"),
        ),
        *(("yesterday", "en", "week"), ("two months ago", "en", "longer"), ("tonight", "en", "today")),
        *(
            ("gestern", "de", "week"),
            ("vor zwei Tagen", "de", "week"),
            ("vor drei Monaten", "de", "longer"),
            ("am 9. März", "de", "week"),
        ),
        *(
            ("hier soir", "fr", "week"),
            ("il y a deux jours", "fr", "week"),
            ("le mois dernier", "fr", "longer"),
            ("ce soir", "fr", "today"),
        ),
        *(
            ("hier op straat", "nl", None),
            ("overmorgen", "nl", None),
            ("morgen", "nl", None),
            ("volgende week", "nl", None),
        ),
        *(
            ("übermorgen", "de", None),
            ("tomorrow", "en", None),
            ("31 februari", "nl", None),
            ("meestal op vrijdag", "nl", None),
        ),
        *(("elke vrijdag", "nl", None), ("sinds gisteren", "nl", None), ("jeden Freitag und Samstag", "de", None)),
    ],
)
def test_the_last_time(text: str, lang: str, when: str | None) -> None:
    assert told("when", text, lang) == when


def test_last_night_after_midnight_belongs_to_the_night_just_passed() -> None:
    assert told("when", "vannacht", at=NIGHT) == "today"
    assert told("part_of_day", "vannacht", at=NIGHT) == "night"
    assert told("time", "kwart over twaalf vannacht", at=NIGHT) == "00:15"
    assert told("when", "11 maart", at=NIGHT) == "week"  # it is the twelfth by now


@pytest.mark.parametrize("changes", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)])
def test_the_nights_when_the_clock_changes(changes: datetime) -> None:
    day = "29 maart" if changes.month == 3 else "25 oktober"
    for minutes in range(-180, 180, 15):
        at = changes + timedelta(minutes=minutes)
        found = understand(f"vannacht om half drie, {day}, twee dagen geleden ook", "nl", NOWHERE, at)
        assert (found["time"], found["part_of_day"]) == ("02:30", "night")
        assert told("when", "vannacht", at=at) == "today"
    noon = changes + timedelta(hours=11)
    assert told("when", day, at=noon) == "today"
    assert told("when", day, at=noon + timedelta(days=7)) == "week"
    assert told("when", day, at=noon + timedelta(days=8)) == "longer"


@pytest.mark.parametrize(
    ("text", "lang", "now"),
    [
        *(("nu", "nl", "yes"), ("op dit moment", "nl", "yes"), ("net nog", "nl", "yes"), ("noe", "nl", "yes")),
        *(("right now", "en", "yes"), ("gerade", "de", "yes"), ("en ce moment", "fr", "yes"), ("jetzt", "de", "yes")),
        *(("gisteren", "nl", "no"), ("elke vrijdag", "nl", "no"), ("niet nu", "nl", "no"), ("not anymore", "en", "no")),
        *(("nu en dan", "nl", None), ("tot nu toe", "nl", None), ("op de Markt", "nl", None), ("vandaag", "nl", None)),
        ("elke avond en nu weer", "nl", "yes"),
    ],
)
def test_whether_it_goes_on_now(text: str, lang: str, now: str | None) -> None:
    assert told("now", text, lang) == now


@pytest.mark.parametrize(
    ("text", "lang", "often", "lasting"),
    [
        *(
            ("elke dag", "nl", "daily", None),
            ("wekelijks", "nl", "weekly", None),
            ("af en toe", "nl", "sometimes", None),
        ),
        *(
            ("voor het eerst", "nl", "once", None),
            ("al twee weken", "nl", None, "weeks"),
            ("maanden", "nl", None, "months"),
        ),
        *(("al jaren", "nl", None, "months"), ("sinds gisteren", "nl", None, "days"), ("dagen", "nl", None, "days")),
        *(
            ("every night for months", "en", "daily", "months"),
            ("once a week", "en", "weekly", None),
            ("two weeks ago", "en", None, None),
        ),
        *(
            ("jeden Tag seit zwei Wochen", "de", "daily", "weeks"),
            ("manchmal", "de", "sometimes", None),
            ("vor drei Tagen", "de", None, None),
        ),
        *(("tous les soirs depuis des mois", "fr", "daily", "months"), ("parfois", "fr", "sometimes", None)),
        *(
            ("drie dagen geleden", "nl", None, None),
            ("deze week", "nl", None, None),
            ("elke week", "nl", "weekly", None),
            ("elke twee weken", "nl", None, None),
            ("once or twice a week", "en", "weekly", None),
        ),
    ],
)
def test_how_often_and_how_long(text: str, lang: str, often: str | None, lasting: str | None) -> None:
    assert (told("often", text, lang), told("lasting", text, lang)) == (often, lasting)


@pytest.mark.parametrize(
    ("text", "lang", "part"),
    [
        *(
            ("'s avonds", "nl", "evening"),
            ("in de ochtend", "nl", "morning"),
            ("smiddags", "nl", "afternoon"),
            ("'s nachts", "nl", "night"),
        ),
        *(
            ("goedenavond", "nl", None),
            ("goeie avond", "nl", None),
            ("dag en nacht", "nl", None),
            ("good morning", "en", None),
        ),
        *(
            ("at night", "en", "night"),
            ("am Nachmittag", "de", "afternoon"),
            ("le matin", "fr", "morning"),
            ("Guten Abend", "de", None),
        ),
        *(("edere aovend", "nl", "evening"), ("vrijdagavond", "nl", "evening"), ("l'après-midi", "fr", "afternoon")),
    ],
)
def test_the_part_of_the_day(text: str, lang: str, part: str | None) -> None:
    assert told("part_of_day", text, lang) == part
