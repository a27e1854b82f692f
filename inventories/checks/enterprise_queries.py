"""Audit of the enterprise forms 205-1 and 205-2: the queries (Q), answered by an explanation, not by a correction.

Reference coefficients are those of the yearbook's appendix; the ranges round them and those of efficiency are recalled
from practice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from ...accounting import enterprise
from ...accounting.problems import Problem, Where
from ..enterprise_messages import MESSAGES
from .enterprise_forms import SERIES, TOLERANCE, at, cell, flow_name, name, place_of, shown, with_last_year

RANGES = {
    "raw_coal": (0.35, 1.0), "cleaned_coal": (0.75, 1.0), "other_washed_coal": (0.2, 0.6), "coke": (0.92, 1.0),
    "natural_gas": (1.1e-3, 1.33e-3), "crude_oil": (1.4, 1.45), "gasoline": (1.45, 1.5), "kerosene": (1.45, 1.5),
    "diesel": (1.43, 1.48), "lpg": (1.68, 1.75), "heat": (0.0340, 0.0342), "electricity": (1.228e-4, 1.230e-4),
}  # fmt: skip
"""tce per canonical unit (t, m3, GJ, kWh)"""
EFFICIENCY = {
    "tr_power": (0.25, 0.60, ("electricity",)),
    "tr_heat": (0.55, 0.98, ("heat",)),
    "tr_wash": (0.85, 1.0, ("cleaned_coal", "other_washed_coal", "middlings", "slime")),
    "tr_coking": (0.80, 0.99, ("coke", "coke_oven_gas", "other_coking_products", "coal_tar", "crude_benzene")),
}  # fmt: skip
"""process -> lowest and highest output over input in coal equivalent, and what it puts out"""
STOCK_GAP = 0.05
"""share of what came in"""
BOUGHT = 0.95
JUMP = 0.5
YEAR = ["entity", "year"]
MANY_MONTHS = 6


def check(rows: pd.DataFrame, frame: pd.DataFrame, years: Collection[int]) -> list[Problem]:
    """Return the queries. `rows` are the rows counted, with `grams`; `frame` everything that was read; `years` asked for."""
    asked = rows[rows["year"].isin([str(year) for year in years])]
    return [
        *_coefficients(asked), *_months(frame), *_looks_cumulative(frame), *_balance(asked), *_bought(asked),
        *_efficiency(asked), *_jumps(rows), *_totals(rows, asked), *_part_year(asked),
    ]  # fmt: skip


def _coefficients(rows: pd.DataFrame) -> Iterator[Problem]:
    """Rule 7."""
    own = rows.dropna(subset=["tce_factor"]).drop_duplicates(["item", "tce_factor", "period"])
    for item, value, source in zip(own["item"], own["tce_factor"], own["source"], strict=True):
        low, high = RANGES.get(str(item), (0.0, float("inf")))
        if not low * (1 - 1e-9) <= value <= high * (1 + 1e-9):
            found = f"{name(str(item))} {value:.6g}"
            yield MESSAGES.problem("EF-COEFFICIENT", Where.parse(str(source)), found, f"{low:g}–{high:g}")


def _months(frame: pd.DataFrame) -> Iterator[Problem]:
    """Months beside the year (or the year to December) of the same carrier and flow."""
    months = frame[_monthly(frame) & (frame["flow"] != "stock")]
    whole = frame[~_part(frame) | (frame["cumulative"] & frame["period"].str.endswith("-12"))]
    both = whole.merge(months.groupby(SERIES)["amount"].sum().rename("months"), on=SERIES)
    bad = both[(both["months"] - both["amount"]).abs() > TOLERANCE * both["amount"].abs()]
    for row in bad.to_dict("records"):
        what = f"{row['year']} {name(row['item'], row['flow'])} {shown(row['months'], row['item'])}"
        yield MESSAGES.problem("EF-MONTHS", Where.parse(str(row["source"])), what, shown(row["amount"], row["item"]))


def _looks_cumulative(frame: pd.DataFrame) -> Iterator[Problem]:
    """Months that only rise, each by about a first month, are probably figures from 1 January."""
    months = frame[_monthly(frame) & (frame["flow"] != "stock")].sort_values("period", kind="stable")
    for (_, year, item, flow, _), part in months.groupby(SERIES, sort=False):
        values = part["amount"].to_numpy()
        rising = len(values) >= MANY_MONTHS and bool((values[1:] > values[:-1]).all())
        if rising and values[-1] > 0.5 * len(values) * values[0]:
            found = (
                f"{year} {name(str(item), str(flow))} {shown(values[0], str(item))} → {shown(values[-1], str(item))}"
            )
            yield MESSAGES.problem("EF-CUMULATIVE", at(part.iloc[[-1]]), found)


def _part(frame: pd.DataFrame) -> pd.Series:
    return frame["period"].str.len() > len("2023")


def _monthly(frame: pd.DataFrame) -> pd.Series:
    return _part(frame) & ~frame["cumulative"]


def _balance(rows: pd.DataFrame) -> Iterator[Problem]:
    """Rule 5: 期末 against 年初 + 购进 + own output - 消费 - 外供; not an equality, as there are losses and transfers."""
    flow = rows["flow"].mask(rows["flow"] == "stock", rows["attributes"].str.extract(r"at=(\w+)", expand=False))
    table = _beside(rows.assign(flow=flow), ("closing", "consumption"), ("opening", *CAME, "sold"))
    came = table[["opening", *CAME]].sum(axis=1)
    expected = came - table["consumption"] - table["sold"]
    closing = rows[rows["attributes"].str.contains("at=closing", regex=False)]
    bad = (table["closing"] - expected).abs() > STOCK_GAP * came
    yield from _apart("EF-BALANCE", closing, table.assign(found=table["closing"], expected=expected)[bad])


def _bought(rows: pd.DataFrame) -> Iterator[Problem]:
    """Rule 8: electricity and heat used are bought or made."""
    own = rows[rows["item"].isin(["electricity", "heat"])]
    table = _beside(own, ("purchase", "consumption"), CAME)
    came = table[list(CAME)].sum(axis=1)
    short = came < BOUGHT * table["consumption"]
    bought = own[own["flow"] == "purchase"]
    yield from _apart("EF-BOUGHT", bought, table.assign(found=came, expected=table["consumption"])[short])


CAME = ("purchase", "transformation_output", "recovered")
"""flows by which a carrier comes into an enterprise"""


def _beside(rows: pd.DataFrame, given: Collection[str], others: Collection[str]) -> pd.DataFrame:
    """Return amounts by year and carrier, flows as columns, where all of `given` are; what is blank else is 0."""
    table = rows.pivot_table(index=[*YEAR, "item"], columns="flow", values="amount", aggfunc="sum")
    table = table.reindex(columns=list(dict.fromkeys([*given, *others])))
    return table[table[list(given)].notna().all(axis=1)].fillna(0.0)


def _apart(code: str, cells: pd.DataFrame, table: pd.DataFrame) -> Iterator[Problem]:
    """One problem for every year and carrier, at the cell that is questioned."""
    for row in table.reset_index().to_dict("records"):
        where, found = cell(cells, place_of(row, [*YEAR, "item"])), shown(row["found"], row["item"])
        yield MESSAGES.problem(code, where, f"{name(row['item'])} {found}", shown(row["expected"], row["item"]))


def _efficiency(rows: pd.DataFrame) -> Iterator[Problem]:
    """Rule 9: output over input in coal equivalent."""
    outputs = rows[rows["flow"] == "transformation_output"]
    for process, (low, high, products) in EFFICIENCY.items():
        used = rows[
            (rows["flow"] == "transformation_input")
            & rows["attributes"].str.contains(f"process={process}", regex=False)
        ]
        made = outputs[outputs["item"].isin(products)].groupby(YEAR)["grams"].sum()
        put_in = used.groupby(YEAR)["grams"].sum()
        share = (made / put_in[put_in > 0]).dropna().rename("share").reset_index()
        for row in share[(share["share"] < low) | (share["share"] > high)].to_dict("records"):
            where = cell(used, place_of(row, YEAR))
            found = f"{row['year']} {flow_name(process)} {100 * row['share']:.1f} %"
            yield MESSAGES.problem("EF-EFFICIENCY", where, found, f"{100 * low:g}–{100 * high:g} %")


def _jumps(rows: pd.DataFrame) -> Iterator[Problem]:
    """Rule 10: a year against the year before, both complete."""
    used = rows[enterprise.roles(rows) == "production_use"]
    complete = used[~_part(used) | (used["cumulative"] & used["period"].str.endswith("-12"))]
    amounts = complete.groupby(["entity", "item", "year"])["amount"].sum()
    both = with_last_year(amounts)
    both = both[both["before"] > 0]
    for row in both[(both["own"] / both["before"] - 1).abs() > JUMP].to_dict("records"):
        where = cell(used, place_of(row, ("entity", "item", "year")))
        share = 100 * (row["own"] / row["before"] - 1)
        found = f"{row['year']} {name(row['item'])} {shown(row['own'], row['item'])}（{share:+.1f} %）"
        yield MESSAGES.problem("EF-JUMP", where, found, shown(row["before"], row["item"]))


def _totals(rows: pd.DataFrame, asked: pd.DataFrame) -> Iterator[Problem]:
    """Rules 10 and 11: nothing consumed in spite of use; another limit reached than the year before."""
    tce = (enterprise.total_grams(rows) / enterprise.GRAMS).rename("own")
    before = with_last_year(tce).set_index(YEAR)["before"].to_dict()
    this = tce.to_dict()
    used = asked[(enterprise.roles(asked) == "production_use") & (asked["amount"] > 0)]
    for (entity, year), own in used.groupby(YEAR):
        total, last = this[(entity, year)], before.get((entity, year))
        if total <= 0:
            yield MESSAGES.problem("EF-NOTHING", at(own), f"{year} {total:g}")
        if last is not None and enterprise.reached(total) != enterprise.reached(last):
            yield MESSAGES.problem("EF-STATUS", at(own), f"{year} {total:.1f}", f"{last:.1f}")


def _part_year(rows: pd.DataFrame) -> Iterator[Problem]:
    """A year of which only some months are there is not a year's consumption."""
    used = rows[enterprise.roles(rows) == "production_use"]
    for (_, year), own in used.groupby(YEAR):
        months = own.loc[_part(own), "period"]
        whole = own[~_part(own)]
        if not whole.empty or months.str.endswith(("-12", "-Q4", "-H2")).any():
            continue
        yield MESSAGES.problem("EF-PERIOD", at(own), str(year), str(months.max()))
