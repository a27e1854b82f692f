"""Rates of energy and carbon targets: pure functions on numbers or columns.

Units and signs: a *change* is in per cent with its sign (-3.66 fell, +0.76 rose), as communiqués print the column
上升或下降(±%). A *reduction* R and a *target* T are in per cent and positive when something fell, as plans print
下降 16 %. Yearly rates compound and are never added (青海省统计局 2009-09-17, 单位GDP能耗的计算方法).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd

Number = TypeVar("Number", float, pd.Series)
"""a float, or a column of floats"""


def change(value: Number, previous: Number) -> Number:
    """Return the change against the previous value, %."""
    return (value / previous - 1) * 100


def chain(changes: Iterable[float]) -> float:
    """Return the cumulative change, %, of successive yearly changes: the product of the yearly indices less 1."""
    index = 1.0
    for yearly in changes:
        index *= 1 + yearly / 100
    return (index - 1) * 100


def average_yearly(cumulative_change: Number, years: float) -> Number:
    """Return the geometric mean yearly change, %, behind a cumulative change over `years` years."""
    return (_power(1 + cumulative_change / 100, 1 / years) - 1) * 100


def log_progress(reduction: Number, target: Number) -> Number:
    """Return 完成进度, %: ln(1-R)/ln(1-T). Infinite or NaN where T is 0: progress towards nothing is undefined."""
    with np.errstate(divide="ignore", invalid="ignore"):
        progress: Number = np.log(1 - _float(reduction) / 100) / np.log(1 - _float(target) / 100) * 100
    return progress


def _power(index: Number, exponent: float) -> Number:
    out: Number = index**exponent
    return out


def _float(value: Number) -> Number:
    # numpy floats divide by zero to inf/nan, Python floats raise
    return value if isinstance(value, pd.Series) else np.float64(value)


def linear_share(actual: Number, target: Number) -> Number:
    """Return actual over target, %. It stands beside the logarithmic progress and never replaces it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return _float(actual) / _float(target) * 100


def share_of_way(value: Number, base: Number, target: Number) -> Number:
    """Return how much of the way from base to target is done, %: (x-x0)/(xT-x0), for levels such as a share."""
    return linear_share(_float(value) - _float(base), _float(target) - _float(base))


def over_fulfilment(actual: Number, target: Number) -> Number:
    """Return over-fulfilment, %: (actual-target)/target, linear (国家发展改革委、国家统计局公告 2011年第9号)."""
    return linear_share(_float(actual) - _float(target), target)


def gap(actual: Number, target: Number) -> Number:
    """Return by how many per cent of the target the result falls short; negative when it is beyond the target."""
    return -over_fulfilment(actual, target)


def required_average(target: Number, years: float) -> Number:
    """Return the even yearly reduction, %, that reaches T in `years` years: 1-(1-T)^(1/years)."""
    return -average_yearly(-target, years)


def remaining(target: Number, reduction: Number) -> Number:
    """Return the reduction, %, still to be reached from now on: 1-(1-T)/(1-R); negative once T is exceeded."""
    return (1 - (1 - target / 100) / (1 - reduction / 100)) * 100


def remaining_yearly(target: Number, reduction: Number, years_left: float) -> Number:
    """Return the reduction, %, needed on average in each of the years left (今后 n 年需年均下降 y %)."""
    return required_average(remaining(target, reduction), years_left)


def equal_log_schedule(target: Number, year: float, years: float) -> Number:
    """Return the cumulative reduction, %, due after `year` of `years` years at an even rate: 1-(1-T)^(n/N)."""
    return (1 - _power(1 - target / 100, year / years)) * 100


def linear_schedule(base: Number, target: Number, year: float, years: float) -> Number:
    """Return the level due after `year` of `years` years on a straight line from base to target."""
    return base + (target - base) * (year / years)


def table_schedule(path: Mapping[int, float], year: int) -> float | None:
    """Return the level a printed table sets for the year; None where the table leaves it out."""
    return path.get(year)


def elasticity(growth: float, gdp_growth: float) -> float | None:
    """Return growth over GDP growth; None ("—" in yearbooks) unless both are above 0."""
    return growth / gdp_growth if growth > 0 and gdp_growth > 0 else None


def energy_saving(previous_intensity: Number, intensity: Number, gdp: Number) -> Number:
    """Return 节能量, 10^4 tce: (I(t-1)-I(t))·G(t), with I in tce/10^4 yuan and G in 10^8 yuan at the same prices."""
    return (previous_intensity - intensity) * gdp


def increment(value: Number, base: Number) -> Number:
    """Return how much more than in the base year is used (能源消费增量), in the unit of the amounts."""
    return value - base


def gec_allowed(claim: float, saving_needed: float, cap: float = 0.5) -> float:
    """Return the energy that traded green certificates may deduct, in the unit of both.

    发改环资〔2024〕113号: at most half (`cap`) of the saving that the intensity target of the five years needs.
    """
    return min(claim, cap * saving_needed)


def allowed_amount(base_intensity: Number, target: Number, gdp: Number, year: float, years: float) -> Number:
    """Return the energy or CO2 (10^4 tce, 10^4 t) that meets the even schedule in a year: I0·(1-T)^(n/N)·G.

    `base_intensity` per 10^4 yuan and `gdp` in 10^8 yuan, both at the prices of the base year.
    """
    return base_intensity * (1 - equal_log_schedule(target, year, years) / 100) * gdp


def room(intensity: Number, gdp: Number, yearly_reduction: Number, gdp_growth: Number, used: Number) -> Number:
    """Return what is left of a year: I(t-1)(1-a)·G(t-1)(1+g) - used, in 10^4 tce or 10^4 t."""
    return intensity * (1 - yearly_reduction / 100) * gdp * (1 + gdp_growth / 100) - used
