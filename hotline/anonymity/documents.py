"""Numbers of passports, identity cards and driving licences, by the word for the document that is told before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotline.anonymity.spans import Span, Verdict

# Numbers of documents look like anything (NXR4L7B82, 592-0123456-78, 5123456789), so the word before them decides.
_WORD = (
    r"\b(?:paspoort\w*|rijbewijs\w*|identiteits\w*|id[- ]?(?:kaart|bewijs|nummer|card|number)|legitimatie\w*|verblijfs\w*"
    r"|documentnummer|studentnummer"
    r"|personeels(?:nummer|nr)|klant(?:en)?(?:nummer|nr)|patient(?:nummer|nr)|polis(?:nummer|nr|blad)?|lid(?:nummer|nr)|zorgpas\w*|kaart(?:nummer|nr)"
    r"|huurders?(?:nummer|nr)|customer (?:number|nr|no|id)|client (?:number|nr|no)|(?:insurance|policy|membership) (?:number|nr|no|id)|student id"
    r"|kunden(?:nummer|nr)|versicherungs(?:nummer|nr)|mitglieds(?:nummer|nr)|numero (?:de )?(?:client|contrat|passeport|dossier medical)|mutuelle"
    r"|v-nummer|passport|(?:driving|driver'?s?) licen[cs]e"
    r"|identity card|residence permit|student number"
    r"|(?:personal)?ausweis\w*|reisepass\w*|pass(?:nummer|nr)|fuhrerschein\w*|fuehrerschein\w*|aufenthaltstitel|matrikelnummer|versichertennummer"
    r"|passeport|permis de conduire|carte d'identite|titre de sejour|registre national|rijksregister\w*)\b"
)
_DOCUMENT = re.compile(
    _WORD
    + r"[^\d\[\]!?\n]{0,40}?(?<![\w-])(?P<number>(?:[a-z]{1,3}[ -])?(?=[a-z]*\d)[a-z0-9]+(?:[ .-](?=[a-z]?\d)[a-z0-9]+){0,6})(?![\w-])"
)
_CUE = re.compile(_WORD + r"[^\d\[\].!?\n]{0,40}$")
_FEWEST = 5


def is_announced(before: str) -> bool:
    """Whether the word for a document stands at the end of `before`, so that digits told next are its number."""
    return _CUE.search(before) is not None


def find_documents(folded: str) -> Iterator[Span]:
    """Numbers of at least five letters and digits after the word for a document."""
    for match in _DOCUMENT.finditer(folded):
        if sum(map(str.isalnum, match["number"])) >= _FEWEST:
            yield Span(*match.span("number"), "document", Verdict.REMOVE)
