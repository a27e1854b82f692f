"""Find factors by words, and show one set or factor in full."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pydantic import BaseModel

from ..accounting.models import weakest
from ..accounting.wording import halves
from .editions import span
from .library import FactorLibrary
from .model import PARTS, Factor, FactorSet, Value
from .profile import Choice, Profile

COLUMNS = (
    "factor_id",
    "item",
    "name_zh",
    "name_en",
    "quantity",
    "value",
    "unit",
    "region",
    "year",
    "kind",
    "evidence",
    "title_zh",
    "taken",
)


def search(library: FactorLibrary, text: str) -> pd.DataFrame:
    """Return the factors in which every word of `text` occurs: columns COLUMNS, one row a factor, in order of the sets.

    A word may be a set id, a name or alias of a carrier, a place by name or code, a year, a quantity or a kind.
    """
    words = [word.casefold() for word in text.split()]
    rows = []
    for set_id, factor_set in library.load_all().items():
        for factor in factor_set.factors:
            hay = _hay(library, factor_set, factor)
            if all(word in hay for word in words):
                rows.append(_row(library, set_id, factor_set, factor))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _hay(library: FactorLibrary, factor_set: FactorSet, factor: Factor) -> str:
    carrier = library.carriers.get(factor.item)
    names = [factor.item, carrier.zh, carrier.en, *carrier.aliases] if carrier else [factor.item]
    place = factor.region or factor_set.region
    parts = [
        factor_set.id, factor_set.title.zh, factor_set.title.en, factor_set.document, *names, factor.key(), place,
        library.regions.label(place), library.regions.label(place, "en"), factor.note,
    ]  # fmt: skip
    return "\n".join(parts).casefold()


def _row(library: FactorLibrary, set_id: str, factor_set: FactorSet, factor: Factor) -> dict[str, Any]:
    value, unit = printed(factor)
    label = library.carriers.label
    return {
        "factor_id": f"{set_id}#{factor.key()}", "item": factor.item, "name_zh": label(factor.item),
        "name_en": label(factor.item, "en"), "quantity": factor.quantity, "value": value, "unit": unit,
        "region": factor.region or factor_set.region, "year": str(factor.year or ""), "kind": factor.kind,
        "evidence": library.evidence(set_id, factor), "title_zh": factor_set.title.zh,
        "taken": taken(library, set_id, factor),
    }  # fmt: skip


def taken(library: FactorLibrary, set_id: str, factor: Factor) -> list[dict[str, Any]]:
    """Return what profiles that use the set take of the ranges a factor prints; empty where it prints none.

    A record holds profiles, part, low, high, value, unit, rule (low, high, named), reason, reason_en, evidence: the weakest
    of the printed number and of the choice. A profile without a choice takes nothing and refuses (FACTOR-RANGE).
    """
    ranges = {part: value for part in ("value", *PARTS) if (value := getattr(factor, part)) and value.is_range}
    choices: dict[tuple[str, ...], tuple[Choice, list[str]]] = {}
    for profile in map(library.profile, library.profiles() if ranges else ()):
        choice = profile.choice(factor.item, factor.quantity)
        if choice is not None and set_id in profile.sets():
            alike = (str(choice.take), choice.reason, choice.evidence.value)
            choices.setdefault(alike, (choice, []))[1].append(profile.id)
    return [
        {
            "profiles": profiles, "part": part, "low": value.low, "high": value.high,
            "value": choice.of(value.low, value.high), "unit": value.unit, "rule": choice.rule,
            "reason": halves(choice.reason)[0], "reason_en": halves(choice.reason)[1],
            "evidence": weakest([value.evidence.value, choice.evidence.value]),
        }
        for choice, profiles in choices.values()
        for part, value in ranges.items()
    ]  # fmt: skip


def printed(factor: Factor) -> tuple[str, str]:
    """Return a factor's numbers and units as text, parts joined by ` / ` in the order of the document."""
    values = [value for value in (factor.value, *(getattr(factor, part) for part in PARTS)) if value is not None]
    return " / ".join(_number(value) for value in values), " / ".join(value.unit for value in values)


def _number(value: Value) -> str:
    if value.value is not None:
        return f"{value.value:g}"
    return f"{value.low:g}–{value.high:g}" if value.low is not None and value.high is not None else "-"


def show(library: FactorLibrary, name: str) -> dict[str, Any]:
    """Return a set (by id) or a factor (by full id) as a JSON-ready record, with the copies it was read in.

    Raises FactorError with proposals for an unknown id.
    """
    if "#" not in name:
        return {**library.set(name).model_dump(mode="json", exclude_defaults=True), "path": str(library.paths[name])}
    factor_set, factor = library.factor(name)
    record: dict[str, Any] = factor.model_dump(mode="json", exclude_defaults=True)
    seen = {
        word for value in (factor.value, *(getattr(factor, part) for part in PARTS)) if value for word in value.seen
    }
    confirmation = library.confirmations.get(name)
    return {
        "factor_id": name,
        **record,
        "set": factor_set.id,
        "title": factor_set.title.model_dump(),
        "document": factor_set.document,
        "valid": span(factor_set).replace("…/…", ""),
        "evidence": library.evidence(factor_set.id, factor),
        "taken": taken(library, factor_set.id, factor),
        "confirmation": confirmation.model_dump(mode="json") if confirmation else None,
        "copies": {word: factor_set.copies.get(word, "") for word in sorted(seen)},
        "notes": list(factor_set.notes),
    }


def json_schema() -> dict[str, Any]:
    """Return the JSON Schemas of a factor set and of a profile."""
    models: dict[str, type[BaseModel]] = {"factor_set": FactorSet, "profile": Profile}
    return {name: model.model_json_schema(by_alias=True) for name, model in models.items()}
