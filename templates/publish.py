"""Write a whole run: tables, steps, reports, figures, log and manifest, into a folder that appears at once or not at all.

OUT/report.html .docx .xlsx    the account report (report.en.* beside it when both languages are asked for)
OUT/figures.json               every number printed: id, value, unit, text in both languages, evidence, source
OUT/run.log                    what was done, with the problems
and what inventories/store.py writes: results/, steps.json, problems.json, factors.json, inputs/, factors/, manifest.json
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from .. import __version__
from ..accounting.figure_id import metric_id
from ..accounting.problems import InputError, Where
from ..factors.library import FactorLibrary
from ..inventories import store
from ..inventories.results import Results
from ..inventories.run_messages import MESSAGES as RUN_MESSAGES
from .figure import Edition, Lang
from .figures import figures
from .messages import MESSAGES
from .report import Report
from .reports.choose import build

FORMATS = ("html", "docx", "xlsx")
Languages = Literal["zh", "en", "both"]


def publish(
    results: Results,
    library: FactorLibrary,
    out: Path,
    *,
    lang: Languages = "zh",
    force: bool = False,
    formats: Sequence[str] = FORMATS,
    template: Path | None = None,
    edition: Edition = "full",
    tables: store.Tables = "auto",
) -> dict[str, Path]:
    """Write a run to `out` and return its files by name (`report.html`, `figures.json`, `manifest.json`, …).

    `lang` both writes report.* in Chinese and report.en.* in English. `template` is a .docx of the user's own; a copy
    stays in the run. Raises InputError: RUN-EXISTS where `out` exists and `force` is not given, RUN-NOT where `force`
    would delete a folder that is no run, FILE-LOCKED where another program holds a file open.
    """
    _check(out, force)
    report = build(results, library)
    with _draft(out) as folder:
        store.save(results, folder, library, tables)
        log = _reports(report, folder, _names(lang, formats), edition, template)
        _write_figures(report, results, edition, folder / "figures.json")
        options = {**results.options, "lang": lang, "formats": list(formats), "edition": edition, "tables": tables}
        if template is not None:
            (folder / "templates").mkdir()
            shutil.copyfile(template, folder / "templates" / template.name)
            options["template"] = template.name
        (folder / "run.log").write_text("\n".join([*_log(results, options), *log]) + "\n", encoding="utf-8")
        store.seal(folder, options)
        _put_in_place(folder, out)
    return {path.relative_to(out).as_posix(): path for path in sorted(out.iterdir()) if path.is_file()}


def _check(out: Path, force: bool) -> None:
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not force:
        raise InputError(RUN_MESSAGES.problem("RUN-EXISTS", Where(file=str(out)), str(out)))
    if not (out / store.MANIFEST).is_file():
        # --force replaces a run, never a folder of something else
        raise InputError(RUN_MESSAGES.problem("RUN-NOT", Where(file=str(out)), str(out)))


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """Give a new folder beside `out`; it is gone afterwards, whatever happened."""
    folder = out.parent / f"~{out.name}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True)
        yield folder
    except PermissionError as error:
        raise InputError(MESSAGES.problem("FILE-LOCKED", found=str(out), reason=error.strerror or "")) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(folder: Path, out: Path) -> None:
    old = out.parent / f"~{out.name}.{os.getpid()}.old"
    if out.exists():
        out.rename(old)
    try:
        folder.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _names(lang: Languages, formats: Sequence[str]) -> list[tuple[str, Lang]]:
    first: Lang = "en" if lang == "en" else "zh"
    names: list[tuple[str, Lang]] = [(f"report.{suffix}", first) for suffix in formats]
    if lang == "both":
        names += [(f"report.en.{suffix}", "en") for suffix in formats]
    return names


def _reports(
    report: Report, folder: Path, names: Sequence[tuple[str, Lang]], edition: Edition, template: Path | None
) -> list[str]:
    """Write the documents; return the hints of the renderers."""
    hints = []
    for name, lang in names:
        own = template if name.endswith(".docx") else None
        found = report.save(folder / name, lang=lang, edition=edition, template=own)
        hints += [f"{name}: {problem.text(lang)}" for problem in found]
    return hints


def _write_figures(report: Report, results: Results, edition: Edition, path: Path) -> None:
    steps, sources = results.steps_by_figure, _sources(results)
    records: list[dict[str, Any]] = []
    for record in figures(report, edition):
        step = steps[record["id"]]
        refs = [term.ref for term in step.terms if term.ref]
        source = {
            "source": sources.get(record["id"], "step"),
            "equation": step.equation,
            "rule": step.rule,
            "refs": refs[:8],
        }
        records.append({**record, **source})
    store.write_json(path, records)


def _sources(results: Results) -> dict[str, str]:
    """Return the address of every metric that was read."""
    rows = results.metrics.astype("str").to_dict("records")
    return {metric_id({str(name): value for name, value in row.items()}): str(row["source"]) for row in rows}


def _log(results: Results, options: dict[str, Any]) -> list[str]:
    sizes = ", ".join(f"{name} {len(frame)}" for name, frame in results.tables.items())
    return [
        f"carbonpeak {__version__}  {datetime.now(UTC).isoformat(timespec='seconds')}",
        f"workspace {results.workspace.root}",
        f"options {json.dumps(options, ensure_ascii=False, sort_keys=True, default=str)}",
        f"tables {sizes}; steps {len(results.steps)}",
        *results.problems.text("zh").splitlines(),
    ]
