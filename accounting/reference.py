"""The reference approach beside the sectoral approach, and their difference by fuel.

CO2_ref = Σ (production + inflow + import - outflow - export - stock change - non-energy use) x heat x carbon x oxidation
difference = (CO2_ref - CO2_sectoral) / CO2_sectoral          (IPCC 2006 vol. 2 ch. 6; > 5 % is explained by fuel)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from .co2 import GRAMS_PER_WAN_T, WAN_T
from .metrics import MetricBook
from .steps import EVERY, Term, items_query
from .wording import coded, words

EQUATION = words(
    "Σ（生产 + 调入 + 进口 - 调出 - 出口 - 库存变化 - 非能源利用）x 热量 x 含碳量 x 碳氧化率 x 44/12",
    "Σ (production + inflow + imports - outflow - exports - stock change - non-energy use) x heat x carbon content x oxidation rate x 44/12",
)


Groups = Mapping[str, tuple[str, frozenset[str]]]


def record(
    lines: pd.DataFrame, book: MetricBook, account: str, sectoral: str, groups: Groups, bare: pd.DataFrame
) -> None:
    """Record co2_reference by fuel, by group and in total, and the difference by group and in total.

    `lines` holds both accounts; `groups` maps coal, oil, gas to the carrier group and its items. Single products are not compared: crude oil
    comes in, gasoline is burnt. `bare` holds the rows (entity, period, item) of either account that have no CO2 factor:
    a difference over them would compare what is missing, so it stays empty.
    """
    own = lines[lines["account"] == account]
    for (entity, period), place in own.groupby(["entity", "period"], sort=True):
        where = {"entity": str(entity), "period": str(period)}
        burnt = lines[(lines["account"] == sectoral) & (lines["entity"] == entity) & (lines["period"] == period)]
        burnt = burnt[(burnt["quantity"] == "co2") & (burnt["bucket"] == "counted")]
        missing = set(bare[(bare["entity"] == entity) & (bare["period"] == period)]["item"])
        for item, part in place.groupby("item", sort=True):
            _add(book, where, _sum(part, account, where, ""), {"item": str(item)})
        for name, (group, items) in groups.items():
            ours, theirs = place[place["item"].isin(list(items))], burnt[burnt["item"].isin(list(items))]
            if len(ours) and len(theirs):
                term = _add(book, where, _sum(ours, account, where, group), {"category": name})
                _difference(book, where, term, _sum(theirs, sectoral, where, group), sectoral, name, missing & items)
        total = _add(book, where, _sum(place, account, where, EVERY), {})
        _difference(book, where, total, _sum(burnt, sectoral, where, EVERY), sectoral, "", missing)


def _sum(part: pd.DataFrame, account: str, where: Mapping[str, str], group: str) -> Term:
    keys = {"account": account, **where, "quantity": "co2", "bucket": "counted"}
    query = items_query(sorted(set(part["item"])), group, **keys)
    return Term(coded("standard", account), int(part["value"].sum()) / GRAMS_PER_WAN_T, WAN_T, query)


def _add(book: MetricBook, where: Mapping[str, str], term: Term, keys: Mapping[str, str]) -> Term:
    figure = book.add(
        "co2_reference",
        term.value,
        WAN_T,
        **where,
        **keys,
        equation=EQUATION,
        terms=[term],
        rule=words("参考方法", "reference approach"),
    )
    return Term(words("参考方法", "reference approach"), term.value, WAN_T, f"figure:{figure}")


def _difference(
    book: MetricBook,
    where: Mapping[str, str],
    ours: Term,
    theirs: Term,
    sectoral: str,
    group: str,
    missing: Collection[str],
) -> None:
    if not theirs.value or ours.value is None:
        return
    book.add(
        "co2_approach_difference", None if missing else 100 * (ours.value / theirs.value - 1), "%", **where, category=group,
        definition=sectoral, equation=words("(参考方法 - 部门方法) / 部门方法 x 100", "(reference approach - sectoral approach) / sectoral approach x 100"),
        terms=[ours, Term(words("部门方法", "sectoral approach"), theirs.value, WAN_T, theirs.ref)],
    )  # fmt: skip
