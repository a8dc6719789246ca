"""Who receives reports, and how much of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Adapter = Literal["webhook", "signalen", "open311", "zgw", "email", "portal"]
Role = Literal["primary", "information"]
Sight = Literal["third_parties", "exact_address"]

EVERYTHING = "*"
"""The scalar in `receives` that stands for every category."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom to wake at this partner for P0 and P1, outside `hours` by the `night` adapter."""

    hours: str = ""
    night_adapter: Adapter | None = None
    night_url: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner of the partners file. `secret` may hold several, separated by commas, while they are being rotated."""

    key: str
    name: str
    adapter: Adapter
    url: str = ""
    secret: str = field(default="", repr=False)
    receives: tuple[str, ...] = ()
    sees: frozenset[Sight] = frozenset()
    role: Role = "primary"
    duty: Duty = Duty()

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret to sign with, newest first."""
        return tuple(part.strip() for part in self.secret.split(",") if part.strip())

    @property
    def is_primary(self) -> bool:
        """Whether the promise counts this partner; copies for information never count."""
        return self.role == "primary"

    def wants(self, category: str) -> bool:
        """Whether the default routing sends this category here."""
        return EVERYTHING in self.receives or category in self.receives
