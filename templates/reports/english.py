"""English for texts that a run wrote with Chinese names in them: notes of sources, messages, mixed bilingual lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...factors.library import FactorLibrary
from ...inventories import codes
from ..figure import Text
from ..numbers import unit_label

CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_CJK_RUN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”—]+")
_BY_HALVES = re.compile(r"^(.*[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])\s*([^\u3400-\u9fff]*)$", re.S)
_BY_SENTENCE = re.compile(r"^([^A-Za-z]*[\u3400-\u9fff][^。]*。)\s*([A-Z][a-z]* .*)$", re.S)
_WORD = re.compile(r"[A-Za-z]{2,}")
LEAST_WORDS = 2
MARKS = str.maketrans(
    {"、": ", ", "（": " (", "）": ")", "；": "; ", "，": ", ", "：": ": ", "“": "'", "”": "'", "。": "."}
)
HEDGES = (("左右", " or so"), ("约", "about "), ("以上", " or more"), ("以内", " or less"))
UNITS = ("万t", "亿kWh", "亿m3", "万tce", "亿元", "万kWh", "万m3", "万kW")


def both(text: str) -> Text:
    """Split a bilingual line (中文。English.) into its languages; a line in one language is both.

    Where the languages are mixed the English side is what stands in Latin letters, if that is more than a word.
    """
    found = _BY_SENTENCE.match(text.strip()) or _BY_HALVES.match(text.strip())
    if found and len(_WORD.findall(found[2])) > LEAST_WORDS:
        return Text(found[1].strip(), found[2].strip())
    latin = " ".join(_CJK_RUN.sub(" ", text).split())
    if CJK.search(text) and len(_WORD.findall(latin)) >= LEAST_WORDS:
        return Text(text, re.sub(r"\s+([;,.:])", r"\1", latin).strip(" ;,"))
    return Text(text, text)


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
