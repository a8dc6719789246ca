"""What a story is about: its category and finer kind, only where its words say so clearly."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.understanding.phrases import Hits, Table

# A value is a kind and how much a phrase tells of it: 2 is enough by itself, 1 needs another.
WORDS: Table = {
    "subject": {
        "runners 4": {
            "nl": "drugsrunner*, runner, runners, drugsrunnersj, spreken auto's aan, spreken autos aan,"
            " spreken automobilisten aan, rijden voor ons uit",
            "en": "drug runner*, drugs runner*, runners, bothering drivers, approach drivers, approaching cars,"
            " stopping cars",
            "de": "Drogenrunner, Runner, sprechen uns _ _ auf einem Roller an, fahren vor uns her,"
            " auf einem Roller an, sprechen autofahrer an",
            "fr": "rabatteur*, runners, accostent les voitures, abordent les voitures",
        },
        "deal 2": {
            "nl": "verkoopt, verkopen, verkocht, verkoupe, dealen, dealt, deal, dealer, dealers, drugsdealer*,"
            " gedeald, dealde, gedealed, drugshandel, verkopen drugs, verkoopt drugs, drugs verkopen, drugs verkocht,"
            " drugs verkoopt, verkoopt coke, verkopen coke, coke verkopen, verkoopt cocaine, verkoopt pillen,"
            " verkopen pillen, pillen verkopen, pillen verkoopt, verkopen wiet, verkoopt wiet, wiet verkopen,"
            " kleine zakjes, geven zakjes, zakjes aan mensen, zakjes verkopen, drugs aangeboden, bieden drugs aan,"
            " dinger aon, drugs te koop, ruilen zakjes",
            "en": "sell, selling, sells, sold, deal, deals, dealing, dealer, dealers, drug deal*, sell drugs,"
            " selling drugs, sells drugs, sold drugs, sell coke, selling coke, selling pills, sells cocaine,"
            " selling cocaine, offering cocaine, offering drugs, offered drugs, offer drugs, selling weed,"
            " selling stuff, offered us drugs, offered me drugs, drug trade",
            "de": "verkauft, verkaufen, dealen, dealt, Dealer*, Dealern, Drogendealer*, gedealt, verkauft Drogen,"
            " verkaufen Drogen, Drogen verkauft, Drogen verkaufen, verkauft _ _ Kokain, verkauft Kokain,"
            " verkaufen Kokain, Kokain verkauft, Drogen angeboten, bieten Drogen an, Drogenhandel",
            "fr": "vendent, vend, vendre, deal, deale, dealent, dealer, dealers, dealeur*, vendent de la drogue,"
            " vend de la drogue, vendre de la drogue, vendent de la coke, vend de la coke, vend de la cocaïne,"
            " vendent des pilules, proposé de la drogue, proposent de la drogue, trafic de drogue, trafiquant*,"
            " ils vendent, vendent dans",
        },
        "sale 1": {
            "nl": "coke, cocaïne, pillen, drugs, zakjes, pakketjes, geld, klanten, xtc, heroine",
            "en": "cocaine, coke, pills, drugs, customers, heroin",
            "de": "Kokain, Drogen, Pillen, Kunden, Heroin",
            "fr": "drogue, cocaïne, coke, clients, pilules, héroïne",
        },
        "premises 2": {
            "nl": "drugspand, drugshuis, drugswoning, aanloop, gaat de bel, minuten binnen, in en uit, komen en gaan,"
            " vanuit een huis, vanuit een woning, vanuit het huis, vanuit de woning, deur gaat om de, veel bezoek,"
            " toeloop, dealpand",
            "en": "at all hours, stay _ minutes, minutes and leave, drug house, drugs house, trap house,"
            " coming and going, people come and go, from a house, from their house, in and out, crack house",
            "de": "Drogenhaus, Kommen und Gehen, gehen ein und aus, aus einem Haus, aus einer Wohnung, ständig Besuch",
            "fr": "va et vient, maison de drogue, point de deal, entrent et sortent, allées et venues",
        },
        "house 1": {
            "nl": "huis, woning, flat, appartement, pand, portiek, zolder, woonboot, kamer, hoes, nummer, huisnummer",
            "en": "house, apartment, flat, houseboat, number",
            "de": "Haus, Wohnung, Hausboot, Hausnummer",
            "fr": "maison, appartement, immeuble, péniche, numéro",
        },
        "business 1": {
            "nl": "café, kroeg, bar, winkel, avondwinkel, kapper, kapsalon, toonbank, restaurant, cafetaria, loods,"
            " bedrijf, shishalounge, belwinkel",
            "en": "bar, pub, café, shop, store, barber, restaurant, warehouse, nightclub",
            "de": "Kneipe, Café, !Laden, Bar, Geschäft, Restaurant, !Kiosk, Lokal",
            "fr": "café, bar, magasin, boutique, restaurant, épicerie",
        },
        "cannabis 4": {
            "nl": "wietplantage*, hennepplantage*, hennepkwekerij*, wietkwekerij*, kwekerij, hennep, plantage,"
            " wietplanten, hennepplanten, wiet kweken, kweekt wiet, kweken wiet, wietteelt, kweekruimte",
            "en": "grow house, weed farm, cannabis farm, cannabis plantation, grow cannabis, growing cannabis,"
            " grow weed, growing weed, cannabis plants, weed plants, grow lights, growing marijuana",
            "de": "Hanfplantage, Cannabisplantage, Cannabisanbau, Cannabis angebaut, Hanf angebaut, Gras angebaut,"
            " baut Cannabis an, bauen Cannabis an, Hanfanbau, Hanfpflanzen, Graspflanzen",
            "fr": "plantation de cannabis, culture de cannabis, plants de cannabis, cultive du cannabis,"
            " cultivent du cannabis, plantation",
        },
        "cannabis 2": {
            "nl": "wietlucht, wietgeur, hennepgeur, henneplucht, ruikt naar wiet, ruik wiet, stinkt naar wiet,"
            " rook _ _ nao wiet, rook _ nao wiet, rook nao wiet, rook _ _ naar wiet, rook _ naar wiet,"
            " ruikt _ naar wiet, lucht van wiet, ruikt naar hennep",
            "en": "smell of weed, smells of weed, smells like weed, weed smell, cannabis smell, smell of cannabis,"
            " smells like cannabis, smells of cannabis",
            "de": "riecht nach Gras, riecht nach Cannabis, Cannabisgeruch, riecht nach Hanf, Geruch nach Cannabis,"
            " riecht _ nach Cannabis",
            "fr": "odeur de cannabis, sent le cannabis, odeur d'herbe, odeur de beuh, sent l'herbe",
        },
        "smell 1": {
            "nl": "ruikt, ruik, stinkt, stank, geur, lucht, stink, roek, rook",
            "en": "smell, smells, stinks, stench, smelling",
            "de": "riecht, stinkt, Geruch, Gestank, rieche",
            "fr": "odeur, odeurs, sent, pue",
        },
        "weed 1": {
            "nl": "wiet, hasj, marihuana, weed",
            "en": "weed, cannabis, marijuana, pot",
            "de": "Gras, Cannabis, Marihuana, Haschisch",
            "fr": "cannabis, beuh, herbe, shit, marijuana",
        },
        "cannabis 1": {
            "nl": "gezoem, zoemt, afzuiger, afgeplakt, ramen dicht, licht brandt, leech brandt, dag en nacht licht,"
            " potgrond, zakken aarde",
            "en": "humming, extractor, covered windows, lights on all night, potting soil",
            "de": "Brummen, abgeklebt, Abluft",
            "fr": "bourdonnement, fenêtres bouchées, extracteur",
        },
        "lab 4": {
            "nl": "drugslab, drugslaboratorium, laboratorium, xtc lab, speedlab, meth lab, jerrycans naar binnen,"
            " vaten naar binnen, jerrycan* _ binnen, jerrycans de loods in",
            "en": "drug lab, drugs lab, meth lab, laboratory, chemical smell, chemicals smell, smell of chemicals,"
            " smells like chemicals",
            "de": "Drogenlabor, Labor, chemischer Geruch, riecht nach Chemie, riecht stark nach Chemie,"
            " riecht _ nach Chemie, Geruch nach Chemie, Chemiegeruch, chemischen Geruch",
            "fr": "laboratoire, labo, odeur chimique, odeurs chimiques, odeur de produits chimiques,"
            " sent les produits chimiques",
        },
        "lab 2": {
            "nl": "chemische lucht, chemische geur, chemisch, aceton, anijslucht, anijs, chemicaliën, ruikt naar zuur,"
            " ruikt naar nagellak",
            "en": "acetone, aniseed, chemicals, chemical",
            "de": "Aceton, Anis, Chemikalien, Chemie, chemisch",
            "fr": "acétone, anis, produits chimiques, chimique",
        },
        "needles 4": {
            "nl": "spuiten, spuit, injectienaald*, naald, naalden, injectiespuit*, drugsspuit*, sjpuite",
            "en": "needle, needles, syringe, syringes",
            "de": "Spritze, Spritzen, Nadeln, Nadel, Injektionsnadel*",
            "fr": "seringue, seringues, aiguilles, aiguille",
        },
        "waste 2": {
            "nl": "drugsafval, afval, drugsresten, gedumpt, dumpen, dumping, gedumpte",
            "en": "drug waste, drugs waste, waste, dumped, dumping",
            "de": "Drogenabfall, Abfall, abgeladen, entsorgt",
            "fr": "déchets, dépôt sauvage, déversé*",
        },
        "drums 3": {
            "nl": "vaten, vat, jerrycan, jerrycans, gasflessen, lachgasfles*, tonnen, drugsvaten",
            "en": "barrel, barrels, drums, jerrycan*, jerry cans, canisters, gas bottles",
            "de": "Fässer, Fass, Kanister, Gasflaschen, Tonnen",
            "fr": "fûts, fût, bidon, bidons, jerrycan*, barils",
        },
        "users 3": {
            "nl": "gebruikers, drugsgebruiker*, gebruiker, verslaafde, verslaafden, junk, junks, junkie*,"
            " net gespoten, spuiten zich in, crack roken, crack gerookt, ze gebruiken, wordt gebruikt,"
            " wordt er gebruikt, drugsgebruik, roken crack, rookt crack, spuit zich in, basen,"
            " onder invloed van drugs, drugs gebruiken, drugs gebruikt, gebruiken drugs, zwerver*",
            "en": "addict, addicts, junkie*, drug user*, users, smoking crack, shooting up, using drugs, injecting,"
            " smokes crack, taking drugs",
            "de": "Junkie*, Süchtige*, Drogensüchtige*, Abhängige*, spritzt sich, spritzen sich, Fixer, nehmen Drogen,"
            " konsumieren",
            "fr": "toxicomane*, toxico*, drogué, drogués, junkie*, se piquent, se pique, fument du crack, se droguent,"
            " consommateur*",
        },
        "coffeeshop 6": {
            "nl": "coffeeshop*, koffieshop*, koffie shop, wietboot",
            "en": "coffee shop customers, coffee shop, coffeeshops",
            "de": "Coffeeshop*, Coffee Shop",
            "fr": "coffee shop, coffeeshop",
        },
        "threat 3": {
            "nl": "bedreigd, bedreigt, bedreigen, bedreiging*, intimideren, intimidatie, intimideert, geïntimideerd,"
            " afpers*, chanteren, chanteert, gechanteerd, dreigt, dreigen, bedreigde",
            "en": "threat, threats, threaten*, intimidat*, blackmail*, extort*",
            "de": "bedroht, bedrohen, Bedrohung, droht, drohen, eingeschüchtert, Erpressung, erpresst, erpressen",
            "fr": "menace, menaces, menacé, menacés, menacent, menacée, intimid*, chantage",
        },
        "other 2": {
            "nl": "iets anders, wat anders, andere vraag",
            "en": "something else, other question",
            "de": "etwas anderes, was anderes",
            "fr": "autre chose",
        },
        "": {
            "nl": "spuitbus*, zelf drugs, geen drugs, coffeeshop vergunning, dat vat ik",
            "en": "no drugs, big deal, great deal, good deal, a deal with",
            "de": "keine Drogen, fasst",
            "fr": "pas de drogue",
        },
    },
}

_CLEAR = 2
_MEANT: Mapping[str, tuple[str, str]] = {
    "runners": ("dealing", "runners"),
    "street": ("dealing", "street"),
    "house": ("premises", "house"),
    "business": ("premises", "business"),
    "cannabis": ("production", "cannabis"),
    "lab": ("production", "lab"),
    "needles": ("waste", "needles"),
    "drums": ("waste", "drums"),
    "waste": ("waste", ""),
    "users": ("users", ""),
    "coffeeshop": ("coffeeshop", ""),
    "threat": ("threat", ""),
    "other": ("other", ""),
}


def find_subject(hits: Hits) -> tuple[str, str] | None:
    """Category and subtype (`""` where it has none or it is not clear), None where the words tell of nothing clearly."""
    weights: dict[str, int] = {}
    for value in dict.fromkeys(hit.value for hit in hits.get("subject", ()) if hit.value):
        kind, _, weight = value.partition(" ")
        weights[kind] = weights.get(kind, 0) + int(weight)
    if not weights:
        return None
    _share_dealing(weights)
    smell, weed = weights.pop("smell", 0), weights.pop("weed", 0)
    if smell and weed and not weights.get("street"):
        weights["cannabis"] = weights.get("cannabis", 0) + smell + weed
    if "waste" in weights and (drums := "drums" if "drums" in weights else "needles" if "needles" in weights else ""):
        weights[drums] += weights.pop("waste")
    best = max(_MEANT, key=lambda kind: weights.get(kind, 0))
    return _MEANT[best] if weights.get(best, 0) >= _CLEAR else None


def _share_dealing(weights: dict[str, int]) -> None:
    """Dealing is on the street, unless the story tells of a house, or of a shop, café or shed."""
    selling = weights.pop("deal", 0) + weights.pop("sale", 0)
    premises = weights.pop("premises", 0)
    house, business = weights.pop("house", 0), weights.pop("business", 0)
    dealt = selling + premises
    if premises or (selling >= _CLEAR and house + business):
        where = "business" if business > house else "house"
        weights[where] = dealt + max(house, business)
    elif selling >= _CLEAR:
        weights["street"] = selling
