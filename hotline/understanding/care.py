"""Who needs another kind of help than this line gives: thoughts of suicide, a child, somebody who uses; and who fears the police."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.understanding.counting import read_number
from hotline.understanding.folding import word_set
from hotline.understanding.phrases import Hits, Table

WORDS: Table = {
    "age": {"": {"nl": "ik ben, ik ben pas", "en": "i am, i'm", "de": "ich bin, ich bin erst", "fr": "j'ai"}},
    "care": {
        "suicide": {
            "nl": "zelfmoord, zelfdoding, suïcide, niet meer leven, wil dood, maak mezelf dood, maak mijzelf dood,"
            " mezelf iets aandoen, er een eind aan maken, er een einde aan maken, maak er een eind aan,"
            " maak er een einde aan, uit het leven stappen, spring voor de trein, ik wil sterven",
            "en": "suicide, suicidal, kill myself, killing myself, want to die, end my life, take my own life,"
            " hurt myself",
            "de": "Selbstmord, Suizid, mich umbringen, bringe mich um, nicht mehr leben, will sterben,"
            " mir das Leben nehmen",
            "fr": "suicide, suicider, me tuer, envie de mourir, veux mourir, plus vivre, mettre fin à mes jours,"
            " en finir avec la vie",
        },
        "child": {
            "nl": "mijn papa, mijn mama, mien pap, mien mam, m'n papa, m'n mama, ik ben een kind, ik ben nog een kind,"
            " ik zit op de basisschool, ik zit in groep, ik ben minderjarig, mijn juf",
            "en": "my mommy, my daddy, my mummy, i am a kid, i'm a kid, i am a child, i'm a child, i'm just a kid",
            "de": "meine Mama, mein Papa, ich bin ein Kind, ich bin noch ein Kind, ich gehe in die Grundschule",
            "fr": "ma maman, mon papa, je suis un enfant, je suis mineur, je suis mineure",
        },
        "user": {
            "nl": "ik ben verslaafd, ben zelf verslaafd, ben verslaafd aan, mijn verslaving, wil afkicken,"
            " wil stoppen met drugs, wil van de drugs af, gebruik zelf, ik gebruik drugs, ik ben gebruiker,"
            " hulp bij mijn verslaving, ik ben aan de drugs",
            "en": "i am addicted, i'm addicted, my addiction, i am an addict, i'm an addict, i use drugs,"
            " want to quit drugs, get clean, i need rehab",
            "de": "ich bin süchtig, bin drogensüchtig, bin abhängig, meine Sucht, will aufhören mit, einen Entzug,"
            " ich nehme Drogen",
            "fr": "je suis accro, je suis toxicomane, je suis dépendant, je suis dépendante, mon addiction,"
            " je me drogue, arrêter la drogue",
        },
        "": {
            "nl": "zelfmoordaanslag, niet meer leven in deze buurt, mijn papa is overleden",
            "en": "suicide bomber, suicide attack",
            "de": "",
            "fr": "",
        },
    },
    "integrity": {
        "graft": {
            "nl": "corrupt, corrupte, corruptie, omgekocht, omkoping, steekpenningen",
            "en": "corrupt, corruption, bribe, bribes, bribed, dirty cop, dirty cops",
            "de": "korrupt, korrupte, korrupter, Korruption, bestochen, Bestechung",
            "fr": "corrompu, corrompus, corruption, pot de vin, pots de vin",
        },
        "staff": {
            "nl": "agent, agenten, politieagent, politieagenten, politieman, politievrouw, politiemensen, wijkagent,"
            " ambtenaar, ambtenaren, boa, boa's, handhaver, handhavers, wethouder, raadslid,"
            " medewerker van de gemeente, iemand van de gemeente, iemand van de politie",
            "en": "police officer, police officers, policeman, policemen, cop, cops, city official, council worker,"
            " civil servant, city worker",
            "de": "Polizist, Polizisten, Polizistin, Polizeibeamter, Beamter, Beamten, Beamte",
            "fr": "policier, policiers, policière, agent de police, fonctionnaire, fonctionnaires, agent municipal",
        },
        "deed": {
            "nl": "dealt, verkoopt, verkopen, dealen, gebruikt, koopt, kopen, snuift, doet mee, doen mee, zit erin,"
            " zitten erin, krijgt geld, krijgen geld, betrokken, waarschuwt, waarschuwen, tipt, tippen, lekt,"
            " neemt geld, pakt geld aan, helpt de dealers",
            "en": "deals, sells, selling, sell, uses, buys, involved, is in on it, takes money, taking money,"
            " tips off, warns, warning",
            "de": "dealt, verkauft, verkaufen, kauft, beteiligt, steckt mit drin, nimmt Geld, warnt, nimmt Drogen",
            "fr": "deale, vend, vendent, achète, impliqué, impliqués, complice*, prend de l'argent, prévient, consomme",
        },
    },
}

_GROWN_UP = 18
_NEAR = 6
_AGE_ENDS = word_set("jaar jaor years year jahre ans .")


def find_care(words: Sequence[str], hits: Hits) -> str | None:
    """`"suicide"`, `"child"` (a child is speaking) or `"user"` (somebody asks help for their own use), else None."""
    said = {hit.value for hit in hits.get("care", ())}
    if find_young(words, hits):
        said.add("child")
    return next((value for value in ("suicide", "child", "user") if value in said), None)


def find_young(words: Sequence[str], hits: Hits) -> list[tuple[int, int]]:
    """From which word to which somebody says that they are a child's age."""
    ends = ((hit.start, _end_of_age(words, hit.end)) for hit in hits.get("age", ()))
    return [(start, end) for start, end in ends if end]


def find_integrity(hits: Hits) -> str | None:
    """`"yes"` where police or city staff are said to be corrupt, or to do what they should not; being called is no deed."""
    said = hits.get("integrity", ())
    if any(hit.value == "graft" for hit in said):
        return "yes"
    for hit in said:
        if hit.value == "staff" and any(one.value == "deed" and 0 <= one.start - hit.end < _NEAR for one in said):
            return "yes"
    return None


def _end_of_age(words: Sequence[str], at: int) -> int:
    """Behind the child's age that stands at word `at`; 0 where none does, or where something makes it an amount."""
    number = read_number(words, at)
    if number is None or not 5 <= number[0] < _GROWN_UP:
        return 0
    is_age = number[1] >= len(words) or words[number[1]] in _AGE_ENDS
    return number[1] if is_age else 0
