"""Reads whether a text asks for the one message that the line may send later, or takes that back.

Only here does a number leave the webhook: it is what is asked for. It goes to `services/return_path.py` and no further.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hotline.telephony.signature import Form, first
from hotline.understanding.folding import fold
from ivr_flows.channels import Language

WORDS: Mapping[str, Language] = {"bericht": "nl", "notify": "en", "nachricht": "de", "avis": "fr"}
"""The word that asks, and the language in which it is answered."""

_NL_EN = ("stop", "stopall", "unsubscribe", "cancel", "end", "quit")
_DE_FR = ("stopp", "abmelden", "arret", "desabonner", "desabonnement", "desinscription")
STOP_WORDS = frozenset((*_NL_EN, *_DE_FR))
"""The words by which the flows stop too, in every language at once (`stop` in the prompts, folded; a test compares them)."""

_ASK = re.compile(rf"(?P<word>{'|'.join(WORDS)})(?:[\s:,.]+(?P<code>[\d\s.,/-]*\d))?[\s.!]*", re.IGNORECASE)
_CODE = re.compile(r"(?:[\s.-]*\d){12}[\s.]*")


@dataclass(frozen=True, slots=True)
class Wish:
    """`ask`: for one message (`code` is "" where none was sent along). `stop`: no message. `code`: a bare report code."""

    kind: Literal["ask", "stop", "code"]
    language: Language
    code: str
    number: str = field(repr=False)


def hear_wish(form: Form) -> Wish | None:
    """What a text wishes; None for all others."""
    body, number = first(form, "Body").strip(), first(form, "From")
    if asked := _ASK.fullmatch(body):
        return Wish("ask", WORDS[asked["word"].lower()], asked["code"] or "", number)
    if fold(body).strip(" .!") in STOP_WORDS:
        return Wish("stop", "nl", "", number)
    return Wish("code", "nl", body, number) if _CODE.fullmatch(body) else None
