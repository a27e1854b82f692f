"""一致性检查: the reviewer's fourteen checks, each with its range and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isinf
from typing import Any

from ...accounting.review import FOUND, NOT_POSSIBLE, PASSED
from ...accounting.wording import words
from ...inventories.review_rules import Bound, Check, bounds, checks, limits
from ..figure import NOT_APPLICABLE, Figure, Text
from ..numbers import unit_label
from ..report import Block, Cell, Column, Paragraph, Row, Table, para, row
from ..words import EVIDENCES
from .account_text import numbered
from .lookup import Lookup

Found = Mapping[str, Mapping[Any, Any]]
"""rows of results/checks.csv by bound"""
STATUSES = {
    PASSED: Text("通过", "passed"), FOUND: Text("发现问题", "found"), NOT_POSSIBLE: Text("不能检查", "not possible"),
}  # fmt: skip
SAME = Text("相同", "the same")
GROUPS = {"oil": Text("石油类", "oil"), "gas": Text("天然气", "gas"), "other": Text("其他", "other")}
NOTE = Text(
    "判别范围为审核经验值（凭记忆），标“假定”的为本工具设定；超出范围须说明原因，不等于错误。最大偏离为最接近或超出范围一端的数。",
    "Ranges are practice of reviewers, from memory; those marked 'assumed' are this program's own. A number outside its range asks for an explanation and is not an error by itself. The farthest number is the one nearest to an end of its range, or beyond it.",
)


def review(look: Lookup) -> list[Block]:
    """Return the count of the checks and their table."""
    found: Found = {str(one["check"]): one for one in look.results.checks.to_dict("records")}
    if not found:
        return []
    count = {status: _count(look, found, status) for status in STATUSES}
    words = para(
        zh="一致性检查判别{n}：通过{p}，发现问题{f}，不能检查{o}（所缺见表）。",
        en="Consistency checks compare {n:n} kinds of number: {p:n} passed, {f:n} found something, {o:n} not possible (what lacks stands in the table).",
        n=_count(look, found, ""), p=count[PASSED], f=count[FOUND], o=count[NOT_POSSIBLE],
    )  # fmt: skip
    columns = (
        Column(Text("检查", "Check"), width=2.6),
        Column(Text("判别范围", "Range"), width=1.5), Column(Text("结果", "Result"), width=0.8),
        Column(Text("检查数", "Compared"), width=0.6), Column(Text("超出数", "Outside"), width=0.6),
        Column(Text("最大偏离", "Farthest"), width=0.8), Column(Text("所在；代码或所缺", "Where; code, or what lacks"), width=2.2),
    )  # fmt: skip
    rows: list[Row] = []
    for check in checks():
        own = [(bound, found[bound.id]) for bound in check.bounds if bound.id in found]
        rows += [_row(look, check, bound, one) for bound, one in own]
    title = Text("一致性检查", "Consistency checks")
    return [words, Table("checks", title, columns, tuple(rows), notes=(NOTE,))]


def _count(look: Lookup, found: Found, status: str) -> Figure:
    number = sum(1 for one in found.values() if not status or one["status"] == status)
    key = look.derived.put(
        f"checks_{status or 'all'}",
        float(number),
        "项",
        words("检查结果表的行数", "rows of the table of checks"),
        rule="results/checks.csv",
    )
    return look.figure(key, decimals=0)


def _row(look: Lookup, check: Check, bound: Bound, one: Mapping[Any, Any]) -> Row:
    several = len(check.bounds) > 1
    zh, en = f"{MARKS[check.number - 1]}、{check.title.zh}", f"({chr(96 + check.number)}) {check.title.en}"
    title = Text(f"{zh}：{bound.what.zh}" if several else zh, f"{en}: {bound.what.en}" if several else en)
    numbers: list[Cell] = [NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE]
    if one["status"] != NOT_POSSIBLE:
        numbers = [_number(look, bound, one, name) for name in ("tested", "found", "worst")]
    status = STATUSES[str(one["status"])]
    return row(title, _range(look, bound), status, *numbers, _remark(look, one))


def _number(look: Lookup, bound: Bound, one: Mapping[Any, Any], name: str) -> Figure:
    unit = bound.unit if name == "worst" else "项"
    key = look.derived.put(
        f"check_{name}/{bound.id}",
        float(one[name]),
        unit,
        words(f"一致性检查：{bound.what.zh}", f"consistency check: {bound.what.en}"),
        rule="results/checks.csv",
    )
    return look.figure(key, decimals=0 if name != "worst" else DECIMALS.get(bound.unit, 2))


DECIMALS = {"gce/kWh": 1}
MARKS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")
"""numbers of the checks in words: a numeral of a report is a figure"""


def _range(look: Lookup, bound: Bound) -> Paragraph | Text:
    """The range of a bound in words; what rests on less than the file's evidence says so."""
    parts = [(_group(look, name), _ends(*limits(bound.id, name))) for name in bound.by]
    texts = [Text(f"{name.zh} {zh}", f"{name.en} {en}") for name, (zh, en) in parts] or [
        Text(*_ends(*limits(bound.id)))
    ]
    if not texts[0].zh:
        return NOT_APPLICABLE
    if texts[0] == SAME:
        return SAME
    unit = Text(unit_label(bound.unit, "zh"), unit_label(bound.unit, "en"))
    level = bounds()[bound.id].evidence
    own = f"（{EVIDENCES[str(level)].zh}）" if level == "assumed" else ""
    own_en = f" ({EVIDENCES[str(level)].en})" if level == "assumed" else ""
    zh, en = "、".join(one.zh for one in texts), "; ".join(one.en for one in texts)
    return numbered(look, f"check_range/{bound.id}", Text(f"{zh} {unit.zh}{own}", f"{en} {unit.en}{own_en}"))


def _ends(low: float, high: float) -> tuple[str, str]:
    if isinf(low) and isinf(high):
        return "", ""
    if isinf(low):
        return f"不超过 {high:g}", f"at most {high:g}"
    if isinf(high):
        return f"不低于 {low:g}", f"at least {low:g}"
    if low == -high:
        return (f"±{high:g}", f"±{high:g}") if high else (SAME.zh, SAME.en)
    return f"{low:g}—{high:g}", f"{low:g}—{high:g}"


def _group(look: Lookup, name: str) -> Text:
    return GROUPS.get(name) or look.flow(name)


def _remark(look: Lookup, one: Mapping[Any, Any]) -> Text:
    """Where the farthest number stands and which message tells of it; or what lacks."""
    if one["status"] == NOT_POSSIBLE:
        return Text(f"缺{one['missing_zh']}", f"needs {one['missing_en']}")
    place = look.place(str(one["entity"]))
    more = [look.item(str(one["item"]))] if one["item"] else [look.flow(str(one["flow"]))] if one["flow"] else []
    names = [Text(f"{place.zh}{one['period']}年", f"{place.en} {one['period']}"), *more]
    at = Text("".join(name.zh for name in names), ", ".join(name.en for name in names))
    codes = str(one["codes"]).split()
    return Text("；".join([at.zh, *codes]), "; ".join([at.en, *codes]))
