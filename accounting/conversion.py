"""Efficiency of energy transformation (能源加工转换效率) and closure of the balance."""

from __future__ import annotations

import pandas as pd

from .balance import PLACE, PRINTED, leaves, with_top
from .energy import UNIT, WAN
from .energy_table import EnergyTable
from .metrics import MetricBook
from .steps import Term, lines_query
from .tables import RESIDUALS
from .wording import coded, words

PROCESSES = (
    "tr_power", "tr_heat", "tr_wash", "tr_coking", "tr_refining", "tr_gasworks", "tr_lng", "tr_briquette",
)  # fmt: skip


def efficiencies(table: EnergyTable, book: MetricBook) -> None:
    """Record output / input in tce of every transformation process that the balance prints.

    Heat and power of one plant stand in two rows as the balance splits them (NBS 能源加工转换效率).
    """
    where = {"entity": table.entity, "period": table.period}
    columns = [item for item in table.tce.columns if item in table.net.index]
    for flow in PROCESSES:
        name = coded("flow", flow)
        if flow not in table.tce.index:
            continue
        cells = [table.cell(flow, item) for item in columns]
        given, made = -sum(cell for cell in cells if cell < 0), sum(cell for cell in cells if cell > 0)
        if flow == "tr_gasworks":
            given -= table.row_sum("tr_coke_input", columns)
        if given <= 0 or made <= 0:
            continue
        query = lines_query(**where, flow=flow, account="energy")
        book.add(
            "conversion_efficiency", 100 * made / given, "%", **where, category=flow,
            equation=words("产出标准煤 / 投入标准煤 x 100", "output in coal equivalent / input in coal equivalent x 100"),
            terms=[Term(words(f"{name}产出", f"output of {name}"), made / WAN, UNIT, query), Term(words(f"{name}投入", f"input to {name}"), given / WAN, UNIT, query)],
            rule=words("NBS 能源加工转换效率", "NBS efficiency of energy transformation"),
        )  # fmt: skip


TOLERANCE = 0.05
"""in the units of PRINTED: the tables are printed to 2 decimals"""


def residuals(frame: pd.DataFrame, parents: dict[str, str]) -> pd.DataFrame:
    """Return tables.RESIDUALS: main closure and the three sub-sums, per entity, period and item, in the units of PRINTED.

    Rule (NBS balance): 一 + 二 - 三 - 四 - 五 = 0; the items of supply, transformation and final consumption add up to
    their headers. `frame` is activity with `amount` in canonical units. Sub-sums are checked only where both sides are given.
    """
    frame = _in_printed_units(with_top(frame, parents))
    wide = _headers(frame)
    out = [_closure(wide)]
    leaf = leaves(frame, parents, ())
    for header in ("supply", "transform", "final"):
        below = frame[leaf & (frame["top"] == header) & ((frame["flow"] != header) | (frame["sector"] != ""))]
        parts = below.groupby(["entity", "period", "item"])["quantity"].sum()
        out.append(_sub_sum(wide, header, parts))
    units = frame.drop_duplicates(["entity", "period", "item"]).set_index(["entity", "period", "item"])["unit"]
    table = pd.concat(out)
    table = table.join(units, on=["entity", "period", "item"])
    return RESIDUALS.conform(table.reset_index(drop=True))


def _in_printed_units(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of one item may be entered in t and in 10^4 t: each is taken in the one unit balances print."""
    pairs = frame["canonical"].map(lambda unit: PRINTED.get(unit, (1.0, unit)))
    size = pd.Series([scale for scale, _ in pairs], index=frame.index, dtype="float64")
    # a row in that very unit stays the number it is
    quantity = frame["quantity"].where(frame["scale"] == size, frame["amount"] / size)
    return frame.assign(quantity=quantity, unit=[unit for _, unit in pairs])


def _headers(frame: pd.DataFrame) -> pd.DataFrame:
    heads = frame[(frame["sector"] == "") & frame["flow"].isin(["supply", "transform", "loss", "final", "stat_diff"])]
    wide = heads.pivot_table(index=["entity", "period", "item"], columns="flow", values="quantity", aggfunc="sum")
    return wide.reindex(columns=["supply", "transform", "loss", "final", "stat_diff"])


def _closure(wide: pd.DataFrame) -> pd.DataFrame:
    printed = wide["supply"].notna() | wide["stat_diff"].notna()
    # a balance that prints supply for one carrier means 0 where it is blank for another
    full = wide[_anywhere(printed)].fillna(0)
    value = full["supply"] + full["transform"] - full["loss"] - full["final"] - full["stat_diff"]
    size = full["supply"].abs().where(full["supply"] != 0)
    return _rows(
        value, value.abs() / size, "closure", words("一 + 二 - 三 - 四 - 五 = 0", "blocks 1 + 2 - 3 - 4 - 5 = 0")
    )


def _sub_sum(wide: pd.DataFrame, header: str, parts: pd.Series) -> pd.DataFrame:
    heads = wide[header].dropna().to_frame("head").join(parts.rename("parts"), how="left")
    # a header whose rows are all blank is checked against 0 where the balance prints rows for other carriers
    both = heads[_anywhere(heads["parts"].notna())].fillna(0)
    value = both["head"] - both["parts"]
    return _rows(
        value,
        value.abs() / both["head"].abs().where(both["head"] != 0),
        f"{header}_sum",
        words("分项之和 = 合计行", "parts add up to the total row"),
    )


def _anywhere(mask: pd.Series) -> pd.Series:
    """Return True for every carrier of a place and period in which the mask is True for any carrier."""
    return mask.groupby([mask.index.get_level_values(name) for name in PLACE]).transform("any")


def _rows(value: pd.Series, relative: pd.Series, check: str, rule: str) -> pd.DataFrame:
    return pd.DataFrame({"residual": value, "relative": relative, "check": check, "rule": rule}).reset_index()
