"""The command line: each command composes what the library offers; nothing is computed here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from .templates import console
from .templates.figure import Lang, Text

HELP = """碳达峰工具箱：能源核算、碳排放核算、目标评价，每个数字都有出处。

Energy accounts, CO2 accounts and target assessment in which every figure has a source.

退出码 exit codes: 0 完成 done; 1 未完成或不一致 missed or different; 2 输入有误 input wrong; 3 程序错误 our fault; 4 不能判定 cannot be judged."""
app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=HELP)
imports = typer.Typer(no_args_is_help=True, help="把一张表原样导入工作区。 Bring a table into a workspace unchanged.")
factors = typer.Typer(no_args_is_help=True, help="因子库：查找、核对、比较。 The factor library: find, check, compare.")
app.add_typer(imports, name="import")
app.add_typer(factors, name="factors")

Level = Literal["confirmed", "transcribed", "derived", "attributed", "recalled", "assumed"]
LangOption = Annotated[Lang, typer.Option("--lang", envvar="CARBONPEAK_LANG", help="语言。 Language.")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用。 Print JSON for scripts.")]
Place = Annotated[str, typer.Argument(help="工作区目录，或内置示例名。 Folder of a workspace, or a bundled example.")]
RunOrPlace = Annotated[str, typer.Argument(help="运行目录，或工作区（取最近一次运行）。 Folder of a run, or a workspace (its latest run).")]  # fmt: skip
Folder = Annotated[Path, typer.Argument(help="运行目录。 Folder of a run.")]
Into = Annotated[Path, typer.Option("--into", help="工作区目录，没有则新建。 Folder of the workspace; made if missing.")]
Region = Annotated[str, typer.Option("--region", help="行政区划代码或名称。 GB/T 2260 code or name.")]
Year = Annotated[str, typer.Option("--year", help="年份或时期。 Year or period.")]
Sheet = Annotated[str, typer.Option("--sheet", help="工作表名。 Worksheet.")]
Near = Annotated[str, typer.Option("--workspace", help="连同该工作区的 factors 目录。 Also the factors folder of this workspace.")]  # fmt: skip


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="版本。 Version.")] = False) -> None:
    if version:
        from . import __version__

        console.say(f"carbonpeak {__version__}")
        console.leave(console.DONE)


@app.command()
@console.guarded
def run(
    workspace: Place,
    out: Annotated[Path | None, typer.Option("--out", help="输出目录；缺省为工作区的 runs/<时期>-<摘要>。 Output folder; default runs/<period>-<hash8>.")] = None,
    lang: LangOption = "zh",
    engine: Annotated[Literal["auto", "pandas", "duckdb"], typer.Option("--engine", help="计算引擎。 Engine.")] = "auto",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的运行（已定稿的除外）。 Overwrite a run, never a signed one.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只计算，不写文件。 Compute, write nothing.")] = False,
    require_evidence: Annotated[Level | None, typer.Option("--require-evidence", help="因子依据的最低等级。 Least evidence of a factor.")] = None,
    fail_on: Annotated[Literal["missed", "unjudged"] | None, typer.Option("--fail-on", help="有未完成（或不能判定）的指标时以非零退出。 Exit 1 (4) where a target is missed (cannot be judged).")] = None,
    formats: Annotated[str, typer.Option("--format", help="报告格式。 Formats of the report.")] = "html,docx,xlsx",
    template: Annotated[Path | None, typer.Option("--template", help="自己的 Word 模板。 A Word template of your own.")] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """核算并写出报告：能源、碳排放、目标评价。 Compute the accounts, judge the plan, write the report."""
    from .templates import session

    asked = session.Asked(out, lang, force, dry_run, session.split(formats), template, engine, require_evidence or "")
    with console.progress(lang) as progress:
        done = session.run(workspace, asked, progress)
    console.finished(done, lang, as_json)
    console.leave(session.exit_code(done.verdicts, fail_on))
