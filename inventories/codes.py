"""Books of codes: flows, sectors, metrics and carriers, found by id, name or any alias, with did-you-mean.

A text is compared in a plain form (`plain`): half width, lower case, without enumerators (一. 2. (3)), signs (－),
blanks and punctuation, so that `１.火力发电`, `Thermal_Power` and `thermal power` are found alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import Field

from ..accounting.models import Frozen
from ..factors import carriers as carriers_module
from ..factors import regions as places
from ..factors import yamlfile
from ..factors.carriers import Carrier, CarrierBook
from ..factors.regions import RegionBook

_ENUMERATOR = re.compile(
    r"^\s*(?:[(（]?(?:[一二三四五六七八九十]+|\d{1,2})[)）]?\s*[.、．。)）]|[(（][一二三四五六七八九十\d]+[)）])\s*(?=\D)"
)
_LEADING = re.compile(r"^(?:#|其中[::]?|\(derived\))+")
_PLAIN = re.compile(r"[^0-9a-z%\u3400-\u9fff]+")


class Code(Frozen):
    """One entry of a book."""

    id: str
    zh: str
    en: str
    aliases: list[str] = Field(default_factory=list)
    note: str = ""


class Flow(Code):
    """A row of the energy balance."""

    parent: str = ""
    memo: bool = False
    """a part shown again, not to be added"""


class Sector(Code):
    """A sector of final consumption (GB/T 4754)."""

    parent: str = ""
    groups: list[str] = Field(default_factory=list)
    editions: dict[str, list[str]] = Field(default_factory=dict)
    """year of an earlier edition of the classification -> what it calls the division"""

    def spelled(self) -> Sector:
        """Return the sector with the names of the earlier editions among its aliases."""
        earlier = dict.fromkeys(name for names in self.editions.values() for name in names)
        return self.model_copy(update={"aliases": [*self.aliases, *earlier]})


class Metric(Code):
    """A named number."""

    unit: str
    kind: Literal["amount", "level", "ratio", "rate", "index"]
    over_places: Literal["sum", "weighted", "none"] = "none"
    over_periods: Literal["sum", "weighted", "none"] = "none"
    good: Literal["up", "down", ""] = ""
    decimals: int = 2


class Product(Code):
    """A product or material whose process emission is one product: amount x factor."""

    unit: str
    group: str = ""


class Named(Protocol):
    """What a book needs of its entries; carriers of the factors folder have it too."""

    @property
    def id(self) -> str:
        """The code itself."""
        ...

    @property
    def zh(self) -> str:
        """Chinese name."""
        ...

    @property
    def en(self) -> str:
        """English name."""
        ...

    @property
    def aliases(self) -> list[str]:
        """Other spellings."""
        ...


AnyCode = TypeVar("AnyCode", bound=Named)


class _Flows(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    flows: list[Flow]


class _Sectors(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    sectors: list[Sector]


class _Metrics(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    metrics: list[Metric]


class _Products(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    products: list[Product]


class _Words(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    words: list[Code]


def plain(text: str) -> str:
    """Return the form in which texts are compared."""
    flat = unicodedata.normalize("NFKC", text).strip().lower()
    flat = _LEADING.sub("", _ENUMERATOR.sub("", flat)).replace("&", " and ")
    return _PLAIN.sub("", _ENUMERATOR.sub("", flat))


@dataclass
class Book(Generic[AnyCode]):
    """Codes by id and by every spelling."""

    codes: dict[str, AnyCode]
    index: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, codes: Iterable[AnyCode]) -> Book[AnyCode]:
        """Make a book; where two codes share a spelling the first one listed wins outside a given context."""
        book = cls({code.id: code for code in codes})
        for code in book.codes.values():
            for text in (code.id, code.zh, code.en, *code.aliases):
                ids = book.index.setdefault(plain(text), [])
                if code.id not in ids:
                    ids.append(code.id)
        return book

    def find(self, text: str, among: Collection[str] = ()) -> AnyCode | None:
        """Return the code a text names, or None. `among` prefers codes where a spelling is shared."""
        if text in self.codes and not among:
            return self.codes[text]
        ids = self.index.get(plain(text), []) if text.strip() else []
        chosen = [code for code in ids if not among or code in among]
        return self.codes[chosen[0]] if chosen else None

    def suggest(self, text: str) -> str:
        """Return a bilingual did-you-mean, or ''."""
        near = get_close_matches(plain(text), list(self.index), n=3, cutoff=0.5)
        ids = list(dict.fromkeys(self.index[name][0] for name in near))
        names = " / ".join(f"{self.codes[code].zh} ({code})" for code in ids)
        return f"是否指 did you mean: {names}?" if names else ""

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __getitem__(self, code: str) -> AnyCode:
        return self.codes[code]


DATA = Path(__file__).parent / "data"
FACTOR_DATA = Path(carriers_module.__file__).parent / "data"


@cache
def flows() -> Book[Flow]:
    """Return the rows of the energy balance."""
    return Book.of(yamlfile.validate(_Flows, yamlfile.load(DATA / "flows.yaml")).flows)


@cache
def sectors() -> Book[Sector]:
    """Return the sectors."""
    listed = yamlfile.validate(_Sectors, yamlfile.load(DATA / "sectors.yaml")).sectors
    return Book.of(sector.spelled() for sector in listed)


@cache
def metrics() -> Book[Metric]:
    """Return the metrics: the only list of metric ids."""
    return Book.of(yamlfile.validate(_Metrics, yamlfile.load(DATA / "metrics.yaml")).metrics)


@cache
def carriers() -> Book[Carrier]:
    """Return the energy carriers with the canonical unit of each."""
    return Book.of(CarrierBook.read(FACTOR_DATA / "carriers.yaml").values())


@cache
def products() -> Book[Product]:
    """Return the products of the process sources: items of the flow `activity`."""
    return Book.of(yamlfile.validate(_Products, yamlfile.load(FACTOR_DATA / "products.yaml")).products)


@cache
def words() -> Book[Code]:
    """Return the words that stand as codes in tables: vintages, kinds of power, technologies, gases, parts of factors."""
    return Book.of(yamlfile.validate(_Words, yamlfile.load(DATA / "words.yaml")).words)


def unit_of(item: str) -> str:
    """Return the canonical unit of a carrier or product; '' where the item is neither."""
    known = carriers().codes.get(item) or products().codes.get(item)
    return known.unit if known is not None else ""


def item_name(item: str) -> str:
    """Return both names of a carrier or product, or the id itself."""
    known = carriers().codes.get(item) or products().codes.get(item)
    return f"{known.zh} {known.en}" if known is not None else item


@cache
def regions() -> RegionBook:
    """Return the places of GB/T 2260 and the grid regions."""
    path = FACTOR_DATA / "regions.yaml"
    return places.read(path) if path.is_file() else RegionBook.of([])


def balance_row(text: str) -> tuple[str, str] | None:
    """Return (flow, sector) of the name of a balance row; a sector's name stands for its final consumption."""
    flow = flows().find(text)
    if flow is not None:
        return flow.id, "IND" if flow.id == "non_energy" else ""
    sector = sectors().find(text)
    return ("final", sector.id) if sector is not None else None


def suggest_row(text: str) -> str:
    """Return a did-you-mean for a balance row."""
    return flows().suggest(text) or sectors().suggest(text)


@cache
def node_parents() -> dict[str, str]:
    """Return the tree of balance nodes (`flow` or `flow/sector`) that may be added up; memo rows are left out."""
    parents = {flow.id: flow.parent for flow in flows().codes.values() if flow.parent and not flow.memo}
    for sector in sectors().codes.values():
        parents[f"final/{sector.id}"] = f"final/{sector.parent}" if sector.parent else "final"
    return parents


def below(sector: str) -> frozenset[str]:
    """Return a sector (or the members of an @group) with everything under it."""
    known = sectors().codes.values()
    wanted = {one.id for one in known if sector[1:] in one.groups} if sector.startswith("@") else {sector}
    while more := {one.id for one in known if one.parent in wanted} - wanted:
        wanted |= more
    return frozenset(wanted)
