"""One function serves every verb: from a workspace to Results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from ..accounting import co2, energy_mix, per_tce, reference
from ..accounting.conversion import residuals
from ..accounting.energy_table import EnergyTable
from ..accounting.metrics import MetricBook
from ..accounting.problems import ProblemList
from ..accounting.tables import COEFFICIENTS, LINE_INPUTS, LINES, UNCOUNTED
from ..factors.library import FactorLibrary
from ..factors.profile import Mix, Profile
from . import energy_run, evidence, factors_used, guards, judging, legs, splits
from .accounts import Account, Maker, merge
from .checks import quality
from .engine import Engine
from .frame import Book, Prepared, prepare
from .readers.read import ReadResult, read_all
from .results import Results
from .standards import standard
from .workspace.models import Inventory
from .workspace.workspace import Workspace

CEADS, REFERENCE, PROCESS, PROCESS_FLOW = "ceads", "reference", "process", "activity"
AGGREGATES = {"ci_2016": ("co2_assessment_2016", "aggregate/assessment_2012")}
"""definition -> (metric, factor set) of the per-tce method"""
Progress = Callable[[str], None]


def run(
    workspace: Workspace,
    progress: Progress = lambda _: None,
    library: FactorLibrary | None = None,
    require_evidence: str = "",
    engine: Engine = "pandas",
) -> Results:
    """Compute everything a workspace asks for. Raises InputError with every error of its input.

    `progress` is told what is being done, in both languages; `library` replaces the bundled factors (verify);
    `require_evidence` refuses (EVIDENCE-WEAK) a result that rests on less; `engine` computes the lines (the same in both).
    """
    progress("读取 reading")
    read = read_all(workspace)
    read.problems.raise_errors()
    library = library or library_for(workspace)
    book = Book.of(library)
    progress("整理 preparing")
    prepared = prepare(read.activity, book)
    problems = ProblemList([*read.problems.items, *prepared.problems.items])
    metrics = MetricBook()
    metrics.take(read.metrics)
    maker = Maker(library, book, prepared, _mixes(workspace.inventory), splits.of(workspace.inventory, book), engine)
    progress("能源核算 energy account")
    energy = maker.energy(library.profile("energy"))
    tables, mixed = energy_run.tables(prepared, energy, book)
    problems.extend(mixed)
    problems.raise_errors()
    left_out = energy_run.account(tables, workspace.inventory, library, book, metrics)
    progress("排放核算 emission accounts")
    accounts = [energy, *_emissions(workspace, maker, library, metrics)]
    accounts += _reference(workspace.inventory, maker, library, metrics, accounts)
    accounts += _process(maker, library, metrics)
    legs.record(workspace.inventory, library, metrics)
    _assessment(tables, library, metrics)
    problems.extend(guards.check(workspace.inventory, accounts))
    problems.extend(judging.totals(workspace.inventory, metrics, tables))
    progress("目标评价 targets")
    verdicts = judging.verdicts(workspace, metrics, problems, require_evidence)
    results = _assemble(workspace, read, prepared, accounts, metrics, verdicts, left_out, book, library)
    for account in accounts:
        problems.extend(account.problems.items)
    results.problems = problems
    problems.extend(quality.check(results, tables, book))
    required = require_evidence or str(workspace.inventory.options.require_evidence)
    results.options = {"require_evidence": required}
    if required:
        ProblemList(evidence.check(results, required)).raise_errors()
    return results


def library_for(workspace: Workspace) -> FactorLibrary:
    """Return the bundled library plus the workspace's own factors folder."""
    folder = workspace.root / "factors"
    return FactorLibrary.bundled([folder] if folder.is_dir() else [])


def _mixes(inventory: Inventory) -> list[Mix]:
    """The declared mixes in the form the resolver takes."""
    out = []
    for name, declared in (("coal_mix", inventory.coal_mix), ("gas_mix", inventory.gas_mix)):
        for mix in declared:
            evidence = str(mix.evidence) or "assumed"
            out.append(Mix(
                name=name, region=mix.entity or inventory.entity, year=mix.year, of=dict(mix.of),
                basis="heat" if mix.basis == "heat" else "mass", source=mix.source or mix.note,
                evidence="transcribed" if evidence == "measured" else evidence,  # type: ignore[arg-type]  # pydantic reads the text
            ))  # fmt: skip
    return out


def _emissions(workspace: Workspace, maker: Maker, library: FactorLibrary, metrics: MetricBook) -> list[Account]:
    accounts, inventory = [], workspace.inventory
    for name in inventory.standards:
        chosen = standard(name, workspace.root)
        own = inventory.profile if name == inventory.standards[0] else ""
        profile = library.profile(own or chosen.profile)
        gwp = _gwp(profile, library)
        account = maker.ceads(chosen, profile) if name == CEADS else maker.emissions(chosen, profile, gwp)
        evidence = account.coefficients.drop_duplicates("factor_id").set_index("factor_id")["evidence"]
        co2.record(account.lines, metrics, name, evidence, chosen.title.zh)
        if gwp and {"ch4", "n2o"} & set(account.lines["quantity"]):
            co2.total_with_gwp(account.lines, metrics, name, (str(profile.gwp), gwp), ("co2", "ch4", "n2o"))
        accounts.append(account)
    return accounts


def _reference(
    inventory: Inventory, maker: Maker, library: FactorLibrary, metrics: MetricBook, done: Sequence[Account]
) -> list[Account]:
    """The reference approach, where the balance prints its supply block."""
    main = next((account for account in done if account.id == inventory.standards[0]), None)
    if main is None or main.id == CEADS or not maker.prepared.frame["flow"].isin(["production", "inflow"]).any():
        return []
    chosen = standard(REFERENCE)
    account = maker.emissions(chosen, library.profile(chosen.profile), {})
    account.uncounted = account.uncounted.iloc[:0]  # the same rows and reasons as the sectoral approach
    groups = {name: maker.book.items[group] for name, (group, _) in energy_mix.FUELS.items()}
    reference.record(pd.concat([account.lines, main.lines]), metrics, REFERENCE, main.id, groups)
    return [account]


def _process(maker: Maker, library: FactorLibrary, metrics: MetricBook) -> list[Account]:
    """The account of simple process sources, where the workspace has any."""
    if not (maker.prepared.frame["flow"] == PROCESS_FLOW).any():
        return []
    chosen = standard(PROCESS)
    account = maker.emissions(chosen, library.profile(chosen.profile), {}, only=PROCESS_FLOW)
    evidence = account.coefficients.drop_duplicates("factor_id").set_index("factor_id")["evidence"]
    co2.record_process(account.lines, metrics, PROCESS, evidence, chosen.title.zh)
    return [account]


def _gwp(profile: Profile, library: FactorLibrary) -> dict[str, float]:
    if not profile.gwp:
        return {}
    factors = library.set(profile.gwp).factors
    return {f.item: float(f.value.value) for f in factors if f.value is not None and f.value.value is not None}


def _assessment(tables: Sequence[EnergyTable], library: FactorLibrary, metrics: MetricBook) -> None:
    """CO2 by coal equivalent, where the balance gives net consumption of coal, oil and gas."""
    for definition, (metric, set_id) in AGGREGATES.items():
        factors = {
            f.item: (float(f.value.value), f"{set_id}#{f.key()}", f.value.evidence.value)
            for f in library.set(set_id).factors
            if f.value is not None and f.value.value is not None
        }
        for table in tables:
            per_tce.record(table, metrics, factors, metric, definition)


def _assemble(
    workspace: Workspace,
    read: ReadResult,
    prepared: Prepared,
    accounts: Sequence[Account],
    metrics: MetricBook,
    verdicts: pd.DataFrame,
    left_out: pd.DataFrame,
    book: Book,
    library: FactorLibrary,
) -> Results:
    lines = merge(accounts, "lines")
    uncounted = [prepared.uncounted, left_out, merge(accounts, "uncounted")]
    chosen = set(lines["factor_id"]) | {ref for step in metrics.steps for ref in _factor_refs(step.terms)}
    return Results(
        workspace=workspace,
        activity=read.activity,
        coefficients=COEFFICIENTS.conform(merge(accounts, "coefficients")),
        lines=LINES.conform(lines),
        line_inputs=LINE_INPUTS.conform(merge(accounts, "line_inputs")),
        metrics=metrics.frame(),
        verdicts=verdicts,
        uncounted=UNCOUNTED.conform(pd.concat(uncounted, ignore_index=True)),
        residuals=residuals(prepared.frame, book.nodes),
        steps=metrics.steps,
        factors=factors_used.describe(chosen, library),
    )


def _factor_refs(terms: Sequence[object]) -> list[str]:
    refs = [str(getattr(term, "ref", "")) for term in terms]
    return [ref.removeprefix("factor:") for ref in refs if ref.startswith("factor:")]
