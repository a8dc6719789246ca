"""The channels and the languages in which a conversation can be held."""

from __future__ import annotations

from typing import Literal, get_args

Channel = Literal["voice", "sms", "web"]
Language = Literal["nl", "en", "de", "fr"]

CHANNELS: tuple[Channel, ...] = get_args(Channel)
LANGUAGES: tuple[Language, ...] = get_args(Language)
