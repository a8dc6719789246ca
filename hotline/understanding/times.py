"""When something happens or happened, as people say it: now, the last time, the part of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hotline.understanding.counting import read_number
from hotline.understanding.folding import fold, word_set
from hotline.understanding.habits import AGO, UNITS
from hotline.understanding.phrases import Hits, Table, is_negated
from hotline.understanding.weekdays import with_days

_MONTHS = {
    fold(name): at % 12 + 1
    for row in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    )
    for at, name in enumerate(row.split())
}

WORDS: Table = {
    "now": {
        "yes": {
            "nl": "nu, noe, op dit moment, op dit ogenblik, op het moment, momenteel, net nog, zojuist, daarnet,"
            " zonet, zo net, nu net, is bezig, zijn bezig, weer bezig, nog bezig, aan de gang, nog steeds bezig",
            "en": "right now, just now, now, at the moment, at this moment, currently, happening now, still going on,"
            " as we speak",
            "de": "gerade, jetzt, im moment, im augenblick, momentan, gerade eben, soeben, derzeit",
            "fr": "en ce moment, maintenant, actuellement, à l'instant, tout de suite, en train de",
        },
        "no": {
            "nl": "niet nu, nu niet, niet op dit moment, nu niet meer, niet meer bezig, is nu voorbij, al voorbij,"
            " was eerder, eerder",
            "en": "not now, not right now, not at the moment, not anymore, earlier",
            "de": "nicht jetzt, jetzt nicht, nicht gerade, nicht mehr, früher",
            "fr": "pas maintenant, pas en ce moment, plus maintenant, plus tôt",
        },
        "": {
            "nl": "nu en dan, tot nu toe, gevaar nu, nu al, nu gaan, niet eerder",
            "en": "now and then, up to now, until now, by now",
            "de": "gerade aus, bis jetzt, ab und an",
            "fr": "jusqu'à maintenant, danger maintenant",
        },
    },
    "when": {
        "today": {
            "nl": "vandaag, vanochtend, vanmorgen, vanmiddag, vanavond, vannacht, vanaovend, vannach, uur geleden,"
            " minuten geleden, zojuist, daarnet",
            "en": "today, tonight, this morning, this afternoon, this evening, hour ago, hours ago, minutes ago,"
            " just now",
            "de": "heute, gerade eben, vor einer stunde",
            "fr": "aujourd'hui, ce soir, ce matin, cet après midi, cette nuit, tout à l'heure, à l'instant",
        },
        "week": {
            "nl": "gisteren, gisteravond, gisternacht, gisterochtend, gistermiddag, gister, gistere, eergisteren,"
            " deze week, afgelopen week, afgelopen weekend, vorig weekend, dit weekend, van de week,"
            " paar dagen geleden, afgelopen dagen",
            "en": "yesterday, last night, last weekend, this weekend, this week, past week, few days ago,"
            " couple of days ago, past days",
            "de": "gestern, vorgestern, diese woche, dieser woche, letztes wochenende, letzten tage*,"
            " vor ein paar tagen",
            "fr": "!hier, hier soir, avant hier, cette semaine, ce week end, week end dernier, derniers jours",
        },
        "weekday": {
            "nl": with_days("nl", "{}", "{}avond", "{}nacht", "{}middag", "{}ochtend"),
            "en": with_days("en", "{}"),
            "de": with_days("de", "{}", "{}abend", "{}nacht"),
            "fr": with_days("fr", "{}"),
        },
        "longer": {
            "nl": "vorige week, vorige maand, vorig jaar, verleden week, verleden maand, langer geleden, lang geleden,"
            " tijd geleden, tijdje geleden, langer dan een week, maanden geleden, weken geleden, jaar geleden,"
            " jaren geleden, maand geleden",
            "en": "last week, last month, last year, weeks ago, months ago, month ago, year ago, years ago, ages ago,"
            " long ago, long time ago, while ago, longer ago",
            "de": "letzte woche, letzten monat, letztes jahr, vor wochen, vor monaten, vor jahren, vor einem monat,"
            " vor langer zeit, vor längerer zeit, länger her",
            "fr": "semaine dernière, mois dernier, année dernière, l'an dernier, il y a longtemps,"
            " il y a des semaines, il y a des mois, il y a un mois, il y a un an",
        },
        "": {
            "nl": "sinds gisteren, sinds vandaag, sinds deze week, begon gisteren, gisteren begonnen, "
            + with_days(
                "nl", "elke {}", "iedere {}", "volgende {}", "aanstaande {}", "elke {}avond", "elke {}nacht", "sinds {}"
            ),
            "en": "since yesterday, since today, started yesterday, started today, since last night, since last week, "
            + with_days("en", "every {}", "next {}", "since {}"),
            "de": "seit gestern, seit heute, seit letzter woche, "
            + with_days("de", "jeden {}", "nächsten {}", "jeden {}abend", "seit {}"),
            "fr": "depuis hier, depuis aujourd'hui, depuis hier soir, "
            + with_days("fr", "tous les {}s", "chaque {}", "depuis {}"),
        },
    },
    "part_of_day": {
        "morning": {
            "nl": "ochtend, ochtends, ochtenden, vanochtend, morgens, vanmorgen, gisterochtend, mörge",
            "en": "morning, mornings, a.m",
            "de": "morgens, vormittag, vormittags, am morgen, heute morgen, heute früh, frühmorgens, gestern morgen",
            "fr": "matin, matins, matinée",
        },
        "afternoon": {
            "nl": "middag, middags, middagen, vanmiddag, namiddag, gistermiddag, smiddags",
            "en": "afternoon, afternoons, noon",
            "de": "nachmittag, nachmittags, mittag, mittags",
            "fr": "après midi, midi",
        },
        "evening": {
            "nl": "avond, avonds, avonden, vanavond, gisteravond, savonds, aovend, aovends, vanaovend, "
            + with_days("nl", "{}avond"),
            "en": "evening, evenings, tonight",
            "de": "abend, abends, abenden, " + with_days("de", "{}abend"),
            "fr": "soir, soirs, soirée",
        },
        "night": {
            "nl": "nacht, nachts, nachten, vannacht, gisternacht, snachts, nach, middernacht, "
            + with_days("nl", "{}nacht"),
            "en": "night, nights, midnight, last night, at night",
            "de": "nacht, nachts, nächten, mitternacht, " + with_days("de", "{}nacht"),
            "fr": "nuit, nuits, minuit",
        },
        "": {
            "nl": "goede avond, goeie avond, goede middag, goeie middag, goede morgen, goeie morgen, goejen aovend,"
            " goojen aovend, dag en nacht, dach en nach, dag en nach",
            "en": "good morning, good afternoon, good evening, good night, day and night",
            "de": "guten abend, guten morgen, gute nacht, tag und nacht, !nach, guten tag",
            "fr": "jour et nuit, bonne nuit, bonne soirée",
        },
    },
}

_USUALLY = word_set(
    "meestal altijd vaak telkens usually always often mostly meistens immer oft toujours souvent habitude"
)
_A_WEEK = 7
_RECENT = ("today", "week", "longer")


def find_now(words: Sequence[str], hits: Hits, when: str | None, often: str | None) -> str | None:
    """Whether it goes on now; `"no"` only where it is told of another time or of a habit."""
    said = [("no" if is_negated(words, hit) else hit.value) for hit in hits.get("now", ()) if hit.value]
    if "yes" in said:
        return "yes"
    return "no" if said or when in ("week", "longer") or often in ("daily", "weekly") else None


def find_when(words: Sequence[str], hits: Hits, often: str | None, today: date | None) -> str | None:
    """The last time, coarse; `today` is the day in Maastricht. Tomorrow is no time of a report."""
    said = {hit.value for hit in hits.get("when", ())}
    # "meestal op vrijdag" and "jeden Freitag und Samstag" tell a habit, "vrijdag" the last time.
    if "weekday" in said and "longer" not in said and often is None and _USUALLY.isdisjoint(words):
        said.add("week")
    for value in (_count_back(words), _read_date(words, today)):
        if value:
            said = {value} | (said - {"week", "longer"})
    return next((value for value in _RECENT if value in said), None)


def find_part_of_day(hits: Hits) -> str | None:
    """The first part of the day that is said."""
    return next((hit.value for hit in hits.get("part_of_day", ()) if hit.value), None)


def _count_back(words: Sequence[str]) -> str | None:
    """`drie dagen geleden`, `two weeks ago`, `vor drei Tagen`, `il y a deux semaines`."""
    for at, word in enumerate(words):
        if word in AGO and at >= 2:
            unit, number = UNITS.get(words[at - 1]), read_number(words, at - 2)
        elif word == "vor" or (word == "a" and words[max(0, at - 2) : at] == ["il", "y"]):
            number = read_number(words, at + 1)
            unit = UNITS.get(words[number[1]]) if number and number[1] < len(words) else None
        else:
            continue
        if unit and number:
            days = number[0] * {"days": 1, "weeks": 7, "months": 30}[unit]
            return "week" if days <= _A_WEEK else "longer"
    return None


def _read_date(words: Sequence[str], today: date | None) -> str | None:
    """`3 maart`, `am 3. März`; a day that is still to come is taken as last year's."""
    if today is None:
        return None
    for at, word in enumerate(words):
        month = _MONTHS.get(word)
        if month is None or not at:
            continue
        number = read_number(words, at - 1) if words[at - 1] != "." else read_number(words, at - 2)
        if number is None or not 1 <= number[0] <= 31:
            continue
        for year in (today.year, today.year - 1):
            try:
                told = date(year, month, number[0])
            except ValueError:
                continue
            if told <= today:
                days = (today - told).days
                return "today" if days == 0 else "week" if days <= _A_WEEK else "longer"
    return None
