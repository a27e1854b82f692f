"""Totals, intensities and verdicts of a run: what is made of the metrics once the accounts stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ..accounting import bridge, deductions, gdp, growth, indicators, intensity, new_renewables, targets
from ..accounting.energy_table import EnergyTable
from ..accounting.metric_lookup import Lookup
from ..accounting.metrics import MetricBook
from ..accounting.problems import InputError, Problem, ProblemList, Where
from ..accounting.tables import VERDICTS
from ..accounting.target_count import UNRESOLVED
from ..accounting.target_grades import Officials
from ..accounting.target_messages import MESSAGES
from ..accounting.target_models import Plan, Target
from ..accounting.wording import words
from . import codes, official, plans, rules
from .audit_messages import MESSAGES as AUDIT
from .workspace.models import Inventory
from .workspace.workspace import Workspace

PERIOD = 5
"""years of a five-year plan"""


def totals(workspace: Workspace, metrics: MetricBook, tables: Sequence[EnergyTable]) -> ProblemList:
    """Record the CO2 totals, ratios, intensities and growth figures; return what could not be chained and why."""
    problems, inventory = ProblemList(), workspace.inventory
    main = inventory.standards[0]
    for table in tables:
        bridge.totals(metrics, table.entity, table.period, main)
        indicators.record(metrics, table.entity, table.period, main)
        problems.extend(deductions.record(metrics, table.entity, table.period))
        new_renewables.record(metrics, table.entity, table.period)
    for base in inventory.price_years:
        amounts: set[int] = set()
        for measure in _measures(inventory):
            known = [year for year in range(base, base + PERIOD + 1) if _has(metrics, measure, inventory.entity, year)]
            amounts |= {*known}
            if known:
                problems.extend(intensity.intensity(metrics, inventory.entity, known, measure, base))
        if not amounts:
            problems.add(_unused_prices(inventory, base))
        for table in tables:
            indicators.electricity_intensity(metrics, table.entity, table.period, base)
    problems.extend(intensity.incomparable(metrics, inventory.entity))
    spans = sorted({year for base in inventory.price_years for year in range(base + 1, base + PERIOD + 1)})
    growth.record(metrics, inventory.entity, spans, inventory.price_years)
    for plan, _ in _rooms(workspace)[0]:
        price_year, years = plan.price_year or plan.base_year, range(plan.base_year, plan.period[1] + 1)
        gdp.chain(metrics, inventory.entity, price_year, years, plan.base_year)  # the room itself says what is missing
    return problems


def _unused_prices(inventory: Inventory, base: int) -> Problem:
    """Prices of a year whose five-year period holds no energy total and no CO2: nothing is made of them."""
    years = ", ".join(str(year) for year in sorted(inventory.years))
    where = Where(file="inventory.yaml", key="price_years")
    return AUDIT.problem("DECLARED-UNUSED", where, f"{base}-{base + PERIOD}", years, label="price_years")


def _measures(inventory: Inventory) -> list[intensity.Measure]:
    decimals = inventory.options.round_before_ratio
    energy = intensity.energy_measure() if decimals is None else intensity.energy_measure(decimals)
    return [_measure(one, energy) for one in rules.definitions().values() if one.numerator]


def _measure(definition: rules.Definition, energy: intensity.Measure) -> intensity.Measure:
    """What is divided by GDP under a dated definition; gross energy carries no label, being what was always meant."""
    if definition.indicator == "carbon_intensity":
        return intensity.carbon_measure(definition.id, definition.numerator)
    if definition.numerator in energy.numerators:
        return energy
    rule = f"{words(definition.title.zh, definition.title.en)}（{definition.document}）"
    return replace(energy, numerators=(definition.numerator,), qualifiers={}, definition=definition.id, rule=rule)


def _has(metrics: MetricBook, measure: intensity.Measure, entity: str, year: int) -> bool:
    lookup = Lookup(metrics)
    return any(lookup.best(name, entity, str(year), measure.qualifiers) for name in measure.numerators)


def verdicts(workspace: Workspace, metrics: MetricBook, problems: ProblemList, evidence: str = "") -> pd.DataFrame:
    """Judge every plan of the workspace in every year of the account, in the last year with a published result, and,
    for the indicators concerned, in the years of `assessed`.
    """
    frames = [VERDICTS.empty()]
    for name in workspace.inventory.plans:
        try:
            plan = plans.load(name, workspace.root, problems)
            home = workspace.inventory.entity
            if plan.entity != home:
                problems.add(MESSAGES.problem("PLAN-PLACE", Where(key=name), plan.entity, home))
                continue
            if not _years(plan, workspace.inventory, metrics):
                period = f"{plan.period[0]}-{plan.period[1]}"
                problems.add(MESSAGES.problem("PLAN-PERIOD", Where(key=name), period, workspace.inventory.years))
            results = official.results(workspace.inventory, plan, problems, workspace.root)
            frames += _plan(plan, workspace, metrics, evidence, results)
        except InputError as error:
            problems.extend(error.problems)
    problems.extend(_rooms(workspace)[1])
    problems.extend(official.unplanned(workspace.inventory))
    # a target that fell due is judged in its target year, whichever later year asks
    return pd.concat(frames, ignore_index=True).drop_duplicates(list(VERDICTS.key), keep="last", ignore_index=True)


def _rooms(workspace: Workspace) -> tuple[list[tuple[Plan, Target]], list[Problem]]:
    """Plans and targets of the entries of `room`, and the faults of entries; the report works the room out."""
    rooms: list[tuple[Plan, Target]] = []
    found: list[Problem] = []
    for entry in workspace.inventory.room:
        try:
            rooms.append(plans.room(entry, workspace.root))
        except InputError as error:
            found += error.problems
    return rooms, found


def _plan(
    plan: Plan, workspace: Workspace, metrics: MetricBook, evidence: str, results: Officials
) -> list[pd.DataFrame]:
    out, inventory = [], workspace.inventory
    required = evidence or str(inventory.options.require_evidence)
    names = codes.metrics().codes
    graded = {year for _, year in results}
    latest = _published(plan, inventory, metrics)
    covered = bool({*range(plan.period[0], plan.period[1] + 1)} & {*inventory.years})
    for year in sorted({*_years(plan, inventory, metrics), *graded}):
        rule = rules.judging_rule(year, inventory.schemes, required, workspace.root)
        found = targets.judge(plan, metrics, str(year), inventory.entity, rule=rule, officials=results, names=names)
        if covered and year not in inventory.years:
            # beside the account only what the plan set a number for, and before the last year only what was graded
            found = found[found["reason"] != UNRESOLVED]
            mine = [indicator for indicator, at in results if at == year]
            found = found if year == latest else found[found["indicator"].isin(mine)]
        out.append(found)
    return out


def _years(plan: Plan, inventory: Inventory, metrics: MetricBook) -> list[int]:
    """Years to judge: those of the account, and the last published one, inside the plan's period."""
    first, last = plan.period
    wanted = {*inventory.years, _published(plan, inventory, metrics)}
    return sorted(year for year in wanted if first <= year <= last)


def _published(plan: Plan, inventory: Inventory, metrics: MetricBook) -> int:
    """The last year of the plan's period with a published result, 0 where there is none."""
    first, last = plan.period
    published = (
        int(str(row["period"]))
        for row in metrics.rows.values()
        if str(row["metric"]).endswith("_published")
        and row["entity"] == inventory.entity
        and str(row["period"]).isdigit()
    )
    return max((year for year in published if first <= year <= last), default=0)
