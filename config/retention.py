"""Reads the file of retention terms and names every mistake in it with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from config.settings import Settings
from config.yamlfile import Entry, MistakesError, read_root
from hotline.domain.report import Category
from hotline.domain.retention import State, Term, Terms, read_term

_USUAL = "usual"
_ZERO, _ANY_DAY = Term(), date(2001, 1, 1)
_LIMITS = {
    "grace": (Term(days=1), Term(months=1), "a reporter must be able to hear what became of it"),
    "longest_hold": (Term(days=1), Term(months=12), "what is never dealt with must still go"),
    "partner_copies": (Term(days=1), Term(months=12), "the partner has its own copy by then"),
    "uncertain": (Term(days=1), Term(days=3), "it is promised for at most 72 hours"),
    "audit": (Term(months=12), Term(months=120), "the database refuses to delete it sooner"),
    "backups": (Term(days=1), Term(months=3), "a backup keeps what was destroyed since"),
}
"""Shortest, longest, and why."""
_LONGEST = Term(months=120)


class RetentionError(MistakesError):
    """Everything that is wrong with the retention file."""


def terms_of(settings: Settings) -> Terms:
    """The terms of an installation; raises RetentionError with every mistake at once."""
    return load_terms(settings.retention_file)


def load_terms(path: Path) -> Terms:
    """The terms in a file; raises RetentionError with every mistake at once."""
    errors: list[str] = []
    root = read_root(path, errors)
    if root is None:
        raise RetentionError(errors)
    root.refuse_unknown({"reports", *_LIMITS})
    usual, own = _read_reports(root)
    found = {name: _read(root, name, *limits) for name, limits in _LIMITS.items()}
    if errors:
        raise RetentionError(errors)
    return Terms(
        usual=usual,
        own=own,
        grace=found["grace"],
        longest_hold=found["longest_hold"],
        partner_copy=found["partner_copies"],
        uncertain=found["uncertain"],
        audit=found["audit"],
        backup=found["backups"],
    )


def _read_reports(root: Entry) -> tuple[dict[State, Term], dict[str, dict[State, Term]]]:
    reports = root.child("reports")
    if reports is None:
        root.complain("reports", "is missing")
        return {}, {}
    reports.refuse_unknown({_USUAL, *Category})
    usual = reports.child(_USUAL)
    if usual is None:
        reports.complain(_USUAL, "is missing: the terms of every category that has none of its own")
    own = {}
    for category in Category:
        entry = reports.child(category)
        if entry is not None:
            # an exercise is one whatever its category
            own[category.value] = _read_states(entry, [one for one in State if one is not State.EXERCISE], needed=False)
    return (_read_states(usual, list(State), needed=True) if usual else {}), own


def _read_states(entry: Entry, states: list[State], *, needed: bool) -> dict[State, Term]:
    entry.refuse_unknown(set(states))
    return {
        state: _read(entry, state, Term(days=1), _LONGEST, "nothing is kept longer than its purpose needs")
        for state in states
        if needed or entry.has(state)
    }


def _read(entry: Entry, name: str, shortest: Term, longest: Term, why: str) -> Term:
    text = entry.text(name)
    if not text:
        return _ZERO
    try:
        term = read_term(text)
    except ValueError as error:
        entry.complain(name, str(error))
        return _ZERO
    if not shortest.after(_ANY_DAY) <= term.after(_ANY_DAY) <= longest.after(_ANY_DAY):
        entry.complain(name, f"is {term}; allowed are {shortest} to {longest}: {why}")
    return term
