"""The unbroken chain: balance, totals by both methods, constant-price GDP, intensity, change, verdict."""

from __future__ import annotations

from collections.abc import Sequence

from . import places
from .compare import Answer
from .places import metric

CN = {"entity": "CN", "period": "2007"}


def coal_rate(hydro_10k_tce: float, hydro_kwh: float, nuclear_10k_tce: float, nuclear_kwh: float) -> Answer:
    """The national rate of the balance, and the rates that two printed rows imply (quantities in 10^8 kWh)."""
    own = metric(places.example("china_2007"), "coal_rate", **CN)
    computed = {
        "balance": own,
        "hydro_10k_tce": own * hydro_kwh * 10,
        "nuclear_10k_tce": own * nuclear_kwh * 10,
    }
    return Answer(computed, {"hydro_10k_tce": hydro_10k_tce, "nuclear_10k_tce": nuclear_10k_tce})


def coal_rate_parts() -> Answer:
    """Fuel input and electricity output of thermal power behind the rate of the balance."""
    results = places.example("china_2007")
    step = next(step for step in results.steps if step.figure == "coal_rate@CN:2007")
    lines = results.lines[(results.lines["account"] == "energy") & (results.lines["flow"] == "tr_power")]
    fuel = lines[(lines["bucket"] == "counted") & (lines["item"] != "electricity")]["value"].sum()
    rows = results.activity[(results.activity["flow"] == "tr_power") & (results.activity["item"] == "electricity")]
    power = rows[rows["unit"] == "10^8 kWh"]["quantity"].sum()
    return Answer({
        "thermal_input_10k_tce": -fuel / 1e10, "thermal_output_100GWh": power, "kgce_per_kWh": step.value,
    })  # fmt: skip


def two_methods() -> Answer:
    """Totals of China 2007 from the physical balance, against the totals the yearbook prints."""
    results = places.example("china_2007")
    equivalent = metric(results, "energy_total", basis="equivalent", **CN)
    calorific = metric(results, "energy_total", basis="calorific", **CN)
    return Answer({
        "total_coal_equiv_10k_tce": equivalent,
        "total_calorific_10k_tce": calorific,
        "printed_coal_equiv_10k_tce": metric(results, "energy_total_printed", basis="equivalent", **CN),
        "printed_calorific_10k_tce": metric(results, "energy_total_printed", basis="calorific", **CN),
    })  # fmt: skip


def supply_difference() -> Answer:
    """Difference of supply by the two methods, from the physical rows of primary and traded electricity.

    10^8 kWh x (rate - 0.1229 kgce/kWh) x 10 = 10^4 tce.
    """
    results = places.example("china_2007")
    rows = results.activity[(results.activity["item"] == "electricity") & (results.activity["unit"] == "10^8 kWh")]
    supply = rows[rows["flow"] == "supply"]["quantity"].sum()
    rate = metric(results, "coal_rate", **CN)
    return Answer({"supply_difference_10k_tce": supply * (rate - 0.1229) * 10})


def stat_diff() -> Answer:
    """Statistical differences the standard table prints under each method."""
    rows = places.example("china_2007").activity
    cell = rows[rows["flow"] == "stat_diff"].set_index("item")["quantity"]
    return Answer({
        "stat_diff_equiv": cell["energy_total_equivalent"], "stat_diff_calorific": cell["energy_total_calorific"],
    })  # fmt: skip


def non_fossil() -> Answer:
    """Non-fossil share of China 2007 by both conversions."""
    results = places.example("china_2007")
    return Answer({
        "share_coal_equiv_pct": metric(results, "non_fossil_share", basis="equivalent", **CN),
        "share_calorific_pct": metric(results, "non_fossil_share", basis="calorific", **CN),
    })  # fmt: skip


def intensity(example: str, entity: str, levels: Sequence[int], changes: Sequence[int], indicator: str) -> Answer:
    """Levels and yearly changes of energy intensity, and the verdict of the plan they lead to."""
    results = places.example(example)
    computed: dict[str, object] = {}
    for year in levels:
        computed[f"intensity_{year}"] = metric(results, "energy_intensity", entity=entity, period=str(year))
    for year in changes:
        computed[f"change_{year}_pct"] = metric(results, "energy_intensity_change", entity=entity, period=str(year))
    verdicts = results.verdicts[results.verdicts["indicator"] == indicator]
    computed["judged"] = bool(verdicts["value"].notna().any())
    return Answer(computed)


def own_total_against_published(example: str, entity: str) -> Answer:
    """Total of the balance by the coal equivalent value (10^4 tce) and its gap to the published total, per cent."""
    results = places.example(example)
    own = metric(results, "energy_total", entity=entity, period="2007", basis="equivalent")
    published = metric(results, "energy_total_published", entity=entity, period="2007", basis="equivalent")
    return Answer({"total_10k_tce": own}, {"total_10k_tce": published}, beside={"gap_pct": 100 * (own / published - 1)})
