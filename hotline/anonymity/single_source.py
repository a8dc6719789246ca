"""The single-source guard: what in a report only one person could know, scored with reasons that an operator can act on.

The question is Meld Misdaad Anoniem's: could the suspect guess who reports this (`domain.md` §1.2)? The guard reads the
text and the place as partners would get them, in four languages, and the answer about guessing. It finds the usual
phrases and misses what only a person who knows the case could see, so the operator still reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hotline.anonymity.clues import Reason, begin_as, find_clues, keep_heaviest, make_clue
from hotline.anonymity.describing import CLUES as DESCRIPTIONS
from hotline.anonymity.exact_times import find_minutes

LIMIT = 10
"""From so many points on a text stays locked: one certain clue, or two that are likely."""

MIDDLE = 4
"""From so many points on a second pair of eyes is asked for."""

INSIDE_KINDS = frozenset({"view", "own_place", "interior", "home"})
"""Kinds of reasons that say that something was seen from within a building."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_OWN = {
    "n": r"(?:mijn|m'n|mien|onze|ons)",
    "e": r"(?:my|our)",
    "d": r"(?:mein|unser)(?:e[mnrs]?|n|m)?",
    "f": r"(?:mon|ma|mes|notre|nos)",
}
_VIEW = {
    "n": r"\w*raam|ramen|venster|balkon|(?:dak)?terras|(?:slaap|woon|huis|zolder)?kamer|keuken|serre|deurbel\w*|camera\w*|dashcam",
    "e": r"windows?|balcony|(?:bed|living )?room|kitchen|terrace|doorbell|cameras?|dashcam",
    "d": r"\w*fenstern?|balkon|\w*zimmer|kuche|terrasse|kamera|turklingel|dashcam",
    "f": r"fenetres?|balcon|chambre|salon|cuisine|terrasse|sonnette|camera|dashcam",
}
_PLACES = {
    "n": r"portiek|trap(?:pen|penhuis|portaal)?|hall?|gang|galerij|(?:voor|achter|binnen)?tuin(?:tje)?|binnenplaats|oprit|stoep|drempel"
    r"|(?:voor|achter)?deur|brievenbus|berging|kelder(?:box)?|garage(?:box)?|schuur(?:tje)?|lift|flat(?:gebouw)?|gebouw|huis|woning"
    r"|appartement|etage|verdieping|complex|zolder|poort|brandgang",
    "e": r"stair(?:s|well|case)|hall(?:way)?|landing|corridor|(?:front |back )?(?:garden|yard)|backyard|driveway|(?:front |back )?door(?:step)?"
    r"|letter-?box|mailbox|basement|cellar|garage|shed|lift|elevator|building|house|flat|apartment|home|floor|porch|gate",
    "d": r"treppenhaus|treppe|(?:haus)?flur|gang|(?:vor|hinter)?garten|(?:hinter|innen)hof|hof|einfahrt|(?:haus|wohnungs)?tur|briefkasten"
    r"|keller|garage|schuppen|aufzug|gebaude|haus\w{0,2}|wohnung|etage|stock(?:werk)?",
    "f": r"cage d'escalier|escaliers?|hall|couloir|palier|jardin|cour|allee|porte|boite aux lettres|cave|garage|ascenseur|immeuble|maison"
    r"|appartement|etage|grenier",
}
_STREETS = {"n": "straat|straatje|buurtje|stoep", "e": "street|road|block", "d": "stras?s?e", "f": "rue"}
_FROM = {
    "n": r"vanuit|vanaf|van achter|uit|door|voor|achter|onder|op|in|van|met|bij",
    "e": r"out of|from|through|in front of|behind|outside|below|under|on|in|at|with|by",
    "d": r"aus|von|durch|vor|hinter|unter|auf|in|an|mit|bei",
    "f": r"depuis|par|de|devant|derriere|sous|sur|dans|a|avec",
}
_SEES = (
    r"(?:ik|wij|we) (?:zie|zien|zag|zagen|kan|kunnen|kijk|kijken|hoor|hoorde|ruik)(?: \w+){0,3}?|(?:zie|zag|kijk|hoor) ik(?: \w+){0,2}?",
    r"(?:i|we) (?:can )?(?:see|saw|watch|watched|hear|look)(?: \w+){0,3}?",
    r"(?:ich|wir) (?:sehe|sehen|sah|sahen|kann|hore|rieche)(?: \w+){0,3}?",
    r"(?:je|nous|on) (?:vois|voyons|voit|peux|entends)(?: \w+){0,3}?",
)
_INSIDE = {"n": "binnen", "e": "inside", "d": "drinnen", "f": "à l'intérieur"}


def _own(table: Mapping[str, str], before: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """One pattern a language: the possessive, perhaps a word, and a noun, `before` with a preposition."""
    return tuple(
        (rf"(?:{before[one]}) " if before else "") + rf"{_OWN[one]}(?: (?!eigen)\w+| eigen)? (?:{nouns})"
        for one, nouns in table.items()
    )


def _without_owner(match: re.Match[str], words: str) -> str:
    """`ons portiek` as `een portiek`: the same place, but nobody's."""
    owner, rest = match[0].split()[0], words.partition(" ")[2]
    if owner in ("my", "our"):
        return f"a {rest}"
    if owner in ("mon", "ma", "mes", "notre", "nos"):
        return f"{'une' if owner == 'ma' else 'des' if owner in ('mes', 'nos') else 'un'} {rest}"
    if owner.startswith(("mein", "unser")):
        return f"ein{owner.removeprefix('mein').removeprefix('unser')} {rest}"
    return f"een {rest}"


def _without_own_street(match: re.Match[str], words: str) -> str:
    """`mijn straat` as `de straat`."""
    owner = match[0].split()[0]
    articles = (
        ("mijn", "de"),
        ("my", "the"),
        ("our", "the"),
        ("mein", "der"),
        ("unser", "der"),
        ("ma", "la"),
        ("not", "la"),
    )
    article = next((article for begin, article in articles if owner.startswith(begin)), "de")
    return f"{article} {words.split()[-1]}"


_VIEWS = _own(_VIEW, _FROM)
CLUES = (
    make_clue(
        "view",
        10,
        "Dit zegt vanaf welke plek de melder kijkt.",
        *(rf"(?:{sees}) {view}(?P<{'nedf'[at]}>)" for at, (sees, view) in enumerate(zip(_SEES, _VIEWS, strict=True))),
        instead=lambda match, _: {"n": "gezien is", "e": "seen", "d": "gesehen wurde", "f": "on a vu"}[match.lastgroup or "n"],
    ),
    make_clue("view", 10, "Dit zegt vanaf welke plek de melder kijkt.", *_VIEWS, instead=""),
    make_clue("view", 10, "Dit is van de melder zelf. Laat het weg.", *_own(_VIEW), instead=_without_owner),
    make_clue("own_place", 10, "Dit is het eigen gebouw van de melder.", *_own(_PLACES), instead=_without_owner),
    make_clue(
        "own_street",
        6,
        "Dit is de eigen straat van de melder.",
        *_own(_STREETS),
        instead=_without_own_street,
    ),
    make_clue(
        "interior",
        6,
        "Dit weet alleen wie binnen is geweest.",
        r"(?P<n>(?:in|op|onder|achter|uit) (?:(?:de|het|zijn|haar|hun|een) )?(?:slaapkamer|woonkamer|huiskamer|keuken|badkamer|bed"
        r"|(?:kleding|keuken|meter)?kast|koelkast|vriezer|lade|kluis|matras|zolder|kelder|kruipruimte|bijkeuken|washok|douche))",
        r"(?P<e>(?:in|on|under|behind|inside) (?:the|his|her|their|a) (?:bedroom|living room|kitchen|bathroom|bed|wardrobe|closet"
        r"|cupboard|fridge|freezer|drawer|safe|mattress|attic|loft|basement|cellar))",
        r"(?P<d>(?:im|in|auf|unter|hinter|unterm) (?:(?:dem|der|den|seinem|seiner|ihrem|ihrer|einem|einer) )?(?:schlafzimmer|wohnzimmer"
        r"|kuche|badezimmer|bett|(?:kleider)?schrank|kuhlschrank|gefrierschrank|schublade|tresor|matratze|dachboden|keller))",
        r"(?P<f>(?:dans|sur|sous|derriere|au) (?:(?:la|le|sa|son|leur|une|un) |l')?(?:chambre|salon|cuisine|salle de bains?|lit|armoire"
        r"|placard|frigo|congelateur|tiroir|matelas|grenier|cave|sous-sol))",
        instead=lambda match, _: _INSIDE[match.lastgroup or "n"],
    ),
    make_clue(
        "floor",
        3,
        "Zo precies weten alleen de mensen in het gebouw.",
        r"(?:(?:op |in )?de )?(?:\d{1,2}e|eerste|tweede|derde|vierde|vijfde|zesde) (?:verdieping|etage)|(?:een|twee|drie|vier|\d) hoog",
        r"(?:(?:on |from )?the )?(?:first|second|third|fourth|fifth|\d{1,2}(?:st|nd|rd|th)) floor",
        r"(?:im )?(?:\d{1,2}\.|ersten?|zweiten?|dritten?|vierten?) (?:stock|etage|obergeschoss)",
        r"(?:au )?(?:\d{1,2} ?(?:er|eme|e)|premier|deuxieme|troisieme|quatrieme) etage",
        instead="",
    ),
    make_clue(
        "said",
        6,
        "Dit is tegen de melder zelf gezegd. Wie het zei, weet dan wie meldt.",
        r"(?:zei|zegt|vertelde|vertelt|appte|appt|belde|schreef|stuurde|vroeg|beloofde|bedreigde|bood|liet)(?: \w+)?"
        r" (?:(?:tegen|aan|naar) )?(?:mij|me|ons)",
        r"(?:heeft|had|hebben) (?:het |dat |dit )?(?:mij|me|ons)(?: \w+)? (?:verteld|gezegd|gevraagd|geappt|bedreigd|aangeboden|gestuurd)",
        r"(?:mij|me|ons)(?: \w+){0,2} (?:verteld|gezegd|geappt|bedreigd|aangeboden)",
        r"(?:told|tells|asked|texted|called|offered|showed|threatened|sent) (?:me|us)|(?:said|says|spoke) to (?:me|us)",
        r"(?:sagte|sagt|erzahlte|fragte|bot|schrieb|zeigte|drohte|schickte)(?: \w+)? (?:mir|uns)",
        r"(?:mir|uns|mich)(?: \w+){0,2} (?:gesagt|erzahlt|angeboten|gezeigt|bedroht|geschrieben)",
        r"(?:m'a|m'ont|nous a|nous ont) (?:dit|raconte|demande|propose|montre|menace|appele|envoye)",
        instead=None,
    ),
    make_clue(
        "role",
        10,
        "Dit weet of doet maar één mens. Kan het niet algemener? Zet de melding dan niet door.",
        r"(?:ik ben |wij zijn )?(?:als |de )enige(?:n)? die(?: dit| het)? (?:weet|weten|ziet|zag|daar|er|woont)|ik ben de enige(?: die)?|alleen ik"
        r"|(?:niemand|verder niemand|niemand anders) (?:anders )?(?:weet|zag|ziet)|in vertrouwen(?: \w+)? verteld"
        r"|ik werk (?:hier|daar|er|bij|in|voor)|ik ben (?:zijn|haar|hun) \w+"
        r"|als (?:zijn |haar |hun |de )?(?:huismeester|concierge|beheerder|collega|buurman|buurvrouw|verpleegkundige|postbode|schoonmaker|docent)",
        r"(?:i am|i'm) the only (?:one|person)|only i|(?:nobody|no one) else (?:knows|saw|sees)|i work (?:here|there|at|in|for)"
        r"|(?:i am|i'm) (?:his|her|their) \w+|told (?:me )?in confidence|as (?:the|his|her|a) (?:caretaker|janitor|landlord|neighbou?r|colleague)",
        r"ich bin (?:der|die) einzige|nur ich|(?:niemand|keiner) (?:sonst|anderes) (?:weis+|sieht)|(?:sonst|ausser mir) (?:weis+ )?niemand"
        r"|ich arbeite (?:hier|dort|da|bei|in|im)|ich bin (?:sein|ihr)e? \w+|im vertrauen",
        r"je suis (?:le seul|la seule)|moi seule?|personne d'autre|je travaille (?:ici|la|chez|dans|au|a)|je suis (?:son|sa|leur) \w+"
        r"|en confidence",
        instead=None,
    ),
    *DESCRIPTIONS,
)  # fmt: skip
_QUOTED = re.compile(r"[\"“„«]\s*[^\"“”„«»\n]{2,300}?[\"”“»]|(?<![\w'’])['‘](?!s\b)[^'‘’\n]{4,300}?['’](?!\w)")
_RUN = 12


@dataclass(frozen=True, slots=True)
class Score:
    """How surely one could guess the reporter; `reasons` in the order of the text, those of answers last."""

    points: int
    reasons: tuple[Reason, ...]

    @property
    def is_locked(self) -> bool:
        """Whether this may not leave until it is coarser."""
        return self.points >= LIMIT

    @property
    def needs_second_look(self) -> bool:
        """Whether somebody must look once more before this leaves."""
        return MIDDLE <= self.points < LIMIT

    @property
    def is_inside(self) -> bool:
        """Whether it says that it was seen from within a building."""
        return any(one.kind in INSIDE_KINDS for one in self.reasons)


def judge(text: str, answers: Mapping[str, str] = _NOTHING, *, told: str = "") -> Score:
    """Score what partners would get: the `text`, and of the `answers` the place and whether somebody could guess.

    `told` is what the reporter said: a long run of the same words is a quotation. Each kind of reason counts once.
    """
    place = answers.get("place", "")
    reasons = [*_read(text, told, answers.get("part_of_day")), *keep_heaviest(find_clues(CLUES, place, field="place"))]
    if answers.get("guess") == "yes":
        why = "Iemand kan raden wie dit meldt. Zet alleen door wat meer mensen kunnen weten."
        reasons.append(Reason("guess", "", why, 4, "guess"))
    heaviest: dict[str, int] = {}
    for one in reasons:
        heaviest[one.kind] = max(heaviest.get(one.kind, 0), one.weight)
    return Score(sum(heaviest.values()), tuple(reasons))


def _read(text: str, told: str, part: str | None) -> tuple[Reason, ...]:
    found = list(find_clues(CLUES, text))
    for one in find_minutes(text, part):
        words = text[one.start : one.end]
        why = "Zo precies weet maar één mens hoe laat het was."
        found.append(Reason("minute", words, why, 4, "text", one.start, one.end, begin_as(one.instead, words)))
    for match in _QUOTED.finditer(text):
        why = "Dit is letterlijk gezegd. Schrijf het in uw eigen woorden."
        found.append(Reason("quoted", match[0], why, 6, "text", match.start(), match.end()))
    copied = find_copied(text, told)
    if copied:
        why = "Dit zijn de woorden van de melder. Schrijf het in uw eigen woorden."
        found.append(Reason("self", text[slice(*copied)], why, 3, "text", *copied))
    return keep_heaviest(found)


def find_copied(text: str, told: str) -> tuple[int, int] | None:
    """Where a text repeats twelve words or more of what was told, in their order; None where it does not."""
    words = list(re.finditer(r"\w+", text.lower()))
    heard = re.findall(r"\w+", told.lower())
    runs = {tuple(heard[at : at + _RUN]) for at in range(len(heard) - _RUN + 1)}
    hits = [at for at in range(len(words) - _RUN + 1) if tuple(one[0] for one in words[at : at + _RUN]) in runs]
    return (words[hits[0]].start(), words[hits[-1] + _RUN - 1].end()) if hits else None
