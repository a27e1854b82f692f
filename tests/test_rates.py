"""Rates, rounding and intensity chains against known answers and laws that must hold for any numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonpeak.accounting import gdp, growth, rates
from carbonpeak.accounting.figure_id import figure_id
from carbonpeak.accounting.intensity import (
    carbon_measure,
    compare_definitions,
    energy_measure,
    intensity,
)
from carbonpeak.accounting.metric_lookup import Lookup
from carbonpeak.accounting.metrics import MetricBook
from carbonpeak.accounting.rounding import decimals_of, numbers_in, round_half_up
from carbonpeak.accounting.units import UnitFault
from carbonpeak.factors import yamlfile

CASES = yamlfile.load(Path(__file__).parent / "cases" / "targets.yaml").data
per_cent = st.floats(0.1, 60)
changes = st.lists(st.floats(-20, 20), min_size=1, max_size=8)


def row(metric: str, period: int | str, value: float, unit: str, entity: str = "CN", **key: str) -> dict[str, Any]:
    return {"entity": entity, "period": str(period), "metric": metric, "value": value, "unit": unit, **key}


def book_of(*rows: dict[str, Any]) -> MetricBook:
    book = MetricBook()
    book.take(pd.DataFrame(rows))
    return book


def chain_book(case: dict[str, Any]) -> MetricBook:
    entity = case["entity"]
    return book_of(
        row("gdp_current", case["base_year"], case["gdp_current"], "10^8 yuan", entity),
        *(row("gdp_growth", year, value, "%", entity) for year, value in case["gdp_growth"].items()),
        *(
            row("energy_total", year, value, "10^4 tce", entity, basis="equivalent")
            for year, value in case["energy_total"].items()
        ),
    )


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["id"])
def test_known_answer(case: dict[str, Any]) -> None:
    found = getattr(rates, case["call"])(**case["inputs"])
    assert found == pytest.approx(case["expected"], abs=case["tolerance"] + 1e-12)


def test_progress_is_neither_linear_nor_a_share_of_time() -> None:
    assert rates.linear_share(7.64, 16) == pytest.approx(47.75)
    assert rates.log_progress(7.64, 16) < 46


def test_henan_13th_progress() -> None:
    reduction = -rates.chain([-7.64, -7.90, -5.01, -7.98, 0.76])
    assert rates.log_progress(reduction, 16) == pytest.approx(165.6, abs=0.1)


def test_elasticity_is_blank_unless_both_grow() -> None:
    assert rates.elasticity(-1.0, 5.0) is None
    assert rates.elasticity(1.0, -5.0) is None
    assert rates.elasticity(0.0, 5.0) is None


def test_room_follows_the_intensity_target() -> None:
    # I(t-1)=1, G(t-1)=100, 3.66 % down, 5 % growth, 60 used
    assert rates.room(1.0, 100.0, 3.66, 5.0, 60.0) == pytest.approx(96.34 * 1.05 - 60)
    assert rates.allowed_amount(1.0, 17.0, 100.0, 5, 5) == pytest.approx(83.0)
    assert rates.table_schedule({2023: 11.2}, 2024) is None


def test_columns_work_like_numbers() -> None:
    column = pd.Series([7.64, 16.0])
    assert rates.log_progress(column, pd.Series([16.0, 16.0])).tolist() == pytest.approx([45.58, 100.0], abs=0.01)
    assert rates.required_average(column, 5).iloc[1] == pytest.approx(3.427, abs=0.001)


@given(per_cent, per_cent)
def test_log_progress_is_full_exactly_at_the_target(reduction: float, target: float) -> None:
    progress = rates.log_progress(reduction, target)
    assert (progress >= 100 - 1e-9) == (reduction >= target - 1e-9 or progress == pytest.approx(100))
    assert rates.log_progress(target, target) == pytest.approx(100)


@given(changes, changes)
def test_parts_chain_to_the_whole(one: list[float], other: list[float]) -> None:
    together = rates.chain([*one, *other])
    assert rates.chain([rates.chain(one), rates.chain(other)]) == pytest.approx(together, abs=1e-9)


@given(changes)
def test_order_of_years_does_not_matter(yearly: list[float]) -> None:
    assert rates.chain(reversed(yearly)) == pytest.approx(rates.chain(yearly), abs=1e-9)


@given(per_cent, st.integers(1, 10))
def test_even_rates_reach_the_target(target: float, years: int) -> None:
    yearly = rates.required_average(target, years)
    assert -rates.chain([-yearly] * years) == pytest.approx(target)
    assert rates.equal_log_schedule(target, years, years) == pytest.approx(target)
    assert rates.log_progress(rates.equal_log_schedule(target, 1, years), target) == pytest.approx(100 / years)


@given(per_cent, per_cent, st.integers(1, 5))
def test_what_remains_completes_the_target(target: float, done: float, left: int) -> None:
    yearly = rates.remaining_yearly(target, done, left)
    assert -rates.chain([-done, *[-yearly] * left]) == pytest.approx(target, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(2.675, 2, 2.68), (0.285, 2, 0.29), (2.5, 0, 3.0), (-2.5, 0, -3.0), (19.984, 2, 19.98), (1.15, 1, 1.2), (1234.5, -2, 1200.0)],
)  # fmt: skip
def test_round_half_up(value: float, decimals: int, expected: float) -> None:
    assert round_half_up(value, decimals) == expected


def test_rounding_leaves_nan_alone() -> None:
    assert pd.isna(round_half_up(float("nan"), 2))


def test_numbers_as_printed() -> None:
    assert numbers_in("-4.0~-4.5") == ["4.0", "4.5"]
    assert numbers_in("10,500 吨。") == ["10500"]
    assert decimals_of("13.50%以上") == 2
    assert decimals_of("完成省定目标") == 0


@pytest.mark.parametrize("case", CASES["intensity"], ids=lambda case: case["id"])
def test_unbroken_chain(case: dict[str, Any]) -> None:
    book, entity = chain_book(case), case["entity"]
    years = [int(year) for year in case["energy_total"]]
    assert not intensity(book, entity, years, energy_measure(), case["base_year"])
    key = {"basis": "equivalent", "price_year": str(case["base_year"])}
    for year, expected in case["levels"].items():
        level = book.value("energy_intensity", entity, year, **key)
        assert level == pytest.approx(expected, abs=case["tolerance"]["level"])
    for year, expected in case["changes"].items():
        change = book.value("energy_intensity_change", entity, year, **key)
        assert change == pytest.approx(expected, abs=case["tolerance"]["change"])


def test_cumulative_change_is_explained_by_the_years() -> None:
    book = chain_book(CASES["intensity"][0])
    intensity(book, "CN", [2005, 2006, 2007], energy_measure(), 2005)
    step = next(step for step in book.steps if step.figure.startswith("energy_intensity_cumulative@CN:2006-2007"))
    assert [term.ref for term in step.terms] == [
        f"figure:{figure_id('energy_intensity_change', 'CN', year, basis='equivalent', price_year='2005')}"
        for year in ("2006", "2007")
    ]
    assert step.value == pytest.approx(rates.chain(term.value or 0 for term in step.terms))


def test_rounding_before_the_ratio_is_the_energy_default_and_said_so() -> None:
    exact, rounded = (chain_book(CASES["intensity"][0]) for _ in range(2))
    intensity(exact, "CN", [2006, 2007], energy_measure(None), 2005)
    intensity(rounded, "CN", [2006, 2007], energy_measure(), 2005)
    key = {"basis": "equivalent", "price_year": "2005"}
    assert rounded.value("energy_intensity_change", "CN", "2007", **key) == pytest.approx((1.1608 / 1.2044 - 1) * 100)
    assert exact.value("energy_intensity_change", "CN", "2007", **key) != pytest.approx((1.1608 / 1.2044 - 1) * 100)
    rules = [step.rule for step in rounded.steps if step.figure.startswith("energy_intensity_change")]
    assert "round_before_ratio: 4" in rules[0]
    assert carbon_measure("ci_2016", "co2_assessment_2016").round_before_ratio is None


def test_growth_saving_and_elasticity() -> None:
    book = chain_book(CASES["intensity"][0])
    intensity(book, "CN", [2005, 2006, 2007], energy_measure(), 2005)
    growth.record(book, "CN", [2007], [2005])
    rise = (265583 / 246270 - 1) * 100
    assert book.value("energy_growth", "CN", "2007") == pytest.approx(rise)
    assert book.value("energy_elasticity", "CN", "2007") == pytest.approx(rise / 11.9)
    # what the year before's intensity would have used, less what was used
    assert book.value("energy_saving", "CN", "2007", price_year="2005") == pytest.approx(246270 * 1.119 - 265583)


def carbon_rows(vintages: tuple[str, str] = ("", ""), metric: str = "co2_assessment_2016") -> list[dict[str, Any]]:
    return [
        row("gdp_current", 2015, 100, "10^8 yuan"),
        row("gdp_growth", 2016, 6.0, "%"),
        row("gdp_growth", 2017, 6.0, "%"),
        row(metric, 2016, 200, "10^4 t", vintage=vintages[0]),
        row(metric, 2017, 2.02, "Mt", vintage=vintages[1]),
    ]


def test_carbon_intensity_carries_its_definition_and_converts_units() -> None:
    book = book_of(*carbon_rows())
    assert not intensity(book, "CN", [2016, 2017], carbon_measure("ci_2016", "co2_assessment_2016"), 2015)
    change = book.value("carbon_intensity_change", "CN", "2017", price_year="2015", definition="ci_2016")
    assert change == pytest.approx((1.01 / 1.06 - 1) * 100)
    # 2016 has no rate, so nothing is cumulated over it
    assert not [key for key in book.rows if key.startswith("carbon_intensity_cumulative")]


def test_a_rate_across_two_vintages_is_refused() -> None:
    book = book_of(*carbon_rows(("verified", "preliminary")))
    problems = intensity(book, "CN", [2016, 2017], carbon_measure("ci_2016", "co2_assessment_2016"), 2015)
    assert [problem.code for problem in problems] == ["DEF-BREAK"]
    assert book.value("carbon_intensity_change", "CN", "2017", price_year="2015", definition="ci_2016") is None


def test_an_amount_of_another_kind_is_refused() -> None:
    rows = carbon_rows()
    rows[-1]["unit"] = "10^8 kWh"
    with pytest.raises(UnitFault):
        intensity(book_of(*rows), "CN", [2016, 2017], carbon_measure("ci_2016", "co2_assessment_2016"), 2015)


def test_two_definitions_are_not_compared() -> None:
    book = book_of(
        row("carbon_intensity_cumulative", "2021-2025", -12.42, "%", definition="ci_2016"),
        row("carbon_intensity_cumulative_published", "2021-2025", -17.7, "%", definition="ci_2025"),
    )
    lookup = Lookup(book)
    chained, official = (
        lookup.best(name, "CN", "2021-2025")[0]
        for name in ("carbon_intensity_cumulative", "carbon_intensity_cumulative_published")
    )
    problem = compare_definitions(chained, official)
    assert problem is not None
    assert problem.code == "DEF-BREAK"
    assert compare_definitions(official, official) is None


def test_current_price_gdp_is_not_constant_price_gdp() -> None:
    book = book_of(
        row("gdp_current", 2015, 100, "10^8 yuan"),
        row("gdp_current", 2016, 111, "10^8 yuan"),
        row("gdp_constant", 2016, 111, "10^8 yuan", price_year="2015"),
    )
    assert [problem.code for problem in gdp.chain(book, "CN", 2015, [2016])] == ["GDP-CURRENT"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row("gdp_growth", 2016, 6.0, "%")], "GDP-BASE"),
        ([row("gdp_current", 2015, 100, "10^8 yuan"), row("gdp_current", 2016, 108, "10^8 yuan")], "GDP-GROWTH"),
    ],
)
def test_missing_gdp_is_named(rows: list[dict[str, Any]], code: str) -> None:
    assert [problem.code for problem in gdp.chain(book_of(*rows), "CN", 2015, [2016])] == [code]
