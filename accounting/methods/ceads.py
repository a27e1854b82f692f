"""The provincial CO2 inventory of the research series (CEADs sectoral approach): net quantities, then factors.

Rule, read off the published tables (Guan et al. 2021; Shan et al. 2018, 2020)::

    net = final consumption
    net = final + input to thermal power + input to heating        power and heat sector
    net = final x (1 - non-energy use / final of the five)         chemical sectors (26-29), share not below 0
    other petroleum products count only in thermal power and heating
    a negative net counts as 0

The rule counts recovered gases although their carbon came in with coke: that double count is reproduced, reported, and
inherited by no other standard.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..keying import KEY

POWER_SECTOR = "D44"
NET = "net"
TRANSFORMED = ("tr_power", "tr_heat")


@dataclass(frozen=True)
class NetActivity:
    """`rows`: one net quantity per entity, period, sector and item (columns of activity used by the kernel);
    `line_inputs`: row_id (of the net row), source_row, role."""

    rows: pd.DataFrame
    line_inputs: pd.DataFrame


def net(activity: pd.DataFrame, leaf: pd.Series, chemical: frozenset[str], fuels: frozenset[str]) -> NetActivity:
    """Return the net activity of final sectors. `leaf` marks rows that are not subtotals.

    `activity` carries quantities in canonical units in `amount`; transformation inputs are negative as in the balance.
    """
    usable = activity[leaf & activity["item"].isin(list(fuels))]
    parts = pd.concat([_final(usable), _power(usable), _deduction(usable, chemical)], ignore_index=True)
    place = ["entity", "period", "sector", "item"]
    summed = parts.groupby(place, sort=True)["amount"].sum().clip(lower=0).reset_index()
    other_oil = (summed["item"] == "other_petroleum") & (summed["sector"] != POWER_SECTOR)
    summed = summed[(summed["amount"] > 0) & ~other_oil]
    where = ["entity", "period", "item"]
    units = usable.drop_duplicates(where)[[*where, "canonical"]].rename(columns={"canonical": "unit"})
    rows = summed.merge(units, on=where, how="left").assign(
        flow=NET, attributes="", quantity=summed["amount"].to_numpy()
    )
    ids = "net:" + rows["entity"] + "/" + rows["period"] + "/" + rows["sector"] + "/" + rows["item"]
    rows = rows.assign(row_id=ids, ncv=float("nan"), carbon_content=float("nan"), oxidation=float("nan"))
    rows = rows.assign(tce_factor=float("nan"))[
        ["row_id", *KEY, "quantity", "ncv", "carbon_content", "oxidation", "tce_factor"]
    ]
    return NetActivity(rows.reset_index(drop=True), _inputs(parts, rows))


def _final(usable: pd.DataFrame) -> pd.DataFrame:
    final = usable[(usable["flow"] == "final") & (usable["sector"] != "")]
    own_oil = (final["item"] == "other_petroleum") & (final["sector"] == POWER_SECTOR)
    return final[~own_oil].assign(role="final")


def _power(usable: pd.DataFrame) -> pd.DataFrame:
    inputs = usable[usable["flow"].isin(TRANSFORMED)]
    return inputs.assign(sector=POWER_SECTOR, amount=-inputs["amount"], role="transformation_input")


def _deduction(usable: pd.DataFrame, chemical: frozenset[str]) -> pd.DataFrame:
    """Non-energy use, spread over the five chemical sectors in proportion to their final consumption."""
    place = ["entity", "period", "item"]
    used = usable[usable["flow"] == "non_energy"].groupby(place)["amount"].sum().rename("used")
    five = usable[(usable["flow"] == "final") & usable["sector"].isin(list(chemical))]
    total = five.groupby(place)["amount"].transform("sum")
    joined = five.join(used, on=place)
    share = (joined["used"].fillna(0) / total.where(total > 0)).clip(upper=1).fillna(0)
    return five.assign(amount=-five["amount"] * share, role="non_energy")


def _inputs(parts: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    ids = "net:" + parts["entity"] + "/" + parts["period"] + "/" + parts["sector"] + "/" + parts["item"]
    links = pd.DataFrame({"row_id": ids, "source_row": parts["row_id"], "role": parts["role"]})
    return links[links["row_id"].isin(rows["row_id"])].drop_duplicates(ignore_index=True)
