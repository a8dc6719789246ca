"""Languages, voices and speech models that Twilio offers, as far as this line could use them.

From npm `twilio` 6.2.0, `lib/twiml/VoiceResponse.d.ts` (`SayLanguage`, `SayVoice`, `GatherLanguage`) and Twilio's page
on `<Gather>` (speech models and their languages). Voices are listed for this line's languages; any other is refused.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text with white space between."""
    return frozenset(text.split())


SAY_LANGUAGES = word_set(
    """
    af-ZA am-ET ar-AE ar-XA arb bg-BG bn-IN ca-ES cmn-CN cmn-TW cs-CZ cy-GB da-DK de-AT de-DE el-GR en-AU en-CA
    en-GB en-GB-WLS en-IE en-IN en-NZ en-US en-ZA es-ES es-MX es-US fi-FI fil-PH fr-CA fr-FR fr-BE gu-IN he-IL
    hi-IN hu-HU id-ID is-IS it-IT ja-JP kn-IN ko-KR lv-LV ml-IN mr-IN ms-MY nb-NO nl-BE nl-NL pa-IN pl-PL pt-BR
    pt-PT ro-RO ru-RU sk-SK sr-RS sv-SE ta-IN te-IN th-TH tr-TR uk-UA vi-VN yue-HK zh-CN zh-HK zh-TW
    """
)

GATHER_LANGUAGES = word_set(
    """
    af-ZA am-ET ar-AE ar-BH ar-DZ ar-EG ar-IL ar-IQ ar-JO ar-KW ar-LB ar-MA ar-OM ar-PS ar-QA ar-SA ar-TN az-AZ
    bg-BG bn-BD bn-IN ca-ES cs-CZ da-DK de-DE el-GR en-AU en-CA en-GB en-GH en-IE en-IN en-KE en-NG en-NZ en-PH
    en-SG en-TZ en-US en-ZA es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-ES es-GT es-HN es-MX es-NI es-PA es-PE
    es-PR es-PY es-SV es-US es-UY es-VE et-EE eu-ES fa-IR fi-FI fil-PH fr-CA fr-FR gl-ES gu-IN he-IL hi-IN hr-HR
    hu-HU hy-AM id-ID is-IS it-IT ja-JP jv-ID ka-GE km-KH kn-IN ko-KR lo-LA lt-LT lv-LV mk-MK ml-IN mn-MN mr-IN
    ms-MY my-MM nar-IQ nb-NO ne-NP nl-BE nl-NL pa-guru-IN pl-PL pt-BR pt-PT ro-RO ru-RU si-LK sk-SK sl-SI sq-AL
    sr-RS su-ID sv-SE sw-KE sw-TZ ta-IN ta-LK ta-MY ta-SG te-IN th-TH tr-TR uk-UA ur-IN ur-PK uz-UZ vi-VN
    yue-Hant-HK zh cmn-Hans-CN zh-TW cmn-Hant-TW zu-ZA
    """
)

_CHIRP = tuple(f"Chirp3-HD-{name}" for name in word_set("Aoede Charon Fenrir Kore Leda Orus Puck Zephyr"))


def _google(language: str, *, standard: str, wavenet: str, neural: str = "", chirp: bool = True) -> frozenset[str]:
    kinds = [f"Standard-{one}" for one in standard] + [f"Wavenet-{one}" for one in wavenet]
    kinds += [f"Neural2-{one}" for one in neural] + list(_CHIRP if chirp else ())
    return frozenset(f"Google.{language}-{kind}" for kind in kinds)


def _polly(names: str) -> frozenset[str]:
    return frozenset(f"Polly.{name}" for name in word_set(names))


VOICES = {
    "nl-NL": _polly("Lotte Ruben Laura-Neural") | _google("nl-NL", standard="ABCDEFG", wavenet="ABCDEFG"),
    "nl-BE": _polly("Lisa-Neural") | _google("nl-BE", standard="ABCD", wavenet="ABCD", chirp=False),
    "de-DE": _polly("Hans Marlene Vicki Vicki-Neural Daniel-Neural Vicki-Generative Daniel-Generative")
    | _google("de-DE", standard="ABCDEFGH", wavenet="ABCDEFGH", neural="ABCDFGH"),
    "fr-FR": _polly("Celine Lea Mathieu Lea-Neural Remi-Neural Lea-Generative Rémi-Generative")
    | _google("fr-FR", standard="ABCDEFG", wavenet="ABCDEFG", neural="ABCDEFG"),
    "fr-BE": _polly("Isabelle-Neural"),
    "en-GB": _polly("Amy Brian Emma Amy-Neural Brian-Neural Emma-Neural Arthur-Neural Amy-Generative")
    | _google("en-GB", standard="ABCDFNO", wavenet="ABCDFNO", neural="ABCDFNO"),
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
