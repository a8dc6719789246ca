"""Takes keys as an answer: an option, digits, and the four keys that mean the same everywhere."""

from __future__ import annotations

from ivr_flows.hearing import accept, try_digits
from ivr_flows.model import Said
from ivr_flows.nodes import Ask, Menu
from ivr_flows.walk import Walk


def take_key(walk: Walk, node: Menu | Ask, digits: str) -> None:
    """One key where no digits are entered."""
    if isinstance(node, Menu):
        for option in node.options:
            if option.key == digits:
                walk.follow(walk.choose(option))
                return
    elif walk.state.channel != "voice" and len(digits) > 1:
        # A text of digits alone may well be the answer: a house number, a postcode, a time.
        accept(walk, node, Said(digits))
        return
    press(walk, node, digits)


def press(walk: Walk, node: Menu | Ask, key: str) -> None:
    """The four keys that mean the same everywhere: person, again, back, skip."""
    if key == "0":
        walk.notify("person")
        walk.leave_open()
        walk.walk(walk.flow.person)
    elif key == "9" and node.again:
        walk.walk(node.again)
    elif key == "9":
        walk.listen(node, node.prompts)
    elif key == "*":
        before = walk.turn_back() or node
        walk.listen(before, before.prompts)
    elif key == "#" and node.skip is not None:
        walk.follow(node.skip)
    else:
        walk.miss(node, silent=False)


def take_digits(walk: Walk, node: Ask, digits: str) -> None:
    """Keys while digits are entered: `*` clears, a lone `0` is a person, a lone `#` skips."""
    if digits.strip("#") == "0":
        press(walk, node, "0")
        return
    if digits == "#" or (digits == "*" and walk.state.channel == "web"):  # a page clears its own field
        press(walk, node, digits)
        return
    entered = digits.rpartition("*")[2].rstrip("#")
    if "*" in digits and len(entered) != node.digits:
        walk.listen(node, node.prompts)
    else:
        try_digits(walk, node, entered)
