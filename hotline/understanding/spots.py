"""At what kind of place it happens: a home, a flat, a café, a car, the street and so on."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.understanding.folding import word_set
from hotline.understanding.phrases import Hits, Table

WORDS: Table = {
    "spot": {
        "home": {
            "nl": "huis, woning, rijtjeshuis, woonhuis, appartement, studio, kamer, zolder, hoes, hoeskamer, drugspand",
            "en": "house, home, apartment, dwelling",
            "de": "Haus, Wohnung, Wohnhaus, Appartement",
            "fr": "maison, appartement, logement, studio",
        },
        "flat": {
            "nl": "flat, flatgebouw, portiek, portieken, trappenhuis, galerij, galerijflat, appartementencomplex",
            "en": "flat, flats, stairwell, block of flats, apartment building, hallway",
            "de": "Treppenhaus, Hausflur, Wohnblock, Hochhaus",
            "fr": "immeuble, cage d'escalier, hall d'immeuble",
        },
        "business": {
            "nl": "bedrijf, loods, bedrijfspand, kantoor, magazijn, bedrijventerrein, fabriek, schuur, opslag,"
            " opslagruimte*",
            "en": "warehouse, business, office, factory, storage unit, storage units, shed",
            "de": "Lagerhalle, Firma, Betrieb, Büro, Fabrik, Schuppen, Lager",
            "fr": "entrepôt, hangar, !bureau, usine, entreprise",
        },
        "bar": {
            "nl": "café, kroeg, bar, eetcafé, restaurant, club, discotheek, cafetaria, snackbar, horeca, terras,"
            " shishalounge",
            "en": "bar, pub, café, restaurant, nightclub, club",
            "de": "Kneipe, Café, Bar, Lokal, Gaststätte, Restaurant",
            "fr": "café, bar, restaurant, bistrot, boîte de nuit",
        },
        "shop": {
            "nl": "winkel, supermarkt, avondwinkel, nachtwinkel, belwinkel, kapper, kapsalon, winkelcentrum,"
            " telefoonwinkel",
            "en": "shop, store, supermarket, barber, barbershop, mall, night shop",
            "de": "!Laden, Geschäft, Supermarkt, Friseur, !Kiosk",
            "fr": "magasin, supermarché, boutique, épicerie, coiffeur, night shop",
        },
        "coffeeshop": {"nl": "coffeeshop*, koffieshop*", "en": "coffee shop", "de": "", "fr": "coffee shop"},
        "car": {
            "nl": "auto, wagen, autoos, geparkeerde auto, bestelbus, busje",
            "en": "!car, !van, vehicle, car with, his car, a car, the car",
            "de": "Auto, Wagen, Lieferwagen, PKW",
            "fr": "voiture, camionnette",
        },
        "street": {
            "nl": "straat, op straat, stoep, plein, de hoek, straot, bushalte, steeg, buiten, trottoir",
            "en": "street, on the street, square, corner, sidewalk, pavement, alley, bus stop, outside",
            "de": "Straße, Gehweg, Bürgersteig, Gasse, Bushaltestelle, draußen",
            "fr": "rue, trottoir, arrêt de bus, dehors",
        },
        "park": {
            "nl": "park, speeltuin, plantsoen, grasveld, speelplaats, stadspark, frontenpark, bos",
            "en": "park, playground, bushes",
            "de": "Park, Spielplatz, Grünanlage",
            "fr": "parc, aire de jeux, jardin public",
        },
        "garage": {
            "nl": "garage, garagebox*, parkeergarage, garagebochs, !box, parkeerkelder",
            "en": "garage, parking garage, car park, garages, parking lot",
            "de": "Garage, Garagen, Parkhaus, Tiefgarage",
            "fr": "garage, garages, parking souterrain, !box",
        },
        "school": {
            "nl": "school, schoolplein, sjoel",
            "en": "school, schoolyard",
            "de": "Schule, Schulhof",
            "fr": "école, collège, lycée",
        },
        "station": {"nl": "station, sjtation, perron", "en": "train station, station", "de": "Bahnhof", "fr": "gare"},
        "boat": {
            "nl": "woonboot, boot, woonboten, schip, woonschip",
            "en": "houseboat, boat, barge",
            "de": "Hausboot, Boot, Schiff",
            "fr": "péniche, bateau",
        },
        "": {"nl": "parkeren, thuis", "en": "police station", "de": "", "fr": ""},
    },
}

_BEFORE_SPOT = word_set(
    "die deze dat dit those that these diese dieser ces cette in op uit bij aan vanuit achter voor naast onder langs"
    " the a de het een 't ut der den dem einem einer im am auf aus on at from behind near dans du devant derriere un"
    " une sur la le ons zijn"
)


def find_spot(words: Sequence[str], hits: Hits) -> str | None:
    """The kind of place: the only one that is told, else the first after "in", "uit", "bij" and the like."""
    said = [hit for hit in hits.get("spot", ()) if hit.value]
    if len({hit.value for hit in said}) <= 1:
        return said[0].value if said else None
    placed = [hit.value for hit in said if hit.start and words[hit.start - 1] in _BEFORE_SPOT and hit.value != "street"]
    return placed[0] if placed else said[0].value
