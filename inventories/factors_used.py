"""The factor annex: every factor a run used, with document, table, parts, what was taken of a range, lender and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ..factors.library import FactorLibrary
from ..factors.model import PARTS, Factor, FactorSet, Value

TAKEN = ("value", "rule", "reason", "reason_en", "evidence")
"""columns of tables.FACTOR_PARTS that say how a number was taken"""
BORROWED = ("account", "item", "quantity", "factor_id", "serves", "role", "share")
"""columns that say what for"""
Row = dict[str, Any]
Shares = Mapping[str, Sequence[Mapping[str, Any]]]


def describe(used: pd.DataFrame, named: Iterable[str], library: FactorLibrary, shares: Shares) -> list[dict[str, Any]]:
    """Return one record per factor, in order of id: those behind ledger lines and those that steps name.

    `used` holds the rows of tables.FACTOR_PARTS that lines rest on, `named` factor ids, `shares` what rests on each
    (evidence_shares.of_numbers). Ids that are no factor of a set (identities) are passed over.
    """
    by_factor: dict[str, list[Row]] = {}
    for row in used.to_dict("records"):
        by_factor.setdefault(str(row["printed_in"]), []).append({str(name): value for name, value in row.items()})
    steps = {part for name in named for _, part in library.parts(name)}
    return [
        _record(name, library, by_factor.get(name, []), name in steps, shares.get(name, ()))
        for name in sorted({*by_factor, *steps})
    ]


def _record(
    name: str, library: FactorLibrary, used: Sequence[Row], whole: bool, shares: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    factor_set, factor = library.factor(name)
    evidence = library.evidence(factor_set.id, factor)
    level = evidence if name in library.confirmations else ""
    return {
        **_of_set(name, factor_set),
        **_of_factor(factor, evidence),
        "parts": [
            _part(part, getattr(factor, part), [row for row in used if row["part"] == part], whole, level)
            for part in ("value", *PARTS)
            if getattr(factor, part)
        ],
        "shares": [dict(share) for share in shares],
    }


def _of_set(name: str, factor_set: FactorSet) -> dict[str, Any]:
    return {
        "factor_id": name,
        "set": factor_set.id,
        "title_zh": factor_set.title.zh,
        "title_en": factor_set.title.en,
        "document": factor_set.document,
        "document_en": factor_set.document_en,
        "publisher": factor_set.publisher,
        "publisher_en": factor_set.publisher_en,
    }


def _of_factor(factor: Factor, evidence: str) -> dict[str, Any]:
    return {
        "item": factor.item,
        "quantity": factor.quantity,
        "region": factor.region,
        "year": factor.year,
        "evidence": evidence,
        "note": factor.note,
    }


def _part(name: str, value: Value, used: Sequence[Row], whole: bool, level: str) -> dict[str, Any]:
    """Describe one printed number: `used` False where the run took another part of the factor only; `level` of a
    confirmed factor stands for that of the number.
    """
    text = f"{value.value:.12g}" if value.value is not None else f"{value.low:.12g}–{value.high:.12g}"
    return {
        "part": name,
        "text": f"{text} {value.unit}" if value.unit != "1" else text,
        "unit": value.unit,
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "table": value.table,
        "page": value.page,
        "evidence": level or value.evidence.value,
        "seen": list(value.seen),
        "used": bool(used) or whole,
        "taken": _distinct(used, TAKEN),
        "for": _distinct(used, BORROWED),
    }


def _distinct(used: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """Return the distinct ways in which a number was taken, or was used."""
    found = {tuple(row[name] for name in columns): {name: row[name] for name in columns} for row in used}
    return list(found.values())


def taken_of_range(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what was taken of a printed range, by value and rule; empty where one number is printed."""
    if part["low"] is None:
        return []
    by_rule = {(one["value"], one["rule"]): dict(one) for one in part["taken"]}
    return list(by_rule.values())
