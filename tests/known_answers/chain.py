"""The unbroken chain: balance, totals by both methods, constant-price GDP, intensity, change, verdict."""

from __future__ import annotations

from collections.abc import Sequence

from carbonpeak.inventories.results import Results

from . import places, small
from .compare import Answer
from .places import metric

CN = {"entity": "CN", "period": "2007"}
EQUIVALENT, CALORIFIC = {"basis": "equivalent"}, {"basis": "calorific"}


def coal_rate() -> Answer:
    """The national rate of the balance."""
    return Answer({"kgce_per_kWh": metric(places.example("china_2007"), "coal_rate", **CN)})


def coal_rate_of(thermal_input_10k_tce: float, thermal_output_100gwh: float) -> Answer:
    """The rate of a balance with the printed input and output of thermal power."""
    rows: list[small.Row] = [
        ("", "tr_power", "other_energy", "", -thermal_input_10k_tce, "10^4 tce"),
        ("", "tr_power", "electricity", "", thermal_output_100gwh, "10^8 kWh"),
        ("A", "final", "electricity", "", thermal_output_100gwh, "10^8 kWh"),
    ]
    return Answer({"kgce_per_kWh": metric(small.region(rows, 2007), "coal_rate", entity=small.REGION, period="2007")})


def two_methods() -> Answer:
    """Totals of China 2007 from the physical balance.

    Beside them: by how much the table's own statistical differences miss the coal rate (10^4 tce).
    """
    results = places.example("china_2007")
    equivalent, calorific = (metric(results, "energy_total", **CN, **basis) for basis in (EQUIVALENT, CALORIFIC))
    return Answer(
        {"total_coal_equiv_10k_tce": equivalent, "total_calorific_10k_tce": calorific},
        beside={"stat_diff_against_coal_rate_10k_tce": _stat_diff_gap(results)},
    )


def _stat_diff_gap(results: Results) -> float:
    cell = results.activity[results.activity["flow"] == "stat_diff"].set_index(["item", "unit"])["quantity"]
    printed = cell["energy_total_equivalent", "10^4 tce"] - cell["energy_total_calorific", "10^4 tce"]
    by_rate = cell["electricity", "10^8 kWh"] * 10 * (metric(results, "coal_rate", **CN) - 0.1229)
    return float(printed - by_rate)


def printed() -> Answer:
    """Totals and statistical differences that the standard table prints, as read: nothing is computed."""
    results = places.example("china_2007")
    cell = results.activity[results.activity["flow"] == "stat_diff"].set_index("item")["quantity"]
    return Answer({
        "total_coal_equiv_10k_tce": metric(results, "energy_total_printed", **CN, **EQUIVALENT),
        "total_calorific_10k_tce": metric(results, "energy_total_printed", **CN, **CALORIFIC),
        "stat_diff_equiv": float(cell["energy_total_equivalent"]),
        "stat_diff_calorific": float(cell["energy_total_calorific"]),
    })  # fmt: skip


def supply_difference(kgce_equiv: float) -> Answer:
    """Difference between the two methods (10^4 tce) for the printed supply of electricity, at a prescribed coal rate.

    The supply stands as the consumption of a workspace with this one column, so that the energy account computes both
    totals.
    """
    rows = places.example("china_2007").activity
    column = rows[(rows["item"] == "electricity") & (rows["unit"] == "10^8 kWh") & (rows["flow"] == "supply")]
    supply = float(column["quantity"].sum())
    rate = {"year": 2007, "value": kgce_equiv, "basis": "prescribed", "source": "case", "evidence": "transcribed"}
    results = small.region([("A", "final", "electricity", "", supply, "10^8 kWh")], 2007, coal_rate=[rate])
    where = {"entity": small.REGION, "period": "2007"}
    equivalent, calorific = (metric(results, "energy_total", **where, **basis) for basis in (EQUIVALENT, CALORIFIC))
    return Answer({"supply_difference_10k_tce": equivalent - calorific})


def primary_electricity() -> Answer:
    """Primary electricity of China 2007 in coal equivalent (10^4 tce) by both conversions."""
    results = places.example("china_2007")
    return Answer({
        "coal_equiv_10k_tce": metric(results, "non_fossil_energy", **CN, **EQUIVALENT),
        "calorific_10k_tce": metric(results, "non_fossil_energy", **CN, **CALORIFIC),
    })  # fmt: skip


def non_fossil() -> Answer:
    """Non-fossil share of China 2007 by both conversions."""
    results = places.example("china_2007")
    return Answer({
        "share_coal_equiv_pct": metric(results, "non_fossil_share", **CN, **EQUIVALENT),
        "share_calorific_pct": metric(results, "non_fossil_share", **CN, **CALORIFIC),
    })  # fmt: skip


def intensity(example: str, entity: str, levels: Sequence[int], changes: Sequence[int], indicator: str) -> Answer:
    """Levels and yearly changes of energy intensity. They must lead to a result of the plan's indicator."""
    results = places.example(example)
    computed: dict[str, object] = {}
    for year in levels:
        computed[f"intensity_{year}"] = metric(results, "energy_intensity", entity=entity, period=str(year))
    for year in changes:
        computed[f"change_{year}_pct"] = metric(results, "energy_intensity_change", entity=entity, period=str(year))
    verdicts = results.verdicts[results.verdicts["indicator"] == indicator]
    assert verdicts["value"].notna().any(), f"{example}: {indicator} has no result"
    return Answer(computed)
