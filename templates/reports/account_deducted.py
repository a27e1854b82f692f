"""能源消费总量的扣除: gross, net of feedstock, net of new renewables, controlled. Nothing is netted in silence."""

from __future__ import annotations

from typing import Literal

from ...accounting.new_renewables import BASE_YEAR
from ..figure import NOT_APPLICABLE, Text
from ..report import Cell, Column, Row, Table
from .account_text import INDICATOR, MOST_YEARS, UNIT_COLUMN, source, unit_text, year_head
from .lookup import Lookup

RULES = {
    "energy_total": Text("能源消费总量（等价值）E", "Energy consumption (coal equivalent value), E"),
    "energy_feedstock": Text("减：原料用能F（专项统计）", "less: feedstock use by its own survey, F"),
    "energy_net_of_feedstock": Text("扣除原料用能后 E-F", "Net of feedstock, E - F"),
    "energy_new_renewables": Text("减：新增可再生能源电力消费（比2020年）", "less: renewable electricity beyond 2020"),
    "energy_net_of_renewables": Text("扣除原料用能和新增可再生能源后", "Net of feedstock and new renewables"),
    "non_fossil_energy": Text("减：非化石能源消费量N", "less: non-fossil energy, N"),
    "energy_controlled": Text("扣除原料用能和非化石能源后 E-F-N", "Net of feedstock and non-fossil energy, E - F - N"),
}
SINCE = ("energy_new_renewables", "energy_net_of_renewables")
"""rows of a rule that looks at what was added since a year"""
BASIS = {"energy_total": "equivalent", "non_fossil_energy": "equivalent"}


def deducted(look: Lookup) -> Table:
    """Return what assessments deduct from the gross total, each with its own row."""
    columns = (INDICATOR, UNIT_COLUMN, *(Column(year_head(year)) for year in look.years[-MOST_YEARS:]))
    rows = [_row(look, metric) for metric in RULES]
    return Table(
        "energy-deducted", Text("能源消费总量及考核扣除项", "Energy consumption and what assessments deduct"), columns,
        tuple(rows), source=source(look), notes=(NOTE,),
    )  # fmt: skip


def is_deducted(look: Lookup) -> bool:
    """Tell whether any deduction is known in the years of the account: else the table stands in the annex."""
    keys = (
        look.find(metric, year, **_where(metric)) for metric in RULES if metric != "energy_total" for year in look.years
    )
    return any(look.has(key) for key in keys)


NOTE = Text(
    "扣除项只在考核时使用，本报告其余各表均为未扣除的总量。原料用能来自专项统计，不由平衡表“#用作原料、材料”推算；新增可再生能源电力只从总量中扣除，2020年及以前不适用（—）；非化石能源不纳入总量和强度为2024年起的规定。",
    "Deductions serve assessments only; all other tables are gross. Feedstock use comes from its own survey and is never read from the balance row of non-energy use. New renewable electricity is deducted from the total only and does not apply (—) up to 2020; non-fossil energy is left out of total and intensity since the rule of 2024.",
)


def _row(look: Lookup, metric: str) -> Row:
    where = _where(metric)
    cells: list[Cell] = [
        NOT_APPLICABLE if metric in SINCE and int(year) <= BASE_YEAR else look.metric(metric, year, where)
        for year in look.years[-MOST_YEARS:]
    ]
    kind: Literal["", "total"] = "" if RULES[metric].zh.startswith("减") else "total"
    return Row((RULES[metric], unit_text(look.unit_of(metric)), *cells), kind)


def _where(metric: str) -> dict[str, str]:
    return {"basis": BASIS[metric]} if metric in BASIS else {}
