"""A small flow for the rules of the engine, and a folder to load broken ones from."""

from __future__ import annotations

from pathlib import Path

from ivr_flows.load import load_flow
from ivr_flows.nodes import Flow

SMALL = """\
flow: small
start: hello
person: nobody
opening: story
longest: {code: 12}
interrupts:
  - {wording: done, channels: [sms], goto: bye}
  - {wording: back, key: "*"}
nodes:
  hello: {tell: hello, goto: choice}
  choice:
    menu: choice
    keep: story
    options:
      - {key: "1", sets: {danger: "yes"}, goto: place}
      - {key: "2", sets: {danger: "no"}, goto: place}
    noinput: [short, shorter]
    nomatch: [wrong, shorter]
    give_up: {noinput: place, nomatch: bye}
  place:
    ask: place
    answer: place
    also: [neighbourhood]
    skip: number
    noinput: [short, shorter]
    nomatch: [short, shorter]
    give_up: number
    goto: number
  number:
    ask: number
    answer: _number
    digits: 4
    pattern: '62\\d\\d'
    noinput: [short, shorter]
    nomatch: [short, shorter]
    give_up: bye
    goto: search
  search:
    find: search
    with: {number: _number}
    cases:
      found: result
      unknown: {to: number, at_most: 2, then: bye}
    otherwise: bye
  result:
    branch:
      - {when: {_colour: [red, blue], danger: any}, goto: colour}
      - {when: {place: none}, goto: bye}
    otherwise: bye
  colour: {tell: colour, goto: bye}
  nobody: {tell: nobody, goto: return}
  bye: {end: bye, outcome: done}
"""

PROMPTS = """\
options:
  "yes": {label: Ja, words: [ja]}
  "no": {label: Nee, words: [nee]}
  danger.yes: {words: [gevaar]}
  danger.no: {words: [geen gevaar]}
  done: {words: [klaar]}
  back: {words: [terug]}
prompts:
  hello: {voice: "Hallo."}
  choice: {voice: "Is er gevaar? Ja, toets 1. Nee, toets 2."}
  place: {voice: "Waar is het? Zeg de straat."}
  number: {voice: "Toets vier cijfers van de postcode."}
  short: {voice: "Nog een keer."}
  shorter: {voice: "Toch?"}
  wrong: {voice: "Dat begreep ik niet."}
  colour: {voice: "De kleur is {colour}.", text: "Goed."}
  nobody: {voice: "Er is niemand."}
  bye: {voice: "Dag."}
"""


def write_flow(folder: Path, flow: str = SMALL, prompts: str = PROMPTS) -> Path:
    """Writes a flow and its prompts as an installation has them, and gives their folder."""
    (folder / "definitions").mkdir(exist_ok=True)
    (folder / "prompts").mkdir(exist_ok=True)
    (folder / "definitions" / "small.yaml").write_text(flow, encoding="utf-8")
    (folder / "prompts" / "nl.yaml").write_text(prompts, encoding="utf-8")
    return folder


def small_flow(folder: Path) -> Flow:
    """The small flow, loaded."""
    return load_flow(write_flow(folder), "small")
