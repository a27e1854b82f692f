r"""The public API: open a workspace, check it, run it, ask where a figure comes from, print a report.

>>> import carbonpeak as cp
>>> workspace = cp.open("henan")
>>> run = workspace.run()
>>> run.metrics, run.verdicts, run.lines          # pandas tables, see docs/tables
>>> print("\n".join(run.explain("energy_total").lines()))
>>> run.report("account").save("report.docx")

The command line uses these names and adds only printing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..accounting.problems import InputError, Problem, ProblemList, Where
from ..factors.library import FactorLibrary
from ..inventories import explain as explaining
from ..inventories import freeze, runs, store
from ..inventories.check import Checked, examine
from ..inventories.check import check as check_place
from ..inventories.engine import Asked
from ..inventories.explain_node import Node
from ..inventories.messages import MESSAGES as INPUT
from ..inventories.results import Results
from ..inventories.run import library_for
from ..inventories.run import run as compute
from ..inventories.run_messages import MESSAGES
from ..inventories.workspace.workspace import Workspace as Opened

if TYPE_CHECKING:
    import pandas as pd

    from .figure import Lang
    from .report import Report

REPORT = "account"
FORMATS = ("html", "docx", "xlsx")
Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Tell nobody."""


def open(place: str | Path) -> Workspace:
    """Open a workspace folder, or a bundled example by name. Raises InputError with the faults of its YAML files."""
    return Workspace(Opened.open(place))


def check(place: str | Path, progress: Progress = silent) -> ProblemList:
    """Return every problem of a workspace or of one file. Nothing is written and nothing is raised."""
    return check_place(place, progress)


def review(place: str | Path, progress: Progress = silent) -> Checked:
    """Return the problems together with the reviewer's checks (docs/tables/checks.md), none where nothing was computed."""
    return examine(place, progress)


def run(place: str | Path, **options: Any) -> Run:
    """Open a workspace and run it; `options` are those of `Workspace.run`."""
    return open(place).run(**options)


def load(folder: str | Path) -> Run:
    """Read a run folder back. Nothing is recomputed. Raises InputError RUN-NOT for another folder, RUN-ALTERED where files miss."""
    place = Path(folder)
    runs.refuse_incomplete(place)
    results = store.load(place)
    return Run(results, store.library(place), place)


def is_run(place: str | Path) -> bool:
    """Tell whether a folder is a run."""
    return runs.is_run(place)


def folder_of(place: str | Path) -> tuple[Path, list[Problem]]:
    """Return a run folder, or that of the latest run of a workspace, and which inputs changed since.

    Raises InputError RUN-NEVER for a workspace that was never run, WORKSPACE-MISSING for neither.
    """
    folder, remarks = runs.find(place)
    if folder is None:
        raise InputError(MESSAGES.problem("RUN-NEVER", Where(), str(place)))
    return folder, remarks


def find(place: str | Path, progress: Progress = silent) -> Run:
    """Return a run folder, or the latest run of a workspace; one that was never run is computed now.

    `Run.remarks` says which, and which inputs changed since.
    """
    folder, remarks = runs.find(place)
    found = load(folder) if folder else open(place).run(progress=progress)
    found.remarks.extend(remarks)
    return found


@dataclass(frozen=True)
class Workspace:
    """An opened workspace. `inner` holds the parsed inventory.yaml and sources.yaml."""

    inner: Opened

    @property
    def root(self) -> Path:
        """The folder."""
        return self.inner.root

    def check(self) -> ProblemList:
        """Return every problem of the workspace. Nothing is written."""
        return check_place(self.root)

    def run(self, *, progress: Progress = silent, require_evidence: str = "", engine: Asked = "auto") -> Run:
        """Compute everything the workspace asks for. Raises InputError with the whole problem list.

        `require_evidence` (confirmed, transcribed, derived, attributed, recalled, assumed) refuses a result that rests
        on less; without it the option of inventory.yaml holds. `engine` computes the lines, the same in both; auto takes
        DuckDB for sources of more than 200 000 single rows.
        """
        library = library_for(self.inner)
        results = compute(self.inner, progress, library, require_evidence=require_evidence, engine=engine)
        return Run(results, library)

    def run_into(
        self,
        out: str | Path | None = None,
        *,
        lang: Lang = "zh",
        force: bool = False,
        formats: Sequence[str] = FORMATS,
        template: str | Path | None = None,
        progress: Progress = silent,
        require_evidence: str = "",
        engine: Asked = "auto",
        tables: store.Tables = "auto",
    ) -> Run:
        """Run and write the run folder, by default `runs/<period>-<hash8>` of the workspace.

        A default folder that exists holds the same run (see inventories/runs.py) and is read back, not written again.
        """
        wanted = {"lang": lang, "formats": list(formats), "template": _sha(template)}
        wanted |= {"require_evidence": require_evidence, "engine": engine, "tables": tables}
        place = Path(out) if out else runs.default_folder(self.inner, wanted)
        if out is None and runs.is_run(place) and not force:
            return load(place)
        writable(place, force)
        done = self.run(progress=progress, require_evidence=require_evidence, engine=engine)
        progress("报告 writing the reports")
        return done.save(place, lang=lang, force=force, formats=formats, template=template, tables=tables)


@dataclass(frozen=True)
class Run:
    """What one run found: tables, verdicts, problems, explanations, reports."""

    results: Results
    library: FactorLibrary
    folder: Path | None = None
    """the run folder, where it was read from or written to one"""
    remarks: ProblemList = field(default_factory=ProblemList)
    """what a reader must be told about the run itself, such as inputs changed since"""
    derived: list[str] = field(default_factory=list)
    """reports whose own figures the results know"""

    @property
    def metrics(self) -> pd.DataFrame:
        """The named numbers."""
        return self.results.metrics

    @property
    def verdicts(self) -> pd.DataFrame:
        """Indicators judged against the plans."""
        return self.results.verdicts

    @property
    def lines(self) -> pd.DataFrame:
        """The ledger: one quantity in one category a row."""
        return self.results.lines

    @property
    def problems(self) -> ProblemList:
        """Warnings and hints of the run."""
        return self.results.problems

    def explain(self, figure: str, whole: bool = False, lang: Lang = "zh") -> Node:
        """Return where a figure comes from, down to the input cell. Raises InputError FIGURE-UNKNOWN with near ids.

        `whole` shows every ledger line of a sum, not only the largest. Shares, sums and differences that only the
        report prints are derived when they are asked for.
        """
        most = None if whole else explaining.MOST_LINES
        try:
            return explaining.explain(self.results, figure, most=most, lang=lang)
        except InputError:
            if self.derived:
                raise
        self.report()
        self.derived.append(REPORT)
        return explaining.explain(self.results, figure, most=most, lang=lang)

    def report(self, name: str = REPORT) -> Report:
        """Return a report of the run, to be saved as .html, .docx or .xlsx. Raises InputError CHOICE for another name."""
        from .reports import choose

        builders = {REPORT: choose.build}
        if name not in builders:
            raise InputError(INPUT.problem("CHOICE", Where(key="report"), name, ", ".join(builders)))
        return builders[name](self.results, self.library)

    def save(
        self,
        out: str | Path,
        *,
        lang: Lang = "zh",
        force: bool = False,
        formats: Sequence[str] = FORMATS,
        template: str | Path | None = None,
        tables: store.Tables = "auto",
    ) -> Run:
        """Write the run folder: tables, reports, copies of inputs and factors, manifest. Returns the run with its folder.

        `tables` is the format of the result tables: csv, parquet, both; auto is csv, and parquet for a table longer than
        a worksheet. Raises InputError RUN-EXISTS without `force`, RUN-FROZEN for a signed run with or without it.
        """
        from .publish import publish

        place = Path(out)
        writable(place, force)
        own = Path(template) if template else None
        publish(
            self.results,
            self.library,
            place,
            lang=lang,
            force=force,
            formats=tuple(formats),
            template=own,
            tables=tables,
        )
        return replace(self, folder=place)


def _sha(path: str | Path | None) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path and Path(path).is_file() else str(path or "")


def writable(out: Path, force: bool) -> None:
    """Raise InputError where a run must not be written: RUN-FROZEN always, RUN-EXISTS without `force`."""
    freeze.refuse_frozen(out)
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not force:
        raise InputError(MESSAGES.problem("RUN-EXISTS", Where(), str(out)))
    if not runs.is_run(out):
        # --force replaces a run, never a folder that holds something else
        raise InputError(MESSAGES.problem("RUN-NOT", Where(), str(out)))
