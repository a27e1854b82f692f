"""The command line: each command composes what the library offers; nothing is computed here."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated, Literal

import typer

from .templates import console
from .templates import options as opt
from .templates.figure import Text

HELP = """\b
碳达峰工具箱：能源核算、碳排放核算、目标评价，每个数字都有出处。
Energy accounts, CO2 accounts and target assessment in which every figure has a source.

\b
退出码 0 完成；1 未完成或不一致；2 输入有误；3 程序错误；4 不能判定。
Exit codes: 0 done; 1 missed or different; 2 input wrong; 3 our fault; 4 cannot be judged."""
app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
imports = typer.Typer(
    no_args_is_help=True, help="\b\n把一张表原样导入工作区。\nBring a table into a workspace unchanged."
)
factors = typer.Typer(
    no_args_is_help=True, help="\b\n因子库：查找、核对、比较。\nThe factor library: find, check, compare."
)
app.add_typer(imports, name="import")
app.add_typer(factors, name="factors")


@app.callback(invoke_without_command=True, help=HELP)
def root(version: Annotated[bool, typer.Option("--version", help="版本。 Version.")] = False) -> None:
    """Print the version, or nothing before a command."""
    if version:
        from . import __version__

        console.say(f"carbonpeak {__version__}")
        console.leave(console.DONE)


@app.command()
@console.guarded
def run(
    workspace: opt.Place, out: opt.Out = None, lang: opt.LangOption = "zh", force: opt.Force = False,
    engine: opt.Engine = "auto", tables: opt.Tables = "auto", dry_run: opt.DryRun = False, require_evidence: opt.Least = None,
    fail_on: opt.FailOn = None, formats: opt.Formats = "html,docx,xlsx", template: opt.Word = None, as_json: opt.Json = False,
) -> None:  # fmt: skip
    """核算能源与碳排放，评价目标，写出报告。
    Compute the accounts, judge the plan, write the report.
    """
    from .templates import api, run_output

    opened, wanted, least = api.open(workspace), run_output.formats(formats), require_evidence or ""
    with console.progress(lang) as progress:
        if dry_run:
            done = opened.run(progress=progress, require_evidence=least, engine=engine)
        else:
            done = opened.run_into(
                out, lang=lang, force=force, formats=wanted, template=template,
                progress=progress, require_evidence=least, engine=engine, tables=tables,
            )  # fmt: skip
    run_output.show(done, lang, as_json)
    console.leave(run_output.exit_code(done, fail_on))


@app.command()
@console.guarded
def check(
    place: Annotated[str, typer.Argument(help="工作区、示例名或单个文件。 Workspace, example or a single file.")],
    lang: opt.LangOption = "zh",
    as_json: opt.Json = False,
) -> None:
    """列出全部问题，不写文件，不出结果。
    List every problem; nothing is written and no figure shown.
    """
    from .templates import api

    with console.progress(lang) as progress:
        progress(Text("检查", "checking").in_(lang))
        checked = api.review(place, progress)
    found = checked.problems
    console.checked(found, checked.checks, lang, as_json)
    if found.errors and not as_json:
        console.note(Text("改正错误后请再检查一次：有些问题要在数据读通之后才看得出来。",
                          "Check again when the errors are mended: some problems show only once everything reads."), lang)  # fmt: skip
    console.leave(console.WRONG_INPUT if found.errors else console.DONE)


@app.command()
@console.guarded
def init(
    directory: Annotated[Path, typer.Argument(help="新目录。 A new folder.")],
    kind: Annotated[Literal["region", "enterprise", "park"], typer.Option("--kind", help="地区、企业或园区。 Kind.")] = "region",
    example: Annotated[str, typer.Option("--example", help="复制内置示例。 Copy a bundled example.")] = "",
    region: opt.Region = "",
    year: Annotated[int, typer.Option("--year", help="核算年份，缺省为上一年。 Year; default last year.")] = 0,
    lang: opt.LangOption = "zh",
) -> None:  # fmt: skip
    """新建工作区：带注释的设置和填报表。
    Make a workspace: commented settings and a workbook to fill in.
    """
    from .inventories.init import init as make

    made = make(directory, kind, example, entity=region, year=year)
    console.say(str(made))
    console.note(
        Text(f"已建立。填表后执行：carbonpeak check {made}", f"Made. Fill it in, then: carbonpeak check {made}"), lang
    )


@imports.command("ceads")
@console.guarded
def import_ceads(
    file: Path,
    into: opt.Into,
    region: opt.Region = "",
    year: opt.Year = "",
    sheet: opt.Sheet = "",
    lang: opt.LangOption = "zh",
) -> None:
    """导入 CEADs 分省能源清单。
    Import a CEADs provincial energy inventory.
    """
    from .templates import run_output

    run_output.bring_in("ceads", file, into, region, year, sheet, lang)


@imports.command("nbs-balance")
@console.guarded
def import_balance(
    file: Path,
    into: opt.Into,
    region: opt.Region = "",
    year: opt.Year = "",
    sheet: opt.Sheet = "",
    lang: opt.LangOption = "zh",
) -> None:
    """导入地区或全国能源平衡表。
    Import an energy balance of the NBS layout.
    """
    from .templates import run_output

    run_output.bring_in("nbs-balance", file, into, region, year, sheet, lang)


@app.command()
@console.guarded
def targets(place: opt.RunOrNow, lang: opt.LangOption = "zh", as_json: opt.Json = False) -> None:
    """评价规划目标；未完成退出 1，不能判定退出 4。
    Judge the plan: exit 1 missed, 4 cannot be judged.
    """
    from .templates import api, run_output

    with console.progress(lang) as progress:
        done = api.load(place) if api.is_run(place) else api.run(place, progress=progress)
    run_output.verdicts(done, lang, as_json)
    console.leave(run_output.exit_code(done, "unjudged"))


@app.command()
@console.guarded
def explain(
    place: opt.RunOrPlace,
    figure: Annotated[str, typer.Argument(help="数字编号，如 energy_total:2019。 Id of the figure.")],
    whole: Annotated[bool, typer.Option("--all", help="列出每一行，不只最大的十二行。 Every line, not only the largest twelve.")] = False,
    lang: opt.LangOption = "zh",
    as_json: opt.Json = False,
) -> None:  # fmt: skip
    """一个数字怎样得来：公式、数值、单位、因子、单元格。
    Where a figure comes from, down to the input cell.
    """
    from .templates import api

    with console.progress(lang) as progress:
        found = api.find(place, progress)
    console.remarks(found.remarks, lang)
    node = found.explain(figure, whole=whole or as_json, lang=lang)
    if as_json:
        console.to_json(node.record())
    else:
        console.tree(node.lines())


@app.command()
@console.guarded
def verify(place: opt.RunOrPlace, lang: opt.LangOption = "zh", as_json: opt.Json = False) -> None:
    """按运行目录重算并逐格比较；不一致退出 1。
    Recompute a run from itself and compare; exit 1 if it differs.
    """
    from .inventories import verify as verifying
    from .templates import api, proof

    folder, remarks = api.folder_of(place)
    console.remarks(remarks, lang)
    with console.progress(lang) as progress:
        progress(Text("重算", "recomputing").in_(lang))
        found = verifying.verify(folder)
    proof.show(folder, found, lang, as_json)
    console.leave(console.DONE if found.same else console.DIFFERENT)


@app.command()
@console.guarded
def diff(one: opt.Folder, other: opt.Folder, lang: opt.LangOption = "zh", as_json: opt.Json = False) -> None:
    """两次运行的差异按原因分解：数据、因子、选项、程序；不同退出 1。
    Split the change between two runs into its causes; exit 1 if they differ.
    """
    from .inventories.diff import diff as compare
    from .templates import proof

    with console.progress(lang) as progress:
        found = compare(one, other, progress)
    proof.show_diff(found, lang, as_json)
    console.leave(console.DONE if found.same else console.DIFFERENT)


@app.command()
@console.guarded
def freeze(
    folder: opt.Folder,
    by: Annotated[str, typer.Option("--by", help="签发人。 Who signs.")],
    on: Annotated[str, typer.Option("--on", help="日期，缺省为报告日期。 Date; default that of the report.")] = "",
    lang: opt.LangOption = "zh",
    as_json: opt.Json = False,
) -> None:
    """定稿：此后不得覆盖，改动可查。
    Sign a run: never overwritten afterwards, every change shows.
    """
    from .inventories.freeze import freeze as sign

    signed = sign(folder, by, on)
    if as_json:
        console.to_json({"folder": str(folder), **vars(signed)})
        return
    console.say(
        Text(f"{folder}：{signed.by} {signed.on} 定稿", f"{folder}: signed by {signed.by}, {signed.on}").in_(lang)
    )


@app.command("examples")
@console.guarded
def list_examples(lang: opt.LangOption = "zh", as_json: opt.Json = False) -> None:
    """内置示例。
    Bundled examples.
    """
    from .templates import listing

    console.table(*listing.examples(lang), lang, as_json)


@app.command("standards")
@console.guarded
def list_standards(lang: opt.LangOption = "zh", as_json: opt.Json = False) -> None:
    """核算标准。
    Accounting standards.
    """
    from .templates import listing

    console.table(*listing.standards(lang), lang, as_json)


@factors.command("list")
@console.guarded
def factors_list(workspace: opt.Near = "", lang: opt.LangOption = "zh", as_json: opt.Json = False) -> None:
    """全部因子集。
    All factor sets.
    """
    from .templates import listing

    console.table(*listing.sets(workspace, lang), lang, as_json)


@factors.command("search")
@console.guarded
def factors_search(
    words: Annotated[list[str], typer.Argument(help="品种、地区、年份、文件……。 Words that must all occur.")],
    workspace: opt.Near = "",
    lang: opt.LangOption = "zh",
    as_json: opt.Json = False,
) -> None:
    """按词查找因子。
    Find factors by words.
    """
    from .templates import listing

    console.table(*listing.factors(" ".join(words), workspace, lang), lang, as_json)


@factors.command("show")
@console.guarded
def factors_show(
    name: Annotated[str, typer.Argument(help="因子集编号，或 因子集#因子。 Id of a set, or set#factor.")],
    workspace: opt.Near = "",
    lang: opt.LangOption = "zh",
    as_json: opt.Json = False,
) -> None:
    """一个因子集或因子的全部内容和出处。
    A set or factor in full, with its source.
    """
    from .factors.search import show
    from .templates import listing

    record = show(listing.library(workspace), name)
    console.to_json(record) if as_json else console.tree(listing.outline(listing.in_language(record, lang)))


@factors.command("check")
@console.guarded
def factors_check(workspace: opt.Near = "", lang: opt.LangOption = "zh", as_json: opt.Json = False) -> None:
    """检查因子库。
    Check the factor library.
    """
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
    lang: opt.LangOption = "zh",
    as_json: opt.Json = False,
) -> None:
    """比较两个因子集或方案。
    Compare two sets or two profiles.
    """
    from .templates import listing

    factors = {"orders": listing.differences(one, other, workspace, lang)}
    if not as_json:
        # what the sets hold is true whatever the workspace makes of it
        console.tables(factors, lang, False)
    effects = {}
    if workspace:
        with console.progress(lang) as progress:
            effects["metrics"] = listing.effects(one, other, workspace, progress)
    console.tables({**factors, **effects} if as_json else effects, lang, as_json)


@factors.command("schema")
@console.guarded
def factors_schema() -> None:
    """因子集和方案的 JSON Schema。
    JSON Schemas of sets and profiles.
    """
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
    lang: opt.LangOption = "zh",
) -> None:
    """记录某人已对照原文核对某因子。
    Record that a person compared a factor with the document.
    """
    from .factors.confirm import confirm
    from .templates import api, listing

    folder = api.open(workspace).root / "factors"
    done = confirm(folder, factor, by, on, page, note=note, library=listing.library(workspace))
    console.say(Text(f"{done.factor} 已由 {done.by} 核对", f"{done.factor} confirmed by {done.by}").in_(lang))


def main() -> None:
    """Run the command line."""
    # a command makes many objects that live to its end: looking for garbage among them took a tenth of its time
    gc.set_threshold(100_000, 50, 100)
    console.ready()
    app()
