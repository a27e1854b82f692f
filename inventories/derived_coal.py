"""The coal table of the bureaux: kinds x uses in physical tonnes, coke apart, with the sums that must agree.

Uses as the form 煤炭消费摸底表 has them: thermal power, heat, washing, coking, refining, gas works, final use of industry
(of which feedstock), other uses. Transformation is input less output, so that the uses add up to net consumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..accounting.figure_id import figure_id
from ..accounting.wording import words
from . import codes
from .derived import Derived
from .derived_balance import Balance
from .derived_nodes import leaves

COKE, WHOLE = "coke", "coal_total"
MAIN = ("tr_power", "tr_heat", "tr_wash", "tr_coking", "tr_refining", "tr_gasworks")
Cells = Mapping[str, str]
"""kind (or coal_total) -> figure; a kind without data is left out"""


@dataclass(frozen=True)
class CoalTable:
    """Figures by use and kind; `parts` are shown under a use and not added again."""

    kinds: list[str]
    uses: dict[str, Cells]
    parts: dict[str, dict[str, Cells]]
    """use -> its parts: industry -> non_energy, other_use -> other transformation, other sectors, loss"""
    summed: Cells = field(default_factory=dict)
    net: Cells = field(default_factory=dict)
    gap: Cells = field(default_factory=dict)
    by_kind: str = ""
    """net consumption of coal as the sum of the kinds"""


@dataclass(frozen=True)
class _Maker:
    derived: Derived
    balance: Balance
    kinds: list[str]

    def id(self, use: str, kind: str) -> str:
        table = self.balance.table
        return figure_id("coal_use_cell", table.entity, table.period, category=use, item=kind)

    def with_whole(self, use: str, cells: dict[str, str]) -> Cells:
        """Add the total of the kinds: the metric where the run has it, else the sum of the row. Coke is not in it."""
        table = self.balance.table
        own = [cells[kind] for kind in self.kinds if kind in cells]
        metric = figure_id("coal_by_use", table.entity, table.period, category=use)
        if metric in self.derived:
            return {**cells, WHOLE: metric}
        if own:
            cells[WHOLE] = self.derived.total(
                self.id(use, WHOLE), own, words("各品种之和（不含焦炭）", "sum over kinds (without coke)")
            )
        return cells

    def transformation(self, use: str) -> Cells:
        """Input less output of one process."""
        cells = {}
        for kind in [*self.kinds, COKE]:
            if own := self.balance.physical(self.derived, use, kind):
                cells[kind] = self.derived.negated(
                    self.id(use, kind), own, words("加工转换投入 - 产出", "input to transformation - output")
                )
        return self.with_whole(use, cells)

    def final(self, use: str, industry: bool) -> Cells:
        """Final use of industry or of everybody else, sector by sector."""
        cells = {}
        for kind in [*self.kinds, COKE]:
            own = [
                self.balance.physical(self.derived, node, kind)
                for node in leaves(self.balance, kind, industry=industry)
            ]
            if own:
                cells[kind] = self.derived.total(
                    self.id(use, kind), own, words("各行业终端消费量之和", "sum of final consumption over sectors")
                )
        return self.with_whole(use, cells)

    def feedstock(self) -> Cells:
        """Non-energy use, a part of industry."""
        cells = {}
        names = [node for node in self.balance.nodes if node.partition("/")[0] == "non_energy"]
        for kind in [*self.kinds, COKE]:
            own = [figure for node in names if (figure := self.balance.physical(self.derived, node, kind))]
            if own:
                cells[kind] = self.derived.total(
                    self.id("non_energy", kind),
                    own,
                    words("平衡表“#用作原料、材料”", "row '#non-energy use' of the balance"),
                )
        return self.with_whole("non_energy", cells)

    def part(self, column: str) -> Cells:
        """Loss, or final use where the source has no sectors."""
        cells = {}
        for kind in [*self.kinds, COKE]:
            own = self.balance.part(self.derived, kind, column, True)
            if own and self.derived.value(own):
                cells[kind] = own
        return self.with_whole(column, cells)

    def total(self, use: str, rows: list[Cells]) -> Cells:
        """Add rows, column by column."""
        cells = {}
        for kind in [*self.kinds, COKE, WHOLE]:
            if own := [row[kind] for row in rows if kind in row]:
                cells[kind] = self.derived.total(self.id(use, kind), own, words("各用途之和", "sum over uses"))
        return cells

    def net(self) -> Cells:
        """Final consumption + loss - net transformation."""
        table = self.balance.table
        cells = {
            kind: own for kind in [*self.kinds, COKE] if (own := self.balance.part(self.derived, kind, "net", True))
        }
        metric = figure_id("coal_consumption", table.entity, table.period)
        return {**cells, WHOLE: metric} if metric in self.derived else cells


def coal_table(derived: Derived, balance: Balance, order: list[str]) -> CoalTable:
    """Record the coal table of a year; `order` are the carriers of the balance in reading order."""
    group = balance.table.groups.get("coal_columns", frozenset())
    make = _Maker(derived, balance, [item for item in order if item in group])
    uses = {use: make.transformation(use) for use in MAIN}
    industry, others = make.final("industry", True), make.final("other_sectors", False)
    if not industry and not others:
        others = make.part("final")
    rest = {name: make.transformation(name) for name in _other_processes()}
    rest |= {"other_sectors": others, "loss": make.part("loss")}
    rest = {name: cells for name, cells in rest.items() if cells}
    uses |= {"industry": industry, "other_use": make.total("other_use", list(rest.values()))}
    uses = {use: cells for use, cells in uses.items() if cells}
    feedstock = make.feedstock()
    summed, net = make.total("all_uses", list(uses.values())), make.net()
    gap = {
        kind: derived.difference(
            make.id("uses_less_net", kind),
            summed[kind],
            net[kind],
            words("各用途之和 - 净消费量", "sum over uses - net consumption"),
        )
        for kind in summed
        if kind in net
    }
    kinds = [net[kind] for kind in make.kinds if kind in net]
    by_kind = (
        derived.total(
            make.id("all_kinds", WHOLE), kinds, words("各品种净消费量之和", "sum of net consumption over kinds")
        )
        if kinds
        else ""
    )
    parts = {"industry": {"non_energy": feedstock} if feedstock else {}, "other_use": rest}
    return CoalTable(make.kinds, uses, parts, summed, net, gap, by_kind)


def _other_processes() -> list[str]:
    """Return transformation processes without a column of their own in the form."""
    return [name for name, flow in codes.flows().codes.items() if flow.parent == "transform" and name not in MAIN]
