"""Why a report is not passed on, and what its reporter hears then."""

from __future__ import annotations

from dataclasses import dataclass


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

BY_CODE = {reason.code: reason for reason in (*REASONS, WITHDRAWN)}
LABELS = {code: reason.label for code, reason in BY_CODE.items()}
LONGEST_SENTENCE = 320
