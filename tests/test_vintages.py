"""Figures of two vintages never meet in one ratio or difference. Expected values by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from carbonpeak.accounting import bridge, deductions, gdp, growth
from carbonpeak.accounting.intensity import carbon_measure, energy_measure, intensity
from carbonpeak.accounting.metric_lookup import Lookup, vintage
from carbonpeak.accounting.metrics import MetricBook
from carbonpeak.accounting.targets import judge
from carbonpeak.inventories.names import Names

from .target_sample import plan, target

CN = "CN"


def row(metric: str, period: int, value: float, unit: str, **key: str) -> dict[str, Any]:
    return {"entity": CN, "period": str(period), "metric": metric, "value": value, "unit": unit, **key}


def book_of(*rows: dict[str, Any]) -> MetricBook:
    book = MetricBook()
    book.take(pd.DataFrame(rows))
    return book


def energy(year: int, value: float, vintage: str) -> dict[str, Any]:
    return row("energy_total", year, value, "10^4 tce", basis="equivalent", vintage=vintage)


GROWTH = [row("gdp_growth", year, 10.0, "%") for year in (2016, 2017)]
TWO_BASES = [
    row("gdp_current", 2015, 100, "10^8 yuan", vintage="annual"),
    row("gdp_current", 2015, 120, "10^8 yuan", vintage="verified"),
    *GROWTH,
]


def level(book: MetricBook, year: int, vintage: str) -> float | None:
    return book.value("energy_intensity", CN, str(year), basis="equivalent", price_year="2015", vintage=vintage)


def test_energy_is_divided_by_gdp_of_its_own_vintage() -> None:
    """annual 2016: 55 / (100 x 1.1) = 0.5; verified 2017: 72.6 / (120 x 1.21) = 0.5."""
    book = book_of(*TWO_BASES, energy(2016, 55, "annual"), energy(2017, 72.6, "verified"))
    problems = intensity(book, CN, [2016, 2017], energy_measure(), 2015)
    assert level(book, 2016, "annual") == pytest.approx(0.5)
    assert level(book, 2017, "verified") == pytest.approx(0.5)
    # the change from one to the other is not a change
    assert [(problem.code, problem.found) for problem in problems] == [("DEF-BREAK", "版本：annual、verified")]
    assert "版本：年报数、最终核实数" in Names.bundled().problem(next(iter(problems))).zh
    assert book.value("gdp_constant", CN, "2017", price_year="2015", vintage="annual") == pytest.approx(121)


def test_an_older_pair_goes_before_a_newer_figure_without_a_partner() -> None:
    """annual: 55 / 110 = 0.5, then 57.475 / 121 = 0.475, down 5 %; verified 2017 alone is 72.6 / 145.2 = 0.5."""
    both = [energy(2017, 57.475, "annual"), energy(2017, 72.6, "verified")]
    book = book_of(*TWO_BASES, energy(2016, 55, "annual"), *both)
    assert not intensity(book, CN, [2016, 2017], energy_measure(), 2015)
    assert level(book, 2017, "verified") == pytest.approx(0.5) and level(book, 2017, "annual") == pytest.approx(0.475)
    keys = {"basis": "equivalent", "price_year": "2015"}
    change = book.rows["energy_intensity_change@CN:2017?basis=equivalent&price_year=2015&vintage=annual"]
    assert change["value"] == pytest.approx(-5)
    assert (
        change["note"]
        == "⟨=两年同用⟨word:annual⟩，本年另有⟨word:verified⟩|both years are ⟨word:annual⟩; this year also has ⟨word:verified⟩⟩"
    )
    assert book.value("energy_intensity_change", CN, "2017", **keys, vintage="verified") is None
    # the total grew by 57.475 / 55 - 1 = 4.5 %, and 0.025 x 121 = 3.025 were saved
    growth.record(book, CN, [2017], [2015])
    assert book.value("energy_growth", CN, "2017") == pytest.approx(4.5)
    assert book.value("energy_saving", CN, "2017", price_year="2015") == pytest.approx(3.025)


def test_each_vintage_has_its_own_chain() -> None:
    """annual 0.5, 0.45 (-10 %); verified 66 / 132 = 0.5, 69.696 / 145.2 = 0.48 (-4 %): the verified one is the best."""
    book = book_of(
        *TWO_BASES, energy(2016, 55, "annual"), energy(2017, 54.45, "annual"), energy(2016, 66, "verified"),
        energy(2017, 69.696, "verified"),
    )  # fmt: skip
    assert not intensity(book, CN, [2016, 2017], energy_measure(), 2015)
    found = Lookup(book).best("energy_intensity_change", CN, "2017")
    assert [(vintage(one), round(one.value, 9)) for one in found] == [("verified", -4.0)]
    assert book.rows[found[0].key]["note"] == ""
    older = "energy_intensity_change@CN:2017?basis=equivalent&price_year=2015&vintage=annual"
    assert book.rows[older]["value"] == pytest.approx(-10) and book.rows[older]["note"] == ""


def reductions(*rows: dict[str, Any], kind: str = "cumulative_pct", **aim: Any) -> dict[str, Any]:
    """The row of one target over 2016-2017."""
    metric = "energy_intensity" if kind == "cumulative_pct" else "energy_total"
    asked = target(metric=metric, kind=kind, value=aim.pop("value", 16), target_year=2017, **aim)
    verdicts = judge(plan(asked), book_of(*rows), "2017", entity=CN)
    return dict(verdicts[verdicts["period"].isin(["2016-2017", "2017"])].iloc[-1])


def test_yearly_rates_are_chained_in_the_vintage_all_years_have() -> None:
    """1 - 0.97 x 0.95 = 7.85 %, although 2016 has a verified -4 %."""
    name = "energy_intensity_change_published"
    row_ = reductions(
        row(name, 2016, -3, "%", vintage="annual"), row(name, 2016, -4, "%", vintage="verified"),
        row(name, 2017, -5, "%", vintage="annual"),
    )  # fmt: skip
    assert row_["value"] == pytest.approx(7.85)
    assert "⟨=各年同用⟨word:annual⟩，2016 年另有⟨word:verified⟩|" in str(row_["note"])
    assert "|all years by ⟨word:annual⟩, although 2016 has ⟨word:verified⟩⟩" in str(row_["note"])


def test_two_levels_are_compared_in_one_vintage() -> None:
    """annual 100 to 80 is -20 %; the verified 90 of 2017 has no partner. Without an annual 80 there is no answer."""
    rows = [energy(2015, 100, "annual"), energy(2017, 90, "verified")]
    found = reductions(*rows, energy(2017, 80, "annual"), kind="reduction_pct")
    assert (found["value"], found["verdict"]) == (pytest.approx(20), "met")
    assert "2017 年另有⟨word:verified⟩|" in str(found["note"])
    assert reductions(*rows, kind="reduction_pct")["reason"] == "definition_break"


@pytest.mark.parametrize(("annual", "verdict"), [(101.0, "missed"), (99.0, "met")])
def test_a_level_is_held_against_its_own_vintage(annual: float, verdict: str) -> None:
    """Energy must not rise above the base of 100 (annual): the verified 98 of 2017 is another series."""
    rows = [energy(2015, 100, "annual"), energy(2017, annual, "annual"), energy(2017, 98, "verified")]
    found = reductions(*rows, kind="hold_level", value=None, op="<=", unit="10^4 tce")
    assert (found["value"], found["verdict"]) == (annual, verdict)


def test_annual_energy_over_verified_gdp_is_refused() -> None:
    base = row("gdp_current", 2015, 120, "10^8 yuan", vintage="verified")
    book = book_of(base, *GROWTH, energy(2016, 55, "annual"), energy(2017, 60, "annual"))
    (problem,) = intensity(book, CN, [2016, 2017], energy_measure(), 2015)
    assert (problem.code, problem.found) == ("DEF-BREAK", "版本：annual、verified")
    assert "vintage: annual figures, final verified figures" in Names.bundled().problem(problem).en
    assert problem.where.key == "energy_intensity@CN:2016,2017"
    assert not [key for key in book.rows if key.startswith("energy_intensity")]


def test_a_gdp_without_vintage_goes_with_any_and_the_other_way_round() -> None:
    base = row("gdp_current", 2015, 100, "10^8 yuan")
    book = book_of(base, *GROWTH, energy(2016, 55, "annual"))
    assert not intensity(book, CN, [2016], energy_measure(), 2015)
    assert level(book, 2016, "annual") == pytest.approx(0.5)


def test_co2_without_vintage_names_the_vintage_of_its_gdp() -> None:
    """132 / (120 x 1.1) = 1."""
    book = book_of(*TWO_BASES, row("co2_assessment_2016", 2016, 132, "10^4 t"))
    assert not intensity(book, CN, [2016], carbon_measure("ci_2016", "co2_assessment_2016"), 2015)
    found = book.rows["carbon_intensity@CN:2016?price_year=2015&definition=ci_2016"]
    assert found["value"] == pytest.approx(1.0)
    assert "verified" in str(found["note"])


def test_growth_of_another_vintage_is_taken_and_said() -> None:
    book = book_of(
        row("gdp_current", 2015, 100, "10^8 yuan", vintage="verified"),
        row("gdp_growth", 2016, 8.0, "%", vintage="preliminary"),
    )
    assert not gdp.chain(book, CN, 2015, [2016])
    found = book.rows["gdp_constant@CN:2016?price_year=2015&vintage=verified"]
    assert found["value"] == pytest.approx(108)
    assert "preliminary" in str(found["note"])


def test_a_level_entered_on_the_way_stands_before_the_chain() -> None:
    """2016 is entered as 115, so 2017 is 115 x 1.1 = 126.5."""
    entered = row("gdp_constant", 2016, 115, "10^8 yuan", price_year="2015")
    book = book_of(row("gdp_current", 2015, 100, "10^8 yuan"), entered, *GROWTH)
    assert not gdp.chain(book, CN, 2015, [2017])
    assert book.value("gdp_constant", CN, "2017", price_year="2015") == pytest.approx(126.5)


def test_a_chain_may_start_after_its_price_year() -> None:
    """200 at 2015 prices in 2016, then 10 %: 220."""
    book = book_of(row("gdp_constant", 2016, 200, "10^8 yuan", price_year="2015"), *GROWTH)
    assert not gdp.chain(book, CN, 2015, [2017], start=2016)
    assert book.value("gdp_constant", CN, "2017", price_year="2015") == pytest.approx(220)


def test_deductions_take_entered_figures_of_a_vintage() -> None:
    """E - F = 1 000 - 80; less N = 120: 800."""
    book = book_of(
        energy(2023, 1000, "verified"), row("energy_feedstock", 2023, 80, "10^4 tce", vintage="verified"),
        row("non_fossil_energy", 2023, 120, "10^4 tce", basis="equivalent"),
    )  # fmt: skip
    assert not deductions.record(book, CN, "2023")
    assert book.value("energy_net_of_feedstock", CN, "2023", vintage="verified") == pytest.approx(920)
    assert book.value("energy_controlled", CN, "2023", vintage="verified") == pytest.approx(800)


@pytest.mark.parametrize(("claim", "deducted"), [(70.0, 50.0), (30.0, 30.0)])
def test_certificates_deduct_at_most_half_of_the_saving_needed(claim: float, deducted: float) -> None:
    """E - F - N = 1 000 - 80 - 120 = 800; of 70 only half of the 100 needed is deducted, of 30 all."""
    rows = [
        energy(2024, 1000, ""), row("energy_feedstock", 2024, 80, "10^4 tce"), row("energy_gec", 2024, claim, "10^4 tce"),
        row("non_fossil_energy", 2024, 120, "10^4 tce", basis="equivalent"),
    ]  # fmt: skip
    book = book_of(*rows, row("energy_saving_needed", 2024, 100, "10^4 tce"))
    assert not deductions.record(book, CN, "2024")
    assert book.value("energy_gec_deducted", CN, "2024") == pytest.approx(deducted)
    assert book.value("energy_controlled", CN, "2024") == pytest.approx(800 - deducted)
    # without the saving the cap is not known, and nothing is deducted
    bare = book_of(*rows)
    assert [problem.code for problem in deductions.record(bare, CN, "2024")] == ["GEC-CAP"]
    assert bare.value("energy_controlled", CN, "2024") == pytest.approx(800)


def test_deductions_across_vintages_are_refused() -> None:
    book = book_of(energy(2023, 1000, "verified"), row("energy_feedstock", 2023, 80, "10^4 tce", vintage="preliminary"))
    assert [problem.code for problem in deductions.record(book, CN, "2023")] == ["DEF-BREAK"]
    assert not [key for key in book.rows if key.startswith("energy_net")]


def test_the_bridge_takes_parts_of_any_vintage() -> None:
    """500 direct + 30 electricity = 530; with 40 of processes the inventory has 540."""
    book = book_of(
        row("co2_energy", 2023, 500, "10^4 t", definition="provincial_2011"),
        row("co2_electricity", 2023, 30, "10^4 t", vintage="verified"),
        row("co2_process", 2023, 40, "10^4 t", vintage="annual"),
    )  # fmt: skip
    bridge.totals(book, CN, "2023", "provincial_2011")
    where = {"definition": "provincial_2011"}
    assert book.value("co2_energy_with_electricity", CN, "2023", **where) == pytest.approx(530)
    assert book.value("co2_inventory", CN, "2023", **where) == pytest.approx(540)
    steps = {step.target: step.delta for step in bridge.walk(book, CN, "2023", "provincial_2011")}
    assert steps["co2_inventory"] == pytest.approx(40)


@pytest.mark.parametrize(("energy_now", "gdp_growth"), [(90.0, 5.0), (110.0, -1.0)])
def test_an_elasticity_without_growth_says_why(energy_now: float, gdp_growth: float) -> None:
    """The yearbook prints “—” where energy (-10 %) or GDP (-1 %) does not grow."""
    book = book_of(energy(2022, 100, ""), energy(2023, energy_now, ""), row("gdp_growth", 2023, gdp_growth, "%"))
    growth.record(book, CN, [2023], [])
    assert book.value("energy_elasticity", CN, "2023") is None
    assert book.rows["energy_elasticity@CN:2023"]["note"] == growth.UNDEFINED


def test_an_elasticity_is_growth_over_growth() -> None:
    book = book_of(energy(2022, 100, ""), energy(2023, 104, ""), row("gdp_growth", 2023, 5.0, "%"))
    growth.record(book, CN, [2023], [])
    assert book.value("energy_elasticity", CN, "2023") == pytest.approx(0.8)
