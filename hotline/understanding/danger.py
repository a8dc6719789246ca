"""Words that may mean danger now; they make the line ask the danger question again, and never end a report."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hotline.understanding.phrases import Hits, Rows, Table, is_negated, join_rows

WEAPONS: Rows = {
    "nl": "wapen, wapens, vuurwapen*, steekwapen*, pistool, pistolen, revolver*, geweer, geweren, mitrailleur*, !mes,"
    " !messen, mets, machete*, mes bij zich, een mes, met mes, groot mes",
    "en": "gun, guns, pistol*, rifle*, knife, knives, weapon*, machete*",
    "de": "Waffe, Waffen, Messer, Pistole, Pistolen, Gewehr*, Schusswaffe*",
    "fr": "une arme, des armes, les armes, l'arme, leur arme, leurs armes, son arme, ses armes, avec arme*, !arme,"
    " !armes, pistolet, pistolets, couteau, couteaux, fusil*",
}
FLAMES: Rows = {
    "nl": "brand, brandj, brandlucht, brandt, brandende, vuur, rook, rookontwikkeling, in de fik, vlam, vlammen",
    "en": "fire, smoke, on fire, flames, burning",
    "de": "Feuer, Rauch, Flammen, es brennt, brennt",
    "fr": "le feu, au feu, du feu, en feu, prend feu, a feu, fumée, flammes, incendie, brûle",
}
# Said often, and no fire.
NO_FLAMES: Rows = {
    "nl": "ik rook, rook ik, rook je, rook 't, rook ut, rook het, rook wiet, rook naar, rook nao, rook hier,"
    " rook daar, rook altijd, rook weer, er rook, dao rook, daar rook, hier rook, dat rook, het rook, 't rook,"
    " rook van _ joint, rook van joints, rook van wiet, rook van sigaret*, licht brandt, leech brandt, lamp brandt,"
    " brandt licht, brandt _ licht, brandt dag, brandt dach, licht brandt, vuur geven, vuurtje",
    "en": "smoke weed, smoke pot, smoke a, smoke hash, smoke joint*, smoke crack, smoke cannabis, smoke dope,"
    " smoke outside, smoke there, smoke here, smoke all, to smoke, they smoke, he smoke*, who smoke, people smoke,"
    " fire station, fire brigade, fire works, eyes burning, burning eyes, lights burning, light burning",
    "de": "Feuer frei, Licht brennt, Lampe brennt, brennt Licht, brennt das Licht, brennt immer Licht, Augen brennen",
    "fr": "feu rouge, au feu rouge, le feu rouge, du feu rouge, feux d'artifice, feu d'artifice, du feu d'artifice,"
    " lumière brûle",
}
_VIOLENCE: Rows = {
    "nl": "schiet, schieten, schietpartij, geschoten, doodgeschoten, neergeschoten, beschoten, doodschieten, schot,"
    " schoten, sjeete, mesteek, mesteken, messteek, steekpartij, gestoken, neergestoken, steekt, bloed, bloedt,"
    " bloeden, bloedend, gewond, gewonde, gewonden, bewusteloos, buiten bewustzijn, beweegt niet, beweegt _ niet,"
    " ademt niet, ademt _ niet, ademt bijna niet, reageert nergens, reanimatie, op de vuist, wurgen, verkracht*,"
    " vermoord*, doodsbedreiging*, explosief, explosieven, granaat, handgranaat*, bom, reanimeren, reageert niet,"
    " reageert _ niet, reageert nergens op, niet wakker, overdosis, ontplof*, explosie, gaslek, gijzel*, gegijzeld,"
    " bedreigt mij, bedreigt me, bedreigt ons, bedreigen mij, bedreigen me, bedreigen ons, word bedreigd,"
    " wordt bedreigd, worden bedreigd, slaat, slaan elkaar, in elkaar geslagen, slaan hem, slaan haar, mishandel*,"
    " vecht*, vechte, gevochten, help mij, help me, help ons, holp, hölp, neergestoken help, kind in gevaar, overval,"
    " !roof, wurgt, stikt, niet wakker te krijgen, hem niet wakker, haar niet wakker",
    "en": "shot, shots, shooting, shoots, stab, stabs, stabbed, stabbing, overdose, overdosed, unconscious,"
    " not breathing, isn't breathing, stopped breathing, can't breathe, not responding, doesn't respond, passed out,"
    " not moving, isn't moving, doesn't move, lips are blue, bleeding, help me, help us, choking, strangling,"
    " hitting each other, punching, bomb, grenade, rape, raped, murder*, kill me, kill us, hostage, explosion,"
    " gas leak, threatening me, threatening us, beating, fighting",
    "de": "Schuss, Schüsse, geschossen, erschossen, angeschossen, schießt, schießen, bewusstlos, atmet nicht,"
    " reagiert nicht, bewegt sich nicht, Überdosis, Hilfe, Blut, blutet, verletzt, erstochen, gestochen, würgt,"
    " schlagen sich, schlagen ihn, Explosion, Bombe, Granate, vergewaltig*, ermord*, Gasleck, Geisel*, schlägt,"
    " prügel*, bedroht mich, bedroht uns",
    "fr": "coup de feu, coups de feu, inconscient, inconsciente, ne respire plus, ne respire pas, respire plus,"
    " surdose, au secours, à l'aide, blessé, blessée, blessés, saigne, étrangle, se tapent, frappe, frappent,"
    " explosion, bombe, grenade, viol, violée, nous tuer, fuite de gaz, otage*, poignardé*, tire sur, me menace,"
    " nous menace, se battent, bagarre, ne bouge plus, bouge plus, ne réagit plus, ne réagit pas, ne répond plus",
}
_HARMLESS: Rows = {
    "nl": "stikt van, stikt er van, stikt hier van, stikt het van, stikt _ _ van, schot in de zaak, vechtsport*,"
    " schiet op, schieten op, schiet niet op, schiet er niet op, schiet het niet op, slaat nergens op, slaat af,"
    " slaat linksaf, slaat rechtsaf, slaat links af, slaat rechts af, slaat echt nergens op, slaat de deur,"
    " slaat alarm, steekt over, steekt _ over, steekt de straat over, help mij even, help me even, help mij verder",
    "en": "brand new, gunshop, fire works, gun shop, screenshot, long shot, shot glass, shots of, helping hand",
    "de": "Hilfe bei der Sucht, Schuss in den Ofen",
    "fr": "tire sur un joint, tire sur son joint, bombe de peinture",
}
_PERIL: Rows = {
    "nl": "gevaar, in gevaar, levensgevaar, noodgeval",
    "en": "danger, in danger, emergency",
    "de": "Gefahr, in Gefahr, Notfall",
    "fr": "danger, en danger, urgence",
}
_SAFE: Rows = {
    "nl": "gevaar nee, gevaar nu nee, gevaar _ nee, niet in gevaar, niemand in gevaar, niemand is in gevaar,"
    " niks gevaarlijk*, niet gevaarlijk, neet gevaarlik, gein gevaor, gevaar is er niet, gevaar is geweken, is veilig",
    "en": "danger no, not in danger, nobody in danger, nobody is in danger, no one is in danger, no one in danger,"
    " not dangerous",
    "de": "Gefahr nein, nicht in Gefahr, niemand in Gefahr, niemand ist in Gefahr, nicht gefährlich",
    "fr": "danger non, pas en danger, pas dangereux, personne n'est en danger, personne en danger, sans danger",
}

WORDS: Table = {
    "danger": {
        "yes": join_rows(_VIOLENCE, WEAPONS, FLAMES),
        "peril": _PERIL,
        "no": _SAFE,
        "": join_rows(_HARMLESS, NO_FLAMES),
    }
}


def find_danger(words: Sequence[str], hits: Hits) -> str | None:
    """`"yes"` where danger is spoken of, `"no"` where it is said that there is none, else None."""
    if words == ["help"] or ("help", "!") in pairwise(words):
        return "yes"
    safe = False
    for hit in hits.get("danger", ()):
        denied = is_negated(words, hit)
        if hit.value in ("yes", "peril") and not denied:
            return "yes"
        safe |= hit.value == "no" or (hit.value == "peril" and denied)
    return "no" if safe else None
