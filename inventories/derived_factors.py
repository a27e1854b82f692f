"""The numbers of the factor annex as figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..accounting.steps import Term
from ..accounting.wording import coded, words
from ..factors.cited import cited, locator
from .derived import Derived

_NUMBER = re.compile(r"^(-?[\d.]+(?:e[-+]?\d+)?)(?:–(-?[\d.]+(?:e[-+]?\d+)?))?\s*(.*)$")


def part(derived: Derived, factor: Mapping[str, Any], which: Mapping[str, Any]) -> tuple[list[str], str]:
    """Record one part of a factor (factors_used.describe): its number, or both ends of a range; and the unit."""
    found = _NUMBER.match(str(which["text"]))
    if found is None:
        return [], str(which["text"])
    low, high, unit = found.groups()
    numbers = [low] if high is None else [low, high]
    names = [""] if high is None else ["/low", "/high"]
    ids = [
        derived.put(
            f"factor/{factor['factor_id']}/{which['part']}{end}", float(number), unit, coded("word", which["part"]),
            [Term(words(factor["document"], cited(factor["document"], factor["document_en"], "en")), float(number), unit, f"factor:{factor['factor_id']}")],
            rule=words(which["table"], locator(which["table"], "en")), evidence=str(which["evidence"]),
        )
        for number, end in zip(numbers, names, strict=True)
    ]  # fmt: skip
    return ids, unit
