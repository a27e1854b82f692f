"""Ratios that every analyst looks for: per head, per unit of energy, electricity per GDP, self-sufficiency."""

from __future__ import annotations

from dataclasses import dataclass

from .metric_lookup import Lookup
from .metrics import MetricBook
from .wording import coded, words


@dataclass(frozen=True, slots=True)
class Ratio:
    """metric = above / below x scale; qualifiers select the inputs."""

    metric: str
    unit: str
    above: tuple[str, dict[str, str]]
    below: tuple[str, dict[str, str]]
    scale: float
    equation: str


RATIOS = (
    Ratio("energy_per_head", "tce/person", ("energy_total", {"basis": "equivalent"}), ("population", {}), 1.0,
          words("能源消费总量(等价值) / 年平均常住人口", "total energy consumption (coal equivalent value) / average resident population of the year")),
    Ratio("electricity_per_head", "kWh/person", ("electricity_consumption", {}), ("population", {}), 1e4,
          words("全社会用电量 / 年平均常住人口", "total electricity consumption / average resident population of the year")),
)  # fmt: skip


def record(book: MetricBook, entity: str, period: str, account: str) -> None:
    """Record the ratios whose inputs exist; `account` is the main emission account."""
    carbon = ("co2_energy", {"definition": account})
    more = (
        Ratio("carbon_per_head", "t/person", carbon, ("population", {}), 1.0, words("能源活动二氧化碳 / 年平均常住人口", "CO2 of energy activities / average resident population of the year")),
        Ratio("carbon_per_energy", "t/tce", carbon, ("energy_total", {"basis": "equivalent"}), 1.0,
              words("能源活动二氧化碳 / 能源消费总量(等价值)", "CO2 of energy activities / total energy consumption (coal equivalent value)")),
    )  # fmt: skip
    for ratio in (*RATIOS, *more):
        _one(book, entity, period, ratio)


def electricity_intensity(book: MetricBook, entity: str, period: str, base: int) -> None:
    """Record 单位地区生产总值电耗 at prices of a base year, as the energy intensity beside it."""
    gdp = ("gdp_constant", {"price_year": str(base)})
    _one(book, entity, period, Ratio(
        "electricity_intensity", "kWh/10^4 yuan", ("electricity_consumption", {}), gdp, 1e4,
        words("全社会用电量 / 地区生产总值（可比价）", "total electricity consumption / GDP (constant prices)"),
    ), price_year=str(base))  # fmt: skip


def _one(book: MetricBook, entity: str, period: str, ratio: Ratio, **more: str) -> None:
    above_key = ratio.above[1]
    lookup = Lookup(book)
    top, bottom = (
        lookup.term(coded("metric", name), name, entity, period, **key) for name, key in (ratio.above, ratio.below)
    )
    if top.value is None or not bottom.value:
        return
    book.add(
        ratio.metric, top.value / bottom.value * ratio.scale, ratio.unit, entity=entity, period=period,
        definition=above_key.get("definition", ""), basis=above_key.get("basis", ""), **more,
        equation=ratio.equation, terms=[top, bottom],
    )  # fmt: skip
