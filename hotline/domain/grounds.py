"""On what legal ground a partner may have each field of a version; a field without one does not leave the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hotline.domain.errors import NoGround

_TASK = "AVG art. 6(1)(e); Gemeentewet art. 172"
_CRIME = "AVG art. 10; UAVG art. 32-33; Opiumwet art. 13b"
LEGAL_GROUND: Mapping[str, str] = {
    "reportId": _TASK,
    "category": _TASK,
    "priority": _TASK,
    "respondBy": _TASK,
    "time": _TASK,
    "place.neighbourhood": _TASK,
    "place.postcode": _TASK,
    "place.exact": _CRIME,
    "period.day": _TASK,
    "period.days": _TASK,
    "period.partOfDay": _TASK,
    "text": _CRIME,
    "answers.subtype": _TASK,
    "answers.dangerNow": _TASK,
    "answers.goingOnNow": _TASK,
    "answers.lastTime": _TASK,
    "answers.partOfDay": _TASK,
    "answers.weapon": _CRIME,
    "answers.children": "AVG art. 6(1)(e); Jeugdwet art. 2.4",
    "answers.howOften": _TASK,
    "answers.howLong": _TASK,
    "answers.people": _TASK,
    "answers.kindOfPlace": _TASK,
    "answers.amount": _TASK,
    "answers.fire": _TASK,
    "answers.leak": _TASK,
    "answers.smell": _CRIME,
    "answers.coveredWindows": _CRIME,
    "answers.visitors": _CRIME,
    "answers.livedIn": _TASK,
    "answers.traffic": _CRIME,
    "answers.recklessDriving": _CRIME,
    "answers.platesFrom": _CRIME,
    "answers.harassed": _CRIME,
    "answers.nuisance": _TASK,
    "answers.dogOrCamera": _TASK,
    "questionId": _TASK,
    "answer": _CRIME,
    "thirdParties.kind": _CRIME,
    "thirdParties.text": _CRIME,
}
"""Field → the ground on which a partner may have it; a field that is not here may not leave."""


def fields_of(value: object, path: str = "") -> Iterator[str]:
    """The names of all fields that hold something, with dots between: `place.exact`; the items of a list share a name."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from fields_of(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from fields_of(inner, path)
    else:
        yield path


def check_grounds(version: Mapping[str, object]) -> None:
    """Raise NoGround, naming them, where a version holds fields that no ground allows."""
    ungrounded = sorted(set(fields_of(version)) - set(LEGAL_GROUND))
    if ungrounded:
        raise NoGround(f"no legal ground for {', '.join(ungrounded)}")
