"""Why a report is not passed on, and what its reporter hears then."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.anonymity.planted import find_told
from hotline.anonymity.scrub import scrub
from hotline.anonymity.spans import settle
from hotline.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the operator's `label`, and the reporter's `sentence`, which names no place and no kind of report."""

    code: str
    label: str
    sentence: str


REASONS = (
    Reason(
        "too_little",
        "Te weinig informatie",
        "Wij weten nog te weinig om uw melding door te geven. Weet u meer? Meld het ons dan opnieuw.",
    ),
    Reason(
        "outside",
        "Niet in Maastricht",
        "Uw melding gaat over een plek buiten Maastricht. Bel de politie daar, of Meld Misdaad Anoniem: 0800 7000.",
    ),
    Reason(
        "not_drugs",
        "Gaat niet over drugs",
        "Uw melding gaat niet over drugs. Bel de gemeente op 14 043, of de politie op 0900 8844.",
    ),
    Reason(
        "anonymity",
        "Niet doorzetten: anonimiteit",
        "Wij geven uw melding niet door. Anders kan iemand raden dat u dit meldt. Uw veiligheid gaat voor.",
    ),
    Reason(
        "known",
        "Al bekend en in behandeling",
        "Wat u meldt, weten wij al. Onze partners werken eraan. Uw melding helpt. Dank u wel.",
    ),
    Reason(
        "no_report",
        "Geen melding (test of vergissing)",
        "Wij zagen uw bericht niet als een melding. Was het wel een melding? Meld het ons dan opnieuw.",
    ),
)

WITHDRAWN = Reason(
    "withdrawn",
    "Ingetrokken door de melder",
    "U trok uw melding in. Wij geven die niet door.",
)
"""The one reason that no operator chooses."""

EXTERNAL = Reason(
    "external",
    "Doorgegeven buiten de partners om",
    "Uw melding is met de hand aan een onafhankelijke instantie gegeven. Meer kunnen wij hier niet zeggen.",
)
"""The way of a report about a partner's own people, which goes to no partner."""

BY_CODE = {reason.code: reason for reason in (*REASONS, WITHDRAWN, EXTERNAL)}
LABELS = {code: reason.label for code, reason in BY_CODE.items()}
LONGEST_SENTENCE = 320
LONGEST_BODY = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the reporter hears, and who got the report instead (empty: nobody); both scrubbed."""

    sentence: str
    body: str


def choose_refusal(code: str, sentence: str, body: str, *, is_withdrawn: bool, is_restricted: bool) -> Refusal:
    """What an operator filled in, checked; BadInput in Dutch by field.

    "Ingetrokken" is for reports that their reporters withdrew, EXTERNAL for those about a partner's own people.
    """
    known = BY_CODE.get(code)
    fits = {WITHDRAWN.code: is_withdrawn, EXTERNAL.code: is_restricted}
    if known is None or not fits.get(code, True):
        raise BadInput({"reason": "Kies een reden."})
    told = [" ".join(words.split()) for words in (sentence, body)]
    own, to = (settle(scrub(words).text) for words in told)
    if max(len(told[0]), len(own)) > LONGEST_SENTENCE:
        raise BadInput({"sentence": f"De zin is te lang: hooguit {LONGEST_SENTENCE} tekens."})
    named = find_told(own)
    if named:
        raise BadInput({"sentence": f"In deze zin mag niet staan: {', '.join(named)}. De melder hoort hem hardop."})
    if known is not EXTERNAL:
        return Refusal(own or known.sentence, "")
    if not 0 < max(len(told[1]), len(to)) <= LONGEST_BODY:
        raise BadInput({"body": f"Schrijf op aan wie u de melding gaf, in hooguit {LONGEST_BODY} tekens."})
    return Refusal(own or known.sentence, to)
