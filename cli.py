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

Evidence = Literal["confirmed", "transcribed", "derived", "attributed", "recalled", "assumed"]
LangOption = Annotated[Lang, typer.Option("--lang", envvar="CARBONPEAK_LANG", help="语言。 Language.")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用。 Print JSON for scripts.")]
Place = Annotated[str, typer.Argument(help="工作区目录，或内置示例名。 Folder of a workspace, or a bundled example.")]
RunOrPlace = Annotated[
    str, typer.Argument(help="运行目录，或工作区（取最近一次运行）。 Folder of a run, or a workspace (its latest run).")
]
Folder = Annotated[Path, typer.Argument(help="运行目录。 Folder of a run.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="输出目录，缺省为工作区的 runs/<时期>-<摘要>。 Output; default runs/<period>-<hash8>."),
]
Force = Annotated[
    bool, typer.Option("--force", help="覆盖已有运行，已定稿的除外。 Overwrite a run, never a signed one.")
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


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="版本。 Version.")] = False) -> None:
    """Print the version, or nothing before a command."""
    if version:
        from . import __version__

        console.say(f"carbonpeak {__version__}")
        console.leave(console.DONE)


app.info.help = HELP


@app.command()
@console.guarded
def run(
    workspace: Place, out: Out = None, lang: LangOption = "zh", force: Force = False, dry_run: DryRun = False,
    require_evidence: Least = None, fail_on: FailOn = None, formats: Formats = "html,docx,xlsx", template: Word = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """核算能源与碳排放，评价目标，写出报告。 Compute the accounts, judge the plan, write the report."""
    from .templates import api, run_output

    opened, wanted, least = api.open(workspace), run_output.formats(formats), require_evidence or ""
    with console.progress(lang) as progress:
        if dry_run:
            done = opened.run(progress=progress, require_evidence=least)
        else:
            done = opened.run_into(
                out,
                lang=lang,
                force=force,
                formats=wanted,
                template=template,
                progress=progress,
                require_evidence=least,
            )
    run_output.show(done, lang, as_json)
    console.leave(run_output.exit_code(done, fail_on))


@app.command()
@console.guarded
def check(
    place: Annotated[str, typer.Argument(help="工作区、示例名或单个文件。 Workspace, example or a single file.")],
    lang: LangOption = "zh",
    as_json: Json = False,
) -> None:
    """列出全部问题，不计算。 List every problem; nothing is computed."""
    from .templates import api

    with console.progress(lang) as progress:
        progress(Text("检查", "checking").in_(lang))
        found = api.check(place)
    console.problems(found, lang, as_json)
    console.leave(console.WRONG_INPUT if found.errors else console.DONE)


@app.command()
@console.guarded
def init(
    directory: Annotated[Path, typer.Argument(help="新目录。 A new folder.")],
    kind: Annotated[Literal["region", "enterprise", "park"], typer.Option("--kind", help="地区、企业或园区。 Kind.")] = "region",
    example: Annotated[str, typer.Option("--example", help="复制内置示例。 Copy a bundled example.")] = "",
    region: Region = "",
    year: Annotated[int, typer.Option("--year", help="核算年份，缺省为上一年。 Year; default last year.")] = 0,
    lang: LangOption = "zh",
) -> None:  # fmt: skip
    """新建工作区：带注释的设置和填报表。 Make a workspace: commented settings and a workbook to fill in."""
    from .inventories.init import init as make

    made = make(directory, kind, example, entity=region, year=year)
    console.say(str(made))
    console.note(
        Text(f"已建立。填表后执行：carbonpeak check {made}", f"Made. Fill it in, then: carbonpeak check {made}"), lang
    )


@imports.command("ceads")
@console.guarded
def import_ceads(
    file: Path, into: Into, region: Region = "", year: Year = "", sheet: Sheet = "", lang: LangOption = "zh"
) -> None:
    """导入 CEADs 分省能源清单。 Import a CEADs provincial energy inventory."""
    from .templates import run_output

    run_output.bring_in("ceads", file, into, region, year, sheet, lang)


@imports.command("nbs-balance")
@console.guarded
def import_balance(
    file: Path, into: Into, region: Region = "", year: Year = "", sheet: Sheet = "", lang: LangOption = "zh"
) -> None:
    """导入地区或全国能源平衡表。 Import an energy balance of the NBS layout."""
    from .templates import run_output

    run_output.bring_in("nbs-balance", file, into, region, year, sheet, lang)


@app.command()
@console.guarded
def targets(place: RunOrPlace, lang: LangOption = "zh", as_json: Json = False) -> None:
    """评价规划目标；未完成退出 1，不能判定退出 4。 Judge the plan: exit 1 missed, 4 cannot be judged."""
    from .templates import api, run_output

    with console.progress(lang) as progress:
        done = api.load(place) if api.is_run(place) else api.run(place, progress=progress)
    run_output.verdicts(done, lang, as_json)
    console.leave(run_output.exit_code(done, "unjudged"))


@app.command()
@console.guarded
def explain(
    place: RunOrPlace,
    figure: Annotated[str, typer.Argument(help="数字编号，如 energy_total:2019。 Id of the figure.")],
    lang: LangOption = "zh",
    as_json: Json = False,
) -> None:
    """一个数字怎样得来：公式、数值、单位、因子、单元格。 Where a figure comes from, down to the input cell."""
    from .templates import api

    with console.progress(lang) as progress:
        found = api.find(place, progress)
    console.remarks(found.remarks, lang)
    node = found.explain(figure)
    if as_json:
        console.to_json(node.record())
    else:
        console.tree(node.lines())


@app.command()
@console.guarded
def verify(place: RunOrPlace, lang: LangOption = "zh", as_json: Json = False) -> None:
    """按运行目录重算并逐格比较；不一致退出 1。 Recompute a run from itself and compare; exit 1 if it differs."""
    from .inventories import verify as verifying
    from .templates import api, proof

    folder = api.folder_of(place)
    with console.progress(lang) as progress:
        progress(Text("重算", "recomputing").in_(lang))
        found = verifying.verify(folder)
    proof.show(folder, found, lang, as_json)
    console.leave(console.DONE if found.same else console.DIFFERENT)


@app.command()
@console.guarded
def diff(one: Folder, other: Folder, lang: LangOption = "zh", as_json: Json = False) -> None:
    """两次运行的差异按原因分解：数据、因子、选项、程序。 Split the change between two runs into its causes."""
    from .inventories.diff import diff as compare
    from .templates import proof

    with console.progress(lang) as progress:
        found = compare(one, other, progress)
    proof.show_diff(found, lang, as_json)


@app.command()
@console.guarded
def freeze(
    folder: Folder,
    by: Annotated[str, typer.Option("--by", help="签发人。 Who signs.")],
    on: Annotated[str, typer.Option("--on", help="日期，缺省为报告日期。 Date; default that of the report.")] = "",
    lang: LangOption = "zh",
) -> None:
    """定稿：此后不得覆盖，改动可查。 Sign a run: never overwritten afterwards, every change shows."""
    from .inventories.freeze import freeze as sign

    signed = sign(folder, by, on)
    console.say(
        Text(f"{folder}：{signed.by} {signed.on} 定稿", f"{folder}: signed by {signed.by}, {signed.on}").in_(lang)
    )


@app.command("examples")
@console.guarded
def list_examples(lang: LangOption = "zh", as_json: Json = False) -> None:
    """内置示例。 Bundled examples."""
    from .templates import listing

    console.table(*listing.examples(lang), lang, as_json)


@app.command("standards")
@console.guarded
def list_standards(lang: LangOption = "zh", as_json: Json = False) -> None:
    """核算标准。 Accounting standards."""
    from .templates import listing

    console.table(*listing.standards(lang), lang, as_json)


@factors.command("list")
@console.guarded
def factors_list(workspace: Near = "", lang: LangOption = "zh", as_json: Json = False) -> None:
    """全部因子集。 All factor sets."""
    from .templates import listing

    console.table(*listing.sets(workspace, lang), lang, as_json)


@factors.command("search")
@console.guarded
def factors_search(
    words: Annotated[list[str], typer.Argument(help="品种、地区、年份、文件……。 Words that must all occur.")],
    workspace: Near = "",
    lang: LangOption = "zh",
    as_json: Json = False,
) -> None:
    """按词查找因子。 Find factors by words."""
    from .templates import listing

    console.table(*listing.factors(" ".join(words), workspace, lang), lang, as_json)


@factors.command("show")
@console.guarded
def factors_show(
    name: Annotated[str, typer.Argument(help="因子集编号，或 因子集#因子。 Id of a set, or set#factor.")],
    workspace: Near = "",
    lang: LangOption = "zh",
    as_json: Json = False,
) -> None:
    """一个因子集或因子的全部内容和出处。 A set or factor in full, with its source."""
    from .factors.search import show
    from .templates import listing

    record = show(listing.library(workspace), name)
    console.to_json(record) if as_json else console.tree(listing.outline(record))


@factors.command("check")
@console.guarded
def factors_check(workspace: Near = "", lang: LangOption = "zh", as_json: Json = False) -> None:
    """检查因子库。 Check the factor library."""
    from .factors.check import check as check_library
    from .templates import listing

    found = check_library(listing.library(workspace))
    console.problems(found, lang, as_json)
    console.leave(console.WRONG_INPUT if found.errors else console.DONE)


@factors.command("diff")
@console.guarded
def factors_diff(
    one: Annotated[str, typer.Argument(help="因子集或方案。 A set or profile.")],
    other: Annotated[str, typer.Argument(help="另一个。 Another.")],
    workspace: Annotated[
        str, typer.Option("--workspace", help="换用后该工作区的变化。 What the switch does to it.")
    ] = "",
    lang: LangOption = "zh",
    as_json: Json = False,
) -> None:
    """比较两个因子集或方案。 Compare two sets or two profiles."""
    from .templates import listing

    with console.progress(lang) as progress:
        found = listing.differences(one, other, workspace, progress)
    console.tables(found, lang, as_json)


@factors.command("schema")
@console.guarded
def factors_schema() -> None:
    """因子集和方案的 JSON Schema。 JSON Schemas of sets and profiles."""
    from .factors.search import json_schema

    console.to_json(json_schema())


@factors.command("confirm")
@console.guarded
def factors_confirm(
    factor: Annotated[str, typer.Argument(help="因子集#因子。 set#factor.")],
    by: Annotated[str, typer.Option("--by", help="核对人。 Who compared it.")],
    on: Annotated[str, typer.Option("--on", help="日期 YYYY-MM-DD。 Date.")],
    page: Annotated[str, typer.Option("--page", help="原文页码。 Page of the document.")],
    workspace: Annotated[str, typer.Option("--workspace", help="记入该工作区。 Recorded in this workspace.")] = ".",
    note: Annotated[str, typer.Option("--note", help="备注。 Note.")] = "",
    lang: LangOption = "zh",
) -> None:
    """记录某人已对照原文核对某因子。 Record that a person compared a factor with the document."""
    from .factors.confirm import confirm
    from .templates import api, listing

    folder = api.open(workspace).root / "factors"
    done = confirm(folder, factor, by, on, page, note=note, library=listing.library(workspace))
    console.say(Text(f"{done.factor} 已由 {done.by} 核对", f"{done.factor} confirmed by {done.by}").in_(lang))


def main() -> None:
    """Run the command line."""
    console.ready()
    app()
