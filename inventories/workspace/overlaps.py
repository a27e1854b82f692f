"""Declared splits that act on the same rows: their shares would compound, so two of them are a fault."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from ...accounting.problems import Problem
from ...factors.yamlfile import Document
from .. import codes
from ..messages import MESSAGES
from .models import Inventory

SPLITS = ("road_split", "boiler_types", "vehicle_technology")
DEFAULT_FLOW = "tr_power"
"""flow of boiler types that name none"""


def check(inventory: Inventory, document: Document) -> Iterator[Problem]:
    """Yield one problem for every pair of entries of a list that meet in a row, at the second of them."""
    for name in SPLITS:
        entries = [entry.model_dump() for entry in getattr(inventory, name)]
        for (_, one), (number, other) in combinations(enumerate(entries), 2):
            if _meet(one, other):
                where = document.where((name, number))
                yield MESSAGES.problem("DECLARED-OVERLAP", where, _words(other), _words(one), label=name)


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """No year is every year, no place every place, no sector every sector."""
    open_or_same = all(not one.get(k) or not other.get(k) or one[k] == other[k] for k in ("year", "entity", "item"))
    flows = (one.get("flow") or DEFAULT_FLOW) == (other.get("flow") or DEFAULT_FLOW)
    mine, theirs = one.get("sector", ""), other.get("sector", "")
    return open_or_same and flows and (not mine or not theirs or bool(codes.below(mine) & codes.below(theirs)))


def _words(entry: dict[str, Any]) -> str:
    words = [str(entry[k]) for k in ("entity", "year", "flow", "sector", "item") if entry.get(k)]
    return " ".join(words) or "全部 all"
