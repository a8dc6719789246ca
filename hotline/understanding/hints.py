"""What a speech recogniser should expect to hear: the names of the places."""

from __future__ import annotations

from hotline.understanding.places import Gazetteer

_MOST = 500
_LONGEST = 100
"""Twilio's limits for the `hints` of a `Gather`: 500 phrases of at most 100 characters."""


def hints(gazetteer: Gazetteer) -> tuple[str, ...]:
    """The names of the list, then what else people call the places; no name twice, none with a comma."""
    names = [entry.name for entry in gazetteer.entries]
    names += [alias for entry in gazetteer.entries for alias in entry.aliases]
    fitting = (name for name in names if len(name) <= _LONGEST and "," not in name)
    return tuple(dict.fromkeys(fitting))[:_MOST]
