"""What `verify` and `diff` print."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ..inventories.diff import Diff
from ..inventories.freeze import signature
from ..inventories.verify import Verdict
from . import console
from .figure import Lang, Text

CAUSE_WORDS = {
    "input": Text("输入", "input"),
    "factor": Text("因子", "factor"),
    "option": Text("选项", "option"),
    "result": Text("结果", "result"),
    "document": Text("报告文件", "document"),
    "signature": Text("签名", "signature"),
    "program": Text("程序", "program"),
    "environment": Text("运行环境", "environment"),
}
STATES = {
    "added": Text("多出", "added"),
    "missing": Text("缺失", "missing"),
    "changed": Text("已改", "changed"),
    "broken": Text("已失效", "broken"),
    "removed": Text("去掉", "removed"),
}
CAUSES = (("cause", Text("原因", "Cause")), ("what", Text("对象", "What")), ("state", Text("状态", "State")))
CELLS = (
    ("table", Text("表", "Table")),
    ("key", Text("行", "Row")),
    ("column", Text("列", "Column")),
    ("stored", Text("原值", "Stored")),
    ("again", Text("重算", "Recomputed")),
)
EFFECTS = (
    ("figure", Text("数字", "Figure")),
    ("unit", Text("单位", "Unit")),
    ("a", Text("前", "Before")),
    ("b", Text("后", "After")),
    ("cause", Text("原因", "Cause")),
    ("what", Text("对象", "What")),
    ("effect", Text("影响", "Effect")),
)
ROWS = (
    ("state", Text("状态", "State")),
    ("source", Text("数据源", "Source")),
    ("row", Text("行", "Row")),
    ("a", Text("前", "Before")),
    ("b", Text("后", "After")),
    ("unit", Text("单位", "Unit")),
)
FEW = 8
"""totals named that one run lacks; --json gives all"""
MOST = 40
"""rows of a difference shown on a console; --json gives all"""


def show(folder: Path, found: Verdict, lang: Lang, as_json: bool) -> None:
    """Print whether a run is what it says, what differs, and why."""
    signed = signature(folder)
    if as_json:
        record = {"folder": str(folder), "same": found.same, "causes": found.causes, "differences": found.differences}
        console.to_json({**record, "signed": vars(signed) if signed else None})
        return
    if found.causes:
        frame = pd.DataFrame(found.causes)
        frame["cause"] = [CAUSE_WORDS[code].in_(lang) for code in frame["cause"]]
        frame["state"] = [STATES[code].in_(lang) for code in frame["state"]]
        console.table(frame, CAUSES, lang, False)
    if found.differences:
        _part(pd.DataFrame(found.differences), CELLS, lang)
    console.say(f"{folder}  {_outcome(found).in_(lang)}")
    if signed:
        console.say(Text(f"{signed.by} {signed.on} 定稿", f"signed by {signed.by}, {signed.on}").in_(lang))


def _outcome(found: Verdict) -> Text:
    """Say what agrees: the numbers with their own inputs, and the files with the manifest."""
    if found.differences:
        return Text(f"不一致：{len(found.differences)} 格。", f"Different: {len(found.differences)} cells.")
    if found.same:
        return Text("重算结果与留存结果逐格一致。", "Recomputed: every cell agrees with what is stored.")
    return Text(
        "与运行清单不一致，见上表；已重算的数字逐格相同。",
        "Not what the manifest says, see above; the numbers that could be recomputed are the same.",
    )


def show_diff(found: Diff, lang: Lang, as_json: bool) -> None:
    """Print how a change between two runs splits into its causes."""
    if as_json:
        console.to_json(found.record())
        return
    if len(found.rows):
        rows = found.rows.assign(state=[STATES[code].in_(lang) for code in found.rows["state"]])
        _part(rows, ROWS, lang, Text("数据行的变动", "Changed rows of the input"))
    frame = found.effects.assign(cause=[_cause(code, lang) for code in found.effects["cause"]])
    if len(frame):
        console.table(frame, EFFECTS, lang, False, Text("合计指标的变动及其原因", "Changed totals and why").in_(lang))
    elif found.new or found.gone:
        console.say(Text("两次运行共有的合计指标相同。", "The totals that both runs have are the same.").in_(lang))
    else:
        console.say(Text("两次运行的合计指标相同。", "The totals of both runs are the same.").in_(lang))
    _only(found.new, Text("只有后一次有", "only in the second run"), lang)
    _only(found.gone, Text("只有前一次有", "only in the first run"), lang)
    console.say(Text(f"分解残差合计 {found.residual:g}", f"residual of the split {found.residual:g}").in_(lang))


def _only(figures: tuple[str, ...], where: Text, lang: Lang) -> None:
    """List the totals that one run lacks."""
    if figures:
        more = Text(f" 等 {len(figures)} 个", f" and more, {len(figures)} in all").in_(lang)
        console.say(f"{where.in_(lang)}: {', '.join(figures[:FEW])}{more if len(figures) > FEW else ''}")


def _cause(code: str, lang: Lang) -> str:
    return "+".join(CAUSE_WORDS[part].in_(lang) if part in CAUSE_WORDS else part for part in code.split("+"))


def _part(frame: pd.DataFrame, columns: tuple[tuple[str, Text], ...], lang: Lang, title: Text | None = None) -> None:
    console.table(frame.head(MOST), columns, lang, False, title.in_(lang) if title else "")
    if len(frame) > MOST:
        rest = len(frame) - MOST
        console.note(Text(f"另有 {rest} 行，用 --json 查看全部。", f"{rest} more rows; --json gives all."), lang)
