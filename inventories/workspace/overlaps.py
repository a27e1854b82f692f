"""Declared splits and mixes that act on the same rows: their shares would compound, so two of them are a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from ...accounting.problems import Problem
from ...factors.yamlfile import Document
from .. import codes
from ..messages import MESSAGES
from .models import Inventory

SPLITS = ("road_split", "boiler_types", "vehicle_technology")
MIXES = ("coal_mix", "gas_mix", "other_energy_mix")
ON_OTHER = ("road_split", "biogenic_share", "stored_carbon")
"""lists that may name 其他能源, whose rows other_energy_mix takes"""
OTHER, OTHER_MIX = "other_energy", "other_energy_mix"
DEFAULT_FLOW = "tr_power"
"""flow of boiler types that name none"""


def check(inventory: Inventory, document: Document) -> Iterator[Problem]:
    """Yield one problem for every pair of entries that meet in a row, at the second of them."""
    for name in SPLITS:
        yield from _twice(name, inventory, document, _meet)
    home = inventory.entity
    for name in MIXES:
        # of an undated and a dated mix the dated one holds: only twins meet
        yield from _twice(name, inventory, document, lambda one, other: _place(one, home) == _place(other, home))
    yield from _other_energy(inventory, document)


Entry = dict[str, Any]


def _twice(
    name: str, inventory: Inventory, document: Document, meet: Callable[[Entry, Entry], bool]
) -> Iterator[Problem]:
    entries = [entry.model_dump() for entry in getattr(inventory, name)]
    for (_, one), (number, other) in combinations(enumerate(entries), 2):
        if meet(one, other):
            where = document.where((name, number))
            yield MESSAGES.problem("DECLARED-OVERLAP", where, _words(other), _words(one), label=name)


def _place(entry: Entry, home: str) -> tuple[str, int | None]:
    return entry["entity"] or home, entry["year"]


def _other_energy(inventory: Inventory, document: Document) -> Iterator[Problem]:
    """A share of 其他能源 beside its mix: the mix takes the rows, the share would have nothing left to act on."""
    for name in ON_OTHER:
        for number, entry in enumerate(entry.model_dump() for entry in getattr(inventory, name)):
            for mix in inventory.other_energy_mix if entry["item"] == OTHER else ():
                if mix.year is None or entry["year"] in (None, mix.year):
                    where = document.where((name, number))
                    label = f"{OTHER_MIX} + {name}"
                    yield MESSAGES.problem(
                        "DECLARED-OVERLAP", where, _words(entry), _words(mix.model_dump()), label=label
                    )


def _meet(one: Entry, other: Entry) -> bool:
    """No year is every year, no place every place, no sector every sector."""
    open_or_same = all(not one.get(k) or not other.get(k) or one[k] == other[k] for k in ("year", "entity", "item"))
    flows = (one.get("flow") or DEFAULT_FLOW) == (other.get("flow") or DEFAULT_FLOW)
    mine, theirs = one.get("sector", ""), other.get("sector", "")
    return open_or_same and flows and (not mine or not theirs or bool(codes.below(mine) & codes.below(theirs)))


def _words(entry: Entry) -> str:
    words = [str(entry[k]) for k in ("entity", "year", "flow", "sector", "item") if entry.get(k)]
    return " ".join(words) or "全部 all"
