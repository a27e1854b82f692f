"""Places: GB/T 2260 codes and grid regions, their names, parents by year, aliases and successors.

A chain walks from a place to the world: own code, prefecture, province, grid region of the year, CN, WORLD. Codes of
GB/T 2260 nest by their digits (省 2, 地 2, 县 2), so a county that the list does not name still has its chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from ..accounting.models import Frozen
from .yamlfile import load, validate

RegionKind = Literal["world", "nation", "grid", "province", "prefecture", "county", "enterprise", "other"]
NATION, WORLD = "CN", "WORLD"
_DIRECT = ("90", "01", "02")
"""third and fourth digit of places that no prefecture stands above: 省直辖县级, 直辖市的区和县"""
_MUNICIPALITIES = ("11", "12", "31", "50")


class GridParent(Frozen):
    """The grid region a province belongs to, for a span of years."""

    grid: str
    from_: int | None = Field(default=None, alias="from")
    to: int | None = None

    def holds(self, year: int | None) -> bool:
        """Tell whether the span contains a year; without a year the span open to the right holds."""
        if year is None:
            return self.to is None
        return (self.from_ is None or year >= self.from_) and (self.to is None or year <= self.to)


class Region(Frozen):
    """One place."""

    code: str
    """GB/T 2260 code, CN, GRID:xx, credit code or an id declared in the workspace"""
    zh: str
    en: str = ""
    kind: RegionKind
    parent: str = ""
    """administrative parent; '' = by the digits of the code"""
    grids: list[GridParent] = Field(default_factory=list)
    """grid regions by year; only provinces have them"""
    aliases: list[str] = Field(default_factory=list)
    successors: list[str] = Field(default_factory=list)
    """codes that follow it after a change of divisions"""
    to: int | None = None
    """last year in which the code was in use"""
    note: str = ""

    def text(self, lang: str = "zh") -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" or not self.en else self.en


class RegionFile(Frozen):
    """The file regions.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    source: list[str]
    """documents and lists the names and codes were taken from"""
    regions: list[Region]


@cache
def read(path: Path) -> RegionBook:
    """Return the book of a regions.yaml, read once. Raises InputError with every fault."""
    data = validate(RegionFile, load(path))
    return RegionBook.of(data.regions, tuple(data.source))


@dataclass(frozen=True)
class RegionBook(Mapping[str, Region]):
    """Places by code."""

    regions: Mapping[str, Region]
    source: tuple[str, ...] = ()
    _names: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _chains: dict[tuple[str, int | None], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, regions: list[Region], source: tuple[str, ...] = ()) -> RegionBook:
        """Build the book; short names (河南, 安阳) are spellings too."""
        names: dict[str, list[str]] = {}
        for region in regions:
            for word in dict.fromkeys([region.code, region.zh, region.en, _short(region), *region.aliases]):
                if word:
                    names.setdefault(word.casefold(), []).append(region.code)
        return cls({region.code: region for region in regions}, source, names)

    def with_places(self, places: list[Region]) -> RegionBook:
        """Return a book that also knows the places a workspace declares (enterprises, parks, merged districts)."""
        return RegionBook.of([*self.regions.values(), *places], self.source)

    def __getitem__(self, key: str) -> Region:
        return self.regions[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.regions)

    def __len__(self) -> int:
        return len(self.regions)

    def find(self, text: str) -> list[str]:
        """Return the codes of a code, name, short name or alias, provinces first; several where a name is shared."""
        found = self._names.get(text.strip().casefold(), [])
        return sorted(dict.fromkeys(found), key=lambda code: (_RANK[self.regions[code].kind], code))

    def near(self, text: str, n: int = 3) -> list[str]:
        """Return the codes whose names are nearest to `text` (did you mean)."""
        words = get_close_matches(text.strip().casefold(), self._names, n=n * 2, cutoff=0.5)
        return list(dict.fromkeys(code for word in words for code in self._names[word]))[:n]

    def knows(self, code: str) -> bool:
        """Tell whether a code is listed or nests by its digits under a listed one."""
        return code in self.regions or bool(self.parent(code))

    def parent(self, code: str) -> str:
        """Return the administrative parent; '' for the nation and for an unknown code."""
        region = self.regions.get(code)
        if region is not None and region.parent:
            return region.parent
        if region is not None and region.kind in ("nation", "world"):
            return ""
        if region is not None and region.kind in ("grid", "province"):
            return NATION
        return self._by_digits(code)

    def _by_digits(self, code: str) -> str:
        if len(code) != 6 or not code.isdigit():
            return ""
        province, prefecture = code[:2] + "0000", code[:4] + "00"
        direct = code[2:4] == "90" or (code[:2] in _MUNICIPALITIES and code[2:4] in _DIRECT)
        if not direct and code != prefecture and prefecture in self.regions:
            return prefecture
        return province if code != province and province in self.regions else ""

    def province(self, code: str) -> str:
        """Return the province of a place; '' above provinces."""
        for place in self.line(code):
            region = self.regions.get(place)
            if region is not None and region.kind == "province":
                return place
        return ""

    def line(self, code: str) -> tuple[str, ...]:
        """Return the place and its administrative parents up to the nation."""
        walk = [code]
        while (above := self.parent(walk[-1])) and above not in walk:
            walk.append(above)
        return tuple(walk)

    def chain(self, code: str, year: int | None = None) -> tuple[str, ...]:
        """Return [code, city, province, grid region of the year, CN, WORLD]; an unknown code has only itself.

        The grid region stands between province and nation (1991-2020 for 川渝: 华中; from 2021: 西南).
        """
        key = (code, year)
        if key not in self._chains:
            self._chains[key] = self._walk(code, year)
        return self._chains[key]

    def _walk(self, code: str, year: int | None) -> tuple[str, ...]:
        places = self.line(code)
        own = [self._grids(place, year) for place in places]
        # 蒙东 lies in another grid than its province: the nearest place that names one
        grids = next((names for names in own if names), [])
        end = places.index(NATION) if NATION in places else len(places)
        out = [*places[:end], *grids, *places[end:]]
        if out[-1] == NATION:
            out.append(WORLD)
        return tuple(dict.fromkeys(out))

    def _grids(self, place: str, year: int | None) -> list[str]:
        region = self.regions.get(place)
        return [parent.grid for parent in region.grids if parent.holds(year)] if region else []

    def children(self, code: str, kind: RegionKind | None = None) -> list[str]:
        """Return the listed places directly below, in code order."""
        below = (key for key in self.regions if self.parent(key) == code)
        return sorted(key for key in below if kind is None or self.regions[key].kind == kind)

    def label(self, code: str, lang: str = "zh") -> str:
        """Return the printed name, or the code itself where no name is listed."""
        region = self.regions.get(code)
        return region.text(lang) if region else code


_RANK = {
    kind: rank
    for rank, kind in enumerate(("nation", "grid", "province", "prefecture", "county", "enterprise", "other", "world"))
}
_SUFFIXES = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "地区", "省", "市", "县", "盟")


def _short(region: Region) -> str:
    """河南省 -> 河南; 安阳市 -> 安阳. A name of two characters keeps its suffix (沛县)."""
    for suffix in _SUFFIXES:
        if region.zh.endswith(suffix) and len(region.zh) - len(suffix) >= 2:
            return region.zh.removesuffix(suffix)
    return ""
