"""Rates, progress and deductions: the functions of accounting/rates.py and rounding.py, figure by figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from carbonpeak.accounting import deductions, rates
from carbonpeak.accounting.intensity import compare_definitions, energy_measure, intensity
from carbonpeak.accounting.metric_lookup import Lookup
from carbonpeak.accounting.metrics import MetricBook

from .compare import Answer


def chain(changes: Sequence[float]) -> Answer:
    """Cumulative change and its yearly mean."""
    total = rates.chain(changes)
    return Answer({"cumulative_pct": total, "annual_average_pct": rates.average_yearly(total, len(changes))})


def remaining(changes: Sequence[float], target: float, years: int) -> Answer:
    """What is left of a five-year target, in all and on average each year left."""
    done = -rates.chain(changes)
    return Answer({
        "remaining_pct": rates.remaining(target, done),
        "remaining_annual_pct": rates.remaining_yearly(target, done, years - len(changes)),
    })  # fmt: skip


def required(targets: Mapping[str, float], years: int) -> Answer:
    """The even yearly rate behind each target."""
    return Answer({name: rates.required_average(target, years) for name, target in targets.items()})


def progress(target: float, changes: Sequence[float] = (), cumulative: float | None = None) -> Answer:
    """Logarithmic progress, with the linear share beside it."""
    done = -(rates.chain(changes) if cumulative is None else cumulative)
    beside = {"linear_share_pct": float(rates.linear_share(done, target))}
    return Answer({"log_progress_pct": rates.log_progress(done, target)}, beside=beside)


def plan_progress(changes: Sequence[float], target: float) -> Answer:
    """Cumulative change and progress of a whole plan, and progress after its first year."""
    total = rates.chain(changes)
    return Answer({
        "cumulative_pct": total,
        "log_progress_pct": rates.log_progress(-total, target),
        "progress_first_year_pct": rates.log_progress(-changes[0], target),
    })  # fmt: skip


def level(energy_10k_tce: float, gdp_100m_yuan: float) -> Answer:
    """Energy over GDP, through the constant-price chain with the year as its own base."""
    from carbonpeak.accounting.intensity import intensity

    book = MetricBook()
    where = {"entity": "X", "period": "2005", "equation": "read"}
    book.add("energy_total", energy_10k_tce, "10^4 tce", basis="equivalent", **where)
    book.add("gdp_current", gdp_100m_yuan, "10^8 yuan", **where)
    intensity(book, "X", [2005], energy_measure(), 2005)
    found = book.value("energy_intensity", "X", "2005", basis="equivalent", price_year="2005")
    return Answer({"tce_per_10k_yuan": found})


def rounding() -> Answer:
    """Decimals to which energy intensity is rounded before a rate is taken."""
    return Answer({"decimals": energy_measure().round_before_ratio})


def over_fulfilment(provinces: Mapping[str, Mapping[str, float]]) -> Answer:
    """Over-fulfilment of each province, linear."""
    return Answer({
        name: rates.over_fulfilment(row["target_pct"] + row["over_points"], row["target_pct"])
        for name, row in provinces.items()
    })  # fmt: skip


def average(cumulative: float, years: float) -> Answer:
    """Mean yearly change behind a cumulative one."""
    return Answer({"annual_pct": rates.average_yearly(cumulative, years)})


def growth(pairs: Mapping[str, Mapping[str, float]]) -> Answer:
    """Mean yearly growth (as a share) from the first value of a series to the last."""
    return Answer({
        name: rates.average_yearly(rates.change(pair["last"], pair["first"]), pair["years"]) / 100
        for name, pair in pairs.items()
    })  # fmt: skip


def annualised(targets: Mapping[str, float], years: int, passed: int) -> Answer:
    """The even yearly rate behind each target and the reduction due after some years, as shares."""
    yearly = {name: rates.required_average(target, years) / 100 for name, target in targets.items()}
    due = {f"{name}_due": rates.equal_log_schedule(target, passed, years) / 100 for name, target in targets.items()}
    return Answer({**yearly, **due})


def target_progress(target: float, reduction: float, passed: int, years: int) -> Answer:
    """Where a target stands after some years: both shares, both schedules, what is left each year; as shares."""
    return Answer({
        "completion_of_target": rates.linear_share(reduction, target) / 100,
        "required_linear": rates.linear_schedule(0.0, target, passed, years) / 100,
        "required_compound": rates.equal_log_schedule(target, passed, years) / 100,
        "completion_log": rates.log_progress(reduction, target) / 100,
        "remaining_annual_decline": rates.remaining_yearly(target, reduction, years - passed) / 100,
    })  # fmt: skip


def definition_break(changes: Sequence[float], published: float) -> Answer:
    """The chain of yearly rates in one definition, and the refusal to set it against a result in another."""
    book = MetricBook()
    where = {"entity": "CN", "period": "2021-2025", "equation": "read"}
    total = rates.chain(changes)
    book.add("carbon_intensity_cumulative", total, "%", definition="ci_2016", **where)
    book.add("carbon_intensity_cumulative_published", published, "%", definition="ci_2025", **where)
    lookup = Lookup(book)
    ours = lookup.best("carbon_intensity_cumulative", "CN", "2021-2025")[0]
    theirs = lookup.best("carbon_intensity_cumulative_published", "CN", "2021-2025")[0]
    problem = compare_definitions(ours, theirs)
    return Answer({"chain_pct": total, "comparison": problem.code if problem else "allowed"})


def feedstock(
    energy_base: float, feedstock_base: float, energy_now: float, feedstock_now: float, gdp_index: float
) -> Answer:
    """Change of intensity with feedstock deducted in both years, and without."""
    book, where = MetricBook(), {"entity": "X", "equation": "read"}
    for year, energy, used in (("2020", energy_base, feedstock_base), ("2021", energy_now, feedstock_now)):
        book.add("energy_total", energy, "10^4 tce", period=year, basis="equivalent", **where)
        book.add("energy_feedstock", used, "10^4 tce", period=year, **where)
        deductions.record(book, "X", year)
    book.add("gdp_current", 100.0, "10^8 yuan", period="2020", **where)
    book.add("gdp_growth", 100 * (gdp_index - 1), "%", period="2021", **where)
    gross = energy_measure(None)
    net = replace(gross, numerators=("energy_net_of_feedstock",), qualifiers={}, definition="ei_net_feedstock")
    for measure in (gross, net):
        intensity(book, "X", [2020, 2021], measure, 2020)
    return Answer({
        "intensity_change_pct": book.value("energy_intensity_change", "X", "2021", price_year="2020", definition="ei_net_feedstock"),
        "without_deduction_pct": book.value("energy_intensity_change", "X", "2021", price_year="2020", basis="equivalent"),
    })  # fmt: skip


def certificates(saving_needed_tce: float, gec_claim_tce: float) -> Answer:
    """Energy that traded green certificates may deduct (tce), and what is left of the total."""
    book, where = MetricBook(), {"entity": "X", "period": "2024", "equation": "read"}
    given = {"energy_total": 1000.0, "energy_feedstock": 0.0, "non_fossil_energy": 0.0}
    given |= {"energy_gec": gec_claim_tce / 1e4, "energy_saving_needed": saving_needed_tce / 1e4}
    for name, value in given.items():
        book.add(name, value, "10^4 tce", **where, **({"basis": "equivalent"} if name == "energy_total" else {}))
    deductions.record(book, "X", "2024")
    left = book.value("energy_controlled", "X", "2024")
    assert left is not None
    return Answer({"gec_allowed_tce": round((1000.0 - left) * 1e4, 6)})


def factor_change(before: Mapping[str, str], after: Mapping[str, str]) -> Answer:
    """Change between two factors of the library, named by full id."""
    from carbonpeak.factors.library import FactorLibrary

    library = FactorLibrary.bundled()

    def value(name: str) -> float:
        found = library.factor(name)[1].value
        assert found is not None
        assert found.value is not None
        return float(found.value)

    return Answer({name: rates.change(value(after[name]), value(before[name])) for name in before})
