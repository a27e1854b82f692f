"""Arguments and options of the command line, each with its help in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from .figure import Lang

Evidence = Literal["confirmed", "transcribed", "derived", "attributed", "recalled", "assumed"]
LangOption = Annotated[Lang, typer.Option("--lang", envvar="CARBONPEAK_LANG", help="语言。 Language.")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用。 Print JSON for scripts.")]
Place = Annotated[str, typer.Argument(help="工作区目录，或内置示例名。 Folder of a workspace, or a bundled example.")]
RunOrPlace = Annotated[
    str, typer.Argument(help="运行目录，或工作区（取最近一次运行）。 Folder of a run, or a workspace (its latest run).")
]
RunOrNow = Annotated[
    str, typer.Argument(help="运行目录，或工作区（现在计算）。 Folder of a run, or a workspace (computed now).")
]
Folder = Annotated[Path, typer.Argument(help="运行目录。 Folder of a run.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="输出目录，缺省为工作区的 runs/<时期>-<摘要>。 Output; default runs/<period>-<hash8>."),
]
Force = Annotated[
    bool, typer.Option("--force", help="覆盖已有运行，已定稿的除外。 Overwrite a run, never a signed one.")
]
Engine = Annotated[
    Literal["auto", "pandas", "duckdb"],
    typer.Option(
        "--engine", help="计算引擎，结果相同；大表自动用 duckdb。 Same results; duckdb by itself for large tables."
    ),
]
Tables = Annotated[
    Literal["auto", "csv", "parquet", "both"],
    typer.Option(
        "--results",
        help="结果表格式；auto：csv，超过一张工作表的用 parquet。 Result tables; auto: csv, parquet above a worksheet.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只计算，不写文件。 Compute, write nothing.")]
Least = Annotated[
    Evidence | None, typer.Option("--require-evidence", help="因子依据的最低等级。 Weakest evidence allowed.")
]
FailOn = Annotated[
    Literal["missed", "unjudged"] | None,
    typer.Option(
        "--fail-on", help="有未完成（或不能判定）的指标时以 1（4）退出。 Exit 1 (4) on a missed (open) target."
    ),
]
Formats = Annotated[str, typer.Option("--format", help="报告格式。 Formats of the report.")]
Word = Annotated[Path | None, typer.Option("--template", help="本单位的 Word 模板。 A Word template of your own.")]
Into = Annotated[Path, typer.Option("--into", help="工作区目录，没有则新建。 Workspace folder; made if missing.")]
Region = Annotated[str, typer.Option("--region", help="行政区划代码或名称。 GB/T 2260 code or name.")]
Year = Annotated[str, typer.Option("--year", help="年份或时期。 Year or period.")]
Sheet = Annotated[str, typer.Option("--sheet", help="工作表名。 Worksheet.")]
Near = Annotated[
    str, typer.Option("--workspace", help="连同该工作区的 factors 目录。 With this workspace's own factors.")
]
