"""Which partners a report goes to."""

from __future__ import annotations

from collections.abc import Iterable

from hotline.domain.partners import Partner


def route(category: str, partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """The partners that receive this category, in the order of the partners file."""
    return tuple(partner for partner in partners if partner.wants(category))
