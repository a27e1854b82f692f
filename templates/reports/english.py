"""English for the cell of a plan as it is printed (3540万吨标准煤, 15%左右): names and units put in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...factors.library import FactorLibrary
from ...inventories import codes
from ..numbers import unit_label

CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
MARKS = str.maketrans(
    {"、": ", ", "（": " (", "）": ")", "；": "; ", "，": ", ", "：": ": ", "“": "'", "”": "'", "。": "."}
)
HEDGES = (("左右", " or so"), ("约", "about "), ("以上", " or more"), ("以内", " or less"))
UNITS = ("万t", "亿kWh", "亿m3", "万tce", "亿元", "万kWh", "万m3", "万kW")


@dataclass
class English:
    """Puts English names of places, carriers, sectors, flows, metrics and units for Chinese ones."""

    library: FactorLibrary

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        return sorted(set(self._all()), key=lambda pair: -len(pair[0]))

    def _all(self) -> Iterator[tuple[str, str]]:
        books = (codes.metrics(), codes.flows(), codes.sectors(), codes.products())
        yield from ((one.zh, one.en) for book in books for one in book.codes.values())
        yield from ((one.zh, one.en) for one in self.library.carriers.values())
        yield from ((one.zh, one.en) for one in self.library.regions.values() if one.en)
        yield from ((one.zh, one.en) for one in self.library.sectors.groups)
        yield from HEDGES
        yield from ((unit_label(unit, "zh"), unit_label(unit, "en")) for unit in UNITS)

    def of(self, text: str) -> str:
        """Return the text with names put in English; Chinese marks become Latin ones."""
        if not CJK.search(text):
            return text
        for zh, en in self._names:
            if zh in text:
                text = text.replace(zh, en)
        return text.translate(MARKS)
