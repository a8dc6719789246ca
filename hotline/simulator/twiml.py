"""Reads an answer to a webhook as Twilio would, and refuses what Twilio would refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from hotline.simulator.grammar import MESSAGING, VOICE, Grammar
from hotline.simulator.languages import GATHER_LANGUAGES, SPEECH_MODELS, VOICES
from hotline.simulator.refusals import BodyTooLarge, NotWellFormed, SchemaViolated, WrongContentType
from hotline.simulator.values import url as check_url

MAX_BYTES = 64 * 1024
MAX_SAID = 4096
MAX_TEXT = 1600
_XML_TYPES = frozenset({"text/xml", "application/xml"})
_SPEAKING = frozenset({"p", "s", "emphasis", "lang", "phoneme", "prosody", "say-as", "sub", "w"})
_XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, slots=True)
class Verb:
    """One element of TwiML that passed every rule; `text` is its words with SSML taken off."""

    name: str
    attributes: Mapping[str, str]
    text: str
    children: tuple[Verb, ...]


def read_voice(body: bytes, content_type: str) -> tuple[Verb, ...]:
    """The verbs of an answer to a call's webhook, in the order in which they play."""
    return _read(body, content_type, VOICE)


def read_messaging(body: bytes, content_type: str) -> tuple[Verb, ...]:
    """The verbs of an answer to a text message's webhook; none is an answer too."""
    return _read(body, content_type, MESSAGING)


def _read(body: bytes, content_type: str, grammar: Grammar) -> tuple[Verb, ...]:
    if len(body) > MAX_BYTES:
        raise BodyTooLarge(f"{len(body)} bytes, at most {MAX_BYTES}")
    if content_type.partition(";")[0].strip().lower() not in _XML_TYPES:
        raise WrongContentType("the content type must be text/xml or application/xml")
    if b"<!DOCTYPE" in body:
        raise NotWellFormed("a document type is not allowed")
    try:
        # Only the line's own answers are read here, and without a document type there is nothing to expand.
        root = ElementTree.fromstring(body)  # noqa: S314
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        position = getattr(error, "position", None)
        raise NotWellFormed(f"not XML at line and column {position}" if position else "not XML") from None
    if root.tag != "Response":
        raise SchemaViolated("the outermost element must be <Response>")
    return _verb(root, grammar, "Response").children


def _verb(element: ElementTree.Element, grammar: Grammar, place: str) -> Verb:
    rule = grammar[element.tag]
    attributes = {name.replace(_XML_NAMESPACE, "xml:"): value for name, value in element.attrib.items()}
    for name, value in attributes.items():
        if name not in rule.attributes:
            raise SchemaViolated(f"{place} has no attribute {name}")
        wanted = rule.attributes[name](value)
        if wanted is not None:
            raise SchemaViolated(f"{place} {name} must be {wanted}")
    for name in sorted(rule.required - attributes.keys()):
        raise SchemaViolated(f"{place} needs {name}")
    children = []
    for child in element:
        if child.tag not in rule.children:
            raise SchemaViolated(f"{place} cannot hold <{child.tag}>")
        children.append(_verb(child, grammar, f"{place} > {child.tag}"))
    own = [element.text or "", *(child.tail or "" for child in element)]
    if rule.text == "none" and any(part.strip() for part in own):
        raise SchemaViolated(f"{place} cannot hold text")
    verb = Verb(element.tag, attributes, _words(element), tuple(children))
    if rule.text == "required" and not verb.text:
        raise SchemaViolated(f"{place} needs text")
    _check_whole(verb, place)
    return verb


def _words(element: ElementTree.Element) -> str:
    """What is spoken or meant: own text and that of SSML, with runs of white space as one space."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in _SPEAKING:
            parts.append(_words(child) if child.tag != "sub" else child.get("alias", ""))
        elif child.tag == "break":
            parts.append(" ")
        parts.append(child.tail or "")
    return " ".join("".join(parts).split()) if element.tag != "Body" and element.tag != "Message" else "".join(parts)


def _check_whole(verb: Verb, place: str) -> None:
    """Rules that join two attributes, or attributes and text."""
    if verb.name == "Say":
        _check_say(verb, place)
    elif verb.name == "Gather":
        _check_gather(verb, place)
    elif verb.name == "Play" and bool(verb.text) == ("digits" in verb.attributes):
        raise SchemaViolated(f"{place} needs either a URL or digits")
    elif verb.name in ("Redirect", "Play", "Media") and verb.text and check_url(verb.text) is not None:
        raise SchemaViolated(f"{place} needs {check_url(verb.text)}")
    elif verb.name == "Enqueue" and not verb.text and "workflowSid" not in verb.attributes:
        raise SchemaViolated(f"{place} needs a queue's name or a workflowSid")
    elif verb.name == "Dial" and bool(verb.text) == bool(verb.children):
        raise SchemaViolated(f"{place} needs either a number or a noun inside")
    elif verb.name == "Message":
        _check_message(verb, place)


def _check_say(verb: Verb, place: str) -> None:
    voice, language = verb.attributes.get("voice"), verb.attributes.get("language")
    if voice is not None and language is not None and voice not in VOICES.get(language, frozenset()):
        raise SchemaViolated(f"{place} voice does not speak {language}")
    if len(verb.text) > MAX_SAID:
        raise SchemaViolated(f"{place} text is longer than {MAX_SAID} characters")


def _check_gather(verb: Verb, place: str) -> None:
    given = verb.attributes
    model, language = given.get("speechModel"), given.get("language", "en-US")
    if model is None:
        return
    if given.get("speechTimeout", given.get("timeout", "5")) == "auto":
        # Twilio's 13335: with a model named, only a number of seconds ends the speech.
        raise SchemaViolated(f"{place} speechTimeout must be a whole number from 1 where speechModel is given (13335)")
    if language not in SPEECH_MODELS.get(model, GATHER_LANGUAGES):
        raise SchemaViolated(f"{place} speechModel {model} does not understand {language}")


def _check_message(verb: Verb, place: str) -> None:
    bodies = [child.text for child in verb.children if child.name == "Body"]
    own = verb.text.strip()
    if bool(own) == bool(bodies) and not (not own and any(child.name == "Media" for child in verb.children)):
        raise SchemaViolated(f"{place} needs either text or one <Body>")
    if len(bodies) > 1:
        raise SchemaViolated(f"{place} holds more than one <Body>")
    if len(bodies[0] if bodies else own) > MAX_TEXT:
        raise SchemaViolated(f"{place} is longer than {MAX_TEXT} characters")
