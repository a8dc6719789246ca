"""The places of the city, from `config/neighbourhoods.yaml`."""

from __future__ import annotations

import yaml

from config.settings import ROOT
from hotline.understanding.places import Gazetteer, read_entries


def load_gazetteer() -> Gazetteer:
    """Every place by its names; raises GazetteerError naming the entry that is wrong."""
    return Gazetteer(
        read_entries(yaml.safe_load((ROOT / "config" / "neighbourhoods.yaml").read_text(encoding="utf-8")))
    )


def names_of_neighbourhoods(gazetteer: Gazetteer) -> tuple[str, ...]:
    """What the neighbourhoods are called, by the alphabet."""
    return tuple(sorted(one.name for one in gazetteer.entries if one.kind == "neighbourhood"))
