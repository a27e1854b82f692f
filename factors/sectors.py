"""Sector groups of the guidelines' tables (energy, manufacturing, commercial, residential …): which rows they hold."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import Field

from ..accounting.models import Frozen
from .yamlfile import load, validate


class SectorGroup(Frozen):
    """One group: sectors and balance rows that take its factors."""

    id: str
    zh: str
    en: str
    flows: list[str] = Field(default_factory=list)
    """balance rows, `*` as wildcard"""
    sectors: list[str] = Field(default_factory=list)
    """sector codes, `*` as wildcard"""
    within: str = ""
    """wider group whose factors hold too"""
    note: str = ""


class SectorGroupFile(Frozen):
    """The file sector_groups.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    groups: list[SectorGroup]


@dataclass(frozen=True)
class SectorGroups:
    """Groups in order; the first that fits a row stands."""

    groups: tuple[SectorGroup, ...] = ()

    @classmethod
    def read(cls, path: Path) -> SectorGroups:
        """Read sector_groups.yaml. Raises InputError with every fault."""
        return cls(tuple(validate(SectorGroupFile, load(path)).groups))

    def labels(self, sector: str, flow: str) -> tuple[str, ...]:
        """Return what a factor's `sector` may say for a row, most specific first: row, sector, first group, its wider one.

        A row of transformation (火力发电, 供热 …) is energy industry whoever runs it, so flows stand before sectors.
        """
        by_flow = [group.id for group in self.groups if _fits(flow, group.flows)]
        by_sector = [group.id for group in self.groups if _fits(sector, group.sectors)]
        first = (by_flow or by_sector)[:1]
        wider = [group.within for group in self.groups if group.id in first]
        return tuple(dict.fromkeys(word for word in (flow, sector, *first, *wider) if word))

    def label(self, key: str, lang: str = "zh") -> str:
        """Return the printed name of a group, or the code itself."""
        names = {group.id: group.zh if lang == "zh" else group.en for group in self.groups}
        return names.get(key, key)


def _fits(word: str, patterns: list[str]) -> bool:
    return bool(word) and any(fnmatchcase(word, pattern) for pattern in patterns)
