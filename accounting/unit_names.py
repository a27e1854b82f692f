"""Units in Chinese: 10^4 tce is 万吨标准煤, tce/10^4 yuan 吨标准煤/万元. The spellings are those that are read."""

from __future__ import annotations

import re
from functools import cache

from .unit_spellings import SPELLINGS

_HAN = re.compile(r"[\u3400-\u9fff]")
_SCALE = re.compile(r"^(?:10\^|1e)(\d+)\s+")
_SCALES = {2: "百", 3: "千", 4: "万", 6: "百万", 8: "亿"}


@cache
def chinese(unit: str) -> str:
    """Return a unit of the tables in Chinese; a part without a Chinese name stays as it is."""
    return "/".join(_part(part.strip()) for part in unit.split("/"))


@cache
def english(unit: str) -> str:
    """Return a unit that a table writes in Chinese (万吨) as 10^4 t; any other as it is written."""
    if not _HAN.search(unit):
        return unit
    names = {"元": "yuan", "人": "persons", "项": "items", "年": "years", "个百分点": "percentage points"}
    for word, power in (("万", 4), ("亿", 8)):
        unit = re.sub(rf"{word}(?=\S)", f"10^{power} ", unit)
    for spelling in sorted(SPELLINGS, key=len, reverse=True):
        if _HAN.search(spelling) and spelling in unit:
            unit = unit.replace(spelling, names.get(spelling, SPELLINGS[spelling]))
    return names.get(unit, unit)


def _part(text: str) -> str:
    scale = _SCALE.match(text)
    base = text[scale.end() :] if scale else text
    front = _SCALES.get(int(scale[1]), "") if scale else ""
    name = _names().get(base, base)
    return f"{front}{name}" if front or not scale else text


@cache
def _names() -> dict[str, str]:
    """A Chinese spelling of every unit (the one with the formula of the gas, 吨CO2, where there is one) by every spelling."""
    own: dict[str, str] = {}
    for spelling, unit in SPELLINGS.items():
        if _HAN.search(spelling) and (unit not in own or ("CO2" in spelling and "CO2" not in own[unit])):
            own[unit] = spelling
    kept = dict.fromkeys(("1", "percent"))  # a pure number has no name in print, per cent is a sign
    return {spelling: own[unit] for spelling, unit in SPELLINGS.items() if unit in own and unit not in kept}
