"""Reads the typings of npm `twilio` and writes TwiML's verbs, nesting, attributes and words as a data file.

`python build/twiml_tables.py [FOLDER OF THE PACKAGE]` writes `hotline/simulator/twiml_tables.json`. A document has
`package`, `version`, `words` (the lists of allowed words by the name that the typings give them) and, for `voice` and
`messaging`, per verb its `children`, its `text` (required, optional or none) and its `attributes`: `string`,
`boolean`, `number`, the name of a list of words, or that name and `[]` for several words with spaces between.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "twilio"
TABLES = ROOT / "hotline" / "simulator" / "twiml_tables.json"
TYPINGS = {"voice": "VoiceResponse", "messaging": "MessagingResponse"}

_WIDTH = 118
_WORDS = re.compile(r"^ {4}(?:export )?type (\w+) = ([^;]+);", re.MULTILINE)
_INTERFACE = re.compile(r"^ {4}(?:export )?interface (\w+)Attributes \{(.*?)^ {4}\}", re.MULTILINE | re.DOTALL)
_CLASS = re.compile(r"^ {4}(?:export )?class (\w+) extends TwiML \{(.*?)^ {4}\}", re.MULTILINE | re.DOTALL)
_RESPONSE = re.compile(r"^declare class (\w+) extends TwiML \{(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r'^ +"?([\w:-]+)"?\?: ([\w\[\]]+);', re.MULTILINE)
_METHOD = re.compile(r"^ +(\w+)\(([^)]*)\): \w+\.(\w+);", re.MULTILINE)

Verbs = dict[str, dict[str, Any]]


def read_package(folder: Path) -> dict[str, Any]:
    """The tables of an unpacked package; raises OSError where it is not there."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    tables: dict[str, Any] = {"package": package["name"], "version": package["version"], "words": {}}
    for kind, name in TYPINGS.items():
        text = (folder / "lib" / "twiml" / f"{name}.d.ts").read_text(encoding="utf-8")
        tables["words"].update(read_words(text))
        tables[kind] = read_verbs(text)
    return tables


def read_words(typings: str) -> dict[str, list[str]]:
    """Every list of allowed words, in the order of the typings."""
    return {name: re.findall(r'"([^"]*)"', body) for name, body in _WORDS.findall(typings)}


def read_verbs(typings: str) -> Verbs:
    """Every element by its name in XML. Two classes that write the same element (`Sip`) are one entry."""
    attributes: dict[str, dict[str, str]] = {}
    for name, body in _INTERFACE.findall(typings):
        attributes.setdefault(name, {}).update(_FIELD.findall(body))
    bodies = dict(_CLASS.findall(typings))
    (response,) = _RESPONSE.findall(typings)
    made = [one for body in [response[1], *bodies.values()] for one in _METHOD.findall(body)]
    tags = {name: _tag(method, name) for method, _, name in made}
    verbs: Verbs = {"Response": {"attributes": {}, "children": _children(response[1], tags), "text": "none"}}
    for name, body in bodies.items():
        if name not in tags:
            continue  # no element makes one: an abandoned verb whose class was left behind
        verb = verbs.setdefault(tags[name], {"attributes": {}, "children": [], "text": "none"})
        verb["attributes"] = dict(sorted({**verb["attributes"], **attributes.get(name, {})}.items()))
        verb["children"] = sorted({*verb["children"], *_children(body, tags)})
    for body in [response[1], *bodies.values()]:
        for name, text in _texts(body).items():
            verbs[tags[name]]["text"] = text
    return dict(sorted(verbs.items()))


def _tag(method: str, name: str) -> str:
    """An element is called as the method that makes it: `sayAs` is `say-as` within `Say`, `uri` is `Uri`."""
    if name.startswith("Ssml"):
        return re.sub(r"([A-Z])", r"-\1", method).lower()
    return method[0].upper() + method[1:]


def _children(body: str, tags: dict[str, str]) -> list[str]:
    return sorted({tags[name] for _, _, name in _METHOD.findall(body)})


def _texts(body: str) -> dict[str, str]:
    """Whether an element that a body makes takes text: the last parameter besides the attributes says so."""
    found: dict[str, str] = {}
    for _, parameters, name in _METHOD.findall(body):
        own = [one for one in parameters.split(", ") if one and not one.startswith("attributes")]
        text = "none" if not own else "optional" if "?" in own[-1] else "required"
        if found.get(name) != "required" or text == "optional":
            found[name] = text
    return found


def write_tables(tables: dict[str, Any]) -> str:
    """The tables as JSON that a person can read and compare: one verb or list of words after the other."""
    lines = ["{", f'  "package": {json.dumps(tables["package"])},', f'  "version": {json.dumps(tables["version"])},']
    for kind in TYPINGS:
        rows = [f"    {json.dumps(name)}: {json.dumps(verb)}" for name, verb in tables[kind].items()]
        lines += [f'  "{kind}": {{', ",\n".join(rows), "  },"]
    rows = [f"    {json.dumps(name)}: [\n{_wrap(words)}\n    ]" for name, words in sorted(tables["words"].items())]
    return "\n".join([*lines, '  "words": {', ",\n".join(rows), "  }", "}"]) + "\n"


def _wrap(words: list[str]) -> str:
    lines = ["     "]
    for number, word in enumerate(words, start=1):
        piece = " " + json.dumps(word, ensure_ascii=False) + ("," if number < len(words) else "")
        if len(lines[-1]) + len(piece) > _WIDTH:
            lines.append("     ")
        lines[-1] += piece
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        TABLES.write_text(write_tables(read_package(Path(sys.argv[1]) if sys.argv[1:] else PACKAGE)), encoding="utf-8")
    except OSError as error:
        sys.exit(f"{error.filename} cannot be read; run `npm ci`, or name the folder of the package")
