"""The energy table beside the published CO2 of the same sector and fuel (CEADs): one fuel has nearly one coefficient.

CO2 / net quantity of a sector and fuel is compared with the other sectors of that fuel. Net quantities follow the rule
of the series (accounting/methods/ceads.py): power takes its transformation inputs, five chemical sectors give up
non-energy use. For most fuels the published coefficient is one number; that of coal differs by oxidation, by 10 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pandas as pd

from ...accounting.methods import ceads
from ...accounting.problems import Problem
from ...accounting.wording import coded, placed, words
from ..audit_messages import MESSAGES
from ..codes import sectors
from ..readers.audit import label
from ..readers.audit_size import scales

LITERATURE, DEFINITION = "co2_literature", "ceads"
PLACE = ["entity", "period"]
CELL = [*PLACE, "sector", "item"]
EXACT, WIDE = 1e-4, 0.15
"""relative deviation that is remarked: for fuels with one coefficient, and for fuels oxidised differently by sector"""
ONE = 0.8
"""share of the sectors at the median within 1e-5 that makes it one coefficient"""
FEWEST = 3
"""sectors from which a median is taken"""
BLANK = 1e-9


def check(activity: pd.DataFrame, metrics: pd.DataFrame) -> list[Problem]:
    """Return the pairs of an energy table and a published CO2 table that do not fit."""
    published = metrics[(metrics["metric"] == LITERATURE) & (metrics["definition"] == DEFINITION)]
    published = published[(published["sector"] != "") & (published["item"] != "") & (published["category"] == "")]
    if published.empty or activity.empty:
        return []
    rows = _rows(activity)
    nets = ceads.net(rows, rows["leaf"], _chemical(), frozenset(published["item"])).rows
    return list(_compare(_joined(nets, published, rows), rows))


def _rows(activity: pd.DataFrame) -> pd.DataFrame:
    """Rows that may be added, in the base unit of their carrier."""
    factor = scales(activity)
    above = {sector.parent for sector in sectors().codes.values()}
    leaf = (activity["flow"] != "final") | ((activity["sector"] != "") & ~activity["sector"].isin(above))
    rows = activity.assign(amount=activity["quantity"] * factor, factor=factor, canonical="", leaf=leaf)
    return rows[rows["amount"].notna()].drop_duplicates([*CELL, "flow", "attributes"])


@cache
def _chemical() -> frozenset[str]:
    return frozenset(sector.id for sector in sectors().codes.values() if "chemical_5" in sector.groups)


def _joined(nets: pd.DataFrame, published: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """One row per sector and fuel: net quantity, CO2, own final quantity, coefficient and the fuel's median."""
    final = rows[rows["leaf"] & (rows["flow"] == "final")].drop_duplicates(CELL)
    both = published[[*CELL, "value", "source"]].drop_duplicates(CELL).rename(columns={"source": "co2_source"})
    both = both.merge(nets[[*CELL, "quantity"]], on=CELL, how="outer")
    both = both.merge(final[[*CELL, "flow", "amount", "source", "factor", "unit"]], on=CELL, how="left")
    both = both.assign(k=both["value"] / both["quantity"].where(both["quantity"] > 0))
    by = both.groupby([*PLACE, "item"])["k"]
    median = by.transform("median")
    same = ((both["k"] / median - 1).abs() < 1e-5).where(both["k"].notna())
    one = same.groupby([both[name] for name in (*PLACE, "item")]).transform("mean") >= ONE
    both = both.assign(median=median, many=by.transform("count"), limit=one.map({True: EXACT, False: WIDE}))
    return both[both["many"] >= FEWEST]


def _compare(both: pd.DataFrame, rows: pd.DataFrame) -> Iterator[Problem]:
    chemical = both["sector"].isin(_chemical()) & both["source"].notna()
    yield from _alone(both, chemical)
    used = rows[rows["flow"] == "non_energy"]
    five = both[chemical & (both["value"] > BLANK) & (both["amount"] > 0)]
    for (entity, period, item), own in five.groupby([*PLACE, "item"], sort=False):
        row = used[(used["entity"] == entity) & (used["period"] == period) & (used["item"] == item)]
        yield from _chemicals(own, row)
    plain = both[~chemical & both["k"].notna()]
    for _, pair in plain[(plain["k"] / plain["median"] - 1).abs() > plain["limit"]].iterrows():
        net = pair["value"] / pair["median"]
        yield _partner(pair, float(pair["quantity"]), net, rows)


def _partner(pair: pd.Series, found: float, fitting: float, rows: pd.DataFrame) -> Problem:
    """The problem at the row of the energy table that the sector's CO2 was computed from."""
    own = rows[(rows[CELL] == pair[CELL]).all(axis=1) & (rows["flow"] == "final")]
    if own.empty or pair["sector"] == ceads.POWER_SECTOR:
        inputs = rows[rows["flow"].isin(ceads.TRANSFORMED) & (rows["item"] == pair["item"])]
        inputs = inputs[(inputs[PLACE] == pair[PLACE]).all(axis=1)]
        own = pd.concat([inputs, own])
    return _problem(own, pair, found, fitting)


def _problem(own: pd.DataFrame, pair: pd.Series, found: float, fitting: float) -> Problem:
    row = own.iloc[0]
    factor = float(row["factor"])
    other = ", ".join([*own["source"].iloc[1:], pair["co2_source"]])
    shown, wanted = f"{found / factor:.6g} {row['unit']}", f"{fitting / factor:.6g} {row['unit']}"
    return MESSAGES.problem("CO2-PARTNER", row["source"], shown, wanted, label=label(row), other=other)


def _chemicals(own: pd.DataFrame, used: pd.DataFrame) -> Iterator[Problem]:
    """The five share one deduction: a sector that keeps another share than the rest is odd, or else the deduction is."""
    kept = own["value"] / own["median"] / own["amount"]
    share, limit = float(kept.median()), float(own["limit"].iloc[0])
    odd = own[(kept / share - 1).abs() > limit] if share else own.iloc[:0]
    for _, pair in odd.iterrows():
        rows = pd.DataFrame([pair])
        yield _problem(rows, pair, float(pair["amount"]), float(pair["value"] / pair["median"] / share))
    total, now = float(own["amount"].sum()), float(used["amount"].sum())
    if odd.empty and total and abs(share - max(1 - now / total, 0)) > limit * max(share, 0.01):
        yield _problem(pd.concat([used, own]), own.iloc[0], now, total * (1 - share))


def _alone(both: pd.DataFrame, chemical: pd.Series) -> Iterator[Problem]:
    """A quantity without its published CO2, or CO2 without its quantity, although most of the fuel's sectors have both."""
    # a chemical sector may have given up all its quantity as non-energy use: that is judged with the other four
    has_co2, has_net = both["value"].abs() > BLANK, (both["quantity"] > 0) | (chemical & (both["amount"] > 0))
    for _, row in both[has_co2 & ~has_net].iterrows():
        yield _single(row, row["co2_source"], row["value"], "10^4 t CO2", words("能源表", "energy table"))
    for _, row in both[(both["quantity"] > 0) & ~has_co2 & both["source"].notna()].iterrows():
        found = row["amount"] / row["factor"]
        yield _single(row, row["source"], found, row["unit"], words("公布的二氧化碳表", "published CO2 table"))


def _single(row: pd.Series, source: str, found: float, unit: str, other: str) -> Problem:
    name = placed(row["entity"], row["period"], coded("sector", row["sector"]), coded("carrier", row["item"]))
    return MESSAGES.problem("CO2-ALONE", source, f"{found:.10g}", other, label=name, unit=unit)
