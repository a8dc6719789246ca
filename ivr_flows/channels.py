"""The channels and the languages in which a conversation can be held."""

from __future__ import annotations

from typing import Literal

Channel = Literal["voice", "sms", "web"]
Language = Literal["nl", "en", "de", "fr"]
