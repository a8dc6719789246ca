"""The Dutch words of the desk for the names that the code uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from hotline.domain.dayparts import MAASTRICHT

UNKNOWN = "-"
_GAP = re.compile(r"(\[[^\[\]\s?]{1,14}\?)[a-z]*\]")

CATEGORIES = {
    "dealing": "Dealen op straat",
    "premises": "Dealen vanuit een huis of gebouw",
    "production": "Hennepkwekerij of drugslab",
    "waste": "Afval, spuiten of vaten",
    "users": "Overlast van gebruikers",
    "coffeeshop": "Overlast bij een coffeeshop",
    "threat": "Bedreiging",
    "other": "Iets anders",
}
PRIORITIES = {
    "P0": "P0 gevaar nu",
    "P1": "P1 dringend",
    "P2": "P2 nu bezig",
    "P3": "P3 patroon",
    "P4": "P4 informatie",
}
STATUSES = {
    "received": "Komt binnen",
    "incomplete": "Niet compleet",
    "complete": "Compleet",
    "released": "Doorgezet",
    "assessed": "Beoordeeld",
    "picked_up": "Opgepakt",
    "answered": "Beantwoord",
    "closed": "Afgesloten",
    "rejected": "Niet doorgezet",
}
STAGES = {
    "sent": "Nog niet beoordeeld",
    "assessed": "Beoordeeld",
    "picked_up": "Opgepakt",
    "answered": "Beantwoord",
    "closed": "Afgesloten",
    "returned": "Teruggegeven",
}
QUESTIONS = {
    "draft": "Wacht op de meldkamer",
    "refused": "Afgekeurd of vervallen",
    "asked": "Wacht op de melder",
    "answered": "Beantwoord: lees het antwoord",
    "passed_on": "Antwoord doorgegeven",
    "withheld": "Antwoord niet doorgegeven",
}
DELIVERIES = {"pending": "Wacht", "sending": "Wordt verstuurd", "delivered": "Aangekomen", "failed": "Mislukt"}
CHANNELS = {"voice": "telefoon", "sms": "sms", "web": "formulier", "desk": "meldkamer"}
LANGUAGES = {"nl": "Nederlands", "en": "Engels", "de": "Duits", "fr": "Frans"}
YES_NO = {"yes": "Ja", "no": "Nee", "unknown": "Weet niet"}
WHEN = {"today": "Vandaag", "week": "Deze week", "longer": "Langer geleden"}
DAYPARTS = {"morning": "Ochtend", "afternoon": "Middag", "evening": "Avond", "night": "Nacht"}
SUBTYPES = {
    "street": "Dealers op straat",
    "runners": "Drugsrunners",
    "house": "Dealen vanuit een huis of gebouw",
    "business": "Dealen vanuit een zaak",
    "cannabis": "Wietkwekerij",
    "lab": "Drugslab of chemische lucht",
    "needles": "Spuiten of drugsresten",
    "drums": "Vaten of jerrycans",
}

ANSWERS = {
    "danger": "Is er nu gevaar?",
    "category": "Wat voor overlast?",
    "subtype": "Precies",
    "place": "Waar",
    "place_confirmed": "Plek nagezegd en goed",
    "postcode": "Postcode",
    "neighbourhood": "Buurt",
    "what": "Wat gebeurt er",
    "more": "Nog iets",
    "now": "Gebeurt het nu?",
    "when": "Wanneer het laatst",
    "part_of_day": "Deel van de dag",
    "weapon": "Wapen gezien?",
    "children": "Kinderen erbij?",
    "told_112": "112 genoemd",
    "area": "Buurt, in eigen woorden",
    "outside": "Buiten Maastricht",
    "unsure_place": "Straat is er meer dan eens",
    "guess": "Kan iemand raden wie dit meldt?",
    "source": "Zelf gezien of gehoord?",
    "fire": "Rook, damp of vuur?",
    "ill": "Is iemand er ziek van?",
    "leak": "Lekt er iets?",
    "amount": "Hoeveel ongeveer",
    "smell": "Wietlucht",
    "windows": "Ramen dicht of beslagen?",
    "unconscious": "Bewusteloos of slecht ademen?",
    "confused": "Iemand in de war?",
    "threat_now": "Op dit moment bedreigd?",
    "harassed": "Mensen bedreigd of lastiggevallen?",
    "traffic": "Hoe komen de kopers",
    "reckless": "Gevaarlijk rijden?",
    "plates_from": "Land van de auto's",
    "visitors": "Mensen die kort binnenkomen",
    "lived_in": "Woont er iemand?",
    "nuisance": "Overlast bij de coffeeshop",
    "integrity": "Over politie of gemeente?",
    "spot": "Wat voor plek",
    "often": "Hoe vaak",
    "lasting": "Hoe lang al",
    "count": "Hoeveel mensen",
    "vehicle": "Auto, scooter of fiets",
    "watchful": "Hond of camera?",
    "time": "Tijd",
    "addition": "Aanvulling",
    "correction": "Correctie",
    "withdrawn": "Melding ingetrokken",
    "answer": "Antwoord op vraag",
    "passed_to": "Doorgegeven aan",
}
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "category": CATEGORIES,
    "subtype": SUBTYPES,
    "when": WHEN,
    "part_of_day": DAYPARTS,
    "source": {"self": "Zelf", "heard": "Van iemand anders"},
    "amount": {"few": "Een of twee", "some": "Drie tot tien", "many": "Meer dan tien"},
    "smell": {"always": "Altijd", "sometimes": "Soms", "never": "Nooit"},
    "traffic": {"foot": "Lopend", "car": "Auto", "scooter": "Fiets of scooter"},
    "plates_from": {"nl": "Nederland", "be": "België", "de": "Duitsland", "fr": "Frankrijk"},
    "visitors": {"many": "Veel", "few": "Weinig"},
    "nuisance": {
        "crowd": "Drukte",
        "parking": "Parkeren",
        "noise": "Lawaai",
        "minors": "Jongeren onder de 18",
        "dealing": "Dealen voor de deur",
    },
    "spot": {
        "home": "Huis",
        "flat": "Flat of portiek",
        "business": "Winkel, café of bedrijf",
        "bar": "Café",
        "shop": "Winkel",
        "coffeeshop": "Coffeeshop",
        "car": "Auto",
        "street": "Straat",
        "park": "Park",
        "garage": "Garagebox",
        "school": "School",
        "station": "Station",
        "boat": "Woonboot",
        "other": "Ergens anders",
    },
    "often": {"daily": "Elke dag", "weekly": "Elke week", "sometimes": "Soms", "once": "Een keer"},
    "lasting": {"days": "Dagen", "weeks": "Weken", "months": "Maanden of langer"},
    "count": {"1": "Een", "2-4": "Twee tot vier", "5-10": "Vijf tot tien", ">10": "Meer dan tien"},
}

THIRD_PARTIES = {"plate": "Kenteken", "handle": "Account", "name": "Naam", "phone": "Telefoonnummer"}
_REMOVED = {
    "phone": ("telefoonnummer", "telefoonnummers"),
    "number": ("telefoonnummer", "telefoonnummers"),
    "email": ("e-mailadres", "e-mailadressen"),
    "bsn": ("burgerservicenummer", "burgerservicenummers"),
    "iban": ("rekeningnummer", "rekeningnummers"),
    "name": ("naam", "namen"),
    "address": ("eigen adres", "eigen adressen"),
    "plate": ("kenteken", "kentekens"),
    "handle": ("account", "accounts"),
}


def say_answer(name: str, value: str) -> str:
    """An answer's value as it is shown."""
    return say_gaps((_CHOICES.get(name) or YES_NO).get(value, value))


def say_gaps(text: str) -> str:
    """A text to read: uncertain words show as `[naam?]`, without the letters that tell them apart."""
    return _GAP.sub(r"\1]", text)


def say_question(name: str) -> str:
    """An answer's name as it is shown."""
    return ANSWERS.get(name, name.replace("_", " ").capitalize())


def say_counts(counts: Mapping[str, int]) -> str:
    """`1 telefoonnummer en 2 kentekens`."""
    words = [f"{count} {_REMOVED.get(kind, ('gegeven', 'gegevens'))[count != 1]}" for kind, count in counts.items()]
    return " en ".join(words)


def say_wait(wait: timedelta | None) -> str:
    """`nu`, `12 min`, `3 u 05`, `2 dagen`."""
    if wait is None:
        return UNKNOWN
    minutes = int(wait.total_seconds() // 60)
    if minutes < 1:
        return "nu"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} u {minutes % 60:02}"
    return f"{minutes // (24 * 60)} dagen"


def say_time(moment: datetime | None) -> str:
    """The time in Maastricht, `03:12`."""
    return moment.astimezone(MAASTRICHT).strftime("%H:%M") if moment else UNKNOWN


def say_second(moment: datetime) -> str:
    """The time in Maastricht to the second, `03:12:05`."""
    return moment.astimezone(MAASTRICHT).strftime("%H:%M:%S")


def say_day(day: date) -> str:
    """`23-11-2026`."""
    return day.strftime("%d-%m-%Y")


def say_moment(moment: datetime | None) -> str:
    """`23-11 03:12`, in Maastricht."""
    return moment.astimezone(MAASTRICHT).strftime("%d-%m %H:%M") if moment else UNKNOWN
