"""The command line: each command composes what the library offers; nothing is computed here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .cli_factors import app as factors_app
from .templates import console

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False,
                  help="碳达峰工具箱：能源核算、碳排放核算、目标评价，每个数字都有出处。 Energy and CO2 accounts in which every figure has a source.")  # fmt: skip
imports = typer.Typer(no_args_is_help=True, help="把一张表原样导入工作区。Bring a table into a workspace unchanged.")
app.add_typer(imports, name="import")
app.add_typer(factors_app, name="factors")

Lang = Annotated[str, typer.Option("--lang", help="zh | en", envvar="CARBONPEAK_LANG")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
Place = Annotated[str, typer.Argument(help="工作区目录，或内置示例名。Workspace folder, or a bundled example.")]
Folder = Annotated[Path, typer.Argument(help="一次运行的目录。Folder of a run.")]
