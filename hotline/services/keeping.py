"""What the process holds that lets things go: a database role of its own, the terms, and the keys of its host."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from hotline.domain.retention import Terms


@dataclass(frozen=True, slots=True)
class KeepingHouse:
    """`keys` is the key folder of this host, which need not hold every holder's; `neighbourhoods` may stand in statistics.

    `backups` is where this host's own backups are.
    """

    engine: Engine
    keys: Path
    terms: Terms
    neighbourhoods: frozenset[str]
    backups: Path

    def holds(self, holder: str) -> bool:
        """Whether this host has the folder of a holder (`intake`, `desk`, `dispatch`)."""
        return (self.keys / holder).is_dir()
