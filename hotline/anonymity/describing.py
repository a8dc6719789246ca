"""Never describe the reporter: finds the words that tell who reports, in Dutch, English, German and French.

After Crime Stoppers' rule that notes say nothing of the tipster, no sex, no home, no family (`domain.md` §1.2).
"""

from __future__ import annotations

import re

from hotline.anonymity.clues import make_clue

_NEIGHBOURS = r"(?:\w{0,8})?(?:buur(?:man|vrouw|jongen|meisje|tje|t?genoot)|buren)|neighbou?rs?|nachbar(?:n|in|innen|s)?|voisin(?:e|s|es)?"
_FAMILY = {
    r"mijn|m'n|mien\w?|onze|ons": (
        r"(?:half|stief|schoon|pleeg|ex-?)?(?:broer(?:tje)?|zus(?:je|ter)?|zoon(?:tje)?|dochter(?:tje)?|vader|moeder|ouders|man|vrouw)"
        r"|kind(?:eren|je|jes)?|kleinkind\w*|pap?a?|mam?a?|opa|oma|oom|tante|neef(?:je)?|nicht(?:je)?|zwager|familie|gezin|partner"
        r"|vriend(?:in|en)?|ex|collega(?:'?s)?|baas|chef|werkgever|huisgenoot|huisbaas|verhuurder|onderhuurder|huurder|klant"
        r"|leerling|docent|leraar|client|patient"
    ),
    r"my|our": (
        r"(?:step|grand|half-?)?(?:brother|sister|son|daughter|father|mother|child|children|parents)(?:-in-law)?|kids?|dad|mum|mom"
        r"|uncle|aunt|cousin|nephew|niece|husband|wife|boyfriend|girlfriend|partner|ex(?:-\w+)?|friend|mate|colleague|co-?worker"
        r"|boss|employer|landlord|landlady|tenant|room-?mate|flat-?mate|house-?mate|family|client|patient|pupil|teacher"
    ),
    r"mein(?:e[mnrs]?)?|unser(?:e[mnrs]?)?": (
        r"(?:stief|schwieger|halb|ex-?)?(?:bruder|schwester|sohn|tochter|vater|mutter|eltern|mann|frau)|kind(?:er|ern)?|opa|oma|onkel"
        r"|tante|cousine?|neffen?|nichte|schwager|schwagerin|freund(?:in|e)?|ex|partner(?:in)?|kollegen?|kollegin|chef(?:in)?"
        r"|vermieter(?:in)?|mieter(?:in)?|mitbewohner(?:in)?|familie|kunde|schuler|lehrer|patient"
    ),
    r"mon|ma|mes|notre|nos": (
        r"(?:demi-|beau-|belle-|ex-)?(?:frere|s(?:oe|œ)ur|fils|fille|pere|mere|mari|femme)|enfants?|parents?|oncle|tante|cousine?|neveu"
        r"|niece|copain|copine|amie?s?|ex|compagn(?:on|e)|collegues?|patron(?:ne)?|proprietaire|locataire|colocataire|famille"
        r"|client|eleve|prof|patient"
    ),
}
_NEIGHBOUR_WHY = "Wie dit leest, weet dat een buur dit meldt."
_FAMILY_WHY = "Dit zegt hoe de melder iemand kent."
_SOMEBODY = (
    ("my our", "someone", "a resident"),
    ("mein unser", "jemand", "ein Anwohner"),
    ("mon ma mes notre nos", "quelqu'un", "un habitant"),
)
_BESIDE = {"n": "in de buurt", "e": "nearby", "d": "in der Nähe", "f": "à proximité"}


def _say_somebody(match: re.Match[str], _: str) -> str:
    """`iemand`, or for neighbours `een bewoner`, in the language of the possessive that stood before."""
    owner = match[0].split()[0]
    found = ("", "iemand", "een bewoner")
    for row in _SOMEBODY:
        if owner.startswith(tuple(row[0].split())) and not owner.startswith("mijn"):
            found = row
    return found[1 + bool(re.search(_NEIGHBOURS, match[0]))]


def _say_reported(match: re.Match[str], _: str) -> str | None:
    """Where a whole "zij vertelt dat" was found; a sentence without its "dat" only a person can turn."""
    return "gemeld is dat" if match[0].endswith((" dat", " that", " dass", " das", " que")) else None


_OWNERS = "|".join(_FAMILY)
CLUES = (
    make_clue(
        "reporter",
        10,
        "Beschrijf de melder niet. Zet er alleen in wat er gebeurt.",
        r"(?:de |een |deze )?(?:melder|meldster|beller|belster|tipgever|tipgeefster|informant|klager|klaagster)s?"
        r"(?: (?:zegt|vertelt|meldt|ziet|zag|hoort|hoorde|verklaart|geeft aan|gaf aan)) dat",
        r"(?:the )?(?:caller|reporter|informant|tipster) (?:says|said|tells|reports|saw|sees|heard|states) that",
        r"(?:der |die )?(?:anrufer(?:in)?|melder(?:in)?|hinweisgeber(?:in)?) (?:sagt|berichtet|meldet|erzahlt|sah|sieht),? dass?",
        r"(?:l'|le |la )?(?:appelante?|informat(?:eur|rice)|temoin) (?:dit|raconte|signale|declare|voit|a vu) que",
        instead="gemeld is dat",
    ),
    make_clue(
        "reporter",
        10,
        "Beschrijf de melder niet. Zet er alleen in wat er gebeurt.",
        r"(?:de |een |deze )?(?:melder|meldster|beller|belster|tipgever|tipgeefster|informant|klager|klaagster)s?",
        r"(?:the |this )?(?:callers?|informants?|tipsters?|whistleblower)|the reporter",
        r"(?:der |die )?(?:anrufer(?:in)?|hinweisgeber(?:in)?|melderin)",
        r"l'appelante?|(?:l'|un |une )informat(?:eur|rice)|la personne qui (?:appelle|signale)",
        instead=None,
    ),
    make_clue(
        "gender",
        10,
        "Zeg niet of de melder een man of een vrouw is.",
        r"mevr(?:ouw|\.)?|meneer|mijnheer|dhr\.?|dame|madam|sir|lady|gentleman|mrs\.?|mr\.?|madame|monsieur|mme",
        instead="persoon",
    ),
    make_clue(
        "telling",
        6,
        "Dit lijkt over de melder te gaan. Zet er alleen in wat er gebeurt.",
        r"(?:zij|ze|hij) (?:vertelt|vertelde|zegt|zei|meldt|meldde|geeft aan|gaf aan|verklaart|durft niet|wil anoniem)(?: dat)?",
        r"(?:she|he) (?:says|said|tells|told us|reports|reported|states|wants to stay anonymous)(?: that)?",
        r"(?:sie|er) (?:sagt|sagte|erzahlt|erzahlte|berichtet|berichtete|meldet|mochte anonym)(?:,? dass?)?",
        r"(?:elle|il) (?:dit|raconte|signale|declare|veut rester anonyme)(?: que)?",
        instead=_say_reported,
    ),
    make_clue(
        "home",
        10,
        "Dit zegt waar de melder woont.",
        r"(?:waar )?(?:ik woon|woon ik|ik huur|(?:wij|we) wonen|wonen (?:wij|we)|ik ben (?:hier |daar |er )?(?:bewoner|bewoonster|huurder))"
        r"[^.!?,;\n]{0,80}?(?: en(?= )|(?=[.!?,;\n]|$| maar | want | dus ))",
        r"(?:where )?(?:i live|we live|i rent|i am a resident|i'm a resident)[^.!?,;\n]{0,80}?(?: and(?= )|(?=[.!?,;\n]|$| but ))",
        r"(?:wo )?(?:ich wohne|wohne ich|wir wohnen|wohnen wir|ich miete)[^.!?,;\n]{0,80}?(?: und(?= )|(?=[.!?,;\n]|$| aber ))",
        r"(?:ou )?(?:j'habite|nous habitons|on habite|je loue)[^.!?,;\n]{0,80}?(?: et(?= )|(?=[.!?,;\n]|$| mais ))",
        instead="",
    ),
    make_clue(
        "home",
        10,
        "Dit zegt waar de melder woont.",
        r"(?P<n>(?:(?:recht )?(?:boven|onder|naast|tegenover|achter) (?:mij|ons)|hiernaast|hierboven"
        r"|bij (?:mij|ons) (?:thuis|aan de deur|(?:in|op|voor|achter|onder) (?:de|het) (?:deur|trap|hal|gang|tuin|portiek|flat|gebouw|huis))))",
        r"(?P<e>(?:above|below|next to|opposite|behind|across from) (?:me|us))",
        r"(?P<d>(?:uber|unter|neben|gegenuber|hinter) (?:mir|uns)|bei (?:mir|uns) (?:zu ?hause|im haus|im flur|vor der tur|im treppenhaus))",
        r"(?P<f>(?:au-? ?dessus|en dessous|a cote|en face) de (?:chez )?(?:moi|nous)|chez (?:moi|nous))",
        instead=lambda match, _: _BESIDE[match.lastgroup or "n"],
    ),
    make_clue(
        "relation", 10, _NEIGHBOUR_WHY, rf"(?:{_OWNERS})(?: \w+)? (?:{_NEIGHBOURS})", instead=_say_somebody
    ),
    *(
        make_clue("relation", 10, _FAMILY_WHY, rf"(?:{owner})(?: \w+)? (?:{names})", instead=_say_somebody)
        for owner, names in _FAMILY.items()
    ),
    make_clue(
        "self",
        3,
        "Dit zegt de melder over zichzelf. Laat het weg.",
        r"(?:mijn naam is|u spreekt met|(?:u kunt|kunt u|bel|belt u) (?:mij|me))[^.!?,;\n]{0,60}",
        r"(?:my name is|this is my number|(?:you can )?call me)[^.!?,;\n]{0,60}",
        r"(?:mein name ist|sie konnen mich|rufen sie mich)[^.!?,;\n]{0,60}",
        r"(?:mon nom est|je m'appelle|vous pouvez m'appeler|appelez-moi)[^.!?,;\n]{0,60}",
        instead="",
    ),
    make_clue(
        "self",
        3,
        "Dit zijn de woorden van de melder. Schrijf het in uw eigen woorden.",
        r"ik|ich|i|i'm|i've|j'ai|je (?:suis|vois|sais|pense|crois)",
        instead=None,
    ),
)  # fmt: skip
"""A lone "ik" weighs little: it says that somebody reports, which a report says anyway."""
