"""The verdict table as a console prints it: names of indicators, words of the field, one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from ..accounting.problems import InputError
from ..accounting.target_models import Bands
from ..inventories import plans, rules
from ..inventories.results import Results
from . import console
from .figure import Lang, Text

VERDICTS = {
    "met": Text("完成", "met"),
    "missed": Text("未完成", "missed"),
    "cannot_judge": Text("暂不能判定", "cannot be judged"),
    "": Text("不适用", "not applicable"),
}
REASONS = {
    "target_unresolved": Text("目标待上级下达", "target not yet assigned"),
    "no_data": Text("缺数据", "no data"),
    "unit_mismatch": Text("单位不符", "units differ"),
    "scope_mismatch": Text("口径不符", "scopes differ"),
    "definition_break": Text("口径或版本中断", "definition or vintage breaks"),
    "evidence": Text("依据等级不足", "evidence too weak"),
    "hedged": Text("约数或非约束表述", "hedged wording"),
    "zero_base": Text("基数为零", "the base is zero"),
    "not_applicable": Text("不适用", "not applicable"),
}
PACES = {
    "achieved_early": Text("提前完成", "achieved early"),
    "ahead": Text("超前", "ahead"),
    "on_track": Text("符合预期", "on track"),
    "behind": Text("滞后", "behind"),
}
NATURES = {
    "binding": Text("约束性", "binding"),
    "anticipatory": Text("预期性", "anticipatory"),
    "control": Text("控制", "control"),
    "supporting": Text("支撑", "supporting"),
    "reference": Text("参考", "reference"),
}
COLUMNS = (
    ("name", Text("指标", "Indicator")),
    ("period", Text("时期", "Period")),
    ("nature", Text("性质", "Nature")),
    ("target", Text("目标", "Target")),
    ("value", Text("实绩", "Result")),
    ("unit", Text("单位", "Unit")),
    ("verdict", Text("评价", "Verdict")),
    ("pace", Text("进度", "Pace")),
    ("progress", Text("进度完成率 %", "Progress %")),
    ("grade", Text("等级", "Grade")),
    ("warning", Text("预警", "Warning")),
    ("why", Text("原因与说明", "Reason and remarks")),
)


def columns(frame: pd.DataFrame) -> tuple[tuple[str, Text], ...]:
    """Return the columns to print: grade and warning only where a scheme in force gave any."""
    return tuple(
        (name, title) for name, title in COLUMNS if name not in ("grade", "warning") or (frame[name] != "").any()
    )


def printable(results: Results, lang: Lang) -> pd.DataFrame:
    """Return the verdicts with the columns of COLUMNS, in the order of the plans."""
    frame = results.verdicts
    names = [_name(plan, indicator, str(results.workspace.root), lang) for plan, indicator in _pairs(frame)]
    end = "" if lang == "zh" else "_en"
    remarks = zip(*(frame[column] for column in ("reason", f"missing{end}", f"note{end}", "rule")), strict=True)
    inventory = results.workspace.inventory
    schemes = rules.known(inventory.schemes, results.workspace.root)
    why = [
        Text("；", "; ")
        .in_(lang)
        .join(filter(None, (_word(REASONS, reason, lang), missing, note, _schemes(rule, schemes, lang))))
        for reason, missing, note, rule in remarks
    ]
    words = {
        column: frame[column].map(lambda code, table=table: _word(table, code, lang))
        for column, table in (("verdict", VERDICTS), ("pace", PACES), ("nature", NATURES))
    }
    said = {
        column: [
            rules.word(rule, word, schemes).text(lang) for rule, word in zip(frame["rule"], frame[column], strict=True)
        ]
        for column in ("grade", "warning")
    }
    units = [console.unit(name, lang) for name in frame["unit"]]
    return frame.assign(name=names, why=why, unit=units, **words, **said)


def _pairs(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["plan"], frame["indicator"], strict=True))


def _word(table: dict[str, Text], code: str, lang: Lang) -> str:
    """A word the table does not know is printed as it is: a blank would hide it."""
    return table[code].in_(lang) if code in table else code


@cache
def _name(plan: str, indicator: str, root: str, lang: Lang) -> str:
    try:
        titles = {target.id: target.title for target in plans.load(plan, Path(root)).targets}
    except InputError:
        return indicator
    return titles[indicator].text(lang) if indicator in titles else indicator


def _schemes(rule: str, schemes: Mapping[str, Bands], lang: Lang) -> str:
    """The schemes in whose words grade and warning stand."""
    titles = Text("、", ", ").in_(lang).join(one.text(lang) for one in rules.titles(rule, schemes)[1:])
    return f"{Text('规则：', 'rule: ').in_(lang)}{titles}" if titles else ""
