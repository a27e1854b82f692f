"""Metrics of an emission account: totals, by sector, by fuel, gases, memo items. Everything is a sum over ledger lines.

Values in the ledger are whole grams; metrics are 10^4 t of CO2 (t of CH4 and N2O), as inventories print them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .metrics import MetricBook
from .models import weakest
from .steps import Term, lines_query
from .wording import coded, words

GRAMS_PER_WAN_T = 1e10
WAN_T = "10^4 t"
PROCESS = words("Σ 产量（用量） x 因子", "Σ output (or use) x factor")
EQUATION = words(
    "Σ 活动水平 x 低位发热量 x 单位热值含碳量 x 碳氧化率 x 44/12",
    "Σ activity x net calorific value x carbon content x oxidation rate x 44/12",
)


def record(lines: pd.DataFrame, book: MetricBook, account: str, evidence: pd.Series, rule: str) -> None:
    """Record the metrics of one account for every entity and period of its lines.

    `evidence` is the level of the factor of every line, by its index; `rule` cites the standard. Metrics carry `definition` = account.
    """
    own = lines[lines["account"] == account]
    weak = evidence.loc[own.index]
    for (entity, period), place in own.groupby(["entity", "period"], sort=True):
        where = {"entity": str(entity), "period": str(period), "definition": account}
        levels = weak.loc[place.index]
        _total(place, levels, book, where, rule)
        _memo(place, levels, book, where, rule)
        _split(place, levels, book, where, ("co2_by_sector", "category", "category"))
        _split(place, levels, book, where, ("co2_by_sector", "sector", "sector"))
        _split(place, levels, book, where, ("co2_by_item", "item", "item"))
        _other_gases(place, levels, book, where, rule)


def _category(account: str, category: object) -> str:
    return coded("category", f"{account}/{category}")


def _query(where: dict[str, str], **more: str) -> str:
    return lines_query(
        account=where["definition"], entity=where["entity"], period=where["period"], bucket="counted", **more
    )


def _total(place: pd.DataFrame, levels: pd.Series, book: MetricBook, where: dict[str, str], rule: str) -> None:
    counted = place[(place["quantity"] == "co2") & (place["bucket"] == "counted")]
    if counted.empty:
        return
    terms = [
        Term(
            _category(where["definition"], category),
            value / GRAMS_PER_WAN_T,
            WAN_T,
            _query(where, quantity="co2", category=str(category)),
        )
        for category, value in counted.groupby("category", sort=True)["value"].sum().items()
    ]
    book.add(
        "co2_energy", int(counted["value"].sum()) / GRAMS_PER_WAN_T, WAN_T, **where, equation=EQUATION, terms=terms,
        rule=rule, evidence=_weakest(levels.loc[counted.index]),
    )  # fmt: skip


MEMO = {
    "biogenic": ("co2_biogenic", "biogenic", None, words("信息项，不计入总量", "memo item, not in the total")),
    "non_energy": (
        "co2_non_energy",
        "counted",
        ("E5",),
        words("非能源利用中排放的部分", "the emitted part of non-energy use"),
    ),
    "stored": ("co2_stored", "memo", ("M.stored",), words("固定在产品中，不是排放", "stored in products, no emission")),
    "road": (
        "co2_road",
        "counted",
        ("E1.4.2", "1A3b"),
        words("车用油品拆分后的道路交通，总量不变", "road transport after splitting motor fuels; the total stays"),
    ),
}
"""name -> metric, bucket, categories (None = all), note"""


def _memo(place: pd.DataFrame, levels: pd.Series, book: MetricBook, where: dict[str, str], rule: str) -> None:
    """Record the parts that are shown on their own: biogenic, non-energy use (emitted, stored), road."""
    for metric, bucket, categories, note in MEMO.values():
        part = place[(place["quantity"] == "co2") & (place["bucket"] == bucket)]
        if categories is not None:
            part = part[part["category"].isin(list(categories))]
        if part.empty:
            continue
        value = int(part["value"].sum()) / GRAMS_PER_WAN_T
        query = lines_query(
            account=where["definition"], entity=where["entity"], period=where["period"], bucket=bucket, quantity="co2",
            category=",".join(sorted(set(part["category"]))),
        )  # fmt: skip
        book.add(
            metric, value, WAN_T, **where, equation=EQUATION, rule=rule, terms=[Term(coded("metric", metric), value, WAN_T, query)],
            evidence=_weakest(levels.loc[part.index]), note=note,
        )  # fmt: skip


def record_process(lines: pd.DataFrame, book: MetricBook, account: str, evidence: pd.Series, rule: str) -> None:
    """Record co2_process (10^4 t) of every entity and period, total and by category. Lines are those of `account`."""
    own = lines[(lines["account"] == account) & (lines["bucket"] == "counted")]
    weak = evidence.loc[own.index]
    for (entity, period), place in own.groupby(["entity", "period"], sort=True):
        where = {"entity": str(entity), "period": str(period)}
        terms = []
        for category, part in place.groupby("category", sort=True):
            value = int(part["value"].sum()) / GRAMS_PER_WAN_T
            query = lines_query(account=account, **where, quantity="co2", category=str(category))
            terms.append(Term(_category(account, category), value, WAN_T, query))
            book.add(
                "co2_process", value, WAN_T, **where, category=str(category), equation=PROCESS, terms=[terms[-1]],
                evidence=_weakest(weak.loc[part.index]), rule=rule,
            )  # fmt: skip
        book.add(
            "co2_process", sum(term.value or 0.0 for term in terms), WAN_T, **where, equation=PROCESS, terms=terms,
            evidence=_weakest(weak.loc[place.index]), rule=rule,
        )  # fmt: skip


def _split(
    place: pd.DataFrame, levels: pd.Series, book: MetricBook, where: dict[str, str], what: tuple[str, str, str]
) -> None:
    metric, column, qualifier = what
    counted = place[(place["quantity"] == "co2") & (place["bucket"] == "counted") & (place[column] != "")]
    for key, part in counted.groupby(column, sort=True):
        value = int(part["value"].sum()) / GRAMS_PER_WAN_T
        query = _query(where, quantity="co2", **{column: str(key)})
        book.add(
            metric, value, WAN_T, **where, **{qualifier: str(key)}, equation=EQUATION,
            terms=[Term(coded("sector" if column == "sector" else "carrier", key), value, WAN_T, query)], evidence=_weakest(levels.loc[part.index]),
        )  # fmt: skip


def _other_gases(place: pd.DataFrame, levels: pd.Series, book: MetricBook, where: dict[str, str], rule: str) -> None:
    for gas in ("ch4", "n2o"):
        part = place[(place["quantity"] == gas) & (place["bucket"] == "counted")]
        if part.empty:
            continue
        value = int(part["value"].sum()) / 1e6
        book.add(
            f"{gas}_energy", value, "t", **where, equation=words("Σ 热量 x 排放因子", "Σ heat x emission factor"), rule=rule,
            terms=[Term(coded("word", gas), value, "t", _query(where, quantity=gas))], evidence=_weakest(levels.loc[part.index]),
        )  # fmt: skip


def _weakest(levels: pd.Series) -> str:
    return weakest(levels.unique())


def total_with_gwp(
    lines: pd.DataFrame, book: MetricBook, account: str, gwp: tuple[str, dict[str, float]], gases: Sequence[str]
) -> None:
    """Record ghg_total (10^4 t CO2e) of an account under a named GWP set, from masses: GWP is applied last."""
    name, potentials = gwp
    own = lines[(lines["account"] == account) & (lines["bucket"] == "counted") & lines["quantity"].isin(list(gases))]
    for (entity, period), place in own.groupby(["entity", "period"], sort=True):
        sums = place.groupby("quantity")["value"].sum()
        terms = [Term(f"{coded('word', gas)} x {potentials[gas]:g}", int(sums[gas]) * potentials[gas] / GRAMS_PER_WAN_T, "10^4 tCO2e",
                      lines_query(account=account, entity=str(entity), period=str(period), bucket="counted", quantity=gas))
                 for gas in gases if gas in sums.index]  # fmt: skip
        book.add(
            "ghg_total", sum(term.value or 0.0 for term in terms), "10^4 tCO2e", entity=str(entity), period=str(period),
            definition=account, gwp=name, equation=words("Σ 气体质量 x GWP100", "Σ mass of gas x GWP100"), terms=terms, rule=f"GWP: {name}",
        )  # fmt: skip
