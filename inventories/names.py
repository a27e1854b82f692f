"""Names of codes in both languages, and problems whose sentences have them: what ⟨kind:code⟩ reads in print.

A code that nobody lists (an entity of another workspace, a technology of one's own) is printed as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..accounting import figure_id
from ..accounting.problems import InputError, Problem, ProblemList
from ..accounting.unit_names import chinese
from ..accounting.wording import latin, marked, said
from ..factors.library import FactorLibrary
from ..factors.regions import RegionBook
from . import codes, places, rules
from .standards import standard
from .workspace.workspace import Workspace

Pair = tuple[str, str]


@dataclass(frozen=True)
class Names:
    """Names by kind and code. `regions` also knows the places that a workspace declares."""

    library: FactorLibrary
    regions: RegionBook
    documents: Mapping[str, Pair] = field(default_factory=dict)
    """titles of the documents of sources.yaml"""

    @classmethod
    def bundled(cls) -> Names:
        """Return the names of the bundled lists."""
        library = FactorLibrary.bundled()
        return cls(library, library.regions)

    @classmethod
    def of_workspace(cls, workspace: Workspace, library: FactorLibrary) -> Names:
        """Return the names with those of the places and documents that a workspace declares."""
        documents = {one.id: (one.title.zh, one.title.en) for one in workspace.documents}
        return cls(library, places.book(workspace.inventory, library), documents)

    def problems(self, found: Iterable[Problem]) -> ProblemList:
        """Return problems with names in place of codes."""
        return ProblemList([self.problem(one) for one in found])

    def problem(self, one: Problem) -> Problem:
        """Return a problem with names in place of codes; one that has none is itself."""
        zh, en = self.text(one.zh, "zh"), self.text(one.en, "en")
        return one if (zh, en) == (one.zh, one.en) else replace(one, zh=zh, en=en[:1].upper() + en[1:])

    def text(self, text: str, lang: str) -> str:
        """Return a text with the names of one language."""
        if "⟨" not in text:
            return text
        if lang == "zh":
            text = _AFTER_PLACE.sub("", text)
        return said(text, lang, lambda kind, code: self.of(kind, code)[0 if lang == "zh" else 1])

    def pair(self, text: str) -> Pair:
        """Return a wording (Chinese punctuation) as Chinese and English text."""
        if not marked(text):
            return text, text
        return self.text(text, "zh"), self.text(latin(text), "en").strip()

    def of(self, kind: str, code: str) -> Pair:
        """Return the names of a code, Chinese and English."""
        special = {
            "figure": self.figure, "place": self._place, "standard": self._standard, "category": self._category,
            "definition": self._definition, "rule": self._rule, "unit": self._unit,
        }  # fmt: skip
        if kind == "document":
            return self.documents.get(code, (code, code))
        if kind in special:
            return special[kind](code)
        if kind == "region":
            return self.regions.label(code), self.regions.label(code, "en")
        if kind == "sector" and (group := self.library.sectors.label(code)) != code:
            return group, self.library.sectors.label(code, "en")
        known = self._listed(kind, code)
        return (known.zh, known.en) if known else (code, code)

    def _listed(self, kind: str, code: str) -> codes.Named | None:
        if kind == "carrier":
            return self.library.carriers.get(code) or codes.products().codes.get(code)
        books: dict[str, Mapping[str, codes.Named]] = {
            "sector": codes.sectors().codes, "flow": codes.flows().codes, "metric": codes.metrics().codes,
        }  # fmt: skip
        return books.get(kind, {}).get(code) or codes.words().codes.get(code) or books["flow"].get(code)

    def figure(self, key: str) -> Pair:
        """Return what a figure is called: 河南省2018年单位地区生产总值能耗上升或下降（等价值）."""
        part = figure_id.parse(key)
        if part.metric not in codes.metrics():
            return key, key  # a step on the way, which has no name of its own
        zh, en = self.of("metric", part.metric)
        place_zh, place_en = self._place(f"{part.entity} {part.period}")
        # what tells the figure from its sisters; definitions are named by the sentence that is about them
        more = [self._qualifier(name, value) for name, value in part.qualifiers if name in _TELLING]
        more_zh = f"（{'、'.join(one for one, _ in more)}）" if more else ""
        more_en = f" ({', '.join(one for _, one in more)})" if more else ""
        return f"{place_zh}{zh}{more_zh}", f"{en}{more_en}" + (f" of {place_en}" if place_en else "")

    def _place(self, code: str) -> Pair:
        entity, _, period = code.partition(" ")
        zh, en = self.of("region", entity)
        year = "年" if _YEARS.fullmatch(period) else ""
        return (
            f"{zh}{period.replace('-', '—').replace(',', '、') if year else period}{year}",
            f"{en} {period.replace(',', ', ')}".strip(),
        )

    def _qualifier(self, name: str, value: str) -> Pair:
        if name == "price_year":
            return f"{value}年价", f"{value} prices"
        kinds = {"item": "carrier", "sector": "sector", "definition": "definition", "category": "flow"}
        return self.of(kinds.get(name, "word"), value)

    def _category(self, code: str) -> Pair:
        """A category of a standard, `provincial_2011/E1.4`, by number and name."""
        name, _, own = code.partition("/")
        try:
            found = next((one for one in standard(name).categories if one.id == own), None)
        except InputError:
            found = None
        return (f"{own} {found.zh}", f"{own} {found.en}") if found else (own, own)

    def _definition(self, code: str) -> Pair:
        """A dated definition, or the standard that defines a figure."""
        known = rules.definitions().get(code)
        return (known.short.zh, known.short.en) if known else self._standard(code)

    def _rule(self, code: str) -> Pair:
        title = rules.compared_with(code)
        return title.zh, title.en

    def _unit(self, code: str) -> Pair:
        return chinese(code), code

    def _standard(self, code: str) -> Pair:
        if code in codes.words():
            return codes.words()[code].zh, codes.words()[code].en
        try:
            title = standard(code).title
        except InputError:
            return code, code
        return title.zh, title.en


_YEARS = re.compile(r"\d{4}([-,]\d{4})*")
_AFTER_PLACE = re.compile(r"(?<=⟩) (?=⟨)")
"""Chinese runs names together"""
_TELLING = ("basis", "item", "sector", "category", "price_year", "definition", "vintage")
