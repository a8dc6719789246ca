"""Single facts of a report: weapon, children, fire, complaints, a leak, and how it is known."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.understanding.danger import FLAMES, NO_FLAMES, WEAPONS
from hotline.understanding.phrases import Hits, Table, is_negated, join_rows

WORDS: Table = {
    "weapon": {
        "yes": join_rows(WEAPONS, {"nl": "neergestoken, geschoten, mesteek", "en": "stabbed, shot", "de": "geschossen"})
    },
    "children": {
        "yes": {
            "nl": "!kind, klein kind, een kind, kinderen, kindjes, kleuter*, peuter*, baby, scholier, scholieren,"
            " schoolkind*, schooljeugd, minderjarig*, sjeulkinder, kinger, basisschoolkind*, kids",
            "en": "child, children, kids, kid, minors, underage, schoolchild*, pupils, toddler*, schoolkids",
            "de": "!Kind, Kinder, Kindern, Schüler*, Schulkind*, minderjährig*, Kleinkind*",
            "fr": "enfant, enfants, gamin, gamins, mineur, mineurs, écolier*, lycéen*, collégien*",
        },
        "": {"nl": "", "en": "kind of, kind words", "de": "", "fr": ""},
    },
    "fire": {
        "yes": join_rows(
            FLAMES,
            {
                "nl": "vonken, vonkt, knettert, knetteren, knetterende, smeult, smeulend*, rookpluim, schroeilucht",
                "en": "sparks, sparking, crackling, burnt smell, smoulder*",
                "de": "Funken, Brandgeruch, knistert, verbrannt*, qualmt",
                "fr": "étincelles, brûlé, odeur de brûlé, grésille*",
            },
        ),
        "": NO_FLAMES,
    },
    "ill": {
        "yes": {
            "nl": "hoofdpijn, kopzeer, hoest, hoesten, hoesten we, misselijk, duizelig, ogen prikken, ogen branden,"
            " prikkende ogen, tranende ogen, ogen tranen, last van de ogen, last van mijn ogen, pijn aan mijn ogen,"
            " ogen doen pijn, ogen doen zeer, keel doet pijn, keelpijn, onwel, benauwd, moet overgeven",
            "en": "headache*, eyes hurt, eyes sting, eyes are stinging, eyes burn, eyes are burning, burning eyes,"
            " eyes burning, watery eyes, cough, coughing, nausea, nauseous, dizzy, feel sick, feeling sick,"
            " sore throat",
            "de": "Kopfschmerzen, Kopfweh, huste, husten, Augen brennen, Augen tränen, tränen die Augen,"
            " tränen mir die Augen, brennen die Augen, brennen mir die Augen, Augen tun weh, schwindelig, schwindlig,"
            " mir ist übel, Übelkeit, Halsschmerzen",
            "fr": "mal à la tête, maux de tête, yeux piquent, yeux qui piquent, mal aux yeux, yeux brûlent, tousse*,"
            " nausée*, vertige*, mal à la gorge",
        }
    },
    "leak": {
        "yes": {
            "nl": "lekt, lek, lekken, lekkage, gelekt, lekkend*, loopt eruit, stroomt eruit, gaslek, uitgelopen",
            "en": "leak, leaks, leaking, leaked, leakage, spilling, spilled",
            "de": "leckt, leck, läuft aus, läuft _ aus, läuft _ _ aus, läuft was aus, ausgelaufen, undicht, tropft",
            "fr": "fuite, fuites, fuit, coule, goutte",
        },
        "": {"nl": "lek gestoken, lekke band", "en": "", "de": "", "fr": ""},
    },
    "source": {
        "self": {
            "nl": "zelf, ik zie, ik zag, zag ik, zie ik, ruik ik, heb ik gezien, ik heb gezien, ik heb het gezien,"
            " met eigen ogen, ik ruik, ik rook, ik hoor, ich zag, zelf gehoord, ik heb ze gezien, heb gezien",
            "en": "i saw, i see, i have seen, i've seen, seen it myself, saw it myself, with my own eyes, i smell,"
            " i can see, i can smell, i noticed, myself",
            "de": "selbst gesehen, selber gesehen, ich habe gesehen, ich sehe, ich sah, sah ich, sehe ich, ich rieche,"
            " ich habe es gesehen, mit eigenen augen, selbst, selber",
            "fr": "j'ai vu, je vois, moi même, vu moi même, de mes propres yeux, je sens, j'ai remarqué",
        },
        "heard": {
            "nl": "gehoord van, van horen zeggen, ik heb gehoord, heb ik gehoord, heb gehoord, hoorde van, hoorde dat,"
            " iemand vertelde, mij verteld, me verteld, ze zeggen dat, wordt gezegd, via via, van een ander, gehoord,"
            " van iemand anders",
            "en": "i heard, heard it, heard from, heard that, heard about, told me, i was told, they say, people say,"
            " rumour*, rumor*, someone else, heard",
            "de": "habe gehört, hab gehört, gehört von, gehört dass, mir erzählt, man sagt, vom hörensagen, gehört,"
            " hörensagen",
            "fr": "entendu dire, on m'a dit, m'a raconté, il paraît, j'ai entendu, on dit que, entendu, ouï dire",
        },
        "": {
            "nl": "ik heb gehoord hoe, zelf coke, zelf verslaafd, zichzelf, verkoopt zelf, gebruikt zelf,"
            " gebruik zelf, kill myself",
            "en": "kill myself, hurt myself, heard screaming, heard shouting, heard shots",
            "de": "",
            "fr": "",
        },
    },
}


def find_truth(fact: str, words: Sequence[str], hits: Hits) -> str | None:
    """`"yes"` where a word of the fact stands, `"no"` where each such word is denied, else None."""
    denied = [is_negated(words, hit) for hit in hits.get(fact, ()) if hit.value]
    return ("no" if all(denied) else "yes") if denied else None


def find_source(hits: Hits) -> str | None:
    """`"self"` or `"heard"`: what was heard from others outweighs "ik zie", but "zelf" outweighs both."""
    said = [hit for hit in hits.get("source", ()) if hit.value]
    if any(hit.value == "heard" for hit in said):
        own = any(hit.value == "self" and hit.end - hit.start == 1 for hit in said)
        return "self" if own and len(said) > 1 else "heard"
    return "self" if said else None
