"""What npm `twilio` knows of TwiML, as `build/twiml_tables.py` wrote it down from the package's typings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

TABLES = Path(__file__).parent / "twiml_tables.json"

Text = Literal["required", "optional", "none"]


@dataclass(frozen=True, slots=True)
class Element:
    """One element: the type of each attribute as the typings name it, the elements it may hold, and whether it holds text."""

    attributes: Mapping[str, str]
    children: frozenset[str]
    text: Text


def _read_elements(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Element]:
    return {name: Element(one["attributes"], frozenset(one["children"]), one["text"]) for name, one in table.items()}


_tables = json.loads(TABLES.read_text(encoding="utf-8"))

WORDS: Mapping[str, tuple[str, ...]] = {name: tuple(words) for name, words in _tables["words"].items()}
VOICE: Mapping[str, Element] = _read_elements(_tables["voice"])
MESSAGING: Mapping[str, Element] = _read_elements(_tables["messaging"])
