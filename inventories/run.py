"""One function serves every verb: from a workspace to Results."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..accounting.conversion import residuals
from ..accounting.metrics import MetricBook
from ..accounting.problems import ProblemList
from ..accounting.steps import Step
from ..accounting.tables import COEFFICIENTS, FACTOR_PARTS, LINE_INPUTS, LINES, UNCOUNTED
from ..factors.library import FactorLibrary
from . import (
    contributions,
    enterprise_run,
    evidence,
    evidence_shares,
    factors_used,
    judging,
    mixes,
    notation,
    places,
    region_run,
    splits,
)
from .accounts import Maker, merge
from .checks import quality, review
from .draft import Draft, Parts, Progress
from .engine import Asked, chosen
from .frame import Book, prepare
from .names import Names
from .readers.read import ReadResult, read_all
from .results import Results
from .rows import Rows
from .workspace.workspace import Workspace


def run(
    workspace: Workspace,
    progress: Progress = lambda _: None,
    library: FactorLibrary | None = None,
    require_evidence: str = "",
    engine: Asked = "auto",
) -> Results:
    """Compute everything a workspace asks for. Raises InputError with every error of its input.

    `progress` is told what is being done, in both languages; `library` replaces the bundled factors (verify);
    `require_evidence` refuses (EVIDENCE-WEAK) a result that rests on less; `engine` computes the lines (the same in both);
    `auto` takes DuckDB for sources of more than engine.LARGE single rows.
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
    inventory = workspace.inventory
    names = Names.of_workspace(workspace, library)
    used = chosen(engine, sum(detail.rows for detail in read.details))
    singles = Rows(read.details, used) if read.details else None
    progress(f"引擎 engine: {used}")
    regions = places.book(inventory, library)
    maker = Maker(
        library,
        book,
        prepared,
        mixes.burnt_for_itself(mixes.declared(inventory), book.items["recovered_gas"]),
        splits.of(inventory, book, regions, prepared.frame),
        used,
        regions,
        singles,
    )
    draft = Draft(workspace, library, book, prepared, metrics, maker, problems)
    parts = (enterprise_run if inventory.kind == "enterprise" else region_run).compute(draft, progress)
    silent, yearly = merge(parts.accounts, "silent"), inventory.kind == "enterprise"
    problems.extend(notation.settle(metrics, silent, prepared.frame, book.items, book.sectors, yearly))
    lines, behind, inputs = (merge(parts.accounts, name) for name in ("lines", "factor_parts", "line_inputs"))
    levels = evidence.LineLevels(lines, behind, read.activity, inputs, evidence.of_splits(inventory))
    settled = evidence.settle(metrics, levels)
    totals = contributions.Ledger(lines, behind, read.activity, metrics, settled).totals()
    evidence_shares.record(totals, metrics)
    progress("目标评价 targets")
    verdicts = judging.verdicts(workspace, metrics, problems, require_evidence)
    results = _assemble(draft, read, parts, verdicts)
    numbers = behind.iloc[levels.pairs["part"].unique()]
    shares = evidence_shares.of_numbers(totals)
    results.factors = factors_used.describe(numbers, _factor_refs(metrics.steps), library, shares)
    for account in parts.accounts:
        problems.extend(account.problems.items)
    results.problems = problems
    above = places.above(inventory, regions, metrics)
    compared = review.compare(results, parts.tables, above)
    if inventory.kind != "enterprise":  # the forms of an enterprise have checks of their own
        results.checks = review.table(results, [*read.compared, *compared], above, names)
    problems.extend(quality.check(results, parts.tables, compared))
    problems.raise_errors()  # after everything, so that the list is whole
    required = require_evidence or str(workspace.inventory.options.require_evidence)
    results.options = {"require_evidence": required, "engine": used}
    results.rows = singles
    if required:
        ProblemList(evidence.check(results, required)).raise_errors()
    return _named(results, names)


WORDED = (
    ("coefficients", "matched_on"), ("uncounted", "detail"), ("metrics", "note"), ("verdicts", "missing"), ("verdicts", "note"),
    ("verdicts", "source"),
    ("residuals", "rule"), ("factor_parts", "reason"),
)  # fmt: skip
"""columns that hold wording (accounting/wording.py) while a run computes, and plain texts in two languages afterwards"""


def _named(results: Results, names: Names) -> Results:
    """Give problems, remarks and steps their words in both languages, with names in place of codes."""
    results.problems = names.problems(results.problems.items)
    for table, column in WORDED:
        frame: pd.DataFrame = getattr(results, table)
        said = {text: names.pair(text) for text in frame[column].unique()}
        own = frame[f"{column}_en"]
        frame[f"{column}_en"] = own.where(own != "", frame[column].map({t: en for t, (_, en) in said.items()})).astype(
            own.dtype
        )
        frame[column] = frame[column].map({text: zh for text, (zh, _) in said.items()}).astype(own.dtype)
    results.metrics["document"] = results.metrics["document"].map(lambda text: names.pair(text)[0])
    for taken in (one for factor in results.factors for part in factor["parts"] for one in part["taken"]):
        taken["reason"], taken["reason_en"] = names.pair(taken["reason"])
    return results


def library_for(workspace: Workspace) -> FactorLibrary:
    """Return the bundled library plus the workspace's own factors folder."""
    folder = workspace.root / "factors"
    return FactorLibrary.bundled([folder] if folder.is_dir() else [])


def _assemble(draft: Draft, read: ReadResult, parts: Parts, verdicts: pd.DataFrame) -> Results:
    accounts, metrics = parts.accounts, draft.metrics
    lines = merge(accounts, "lines")
    uncounted = [draft.prepared.uncounted, parts.left_out, merge(accounts, "uncounted")]
    return Results(
        workspace=draft.workspace,
        library=draft.library,
        activity=read.activity,
        coefficients=COEFFICIENTS.conform(merge(accounts, "coefficients")),
        factor_parts=FACTOR_PARTS.conform(merge(accounts, "factor_parts")),
        lines=LINES.conform(lines),
        line_inputs=LINE_INPUTS.conform(merge(accounts, "line_inputs")),
        metrics=metrics.frame(),
        verdicts=verdicts,
        uncounted=UNCOUNTED.conform(pd.concat(uncounted, ignore_index=True)),
        residuals=residuals(draft.prepared.frame, draft.book.nodes),
        steps=metrics.steps,
    )


def _factor_refs(steps: Sequence[Step]) -> list[str]:
    """Return the factors that steps name themselves (bought electricity, assessment factors)."""
    refs = [term.ref for step in steps for term in step.terms if term.ref.startswith("factor:")]
    return [ref.removeprefix("factor:") for ref in refs]
