"""数据质量: problems of the run, closure of the balance, what was not counted, evidence of the factors."""

from __future__ import annotations

from dataclasses import replace

from ...accounting.problems import Level, Problem
from ...accounting.wording import words
from ...inventories.derived_quality import TOLERANCE, left_out, residual
from ..figure import NOT_APPLICABLE, Figure, Text
from ..report import Block, Column, Heading, Note, Paragraph, Ref, Row, Section, Table, para, row
from . import account_evidence
from .account_checks import review
from .account_text import NO_BALANCE, Clauses, cell, filled, numbered, source, unit_text
from .lookup import Lookup, same

LEVELS = {
    Level.ERROR: Text("错误", "error"), Level.WARNING: Text("警告", "warning"), Level.HINT: Text("提示", "hint"),
}  # fmt: skip
CHECKS = {
    "closure": Text(
        "供应 + 加工转换 - 损失 - 终端消费 - 平衡差额 = 0", "supply + transformation - loss - final - difference = 0"
    ),
    "supply_sum": Text("可供量各项之和 = 合计行", "items of supply add up to their header"),
    "transform_sum": Text("加工转换各项之和 = 合计行", "items of transformation add up to their header"),
    "final_sum": Text("终端消费各项之和 = 合计行", "items of final consumption add up to their header"),
}
REASONS = {
    "recovered_energy": Text("回收能：来源没有该行，热量和碳已随焦炭、煤计入", "recovered energy: no row in the source, heat and carbon are counted with coke and coal"),
    "no_factor": Text("没有适用因子", "no factor"),
    "FACTOR-NONE": Text("没有适用因子：所列因子集都未收录", "no factor: none in the sets of the profile"),
    "FACTOR-SECTOR": Text("没有适用因子：因子按行业或技术给出，没有适合的一项", "no factor: given by sector or technology, none fits"),
    "FACTOR-TECHNOLOGY": Text("没有适用因子：技术未申报", "no factor: technology not declared"),
    "FACTOR-AGE": Text("没有适用因子：年份相差过大", "no factor: too old"),
    "FACTOR-REGION": Text("没有适用因子：没有本地区的", "no factor: none for the place"),
    "FACTOR-UNIT": Text("没有适用因子：单位不符", "no factor: units differ"),
    "FACTOR-PURPOSE": Text("没有适用因子：因子用途不符", "no factor: made for another purpose"),
    "FACTOR-TIE": Text("没有适用因子：有几个同样适合", "no factor: several fit equally"),
    "refused_unit": Text("单位不能使用", "unit refused"),
    "notation": Text("填报符号，不是数值", "notation key, no number"),
    "unsplit": Text("其他能源未拆分为生物质、垃圾、余热等", "other energy not split into biomass, waste, waste heat"),
    "waste": Text("垃圾、工业废料的化石碳份额不明", "fossil share of the carbon of waste not known"),
    "double_count": Text("高炉、转炉煤气等的碳已随焦炭计入", "carbon of blast furnace and converter gas is counted with coke"),
    "indirect": Text("电力、热力在生产端计算", "electricity and heat are counted where they are made"),
    "loss": Text("损失不是燃烧；气体损失属逃逸排放", "losses are not burnt; lost gas is fugitive emission"),
    "transformation": Text("加工转换中碳转入产品，燃烧时计算", "carbon passes into products and is counted when burnt"),
    "supply": Text("供应侧，由参考方法使用", "supply side, used by the reference approach"),
    "subtotal": Text("小计行，其分项已计入", "subtotal; its parts are counted"),
    "control_total": Text("控制数，不参加加总", "control total, not added"),
    "standard_table": Text("标准量表，用作本地折标系数和核对", "table in coal equivalent: used as local coefficients and for checks"),
    "feedstock": Text("原料、材料用途，归口另计", "feedstock, counted elsewhere"),
}  # fmt: skip
NOTHING_LEFT_OUT = Text("没有未计入的行。", "No row was left out.")
BY_RULE = (
    "subtotal",
    "control_total",
    "standard_table",
    "supply",
    "indirect",
    "transformation",
    "double_count",
    "loss",
    "notation",
)
"""left out so that nothing counts twice; the rest is not counted although it might be emitted or consumed"""


def sections(look: Lookup) -> list[Section]:
    """Return the section on data quality."""
    checked = review(look)
    parts: list[Block] = [Heading(2, Text("一致性检查", "Consistency checks")), *checked] if checked else []
    parts += [Heading(2, Text("数据质量检查", "Data quality checks")), *found_problems(look)]
    parts += [Heading(2, Text("平衡闭合", "Closure of the balance")), *closure(look)]
    parts += [
        Heading(2, Text("未计入清单", "What was not counted")),
        *(filled(uncounted(look, year, by_rule=False), NOTHING_LEFT_OUT) for year in look.years),
    ]
    parts += [
        Heading(2, Text("依据等级", "Evidence")),
        *(account_evidence.pointer(look, year) or Note(NO_BALANCE, "hint") for year in look.years),
    ]
    return [Section(Text("数据质量", "Data quality"), tuple(parts))]


def annexes(look: Lookup) -> list[Section]:
    """Return the problem list of the run, one row a finding, and what was left out by rule."""
    tables = [problems(look)] if len(look.results.problems) else []
    tables += [table for year in look.years if (table := uncounted(look, year, by_rule=True)).rows]
    title = Text("数据质量附表（检查结果、按规则不计的数据）", "Data quality: findings, what is left out by rule")
    return [Section(title, tuple(tables), kind="annex")] if tables else []


NO_PROBLEM = para(zh="本次运行没有发现问题。", en="The run found no problem.")


def found_problems(look: Lookup) -> list[Block]:
    """Count the findings by level and kind: the list itself stands in the annex."""
    found = list(look.results.problems)
    if not found:
        return [NO_PROBLEM]
    told = Clauses()
    for level, name in LEVELS.items():
        mine = [one for one in found if one.level is level]
        key = look.derived.put(
            f"problems_found/{name.en}",
            float(len(mine)),
            "项",
            words("问题清单中该级别的行数", "rows of this level in the problem list"),
            rule="problems.json",
        )
        front = Text("、", ", ") if told.zh else Text("数据质量检查发现问题：", "Findings of the checks: ")
        told.add("{f}{n}{c}", "{f}{c:n} {n}", f=front, n=name, c=look.figure(key, decimals=0))
    told.add("，逐条内容、位置和处理见{t}。", "; each with place and remedy in {t}.", t=Ref("problems"))
    return [told.paragraph]


def problems(look: Lookup) -> Table:
    """Return the problem list of the run: level, code, place, finding, remedy."""
    found = list(look.results.problems)
    columns = (
        Column(Text("级别", "Level"), width=0.8), Column(Text("代码", "Code"), width=1.5), Column(Text("位置", "Place"), width=1.3),
        Column(Text("内容", "Finding"), width=3.4), Column(Text("处理", "Remedy"), width=2.4),
    )  # fmt: skip
    # numbered by sentence inside a code: the id of a number does not hang on the order of the list
    order = {one: number for number, one in enumerate(sorted(found, key=lambda one: (one.code, one.zh)), 1)}
    rows = [_problem(look, order[one], one) for one in found]
    return Table("problems", Text("数据质量检查结果", "Findings of the checks"), columns, tuple(rows), wide=True)


def _problem(look: Lookup, number: int, one: Problem) -> Row:
    place = str(one.where)
    finding = numbered(look, f"problem/{one.code}/{number}", Text(one.zh, one.en), place)
    return row(
        LEVELS[one.level],
        same(one.code),
        same(place if one.where.is_place else "—"),
        finding,
        Text(one.remedy_zh, one.remedy_en),
    )


def closure(look: Lookup) -> list[Block]:
    """Return the residuals beyond the tolerance, or that there are none."""
    frame = look.results.residuals
    frame = frame[frame["entity"] == look.entity]
    count = look.derived.put(
        "closure_checks",
        float(len(frame)),
        "项",
        words("残差表的行数", "rows of the table of residuals"),
        rule="results/residuals.csv",
    )
    limit = look.derived.put(
        "closure_tolerance",
        TOLERANCE,
        "",
        words("平衡表打印位数的容差", "tolerance of the decimals that the balance prints"),
        rule="DQ-CLOSURE",
    )
    bad = frame[frame["residual"].abs() > TOLERANCE]
    missed = look.derived.put(
        "closure_failed",
        float(len(bad)),
        "项",
        words("超过容差的行数", "rows beyond the tolerance"),
        rule="results/residuals.csv",
    )
    told = para(
        zh="共检查{n}，残差超过容差（{t:n}个打印单位）的{m}。来源没有供应侧数据的品种只检查分项之和。",
        en="Checked: {n:n}; beyond the tolerance ({t:n} of the printed unit): {m:n}. Carriers without supply rows are checked for sums only.",
        n=look.figure(count, decimals=0), t=look.figure(limit, decimals=2), m=look.figure(missed, decimals=0),
    )  # fmt: skip
    if bad.empty:
        return [told]
    columns = (
        Column(Text("年份", "Year"), width=0.6), Column(Text("品种", "Carrier"), width=1.6), Column(Text("检查", "Check"), width=3),
        Column(Text("残差", "Residual")), Column(Text("单位", "Unit")), Column(Text("占比", "Share"), unit="%"),
    )  # fmt: skip
    rows = []
    for one in bad.to_dict("records"):
        amount, share = residual(look.derived, {str(k): v for k, v in one.items()})
        rows.append(row(str(one["period"]), look.item(str(one["item"])), CHECKS.get(str(one["check"]), same(str(one["check"]))),
                        cell(look, amount, 2), unit_text(look.unit(str(one["unit"]))), cell(look, share, 4)))  # fmt: skip
    return [
        told,
        Table(
            "closure",
            Text("超过容差的残差", "Residuals beyond the tolerance"),
            columns,
            tuple(rows),
            source=source(look),
        ),
    ]


def uncounted(look: Lookup, year: str, *, by_rule: bool) -> Table:
    """Return what every account left out, by reason, with the number of rows and their size.

    `by_rule` gives what is left out so that nothing counts twice; else what may be emitted or consumed and is missing.
    """
    columns = (
        Column(Text("账户", "Account"), width=1.2), Column(Text("原因", "Reason"), width=3.6),
        Column(Text("行数", "Rows"), width=0.7), Column(Text("规模（折标准煤）", "Size in coal equivalent"), unit="万tce", width=1.1),
    )  # fmt: skip
    rows: list[Row] = []
    found = left_out(look.derived, look.entity, year)
    for one in found:
        if (one.reason in BY_RULE) is by_rule:
            reason = REASONS.get(one.reason, Text(f"没有适用因子（{one.reason}）", f"no factor ({one.reason})"))
            rows.append(row(account_name(look, one.account), reason, cell(look, one.rows, 0), _size(look, one.size)))
    name, title = (
        (
            "uncounted-by-rule",
            Text(f"{year}年按规则不计的活动数据：避免重复", f"Left out by rule {year}: nothing counts twice"),
        )
        if by_rule
        else ("uncounted", Text(f"{year}年未计入清单：应予关注", f"Not counted {year}: needs attention"))
    )
    notes: list[Paragraph | Text] = [SIZES]
    if not by_rule and any(one.reason in BY_RULE for one in found):
        notes.append(
            para(
                zh="为避免重复而按规则不计的，见{t}。",
                en="What is left out by rule, so that nothing counts twice, stands in {t}.",
                t=Ref(f"uncounted-by-rule-{year}"),
            )
        )
    return Table(f"{name}-{year}", title, columns, tuple(rows), source=source(look), notes=tuple(notes))


SIZES = Text(
    "逐行明细见 results/uncounted.csv；规模为各行绝对值之和（当量值），没有折标系数的行只计行数。",
    "Row by row in results/uncounted.csv; the size adds absolute values (calorific); rows without a coefficient are counted only.",
)


def _size(look: Lookup, key: str) -> Figure:
    found = look.figure(key, decimals=1)
    return found if found.value is not None else replace(found, missing=NOT_APPLICABLE)


def account_name(look: Lookup, account: str) -> Text:
    """Return the name of an account: energy, all, or a standard."""
    if account in ("energy", "all"):
        return {"energy": Text("能源消费", "Energy"), "all": Text("全部账户", "All accounts")}[account]
    return look.standard_name(account, short=True)
