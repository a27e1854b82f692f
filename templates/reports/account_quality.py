"""数据质量: problems of the run, closure of the balance, what was not counted, evidence of the factors."""

from __future__ import annotations

from dataclasses import replace

from ...accounting.problems import Level, Problem
from ...inventories.derived_quality import TOLERANCE, left_out, residual
from ..figure import NOT_APPLICABLE, Figure, Text
from ..report import Block, Column, Heading, Row, Section, Table, para, row
from ..words import EVIDENCES
from .account_checks import review
from .account_text import NO_BALANCE, cell, filled, numbered, source, unit_text
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
    "refused_unit": Text("单位不能使用", "unit refused"),
    "notation": Text("填报符号，不是数值", "notation key, no number"),
    "unsplit": Text("其他能源未拆分为生物质、垃圾、余热等", "other energy not split into biomass, waste, waste heat"),
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
    parts += [Heading(2, Text("数据质量检查", "Data quality checks")), *problems(look)]
    parts += [Heading(2, Text("平衡闭合", "Closure of the balance")), *closure(look)]
    parts += [
        Heading(2, Text("未计入清单", "What was not counted")),
        *(filled(uncounted(look, year), NOTHING_LEFT_OUT) for year in look.years),
    ]
    parts += [
        Heading(2, Text("因子依据等级", "Evidence of factors")),
        *(filled(evidence(look, year), NO_BALANCE) for year in look.years),
    ]
    return [Section(Text("数据质量", "Data quality"), tuple(parts))]


def problems(look: Lookup) -> list[Block]:
    """Return the problem list of the run: level, code, place, finding, remedy."""
    found = list(look.results.problems)
    if not found:
        return [para(zh="本次运行没有发现问题。", en="The run found no problem.")]
    columns = (
        Column(Text("级别", "Level"), width=0.8), Column(Text("代码", "Code"), width=1.5), Column(Text("位置", "Place"), width=1.3),
        Column(Text("内容", "Finding"), width=3.4), Column(Text("处理", "Remedy"), width=2.4),
    )  # fmt: skip
    # numbered by sentence inside a code: the id of a number does not hang on the order of the list
    order = {one: number for number, one in enumerate(sorted(found, key=lambda one: (one.code, one.zh)), 1)}
    rows = [_problem(look, order[one], one) for one in found]
    return [Table("problems", Text("数据质量检查结果", "Findings of the checks"), columns, tuple(rows))]


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
    count = look.derived.put("closure_checks", float(len(frame)), "项", "残差表的行数", rule="results/residuals.csv")
    limit = look.derived.put("closure_tolerance", TOLERANCE, "", "平衡表打印位数的容差", rule="DQ-CLOSURE")
    bad = frame[frame["residual"].abs() > TOLERANCE]
    missed = look.derived.put("closure_failed", float(len(bad)), "项", "超过容差的行数", rule="results/residuals.csv")
    words = para(
        zh="共检查{n}，残差超过容差（{t:n}个打印单位）的{m}。来源没有供应侧数据的品种只检查分项之和。",
        en="Checked: {n:n}; beyond the tolerance ({t:n} of the printed unit): {m:n}. Carriers without supply rows are checked for sums only.",
        n=look.figure(count, decimals=0), t=look.figure(limit, decimals=2), m=look.figure(missed, decimals=0),
    )  # fmt: skip
    if bad.empty:
        return [words]
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
        words,
        Table(
            "closure",
            Text("超过容差的残差", "Residuals beyond the tolerance"),
            columns,
            tuple(rows),
            source=source(look),
        ),
    ]


def uncounted(look: Lookup, year: str) -> Table:
    """Return what every account left out, by reason, with the number of rows and their size."""
    columns = (
        Column(Text("账户", "Account"), width=1.2), Column(Text("原因", "Reason"), width=3.6),
        Column(Text("行数", "Rows"), width=0.7), Column(Text("规模（折标准煤）", "Size in coal equivalent"), unit="万tce", width=1.1),
    )  # fmt: skip
    found = left_out(look.derived, look.entity, year)
    rows: list[Row] = []
    for title, wanted in (
        (Text("应予关注：未计入能耗或排放", "Needs attention: not counted"), False),
        (Text("按规则不计：避免重复", "Left out by rule: nothing counts twice"), True),
    ):
        mine = [one for one in found if (one.reason in BY_RULE) is wanted]
        rows += [Row((title,), "group")] if mine else []
        for one in mine:
            reason = REASONS.get(one.reason, Text(f"没有适用因子（{one.reason}）", f"no factor ({one.reason})"))
            rows.append(row(account_name(look, one.account), reason, cell(look, one.rows, 0), _size(look, one.size)))
    return Table(
        f"uncounted-{year}", Text(f"{year}年未计入清单", f"Not counted {year}"), columns, tuple(rows), source=source(look),
        notes=(Text("逐行明细见 results/uncounted.csv；规模为各行绝对值之和（当量值），没有折标系数的行只计行数。", "Row by row in results/uncounted.csv; the size adds absolute values (calorific); rows without a coefficient are counted only."),),
    )  # fmt: skip


def _size(look: Lookup, key: str) -> Figure:
    found = look.figure(key, decimals=1)
    return found if found.value is not None else replace(found, missing=NOT_APPLICABLE)


def account_name(look: Lookup, account: str) -> Text:
    """Return the name of an account: energy, all, or a standard."""
    if account in ("energy", "all"):
        return {"energy": Text("能源消费", "Energy"), "all": Text("全部账户", "All accounts")}[account]
    return look.standard_name(account, short=True)


def evidence(look: Lookup, year: str) -> Table:
    """Return the CO2 of every standard by evidence level of the factors it rests on."""
    columns = (
        Column(Text("标准", "Standard"), width=1.6), Column(Text("依据等级", "Evidence"), width=1.8),
        Column(Text("二氧化碳", "CO2"), unit="万tCO2"), Column(Text("占总量", "Share of the total"), unit="%"),
    )  # fmt: skip
    rows = []
    for name in look.results.workspace.inventory.standards:
        account = look.emissions(name, year)
        for level, (amount, share) in account.evidence_shares().items():
            word = EVIDENCES.get(level, Text("填报单位自有", "own data"))
            rows.append(row(look.standard_name(name, short=True), word, cell(look, amount), cell(look, share, 1)))
    return Table(
        f"evidence-{year}", Text(f"{year}年二氧化碳按因子依据等级", f"CO2 by evidence of factors {year}"), columns, tuple(rows), source=source(look),
        notes=(Text("取计算中所用各部分的最低等级；分煤种构成、气体状态等假定计入“假定”。", "The lowest level of the parts used; assumed kinds of coal or reference states of gas count as assumed."),),
    )  # fmt: skip
