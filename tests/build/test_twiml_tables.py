"""The tables of TwiML are those of the typings that npm installed, and say what the typings say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from build.twiml_tables import PACKAGE, TABLES, read_package, read_verbs, read_words, write_tables
from hotline.simulator import tables
from hotline.simulator.grammar import MESSAGING, VOICE

ROOT = Path(__file__).parents[2]

TYPINGS = """\
declare class VoiceResponse extends TwiML {
    say(message: string): VoiceResponse.Say;
    say(attributes: VoiceResponse.SayAttributes, message: string): VoiceResponse.Say;
    play(url?: string): VoiceResponse.Play;
    play(attributes?: VoiceResponse.PlayAttributes, url?: string): VoiceResponse.Play;
    hangup(attributes?: object): VoiceResponse.Hangup;
}
declare namespace VoiceResponse {
    type SayLanguage = "nl-NL" | "nl-BE";
    type PlayEvent = "begin" | "end";
    export interface SayAttributes {
        /** language - Message language */
        language?: SayLanguage;
    }
    export interface PlayAttributes {
        /** event - Events */
        event?: PlayEvent[];
        loop?: number;
    }
    export interface SsmlSayAsAttributes {
        "interpret-as"?: string;
    }
    export class Say extends TwiML {
        say: XMLElement;
        constructor(say: XMLElement);
        sayAs(words: string): VoiceResponse.SsmlSayAs;
    }
    export class Play extends TwiML {
        constructor(play: XMLElement);
    }
    export class Hangup extends TwiML {
    }
    export class SsmlSayAs extends TwiML {
    }
    export class Forgotten extends TwiML {
    }
}
"""


def test_the_committed_tables_are_those_of_the_installed_package() -> None:
    assert PACKAGE.exists(), "npm `twilio` is missing: run `make setup-test`"
    assert TABLES.read_text(encoding="utf-8") == write_tables(read_package(PACKAGE))


def test_the_committed_tables_are_of_the_version_in_the_lock() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    locked = lock["packages"]["node_modules/twilio"]
    assert json.loads(TABLES.read_text(encoding="utf-8"))["version"] == locked["version"]
    assert locked["dev"], "`make run` must not fetch it"


def test_typings_are_read() -> None:
    assert read_words(TYPINGS) == {"SayLanguage": ["nl-NL", "nl-BE"], "PlayEvent": ["begin", "end"]}
    assert read_verbs(TYPINGS) == {
        "Response": {"attributes": {}, "children": ["Hangup", "Play", "Say"], "text": "none"},
        "Say": {"attributes": {"language": "SayLanguage"}, "children": ["say-as"], "text": "required"},
        "Play": {"attributes": {"event": "PlayEvent[]", "loop": "number"}, "children": [], "text": "optional"},
        "Hangup": {"attributes": {}, "children": [], "text": "none"},
        "say-as": {"attributes": {"interpret-as": "string"}, "children": [], "text": "required"},
    }


def test_a_package_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"package\.json"):
        read_package(tmp_path)


@pytest.mark.parametrize("kind", ["voice", "messaging"])
def test_the_grammar_is_never_laxer_than_the_tables(kind: str) -> None:
    elements, grammar = (tables.VOICE, VOICE) if kind == "voice" else (tables.MESSAGING, MESSAGING)
    for name, rule in grammar.items():
        assert set(rule.attributes) <= set(elements[name].attributes), name
        assert rule.children <= elements[name].children, name
        assert rule.required <= set(rule.attributes), name
        for attribute, of in elements[name].attributes.items():
            for word in ["an unheard-of word", *tables.WORDS.get("SayLanguage", ())] if of in tables.WORDS else []:
                if rule.attributes[attribute](word) is None:
                    assert word in tables.WORDS[of], f"{name} {attribute} takes {word}"
