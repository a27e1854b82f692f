"""Energy carriers: one id per carrier, every spelling met in Chinese balances and forms, groups and totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from ..accounting.models import Frozen
from .yamlfile import Document, load, validate


class Carrier(Frozen):
    """One carrier of the energy statistics."""

    id: str
    zh: str
    en: str
    unit: str
    """canonical unit of its activity"""
    groups: list[str] = Field(default_factory=list)
    aliases: list[str] = Field(default_factory=list)
    codes: dict[str, str] = Field(default_factory=dict)
    kind_of: str = ""
    """a more specific carrier of the same balance column (其中 row)"""
    total: bool = False
    parts: list[str] = Field(default_factory=list)
    """what a total sums"""
    note: str = ""

    def text(self, lang: str = "zh") -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en


class CarrierFile(Frozen):
    """The file carriers.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    carriers: list[Carrier]


@dataclass(frozen=True)
class CarrierBook(Mapping[str, Carrier]):
    """Carriers by id; `find` also knows names and aliases."""

    carriers: Mapping[str, Carrier]
    _names: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, path: Path) -> CarrierBook:
        """Read carriers.yaml. Raises InputError with every fault."""
        return cls.of(validate(CarrierFile, load(path)).carriers)

    @classmethod
    def parse(cls, data: Any) -> CarrierBook:
        """Build the book from plain data of the same shape as the file."""
        return cls.of(validate(CarrierFile, Document("carriers", data)).carriers)

    @classmethod
    def of(cls, carriers: list[Carrier]) -> CarrierBook:
        """Build the book; an id stands before a name, a name before an alias."""
        names: dict[str, str] = {}
        for spellings in ("aliases", "names", "id"):
            for carrier in carriers:
                for word in _spellings(carrier, spellings):
                    names[_plain(word)] = carrier.id
        return cls({carrier.id: carrier for carrier in carriers}, names)

    def __getitem__(self, key: str) -> Carrier:
        return self.carriers[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.carriers)

    def __len__(self) -> int:
        return len(self.carriers)

    def find(self, text: str) -> str | None:
        """Return the id of a carrier by id, name or alias; None where no spelling fits exactly."""
        return self._names.get(_plain(text))

    def near(self, text: str, n: int = 3) -> list[str]:
        """Return the ids whose spellings are nearest to `text`, best first (did you mean)."""
        words = get_close_matches(_plain(text), self._names, n=n * 3, cutoff=0.5)
        return list(dict.fromkeys(self._names[word] for word in words))[:n]

    def groups(self, name: str) -> frozenset[str]:
        """Return the ids of a group, e.g. coal_columns; empty where no carrier has it."""
        return frozenset(key for key, carrier in self.carriers.items() if name in carrier.groups)

    def group_names(self) -> frozenset[str]:
        """Return every group that a carrier names."""
        return frozenset(name for carrier in self.carriers.values() for name in carrier.groups)

    def unit_of(self, key: str) -> str:
        """Return the canonical unit of a carrier; '' where it is unknown."""
        carrier = self.carriers.get(key)
        return carrier.unit if carrier else ""

    def totals(self) -> dict[str, tuple[str, ...]]:
        """Return the total columns and the carriers they sum."""
        return {key: tuple(carrier.parts) for key, carrier in self.carriers.items() if carrier.total}

    def label(self, key: str, lang: str = "zh") -> str:
        """Return the printed name, or the id itself for an item that is no carrier."""
        carrier = self.carriers.get(key)
        return carrier.text(lang) if carrier else key


def _spellings(carrier: Carrier, which: str) -> list[str]:
    return {"aliases": carrier.aliases, "names": [carrier.zh, carrier.en], "id": [carrier.id]}[which]


def _plain(text: str) -> str:
    """Compare spellings without blanks, case and bracket width."""
    return "".join(text.split()).casefold().replace("（", "(").replace("）", ")").replace("：", ":")
