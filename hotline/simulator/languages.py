"""Languages, voices and speech models that Twilio offers, as far as this line could use them.

Languages and voices come from the generated tables (npm `twilio`); the typings know neither which of Polly's voices
speaks what nor the speech models, which are from Twilio's page on `<Gather>` (twilio.com/docs/voice/twiml/gather).
Voices are listed for this line's languages; any other is refused.
"""

from __future__ import annotations

from hotline.simulator.tables import WORDS


def word_set(text: str) -> frozenset[str]:
    """The words of a text with white space between."""
    return frozenset(text.split())


GATHER_LANGUAGES = frozenset(WORDS["GatherLanguage"])


def _voices(language: str, polly: str) -> frozenset[str]:
    """Google's voices say their language in their name; Polly's are named here and must still be offered."""
    google = {voice for voice in WORDS["SayVoice"] if voice.startswith(f"Google.{language}-")}
    return frozenset(google | ({f"Polly.{name}" for name in polly.split()} & set(WORDS["SayVoice"])))


# Which of Polly's speak what: docs.aws.amazon.com/polly/latest/dg/available-voices.html
VOICES = {
    "nl-NL": _voices("nl-NL", "Lotte Ruben Laura-Neural"),
    "nl-BE": _voices("nl-BE", "Lisa-Neural"),
    "de-DE": _voices("de-DE", "Hans Marlene Vicki Vicki-Neural Daniel-Neural Vicki-Generative Daniel-Generative"),
    "fr-FR": _voices("fr-FR", "Celine Lea Mathieu Lea-Neural Remi-Neural Lea-Generative Rémi-Generative"),
    "fr-BE": _voices("fr-BE", "Isabelle-Neural"),
    "en-GB": _voices("en-GB", "Amy Brian Emma Amy-Neural Brian-Neural Emma-Neural Arthur-Neural Amy-Generative"),
}
"""Which voices speak a language; a voice under another language makes `<Say>` fail."""

_EXPERIMENTAL = word_set(
    """
    ar-AE ar-BH ar-DZ ar-EG ar-IL ar-IQ ar-JO ar-KW ar-LB ar-MA ar-OM ar-PS ar-QA ar-SA ar-TN da-DK de-DE en-AU en-GB
    en-IN en-US es-ES es-US fi-FI fr-CA fr-FR hi-IN ja-JP ko-KR mk-MK nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU th-TH tr-TR
    uk-UA vi-VN
    """
)

SPEECH_MODELS: dict[str, frozenset[str]] = {
    "default": GATHER_LANGUAGES,
    "numbers_and_commands": GATHER_LANGUAGES,
    "phone_call": word_set("en-US en-GB en-AU fr-FR fr-CA ja-JP ru-RU es-US es-ES pt-BR"),
    "experimental_conversations": _EXPERIMENTAL,
    "experimental_utterances": _EXPERIMENTAL,
    "googlev2_long": GATHER_LANGUAGES,
    "googlev2_short": GATHER_LANGUAGES,
    "googlev2_telephony": GATHER_LANGUAGES,
    "googlev2_telephony_short": GATHER_LANGUAGES,
    "deepgram_nova-2": GATHER_LANGUAGES,
    "deepgram_nova-3": GATHER_LANGUAGES,
}
"""The languages that each model understands; only `googlev2_` and `deepgram_` stay with one recogniser in an outage."""
