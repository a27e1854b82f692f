"""An energy balance as a tidy frame: which rows are leaves, and what is consumed on balance.

Sign convention of NBS tables: inputs to transformation, outflow, export and closing stock are negative. Rows of
a balance form trees (supply > production > hydro; final > industry > C31): whoever sums uses leaves, closure uses
the headers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

PLACE = ["entity", "period"]
INCLUDED_IN_FINAL = "included_in=final"
"""attribute of a loss row that the source has counted in final consumption already (CEADs inventory)"""
PRINTED = {
    "t": (1e4, "10^4 t"), "m3": (1e8, "10^8 m3"), "Nm3": (1e8, "10^8 m3"), "kWh": (1e8, "10^8 kWh"),
    "GJ": (1e4, "10^10 kJ"), "tce": (1e4, "10^4 tce"),
}  # fmt: skip
"""canonical unit -> how many make the unit a balance is printed in, and that unit"""


def inside_final(attributes: pd.Series) -> pd.Series:
    """Return a mask of the rows that final consumption holds already and that are not added again."""
    return attributes.str.contains(INCLUDED_IN_FINAL, regex=False)


def node(frame: pd.DataFrame) -> pd.Series:
    """Return the node name of each row: `flow`, or `flow/sector` where a sector is given."""
    return frame["flow"].where(frame["sector"] == "", frame["flow"] + "/" + frame["sector"])


def leaves(frame: pd.DataFrame, parents: Mapping[str, str], total_items: Collection[str]) -> pd.Series:
    """Return a mask of the rows that may be added up.

    `parents` maps a node to its parent node. A row is a subtotal where its entity and period also hold a child of
    it for the same item (a balance may split industry for coal and not for heat), or where its item is a total of
    items (煤合计).
    """
    names = node(frame)
    here = frame[[*PLACE, "item"]].assign(node=names)
    split = here.assign(node=names.map(parents).fillna("")).query("node != ''").drop_duplicates()
    # an ancestor is a subtotal too when only its grandchild is given
    chain = [split]
    while not split.empty:
        split = split.assign(node=split["node"].map(parents).fillna("")).query("node != ''").drop_duplicates()
        chain.append(split)
    subtotals = pd.MultiIndex.from_frame(pd.concat(chain).drop_duplicates())
    rows = pd.MultiIndex.from_frame(here)
    return ~pd.Series(rows.isin(subtotals), index=frame.index) & ~frame["item"].isin(list(total_items))


def header_or_sum(frame: pd.DataFrame, flow: str, column: str, leaf: pd.Series) -> pd.Series:
    """Return `column` of a flow by entity, period and item: the printed header row where given, else the leaves.

    Children of a flow are named `flow/...` or by flows whose parent it is; the caller passes `leaf` from `leaves`
    and adds a column `top` naming the header each row belongs to (see `with_top`).
    """
    own = frame[(frame["flow"] == flow) & (frame["sector"] == "")]
    printed = own.groupby([*PLACE, "item"])[column].sum()
    below = frame[leaf & (frame["top"] == flow)].groupby([*PLACE, "item"])[column].sum()
    return printed.combine_first(below)


def with_top(frame: pd.DataFrame, parents: Mapping[str, str]) -> pd.DataFrame:
    """Return the frame with a column `top`: the header flow (supply, transform, loss, final) a row belongs to."""
    names = node(frame)
    tops = {name: _top(name, parents) for name in names.unique()}
    return frame.assign(top=names.map(tops))


def _top(name: str, parents: Mapping[str, str]) -> str:
    while parents.get(name):
        name = parents[name]
    return name


def net_consumption(
    frame: pd.DataFrame, column: str, parents: Mapping[str, str], total_items: Collection[str]
) -> pd.DataFrame:
    """Return what is consumed on balance by entity, period and item: final + loss - transformation(net).

    Equation: 能源消费总量 = 终端消费 + 损失 - 加工转换投入产出净额 (NBS balance, block 四 + 三 - 二). A loss row
    whose attributes say INCLUDED_IN_FINAL is not added again. Columns: final, loss, transform,
    net, in the unit of `column`.
    """
    top = with_top(frame, parents)
    leaf = leaves(top, parents, total_items)
    counted = top[~inside_final(top["attributes"])]
    parts = {
        "final": header_or_sum(counted, "final", column, leaf.loc[counted.index]),
        "loss": header_or_sum(counted, "loss", column, leaf.loc[counted.index]),
        "transform": header_or_sum(counted, "transform", column, leaf.loc[counted.index]),
    }
    table = pd.DataFrame(parts).fillna(0)
    table = table[~table.index.get_level_values("item").isin(list(total_items))]
    table["net"] = table["final"] + table["loss"] - table["transform"]
    return table.reset_index()
