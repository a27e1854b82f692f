"""Cells of the energy balance as figures, in physical units and in coal equivalent, with the input row behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan, nan
from typing import Any

from ..accounting.balance import PRINTED
from ..accounting.energy import UNIT, WAN
from ..accounting.energy_table import EnergyTable
from ..accounting.figure_id import figure_id
from ..accounting.models import weakest
from ..accounting.steps import Term, lines_query
from ..accounting.wording import words
from ..factors.library import FactorLibrary
from . import energy_run
from .accounts import ENERGY, Account
from .derived import Derived
from .frame import Book, prepare
from .results import Results

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Balance:
    """The balance of the inventory's entity in one year."""

    table: EnergyTable
    rows: Mapping[tuple[str, str], Sequence[Row]]
    """(node, item) -> activity rows: row_id, quantity, unit, factor_id"""
    totals: frozenset[str]
    """items that are totals of items (煤合计)"""

    @property
    def items(self) -> list[str]:
        """Carriers in column order, without totals of carriers."""
        return [item for item in self.table.physical.columns if item not in self.totals]

    @property
    def nodes(self) -> list[str]:
        """Rows of the balance that hold any number."""
        return list(self.table.physical.index)

    def printed_unit(self, item: str) -> str:
        """Return the unit a column is printed in."""
        unit = self.table.units.get(item, "")
        return PRINTED.get(unit, (1.0, unit))[1]

    @cached_property
    def _cells(self) -> dict[str, dict[tuple[str, str], float]]:
        """Amounts and tce by (node, item): a cell of a frame costs a search each time."""
        frames = {"amount": self.table.physical, "tce": self.table.tce}
        return {
            name: {
                (str(node), str(item)): float(value)
                for item, column in frame.to_dict().items()
                for node, value in column.items()
            }
            for name, frame in frames.items()
        }  # fmt: skip

    @cached_property
    def _net(self) -> dict[tuple[str, str], float]:
        """Columns of the net frame by (item, column)."""
        return {
            (str(item), str(column)): float(value)
            for column, values in self.table.net.to_dict().items()
            for item, value in values.items()
        }  # fmt: skip

    def _id(self, metric: str, node: str, item: str) -> str:
        flow, _, sector = node.partition("/")
        where = {"category": flow, "sector": sector, "item": item}
        return figure_id(metric, self.table.entity, self.table.period, **where)

    def physical(self, derived: Derived, node: str, item: str) -> str:
        """Record a cell in the printed unit; '' where the balance is blank."""
        rows = self.rows.get((node, item), ())
        if not rows:
            return ""
        scale, unit = PRINTED.get(self.table.units.get(item, ""), (1.0, self.table.units.get(item, "")))
        terms = [
            Term(words("输入", "input"), float(row["quantity"]), str(row["unit"]), f"row:{row['row_id']}")
            for row in rows
        ]
        value = self._cells["amount"][node, item] / scale
        evidence = _weakest(rows)
        return derived.put(
            self._id("balance_physical", node, item),
            value,
            unit,
            words("平衡表单元格", "cell of the balance"),
            terms,
            evidence=evidence,
        )

    def standard(self, derived: Derived, node: str, item: str) -> str:
        """Record a cell in 10^4 tce (calorific value); '' where the balance is blank or has no coefficient."""
        rows = self.rows.get((node, item), ())
        value = self._cells["tce"].get((node, item), nan)
        if not rows or isnan(value):
            return ""
        terms = [
            Term(words("实物量", "physical quantity"), float(row["quantity"]), str(row["unit"]), f"row:{row['row_id']}")
            for row in rows
        ]
        terms += [_coefficient(row) for row in rows[:1]]
        return derived.put(
            self._id("balance_tce", node, item),
            value / WAN,
            UNIT,
            words("实物量 x 折标系数（当量值）", "physical quantity x coefficient (calorific value)"),
            terms,
        )

    def standard_total(self, derived: Derived, node: str) -> str:
        """Record the sum of a row over all carriers, 10^4 tce; '' where nothing can be summed."""
        parts = [figure for item in self.items if (figure := self.standard(derived, node, item))]
        if not parts:
            return ""
        return derived.total(
            self._id("balance_tce", node, ""),
            parts,
            words("各品种之和（当量值）", "sum over carriers (calorific value)"),
            UNIT,
        )

    def part(self, derived: Derived, item: str, column: str, physical: bool) -> str:
        """Record final, loss, transform or net (final + loss - transform) of one carrier; '' where it has no number."""
        name = f"{column}_physical" if physical else column
        amount = self._net.get((item, name), nan)
        if isnan(amount):
            return ""
        own = self.table.units.get(item, "")
        scale, unit = PRINTED.get(own, (1.0, own)) if physical else (WAN, UNIT)
        value = amount / scale
        key = self._part_id(item, column, physical)
        where = {"account": ENERGY, "entity": self.table.entity, "period": self.table.period, "item": item}
        if column != "net":
            terms = [Term(column, value, unit, lines_query(**where, top=column))]
            return derived.put(key, value, unit, PART_NAMES[column], terms)
        parts = [self.part(derived, item, top, physical) for top in ("final", "loss", "transform")]
        return derived.put(key, value, unit, PART_NAMES["net"], [derived.term(one) for one in parts if one])

    def _part_id(self, item: str, column: str, physical: bool) -> str:
        metric = f"item_{column}" + ("" if physical else "_tce")
        return figure_id(metric, self.table.entity, self.table.period, item=item)


PART_NAMES = {
    "final": words("终端消费量", "final consumption"), "loss": words("损失量", "losses"), "transform": words("加工转换投入（－）产出（＋）净额", "transformation, input (-) and output (+), net"),
    "net": words("终端消费量 + 损失量 - 加工转换净额", "final consumption + losses - net transformation"),
}  # fmt: skip


def balances(results: Results, library: FactorLibrary) -> list[Balance]:
    """Return the balances of the inventory's entity for its years, from the run's activity and ledger."""
    inventory = results.workspace.inventory
    years = {str(year) for year in inventory.years}
    mine = (results.activity["entity"] == inventory.entity) & results.activity["period"].isin(sorted(years))
    activity = results.activity[mine & ~results.activity["flow"].isin(energy_run.NOT_BALANCE)]
    if activity.empty:
        return []
    book = Book.of(library)
    prepared = prepare(activity, book)
    lines = results.lines[results.lines["account"] == ENERGY]
    tables, _ = energy_run.tables(prepared, Account(ENERGY, lines), book)
    factor = dict(zip(lines["line_id"].str.rsplit("/", n=2).str[0], lines["factor_id"], strict=True))
    frame = prepared.frame.assign(factor_id=prepared.frame["row_id"].map(factor).fillna(""))
    return [Balance(table, _rows(frame, table), book.totals) for table in tables]


def _rows(frame: Any, table: EnergyTable) -> dict[tuple[str, str], list[Row]]:
    place = frame[(frame["entity"] == table.entity) & (frame["period"] == table.period)]
    columns = [
        "row_id", "flow", "sector", "item", "quantity", "unit", "canonical", "evidence", "tce_factor", "factor_id",
    ]  # fmt: skip
    out: dict[tuple[str, str], list[Row]] = {}
    for row in place[columns].to_dict("records"):
        node = f"{row['flow']}/{row['sector']}" if row["sector"] else str(row["flow"])
        out.setdefault((node, str(row["item"])), []).append(row)
    return out


def _weakest(rows: Sequence[Row]) -> str:
    return weakest(str(row["evidence"]) for row in rows)


def _coefficient(row: Row) -> Term:
    """Return the coefficient of a cell: the one of the standard-quantity table where given, else the factor."""
    if not isnan(float(row["tce_factor"])):
        return Term(
            words("折标系数（标准量表）", "local coefficient (standard over physical quantity)"),
            float(row["tce_factor"]),
            f"tce/{row['canonical']}",
        )
    return Term(
        words("折标系数", "standard-coal coefficient"),
        None,
        "tce",
        f"factor:{row['factor_id']}" if row["factor_id"] else "",
    )
