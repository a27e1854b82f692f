"""One enterprise: comprehensive energy consumption by both methods, from the rows of form 205-1 and 205-2.

    E     = Σ (工业生产消费 - 加工转换产出 - 回收利用) x 折标系数          综合能源消费量, 当量值
    E_eq  = E + W x (k - 0.1229)      W = 工业生产消费 - 加工转换产出 - 回收利用 of electricity      等价值

GB/T 2589-2020; NBS energy statistics reporting system, forms 205-1 and 205-2. Recovered energy is subtracted because it
was counted with the fuel it came from; energy supplied to others is inside the output and is subtracted with it. The
rows of a total (能源合计) and of a carrier whose 其中 kinds are given are not added.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from .completeness import mark
from .energy import K_CALORIFIC, UNIT, WAN, Rate
from .metrics import MetricBook
from .models import weakest
from .steps import Term, lines_query
from .wording import coded, plain, words

THRESHOLDS = (1_000, 5_000, 10_000)
"""tce a year, inclusive: coverage of the energy statistics, energy-use rights and designated units, key energy users"""
GRAMS = 1_000_000
"""a tonne of coal equivalent"""
STOCK = ["entity", "year", "item", "attributes"]
SIGNS = {"production_use": 1, "transformation_output": -1, "recovered": -1}
NAMES = {
    "production_use": words("工业生产消费", "use in industrial production"),
    "transformation_output": words("加工转换产出", "output of transformation"),
    "recovered": words("回收利用", "recovered"),
}
PARTS = {
    "production_use": "energy_production_use", "transformation_output": "energy_transformation_output",
    "recovered": "energy_recovered",
}  # fmt: skip
"""role -> metric"""
STAND_IN = words(
    "消费量合计（表中没有工业生产消费一栏）", "total consumption (the form has no column of production use)"
)
RULE = words(
    "GB/T 2589-2020；能源统计报表制度 205-1、205-2 表", "GB/T 2589-2020; forms 205-1 and 205-2 of energy statistics"
)


def usable(frame: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of a year that may be added.

    `frame` is activity with `year` and `cumulative` (figures from 1 January to the end of the month: of these only the
    last month is taken, whatever table it stands in). `kinds` maps a kind to its carrier (烟煤 -> 原煤). Of the same carrier
    and flow a figure of the whole year stands before a cumulative one, and that before single months.
    """
    place = [frame[name] for name in ("entity", "year", "item", "flow")]
    part_year = frame["period"].str.len() > len("2023")
    running = frame["cumulative"] & part_year
    last = frame["period"].where(running, "").groupby([*place, frame["attributes"]]).transform("max")
    whole = (~part_year).groupby(place).transform("any")
    to_date = running.groupby(place).transform("any")
    months = part_year & ~running & ~whole & ~to_date
    kept = frame[~part_year | (running & (frame["period"] == last) & ~whole) | months]
    return kept[~_parent(kept, kinds)]


def current(rows: pd.DataFrame, silent: pd.DataFrame) -> pd.DataFrame:
    """Return usable rows without stocks that a later month says nothing about: November's stock is not December's.

    `silent` holds the rows that say NE or C, with `cumulative`.
    """
    later = silent[silent["flow"] == "stock"].groupby(STOCK)["period"].max()
    last = _looked_up(rows[STOCK], later.to_dict())
    return rows[~((rows["flow"] == "stock") & (last > rows["period"]))]


def open_rows(silent: pd.DataFrame, frame: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows NE and C that leave a gap in the year's sum of their carrier and flow.

    There is none where the year is given as a whole, where a later month is given from 1 January on, or where the kinds
    of the carrier are.
    """
    place = ["entity", "year", "item", "flow"]
    part = frame["period"].str.len() > len("2023")
    whole = pd.MultiIndex.from_frame(frame.loc[~part, place])
    running = frame[part & frame["cumulative"]].groupby(place)["period"].max().to_dict()
    rows = pd.MultiIndex.from_frame(silent[place])
    later = _looked_up(silent[place], running) > silent["period"]
    months = pd.MultiIndex.from_frame(frame[place])
    year = silent["period"].str.len() == len("2023")
    kept = silent[~rows.isin(whole) & ~later & ~(year & rows.isin(months))]
    split = frame.assign(item=frame["item"].map(kinds)).dropna(subset=["item"])
    return kept[~pd.MultiIndex.from_frame(kept[place]).isin(pd.MultiIndex.from_frame(split[place]))]


def _looked_up(keys: pd.DataFrame, texts: Mapping[Hashable, str]) -> pd.Series:
    """Return the text of every row's key, '' where there is none."""
    return pd.Series(
        [texts.get(key, "") for key in keys.itertuples(index=False, name=None)], index=keys.index, dtype="str"
    )


def _parent(frame: pd.DataFrame, kinds: Mapping[str, str]) -> pd.Series:
    """Rows of a carrier whose kinds are given for the same entity, year and flow."""
    place = ["entity", "year", "flow"]
    split = frame.assign(item=frame["item"].map(kinds)).dropna(subset=["item"])[[*place, "item"]].drop_duplicates()
    rows = pd.MultiIndex.from_frame(frame[[*place, "item"]])
    return pd.Series(rows.isin(pd.MultiIndex.from_frame(split)), index=frame.index)


def roles(rows: pd.DataFrame) -> pd.Series:
    """Return what each row is in the sum: its flow, or production use for 消费量合计 of a table without that column."""
    table = rows["row_id"].str.rsplit("/", n=1).str[0]
    split = rows["flow"].isin(["production_use", "other_use"]).groupby(table).transform("any")
    return rows["flow"].mask((rows["flow"] == "consumption") & ~split, "production_use")


def record(rows: pd.DataFrame, book: MetricBook, rates: Mapping[str, Rate | None]) -> None:
    """Record the metrics of every entity and year of `rows` (activity with `year`, `amount`, whole `grams` of coal
    equivalent, `level`, the evidence of the coefficient, and `without`, the name of a carrier that has none).

    `rates` maps a year to the coal rate of the coal equivalent value; without one only the calorific value is recorded.
    """
    for (entity, year), place in rows.assign(role=roles(rows)).groupby(["entity", "year"], sort=True):
        where = {"entity": str(entity), "period": str(year)}
        calorific = _calorific(place, book, where)
        rate = rates.get(str(year))
        if rate is not None:
            _equivalent(place, book, where, calorific, rate)
        _by_item(place, book, where)


def total_grams(rows: pd.DataFrame) -> pd.Series:
    """Return comprehensive energy consumption (calorific value) in grams of coal equivalent by entity and year."""
    sign = roles(rows).map(SIGNS).fillna(0).astype("int64")
    return (rows["grams"] * sign).groupby([rows["entity"], rows["year"]]).sum()


def _query(place: pd.DataFrame, where: Mapping[str, str], role: str, **more: str) -> str:
    part = place[place["role"] == role]
    flows = ",".join(sorted(set(part["flow"])))
    periods = ",".join(sorted(set(part["period"])))
    return lines_query(account="energy", bucket="counted", entity=where["entity"], period=periods, flow=flows, **more)


def _name(place: pd.DataFrame, role: str) -> str:
    return STAND_IN if set(place.loc[place["role"] == role, "flow"]) == {"consumption"} else NAMES[role]


def _calorific(place: pd.DataFrame, book: MetricBook, where: dict[str, str]) -> float:
    """Record the calorific value and return it in tce. Sums of whole grams: the limits of `status` are exact."""
    sums = place.groupby("role")["grams"].sum()
    terms = [_part(place, book, where, role, int(sums[role]) / GRAMS / WAN) for role in SIGNS if role in sums]
    total = sum(sign * int(sums.get(role, 0)) for role, sign in SIGNS.items()) / GRAMS
    book.add(
        "energy_comprehensive", total / WAN, UNIT, **where, basis="calorific",
        equation=words("综合能源消费量 = Σ 工业生产消费 - Σ 加工转换产出 - Σ 回收利用，各折标准煤", "comprehensive energy consumption = Σ use in industrial production - Σ output of transformation - Σ recovered, each in coal equivalent"), terms=terms, rule=RULE, note=_note(place, total),
        evidence=weakest(place.loc[place["role"].isin(list(SIGNS)), "level"].unique()),
    )  # fmt: skip
    return total


def _part(place: pd.DataFrame, book: MetricBook, where: dict[str, str], role: str, value: float) -> Term:
    """Record one part of the sum (10^4 tce) and return the term that points at it."""
    own, name = place[place["role"] == role], _name(place, role)
    key = book.add(
        PARTS[role], value, UNIT, **where, basis="calorific", equation=words(f"Σ {name} x 折标系数", f"Σ {name} x coefficient"),
        terms=[Term(name, value, UNIT, _query(place, where, role))], evidence=weakest(own["level"].unique()),
        note=mark(own["without"]),
    )  # fmt: skip
    return Term(name, value, UNIT, f"figure:{key}")


def _note(place: pd.DataFrame, tce: float) -> str:
    lacking = place.loc[place["role"].isin(list(SIGNS)), "without"]
    return "；".join(filter(None, [status(tce), mark(lacking)]))


def reached(tce: float) -> int:
    """Return the highest limit (tce) that a year's consumption reaches, 0 below all; the limits are inclusive."""
    return max((limit for limit in THRESHOLDS if round(tce, 6) >= limit), default=0)


def status(tce: float) -> str:
    """Return in words what `reached` finds."""
    limit = reached(tce)
    if not limit:
        return words(f"不足 {THRESHOLDS[0]} 吨标准煤", f"below the first limit of {THRESHOLDS[0]} tce")
    return words(f"达到 {limit} 吨标准煤", f"reaches the limit of {limit} tce")


def _equivalent(place: pd.DataFrame, book: MetricBook, where: dict[str, str], calorific: float, rate: Rate) -> None:
    power = place[place["item"] == "electricity"]
    sums = power.groupby("role")["amount"].sum()
    parts = [
        Term(words("电力 ", "electricity, ") + _name(power, role), float(sums[role]) / WAN, "10^4 kWh", _query(power, where, role, item="electricity"))
        for role in SIGNS
        if role in sums
    ]  # fmt: skip
    net = sum(sign * float(sums.get(role, 0.0)) for role, sign in SIGNS.items())
    total = calorific + net * (rate.value - K_CALORIFIC / 1000)
    own = f"energy_comprehensive@{where['entity']}:{where['period']}?basis=calorific"
    book.add(
        "energy_comprehensive", total / WAN, UNIT, **where, basis="equivalent",
        evidence=weakest([rate.evidence, *place.loc[place["role"].isin(list(SIGNS)), "level"].unique()]),
        equation=words("综合能源消费量(等价值) = 综合能源消费量(当量值) + W x (k - 0.1229)，W = 电力的工业生产消费 - 加工转换产出 - 回收利用", "comprehensive energy consumption (coal equivalent value) = the calorific one + W x (k - 0.1229), W = production use - output of transformation - recovered of electricity"),
        terms=[
            Term(words("综合能源消费量(当量值)", "comprehensive energy consumption (calorific value)"), calorific / WAN, UNIT, f"figure:{own}"), *parts,
            Term("k", rate.value * 1000, "kgce/kWh", f"figure:{_rate(book, where, rate)}"),
        ],
        rule=words("电力按发电煤耗", "electricity at the coal rate of generation"), note=_note(place, total),
    )  # fmt: skip


def _rate(book: MetricBook, where: dict[str, str], rate: Rate) -> str:
    value = rate.value * 1000
    return book.add(
        "coal_rate", value, "kgce/kWh", **where, evidence=rate.evidence, source=plain(rate.source), note=coded("word", rate.basis),
        equation=words("采用的发电标准煤耗", "coal rate used"), terms=[Term(coded("word", rate.basis), value, "kgce/kWh", rate.ref)],
    )  # fmt: skip


def _by_item(place: pd.DataFrame, book: MetricBook, where: dict[str, str]) -> None:
    used = place[place["role"] == "production_use"]
    for item, grams in used.groupby("item", sort=False)["grams"].sum().items():
        own = used[used["item"] == item]
        known = own["without"].eq("").any()
        value = int(grams) / GRAMS / WAN if known else None
        book.add(
            "energy_by_item", value, UNIT, **where, item=str(item), basis="calorific", evidence=weakest(own["level"].unique()),
            equation=words("该品种工业生产消费折标准煤", "the carrier's use in industrial production in coal equivalent"),
            terms=[Term(coded("carrier", item), value, UNIT, _query(own, where, "production_use", item=str(item)))],
        )  # fmt: skip
