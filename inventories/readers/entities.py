"""Who a row is about: declared entities first, then GB/T 2260 codes and names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from ...factors.regions import RegionBook
from ..codes import regions
from ..workspace.models import Inventory

_CREDIT_CODE = re.compile(r"^[0-9A-HJ-NPQRTUWXY]{18}$")


@dataclass(frozen=True)
class Entities:
    """Entities of a workspace and the places of the country."""

    declared: dict[str, str]
    """spelling -> id"""
    book: RegionBook

    @classmethod
    def of(cls, inventory: Inventory) -> Entities:
        """Return the entities an inventory knows."""
        spellings = {
            text: entity.id
            for entity in inventory.entities
            for text in (entity.id, entity.zh, entity.en, *entity.aliases)
        }
        return cls(spellings, regions())

    def find(self, text: str) -> str | None:
        """Return the id of an entity by id, code or name; None where it is unknown or the name is shared."""
        name = text.strip()
        if name in self.declared:
            return self.declared[name]
        codes = self.book.find(name)
        if len(codes) == 1 or (codes and self._rank(codes[0]) < self._rank(codes[1])):
            return codes[0]
        return name if not codes and (_CREDIT_CODE.match(name) or self.book.parent(name)) else None

    def find_under(self, names: list[str]) -> str | None:
        """Return the id of the last filled name of [province, city, county], inside the places named before it."""
        filled = [name.strip() for name in names if name.strip()]
        if not filled:
            return None
        above = [self.find(name) for name in filled[:-1]]
        codes = [code for code in self.book.find(filled[-1]) if all(a in self.book.line(code) for a in above if a)]
        return codes[0] if len(codes) == 1 else self.find(filled[-1])

    def _rank(self, code: str) -> int:
        order = ("nation", "grid", "province", "prefecture")
        kind = self.book[code].kind
        return order.index(kind) if kind in order else len(order)

    def suggest(self, text: str) -> str:
        """Return what the text may mean: the codes that share the name, or the nearest names."""
        shared = self.book.find(text.strip())
        codes = shared if len(shared) > 1 else self.book.near(text)
        names = [f"{self.book.label(code)} ({code})" for code in codes[:4]]
        names += get_close_matches(text, list(self.declared), n=2, cutoff=0.5)
        return f"是否指 did you mean: {' / '.join(names)}?" if names else ""
