"""What `run`, `targets` and `import` print, and the exit codes of judged runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..accounting.completeness import of_note
from ..accounting.figure_id import metric_id
from ..accounting.problems import InputError, Where
from ..accounting.target_count import exit_code as verdict_code
from ..accounting.target_count import headline as last_of_each
from ..accounting.target_count import summary
from . import console, verdict_table
from .api import FORMATS, Run
from .figure import Lang, Text
from .messages import MESSAGES

if TYPE_CHECKING:
    import pandas as pd

HEADLINE = (
    *("energy_total", "co2_energy", "co2_inventory", "energy_intensity", "carbon_intensity"),
    *("energy_comprehensive", "co2_scope1", "co2_scope2_location", "co2_enterprise"),
)
"""metrics shown after a run, where it has them"""


def formats(text: str) -> tuple[str, ...]:
    """Read `html,docx,xlsx`. Raises InputError TPL-SUFFIX for another format."""
    wanted = tuple(dict.fromkeys(part.strip().lstrip(".").lower() for part in text.split(",") if part.strip()))
    for name in wanted:
        if name not in FORMATS:
            raise InputError(MESSAGES.problem("TPL-SUFFIX", Where(key="--format"), name, " ".join(FORMATS)))
    return wanted


def exit_code(done: Run, fail_on: str | None) -> int:
    """Return 1 where a target is missed, 4 where one cannot be judged and that was asked for, else 0."""
    code = verdict_code(done.verdicts) if fail_on else console.DONE
    return console.DONE if code == console.CANNOT_JUDGE and fail_on != "unjudged" else code


def show(done: Run, lang: Lang, as_json: bool) -> None:
    """Print what a run found and where it was written."""
    if as_json:
        console.to_json(_record(done))
        return
    if len(done.verdicts):
        frame = verdict_table.printable(done.results, lang)
        # one row an indicator; `targets` shows every year
        console.table(frame.loc[last_of_each(done.verdicts).index], verdict_table.columns(frame), lang, False)
        console.say(summary(done.verdicts, lang))
    _headline(done, lang)
    console.problems(done.problems, lang, err=True)
    rows = done.results.rows
    if rows is not None:
        count, used = sum(detail.rows for detail in rows.details), rows.engine
        console.note(
            Text(f"逐行台账 {count:,} 行，引擎 {used}。", f"Ledger of {count:,} single rows; engine {used}."), lang
        )
    if done.folder is None:
        console.note(Text("只计算，未写文件。", "Computed only; nothing was written."), lang)
    else:
        console.note(Text(f"已写入 {done.folder}：", f"Written to {done.folder}:"), lang)
    for path in _reports(done.folder):
        console.say(str(path))


def _record(done: Run) -> dict[str, Any]:
    return {
        "out": str(done.folder) if done.folder else None,
        "engine": done.results.options.get("engine", ""),
        "reports": [str(path) for path in _reports(done.folder)],
        "summary": {"zh": summary(done.verdicts, "zh"), "en": summary(done.verdicts, "en")},
        "verdicts": done.verdicts.to_dict("records"),
        "metrics": len(done.metrics),
        "evidence_shares": _evidence_shares(done.metrics),
        "problems": [problem.record() for problem in done.problems],
    }


def _evidence_shares(metrics: pd.DataFrame) -> list[dict[str, Any]]:
    """What the totals rest on: shares by level of the whole chain, of factors alone and of data alone."""
    columns = ["metric", "entity", "period", "basis", "definition", "category", "value", "unit"]
    own = metrics.loc[metrics["metric"].str.endswith("evidence_share"), columns]
    return [{str(name): value for name, value in row.items()} for row in own.to_dict("records")]


HEADINGS = (("name", Text("指标", "Figure")), ("value", Text("数值", "Value")), ("unit", Text("单位", "Unit")))
ID = ("figure", Text("编号（供 explain）", "Id (for explain)"))


def _reports(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("report*.*")) if folder else []


def _headline(done: Run, lang: Lang) -> None:
    """A few totals of the run's own entity, each with the id that `explain` takes."""
    own = done.metrics[done.metrics["entity"] == done.results.workspace.inventory.entity]
    plain = own[(own[["sector", "item", "gas"]] == "").all(axis=1) & own["metric"].isin(HEADLINE)]
    last = plain[plain["period"].isin([str(year) for year in done.results.workspace.inventory.years])]
    last = last[last["value"].notna()]
    ids = [metric_id({str(name): str(value) for name, value in row.items()}) for row in last.to_dict("records")]
    names, column = done.results.names, 0 if lang == "zh" else 1
    frame = last.assign(
        figure=ids, name=[names.figure(one)[column] for one in ids],
        unit=[console.unit(one, lang) for one in last["unit"]],
        note=last["note" if lang == "zh" else "note_en"].map(of_note),
    )[["name", "value", "unit", "note", "figure"]]  # fmt: skip
    marked = (("note", Text("备注", "Note")),) if frame["note"].any() else ()
    console.table(frame, (*HEADINGS, *marked, ID), lang, False)


def verdicts(done: Run, lang: Lang, as_json: bool) -> None:
    """Print the verdict table and the sentence that counts it; `--json` gives the records of the table."""
    if as_json:
        console.to_json(done.verdicts.to_dict("records"))
        return
    frame = verdict_table.printable(done.results, lang)
    console.table(frame, verdict_table.columns(frame), lang, False)
    console.say(summary(done.verdicts, lang))


def bring_in(kind: str, file: Path, into: Path, region: str, year: str, sheet: str, lang: Lang) -> None:
    """Import a table into a workspace and say what was taken, what was not, and what to do next."""
    from ..inventories import imports
    from ..inventories.codes import regions

    made = imports.bring_in(kind, file, into, entity=region, period=year, sheet=sheet)
    console.say(str(made.workspace.root))
    names = ", ".join(source.id for source in made.workspace.sources)
    out, years = ", ".join(made.left_out), ", ".join(map(str, made.years))
    unlisted = ", ".join(map(str, made.unlisted))
    home = made.workspace.inventory.entity
    for said, note in (
        (out, Text(f"未导入的工作表：{out}。", f"Sheets not imported: {out}.")),
        (years, Text(f"inventory.yaml 的 years 已加上 {years}。", f"Added to years in inventory.yaml: {years}.")),
        (unlisted, Text(f"请在 inventory.yaml 的 years 中加上 {unlisted}，否则报告不写这些年份。",
                        f"Add {unlisted} to years in inventory.yaml; the report leaves these years out otherwise.")),
    ):  # fmt: skip
        if said:
            console.note(note, lang)
    if made.beside:
        zh, en = (", ".join(regions().label(code, one) for code in made.beside) for one in ("zh", "en"))
        console.note(Text(f"{zh} 不是工作区的核算地区（{regions().label(home)}），报告只写核算地区；另建工作区可单独成报告。",
                          f"{en} is not the place of the account ({regions().label(home, 'en')}), which alone is reported; make it a workspace of its own."), lang)  # fmt: skip
    console.note(Text(f"已导入，数据源：{names}。接着：carbonpeak run {into}",
                      f"Imported; sources: {names}. Next: carbonpeak run {into}"), lang)  # fmt: skip
