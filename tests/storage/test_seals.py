"""Every column of bytes has its holder, so that no key's end takes away what still lives."""

from __future__ import annotations

import importlib
import pkgutil

from sqlalchemy import LargeBinary

import hotline.storage
from hotline.storage.seals import DESK_SEALS, DISPATCH_SEALS, OTHER_BYTES
from hotline.storage.tables import Table


def test_every_column_of_bytes_says_who_opens_it() -> None:
    for module in pkgutil.iter_modules(hotline.storage.__path__):
        if "tables" in module.name:
            importlib.import_module(f"hotline.storage.{module.name}")
    sealed = [f"{one.table}.{one.sealed}" for one in DESK_SEALS] + [
        f"{one.table}.{one.sealed}" for one in DISPATCH_SEALS
    ]
    there = {
        f"{name}.{column.name}"
        for name, table in Table.metadata.tables.items()
        for column in table.c
        if isinstance(column.type, LargeBinary)
    }
    assert sorted([*sealed, *OTHER_BYTES]) == sorted(there), (
        "add the column to DESK_SEALS, DISPATCH_SEALS or OTHER_BYTES"
    )


def test_what_the_desk_opens_names_its_key_beside_it() -> None:
    for one in DESK_SEALS:
        assert (
            one.column(one.sealed) is not None and one.column(one.key_id) is not None and one.column("id") is not None
        )
