"""煤炭消费（分品种、分用途）: the bureaux' coal table from the balance, or as a bureau entered it."""

from __future__ import annotations

from ...inventories.derived_coal import COKE, WHOLE, Cells, CoalTable, coal_table
from ..figure import Text
from ..report import Column, Paragraph, Row, Table, para, row
from .account_text import cell, source
from .lookup import Lookup

USES = {
    "industry": Text("工业终端", "Final use of industry"),
    "non_energy": Text("#用作原料、材料", "of which feedstock"),
    "other_use": Text("其他用途", "Other uses"),
    "other_sectors": Text("其他行业和居民终端", "Final use of other sectors and households"),
    "final": Text("终端消费（来源未分行业）", "Final consumption (no sectors in the source)"),
    "loss": Text("损失量", "Loss"),
}
COAL = Text("煤合计", "Coal")
ABOVE = "above_size"
ABOVE_SIZE = Text("规模以上工业煤合计（另行报送）", "Coal of industry above designated size (reported apart)")
FORM = (
    "tr_power",
    "tr_heat",
    "tr_wash",
    "tr_coking",
    "tr_refining",
    "tr_gasworks",
    "industry",
    "non_energy",
    "other_use",
)
"""uses of the form 煤炭消费摸底表, in its order"""


def coal(look: Lookup, year: str) -> Table:
    """Return annex table 8: from the balance where the year has one, else what a bureau entered."""
    balance = look.balances.get(year)
    if balance is None:
        return _entered(look, year)
    return _table(look, year, coal_table(look.derived, balance, look.order(balance.items)))


OTHER = "other_kinds"
"""the bureaux' fourth kind: what is neither raw nor cleaned coal"""
OTHER_KINDS = Text("其他", "Other kinds")


def _title(year: str) -> Text:
    return Text(f"{year}年煤炭消费量（分品种、分用途）", f"Coal consumption by kind and use {year}")


def _table(look: Lookup, year: str, found: CoalTable) -> Table:
    above = bool(look.having("coal_by_use", year, definition=ABOVE))
    kinds = [*found.kinds, WHOLE, COKE, *([ABOVE] if above else [])]
    columns = (
        Column(Text("用途", "Use"), width=2.2), *(Column(look.item(kind)) for kind in found.kinds),
        Column(COAL, width=1.1), Column(look.item(COKE)), *([Column(ABOVE_SIZE, width=1.3)] if above else []),
    )  # fmt: skip

    def line(use: str, cells: Cells, indent: int = 0) -> Row:
        entered = _use(look, year, use, ABOVE)
        return _row(look, use_name(look, use), {**cells, ABOVE: entered}, kinds, indent=indent)

    rows: list[Row] = []
    for use, cells in found.uses.items():
        rows.append(line(use, cells))
        rows += [line(part, own, 1) for part, own in found.parts.get(use, {}).items()]
    if rows:
        whole = {**found.net, ABOVE: _kind(look, year, "", ABOVE)}
        rows += [
            _row(look, Text("合计（各用途之和）", "Total of the uses"), found.summed, kinds, total=True),
            _row(look, Text("净消费量（平衡表）", "Net consumption of the balance"), whole, kinds, total=True),
            _row(look, Text("核对：相差", "Check: difference"), found.gap, kinds),
        ]
    return Table(
        f"coal-{year}", _title(year), columns, tuple(rows), unit="万t", source=source(look), notes=(_sums(look, found), NOTE),
    )  # fmt: skip


NOTE = Text(
    "全社会口径；加工转换为投入减产出，负数为净产出。煤合计不含焦炭。“#用作原料、材料”已含在工业终端内，取自平衡表，不是考核扣除的原料用能。",
    "Whole society; transformation is input less output, a negative number is net output. Coal is without coke. Feedstock is part of industry and is the row of the balance, not the feedstock use that assessments deduct.",
)


def _row(look: Lookup, name: Text, cells: Cells, kinds: list[str], *, total: bool = False, indent: int = 0) -> Row:
    found = (cell(look, cells.get(kind, ""), 2) for kind in kinds)
    return row(name, *found, kind="total" if total else "", indent=indent)


def _sums(look: Lookup, found: CoalTable) -> Paragraph | Text:
    """Print the identity 煤合计 = Σ品种 = Σ用途 with its numbers."""
    if WHOLE not in found.net or WHOLE not in found.summed:
        return Text("来源没有煤合计，未作核对。", "No total of coal; not checked.")
    return para(
        zh="核对：煤合计（净消费量）{a:n} = 各品种之和{b:n} = 各用途之和{c:n}。",
        en="Check: coal (net consumption) {a:n} = sum of kinds {b:n} = sum of uses {c:n}.",
        a=look.figure(found.net[WHOLE], decimals=2), b=look.figure(found.by_kind, decimals=2),
        c=look.figure(found.summed[WHOLE], decimals=2),
    )  # fmt: skip


def use_name(look: Lookup, use: str) -> Text:
    """Return the name of a use of the form, or of a row of the balance."""
    return USES.get(use, look.flow(use))


# entered by a bureau ------------------------------------------------------------------------------------------------


def _entered(look: Lookup, year: str) -> Table:
    """Return the uses and kinds of a coal table as entered, whole society beside industry above designated size."""
    scopes = {"": Text("全社会", "Whole society"), ABOVE: Text("规模以上工业", "Above designated size")}
    columns = (Column(Text("用途、品种", "Use or kind"), width=2), *(Column(name) for name in scopes.values()))
    lines = [(use_name(look, use), {scope: _use(look, year, use, scope) for scope in scopes}) for use in FORM]
    if not any(key for _, keys in lines for key in keys.values()):
        lines = []
    else:
        for kind in ("raw_coal", "cleaned_coal", OTHER, ""):
            name = COAL if not kind else OTHER_KINDS if kind == OTHER else look.item(kind)
            lines.append((name, {scope: _kind(look, year, kind, scope) for scope in scopes}))
        coke = {scope: look.find("coke_consumption", year, definition=scope) for scope in scopes}
        lines.append((look.item(COKE), coke))
    rows = [row(name, *(cell(look, key, 2) for key in keys.values())) for name, keys in lines if any(keys.values())]
    return Table(f"coal-{year}", _title(year), columns, tuple(rows), unit="万t", source=source(look))


def _use(look: Lookup, year: str, use: str, scope: str) -> str:
    return look.find("coal_by_use", year, category=use, definition=scope)


def _kind(look: Lookup, year: str, kind: str, scope: str) -> str:
    metric = "coal_consumption_above_size" if scope else "coal_consumption"
    if kind == OTHER:
        return look.find(metric, year, category=OTHER, definition=scope)
    return look.find(metric, year, item=kind, definition=scope) if kind else look.find(metric, year, definition=scope)
