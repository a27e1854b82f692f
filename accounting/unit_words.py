"""A unit in words, for sentences of this folder: 10^4 tce is 万吨标准煤 in Chinese and 10⁴ tce in English."""

from __future__ import annotations

import re

from .unit_spellings import CHINESE, SCALE_WORDS

_POWER = re.compile(r"10\^(\d+) ")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def unit_words(unit: str) -> tuple[str, str]:
    """Return a unit in Chinese and in English; a name without Chinese word stays as it is."""
    if unit in ("%", "percent"):
        return "%", "%"
    parts = unit.split("/")
    return "/".join(_chinese(part) for part in parts), _POWER.sub(_raised, unit).replace("m3", "m³").replace("m2", "m²")


def in_words(size: str, unit: str) -> tuple[str, str]:
    """Return a printed number with its unit: 12.5 万吨标准煤, 12.5 × 10⁴ tce."""
    zh, en = unit_words(unit)
    return f"{size} {zh}", f"{size} × {en}" if en.startswith("10") else f"{size} {en}"


def _chinese(part: str) -> str:
    power = _POWER.match(part)
    name = part[power.end() :] if power else part
    scales = {f"{exponent}": word for word, exponent in reversed(SCALE_WORDS) if not word.isascii()}
    scale = scales.get(power[1], power[0]) if power else ""
    return scale + CHINESE.get(name, name)


def _raised(power: re.Match[str]) -> str:
    return f"10{power[1].translate(_RAISED)} "
