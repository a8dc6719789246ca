"""How often something happens, and how long it has been going on."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.understanding.folding import word_set
from hotline.understanding.phrases import Hits, Table
from hotline.understanding.weekdays import with_days

WORDS: Table = {
    "often": {
        "daily": {
            "nl": "elke dag, iedere dag, dagelijks, dagelijkse, alle dagen, elke avond, iedere avond, elke nacht,"
            " iedere nacht, elke ochtend, elke middag, iedere ochtend, iedere middag, edere aovend, edere daag,"
            " eder aovend, elke aovend, ederen daag, meerdere keren per dag, keer per dag, keren per dag,"
            " dag en nacht, dag in dag uit",
            "en": "every day, daily, every night, every evening, every morning, every afternoon, each day,"
            " day and night, times a day",
            "de": "jeden tag, jeden abend, jede nacht, jeden morgen, täglich, jeden nachmittag, tag und nacht,"
            " mal am tag",
            "fr": "tous les jours, tous les soirs, toutes les nuits, chaque jour, chaque soir, chaque nuit,"
            " chaque matin, tous les matins, quotidien*, jour et nuit, fois par jour",
        },
        "weekly": {
            "nl": "elke week, iedere week, wekelijks, wekelijkse, elk weekend, ieder weekend, keer per week,"
            " keren per week, keer in de week, "
            + with_days("nl", "elke {}", "iedere {}", "elke {}avond", "elke {}nacht", "op {}en"),
            "en": "every week, weekly, every weekend, once a week, twice a week, once or twice a week, times a week,"
            " each week, " + with_days("en", "every {}", "every {} night", "on {}s"),
            "de": "jede woche, wöchentlich, jedes wochenende, mal pro woche, mal die woche, "
            + with_days("de", "jeden {}", "jeden {}abend", "{}s"),
            "fr": "chaque semaine, toutes les semaines, chaque week end, tous les week ends, fois par semaine, "
            + with_days("fr", "tous les {}s", "chaque {}"),
        },
        "sometimes": {
            "nl": "soms, af en toe, nu en dan, zo nu en dan, zo af en toe, niet vaak, sóms",
            "en": "sometimes, now and then, now and again, occasionally, from time to time, not often",
            "de": "manchmal, ab und zu, gelegentlich, hin und wieder, ab und an",
            "fr": "parfois, de temps en temps, quelquefois, des fois, occasionnellement",
        },
        "once": {
            "nl": "eenmalig, een keer maar, maar een keer, voor het eerst, de eerste keer, nog nooit eerder,"
            " niet eerder, één keer gezien",
            "en": "only once, just once, one time, first time, once",
            "de": "einmalig, nur einmal, zum ersten mal, das erste mal",
            "fr": "une seule fois, la première fois, juste une fois, une fois",
        },
        "": {
            "nl": "",
            "en": "once a week, once a day, at once, once again",
            "de": "",
            "fr": "encore une fois, une fois par",
        },
    },
}

UNITS = {
    **dict.fromkeys(word_set("dagen daag days tage tagen jours dagenlang gisteren yesterday gestern"), "days"),
    **dict.fromkeys(word_set("week weken weke weeks wochen woche semaine semaines wekenlang"), "weeks"),
    **dict.fromkeys(
        word_set(
            "maand maanden maondj months month monate monaten monat mois jaar jaren years year jahre jahren jahr ans"
            " an maandenlang jarenlang"
        ),
        "months",
    ),
}
_PLURALS = word_set(
    "dagen weken maanden jaren days weeks months years tage wochen monate jahre jours semaines mois ans"
)
_SINCE = word_set("al sinds sedert for since seit schon depuis begon begonnen started ongeveer duurt lang")
_ALREADY = word_set("al lang schon long lange")
_LONG_ENOUGH = word_set("dagenlang wekenlang maandenlang jarenlang")
_NO_DURATION = word_set(
    "elke iedere ieder elk per deze dit vorige afgelopen verleden eerste every each this last next per jede jeder"
    " diese letzte letzten chaque cette derniere prochaine volgende einer in pro"
)
AGO = frozenset(("geleden", "ago"))
_SHORT = 4
_FREQUENT = ("daily", "weekly", "sometimes", "once")


def find_often(hits: Hits) -> str | None:
    """How often, the most frequent that is said."""
    said = {hit.value for hit in hits.get("often", ())}
    return next((value for value in _FREQUENT if value in said), None)


def find_lasting(words: Sequence[str]) -> str | None:
    """How long it has been going on: "al twee weken", "depuis des mois", or a short "maanden"."""
    for at, word in enumerate(words):
        unit = UNITS.get(word)
        if unit is None or not _NO_DURATION.isdisjoint(words[max(0, at - 2) : at]):
            continue
        before, after = words[max(0, at - 4) : at], words[at + 1 : at + 2]
        if after and after[0] in AGO:
            continue
        since = not _SINCE.isdisjoint(before) or (after and after[0] in _ALREADY and before) or word in _LONG_ENOUGH
        if since or (len(words) <= _SHORT and word in _PLURALS and not {"vor", "il"} & set(before)):
            return unit
    return None
