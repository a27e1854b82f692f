"""The factor annex: every factor a run used, with document, table, parts and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..factors.library import FactorLibrary
from ..factors.model import PARTS, Factor, FactorSet, Value


def describe(factor_ids: Iterable[str], library: FactorLibrary) -> list[dict[str, Any]]:
    """Return one record per factor id, in order of id. Ids that are no factor of a set (identities) are passed over."""
    wanted = sorted({part for name in factor_ids for part in _parts(name, library)})
    return [_record(name, *library.factor(name), library) for name in wanted]


def _parts(name: str, library: FactorLibrary) -> list[str]:
    """A mix `0.3*set#key + 0.7*set#key` is several factors."""
    return [part for _, part in library.parts(name)]


def _record(name: str, factor_set: FactorSet, factor: Factor, library: FactorLibrary) -> dict[str, Any]:
    evidence = library.evidence(factor_set.id, factor)
    return {
        "factor_id": name,
        "set": factor_set.id,
        "title_zh": factor_set.title.zh,
        "title_en": factor_set.title.en,
        "document": factor_set.document,
        "document_en": factor_set.document_en,
        "publisher": factor_set.publisher,
        "publisher_en": factor_set.publisher_en,
        "item": factor.item,
        "quantity": factor.quantity,
        "region": factor.region,
        "year": factor.year,
        "evidence": evidence,
        "parts": [_part(part, getattr(factor, part)) for part in ("value", *PARTS) if getattr(factor, part)],
        "note": factor.note,
    }


def _part(name: str, value: Value) -> dict[str, Any]:
    text = f"{value.value:.12g}" if value.value is not None else f"{value.low:.12g}–{value.high:.12g}"
    return {
        "part": name,
        "text": f"{text} {value.unit}",
        "table": value.table,
        "page": value.page,
        "evidence": value.evidence.value,
        "seen": list(value.seen),
    }
