"""Audit of the enterprise forms 205-1 and 205-2: the errors (E), each at its cell. Queries: enterprise_queries.py.

The rules are those of the statistics ledger: consumption is the sum of its two uses, a carrier is the sum of its kinds,
the total is the sum of the carriers, stocks are carried over, year-to-date figures do not fall.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ...accounting import enterprise
from ...accounting.problems import Problem, Where
from ...accounting.wording import joined, words
from ..codes import carriers, flows, unit_of
from ..enterprise_messages import MESSAGES

TOLERANCE = 1e-3
"""relative: forms are filled to two decimals"""
PLACE = ["entity", "period", "item"]
SERIES = ["entity", "year", "item", "flow", "attributes"]
NOT_NEGATIVE = ("stock", "sold", "transformation_input", "transformation_output", "recovered")
"""flows beside those whose sign every layout checks"""
WITHOUT_STOCK = ("electricity", "heat")
WHOLE, INPUT = "consumption", "transformation_input"
PARTS = ("feedstock_use", "transport_use", "production_use", "other_use")
"""columns that cannot exceed consumption"""


def check(frame: pd.DataFrame, kinds: Mapping[str, str]) -> list[Problem]:
    """Return the errors. `frame` is everything that was read, with `year`, `amount` and `cumulative`."""
    return [
        *_uses(frame), *_exceeding(frame), *_inputs(frame), *_negative(frame), *_kinds(frame, kinds),
        *_opening(frame), *_carried(frame), *_falls(frame), *_overlap(frame), *_stock(frame), *_twice(frame, kinds),
    ]  # fmt: skip


def _twice(frame: pd.DataFrame, kinds: Mapping[str, str]) -> Iterator[Problem]:
    """The use of one carrier in two tables: 消费量合计 of one (it has no other column) and production use of another."""
    used = frame.assign(role=enterprise.roles(frame), carrier=frame["item"].map(kinds).fillna(frame["item"]))
    used = used[used["role"] == "production_use"]
    for (_, year, _), rows in used.groupby(["entity", "year", "carrier"], sort=True):
        if rows["flow"].nunique() > 1:
            first, other = (rows[rows["flow"] == flow] for flow in ("consumption", "production_use"))
            yield MESSAGES.problem("EF-TWICE", at(other), f"{name(str(other['item'].iloc[0]))} {year}", str(at(first)))


def at(rows: pd.DataFrame) -> Where:
    """Return the address of the first of some rows."""
    return Where.parse(str(rows["source"].iloc[0])) if len(rows) else Where()


def cell(frame: pd.DataFrame, place: Mapping[str, object]) -> Where:
    """Return the address of the first row that has these values."""
    mask = pd.Series(True, index=frame.index)
    for name, value in place.items():
        mask &= frame[name] == value
    return at(frame[mask])


def name(item: str, flow: str = "") -> str:
    """Return carrier and column as the form prints them."""
    known = carriers().codes.get(item)
    return joined(words(known.zh, known.en) if known else item, flow_name(flow))


def shown(value: float, item: str) -> str:
    """Return an amount with the unit it is in."""
    return f"{value:.10g} {unit_of(item)}".rstrip()


def flow_name(flow: str) -> str:
    """Return a column as the form prints it."""
    known = flows().codes.get(flow)
    return words(known.zh, known.en) if known else flow


def with_last_year(values: pd.Series) -> pd.DataFrame:
    """Return values (by year among other levels) as columns with `own` and `before`, the same of the year before."""
    on = [str(level) for level in values.index.names]
    own = values.rename("own").reset_index()
    last = own.assign(year=(own["year"].astype(int) + 1).astype("str")).rename(columns={"own": "before"})
    return own.merge(last, on=on)


def wide(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return amounts of some flows by place, a column a flow; NaN where a cell is blank."""
    rows = frame[frame["flow"].isin(names)]
    table = rows.pivot_table(index=PLACE, columns="flow", values="amount", aggfunc="sum")
    return table.reindex(columns=names).reset_index()


def place_of(row: Mapping[Hashable, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return some columns of a record."""
    return {column: row[column] for column in names}


def _uses(frame: pd.DataFrame) -> Iterator[Problem]:
    """Rule 1: 消费合计 = 工业生产 + 非工业生产, in tables that print the uses."""
    table = frame["row_id"].str.rsplit("/", n=1).str[0]
    split = frame["flow"].isin(["production_use", "other_use"]).groupby(table).transform("any")
    uses = wide(frame[split], ["consumption", "production_use", "other_use"])
    uses["parts"] = uses[["production_use", "other_use"]].sum(axis=1)
    bad = (uses["consumption"] - uses["parts"]).abs() > TOLERANCE * uses["consumption"].abs()
    for row in uses[bad].to_dict("records"):
        where = cell(frame, {**place_of(row, PLACE), "flow": "consumption"})
        found = f"{name(row['item'], WHOLE)} {shown(row[WHOLE], row['item'])}"
        yield MESSAGES.problem("EF-PARTS", where, found, shown(row["parts"], row["item"]))


def _exceeding(frame: pd.DataFrame) -> Iterator[Problem]:
    """Rule 1: no part exceeds the total."""
    table = wide(frame, [*PARTS, WHOLE])
    for part in PARTS:
        for row in table[table[part] > table[WHOLE] * (1 + TOLERANCE)].to_dict("records"):
            where = cell(frame, {**place_of(row, PLACE), "flow": part})
            most = f"{name(row['item'], WHOLE)} {shown(row[WHOLE], row['item'])}"
            yield MESSAGES.problem("EF-OVER", where, f"{name(row['item'], part)} {shown(row[part], row['item'])}", most)


def _inputs(frame: pd.DataFrame) -> Iterator[Problem]:
    """Rule 9: input to transformation lies inside production use. The column 合计, else the sum of the processes."""
    rows = frame[frame["flow"] == INPUT]
    process = rows["attributes"].str.contains("process=", regex=False)
    sums = rows[~process].groupby(PLACE)["amount"].sum().combine_first(rows[process].groupby(PLACE)["amount"].sum())
    both = sums.rename("sum").reset_index().merge(wide(frame, ["production_use"]), on=PLACE)
    for row in both[both["sum"] > both["production_use"] * (1 + TOLERANCE)].to_dict("records"):
        most = f"{name(row['item'], 'production_use')} {shown(row['production_use'], row['item'])}"
        found = f"{name(row['item'], INPUT)} {shown(row['sum'], row['item'])}"
        yield MESSAGES.problem("EF-OVER", cell(rows, place_of(row, PLACE)), found, most)


def _negative(frame: pd.DataFrame) -> Iterator[Problem]:
    bad = frame[frame["flow"].isin(NOT_NEGATIVE) & (frame["amount"] < 0)]
    for item, flow, value, source in zip(bad["item"], bad["flow"], bad["amount"], bad["source"], strict=True):
        yield MESSAGES.problem("EF-NEGATIVE", Where.parse(str(source)), f"{name(item, flow)} {shown(value, item)}")


def _kinds(frame: pd.DataFrame, kinds: Mapping[str, str]) -> Iterator[Problem]:
    """Rule 2: 原煤 = 无烟煤 + 炼焦烟煤 + 一般烟煤 + 褐煤, in every column and period that gives both."""
    on = ["entity", "period", "flow", "attributes", "item"]
    kind = frame.assign(item=frame["item"].map(kinds)).dropna(subset=["item"])
    below = kind.groupby(on)["amount"].sum().rename("below").reset_index()
    both = frame.drop_duplicates(on).merge(below, on=on)
    for row in both[(both["amount"] - both["below"]).abs() > TOLERANCE * both["amount"].abs()].to_dict("records"):
        found = f"{name(row['item'], row['flow'])} {shown(row['amount'], row['item'])}"
        yield MESSAGES.problem("EF-KINDS", Where.parse(str(row["source"])), found, shown(row["below"], row["item"]))


def _opening(frame: pd.DataFrame) -> Iterator[Problem]:
    """Rule 4: the stock of 1 January is the same in every form of the year."""
    for (_, _, item), part in _stocks(frame, "opening").groupby(["entity", "year", "item"], sort=True):
        values = part["amount"].unique()
        if len(values) > 1:
            last = part.sort_values("period").iloc[[-1]]
            yield MESSAGES.problem(
                "EF-OPENING", at(last), name(str(item)), " → ".join(shown(value, str(item)) for value in values)
            )


def _carried(frame: pd.DataFrame) -> Iterator[Problem]:
    """Rule 4: it is the closing stock of last December (or of last year's form)."""
    closing = _stocks(frame, "closing")
    closing = closing[(closing["period"] == closing["year"]) | closing["period"].str.endswith("-12")]
    on = ["entity", "year", "item"]
    before = closing.groupby(on)["amount"].last().rename("before").reset_index()
    before["year"] = (before["year"].astype(int) + 1).astype("str")
    both = _stocks(frame, "opening").drop_duplicates(on).merge(before, on=on)
    bad = both[(both["amount"] - both["before"]).abs() > TOLERANCE * both["before"].abs()]
    for row in bad.to_dict("records"):
        where = Where.parse(str(row["source"]))
        yield MESSAGES.problem(
            "EF-CARRIED",
            where,
            f"{name(row['item'])} {shown(row['amount'], row['item'])}",
            shown(row["before"], row["item"]),
        )


def _stocks(frame: pd.DataFrame, when: str) -> pd.DataFrame:
    return frame[(frame["flow"] == "stock") & frame["attributes"].str.contains(f"at={when}", regex=False)]


def _falls(frame: pd.DataFrame) -> Iterator[Problem]:
    """Rule 6: year-to-date figures, month after month, whatever table each month stands in."""
    months = frame[(frame["period"].str.len() > len("2023")) & (frame["flow"] != "stock") & frame["cumulative"]]
    order = months.sort_values("period", kind="stable")
    before = order.groupby(SERIES)["amount"].shift()
    bad = order[order["amount"] < before * (1 - TOLERANCE)]
    for row, last in zip(bad.to_dict("records"), before[bad.index], strict=True):
        what = f"{row['period']} {name(row['item'], row['flow'])} {shown(row['amount'], row['item'])}"
        yield MESSAGES.problem("EF-FALLS", Where.parse(str(row["source"])), what, shown(last, row["item"]))


def _overlap(frame: pd.DataFrame) -> Iterator[Problem]:
    """Months beside quarters or half-years of the same carrier and column."""
    parts = frame[(frame["period"].str.len() > len("2023")) & ~frame["cumulative"] & (frame["flow"] != "stock")]
    span = parts["period"].str.extract(r"-([HQ])", expand=False).fillna("month")
    for (_, year, item, flow, _), own in parts.assign(span=span).groupby(SERIES, sort=False):
        if own["span"].nunique() > 1:
            yield MESSAGES.problem(
                "EF-OVERLAP", at(own.drop_duplicates("span").iloc[[1]]), f"{year} {name(str(item), str(flow))}"
            )


def _stock(frame: pd.DataFrame) -> Iterator[Problem]:
    """Rule 8: electricity and heat are not stored."""
    rows = frame[(frame["flow"] == "stock") & frame["item"].isin(WITHOUT_STOCK) & (frame["amount"] != 0)]
    for item, source in zip(rows["item"], rows["source"], strict=True):
        yield MESSAGES.problem("EF-STOCK", Where.parse(str(source)), name(str(item)))


def totals(rows: pd.DataFrame, frame: pd.DataFrame) -> Iterator[Problem]:
    """Rule 3: 能源合计 (tce) is the sum over carriers, of the rows that are counted; `rows` carry `grams`."""
    uses = ["consumption", "production_use"]
    printed = frame[(frame["item"] == "energy_total") & frame["flow"].isin(uses)]
    sums = rows.groupby(["entity", "period", "flow"])["grams"].sum() / 1e6
    periods = set(rows["period"])
    for row in printed[printed["period"].isin(periods)].to_dict("records"):
        ours = float(sums.get((row["entity"], row["period"], row["flow"]), 0.0))
        if abs(row["amount"] - ours) > TOLERANCE * abs(row["amount"]):
            what = f"{name('energy_total', row['flow'])} {row['amount']:g}"
            yield MESSAGES.problem("EF-TOTAL", Where.parse(str(row["source"])), what, f"{ours:g}")
